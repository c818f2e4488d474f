### What `campaign` says of servers and secrets: a login is not shown, wherever it was written.

campaign-server-not-a-url = `{ $written }` 不是发信服务器的网址
campaign-server-not-a-url-because = `{ $written }` 不是发信服务器的网址：{ $why }
campaign-server-scheme = 不能用 `{ $scheme }://` 连接发信服务器
campaign-server-login-in-url = 用户名和密码不能写在发信服务器的网址里：请写在 `user` 和 `password = {"{"} … {"}"}` 中
campaign-server-more = 发信服务器的主机和端口之后不能再有别的内容
campaign-server-no-host = 缺少主机
campaign-server-bad-host = `{ $host }` 不是主机名
campaign-server-bad-port = 端口必须是 1 到 65535 之间的数字
campaign-server-bad-host-character = 主机中有主机名不能使用的字符
campaign-server-other = 无法识别（{ $own }）
campaign-server-forms = 请写 smtps://HOST（TLS，端口 465）、smtp://HOST（STARTTLS，端口 587）或 smtp+plain://HOST（没有 TLS，端口 25）

campaign-relay-password-in-user = `user` 中有冒号，而发信服务器没有 `password`：用户名和密码是两项设置
campaign-relay-password-in-user-hint = `user` 中只写用户名；mailshot 会询问密码，或者按 `password` 指定的来源读取

campaign-recipients-url = 收件人要从文件读取，而这里写的是服务器的网址
campaign-recipients-url-hint = 请把各行保存为文件（CSV、Excel、JSON 或 SQLite 数据库），再写上这个文件

# Why a secret is not available.
campaign-secret-no-variable = 环境变量 { $name } 没有设置，或者是空的；请在发送前设置
campaign-secret-no-variable-shown = `env` 所指的环境变量没有设置，或者是空的；`env` 要写变量的名字，例如 MAILSHOT_PASSWORD，而不是密码本身
campaign-secret-command-not-started = 命令 `{ $command }` 无法启动：{ $why }
campaign-secret-command-interrupted = 命令 `{ $command }` 被中断
campaign-secret-command-failed = 命令 `{ $command }` 失败（退出码 { $code }）；请在终端里运行它，查看原因
campaign-secret-command-killed = 命令 `{ $command }` 失败（{ $status }）；请在终端里运行它，查看原因
campaign-secret-waits = 正在等待命令 `{ $command }` 输出密码或密钥；按 Ctrl-C 可以停止
campaign-secret-file-unreadable = 无法读取文件 { $path }：{ $why }
campaign-secret-file-irregular = 无法读取文件 { $path }：{ $why }；请写文件本身，或用命令输出它：{"{"} command = "…" {"}"}
campaign-secret-file-too-open = 其他用户可以读取文件 { $path }（权限 { $mode }）；请运行：chmod 600 { $quoted }
campaign-secret-file-too-open-here = 其他用户可以读取文件 { $path }（权限 { $mode }）；请把它复制到只有自己能读取的位置，再写上那个文件，例如：install -m 600 { $quoted } ~/mailshot-secret
campaign-secret-no-password = { $source }的第一行没有密码
campaign-secret-empty = { $source }是空的
campaign-secret-not-text = { $source }不是文本；请保存为 UTF-8
campaign-secret-nul = { $source }中有 NUL 字符，密码和密钥都不能含有它；请重新保存为 UTF-8
campaign-secret-keyring = 无法读取 { $user } 在密钥环中的条目 `{ $service }`：{ $why }
campaign-secret-keyring-write = 无法保存 { $user } 在密钥环中的条目 `{ $service }`：{ $why }

campaign-secret-of-variable = 环境变量 { $name }
campaign-secret-of-variable-shown = `env` 所指的环境变量
campaign-secret-of-command = 命令 `{ $command }` 的输出
campaign-secret-of-file = 文件 { $path }
campaign-secret-of-entry = { $user } 在密钥环中的条目 `{ $service }`
campaign-secret-of-service = 密钥环中的条目 `{ $service }`

campaign-keyring-none = 本机没有运行密钥环服务
campaign-keyring-no-entry = 没有这个条目
campaign-keyring-no-entry-yet = 没有这个条目；`mailshot login` 会保存它
campaign-keyring-not-text = 它不是文本
campaign-keyring-locked = 密钥环已锁定，或不允许访问
campaign-keyring-several = 有 { $entries } 个同名条目，不清楚指的是哪一个
campaign-keyring-other = 密钥环报告错误（{ $own }）
