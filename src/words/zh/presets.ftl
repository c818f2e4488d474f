### What is known of the presets: `preset-NAME-login` says what to do when a login is refused (source:
### `login_source` in presets.toml), `preset-NAME-limits` what the provider publishes of its limits.

preset-gmail-login = Gmail 要用应用专用密码（16 个字母；开启两步验证后在 myaccount.google.com/apppasswords 生成），不是账号密码；也可以用 auth = "xoauth2" 和 oauth2 = {"{"} … {"}"}
preset-gmail-limits = gmail.com 每天 500 封；Workspace 每天 2,000 封、3,000 个外部收件人（试用期 500），每封 100 个收件人（请写 rate = "2000/day"）
preset-outlook-login = Microsoft 365 只有在管理员为邮箱开启 "Authenticated SMTP" 后才接受 SMTP 登录，并且从 2026 年 12 月底起默认不接受密码（管理员可以允许到 2027 年或以后的某一天）：请用 auth = "xoauth2" 和 oauth2 = {"{"} … {"}"}；outlook.com、hotmail.com 或 live.com 的地址请写 preset = "hotmail"
preset-outlook-limits = 3 个连接，每分钟 30 封，每天 10,000 个收件人；整个机构的外部收件人：每天 500 × 许可证数^0.7 + 9,500，试用期 5,000
preset-163-login = 163 要用授权码，不是网页登录密码：在 mail.163.com 的“设置 → POP3/SMTP/IMAP”中开启 SMTP，再点“新增授权密码”；关闭服务会使授权码失效，所以如果以前能登录，请重新生成；它的端口 465、994 和 587 都是一开始就用 TLS（smtps://）；vip.163.com 请写 region = "vip"
preset-126-login = 126 要用授权码，不是网页登录密码：在 mail.126.com 的“设置 → POP3/SMTP/IMAP”中开启 SMTP，再点“新增授权密码”；关闭服务会使授权码失效，所以如果以前能登录，请重新生成；它的端口 465、994 和 587 都是一开始就用 TLS（smtps://）；vip.126.com 请写 region = "vip"
preset-qq-login = QQ 邮箱要用授权码（16 个字母），从 2022 年 11 月起不再接受别的密码：在 mail.qq.com 的“设置 → 账号（账户）”中开启“POP3/IMAP/SMTP 服务”，再点“生成授权码”；修改 QQ 密码会使授权码失效，所以如果以前能登录，请重新生成
preset-exmail-login = 腾讯企业邮要用客户端专用密码：先由管理员允许 IMAP/SMTP（企业微信管理后台：协作 → 安全管理 → 客户端访问限制）；再在 exmail.qq.com 的“设置”中开启“IMAP/SMTP服务”和“安全登录”，然后“生成客户端专用密码”，密码就填它
preset-aliyun-login = 阿里邮箱要先开启 SMTP；如果开启了三方客户端安全密码，就要用它；自有域名的邮箱请写 preset = "aliyun-qiye"
preset-aliyun-qiye-login = 阿里企业邮箱只有在管理员允许三方客户端后才接受邮件程序登录（新客户默认禁止），并且往往要用三方客户端安全密码：qiye.aliyun.com 的“设置 → 账户与安全 → 账户安全 → 三方客户端安全管理”
preset-yahoo-login = Yahoo 要用应用密码：在 login.yahoo.com 的 Account security 中选 Generate app password（须先开启两步验证）；也可以用 auth = "xoauth2" 和 oauth2 = {"{"} … {"}"}
preset-yahoo-limits = 个人邮箱的限额没有公布；每天 500 是我们谨慎选择的数字
preset-icloud-login = iCloud 要用 App 专用密码：在 account.apple.com 的“登录与安全 → App 专用密码”中生成；用户名是完整的 iCloud 地址（只有 IMAP 用 @ 前面的部分）
preset-icloud-limits = 每天 1,000 封、1,000 个收件人，每封 500 个收件人
preset-zoho-login = Zoho 只在付费方案中接受 SMTP 登录；如果开启了双重验证，要用应用专用密码（accounts.zoho.com，Security，App Passwords）；服务器要按账号所在的区域选：写 region = "eu" 等；付费机构写 region = "pro"（"pro-eu"、"pro-in" 等）
preset-fastmail-login = Fastmail 只接受应用密码：Settings，Privacy & Security，Manage app passwords
preset-ses-login = SES 要用本区域的 SMTP 凭证（SES 控制台，SMTP settings，Create SMTP credentials），不是 AWS 账号的密钥
preset-sendgrid-login = SendGrid 的用户名就是 apikey 这个词，密码是有 "Mail Send" 权限的 API 密钥；欧盟的子用户（Pro 方案）请写 region = "eu"
preset-sendgrid-limits = 每个连接 5,000 封，10,000 个连接；建议每封不超过 20 MB；封数取决于方案
preset-mailgun-login = Mailgun 要用发信域名的 SMTP 凭证（Sending，Domain settings，SMTP credentials；用户名是完整地址）；欧盟的账号请写 region = "eu"
preset-postmark-login = Postmark 的用户名和密码都填 Server API Token（Server，API Tokens）
preset-postmark-limits = 每封 50 个收件人；封数取决于方案；每封群发邮件末尾会加上退订链接，除非 Postmark 允许账号自行管理（这会使事先做的签名失效）
preset-brevo-login = Brevo 要用 SMTP 密钥（SMTP & API，SMTP），不是 API 密钥，也不是账号密码；用户名在同一页上
preset-hotmail-login = Outlook.com 只接受 OAuth2，不接受密码：请用 auth = "xoauth2" 和 oauth2 = {"{"} … {"}"}；公司或学校的邮箱请写 preset = "outlook"
preset-hotmail-limits = 免费约每天 300（非官方；新账号更少）；订阅用户每天 5,000 个收件人，其中新收件人 1,000 个，每封 500 个
preset-yeah-login = yeah.net 要用授权码，不是网页登录密码：在 mail.yeah.net 的“设置 → POP3/SMTP/IMAP”中开启 SMTP，再点“新增授权密码”；关闭服务会使授权码失效，所以如果以前能登录，请重新生成
preset-188-login = 188 要用授权码，不是网页登录密码：在 mail.188.com 的“设置 → POP3/SMTP/IMAP”中开启 SMTP，再点“新增授权密码”；vip.188.com 请写 region = "vip"
preset-netease-qiye-login = 网易企业邮箱如果由管理员开启了客户端授权密码，就要用它，而且授权密码有有效期；部分客户的服务器不同：server = "smtps://smtphz.qiye.163.com"
preset-139-login = 139 要用授权码，不是网页登录密码：在 mail.10086.cn 的“设置 → POP3/SMTP/IMAP”中生成；关闭服务会使授权码失效，所以如果以前能登录，请重新生成
preset-189-login = 189 要用授权码，不是网页登录密码：在 mail.189.cn 的设置中，POP3/SMTP/IMAP 处生成；关闭服务会使授权码失效，所以如果以前能登录，请重新生成
preset-sina-login = 新浪邮箱要用授权码，不是网页登录密码：在 mail.sina.com.cn 的“设置区 → 客户端pop/imap/smtp”中生成；sina.cn 和 vip.sina.com 的地址请写 region = "cn"、region = "vip"；关闭服务会使授权码失效，所以如果以前能登录，请重新生成
preset-sohu-login = 搜狐邮箱要用授权码，不是网页登录密码：在 mail.sohu.com 的设置中，POP3/SMTP/IMAP 处生成；关闭服务会使授权码失效，所以如果以前能登录，请重新生成
preset-feishu-login = 飞书邮箱要用第三方客户端专用密码，不是账号密码，并且须由管理员允许 IMAP/SMTP；海外的 Lark 请写 region = "lark"
preset-yandex-login = Yandex 要用应用密码，不是账号密码：id.yandex.com，Security，App passwords；还要在邮箱设置中允许邮件程序
preset-yandex-limits = 每天 500 个收件人，每封 35 个
preset-mailru-login = Mail.ru 要用外部应用密码，不是账号密码：id.mail.ru，Security，Passwords for external applications
preset-gmx-login = GMX 要先开启 POP3/IMAP（E-Mail，Einstellungen，POP3/IMAP Abruf）才接受邮件程序；如果开启了双重验证，要用应用密码：Mein Account，Sicherheit，Anwendungsspezifische Passwörter；gmx.com 请写 region = "com"
preset-webde-login = WEB.DE 要先开启 POP3/IMAP（E-Mail，Einstellungen，POP3/IMAP Abruf）才接受邮件程序；如果开启了双重验证，要用应用密码；用户名是 @ 前面的部分
preset-tonline-login = T-Online 要用邮件程序专用的密码（E-Mail-Passwort），须先设置，不是网页登录密码：telekom.de/hilfe，E-Mail，Passwort verwalten
preset-ionos-login = IONOS 的用户名是完整地址，密码是邮箱的密码，不是合同账号的密码；德国以外的客户请把所在国家写作 region
preset-ionos-limits = 起初每小时 50 封，合同满 7 天后 100 封，满 14 天后 400 封，之后 500 封（ionos.com）或 5,000 个收件人（ionos.de）；新合同请写 rate = "50/h"
preset-infomaniak-login = Infomaniak 的用户名是完整地址，密码是邮箱的密码或为设备生成的密码，不是账号密码
preset-infomaniak-limits = 24 小时 1,440 个收件人，my kSuite 500 个，单用户方案 100 个（此时请写 rate = "100/day"），每封 100 个收件人
preset-ovh-login = OVH 的用户名是完整地址，密码是邮箱的密码，不是账号密码；Exchange 邮箱有自己的服务器（exN.mail.ovh.net，端口 587）
preset-orange-login = Orange 的用户名是完整地址，密码是邮箱的密码
preset-free-login = Free 的用户名是 @ 前面的部分，密码是邮箱的密码
preset-sfr-login = SFR 的用户名是完整地址，密码是邮箱的密码
preset-laposte-login = La Poste 的用户名是 @ 前面的部分，密码是邮箱的密码
preset-strato-login = Strato 的用户名是完整地址，密码是邮箱的密码
preset-hetzner-login = Hetzner 的用户名是完整地址，密码是邮箱的密码
preset-posteo-login = Posteo 的用户名是完整地址，密码是邮箱的密码
preset-mailbox-org-login = mailbox.org 的用户名是完整地址，密码是邮箱的密码；如果开启了双重验证，则用应用密码
preset-gandi-login = Gandi 的用户名是完整地址，密码是邮箱的密码
preset-naver-login = Naver 的用户名是完整地址，密码是应用密码（애플리케이션 비밀번호，须先开启两步验证）；还要在邮箱设置中开启 IMAP/SMTP
preset-daum-login = Daum 的用户名是完整地址，密码是邮箱的密码；如果开启了两步验证，则用在那里生成的密码；还要开启 IMAP/SMTP（환경설정，IMAP/POP3）
preset-daum-limits = 每天 10,000，每封 150 个收件人
preset-aol-login = AOL 要用应用密码，不是账号密码：在 login.aol.com 的 Account security 中选 Generate app password（须先开启两步验证）；也可以用 auth = "xoauth2" 和 oauth2 = {"{"} … {"}"}
preset-proton-login = Proton 要用为自有域名的某个地址生成的 SMTP 令牌（Settings，Proton Mail，IMAP/SMTP，SMTP tokens；商业方案）：用户名是该地址，密码是令牌；使用 Proton Mail Bridge 时，请写 server = "smtp://127.0.0.1:1025"、Bridge 显示的用户名和密码，并用 ca_file 指定它导出的证书
preset-resend-login = Resend 的用户名就是 resend 这个词，密码是 API 密钥
preset-sparkpost-login = SparkPost 的用户名是 SMTP_Injection，密码是有 "Send via SMTP" 权限的 API 密钥；欧盟的账号请写 region = "eu"
preset-sparkpost-limits = 建议每个连接 100 封；封数取决于方案
preset-smtp2go-login = SMTP2GO 要用 SMTP 用户的用户名和密码（Sending，SMTP Users），不是账号的
preset-mailersend-login = MailerSend 要用发信域名的 SMTP 用户名和密码（Domains，SMTP），不是账号的
preset-elasticemail-login = Elastic Email 要用在其设置中生成的 SMTP 凭证，不是账号密码
preset-elasticemail-limits = 封数取决于方案；发件人域名验证之前每天很少
preset-mailjet-login = Mailjet 的用户名是 API 密钥，密码是 Secret Key（Account，API keys），不是账号密码
preset-mailjet-limits = 取决于方案；免费每天 200
preset-scaleway-login = Scaleway 的用户名是项目的 ID，密码是有发信权限的 API 密钥的 Secret Key
preset-scaleway-limits = 起初每月 10,000 封，每封 10 个收件人，50 MB
preset-directmail-login = DirectMail 的用户名是发信地址，密码是在控制台为该地址设置的 SMTP 密码（发信地址，设置SMTP密码）
preset-directmail-limits = 起初每天 2,000 封，其中 200 封免费，每封 100 个收件人，编码后 15 MB；用户名和发件人是同一个地址
preset-tencent-ses-login = 腾讯云 SES 的用户名是发信地址，密码是在控制台为它设置的 SMTP 密码
preset-tencent-ses-limits = 起初每天 500 封，每秒 20 封，同一地址每小时 10 封，4 MB
