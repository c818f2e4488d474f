### What `delivery` says.

# Why a run ended before every recipient was tried.
delivery-stop-requested = 已要求停止
delivery-stop-relay-refused = 无法使用发信服务器：{ $why }
delivery-stop-relay-lost = 与发信服务器的连接中断：{ $why }
delivery-stop-every-message = 发信服务器拒绝每一封邮件：{ $reply }
delivery-stop-failures = { $recipients } 位收件人被拒
delivery-stop-limit = 限额已用完：{ $limit }
delivery-stop-ledger = 无法写入发送记录：{ $why }
delivery-stop-accounts = 无法使用发信账户的记录：{ $why }
delivery-stop-file-saved = 发送过程中 { $file } 被重新保存
delivery-stop-file-unreadable = { $file } 已无法读取：{ $why }
delivery-stop-internal = 内部错误：{ $part }意外结束

delivery-part-worker = 一个发送线程
delivery-part-composing = 组成邮件的线程
delivery-part-journal = 写入发送记录的线程
delivery-part-accounts = 读取发信账户记录的线程

delivery-at-relay = “{ $relay }”：{ $cause }
delivery-sender-refused = 发信服务器拒绝这个发件人：{ $reply }
delivery-out-of-step = 会话的答复错位（{ $failure }）；对这封邮件的答复是“{ $reply }”
delivery-ledger-closed = 发送记录已关闭
delivery-accounts = 无法使用账户记录 { $store }：{ $why }
