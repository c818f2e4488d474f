### What is wrong with a command line.

usage-error = 错误：{ $what }
usage-hint = 提示：{ $hint }
usage-help = 帮助：{ $command }

usage-unknown-option = 没有选项 `{ $option }`
usage-unexpected-argument = 多了一个参数 `{ $argument }`
usage-unknown-command = 没有命令 `{ $command }`
usage-no-command = `{ $command }` 后面要写一个命令
usage-no-value = `{ $option }` 后面要写一个值
usage-unknown-value = `{ $option }` 没有 `{ $value }` 这个值
usage-too-many-values = `{ $option }` 只要一个值，`{ $value }` 是多余的
usage-no-equals = `{ $option }` 的值要用等号连接：{ $option }=VALUE
usage-missing =
    { $number ->
       *[other] 缺少 { $missing }
    }
usage-twice = `{ $option }` 写了两次
usage-not-together = `{ $option }` 不能与 { $others } 一起用
usage-not-together-with-others = `{ $option }` 不能与其他选项一起用
usage-value = `{ $option }`：{ $what }
usage-wrong-value = `{ $option }`：`{ $value }` 不是有效的值（{ $own }）
usage-not-utf-8 = 有一个参数不是有效的 UTF-8 文字
usage-other = 无法理解这条命令（{ $own }）

usage-did-you-mean = 是不是要写 { $meant }？
usage-values = 可选值：{ $values }
usage-commands = 可用的命令：{ $commands }
usage-option-of = `{ $option }` 是 { $commands } 的选项

## Values

usage-no-number = `{ $text }` 不是整数
usage-number-out-of-range = `{ $text }` 超出范围
usage-write-number = 请写一个整数
usage-write-number-from = 请写 { $lowest } 或更大的整数
usage-write-number-between = 请写 { $lowest } 到 { $highest } 的整数
usage-no-duration = `{ $text }` 不是时长
usage-write-duration = 例如写成 30s、5m 或 1h
usage-no-age = `{ $text }` 不是时长
usage-write-age = 例如写成 90d、12 weeks 或 1y
usage-several-addresses = `{ $text }` 里有几个地址，试发只能发给一个
usage-write-one-address = 请对每个地址各运行一次
usage-no-address = `{ $text }` 不是电子邮件地址
usage-write-address = 例如写成 you@uni.example
usage-no-status = `{ $text }` 不是状态
usage-statuses = 状态有：{ $names }
usage-no-listen = `{ $text }` 不是可以监听的地址
usage-write-listen = 例如写成 2525、localhost:2525 或 127.0.0.1:2525
usage-no-dns-server = `{ $text }` 不是 DNS 服务器的地址
usage-write-dns-server = 例如写成 192.0.2.1、192.0.2.1:5353 或 [2001:db8::1]:53
usage-no-domain = `{ $text }` 不是域名
usage-write-domain = 例如写成 uni.example
usage-no-selector = `{ $text }` 不是选择器名称
usage-write-selector = 请用字母、数字和连字符，例如 s1
