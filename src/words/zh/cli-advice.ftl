### What to do about an error, and why a run stopped.

cli-declined = 没有发送任何邮件。
cli-cancelled = 已按要求停止。没有发送任何邮件。
cli-content-changed = { $what }：
cli-more-lines = ……另有 { $lines } 行
cli-not-created = 无法创建 { $path }：{ $why }
cli-not-written = 无法写入 { $path }：{ $why }
cli-not-read = 无法读取 { $path }：{ $why }
cli-did-you-mean = 是不是想写 `{ $meant }`？
# A sentence on a line of its own.
cli-sentence = { $what }。

## What to do

cli-hint-write-relay = 写上 [relay.NAME]，并在其下写 server = "smtps://smtp.uni.example"，或者加上 --relay
cli-hint-save-relay = 或者保存一个，供所有任务使用：mailshot login 163 --user …
cli-hint-files = 没有发信服务器时，把邮件写成文件：{ $command }
cli-hint-sandbox = 没有发信服务器时，发到本机的沙箱：{ $command }
cli-hint-accounts = 它按每小时和每天的限额统计已发邮件；它在 MAILSHOT_STATE 所指的文件夹或 ~/.local/state/mailshot 中
cli-hint-password = 设置 MAILSHOT_PASSWORD，或者在发信服务器下写 password = {"{"} command = "…" {"}"}（也可以用 file、keyring）
cli-hint-password-flags = 设置 MAILSHOT_PASSWORD，或者加上 --password-command 'pass show smtp/uni'
cli-hint-only = --only 后面要写收件人文件中的地址（或标识），写法要一致
cli-hint-answers = 查看某位收件人的回信及其编号：{ $command }
cli-hint-nothing-to-confirm = 自行停止向某个地址发送：mailshot unsubscribe ADDRESS
cli-hint-mailings = 列出所有群发：{ $command }
cli-hint-foreign-file = 用 --output 换一个文件夹，或者把这个文件移走
cli-hint-disk = 检查磁盘是否已满
cli-hint-log-in = 重新登录：{ $command }
cli-hint-look-first = 先看看邮件：{ $command }
cli-hint-unasked = 然后不经询问就发送：{ $command }
cli-hint-unreadable = 没有发送任何邮件；找出是哪个程序占用了文件，或者文件去了哪里，再运行一次命令：{ $command }
cli-hint-again = 再运行一次命令：{ $command }
cli-hint-again-unsent = 没有发送任何邮件；再运行一次命令：{ $command }
cli-hint-report = 邮件已经发出；重新写报告：{ $command }
cli-hint-in-doubt = 没有作任何改动；列出存疑的收件人：{ $command }
cli-hint-how-far = 查看进行到哪里了：{ $command }
cli-hint-another-name = 为这份记录另选一个名称：--name NAME
cli-hint-another-name-file = 给群发任务另取一个名称：在任务文件顶部写 name = "…"
cli-hint-several-ledgers = 在任务文件顶部写 name = "…"：要继续使用的那份发送记录的名称，不带 .db
cli-hint-recorded = 查看有哪些记录：{ $command }

# Which mailing it is to be.
cli-hint-continue = 继续这次群发：{ $command }
cli-hint-continue-with-all = 继续这次群发，包括之前被排除在外的收件人：{ $command }
cli-hint-accept-changes = 继续发送，只有{ $who }会收到新内容：{ $command }
cli-who-is-new = 名单中新增的收件人
cli-who-is-left = 剩下的收件人
cli-who-was-rejected = 被拒的收件人
cli-who-is-in-doubt = 存疑的收件人
cli-hint-old-key = 要继续，请把标识改回原来的
cli-hint-give-up = 放弃它，向名单中所有人发送新的一次群发：{ $command }
cli-hint-give-up-again = 放弃它，向名单中所有人发送新的一次群发，已收到的 { $accepted } 位会再收到一次：{ $command }
cli-hint-new-chosen = 向这条命令选中的收件人发送新的一次群发，已收到的也会再收到：{ $command }
cli-hint-give-up-chosen = 放弃它，向这条命令选中的收件人发送新的一次群发，已收到的也会再收到：{ $command }
cli-hint-give-up-to-purge = 放弃它（以便清除），并再次向名单中所有人发送新的一次群发：{ $command }
cli-hint-new-after-purge = 向名单中所有人发送新的一次群发，包括收到过旧邮件的人：{ $command }

## A mailing that this ledger does not know

cli-elsewhere = { $found }。没有发送任何邮件。
cli-elsewhere-new = 从这里向名单中所有人发送新的一次群发：{ $command }
cli-elsewhere-new-also = 从这里向名单中所有人发送新的一次群发，包括已经收到过的人：{ $command }
cli-elsewhere-new-again = 从这里向名单中所有人发送新的一次群发，已收到的 { $have } 位会再收到一次：{ $command }
cli-elsewhere-continue-there = 在它开始的地方继续那次群发：{ $command }
cli-elsewhere-continue-here = 要改从这里继续，先移走那个文件夹，再运行这条命令
cli-elsewhere-bring-ledger = 要继续那次群发，请从当初发送的地方或备份中把它的文件夹 .mailshot 取到这里，再运行这条命令；没有它，就无从得知还剩下谁
cli-elsewhere-bring-newer = 要继续那次群发，请从移走的地方或备份中把 .mailshot 里较新的文件放回来，再运行这条命令

## Why a run stopped

cli-stop-requested = 已按要求停止。
cli-stop-rejected-alike = 已停止：发信服务器用同样的话拒绝每一封邮件：{ $reply }
cli-stop-hint-rejected-alike = 对每位收件人都是同样的话，所以问题在于登录、发件人、内容或这台计算机，而不在于某位收件人；请向发信服务器的管理员询问这些话的意思
cli-stop-max-failures = 已停止：{ $recipients } 位收件人被拒，达到了 --max-failures 的上限。
cli-stop-quota = 已停止：限额已用完（{ $limit }）；{ $wait }后恢复。
cli-stop-accounts = 已停止：无法使用发信服务器的配额记录 { $store }（{ $why }），因此不知道还能发多少。
cli-stop-hint-accounts = 检查 MAILSHOT_STATE 所指的文件夹（或 ~/.local/state/mailshot），以及磁盘是否已满
cli-stop-ledger = 已停止：无法写入发送记录（{ $why }）；不能记录的邮件就不发送。
cli-stop-ledger-replaced = 已停止：{ $how }。它是“谁已收到邮件”的唯一记录，所以不再发送。
cli-stop-hint-ledger-replaced = 找出原因（同步文件夹或清理文件的程序，或者另一个人），把 .mailshot 的文件放回原处，再从这里发送；报告说明了到目前为止谁已收到邮件
cli-stop-internal = 已停止：内部错误，{ $part } 意外结束；此前发出的邮件都有记录，没有读到答复的收件人记为存疑。
cli-stop-unreadable = 已停止：无法再读取 { $file }（{ $why }）。
cli-stop-hint-unreadable = 已发出的正是检查过的内容；继续之前，请确认这个文件已经恢复
cli-stop-saved = 已停止：{ $file } 在发送期间被保存过。
cli-stop-hint-saved = 已发出的邮件是旧内容；你接受改动之后，剩下的收件人会收到新内容
