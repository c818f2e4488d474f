# 命令 inbox。

cli-inbox-from-where = mailshot 目前还不能从服务器收取邮件：请指定一个邮箱文件、一个 Maildir 或一个存有 .eml 文件的文件夹
cli-inbox-hint-from-mbox = { $command }
cli-inbox-place = { $file }，第 { $number } 封邮件
cli-inbox-none =
    { $mails ->
        [0] 没有邮件。
       *[other] 已读取 { $mails } 封邮件。
    }
cli-inbox-all-before = 已读取 { $mails } 封邮件，以前都已收取过，没有新的。
cli-inbox-read = 已读取 { $mails } 封邮件：{ $classes }。
cli-inbox-read-more = 已读取 { $mails } 封邮件，其中 { $before } 封以前已收取过。新的有：{ $classes }。
cli-inbox-class = { $class } { $n }
cli-inbox-bounces = { $n } 封退信，{ $kind }（{ $reasons }）
cli-inbox-line = { "  " }{ $id }  { $whom }：{ $what }，{ $how }：{ $words }
cli-inbox-bounce = { $kind } 退信（{ $reason }）
cli-inbox-forwarded = { $address }（即 { $named }）
cli-inbox-more = { "  " }另有 { $n } 条；--events 会全部列出
cli-inbox-cause-list = 经发信服务器 { $relay } 的 { $of } 封退信中，有 { $n } 封是因为该发信服务器被列入 { $list }（{ $words }）
cli-inbox-cause = 经发信服务器 { $relay } 的 { $of } 封退信中，有 { $n } 封的原因在发件人或该发信服务器：{ $reason }（{ $words }）
cli-inbox-bounced = 现在有 { $n } 位收件人的状态是退信。
cli-inbox-restored = 有 { $n } 位收件人恢复了退信之前的状态。
cli-inbox-suppressed = 有 { $n } 个地址已加入退订名单：{ $addresses }
cli-inbox-taken-off = 有 { $n } 个地址已从退订名单中移除：{ $addresses }
cli-inbox-to-confirm = 有 { $n } 封邮件提到了地址，但没有凭据；不确认就不会停止向任何人发送：
cli-inbox-hint-confirm = 停止向该地址发送：{ $command }
cli-inbox-unmatched = 有 { $n } 封邮件与本群发任务的邮件对不上：
cli-inbox-not-matched = { "  " }{ $place }：{ $what }（{ $about }）：{ $why }
cli-inbox-unrelated = 另有 { $n } 封邮件与本群发任务无关。
cli-inbox-looked = 有 --look，什么都不改动。不加它时，结果是：
cli-inbox-hint-undo = 撤销一封邮件造成的改动：{ $command }
cli-inbox-undone = 已撤销邮件 { $id } 造成的改动。
cli-inbox-undone-before = 邮件 { $id } 造成的改动以前已经撤销。
cli-inbox-confirmed = 已确认邮件 { $id }。
cli-inbox-confirmed-before = 邮件 { $id } 以前已经确认。
cli-inbox-still = { $address } 仍在退订名单中，因为还有邮件 { $id }。
cli-inbox-passed-over = 文件夹里有 { $n } 个文件不是邮件。
