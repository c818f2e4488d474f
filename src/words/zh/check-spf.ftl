### What `check --dns` says of SPF records.

check-spf-near = { $domain } 没有 SPF 记录：有一条 TXT 记录像是 SPF 记录，但没有以 `v=spf1` 加空格开头，收件方会忽略它：{ $text }
check-spf-near-hint = 在 { $domain } 的 DNS 服务商处，把这条 TXT 记录改成：{ $record }
check-spf-begin-hint = 在 { $domain } 的 DNS 服务商处，让这条 TXT 记录以 `v=spf1` 加空格开头
check-spf-elsewhere = { $domain } 没有 SPF 记录：有一条写在了 { $name }，收件方不会到那里去找
check-spf-publish-hint = 为 { $domain } 发布一条 TXT 记录：{ $record }
check-spf-publish-unknown-hint = 为 { $domain } 发布一条 TXT 记录：v=spf1 … ~all，省略处写发信服务商要求的内容（include:…，或者 ip4: 加它的地址）
check-spf-name-hint = 在 DNS 服务商的表单中，记录名称留空，或者写 @，或者写 { $domain } 本身
check-spf-missing = { $domain } 没有 SPF 记录：没有写明哪些发信服务器可以代它发信
check-spf-missing-elsewhere = { $domain } 没有 SPF 记录：发信服务商使用自己的退信地址，收件方查的是那个域名的记录；但有些收件方也要求这里有一条
check-spf-provider-hint = 在 { $domain } 的 DNS 服务商处设置；其他代它发信的服务器写在 ~all 之前
check-spf-provider-optional-hint = 在 { $domain } 的 DNS 服务商处设置（有好处，但不是必须）；其他代它发信的服务器写在 ~all 之前
check-spf-several = { $domain } 有 { $records } 条 SPF 记录，这样收件方一条也不会采用
check-spf-merged-hint = 在 { $domain } 的 DNS 服务商处，用这一条代替所有这些记录：{ $record }
check-spf-merge-hint = 在 { $domain } 的 DNS 服务商处把它们合成一条：把每条记录中 `all` 之前的内容都放进去
check-spf-relay = { $domain } 的 SPF 记录没有包含 { $include }：收件方不承认 { $provider } 可以代 { $domain } 发信
check-spf-relay-hint = 在 { $domain } 的 TXT 记录中，在 `all` 之前写 include:{ $include }；如果其中已经逐个列出发信服务器的 IP 地址，可以忽略
check-spf-relay-record-hint = 在 { $domain } 的 DNS 服务商处，这条记录改为：{ $record }
check-spf-relay-lookups-hint = 加上 include:{ $include } 后需要 { $lookups } 次查询，而收件方超过 { $most } 次就会放弃：请在 { $domain } 的 DNS 服务商处，先删去 TXT 记录中不再使用的部分，再把它写在 `all` 之前
check-spf-listed-hint = 如果其中已经逐个列出发信服务器的 IP 地址，可以忽略

# What makes receivers give up, or ignore a part.
check-spf-lookups = { $domain } 的 SPF 记录需要 { $lookups } 次查询，而收件方超过 { $most } 次就会放弃
check-spf-lookups-hint = 在 { $domain } 的 DNS 服务商处，删去 TXT 记录中不再使用的部分：include、a、mx、ptr、exists、redirect 每项算一次查询，所包含的记录里的也算
check-spf-costs-hint = 各项需要的查询次数：{ $terms }
check-spf-void = { $domain } 的 SPF 记录查询了 { $count } 个不存在的名称（{ $names }），而收件方超过 { $most } 个就会放弃
check-spf-void-hint = 在 { $domain } 的 DNS 服务商处改正 TXT 记录中的这些名称，或者删去相应的项；也可能写在它所包含的记录里
check-spf-servers = { $domain } 的 SPF 记录查询 { $name } 的邮件服务器：共有 { $servers } 台，而收件方超过 { $most } 台就会放弃
check-spf-servers-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中的 mx 换成实际发信的服务器地址（ip4:…、ip6:…）
check-spf-slip = { $domain } 的 SPF 记录中的 `{ $term }` 让收件方查不到任何结果：{ $why }
check-spf-instead-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中的 `{ $wrong }` 改成 `{ $term }`
check-spf-correct-hint = 在 { $domain } 的 DNS 服务商处，改正 TXT 记录中的 `{ $term }`：{ $why }
check-spf-whole-hint = 整条记录改为：{ $record }
check-spf-is-hint = 现在的记录是：{ $record }
check-spf-unreadable = { $domain } 的 SPF 记录无效：收件方读不懂 { $of } 的记录中的 `{ $term }`（{ $why }）
check-spf-of-others-hint = 如果 { $domain } 是别人的，请告诉他们
check-spf-redirects-to-itself = { $domain } 的 SPF 记录无效：{ $of } 的记录用 redirect 指向了自己
check-spf-includes-itself = { $domain } 的 SPF 记录无效：{ $of } 的记录包含了自己
check-spf-circle = { $domain } 的 SPF 记录无效：{ $of } 的记录又绕回了原处（{ $domains }）
check-spf-circle-redirect-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中的 { $term } 换成可以发信的服务器（ip4:…、include:…）和 ~all
check-spf-circle-hint = 在 { $domain } 的 DNS 服务商处，从 TXT 记录中删去 { $term }：其余各项已经足够
check-spf-names-none = { $domain } 的 SPF 记录无效：其中提到的 { $named } 没有 SPF 记录
check-spf-names-several = { $domain } 的 SPF 记录无效：其中提到的 { $named } 有不止一条 SPF 记录
check-spf-includes-none = { $domain } 的 SPF 记录无效：（{ $of } 的记录中）提到的 { $named } 没有 SPF 记录
check-spf-includes-several = { $domain } 的 SPF 记录无效：（{ $of } 的记录中）提到的 { $named } 有不止一条 SPF 记录
check-spf-names-none-hint = 检查 { $term } 有没有写错；如果已经不通过它发信，请在 { $domain } 的 DNS 服务商处从 TXT 记录中删去
check-spf-names-several-hint = 在 { $domain } 的 DNS 服务商处把它们合成一条；如果域名是别人的，请告诉他们

# What a record should not have.
check-spf-ptr = { $domain } 的 SPF 记录要反查发信地址的名称（`{ $term }`），速度慢，有些收件方会忽略
check-spf-ptr-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中的这一项换成主机的地址（ip4:…、ip6:…）或名称（a:…）（RFC 7208 第 5.5 节：不要使用 ptr）
check-spf-behind-all = { $domain } 的 SPF 记录以 `{ $all }` 结束：收件方不会看后面的 `{ $terms }`
check-spf-behind-all-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中需要的部分写在 `{ $all }` 之前，其余的删去
check-spf-redirect-hint = 只有没有 all 时 redirect 才有效

# Records that allow nobody, or everybody.
check-spf-nobody = { $domain } 的 SPF 记录不允许任何人以它的名义发信：{ $so }
check-spf-nobody-gone = { $domain } 的 SPF 记录不允许任何人以它的名义发信（{ $why }）：{ $so }
check-spf-so-rejected = 收件方会拒收它发出的邮件
check-spf-so-suspicious = 收件方会怀疑它发出的邮件
check-spf-so-nothing = 对任何邮件都没有帮助
check-spf-gone = { $name } 不存在
check-spf-inner = { $term } 是内部网络的地址
check-spf-nobody-record-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录改成：{ $record }
check-spf-nobody-hint = 在 { $domain } 的 DNS 服务商处，在 TXT 记录的 `all` 之前写上发信服务商要求的内容（include:…，或者 ip4: 加它的地址）
check-spf-nobody-else-hint = 如果本来就不打算用这个域名发信，请改用其他域名的发件人（以及 return_path，如果有的话），那个域名的记录要允许你的发信服务器
check-spf-open-all = { $domain } 的 SPF 记录允许所有发信服务器（+all）：任何人都能以它的名义发信
check-spf-open-neutral = { $domain } 的 SPF 记录对其他发信服务器没有规定（?all）：任何人都能以它的名义发信
check-spf-open-end = { $domain } 的 SPF 记录对其他发信服务器没有规定（末尾没有 all）：任何人都能以它的名义发信
check-spf-open-end-hint = 在 { $domain } 的 DNS 服务商处，让 TXT 记录以 ~all（其他的可疑）或 -all（其他的拒收）结束
check-spf-open-term = { $domain } 的 SPF 记录允许所有发信服务器（`{ $term }`）：任何人都能以它的名义发信
check-spf-open-included = { $domain } 的 SPF 记录允许所有发信服务器（它所包含的 { $of } 的记录中有 `{ $term }`）：任何人都能以它的名义发信
check-spf-open-term-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中的这一项换成自己的发信服务器的地址
check-spf-open-wide = { $domain } 的 SPF 记录允许的地址过多，没有人用得了这么多（`{ $terms }`）：任何人都能以它的名义发信
check-spf-open-wide-hint = 在 { $domain } 的 DNS 服务商处，把 TXT 记录中的这些地址段换成自己的发信服务器的地址

# Why receivers cannot read a term.
check-spf-why-redirect-twice = redirect 只能出现一次
check-spf-why-exp-twice = exp 只能出现一次
check-spf-why-redirect = 应写成 redirect=
check-spf-why-colon = { $mechanism } 后面应该用冒号
check-spf-why-needs-name = { $mechanism } 后面要有冒号和名称
check-spf-why-all = all 后面不能再有内容
check-spf-why-name-colon = 名称前面要有冒号：{ $mechanism }:…
check-spf-why-no-mechanism = 没有这样的机制
check-spf-why-no-address = 其中没有 { $kind } 地址
check-spf-why-prefix = 斜线后面必须是 0 到 { $most } 的数字
check-spf-why-mailbox = 这里写的是邮箱地址，应该写主机名
check-spf-why-no-host = 没有这样的主机名
check-spf-why-empty-label = 名称中两点之间是空的
check-spf-why-long = 名称超过了 DNS 允许的长度
check-spf-why-character = 名称中不能有 `{ $character }`
check-spf-why-macro-open = 宏 `{"%{"}` 没有结束
check-spf-why-percent = `%` 不是宏
check-spf-why-name-missing = 缺少名称
check-spf-why-macro = 没有 `{ $name }` 这样的宏
check-spf-why-macro-exp = 宏 `{ $name }` 只能用在 exp= 所指的文本中
check-spf-why-dot = 名称中必须有点
check-spf-why-number = 名称不能以数字结尾
check-spf-why-end = 名称不能以 `.{ $label }` 结尾
