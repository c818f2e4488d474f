### What is in the way of a file or a folder.

storage-folder-not-made = 无法创建文件夹 { $path }：{ $why }

storage-is-folder = 这是文件夹
storage-is-file = 这是文件，不是文件夹
storage-is-dangling-link = 这是指向 { $target } 的链接，而目标不存在
storage-is-link = 这是指向 { $target } 的链接，mailshot 不通过链接写入
storage-above-is-file = { $above } 是文件，不是文件夹
storage-above-is-dangling-link = { $above } 是指向 { $target } 的链接，而目标不存在

storage-not-a-file-folder = 这是文件夹，不是文件
storage-not-a-file-pipe = 这是管道，不是文件
storage-not-a-file-device = 这是设备，不是文件
storage-not-a-file-socket = 这是套接字，不是文件
storage-too-large = 超过了 { $most }，这类文件不应这么大

storage-held = 另一个程序正打开着它（数据库浏览器、备份程序？）

storage-hint-move = 将它改名或移走
storage-hint-dangling-link = 删除这个链接，或者创建它指向的目标
storage-hint-link = 不要用链接，把文件本身放在那里
storage-hint-permission = 检查谁有权使用它和它上面的文件夹，或者以那个用户的身份运行 mailshot
storage-hint-full = 腾出一些磁盘空间，再运行一次命令
storage-hint-held = 在那个程序中关闭它，再运行一次命令

storage-sqlite-read-only = 只能读，不能写
storage-sqlite-cannot-open = 无法打开
storage-sqlite-not-a-database = 不是数据库
storage-sqlite-io = 磁盘无法读写（{ $own }）
storage-sqlite-damaged = 已损坏（{ $own }）
storage-sqlite-other = 数据库错误（{ $own }）
