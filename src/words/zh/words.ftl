### Words that every room uses: labels, numbers, times, and what the system says.

words-error = 错误
words-warning = 警告
words-error-of = 错误[{ $code }]
words-note = 说明
words-note-of = 说明[{ $code }]
words-warning-of = 警告[{ $code }]
words-hint = 提示

words-and = { $most } 和 { $last }
words-or = { $most } 或 { $last }

words-time-instant = 不到 1 秒
words-time-seconds = { $n } 秒
words-time-minutes = { $n } 分
words-time-hours = { $n } 小时
words-time-days = { $n } 天

words-system-not-found = 没有这个文件或文件夹
words-system-permission-denied = 没有权限
words-system-already-exists = 已经存在
words-system-not-a-directory = 路径中有一段是文件，不是文件夹
words-system-is-a-directory = 这是文件夹，不是文件
words-system-directory-not-empty = 文件夹不是空的
words-system-read-only = 磁盘是只读的
words-system-storage-full = 磁盘已满
words-system-quota = 磁盘配额已用完
words-system-file-too-large = 文件太大，磁盘放不下
words-system-invalid-filename = 文件名太长，或者这里不允许用这样的名字
words-system-connection-refused = 对方拒绝连接
words-system-connection-reset = 对方断开了连接
words-system-connection-aborted = 连接中断
words-system-host-unreachable = 从这里连不到那台计算机
words-system-network-unreachable = 从这里连不到那个网络
words-system-network-down = 没有网络
words-system-address-in-use = 端口已被别的程序占用
words-system-address-not-available = 本机没有这个地址
words-system-broken-pipe = 接收数据的程序已经退出
words-system-timed-out = 没有及时得到回应
words-system-unexpected-end = 数据提前结束
words-system-out-of-memory = 内存不足
words-system-other = 系统错误（{ $own }）
