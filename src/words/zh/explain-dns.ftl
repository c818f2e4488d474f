### DNS 记录

explain-group-dns = DNS 记录
    .about = `check --dns` 在 DNS 里发现的问题。除了发件人的域名不存在，其余都是警告。

explain-sender-domain-missing =
    .title = 发件人的域名不存在
    .means = DNS 里没有 `from` 所写的域名。
    .why = 收件方会拒绝来自不存在的域名的邮件。这是错误，什么都不会发出。
    .do = 看看 `from` 有没有打错字，或者用你自己的域名发送。

explain-mx-sender =
    .title = 寄给发件人的邮件收不到
    .means = `from` 的域名声明自己不收邮件，或者没有外面能连上的邮件服务器。
    .why = 回复和退信都会丢失，有些收件方还会拒绝来自这种域名的邮件。
    .do = 请管理员添加指向邮件服务器的 MX 记录，或者在 `from` 里写一个能收信的地址。

explain-mx-return-path =
    .title = 退信收不到
    .means = 寄到 `return_path` 域名的邮件收不到：域名不存在、不收邮件，或者没有邮件服务器。
    .why = 你不会知道哪些邮件被退回，有些收件方还会拒绝这样的邮件。
    .do =
        写一个能收信的域名下的地址：
          return_path = "bounces@uni.example"

explain-mx-reply-to =
    .title = 回复收不到
    .means = 寄到 `reply_to` 域名的邮件收不到：域名不存在、不收邮件，或者没有邮件服务器。
    .why = 回复的人会收到错误信息，你什么也看不到。
    .do =
        看看有没有打错字，或者写一个能收信的地址：
          reply_to = "office@uni.example"

explain-mx-unsubscribe =
    .title = 用邮件退订的请求收不到
    .means = 寄到 `unsubscribe.mailto`（或你自己写的 List-Unsubscribe）的邮件收不到。
    .why = 想退订的人退不掉，就会把下一封邮件举报为垃圾邮件。
    .do =
        写一个能收信的地址：
        {"  unsubscribe = { mailto = \"leave@uni.example\" }"}

explain-sender-unsubscribe-host =
    .title = 退订网页打不开
    .means = DNS 里没有这个网页的主机地址，或者那个地址只有你自己的网络能访问。
    .why = 想退订的人退不掉，就会把下一封邮件举报为垃圾邮件。
    .do =
        写一个所有人都能打开的网页：
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}

explain-sender-unanswered =
    .title = 关于发件人，DNS 没有回答
    .means = 关于发件人域名的查询至少有一个没有得到回答，或者这台电脑不知道该问哪台 DNS 服务器。
    .why = 是否有问题，mailshot 不知道。没有回答绝不等于“没有记录”。
    .do =
        过一会儿再检查，或者换一台服务器：
          mailshot check --dns --dns-server 223.5.5.5

explain-sender-incomplete =
    .title = 关于发件人，没有全部查完
    .means = 所有查询的 30 秒用完了，或者每位收件人的发件人都不同，所以没有查。
    .why = 没查到的部分仍然可能有问题。
    .do =
        再检查一次，或者换一台回答更快的服务器：
          mailshot check --dns --dns-server 223.5.5.5

explain-recipient-domain-missing =
    .title = 寄到收件人所在域名的邮件收不到
    .means = 域名不存在、声明自己不收邮件，或者没有外面能连上的邮件服务器。
    .why = 邮件会被退回。退信太多，会损害发件人的信誉。
    .do = 改正邮箱地址，或者删除这一行。

explain-recipient-unanswered =
    .title = 关于收件人的一些域名，DNS 没有回答
    .means = 这些域名的服务器没有及时回答。
    .why = 这不说明地址有问题：mailshot 照样会发。
    .do =
        过一会儿再检查：
          mailshot check --dns

explain-recipient-incomplete =
    .title = 收件人的域名没有全部查完
    .means = mailshot 只查出现最多的 2,000 个域名，最多用 30 秒。
    .why = 其余的域名里可能有一些不收邮件。
    .do = 不用做什么。发信服务器会拒绝这样的地址，或者邮件会被退回。

explain-spf-missing =
    .title = 域名没有 SPF 记录
    .means = SPF 是一条 TXT 记录，写明哪些发信服务器可以代表这个域名发信。发件人的域名没有这条记录，或者有一条收件方不承认的，或者写在了错误的名称下。
    .why = 收件方不太信任这样的邮件。Gmail 和 Yahoo 要求每个发信人至少有 SPF 或 DKIM。
    .do =
        在域名的 DNS 服务商那里添加提示中的 TXT 记录，大致是这样：
          v=spf1 include:_spf.google.com ~all

explain-spf-invalid =
    .title = SPF 记录无法读懂，或者其中一部分不起作用
    .means = 记录里某一项写错了，它引用的域名没有记录或有好几条，或者域名有不止一条 SPF 记录。
    .why = 收件方读不懂的记录等于没有。
    .do = 改成提示里的写法。如果写错的记录属于别人，请告诉他们。

explain-spf-loop =
    .title = SPF 记录绕回到自己
    .means = 这条记录引用或转向的记录又绕回到它自己。
    .why = 收件方会停下来，不承认这条记录。
    .do = 去掉提示中指出的 include 或 redirect。

explain-spf-lookups =
    .title = SPF 记录需要的查询太多
    .means = 收件方对一条记录最多做 10 次查询。include、a、mx、ptr、exists 和 redirect 各算一次，被引用的记录里的也算。
    .why = 从第 11 次开始，收件方就不承认这条记录。
    .do = 去掉不再使用的项。提示里写明了每一项需要几次查询。

explain-spf-void =
    .title = SPF 记录里有不存在的主机
    .means = 记录里不存在的名称超过两个。
    .why = 收件方查到第三个就停下来，不承认这条记录。
    .do = 改正这些名称，或者去掉这些项。

explain-spf-names =
    .title = SPF 记录要查的邮件服务器太多
    .means = 记录里的 `mx` 代表某个域名的所有邮件服务器，而那个域名的邮件服务器超过 10 台。
    .why = 收件方会停下来，不承认这条记录。
    .do =
        不用 `mx`，改写真正发信的那些地址：
          ip4:192.0.2.0/24

explain-spf-ptr =
    .title = SPF 记录用了 `ptr`
    .means = `ptr` 按地址反查的主机名来放行。标准要求不要使用（RFC 7208）。
    .why = 它很慢，有些收件方根本不看。
    .do =
        改写主机的地址或名称：
          ip4:192.0.2.0/24 a:mail.uni.example

explain-spf-behind-all =
    .title = SPF 记录在 `all` 之后还有内容
    .means = `all` 是记录的结尾，后面却还有别的项。
    .why = 收件方从不看后面的项，所以那里写的发信服务器不会被放行。
    .do = 把需要的项移到 `all` 前面，其余的删除。

explain-spf-none-may-send =
    .title = SPF 记录不允许任何人发信
    .means = 没有任何地址可以代表这个域名发信，例如 `v=spf1 -all`，或者里面的名称都不存在了。
    .why = 收件方会拒绝这些邮件，或者认为可疑。
    .do = 在 `all` 前面加上发信服务商要求的内容，或者改用 SPF 记录允许这台发信服务器的域名。

explain-spf-open =
    .title = SPF 记录允许所有人发信
    .means = 记录以 +all 或 ?all 结尾，或者没有结尾，或者放行的地址多得不合理。
    .why = 谁都能冒用这个域名发信，收件方也就不太信任它。
    .do =
        前面只写自己的发信服务器，结尾用下面二者之一：
          ~all
          -all

explain-spf-relay =
    .title = SPF 记录里没有这台发信服务器
    .means = 发信服务商要求在你的域名的记录里写一项 include，而那里没有。
    .why = 在收件方看来，这台发信服务器是在冒用你的域名。
    .do =
        在 `all` 前面加上这一项，提示里有完整的记录：
          include:_spf.google.com

explain-dkim-record-missing =
    .title = 密钥没有对应的 DKIM 记录
    .means = 邮件有签名，而在选择器的名称下没有含公钥的 TXT 记录。
    .why = 收件方无法验证签名，签名等于没有。
    .do =
        请管理员发布下面的命令显示的记录：
          mailshot dkim record dkim.pem --domain uni.example --selector s1

explain-dkim-record-misplaced =
    .title = DKIM 记录写在了别的名称下
    .means = 记录是有的，但不在收件方要找的位置。常见的原因是网页表单又加了一遍域名。
    .why = 收件方找不到它，签名等于没有。
    .do =
        把记录发布在提示中的名称下。如果表单会自动加上域名，只写前面一段：
          s1._domainkey

explain-dkim-record-cut =
    .title = DKIM 记录里的密钥不完整
    .means = 网页表单截断了记录（常常在 255 个字符处），或者密钥被分成了两条记录。
    .why = 收件方无法验证签名。
    .do = 发布成一条记录，由几段组成，每段最多 255 个字符。提示里有区域文件的写法。

explain-dkim-record-differs =
    .title = DKIM 记录里是另一个密钥
    .means = 记录里的密钥不是任务签名用的那一个，或者种类不同，或者在途中损坏了。
    .why = 收件方会认为签名是错的，把邮件当作冒名邮件。
    .do =
        发布任务所用密钥的记录。如果这个选择器是别的服务在用，就换一个新的：
          mailshot dkim new --domain uni.example --selector s2 --output dkim.pem

explain-dkim-record-invalid =
    .title = DKIM 记录无法读懂，或者里面是私钥
    .means = 记录写错了，例如多了引号、少了分号。也可能有人把密钥的私有部分发布了出来。
    .why = 收件方无法验证签名。私钥一旦公开，谁都能冒用你的签名。
    .do =
        发布提示中的记录。如果公开的是私钥，请换一个新密钥，不要再用这一个：
          mailshot dkim new --domain uni.example --selector s2 --output dkim.pem

explain-dkim-record-revoked =
    .title = 密钥已经作废
    .means = 记录里的 p= 是空的，表示这个密钥不再有效。
    .why = 收件方不承认用它做的签名。
    .do =
        用另一个选择器生成新的密钥：
          mailshot dkim new --domain uni.example --selector s2 --output dkim.pem

explain-dkim-record-several =
    .title = 同一个名称下有好几条 DKIM 记录
    .means = 一个选择器只能有一条记录，这里不止一条。
    .why = 收件方会随便用一条，或者都不用。
    .do = 只留下任务签名所用密钥的那一条，其余的删除。

explain-dkim-record-testing =
    .title = DKIM 记录处于测试模式
    .means = 记录里有 t=y。
    .why = 收件方可能把邮件当作没有签名。
    .do = 签名正确以后，从记录里去掉 t=y。

explain-dmarc-missing =
    .title = 域名没有 DMARC 记录
    .means = DMARC 写明 SPF 和 DKIM 都没有通过的邮件该怎么处理。域名没有这条记录，或者写在了别的名称下。
    .why = 各大服务商要求大量发信的人必须有。
    .do =
        在你的域名前面加 `_dmarc`，发布这条 TXT 记录，它不会改变别的：
          v=DMARC1; p=none

explain-dmarc-invalid =
    .title = DMARC 记录不起作用
    .means = 记录写错了、没有策略，或者不止一条。
    .why = 收件方当作没有记录，要求有记录的服务商也算你没有。
    .do = 让提示中的记录成为那里唯一的一条。

explain-dmarc-unaligned =
    .title = DMARC 要求拒收这些邮件
    .means = 这条记录要求：如果 DKIM 签名和 SPF 的退信地址都不属于发件人的域名，收件方就拒收邮件，或者放进垃圾箱。这里两者都不属于。
    .why = 邮件到不了收件箱。
    .do =
        用发件人的域名签名：
        {"  dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }"}
        或者用这个域名下的退信地址，并且它的 SPF 记录允许这台发信服务器：
          return_path = "bounces@uni.example"

explain-dmarc-by-relay =
    .title = DMARC 要靠发信服务商的签名
    .means = 这个服务商会给邮件换上自己的退信地址，所以你的域名的 SPF 记录从不起作用，只有你的域名的 DKIM 签名才算。
    .why = 没有签名，收件方就按 DMARC 记录处理：拒收，或者放进垃圾箱。
    .do = 在服务商那里为你的域名设置签名，或者在这里签名。如果已经设置好了，就不用管。

explain-dmarc-unaligned-bulk =
    .title = 收件方服务商要求发件人自己域名的 SPF 或 DKIM
    .means = 发往某个服务商的邮件很多，它只接收 DKIM 签名或 SPF 退信地址属于发件人域名的邮件。这里两者都不属于。
    .why = 不管 DMARC 记录怎么写，这个服务商都会拒收，或者放进垃圾箱。
    .do =
        用发件人的域名签名：
        {"  dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }"}
