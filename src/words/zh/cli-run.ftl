### What the command line says before the first message leaves, and while messages go out.

cli-nothing-sent = 没有发送任何邮件。

# Nouns with their number.
cli-messages = { $n } 封邮件
cli-test-messages = { $n } 封测试邮件
cli-recipients = { $n } 位收件人
cli-copies = { $n } 份抄送
cli-more-names = 另外 { $n } 个

# A line of advice.
cli-hint = 提示：{ $step }

cli-run-environment = 来自环境变量：{ $variables }
cli-run-settings = 来自个人设置（{ $file }）：{ $relays }
cli-run-connections = { $variable } 不是 1 到 1000 之间的连接数
cli-run-typing = 请输入或粘贴名单，最后另起一行按 Ctrl-D 结束。从文件读取：cat people.csv | mailshot …
cli-run-typing-text = 请输入或粘贴正文，最后另起一行按 Ctrl-D 结束（Windows 上按 Ctrl-Z，再按回车）。
cli-run-password = { $user } 在 { $host } 的密码：
cli-run-row-first = 处理完这一行后停止；再按一次 Ctrl-C 立即停止
cli-run-stopping = 正在停止：先完成正在传送的邮件；再按一次 Ctrl-C 立即停止
cli-run-left-out = 在以前的运行中，{ $who }；这次运行包括他们。

# What became of a recipient.
cli-run-accepted = 已接收：{ $key }：{ $reply }
cli-run-rejected = 被拒：{ $key }：{ $reply }
cli-run-deferred = 暂缓：{ $key }：{ $reply }
cli-run-in-doubt = 存疑：{ $key }（{ $reply }）
cli-run-invalid = 无效：{ $key }：{ $why }
cli-run-further = 其余的见报告
cli-run-copy-accepted = 抄送已接收：{ $address }（发给 { $key } 的邮件）：{ $reply }
cli-run-copy-rejected = 抄送被拒：{ $address }（发给 { $key } 的邮件）：{ $reply }
cli-run-copy-deferred = 抄送暂缓：{ $address }（发给 { $key } 的邮件）：{ $reply }
cli-run-copy-in-doubt = 抄送存疑：{ $address }，发给 { $key } 的邮件（{ $reply }）
cli-run-further-copies = 其余的抄送见报告

# The same of many, on the line of progress.
cli-run-n-accepted = 已接收 { $n }
cli-run-n-rejected = 被拒 { $n }
cli-run-n-deferred = 暂缓 { $n }
cli-run-n-in-doubt = 存疑 { $n }
cli-run-n-invalid = 无效 { $n }

cli-run-checking = 检查
cli-run-writing = 写入
cli-run-sending = 发送
cli-run-done = { $stage } { $done }
cli-run-done-of = { $stage } { $done }/{ $total }
cli-run-bar-rows = { $done } 行
cli-run-a-second = { $n }/秒
cli-run-a-minute = { $n }/分
cli-run-time-left = 还需 { $time }
cli-run-silent = { $what }，已 { $time }

# A line that comes again and again.
cli-run-times-so-far = { $line }（到现在共 { $times } 次）
cli-run-times-in-all = { $line }，共 { $times } 次
cli-run-times = { $times } 次：{ $line }

# What a relay is waited for.
cli-wait-resolve = 正在查找 { $relay } 的地址
cli-wait-connect = 正在等待与 { $relay } 建立连接
cli-wait-tls = 正在等待与 { $relay } 的 TLS 握手
cli-wait-greeting = 正在等待 { $relay } 的问候
cli-wait-login = 正在等待 { $relay } 对登录的答复
cli-wait-content = 正在等待 { $relay } 读取一封邮件
cli-wait-final-dot = 正在等待 { $relay } 接收一封邮件
cli-wait-command = 正在等待 { $relay } 对 { $command } 的答复

# Relays, at the beginning and in the middle of a sentence.
cli-relay-only = 发信服务器
cli-relay-named = 发信服务器 { $name }
cli-relay-and-host = { $name } ({ $host })

cli-run-relay-refuses = { $relay } 拒绝了连接（{ $reply }）
cli-run-relay-breaks-off = { $relay } 关闭了连接（{ $reply }）
cli-run-relay-not-reached = 连不上 { $relay }（{ $reply }）
cli-run-relay-then = { $line }；{ $then }
cli-run-relay-reconnects = 用新的连接继续
cli-run-relay-rests = { $time } 后重试
cli-run-relay-ended = 本次运行不再使用
cli-run-relay-takes = { $relay } 同时只接受 { $takes } 个连接；用 { $takes } 个连接继续
cli-run-relay-takes-silent = { $of } 个连接中有 { $others } 个没有得到问候：{ $relay } 只接受 { $takes } 个
cli-run-relay-loses-behind = { $relay } 会丢失紧跟在邮件后面的命令；改为不这样发送
cli-run-relay-refuses-behind = { $relay } 拒绝紧跟在邮件后面的命令；改为不这样发送
cli-run-relay-loses-together = { $relay } 会丢失一起发送的命令；改为逐条发送
cli-run-relay-answers-late = { $relay } 对一起发送的命令答复很慢；改为逐条发送
cli-run-remembered = { $line }（已记住，以后的运行照此办理）
cli-run-limit-waits = 限额已用完（{ $limit }）；等待 { $time }；按 Ctrl-C 可停止，以后的运行会继续
cli-run-deferred-waits = 等待 { $time } 后重试暂缓的 { $recipients } 位收件人；按 Ctrl-C 可停止，以后的运行会继续

# Steps that `-v` shows.
cli-trace-connected = { $relay }：会话已建立
cli-trace-settled = { $relay }：{ $key }：{ $status }：{ $reply }
cli-trace-rests = { $relay }：拒绝了连接：{ $reply }；暂停 { $time }
cli-trace-ended = { $relay }：拒绝了连接：{ $reply }；不再使用
cli-trace-silent = { $relay }：已有 { $time } 没有答复（{ $phase }）

cli-run-events = 错误：无法把事件写到标准输出（{ $error }）；运行照常继续，但不再输出事件
cli-run-stdout = 无法写到标准输出：{ $error }
cli-run-dry = { $messages } 封邮件已写入 { $folder }

# The question, and the same where nobody is asked.
cli-ask-send = 以 { $sender } 的身份通过 { $relays } 发送 { $what }，{ $time }。要发送吗？
cli-ask-sending = 以 { $sender } 的身份通过 { $relays } 发送 { $what }，{ $time }。
cli-ask-about = 约需 { $time }
cli-ask-about-until = 约需 { $time }（到 { $clock }）
cli-ask-over = 需 { $time }
cli-ask-over-until = 需 { $time }（到 { $clock }）
cli-ask-one-copy = 1 封邮件的一份抄送
cli-ask-copies-of = { $messages }的抄送
cli-ask-some-copies-of = { $messages }的 { $copies }
cli-ask-and-copies = { $messages }和 { $copies }
cli-ask-from = 发件人：{ $sender }
cli-ask-to = 收件人：{ $first }
cli-ask-first-to = 第一位收件人：{ $first }
cli-ask-nobody = 无
cli-ask-test-one = 测试：1 封邮件，发给 { $address }（内容原本写给 { $names }）
cli-ask-test = 测试：{ $messages } 封邮件，全部发给 { $address }（内容原本写给 { $names }）
cli-ask-only-copies = 只发送以前邮件中暂缓的抄送，发给 { $addresses }
cli-ask-others = 其他人
cli-ask-before = { $recipients } 位收件人已经收到，不会再发给他们。
cli-ask-attached = 附件：{ $files }
cli-ask-own-files = 各行自己的附件：用在 { $messages } 封邮件中，第一个是 { $first }
cli-ask-own-files-least = 各行自己的附件：至少用在 { $messages } 封邮件中，第一个是 { $first }
cli-ask-copies = 抄送：Cc 和 Bcc 共 { $copies } 份，合计发出 { $mails } 封
cli-ask-copies-about = 抄送：Cc 和 Bcc 约 { $copies } 份，合计发出约 { $mails } 封
cli-ask-copy-of-one = { $address } 会收到抄送（{ $header }）
cli-ask-copy-of-all = { $address } 会收到每封邮件的抄送：{ $mails } 封（{ $header }）
cli-ask-many-copies = { $messages } 封邮件各有 { $many } 份或更多抄送，最多的有 { $most } 份
cli-ask-owed = 另外还有以前邮件中暂缓的 { $copies } 份抄送，发给 { $addresses }
cli-ask-limit = { $relay } 的限额 { $limit }：还剩 { $left }
cli-ask-limit-until = { $relay } 的限额 { $limit }：已用完，{ $clock } 恢复（还有 { $time }）
cli-ask-limit-for = { $relay } 的限额 { $limit }：已用完，{ $time } 后恢复
cli-ask-limits-none = 按这些限额，{ $mails } 封邮件现在一封也发不出；以后的运行会发送，或者加 --wait 让本次运行等待
cli-ask-limits-some = 按这些限额，{ $mails } 封邮件中现在能发出 { $now } 封；其余的由以后的运行发送，或者加 --wait 让本次运行等待
