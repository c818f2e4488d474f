### What `status`, `report` and `preview` say.

cli-status-no-campaign = { $folder } 中没有群发任务：没有 { $file }
cli-status-name-it = 请写出任务文件夹，或者加上 --name
cli-status-several = { $folder } 中没有群发任务：没有 { $file }；那里有这些名称的发送记录：{ $names }
cli-status-add-name = 加上 --name，写其中一个名称
cli-status-note = 注意：{ $note }
cli-status-none = 这里还没有任何群发记录

cli-status-accepted = 已接收
cli-status-rejected = 被拒
cli-status-deferred = 暂缓
cli-status-in-doubt = 存疑
cli-status-pending = 待发
cli-status-invalid = 无效
cli-status-duplicate = 重复
cli-status-suppressed = 已退订
cli-status-bounced = 退信

# Where a mailing has got to.
cli-status-mailing = { $campaign }：{ $day } 的群发，{ $state }
cli-status-purged = 已清除：不再保留收件人的记录
cli-status-running = 正在运行
cli-status-interrupted = 被中断
cli-status-finished-but = 已结束，但不是所有收件人都已收到
cli-status-completed = 已完成
cli-status-unfinished = 尚未完成
cli-status-ended = 已结束
# The same in the list of all mailings, in a word.
cli-status-mail = 之前的邮件（第 { $number } 封，{ $day }），发给 { $key }：{ $status }
cli-status-mail-on = 要继续之前的某一封邮件，请再次运行当初的命令；其他邮件保持不变
cli-status-list-purged = 已清除
cli-status-list-given-up = 已放弃
cli-status-list-finished = 已结束
cli-status-list-unfinished = 未完成
cli-status-count = { $status } { $n }
cli-status-not-listed = 有 { $n } 位已不在名单中：{ $status }
cli-status-copies-left = { $copies } 份抄送暂缓
cli-status-copies-rejected = { $copies } 份抄送被拒
cli-status-copies-in-doubt = { $copies } 份抄送存疑

# Who is in doubt, and how to find out.
cli-doubt-none = { $day } 的群发中没有存疑的收件人。
cli-doubt-recipients = { $day } 的群发中有 { $recipients } 位收件人存疑：他们可能已经收到邮件。
cli-doubt-copies = { $day } 的群发中有 { $copies } 份抄送存疑；所属的邮件已被接收。
cli-doubt-row = { $key }（第 { $row } 行）
cli-doubt-handed = { $at } 交给发信服务器 { $relay }
cli-doubt-handed-in = { $at } 交给发信服务器 { $relay }，属于 { $run } 那次运行的会话 { $session }
cli-doubt-copy = { $address }，发给 { $key } 的邮件的抄送
cli-doubt-copy-reply = （{ $reply }）{ $at }
cli-doubt-find-out =
    查明的方法：发信服务器的管理员可以在日志中查找 Message-ID；有些发信服务器会把发出的邮件存入“已发送”文件夹。
    也可以直接询问收件人。然后用上面列出的地址运行：
cli-doubt-sent = 他们已收到：{ $command }
cli-doubt-unsent = 他们没有收到，下次运行 send 时再发：{ $command }
cli-doubt-resend = 把同一封邮件再发给他们所有人（有些人可能会收到两次）：{ $command }
cli-doubt-copy-sent = 抄送已送达：{ $command }
cli-doubt-copy-unsent = 抄送没有送达，下次运行 send 时再发：{ $command }

# One recipient in every mailing.
cli-history-title = { $campaign }：{ $recipient }
cli-history-purged = 已于 { $day } 清除：不再保留收件人的记录
cli-history-not-listed = { $status }，已不在名单中
cli-history-left-out = { $status }，至今没有被选中
cli-history-try = { $at }，经 { $relay }：{ $outcome }，{ $reply }
cli-history-settled-sent = { $at }：人工定论为已发送
cli-history-settled-unsent = { $at }：人工定论为未发送
cli-history-copy = 抄送给 { $address }：{ $status }，{ $reply }（{ $at }）
cli-history-came =
    { $undone ->
        [yes] { $at }：{ $what } { $id }，已撤销：{ $words }
       *[no] { $at }：{ $what } { $id }，{ $how }：{ $words }
    }
cli-history-copy-of = 发给 { $key } 的邮件的抄送：{ $status }，{ $reply }（{ $at }）
cli-history-stray = 第 { $row } 行：{ $status }，{ $why }
cli-history-rows =
    { $n ->
       *[other] 第 { $rows } 行
    }
cli-history-not-in =
    { $n ->
       *[other] 不在第 { $mailings } 次群发中
    }
cli-history-unknown = { $campaign } 的各次群发中都没有收件人 { $recipient }
cli-history-near = 如果指的是这位收件人：{ $command }
cli-history-purged-hint = 这几次群发已清除，不再知道其中有谁：第 { $mailings } 次
cli-history-copies-hint = 抄送（cc、bcc）只有在没有随邮件一起被接收时才有记录
cli-history-many = 有 { $recipients } 位收件人的行中有“{ $text }”
cli-history-name-one = 请用地址或标识写出其中一位，例如 { $names }

cli-report-no-such-mailing = 没有第 { $number } 次群发；这个群发任务有第 1 次到第 { $last } 次群发
cli-report-only-mailing = 没有第 { $number } 次群发；这个群发任务只有第 1 次群发
cli-report-purged = 这次群发已于 { $day } 清除：不再保留收件人的记录，只保留数量（mailshot status）
cli-report-not-written = 无法写入 { $file }：{ $error }

cli-preview-no-page = 目前还不支持在浏览器中预览
cli-preview-row-instead = mailshot preview --row 2 显示第一行的邮件；mailshot send --dry-run 把所有邮件写成文件
cli-preview-no-row = { $file } 中没有第 { $row } 行
cli-preview-rows = 行号与表格中的相同；表头是第 1 行
cli-preview-suppressed = 这封邮件不会发送：收件人在一份名单中（{ $list }）。
cli-preview-in-all = 合计 { $size }
