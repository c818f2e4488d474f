### What `check --dns` says of questions, and of where mail arrives.

check-dns-not-asked = 没有查询 DNS：不知道本机使用的 DNS 服务器（{ $why }）
check-dns-server-hint = 请指定 DNS 服务器：--dns-server ADDR
check-dns-sender-unanswered = 关于发件人的 { $questions } 项查询没有得到 DNS 的回答
check-dns-unanswered = { $question }：{ $why }
check-dns-again-hint = 稍后再检查，或者换一台 DNS 服务器：--dns-server ADDR
check-dns-timeout = 没有及时回答
check-dns-refusal = DNS 服务器无法回答（{ $code }）
check-dns-failed = 无法查询 DNS 服务器（{ $own }）
check-dns-incomplete = 有些内容没有查询 DNS
check-dns-open-sender = 没有查询：发件人（每位收件人的发件人不同）
check-dns-open-late = 没有查询：{ $questions }（全部查询的时限 { $time } 已到）
check-dns-open-recipients = 没有查询：收件人域名中的 { $domains } 个（全部查询的时限 { $time } 已到）
check-dns-open-beyond = 没有查询：另外 { $domains } 个收件人域名（只查询最常见的 { $most } 个）

# Hosts.
check-host-no-address = { $host } 没有 IP 地址
check-host-missing = { $host } 不存在
check-host-useless = { $host } 的地址是 { $address }，从别处连不到任何计算机
check-host-is-address = { $host } 是 IP 地址，这里应该写主机名
check-host-local = { $host } 是每台计算机对自己的称呼
check-mx-address-hint = 在 { $domain } 的 MX 记录中，把地址 { $address } 改成使用这个地址的主机名
check-mx-dot-hint = 区域文件中的 { $host } 应写成 { $host }.（末尾加一个点）

# Where mail arrives.
check-no-mail = { $what }：{ $so }
check-mx-refuses = { $domain } 不接收邮件（它的 MX 记录这样声明，RFC 7505）
check-mx-refuses-hint = 如果 { $domain } 应该接收邮件，请把这条记录换成写明邮件服务器的 MX 记录
check-mx-nowhere = { $domain } 没有邮件服务器：既没有 MX 记录，也没有 IP 地址
check-mx-nowhere-hint = 如果 { $domain } 应该接收邮件，请添加写明邮件服务器的 MX 记录
check-mx-unserved = { $domain } 没有邮件能够送达的服务器（{ $why }）
check-mx-unserved-hint = 让 { $domain } 的 MX 记录指向一台别人能连到的主机
check-mx-missing = { $domain } 不存在
check-mx-missing-hint = 检查 `{ $key }` 有没有写错
check-mx-from-hint = 或者在 `from` 中写一个能收到邮件、发信服务器也允许使用的地址
check-mx-other-hint = 或者在 `{ $key }` 中写一个能收到邮件的地址
check-so-no-replies-no-bounces = 发给发件人的回复和退信都收不到
check-so-no-replies = 收不到回复
check-so-no-replies-rejected = 收不到回复，有些收件方还会拒收这样的邮件
check-so-no-bounces-rejected = 收不到退信，有些收件方还会拒收这样的邮件
check-so-rejected = 有些收件方会拒收这种域名发出的邮件
check-so-no-unsubscribe = 收不到退订请求
check-sender-domain-missing = 发件人的域名 { $domain } 不存在：收件方会拒收
check-sender-domain-missing-hint = 检查 `from` 有没有写错，或者用自己的域名发信
check-unsubscribe-host = 在 { $domain } 无法退订：{ $why }
check-unsubscribe-host-hint = 在 `{ $key }` 中写一个人人都能打开的网页地址

# The recipients' domains.
check-recipient-domain-missing = 收件人的域名 { $domain } 不存在：发去的邮件会被退回
check-recipient-domain-refuses = 收件人的域名 { $domain } 不接收邮件（它的 MX 记录这样声明，RFC 7505）：发去的邮件会被退回
check-recipient-domain-unserved = 收件人的域名 { $domain } 没有邮件能够送达的服务器（{ $why }）：发去的邮件会被退回
check-recipient-domain-nowhere = 收件人的域名 { $domain } 没有邮件服务器，既没有 MX 记录，也没有 IP 地址：发去的邮件会被退回
check-recipient-domain-hint = 改正地址，或者删去这一行
check-recipient-domains-more = 另外还有 { $domains } 个收件人的域名不接收邮件
check-recipient-domains-more-hint = 其中第一个：{ $domain }
check-recipient-unanswered = DNS 没有回答关于 { $domain } 等 { $domains } 个收件人域名的查询
check-recipient-unanswered-hint = 这不表示这些域名有误：请稍后再检查
