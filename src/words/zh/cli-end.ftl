### What the command line says at the end of a run, and what to do next.

cli-left-out = { $recipients } 位收件人被 { $choice } 排除在外
cli-left-out-somehow = { $recipients } 位收件人被以前运行的选择条件排除在外

# What to do next: each ends with a command.
cli-next-continue = 继续发给剩下的 { $recipients } 位收件人（不会有人收到两次）：{ $command }
cli-next-continue-early = 再次运行同一条命令，即可继续发给剩下的 { $recipients } 位收件人（不会有人收到两次）：{ $command }
cli-next-continue-later = 稍后用同一条命令，可以继续发给剩下的 { $recipients } 位收件人（不会有人收到两次）：{ $command }
cli-next-continue-corrected = 改正之后，同一条命令会继续发给剩下的 { $recipients } 位收件人（不会有人收到两次）：{ $command }
cli-next-continue-from = { $from }，同一条命令会继续发给剩下的 { $recipients } 位收件人（加 --wait 则等到那时；不会有人收到两次）：{ $command }
cli-from-clock = 从 { $clock } 起
cli-from-time = { $time } 后
cli-next-deferred = 稍后重试暂缓的 { $recipients } 位收件人：{ $command }
cli-next-copies = 稍后重试暂缓的 { $copies } 份抄送：{ $command }
cli-next-rejected = 改正原因之后，重试被拒的 { $recipients } 位收件人：{ $command }
cli-next-in-doubt = 查看哪些收件人存疑，以及怎样查明他们是否已收到：{ $command }
cli-next-settle = 如果存疑的收件人都已收到：{ $command }
cli-next-left-out = 也发给被排除在外的 { $recipients } 位收件人：{ $command }
cli-next-give-up = 放弃他们，向名单上的所有人重新群发：{ $command }
cli-next-give-up-again = 放弃他们，向名单上的所有人重新群发（其中 { $accepted } 人已收到过）：{ $command }
cli-next-mail-again = 再发一次：{ $command }
cli-next-new = 向名单上的所有人重新群发：{ $command }
cli-next-new-again = 向名单上的所有人重新群发（其中 { $accepted } 人已收到过）：{ $command }

# $took: how long it took, with its comma; or nothing.
cli-end-took = ，用时 { $time }
cli-end-took-by-second = ，用时 { $time }（每秒 { $n } 封）
cli-end-took-by-minute = ，用时 { $time }（每分钟 { $n } 封）
cli-end-tested = { $messages }只发给了 { $address }；其他人没有收到任何邮件。
cli-end-so-far = 到目前为止，{ $all }中已接收 { $accepted } 封。
cli-end-mail-sent = 没有需要发送的邮件：{ $key } 已在 { $at } 收到这封邮件。
cli-end-nothing-left = 没有需要发送的邮件：{ $all }中已有 { $accepted } 位收到。
cli-end-copies-now = 本次发送了 { $copies }{ $took }；到目前为止，{ $all }中已接收 { $accepted } 封。
cli-end-both-now = 本次发送了 { $messages }和 { $copies }{ $took }；到目前为止，{ $all }中已接收 { $accepted } 封。
cli-end-messages-now = 本次发送了 { $sent } 封{ $took }；到目前为止，{ $of } 封中已接收 { $accepted } 封。
cli-end-sandbox = 沙箱接收了 { $all }中的 { $accepted } 封{ $took }。
cli-end-accepted = 发信服务器接收了 { $all }中的 { $accepted } 封{ $took }。
cli-end-accepted-none = { $all }都没有被发信服务器接收。

# Recipients who do not have it, a line for each status.
cli-end-rejected = { $n } 位被发信服务器拒绝；原因见报告。
cli-end-deferred = { $n } 位暂缓：发信服务器暂时没有接收。
cli-end-in-doubt = { $n } 位存疑：邮件已交出，但没有得到答复；他们可能收到了，也可能没有。
cli-end-pending = { $n } 位尚未发送。
cli-end-invalid = { $n } 位无效，已跳过。
cli-end-duplicate = { $n } 位重复，已跳过。
cli-end-suppressed = { $n } 位在退订名单中，已跳过。
cli-end-bounced = { $n } 位的邮件已接收，但随后被退回。
cli-end-left-out = { $who }。
cli-end-copy-lost = 抄送没有送达：{ $address }（发给 { $key } 的邮件）：{ $reply }
cli-end-vanished = 以前运行中的 { $recipients } 位收件人已不在收件人文件中。
cli-end-messages-in = 没有任何邮件离开这台计算机。邮件保存在：{ $folder }
cli-end-report = 每一行的结果：{ $file }

# The end on one line, where no other words are wanted.
cli-short = { $campaign }：{ $what }
cli-short-then = { $line }；{ $then }
cli-short-n-rejected = 被拒 { $n }
cli-short-n-deferred = 暂缓 { $n }
cli-short-n-in-doubt = 存疑 { $n }
cli-short-n-invalid = 无效 { $n }
cli-short-n-bounced = 退信 { $n }
cli-short-of = { $counts }（共 { $all }）
cli-short-copies = { $copies }没有送达（共 { $messages }）
cli-short-unfinished = 尚未完成，{ $all }中还有 { $open } 位未发送
cli-short-open = 还有 { $open } 位未发送
cli-short-by-name = 名单见 { $file }

# What is run again where nobody but its user knows the command.
cli-again = 再次运行当初带 --recipients、--from …… 的那条命令（如果当初有 --new，要去掉）
cli-again-where = 再次运行当初带 --recipients、--from …… 的那条命令，加上 { $flags }（如果当初有 --where、--only 或 --new，要去掉）
cli-again-with = 再次运行当初带 --recipients、--from …… 的那条命令，加上 { $flags }
cli-again-with-not-new = 再次运行当初带 --recipients、--from …… 的那条命令，加上 { $flags }（如果当初有 --new，要去掉）
cli-again-piped-text = 再次用管道输入同一段正文：{ $command }
cli-again-piped = 再次用管道输入同一份名单：{ $command }
