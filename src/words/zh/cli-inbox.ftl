# 命令 inbox。

cli-inbox-from-where = 不知道回信寄到哪个邮箱
cli-inbox-hint-table = 请在活动文件或设置中写 [inbox]：server = "imaps://imap.uni.example"、user = "…"、password = {"{"} env = "VAR" {"}"}
cli-inbox-stopped = 没能把邮件收完：{ $why }；已读取的邮件有效，再次运行同一命令会读取其余的
cli-inbox-unreadable = { $place }：无法读取这封邮件：{ $why }
cli-inbox-reading = { $folder }：正在读取 { $mails } 封邮件
cli-inbox-gone = { $place }：这封邮件在读取之前已被删除
cli-inbox-rescan-validity = { $folder }：服务器重新给邮件编了号（UIDVALIDITY），因此从头读取这个文件夹；任何邮件都不会算两次
cli-inbox-rescan-since = { $folder }：`since` 比以前早，因此从那时起读取这个文件夹；任何邮件都不会算两次
cli-inbox-rescan-no-names = 服务器没有给邮件命名（UIDL），因此每次都读取全部邮件；任何邮件都不会算两次
cli-inbox-rescan-names-reused = 服务器给两封邮件用了同一个名字（UIDL），因此再次读取它们；任何邮件都不会算两次
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
cli-inbox-looked = 因为有 --look，什么都没有改动。
cli-inbox-hint-undo = 撤销一封邮件造成的改动：{ $command }
cli-inbox-undone = 已撤销邮件 { $id } 造成的改动。
cli-inbox-undone-before = 邮件 { $id } 造成的改动以前已经撤销。
cli-inbox-confirmed = 已确认邮件 { $id }。
cli-inbox-confirmed-before = 邮件 { $id } 以前已经确认。
cli-inbox-still = { $address } 仍在退订名单中，因为还有邮件 { $id }。
