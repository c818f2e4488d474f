### What `sandbox` says.

sandbox-exposed = 沙箱接收任何人的邮件，因此不在 { $address } 上监听：其他计算机可以连到那里
sandbox-bad-name = “{ $name }” 不能作为沙箱的主机名：只能有字母、数字、点和连字符，最多 255 个字符
sandbox-cannot-listen = 沙箱无法在 { $address } 上监听：{ $why }
sandbox-cannot-write = 沙箱无法写入 { $path }：{ $why }
sandbox-in-use = 另一个沙箱正在写入 { $path }
sandbox-no-certificate = 沙箱无法生成自己的证书（{ $own }）
sandbox-no-tls = 沙箱无法准备 TLS（{ $own }）
sandbox-no-more-connections = 沙箱无法再接受新的连接：{ $why }

sandbox-hint-exposed = 请用 127.0.0.1 或 [::1]
sandbox-hint-port = 换一个端口，或者用 0 选任意空闲端口
sandbox-hint-in-use = 停止那个沙箱，或者换一个文件夹
