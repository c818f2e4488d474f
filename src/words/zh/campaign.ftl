### What `campaign` says of the values of a campaign, and of the campaign as a whole.

# What is wrong, and what to do, in one line.
campaign-wrong-and-help = { $what }；{ $help }

campaign-did-you-mean = 是不是想写 `{ $near }`？
campaign-did-you-mean-text = 是不是想写 { $near }？

# Where something is.
campaign-place-command-line = 命令行
campaign-place-environment = 环境变量

campaign-charset-mixed = UTF-8 和 { $other }

# Files that no cell may attach: the second half of "the file X …".
campaign-stays-secret = 含有机密（密码、令牌或密钥），绝不会作为附件
campaign-stays-campaign-file = 是任务文件，单元格不能把它作为附件
campaign-stays-list = 是本任务的名单，单元格不能把它作为附件
campaign-stays-hidden = 属于 mailshot（.mailshot、results）或是隐藏文件（名字以点开头），单元格不能把它作为附件

# Which campaign is meant.
campaign-none-here = 这里没有群发任务：文件夹中没有 { $file }
campaign-none-here-hint = 请写出任务文件夹，或新建一个：mailshot new my-campaign
campaign-none-here-flags = 也可以全部用选项说明：mailshot send --recipients people.csv --from … --subject … --text body.txt --relay smtps://…
campaign-none-here-one-mail = 不用名单，只发一封邮件：mailshot send --to ada@example.org --from … --subject … --text body.txt --relay smtps://…
campaign-no-campaign-needs-folder = 使用 --no-campaign 时没有任务文件，只能写出保存记录的文件夹
campaign-no-campaign-needs-folder-hint = 请去掉这个文件或 --no-campaign
campaign-neither-folder-nor-toml = 群发任务是一个文件夹或一个 .toml 文件；这两者都不是
campaign-neither-folder-nor-toml-hint = 表格请用 --recipients 指定
campaign-no-such-folder = 没有这个文件夹或文件
campaign-no-such-folder-hint = 可以在那里新建群发任务：mailshot new DIR
campaign-cannot-be-looked-at = 无法打开：{ $why }
campaign-cannot-be-looked-at-hint = 请检查谁可以使用它和上级文件夹，或以那个用户的身份运行 mailshot

campaign-name-wrong = 群发任务的名称只能有字母、数字、`.`、`_` 和 `-`，最多 100 个
campaign-name-wrong-hint = 发送记录文件用这个名称，例如 "room-change"

# Required keys.
campaign-missing-recipients = 缺少收件人文件
campaign-missing-recipients-hint = 请写 [recipients]，并在它下面写 file = "people.csv"，或使用 --recipients people.csv
campaign-missing-sender = 缺少发件人
campaign-missing-sender-hint = 请在 [message] 下面写 from = "姓名 <you@uni.example>"，或使用 --from
campaign-missing-subject = 缺少主题
campaign-missing-subject-hint = 请在 [message] 下面写 subject = "…"，或使用 --subject
campaign-missing-body = 缺少正文
campaign-missing-body-hint = 请在 [message] 下面写 text = "body.txt"、html = "body.html"（或两者都写）或 markdown = "body.md"，也可以使用 --text 或 --html

campaign-missing-sender-flag = 请加上 --from "姓名 <you@uni.example>"
campaign-missing-subject-flag = 请加上 --subject "…"
campaign-missing-body-flag = 请加上 --text body.txt 或 --html body.html；用 --text - 可以直接输入正文，或用管道传入

# One mail without a list.
campaign-to-everybody = 这个群发任务（{ $file }）的每封邮件都会发给 --to 的邮箱；还是只想发一封不用名单的邮件？
campaign-to-everybody-one-mail = 如果只发一封与任务无关的邮件，请加上 --no-campaign
campaign-to-everybody-test = 如果想先收几封任务邮件看看：--test-to { $mailbox }
campaign-to-everybody-meant = 如果每封邮件都要发给这个邮箱，请在任务文件的 [message] 下面写成 `to`
campaign-mail-to-nobody = --to 是空的：邮件没有收件人
campaign-mail-to-nobody-hint = 请写出地址：--to ada@example.org
campaign-mail-no-columns = { $option } 引用了一列，但单封邮件没有名单可用
campaign-mail-no-columns-hint = 请直接写出地址，或用 --recipients people.csv 发给名单
campaign-mail-no-list = { $option } 说明如何读名单，但单封邮件没有名单
campaign-mail-no-list-hint = 请去掉它，或用 --recipients people.csv 发给名单
campaign-html-from-stdin = 只有纯文本正文可以来自 stdin，HTML 不可以
campaign-html-from-stdin-hint = 请把 HTML 存成文件：--html body.html
campaign-stdin-twice = 名单和正文不能都来自 stdin
campaign-stdin-twice-hint = 请把其中一个存成文件：--text body.txt

# [recipients]
campaign-recipients-delimiter = 分隔符是一个 ASCII 字符
campaign-recipients-delimiter-hint = 一般是 ","、";"、"|" 或 "\t"；不写 `delimiter` 时自动识别
campaign-recipients-encoding = 没有 `{ $written }` 这种编码
campaign-recipients-encoding-hint = 常用的有 "utf-8"、"gb18030"、"big5"、"shift_jis"、"utf-16le"、"windows-1252"、"MacRoman" 和 "cp850"；不写 `encoding` 时自动识别

# [message]
campaign-message-markdown-and-html = `markdown` 会生成 HTML 部分，因此不能和 `html` 一起使用
campaign-message-markdown-and-html-hint = 请删掉其中一个
campaign-message-inline-without-html = `inline` 图片显示在 HTML 部分，而这里没有 HTML 部分
campaign-message-inline-without-html-hint = 请加上 html = "body.html"，其中写 <img src="cid:…">；或把 `inline` 改为 `attach`
campaign-message-no-attach-root = `attach_root`：没有文件夹 { $folder }
campaign-message-no-attach-root-hint = 任务文件中的路径从它所在的文件夹算起
campaign-message-bad-cid = `{ $name }` 不能用作图片的名字
campaign-message-bad-cid-hint = 这个名字用在 <img src="cid:name"> 中：只能有 ASCII 字母、数字、`-`、`_` 和 `.`
campaign-message-dsn-notify = `{ $written }` 不是发信服务器会报告的情况
campaign-message-dsn-notify-hint = 请写 notify = ["failure", "delay"]，可用 success、failure 和 delay 中的一个或几个；或写 notify = "never"
campaign-message-dsn-return = `return` 是 "headers" 或 "full"
campaign-message-dsn-return-hint = 它说明报告中包含邮件的哪一部分：只有邮件头，还是全部

campaign-header-not-yours = `{ $name }` 不能在这里设置
campaign-header-no-value = 这不是 `{ $name }` 可用的值
campaign-header-twice = 它设置了两次；邮件头的名字不区分大小写
campaign-header-of-unsubscribe = `unsubscribe` 会写它：请删掉其中一个
campaign-header-bad-name = 邮件头的名字只能有 ASCII 字母、数字和连字符
campaign-header-has-a-key = 它在 [message] 中有自己的键：from、sender、to、cc、bcc、reply_to、subject
campaign-header-ours = 这个邮件头由 mailshot 或发信服务器来写
campaign-header-list-id = 请写 "Course news <course-news.uni.example>"（RFC 2919）
campaign-header-auto-submitted = 请写 "auto-generated"（RFC 3834）：这样自动答复的程序就不会回信
campaign-header-feedback-id = 请写 "campaign:customer:kind:sender"：最多四段，最后一段是发件人

campaign-dkim-same-key = 两个签名使用同一个密钥 { $record }
campaign-dkim-same-key-hint = 每个密钥有自己的 selector
campaign-dkim-lacks = 这个签名没有 `{ $key }`
campaign-dkim-lacks-domain-hint = 请写 domain = "uni.example"，即发件人地址的域名
campaign-dkim-lacks-selector-hint = 请写 selector = "s1"，即密钥的记录在 DNS 中的名字
campaign-dkim-lacks-key-hint = 请写 key = {"{"} file = "dkim.pem" {"}"}；`mailshot dkim new` 会生成这样的文件
campaign-dkim-not-a-domain = `{ $written }` 不是域名
campaign-dkim-not-a-domain-hint = 请写 "uni.example" 这样的名字，不带 @，末尾不带点
campaign-dkim-not-a-selector = `{ $written }` 不能用作 selector
campaign-dkim-not-a-selector-hint = selector 由字母、数字和连字符组成，例如 "s1"；在记录的名字中，它写在 ._domainkey 之前

campaign-unsubscribe-empty = `unsubscribe` 既没有 `url`，也没有 `mailto`
campaign-unsubscribe-empty-hint = 请写 unsubscribe = {"{"} url = "https://uni.example/leave/{"{{"} token {"}}"}" {"}"} 或 {"{"} mailto = "leave@uni.example" {"}"}
campaign-unsubscribe-open-page = 一键 `unsubscribe` 的网页必须是 https://（RFC 8058）
campaign-unsubscribe-open-page-hint = 请写 https:// 网址；如果是要收件人自己打开的网页，请写 one_click = false
campaign-unsubscribe-bad-url = `unsubscribe.url` 中的 `{ $written }` 不是网址
campaign-unsubscribe-bad-url-hint = 请写完整的网址：url = "https://uni.example/leave/{"{{"} token {"}}"}"
campaign-unsubscribe-one-click-without-url = `one_click` 需要 `url`，因为邮件程序会向它发送 POST（RFC 8058）
campaign-unsubscribe-one-click-without-url-hint = 请加上 url = "https://…/{"{{"} token {"}}"}"，或删掉 one_click
campaign-unsubscribe-bad-mailto = `unsubscribe.mailto` 中的 `{ $written }` 不是邮件地址
campaign-unsubscribe-bad-mailto-hint = 请写 mailto = "leave@uni.example"；后面可以带主题："leave@uni.example?subject={"{{"} token {"}}"}"

# [relay.NAME]
campaign-relay-one-user = { $flag } 只适用于一个发信服务器，而这个任务有 { $relays } 个
campaign-relay-one-user-names = 发信服务器有：{ $names }
campaign-relay-one-user-hint = 请在每个发信服务器下面写 `user` 和 `password`，或选定其中一个：--relay { $relay }
campaign-relay-pin-without-tls = 没有 TLS 时 `tls_fingerprint` 不起作用，而 { $server } 没有 TLS
campaign-relay-pin-without-tls-hint = 请在 `server` 中写 smtps:// 或 smtp://，或删掉 `tls_fingerprint`
campaign-relay-oauth2-without-user = 发信服务器 `{ $relay }` 有 `oauth2`，但没有 `user`
campaign-relay-password-without-user = 发信服务器 `{ $relay }` 有密码，但没有 `user`
campaign-relay-without-user-hint = 请写 user = "…"，或使用 --user
campaign-relay-region-alone = `region` 要和 `preset` 一起使用
campaign-relay-region-alone-hint = 请在旁边写 preset = "ses"，或删掉它
campaign-relay-without-server = 发信服务器 `{ $relay }` 没有 `server`
campaign-relay-without-server-hint = 请写 server = "smtps://smtp.uni.example"；已知的邮箱服务商可以写 preset = "163"
campaign-relay-password-without-tls = 没有 TLS 就绝不发送密码，而 { $server } 没有 TLS
campaign-relay-plaintext = 在到 { $server } 的途中，任何人都能读到每封邮件
campaign-relay-plaintext-hint = 请使用 smtps://{ $host }（端口 465）或 smtp://{ $host }（STARTTLS，端口 587）
campaign-relay-plaintext-allow = 或者，在可以信任的网络中写 allow_plaintext = true
campaign-relay-bad-ehlo = 这不是可用于 EHLO 的主机名
campaign-relay-bad-ehlo-hint = 请写由 ASCII 字母、数字、点和连字符组成的名字，例如 "host.uni.example"

campaign-rate-wrong = `{ $written }` 不是限速
campaign-rate-wrong-hint = 请写一个整数、斜杠和 s、min、h 或 day："10/s"、"2000/day"
campaign-rate-zero = `{ $written }` 会使邮件永远发不出去
campaign-rate-zero-hint = 不要限速就删掉 `rate`
campaign-pin-hint = `mailshot check --connect` 会显示要写的这一行；`openssl x509 -noout -fingerprint -sha256` 也会显示指纹

campaign-preset-unknown = 没有名为 `{ $name }` 的 preset
campaign-preset-names = 可用的 preset 有：{ $names }
campaign-preset-others = 其他发信服务器请写 server = "smtps://smtp.uni.example"
campaign-preset-needs-region = preset `{ $preset }` 需要写 region
campaign-preset-needs-region-hint = 请写 region = "eu-west-1"，或实际使用的区域
campaign-preset-not-a-region = `{ $region }` 不是区域
campaign-preset-not-a-region-hint = 请按 { $title } 的写法："eu-west-1"
campaign-preset-no-regions = preset `{ $preset }` 不分区域
campaign-preset-no-regions-hint = 请删掉 `region`
campaign-preset-other-region = `{ $region }` 不是 { $title } 的区域
campaign-preset-other-region-hint = 它有 { $regions }

# Which relay serves, and the user's settings.
campaign-relay-unknown = 没有发信服务器 `{ $relay }`
campaign-relay-known = 这里的发信服务器有：{ $relays }
campaign-relay-presets = 加上 --user，预设也可以当作发信服务器：{ $presets }
campaign-settings-wrong = 个人设置有错，出错的部分没有采用：{ $place }：{ $what }
campaign-settings-unreadable = 无法读取设置文件：{ $why }
campaign-settings-unreadable-hint = 请看看那里现在是什么，把设置文件放回去或删掉
campaign-settings-not-utf-8 = 设置文件不是 UTF-8 文本（第 { $line } 行）
campaign-settings-keys = 设置文件中可以有 [relay.NAME]、[inbox] 和 lang = "en" 或 "zh"
campaign-mail-server-forms = 请写 server = "imaps://imap.uni.example"（IMAP，端口 993）、"pop3s://…"（POP3，端口 995），或 "imap://…" 和 "pop3://…"（STARTTLS 之后使用 TLS）
campaign-inbox-without-server = [inbox] 中没有 `server`
campaign-inbox-preset-has-none = 不知道预设 `{ $preset }` 的收信服务器
campaign-inbox-no-user = [inbox] 中没有 `user`
campaign-inbox-no-user-hint = 请写 user = "…"，即邮箱的登录名；多数邮箱的登录名就是地址
campaign-inbox-no-folder = `folder` 没有指定文件夹
campaign-inbox-plaintext = 没有 TLS 就不发送密码，而 { $server } 不使用 TLS
campaign-inbox-plaintext-hint = 请用 imaps://{ $host } 或 pop3s://{ $host }
campaign-inbox-pin-without-tls-hint = 请在 `server` 中写 imaps:// 或 pop3s://，或删去 `tls_fingerprint`
campaign-inbox-since = `since` 既不是日期，也不是时间
campaign-inbox-since-hint = 请写 since = "2026-11-01"，或 "2026-11-01T08:30:00+08:00"
campaign-settings-of-campaign = `{ $key }` 属于任务文件（mailshot.toml）；设置文件中可以有 [relay.NAME] 和 lang = "en" 或 "zh"
campaign-settings-several = 这个任务没有指定发信服务器，而个人设置中有 { $relays } 个：{ $names }
campaign-settings-several-flag = 只为这一次选定一个：--relay { $relay }
campaign-settings-several-table = 或者每次都用同一个：在任务文件中写上 { $table }，其下什么也不写
campaign-settings-near = 是不是想写 { $table }？个人设置中有它

campaign-oauth2-and-auth = `oauth2` 只能和 auth = "xoauth2" 一起使用
campaign-oauth2-and-auth-hint = 请删掉 `auth`；或删掉 `oauth2`，改写密码
campaign-oauth2-and-password = 发信服务器 `{ $relay }` 既有 `oauth2`，又有密码
campaign-oauth2-and-password-hint = `oauth2` 和 `password` 只能有一个：请删掉其中一个
campaign-oauth2-lacks = `oauth2` 没有 `{ $key }`
campaign-oauth2-lacks-client-id-hint = 它是在服务商处登记的应用程序的 ID
campaign-oauth2-lacks-refresh-token-hint = 请写 refresh_token = {"{"} keyring = true {"}"}；用这个命令把它保存进去：mailshot login { $relay }
campaign-oauth2-lacks-token-url-hint = 请写 token_url = "https://…"，即服务商给出的令牌端点
campaign-oauth2-lacks-token-url-presets = gmail 和 outlook 这两个 preset 自带令牌端点
campaign-oauth2-tenant-unused = `tenant` 对这个令牌端点不起作用
campaign-oauth2-tenant-unused-hint = 请删掉它；它只用于没有 `token_url` 的 preset = "outlook"
campaign-oauth2-bad-tenant = 这不是 tenant
campaign-oauth2-bad-tenant-hint = 请写它的 ID 或域名：tenant = "uni.example"
campaign-oauth2-bad-token-url = 令牌端点是不带登录名的 https:// 网址
campaign-oauth2-bad-token-url-hint = 令牌等同于密码；没有 TLS 时只在本机内发送
