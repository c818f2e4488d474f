### Sentences about mail servers whose mailboxes are read.

# Why mail could not be fetched.
inbox-fetch-unreached = 无法连接收信服务器：{ $why }
inbox-fetch-unanswered = 收信服务器在 { $limit }内没有答复
inbox-fetch-tls = 无法与收信服务器使用 TLS：{ $why }
inbox-fetch-certificate-expired = 收信服务器的证书已于 { $day } 过期
inbox-fetch-certificate-is-expired = 收信服务器的证书已过期
inbox-fetch-certificate-not-yet = 收信服务器的证书尚未生效；本机的时钟准吗？
inbox-fetch-certificate-other-names = 收信服务器的证书不是发给 { $expected } 的，而是发给 { $presented } 的
inbox-fetch-certificate-no-name = 收信服务器的证书不是发给这台主机的
inbox-fetch-certificate-other = 收信服务器的证书与 `tls_fingerprint` 不符：它是 { $presented }，不是 { $pinned }
inbox-fetch-certificate-unknown = 收信服务器的证书由未知的 CA 签发，或由它自己签发
inbox-fetch-certificate-ca = 收信服务器把 CA 证书用作自己的证书
inbox-fetch-certificate-revoked = 收信服务器的证书已被吊销
inbox-fetch-certificate-weak = 收信服务器的证书太旧或太弱，不可信
inbox-fetch-certificate-wrong = 收信服务器的证书不能接受（{ $own }）
inbox-fetch-not-tls = 收信服务器在这个端口上使用明文，不是 TLS
inbox-fetch-io = 与收信服务器的连接中断：{ $why }
inbox-fetch-silent = 收信服务器在 { $limit }内没有答复 { $step }
inbox-fetch-closed = 收信服务器没有答复 { $step }，而是关闭了连接
inbox-fetch-farewell = 收信服务器结束了连接：“{ $words }”
inbox-fetch-other-protocol = 这个端口上的服务器使用的不是 { $expected }；它的第一行是“{ $line }”
inbox-fetch-no-starttls = 收信服务器不提供 { $command }，而没有 TLS 就不发送密码
inbox-fetch-before-tls = 应当开始 TLS 时，收信服务器发来了未加密的数据；连接可能被篡改
inbox-fetch-plaintext-login = 与收信服务器的连接没有加密，因此不发送密码
inbox-fetch-no-login = 收信服务器没有提供合适的登录方式；它提供的是 { $offered }
inbox-fetch-no-login-at-all = 收信服务器没有提供登录方式
inbox-fetch-login-refused = 收信服务器不接受登录：“{ $words }”
inbox-fetch-login-later = 收信服务器现在不接受登录：“{ $words }”
inbox-fetch-unsafe = 收信服务器接受登录，但不打开任何文件夹：“{ $words }”
inbox-fetch-no-folder = 邮箱中没有文件夹“{ $folder }”
inbox-fetch-locked = 收信服务器现在无法打开邮箱：“{ $words }”
inbox-fetch-refused = 收信服务器拒绝了 { $step }：“{ $words }”
inbox-fetch-line-too-long = 收信服务器发来的一行超过 { $most }
inbox-fetch-too-large = 收信服务器一次要发来 { $size }，没有这么大的邮件
inbox-fetch-too-much = 收信服务器对 { $step } 的答复没有结尾
inbox-fetch-out-of-step = 收信服务器对 { $step } 的答复不是所问的内容：“{ $line }”
inbox-fetch-panicked = 由于本程序的缺陷，没能收取邮件
inbox-fetch-pop3-folder = POP3 邮箱中没有文件夹“{ $folder }”，只有 INBOX
inbox-fetch-pop3-mark = 通过 POP3 既不能标记邮件，也不能移动邮件

# What to do.
inbox-fetch-hint-no-starttls = 请在 `server` 中写 imaps://（端口 993）或 pop3s://（端口 995），它们一开始就使用 TLS
inbox-fetch-hint-before-tls = 请在 `server` 中写 imaps:// 或 pop3s://，并换一个网络再试
inbox-fetch-hint-tls = 请在 `server` 中写 imaps:// 或 pop3s://
inbox-fetch-hint-port-imap = IMAP 的端口一般是 993（imaps://）或 143（imap://）
inbox-fetch-hint-port-pop3 = POP3 的端口一般是 995（pop3s://）或 110（pop3://）
inbox-fetch-hint-not-tls = imaps:// 的端口一般是 993，pop3s:// 的端口一般是 995；imap:// 和 pop3:// 在 STARTTLS 之后才开始 TLS
inbox-fetch-hint-no-login = 请删去 `auth`；不接受密码的服务器需要 `oauth2`
inbox-fetch-hint-login = 请检查 `user` 和密码；许多邮箱要求邮件程序使用单独的密码（授权码）。密码只试了一次，账号不会因此被锁定
inbox-fetch-hint-unsafe = 请登录邮箱的网站，允许邮件程序使用 IMAP；然后再次运行这条命令
inbox-fetch-hint-folders = 其中的文件夹有：{ $folders }
inbox-fetch-hint-later = 可能有别的程序正在读取这个邮箱；请过几分钟再次运行这条命令
inbox-fetch-hint-certificate = 如果认识这台服务器，请用 `ca_file` 指定它的 CA；或与服务器的指纹核对之后，在 [inbox] 下写 tls_fingerprint = "{ $fingerprint }"
inbox-fetch-hint-ca = 请用 `ca_file` 指定收信服务器的 CA
inbox-fetch-hint-address = 请检查 [inbox] 下的 `server`；如果没有写错，请稍后再次运行这条命令
