### 发信服务器与发件人

explain-group-relay = 发信服务器与发件人
    .about = 发信服务器、发件人，以及各大邮箱服务商的要求。

explain-relay-unusable =
    .title = 发信服务器无法使用
    .means = `check --connect` 会像 `send` 那样连接并登录，而这台发信服务器连不上、用的是别的协议、证书无效，或者拒绝登录。
    .why = `send` 会在发出第一封邮件之前停在同一个地方。
    .do =
        按下面的提示去做。想看每一步的对话：
          mailshot check --connect -vv

explain-port-of-another-way =
    .title = 端口与加密方式不配套
    .means = 465 端口一开始就用 TLS；587 和 25 端口先不加密，再用 STARTTLS 转为加密。任务文件写的正好相反。
    .why = 双方会互相等待，或者互相听不懂，直到超时。
    .do =
        按服务商的说明写发信服务器的地址，二者之一：
          server = "smtps://smtp.uni.example:465"
          server = "smtp://smtp.uni.example:587"

explain-user-missing =
    .title = 发信服务器没有写用户名
    .means = 这个发信服务器用的是某个邮件服务商的预设，却没有写 `user`。
    .why = 服务商只接收登录之后发出的邮件；不登录，每一封都会被拒绝。
    .do =
        在 `preset` 下面写上登录用的用户名：
          user = "registrar@163.com"
        密码会在终端里询问；用 mailshot login 可以保存。

explain-from-not-account =
    .title = 发件人不是登录的账号
    .means = `from` 的地址与发信服务器的 `user` 不同。
    .why = 有些服务商会拒绝这样的邮件（163、QQ、Microsoft 365），有些会把发件人换成账号（Gmail）。
    .do =
        在 `from` 里写账号的地址，让回复寄到别处：
          from = "教务处 <registrar@uni.example>"
          reply_to = "office@uni.example"

explain-from-of-another-provider =
    .title = 发件人属于某个服务商，邮件却不经过它的发信服务器
    .means = `from` 是 gmail.com、qq.com 之类的地址，而邮件经过别人的发信服务器发出。
    .why = 除了服务商自己，没有人能为它的地址签名。收件方会认为这是冒名的邮件。
    .do =
        通过这个服务商发送，或者用发信服务器自己域名下的地址：
          preset = "qq"

explain-from-not-aligned =
    .title = 签名的域名与发件人的域名不同
    .means = 邮件的 DKIM 签名属于另一个域名，不是 `from` 的域名。
    .why = 只有签名的域名与发件人的域名一致，DMARC 才承认这个签名。
    .do =
        用发件人的域名签名，或者改用签名域名下的发件人：
          mailshot dkim new --domain uni.example --selector s1 --output dkim.pem

explain-one-click-without-dkim =
    .title = 一键退订没有签名
    .means = 邮件有 List-Unsubscribe-Post，而 mailshot 没有给它签名。
    .why = 只有 DKIM 签名包含了这些邮件头，邮件程序才会显示退订按钮（RFC 8058）。
    .do =
        给邮件签名，或者确认发信服务器会对 List-Unsubscribe 和 List-Unsubscribe-Post 签名：
        {"  dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }"}

explain-over-size =
    .title = 最大的一封邮件超过发信服务器的上限
    .means = 发信服务器或服务商公布了大小上限，至少有一封邮件超过了它。附件在邮件里比在磁盘上大三分之一。
    .why = 超过上限的邮件会全部被拒。
    .do = 把附件缩小，或者放到网页上，在邮件里写网址。

explain-over-quota =
    .title = 收件人多于发信服务器一天允许的数量
    .means = `rate` 或预设里写的每日限额小于名单的人数。
    .why = 这次群发要好几天。
    .do =
        每天再运行一次同样的命令，或者让它等限额恢复：
          mailshot send --wait
        在任务文件里再加一台发信服务器，可以分担名单。

explain-takes-days =
    .title = 这次群发要超过一天
    .means = 按 `rate` 或预设允许的速度，24 小时内发不完名单。
    .why = 邮件里写的“今天”“明天”，对排在后面的人来说就不对了。
    .do =
        每天再运行一次同样的命令，让它等待，或者再加一台发信服务器分担：
          mailshot send --wait

explain-preset-old =
    .title = mailshot 对这个服务商的了解可能已经过时
    .means = 这个预设的限额和地址是 18 个月以前查的。
    .why = 服务商改变限额不会通知。用旧的限额，账号可能被封一天。
    .do =
        换用新版 mailshot，或者在发信服务器下写上服务商现在公布的限额：
          rate = ["20/min", "500/day"]

explain-receiver-rules =
    .title = 收件方服务商对大量发信的要求，这个任务没有满足
    .means = 很多收件人在同一个服务商，而它对发这么多邮件的人有规定。提示里列出了缺少的：签名、退订方式、放慢速度。
    .why = 不符合规定的邮件会进垃圾箱，或者被拒。
    .do =
        在 [message] 和发信服务器下补上缺少的，例如：
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}
          rate = "20/min"
