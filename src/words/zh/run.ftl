### What a run says before the first message, and of what it cannot do.

run-declined = 没有发送任何邮件
run-cancelled = 已按要求停止，没有发送任何邮件
run-check-found-errors = 没有发送任何邮件：检查发现了错误
run-and-nothing-sent = { $what }；没有发送任何邮件
run-no-relay = 这个任务没有指定发信服务器
run-no-terminal = 没有终端，无法提问
run-no-password-source = 发信服务器 `{ $relay }` 有用户名，但没有写明密码的来源，也没有终端可以询问
run-ca-file = 无法读取 CA 文件 { $path }：{ $why }
run-unknown-keys = 收件人文件中没有：{ $keys }
run-inputs-changed = { $file } 在检查期间被保存过
run-input-unreadable = 无法再读取 { $file }：{ $why }
run-not-written = 无法写入 { $path }：{ $why }
run-foreign-file = { $file } 不是之前预演留下的文件，会被覆盖
run-no-threads = 无法启动程序的线程：{ $why }
run-results-unreadable = 无法读取 { $folder } 中的报告，而报告记载着谁已收到邮件：{ $why }
run-unaccounted = 无法记录已发出的邮件：{ $why }
run-ledger-lost = 内部错误：写发送记录的部分意外结束
run-panicked = 内部错误：运行意外结束；此前发出的邮件都有记录，下次运行会发给剩下的收件人

## Mailings

run-not-in-doubt = 并不存疑：{ $who }
run-not-in-doubt-but = { $key }（{ $status }）
run-not-in-mailing = { $key }（不在本次群发中）
run-no-copy-in-doubt = 给 { $key } 的邮件抄送 { $addresses } 的副本（没有存疑的）
run-purged = { $started } 的群发已被清除：收到过它的人已无从得知
run-not-ended = { $started } 的群发尚未完成
run-no-such-answer = 本群发任务没有收取过编号为 { $names } 的邮件
run-nothing-to-confirm = 编号为 { $names } 的邮件没有可以确认的内容：只有退订请求、投诉和地址失效的退信可以确认
run-no-such-mailing = 没有可以清除的第 { $number } 次群发
run-unfinished = { $started } 的群发尚未完成：还有 { $open } 位收件人待发或存疑
run-unfinished-left-out = { $started } 的群发尚未完成：还有 { $open } 位收件人待发或存疑；{ $left_out }
run-left-out = 在之前的运行中，{ $left_out }，而这次运行会发给他们；没有发送任何邮件
run-content-changed = 本次群发于 { $started } 发给了 { $accepted } 位收件人，此后内容有改动
run-content-changed-unfinished = { $started } 的群发尚未完成（已发送 { $accepted } 封），开始后内容有改动
run-key-changed = [recipients] 下的 `key` 与本次群发开始时不同：所有人都会被当作新收件人，再收到一次
run-record-of-mails = 这个文件夹中名为 { $name } 的发送记录属于不用名单的单封邮件
run-record-of-list = 这个文件夹中名为 { $name } 的发送记录属于有名单的群发任务，不属于单封邮件
run-several-ledgers = 这份名单中的收件人出现在几份发送记录中，而它们的任务文件都已不在：{ $ledgers }

run-part-new = { $part } 是新增的
run-part-changed = { $part } 有改动
run-part-gone = { $part } 已不在
run-file-of = { $file }（{ $key } 的）
run-more-files-changed = 另有 { $files } 个文件有改动
run-part-attachment = 附件 { $file }
run-part-attachment-name = 附件 { $file } 的名称
run-part-header = 邮件头 { $field }
run-part-rules = 生成邮件的规则版本
run-part-unsigned = 签名不包含的邮件头
run-part-order = 附件的顺序
run-part-text = 纯文本部分
run-part-html = HTML 部分

## A mailing that this ledger does not know

run-elsewhere = { $what }；{ $who }
run-copy-of = 这个任务是 { $folder } 中那个任务的副本
run-results-unknown = { $results } 中有一次群发的结果，而这里没有任何发送记录知道它
run-results-unknown-of = { $results } 中有 { $started } 的群发的结果，而这里没有任何发送记录知道它
run-results-newer = { $results } 中有发送记录不知道的结果：发送记录被换成了较旧的一份
run-results-newer-of = { $results } 中有 { $started } 的群发的结果，是发送记录不知道的：发送记录被换成了较旧的一份
run-who-has-it-unknown = 不知道谁已收到邮件
run-who-is-in-it = 这份名单的 { $listed } 位收件人中，有 { $shared } 位也在那次群发中
run-who-has-it = 这份名单的 { $listed } 位收件人中，有 { $have } 位已收到它的邮件：{ $names }
run-who-has-it-and-more = 这份名单的 { $listed } 位收件人中，有 { $have } 位已收到它的邮件：{ $names }，另有 { $more } 位

## Notes

run-asking-dns = 正在向 DNS 查询发件人和收件人的域名……
run-recovered-in-doubt = 之前一次运行的 { $recipients } 位收件人存疑：那次运行在收到发信服务器的答复之前就结束了
run-recovered-rejected = 以下收件人在之前一次运行中被发信服务器拒绝，那次运行没来得及报告：
run-new-mailing-again = 这是一次新的群发：{ $recipients } 位已经收到过的收件人会再收到一次
run-held-back = 本会再收到一次的 { $recipients } 位收件人现在已在退订名单中，已跳过
run-suppressed = { $key } 在退订名单中（{ $list }），已跳过
run-ledger-on-network = 发送记录 { $ledger } 位于网络文件系统（{ $kind }）：写入较慢，而且只和那个文件系统的锁一样可靠；放在本机磁盘上更好
run-ledger-goes-on = { $what }；继续使用它的发送记录 { $ledger }，没有人会收到两次
run-was-in-another-folder = 这些选项所描述的群发是在另一个文件夹中开始的
run-was-called = 这个任务以前叫 { $name }
run-was-in = 这个任务以前在 { $folder }
run-file-was = 这个任务的文件以前叫 { $file }
run-not-signed = 未签名：{ $why }
run-not-signed-in-sandbox = 未签名：沙箱不会索取 { $record } 的密钥

## Messages of a run

run-differs-from-doubt = 它的邮件会与存疑的那一封不同，没有再次发送
run-hint-resend-changed = 要发送改动后的邮件，请指明收件人：--only { $key } --in-doubt resend
run-saved-meanwhile = { $file } 在发送期间被保存过；这封邮件没有发送
run-hint-saved-meanwhile = 再运行一次 mailshot send：它会指出这个文件，并说明如何继续

## Keys, lists, stdin

run-no-key = 无法取得 { $record } 的密钥：{ $why }
run-bad-key-in-variable = { $record } 的密钥（环境变量 { $variable }）不能用于签名：{ $why }
run-bad-key-of-command = { $record } 的密钥（`{ $command }` 的输出）不能用于签名：{ $why }
run-bad-key-in-file = { $record } 的密钥（文件 { $file }）不能用于签名：{ $why }
run-bad-key-in-keyring = { $record } 的密钥（密钥环条目 `{ $entry }`）不能用于签名：{ $why }
run-hint-new-key = 生成密钥并显示它的 DNS 记录：mailshot dkim new --domain { $domain } --selector { $selector }
run-hint-unsigned = 要不签名就发送，请从任务文件中删除 `dkim`

run-list-unreadable = 无法读取名单 { $list }：{ $why }
run-hint-list-name = 检查文件名；任务文件中的路径从它所在的文件夹算起
run-hint-list-needed = 没有这份名单，名单上的人就会收到邮件
run-own-list-unreadable = 无法读取你的退订名单 { $path }：{ $why }
run-tokens-without-key = { $place } 中有退订标识码，而能认出它属于谁的密钥不在这台计算机上
run-hint-copy-key = 从发送那些邮件的计算机和用户那里复制 unsubscribe.key：它在 ~/.local/state/mailshot 中（或 MAILSHOT_STATE 所指的文件夹）

run-stdin-unreadable = 无法读取 stdin：{ $why }
run-stdin-not-kept = 无法保存 stdin 的内容：{ $why }
run-stdin-empty = 名单应来自 stdin，但什么也没有收到
run-text-empty = 正文应来自 stdin，但什么也没有收到
run-hint-text-empty = 每次都要用管道传入正文：echo "周五见。" | mailshot send --text - …
run-text-too-large = 来自 stdin 的正文超过 { $most }
run-hint-stdin-empty = 每次都要用管道传入名单：cat people.csv | mailshot send --recipients - …

## Access tokens

run-no-refresh-token = 无法取得发信服务器 `{ $relay }` 的刷新令牌：{ $why }
run-no-client-secret = 无法取得发信服务器 `{ $relay }` 的 client secret：{ $why }
run-token-unreachable = 无法向 { $host } 索取 access token：{ $why }
run-token-no-such-host = 没有这个主机
run-token-http = 它答复 HTTP { $status }
run-token-no-http = 请求失败（{ $own }）
run-refresh-token-rejected = { $host } 不再接受发信服务器 `{ $relay }` 的刷新令牌（{ $own }）
run-token-refused = { $host } 没有给出 access token（{ $own }）
run-token-no-answer = { $host } 的答复不是 access token
run-hint-token-refused = 检查 `oauth2` 下的 client_id、client_secret 和 scope
run-hint-token-url = 检查 `oauth2` 下的 token_url

## What cells of a column look like

run-looks-addresses = 邮件地址
run-looks-dates = 日期
run-looks-numbers = 数字
run-looks-yes-no = 是/否
run-looks-text = 文本
run-looks-empty = 空

# Conditions that ask what became of recipients in an earlier mailing.
run-earlier = mailshot_status 等报告中的列取自第 { $number } 次群发（{ $started }）
run-no-earlier = 这个条件要看上一次群发的结果，而此前还没有群发
run-no-earlier-first-hint = 第一次群发不要写这个条件：它用于之后的群发，例如催办
run-no-earlier-begun-hint = 这次运行是继续第一次群发，暂缓的收件人会自动重试；如果要向条件选中的收件人开始一次新的群发，请加上 --new
run-earlier-purged = 这个条件要看第 { $number } 次群发（{ $started }）的结果，而这些结果已于 { $day } 清除
run-earlier-purged-hint = 请改用名单中的列来选择收件人，或者用 --only
run-no-status = 没有“{ $word }”这个状态
run-no-status-near = 请写 '{ $near }'
run-no-status-hint = 状态有 { $names }；上一次群发中没有的收件人，状态为 ''
