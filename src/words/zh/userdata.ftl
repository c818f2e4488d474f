### What `userdata` says.

userdata-no-home-for-list = 没有主文件夹可以存放你的退订名单
userdata-no-home-for-accounts = 没有主文件夹可以存放发信服务器的配额记录
userdata-file-unusable = 无法使用 { $path }：{ $why }
userdata-settings-not-written = 无法写入个人设置 { $path }：{ $why }
userdata-key-damaged = 退订标识码的密钥 { $path } 已损坏；换用别的密钥，已发邮件中的退订标识码就无法识别
userdata-list-damaged = 你的退订名单 { $path } 第 { $line } 行：`{ $who }` 既不是邮件地址，也不是退订标识码：{ $why }
userdata-accounts-unopenable = 无法打开发信服务器的配额记录 { $path }：{ $why }
userdata-accounts-unusable = 无法使用发信服务器的配额记录 { $path }：{ $why }
userdata-accounts-foreign = { $path } 不是 mailshot 的配额记录
userdata-accounts-newer = { $path } 是由更新版本的 mailshot 写的（配额记录版本 { $found }，这个 mailshot 最高认识版本 { $known }）
userdata-accounts-damaged = 发信服务器的配额记录 { $path } 已损坏（{ $own }）

userdata-hint-lasting-folder = 把 MAILSHOT_STATE 设为一个会保留的文件夹
userdata-hint-other-folder = 或者把 MAILSHOT_STATE 设为另一个文件夹
userdata-hint-writable-folder = 把 MAILSHOT_STATE 设为一个可以写入的文件夹
userdata-hint-key-damaged = 从备份中恢复这个文件
userdata-hint-list-damaged = 改正这一行，或者删除它
userdata-hint-accounts-foreign = 把这个文件移走，或者把 MAILSHOT_STATE 设为另一个文件夹
userdata-hint-accounts-newer = 请使用那个更新的 mailshot
userdata-hint-accounts-damaged = 把这个文件移走，重新开始记录；这样最近 24 小时发出的邮件就不再计入发信服务器的限额
