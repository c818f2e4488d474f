### What to do when a relay cannot be used.

cli-relay-unusable = 无法使用发信服务器：{ $why }
cli-relay-lost = 与发信服务器的连接中断了：{ $why }

cli-relay-hint-back-later = 它之前有过回应，稍后可能恢复
cli-relay-hint-address = 检查 { $server } 中的主机和端口，以及是否有防火墙阻挡
cli-relay-hint-port = 邮件应交到端口 465（smtps://）或 587（smtp://）
cli-relay-hint-smtps = 请写 server = "smtps://{ $host }:{ $port }"
cli-relay-hint-smtps-flag = 请写 --relay "smtps://{ $host }:{ $port }"
cli-relay-hint-masked = 使用 smtps://（端口 465），防火墙看不到其中的内容；否则防火墙必须放行 STARTTLS

cli-relay-hint-sender = 在 `from`（或 `return_path`）中写一个这个登录可以用来发信的地址
cli-relay-hint-sender-flag = 在 --from 中写一个这个登录可以用来发信的地址
cli-relay-hint-too-large = 邮件太大，发信服务器不接收：请缩小附件，或者把附件放到网页上，在邮件中写网址

cli-relay-hint-tls-first = 发信服务器要求 TLS：在 { $server } 中写 smtp://（STARTTLS，端口 587）或 smtps://（端口 465）
cli-relay-hint-tls-too-old = 它的 TLS 须由管理员更新；这边的任何设置都不能使它安全
cli-relay-hint-ca = 要信任你所在机构自己的 CA：ca_file = "ca.pem"
cli-relay-hint-host = 检查 { $server } 中的主机名
cli-relay-hint-pin =
    先向发信服务器的管理员核实指纹相同，再在发信服务器下写这一行，信任这一张证书：
    {"    "}tls_fingerprint = "{ $fingerprint }"
cli-relay-hint-or-pin =
    或者先向发信服务器的管理员核实指纹相同，再在发信服务器下写这一行，信任这一张证书：
    {"    "}tls_fingerprint = "{ $fingerprint }"
cli-relay-hint-renewed =
    证书换过了吗？请向发信服务器的管理员询问新的指纹；如果就是这一个，在发信服务器下写：
    {"    "}tls_fingerprint = "{ $fingerprint }"
cli-relay-hint-new-certificate = 它的管理员须制作一张新证书

cli-relay-hint-no-login = 没有写登录信息：在发信服务器下写 `user` 和 `password`
cli-relay-hint-no-login-flags = 没有写登录信息：加上 --user 和 --password-command，或者设置 MAILSHOT_PASSWORD
cli-relay-hint-login-ignored = 发信服务器不认可这个登录用于发信：检查 { $user } 是否可以在那里、在这个端口发信
cli-relay-hint-no-login-here = 发信服务器在这个端口不提供登录：试试端口 465（smtps://）或 587（smtp://），或者删除 { $user }
cli-relay-hint-login-after-tls = 许多发信服务器只在 TLS 之后提供登录：在 { $server } 中试试 smtps://（端口 465）或 smtp://（端口 587）
cli-relay-hint-auth = 其中没有 auth = "{ $auth }"：从任务文件中删除 `auth`，或者写另一种
cli-relay-hint-login-later = 发信服务器现在无法核对登录；稍后用同样的命令可能就行
cli-relay-hint-another-way = 问题在于登录方式，不在于密码：在发信服务器下写 auth = "login" 或 auth = "plain" 可指定方式
cli-relay-hint-no-passwords = 密码没有错：那里不允许程序用密码登录
cli-relay-hint-oauth2 = 在发信服务器下写 auth = "xoauth2" 和 oauth2 = {"{"} … {"}"}，或者请它的管理员允许密码登录
cli-relay-hint-account = 问题在于账户，不在于密码：管理员或服务商可以说明原因
cli-relay-hint-token = access token 被拒绝：检查 { $user } 和 scope，或者重新登录：{ $command }
cli-relay-hint-password = 检查 { $user } 和密码
cli-relay-hint-password-of-its-own = 检查 { $user } 和密码；许多服务商（163、QQ 等）要求使用授权码，而不是网页登录的密码
