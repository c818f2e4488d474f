### What the smaller commands say.

## check --connect

cli-connect-reached = { $relay }：{ $host }:{ $port }：{ $found }。
cli-connect-no-tls = 没有 TLS
cli-connect-login = 以 { $user } 登录成功
cli-connect-no-login = 不登录
cli-connect-largest = 邮件最大 { $size }（SIZE）
cli-connect-no-largest = 邮件大小不限
cli-connect-no-pipelining = 没有 PIPELINING
cli-connect-source = 预设 { $preset }，{ $day } 查自 { $source }
cli-connect-rates = 最多 { $rates }（{ $source }；发信服务器下的 `rate` 优先）
cli-connect-limits = { $provider }：{ $limits }
cli-connect-limits-from = { $provider }：{ $limits }（{ $source }）
cli-connect-too-large = 最大的邮件有 { $size }，而发信服务器 `{ $relay }` 最多接收 { $most }（SIZE）
cli-connect-hint-too-large = 缩小附件，或者把附件放到网页上，在邮件中写网址
cli-connect-checked = 检查了 { $relays }：{ $problems }。没有发送任何邮件。
cli-relays = { $relays } 个发信服务器
cli-problems = { $problems } 个问题

## login

cli-login-no-user = 发信服务器 `{ $relay }` 没有写明用来登录的用户
cli-login-hint-user = 在 [relay.{ $relay }] 下写 user = "…"，或者加上 --user
cli-login-hint-server = 或者直接写服务器：mailshot login smtps://… --user …
cli-login-who = 没有写明以哪个用户登录 { $host }
cli-login-hint-who = 写明用户：mailshot login { $relay } --user …
cli-login-user = 在 { $host } 的用户名（通常是完整的邮箱地址）：{" "}
cli-login-unknown-relay = 没有发信服务器 `{ $relay }`
cli-login-hint-relays = 这个任务的发信服务器有：{ $relays }
cli-login-hint-folder = 这个文件夹中没有任务；请写出任务文件夹：mailshot login { $relay } FOLDER
cli-login-hint-presets = 没有任务时，加上 --user：smtps://HOST，或者以下之一：{ $presets }
cli-login-hint-no-terminal = mailshot login 在终端上询问；供程序使用时，在任务文件或个人设置中写 {"{"} env = … {"}"}、{"{"} command = … {"}"} 或 {"{"} file = … {"}"}
cli-login-password = { $user } 在 { $host } 的密码：{" "}
cli-login-refresh-token = { $user } 在 { $host } 的刷新令牌：{" "}
cli-login-nothing-typed = 没有输入任何内容，所以没有尝试登录
cli-login-password-not-stored = 登录成功，但密码没有保存：{ $why }
cli-login-token-not-stored = 登录成功，但刷新令牌没有保存：{ $why }
cli-login-hint-elsewhere = 要从别处读取，在发信服务器下写：{ $key } = {"{"} command = "pass show smtp/uni" {"}"}、{"{"} file = "{ $key }.txt" {"}"}（权限 0600）或 {"{"} env = "{ $variable }" {"}"}
cli-login-password-stored = 登录成功，密码已存入密钥环。
cli-login-token-stored = 登录成功，刷新令牌已存入密钥环。
cli-login-hint-write = 要让任务从那里读取，在 { $table } 下写：{ $key } = {"{"} keyring = true {"}"}
cli-login-hint-settings = 个人设置中的发信服务器有：{ $relays }
cli-login-hint-no-settings = 要在所有任务中使用这个发信服务器，把 MAILSHOT_CONFIG 设为一个会保留的文件，然后再登录一次
cli-login-hint-lines =
    在 { $file } 中写上：
    { $lines }
cli-login-saved = { $table } 已写入个人设置：{ $file }
cli-login-saved-without = { $table } 已写入个人设置，其中没有密码：发送前会询问密码。文件是 { $file }
cli-login-serves-all = 没有指定发信服务器的任务都通过它发送。
cli-login-serves-chosen = 个人设置中有 { $relays } 个发信服务器：没有指定发信服务器的任务会询问用哪一个，--relay { $relay } 选定这一个。
cli-login-added = 个人设置中的 { $table } 已写上这次登录的信息：{ $file }
cli-login-other-user = 个人设置中的发信服务器 `{ $relay }` 属于用户 { $user }
cli-login-hint-that-user = 以那个用户登录：mailshot login { $relay }
cli-login-hint-own-table = 或者作为另一个发信服务器：mailshot login { $server } --user { $user }

## dkim

cli-dkim-made = { $file } 中是私钥：有了它，谁都能以你的名义签名。只有你能读取它。
cli-dkim-taken = { $file } 已存在，密钥不会被覆盖
cli-dkim-hint-output = 用 --output 写另一个文件
cli-dkim-hint-record = 显示已有密钥的 DNS 记录：mailshot dkim record { $file }
cli-dkim-no-text = 不是文本
cli-dkim-hint-new = 生成密钥：mailshot dkim new
cli-dkim-bad-key = { $file } 不能用于签名：{ $why }
cli-dkim-no-selector = 缺少密钥的名称
cli-dkim-hint-selector = 加上 --selector，名称与任务文件中的 `selector` 相同
cli-dkim-next =
    接下来：请 { $domain } 的 DNS 管理员添加这条 TXT 记录（`zone` 那一行用于区域文件）。
    然后在 [message] 下写（文件名按从任务文件夹看到的写）：
    {"  "}{ $line }
cli-dkim-next-of-sender =
    接下来：请发件人域名的 DNS 管理员添加这条 TXT 记录（`zone` 那一行用于区域文件）。
    然后在 [message] 下写（文件名按从任务文件夹看到的写）：
    {"  "}{ $line }

## stop

cli-stop-unstoppable = { $campaign } 正在运行，而它没有说明如何停止
cli-stop-hint-ctrl-c = 请在启动它的地方按 Ctrl-C
cli-stop-nothing = 没有要停止的：{ $campaign } 没有在运行。
cli-stop-not-asked = 无法写入 { $folder }，所以不能要求它停止：{ $why }
cli-stop-asked = 已要求 { $host } 上的进程 { $pid } 发完手头的邮件后停止；正在等它结束（按 Ctrl-C 不再等待）……
cli-stop-asked-now = 已要求 { $host } 上的进程 { $pid } 立即停止；正在等它结束（按 Ctrl-C 不再等待）……
cli-stop-goes-on = 已要求进程 { $pid } 停止，但过了 { $time } 还没有结束
cli-stop-hint-now = 它可能在等待对提问的回答；不等手头的邮件，立即停止：{ $command }
cli-stopped-unsent = 已停止；没有发送任何邮件。
cli-stopped = 已停止：到目前为止已接收 { $accepted }，待发 { $open }
cli-stopped-in-doubt = 已停止：到目前为止已接收 { $accepted }，待发 { $open }，存疑 { $in_doubt }
cli-stopped-left-out = { $stopped }；{ $left_out }
cli-stopped-hint = 查看还剩下什么、如何继续：{ $command }

## columns

cli-columns-file = { $file }：{ $what }
cli-columns-commas = 单元格以逗号分隔
cli-columns-semicolons = 单元格以分号分隔
cli-columns-tabs = 单元格以制表符分隔
cli-columns-separator = 单元格以 `{ $separator }` 分隔
cli-columns-sheet = 读取的是：{ $sheet }
cli-columns-sheet-among = 读取的是：{ $sheet }；另外还有 { $others }
cli-columns-rows = { $rows } 行
cli-columns-rows-unread = { $rows } 行，其中 { $unread } 行无法读取
cli-columns-header = { $rows }；第 { $row } 行是表头
cli-columns-to = * `to` 由 { $columns } 填入：{ $to }
cli-columns-to-suggested = `to` 是 { $to }，这里没有这样的列；看起来像邮件地址的是：to = "{ $template }"
cli-columns-to-unknown = `to` 是 { $to }，这里没有这样的列
cli-columns-name = 列
cli-columns-in-templates = 模板中的写法
cli-columns-looks-like = 内容
cli-columns-empty = 空
cli-columns-distinct = 不同的值
cli-columns-examples = 例子
cli-columns-but = { $looks }（{ $exceptions } 个例外）
cli-columns-number = { $n }
cli-columns-over = 超过 { $values }

## unsubscribe

cli-unsubscribe-no-key = `{ $token }` 可能是退订标识码，但能认出它属于谁的密钥不在这台计算机上；没有添加任何人
cli-unsubscribe-hint-no-key = 在发送那些邮件的地方运行，或者从那里复制 unsubscribe.key
cli-unsubscribe-there-already = { $who } 已经在名单中。
cli-unsubscribe-added = { $who } 已加入名单。
cli-unsubscribe-wrong = `{ $who }` 既不是邮件地址，也不是退订标识码：{ $why }
cli-unsubscribe-hint-unchanged = 名单没有改动
cli-unsubscribe-removed = 已将 { $who } 从名单中删除。
cli-unsubscribe-removed-since = 已将 { $who } 从名单中删除（{ $since } 加入）。
cli-unsubscribe-not-there = { $who } 不在名单中。

## settle

cli-settle-all-and-names = --all 指所有存疑的收件人，而 `{ $name }` 既不是文件夹也不是 .toml 文件
cli-settle-hint-all-or-names = 去掉 --all 或者去掉名称
cli-settle-nobody-named = 没有指明任何人
cli-settle-hint-names = 加上 --all，或者写这条命令列出的地址：{ $command }
cli-settle-recipients = { $recipients } 位收件人
cli-settle-copies = { $copies } 份副本
cli-settle-sent = 已定论为已发送：{ $what }。
cli-settle-unsent = 已定论为未发送：{ $what }；下次运行 mailshot send 会发送。
cli-settle-rejected = { $recipients } 位收件人被发信服务器拒绝，被中断的那次运行已经得知。
cli-settle-left = 还有 { $recipients } 位存疑。

## purge

cli-purge-question = 要删除 { $mailings } 次群发（{ $days }）的收件人数据吗？
cli-purge-done = { $started } 的群发的收件人数据已删除；总数保留。
cli-purge-unfinished = { $started } 的群发尚未完成，没有改动。
cli-purge-none = 没有清除任何内容：没有那么早就已完成的群发。

## sandbox

cli-sandbox-listens = 沙箱在 { $address }（smtp+plain://{ $address }）上监听；它保存邮件，但不投递。按 Ctrl-C 结束。
cli-sandbox-kept = { $from } -> { $to }（{ $size } 字节）：{ $file }
cli-sandbox-not-kept = { $from } -> { $to }（{ $size } 字节）：未保存
cli-sandbox-tally = { $connections }，{ $messages }。
cli-sandbox-messages = { $messages } 封邮件
cli-sandbox-connections = { $connections } 次连接
