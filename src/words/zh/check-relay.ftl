### What `check` says of relays, and of the providers that recipients are at.

check-preset-old = 预设 `{ $preset }` 的内容查于 { $month }：{ $provider } 的限额此后可能有变化
check-preset-old-hint = 换用新版 mailshot，或者在 [relay.{ $relay }] 下按服务商现在公布的内容填写 `rate` 和 `server`
check-port-tls-first = 发信服务器 `{ $relay }` 写的端口是 { $port }，这个端口上的服务器通常一开始就要求 TLS
check-port-starttls = 发信服务器 `{ $relay }` 写的端口是 { $port }，这个端口上的服务器通常先不加密，再用 STARTTLS 切换到 TLS
check-preset-without-user = `{ $relay }` 没有 `user`，而 { $preset } 只在登录之后才接收邮件
check-preset-user-hint = 在 `preset` 下面写 user = { $user }，或在命令行中加上 --user
check-preset-user-of-provider-hint = 在 `preset` 下面写 user = "…"，或在命令行中加上 --user
check-port-hint = 写成 server = "{ $url }"
check-not-aligned = 发件人的域名是 { $domain }，而邮件的 DKIM 签名属于 { $signed }：这个签名不能证明发件人
check-not-aligned-hint = 改为用 { $domain } 签名，或者用 { $signed } 的地址发信
check-one-click-without-dkim = 一键退订没有 DKIM 签名保护：邮件软件不会显示退订按钮
check-one-click-without-dkim-hint = 在 [message] 下写 dkim = {"{"} domain = "…", selector = "…", key = {"{"} file = "…" {"}"} {"}"}，或者确认发信服务器会对 List-Unsubscribe 和 List-Unsubscribe-Post 签名
check-over-size = 最大的邮件有 { $size }，而 { $provider } 最多接收 { $most }
check-over-size-hint = 把附件缩小（附件在邮件中会增大三分之一），或者放到网页上，在邮件中写网址
check-over-quota = 共 { $recipients } 位收件人，而发信服务器的限额是每天 { $a_day } 位：需要 { $days } 天
check-takes-days = 按发信服务器的限速，发给 { $recipients } 位收件人需要 { $days } 天
check-days-hint = 每天再运行一次 `mailshot send`，或者加上 --wait 让它等待；再添加一台发信服务器也可以分担名单

# Providers with rules for many messages.
check-receiver-rules = { $provider } 有 { $recipients } 位收件人：{ $rule }
check-missing-one-click = 这里缺少：一键退订（广告或定期通讯需要）
check-missing-unsubscribe = 这里缺少：退订方式（[message] 下的 unsubscribe；广告或定期通讯需要）
check-missing-pace = 这里缺少：限速，否则会以发信服务器能接收的最快速度发送：在 [relay.{ $relay }] 下写 rate = "20/min"
check-missing-signature = 这里缺少：发件人域名的 DKIM 签名（[message] 下的 dkim，除非发信服务器已经签名），并在该域名的 DNS 中设置 SPF 和 DMARC
check-missing-signature-set-up = 这里缺少：发件人域名的 DKIM 签名（[message] 下的 dkim，除非由 { $provider } 签名，那就在那里设置），并在该域名的 DNS 中设置 SPF 和 DMARC
check-rule-gmail = 每天 5,000 封起，没有发件人域名的 SPF、DKIM 和 DMARC 的邮件，以及没有一键退订的定期通讯，都会被拒收
check-rule-yahoo = 它要求大量发信的人（没有公布数目）设置发件人域名的 SPF、DKIM 和 DMARC，定期通讯还要有一键退订
check-rule-microsoft = 每天 5,000 封起，发件人域名的 SPF 和 DKIM 必须正确，并且要有 DMARC 记录，否则拒收（550 5.7.515）
check-rule-icloud = 群发的邮件没有发件人域名的 SPF、DKIM 和 DMARC 就会被拒收，还要有立即生效的退订链接
check-rule-gmx = 大量发信时必须有发件人域名的 DKIM 签名才会接收，只有 SPF 不够
check-rule-laposte = 没有发件人域名的 DKIM、SPF 或 DMARC 的邮件至少会进垃圾邮件文件夹；退信地址属于该域名时 SPF 才算数
check-rule-mailru = 没有发件人域名的 DKIM 签名或有效 SPF 记录的邮件会被拦截，群发邮件还要有 List-Unsubscribe
check-rule-yandex = 它要求群发邮件有发件人域名的 DKIM 签名和 List-Unsubscribe
check-rule-netease = 它按 15 分钟和一天统计同一地址的发信量（MI:SFQ、MI:STC），不公布上限；不符合发件人 SPF 或 DMARC 的邮件会被拒收（MI:SPF、MI:DMA）
check-rule-qq = 它限制同一地址、域名和发件人的发信频率（550 frequency limited），不公布上限；不符合发件人 SPF 的邮件会被拒收
check-rule-tonline = 它只接收已知的发信服务器，或者有自己的名称和版权信息页的发信服务器发来的邮件

# Relays that insist on who is the sender.
check-sender-account-netease = { $provider } 只允许用登录的账号发信（553 Mail from must equal authorized user）：发件人是 { $from }，账号是 { $user }
check-sender-account = { $provider } 只允许用登录的账号发信：发件人是 { $from }，账号是 { $user }
check-sender-send-as = { $provider } 只允许用登录的账号发信（5.7.60 SendAsDenied），除非账号有权“代理发送”那个邮箱：发件人是 { $from }，账号是 { $user }
check-sender-rewritten = { $provider } 会把别的发件人换成账号本身，除非它是账号“用这个地址发送邮件”中的地址：发件人是 { $from }，账号是 { $user }
check-sender-alias = { $provider } 拒绝账号以外的发件人（553 Relaying disallowed），账号的别名除外：发件人是 { $from }，账号是 { $user }
check-sender-not-allowed = { $provider } 拒绝账号以外的发件人（550 Sender address is not allowed），账号自己的其他地址除外：发件人是 { $from }，账号是 { $user }
check-sender-own = { $provider } 一般只接收账号自己的地址发出的邮件：发件人是 { $from }，账号是 { $user }
check-sender-account-hint = 把 `from` 改成账号的地址；要让回复寄到别的地址，请写 reply_to
check-sender-of-another = 发件人的域名是 { $domain }，而发信服务器 `{ $relay }`（{ $host }）不属于 { $provider }：收件方会当作伪造的邮件
check-sender-of-another-hint = 通过 { $provider } 发信（preset = "{ $preset }"），或者改用发信服务器自己域名的地址
