### What `ledger` says.

ledger-unusable = 无法使用发送记录 { $path }：{ $why }
ledger-unopenable = 无法打开发送记录 { $path }：{ $why }
ledger-no-thread = 无法启动把发送记录写入磁盘的线程：{ $why }
ledger-foreign = { $path } 不是 mailshot 的发送记录
ledger-newer = { $path } 是由更新版本的 mailshot 写的（记录版本 { $found }，这个 mailshot 最高认识版本 { $known }）
ledger-damaged = { $path } 已损坏（{ $own }）；它是“谁已收到邮件”的唯一记录，没有它，所有人都会再收到一次
ledger-none = 这里没有记录任何群发：{ $path } 不存在

ledger-hint-threads = 关闭一些程序，或者提高进程数上限，再运行一次命令
ledger-hint-foreign = 把这个文件移走，或者给任务换一个名称
ledger-hint-newer = 请使用那个更新的 mailshot
ledger-hint-damaged = 从备份中恢复这个文件

ledger-lock-held = 另一个 mailshot 正在发送这个任务：{ $host } 上的进程 { $pid }，始于 { $since }
ledger-lock-held-by-another = 另一个 mailshot 正在发送这个任务
ledger-lock-not-taken = 无法取得锁 { $path }：{ $why }
ledger-no-locks = 无法取得锁 { $path }：这个文件系统不支持锁（{ $own }），两次运行可能会发给相同的收件人
ledger-hint-no-locks = 请把任务移到本机的磁盘上

ledger-replaced = 发送记录 { $path } 被另一个文件替换了
ledger-removed = 发送记录 { $path } 被删除或移走了
ledger-lock-replaced = 发送记录的锁 { $path } 被另一个文件替换了
ledger-lock-removed = 发送记录的锁 { $path } 被删除或移走了
ledger-log-replaced = 发送记录的日志 { $path } 被另一个文件替换了
ledger-log-removed = 发送记录的日志 { $path } 被删除或移走了
ledger-taken-over = 另一次运行接管了本次群发，只有锁被删除后才会这样

ledger-left-out-by = { $recipients } 位收件人被 { $choice } 排除在外
ledger-left-out = { $recipients } 位收件人被之前的选择排除在外

ledger-what-bounce = 退信
ledger-what-delayed = 延迟通知
ledger-what-delivered = 送达通知
ledger-what-complaint = 投诉
ledger-what-autoreply = 自动回复
ledger-what-challenge = 发件人验证请求
ledger-what-receipt = 回执
ledger-what-unsubscribe = 退订请求
ledger-what-reply = 回复
ledger-what-other = 其他邮件
ledger-matched-token = 按邮件识别码找到
ledger-matched-leaving-token = 按退订标识码找到
ledger-matched-verp = 按退信路径找到
ledger-matched-address = 按地址找到
ledger-bounce-hard = 硬退信：地址已失效
ledger-bounce-soft = 软退信：该地址以后可能可以接收
ledger-bounce-sender = 原因在发件人或发信服务器，不在收件人
ledger-bounce-unsure = 原因不明
