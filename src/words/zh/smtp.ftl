### What `smtp` says.

# Where a session failed: the first half of `phase: cause`.
smtp-phase-resolve = 查找主机
smtp-phase-connect = 建立连接
smtp-phase-tls = TLS 握手
smtp-phase-greeting = 等待服务器问候
smtp-phase-auth = 登录（AUTH）
smtp-phase-content = 传送邮件内容
smtp-phase-final-dot = 邮件结尾

smtp-failure = { $phase }：{ $cause }
smtp-failure-at-address = { $phase }：{ $cause }（{ $address }）

# Why it failed.
smtp-cause-timeout = { $limit }内没有答复
smtp-cause-closed = 发信服务器关闭了连接
smtp-cause-refused = 发信服务器答复：“{ $reply }”
smtp-cause-early-reply = 邮件还没有传完，发信服务器就答复：“{ $reply }”
smtp-cause-out-of-step = 与发信服务器的对话错位：{ $why }
smtp-cause-reply-too-long = 发信服务器的答复超过 64 kB
smtp-cause-malformed-reply = 这不是 SMTP 答复：{ $line }
smtp-cause-mixed-reply = 这不是 SMTP 答复：开头是 { $first }，后面却是 { $then }
smtp-cause-other-protocol = 这个端口上的服务器使用 { $protocol }，不是 SMTP；它的第一行是 { $line }
smtp-cause-no-login-offered = 发信服务器没有提供登录方式
smtp-cause-no-common-login = 发信服务器没有提供合适的登录方式；它提供的是 { $offered }
smtp-cause-bad-ehlo-name = “{ $name }”不能用作 EHLO 名称；请用主机名，例如 mail.example.org
smtp-cause-bad-host = “{ $host }”既不是主机名，也不是 IP 地址
smtp-cause-no-such-host = 没有这个名字的主机（{ $own }）
smtp-cause-no-address = 这个名字没有地址
smtp-cause-lookup = 暂时查不到这个名字（{ $own }）
smtp-cause-plaintext-login = 连接没有加密，因此不发送密码
smtp-cause-no-files-left = 打开的文件太多，本机不能再建立连接（{ $own }）；请提高上限（ulimit -n），或调低 `connections`
smtp-cause-this-computer = 本机不能建立连接：{ $why }

# Out of step: replies that cannot belong to what was said.
smtp-step-reply-to = 发信服务器对 { $command } 答复“{ $reply }”
smtp-step-reply-to-end = 发信服务器对邮件结尾答复“{ $reply }”
smtp-step-two-replies-to-quit = 发信服务器对 QUIT 先后答复“{ $first }”和“{ $second }”
smtp-step-unasked = 没有发出命令，发信服务器却说“{ $reply }”
smtp-step-unasked-broken = 没有发出命令，发信服务器却发来数据：{ $cause }
smtp-step-no-commands-ahead = 发信服务器不接受紧跟在邮件结尾之后的命令
smtp-step-tls-on = TLS 已经启用
smtp-step-content-not-awaited = 发信服务器此时不接收邮件内容
smtp-step-other-envelope = 另一封邮件的信封已经发出
smtp-step-not-ready = 会话还不能开始新的邮件
smtp-step-login-prompt = 登录时发信服务器提出了未知的问题（{ $own }）

# TLS.
smtp-cause-waits-for-tls = 服务器在这个端口上要求一开始就使用 TLS；请在 `server` 中写 smtps://
smtp-cause-not-tls = 服务器在这个端口上使用明文，不是 TLS；直接使用 TLS 的端口一般是 465，STARTTLS 的端口一般是 587
smtp-cause-tls-too-old = 服务器的 TLS 太旧：不支持 TLS 1.2，而更旧的版本已不安全
smtp-cause-tls-handshake = TLS 握手失败（{ $own }）
smtp-cause-tls-broken = TLS 连接中断（{ $own }）
smtp-cause-no-starttls = 发信服务器不提供 STARTTLS，而没有 TLS 就不发送任何内容
smtp-cause-starttls-masked = 发信服务器不提供 STARTTLS，而没有 TLS 就不发送任何内容；它的答复有一部分被遮盖（XXXX、****），检查 SMTP 的防火墙会这样做（Cisco：inspect esmtp、fixup smtp）
smtp-cause-bytes-before-tls = 发信服务器答复 STARTTLS 之后又有未加密的数据；连接可能被篡改

smtp-tls-bad-ca = CA 文件不能作为 PEM 证书读取（{ $own }）
smtp-tls-empty-ca = CA 文件中没有证书；它需要有 "-----BEGIN CERTIFICATE-----" 开头的一段
smtp-tls-no-ca-store = 本机没有用来检查发信服务器的 CA 证书（{ $own }）；请安装（Debian 上是软件包 ca-certificates），或用 `ca_file` 指定发信服务器的 CA
smtp-tls-not-set-up = 不能启用 TLS（{ $own }）

# Certificates.
smtp-certificate-expired = 发信服务器的证书已过期
smtp-certificate-expired-on = 发信服务器的证书已于 { $day } 过期
smtp-certificate-not-yet-valid = 发信服务器的证书尚未生效；本机的时钟准吗？
smtp-certificate-not-valid-before = 发信服务器的证书从 { $day } 起才有效；本机的时钟准吗？
smtp-certificate-wrong-name = 发信服务器的证书不是发给 { $expected } 的
smtp-certificate-other-names = 发信服务器的证书不是发给 { $expected } 的，而是发给 { $presented } 的
smtp-certificate-no-names = 发信服务器的证书没有写明主机：它没有 subjectAltName，只写在 subject 中的名字不算数（RFC 6125）
smtp-certificate-old-version = 发信服务器的证书是 X.509 第 1 版，已不再被接受；发信服务器需要新的证书（第 3 版，带 subjectAltName）
smtp-certificate-weak-key = 发信服务器的证书或其上级 CA 的 RSA 密钥只有 { $bits } 位；至少要 2048 位，因此发信服务器需要新的证书
smtp-certificate-other-fingerprint = 发信服务器的证书与 `tls_fingerprint` 不符：它是 { $presented }，不是 { $pinned }
smtp-certificate-unknown-issuer = 发信服务器的证书由未知的 CA 签发，或由它自己签发；如果发信服务器属于本单位，请用 `ca_file` 指定它的 CA
smtp-certificate-ca-as-server = 发信服务器把 CA 证书用作自己的证书；它需要一份由该 CA 签发的服务器证书
smtp-certificate-revoked = 发信服务器的证书已被吊销
smtp-certificate-other = 发信服务器的证书不能接受（{ $own }）

smtp-fingerprint-other-hash = 这是 SHA-1 或 MD5 指纹；需要 SHA-256 指纹
smtp-fingerprint-malformed = SHA-256 指纹有 64 个十六进制数字

# Messages that a relay cannot take.
smtp-unsuitable-too-large = 邮件有 { $size } 字节，发信服务器最多接收 { $limit } 字节
smtp-unsuitable-address-beyond-ascii = 地址 { $address } 需要 SMTPUTF8，而发信服务器不提供
smtp-unsuitable-header-beyond-ascii = 邮件头中有一个地址需要 SMTPUTF8，而发信服务器不提供
smtp-unsuitable-eight-bit = 邮件需要 8BITMIME，而发信服务器不提供
smtp-unsuitable-bad-address = “{ $address }”不能用于 SMTP
smtp-unsuitable-no-recipient = 邮件没有收件人
