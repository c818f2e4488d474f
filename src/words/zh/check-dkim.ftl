### What `check --dns` says of DKIM records.

check-dkim-private = DKIM 记录 { $name } 中是私钥：现在任何人都能冒充 { $domain } 签名
check-dkim-private-hint = 删去这条记录，并停止使用这个密钥签名
check-dkim-new-hint = 这条命令生成新的密钥，并显示它的记录和任务文件中要写的一行：mailshot dkim new --domain { $domain } --selector NEW --output new.pem
check-dkim-zone-hint = 在区域文件中写成：{ $name }. TXT { $strings }
check-dkim-several = DKIM 记录 { $name } 有 { $records } 条，收件方会任取一条，或者一条也不用
check-dkim-several-hint = 那里只能有一条记录：请删去其他的
check-dkim-replace-hint = 它会代替现在的记录
check-dkim-replace-other-hint = 它会代替现在的记录；如果另有服务用选择器 { $selector } 签名，请在 `selector` 中换一个名称
check-dkim-testing = DKIM 记录 { $name } 处于测试模式（t=y）：收件方可能把邮件当作没有签名
check-dkim-testing-hint = 确认无误后，从记录中删去 `t=y`
check-dkim-publish-hint = 在 { $name } 处发布 TXT 记录 { $record }
check-dkim-publish-key-hint = 这条命令显示要发布的记录：mailshot dkim record KEY --domain { $domain } --selector { $selector }

# Records that are elsewhere.
check-dkim-missing = 没有 DKIM 记录 { $name }：签名无法验证
check-dkim-misplaced = DKIM 记录写在了 { $other }，而收件方查的是 { $name }：签名无法验证
check-dkim-alias = 没有 DKIM 记录 { $name }：签名无法验证；这个名称转到 { $target }（CNAME），而那里没有记录
check-dkim-alias-dot-hint = 如果区域文件中的目标是 { $target }，请写成 { $target }.（末尾加一个点）
check-dkim-alias-hint = 如果目标是代你签名的服务给出的，请按该服务现在显示的内容填写 CNAME
check-dkim-own-hint = 如果使用自己的密钥，请删去 CNAME，改为发布 TXT 记录，内容由这条命令显示：mailshot dkim record KEY --domain { $domain } --selector { $selector }
check-dkim-field-hint = 如果表单会自动加上 { $zone }，名称一栏只写 { $short }；在区域文件中写 { $name }.（末尾加一个点）
check-dkim-between-hint = _domainkey 应放在 { $selector } 和 { $domain } 之间
check-dkim-front-hint = { $domain } 前面应有 { $selector }._domainkey

# Records that do not hold the key.
check-dkim-invalid = DKIM 记录 { $name } 无法用来验证邮件：{ $record }（{ $why }）
check-dkim-revoked = { $name } 的 DKIM 密钥已经撤销（p= 是空的）：签名无效
check-dkim-damaged = DKIM 记录 { $name } 中是本任务的密钥，但已损坏：{ $why }
check-dkim-kind = DKIM 记录 { $name } 用于 { $kind } 类型的密钥，而本任务的密钥是 { $own }：签名无效
check-dkim-differs = DKIM 记录 { $name } 中的密钥和本任务签名所用的不同：签名无效
check-dkim-in-parts = { $name } 的 DKIM 密钥分成了 { $records } 条记录，必须写在一条里：第一条到 { $all } 个字符中的第 { $letters } 个就结束了；签名无法验证
check-dkim-cut = { $name } 的 DKIM 密钥不完整：到 { $all } 个字符中的第 { $letters } 个就结束了；签名无法验证
check-dkim-cut-inside = { $name } 的 DKIM 密钥不完整：到第 { $letters } 个字符就中断了；签名无法验证
check-dkim-cut-hint = 把它作为一条记录重新发布，代替现有的内容，其中每个字符串最多 255 个字符

# Why a record is not one.
check-dkim-why-quotes = 引号成了记录的一部分，不应该这样
check-dkim-why-backslashes = 反斜线成了记录的一部分，不应该这样
check-dkim-why-no-equals = `{ $part }` 中没有 `=`
check-dkim-why-twice = { $tag }= 出现了两次
check-dkim-why-semicolon = v=DKIM1 后面应有分号
check-dkim-why-version = 版本必须是 v=DKIM1，用大写字母
check-dkim-why-first = v=DKIM1 必须放在最前面
check-dkim-why-capital = p= 必须用小写字母
check-dkim-why-no-key = 其中没有 p=
check-dkim-why-hash = h= 中没有 sha256，而签名用的正是它
check-dkim-why-service = s= 中没有 email
check-dkim-why-file-lines = p= 中不应有密钥文件的 BEGIN 和 END 两行
check-dkim-why-base64 = p= 的 base64 用的是 + 和 /，不是 - 和 _
check-dkim-why-no-base64 = p= 不是 base64 形式的密钥
check-dkim-why-beginning = { $all } 个字符中，开头的 { $lost } 个丢失了
check-dkim-why-doubled = 它重复了两次
check-dkim-why-behind = 它后面多了 `{ $text }`
check-dkim-why-before = 它前面多了 `{ $text }`
check-dkim-why-plus = 其中的 + 都丢失了
