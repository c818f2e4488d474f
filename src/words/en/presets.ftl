### What is known of the presets: `preset-NAME-login` says what to do when a login is refused (source:
### `login_source` in presets.toml), `preset-NAME-limits` what the provider publishes of its limits.

preset-gmail-login = Gmail takes an app password (16 letters; make one at myaccount.google.com/apppasswords after 2-Step Verification is on), not the password of the account; or use auth = "xoauth2" with oauth2 = {"{"} … {"}"}
preset-gmail-limits = 500 messages a day for gmail.com; Workspace: 2,000 messages and 3,000 outside recipients a day (500 on trial), 100 recipients a message (write rate = "2000/day")
preset-outlook-login = Microsoft 365 accepts a login over SMTP only if the administrator has switched on "Authenticated SMTP" for the mailbox, and passwords are off by default from the end of December 2026 (the administrator can allow them until a date in 2027 or later): use auth = "xoauth2" with oauth2 = {"{"} … {"}"}; for an address at outlook.com, hotmail.com or live.com, write preset = "hotmail"
preset-outlook-limits = 3 connections, 30 messages a minute, 10,000 recipients a day; outside recipients of the whole organization: 500 × licenses^0.7 + 9,500 a day, 5,000 on trial
preset-163-login = 163 takes a 授权码 (authorization code), not the password of the web page: at mail.163.com, under 设置, POP3/SMTP/IMAP, switch SMTP on, then 新增授权密码; switching it off cancels the codes, so if the login worked before, make a new one; its ports 465, 994 and 587 all begin with TLS (smtps://); for vip.163.com, write region = "vip"
preset-126-login = 126 takes a 授权码 (authorization code), not the password of the web page: at mail.126.com, under 设置, POP3/SMTP/IMAP, switch SMTP on, then 新增授权密码; switching it off cancels the codes, so if the login worked before, make a new one; its ports 465, 994 and 587 all begin with TLS (smtps://); for vip.126.com, write region = "vip"
preset-qq-login = QQ takes a 授权码 (16 letters) and, since November 2022, nothing else: at mail.qq.com, under 设置, 账号 (账户), switch POP3/IMAP/SMTP 服务 on, then 生成授权码; a new QQ password cancels the codes, so if the login worked before, make a new one
preset-exmail-login = Exmail takes a 客户端专用密码: the administrator allows IMAP/SMTP (企业微信 管理后台: 协作, 安全管理, 客户端访问限制); then, at exmail.qq.com under 设置, switch on IMAP/SMTP服务 and 安全登录, and 生成客户端专用密码: that is the password
preset-aliyun-login = Alibaba accepts logins only after SMTP is switched on, and takes a 三方客户端安全密码 if that is on; for a mailbox at your own domain, write preset = "aliyun-qiye"
preset-aliyun-qiye-login = Alibaba Mail accepts logins of mail programs only if the administrator allows third-party clients (三方客户端; forbidden by default for new customers), and then often takes a 三方客户端安全密码: at qiye.aliyun.com, under 设置, 账户与安全, 账户安全, 三方客户端安全管理
preset-yahoo-login = Yahoo takes an app password: at login.yahoo.com, under Account security, choose Generate app password (two-step verification must be on); or use auth = "xoauth2" with oauth2 = {"{"} … {"}"}
preset-yahoo-limits = not published for personal mailboxes; 500 a day is our own careful choice
preset-icloud-login = iCloud takes an app-specific password: at account.apple.com, under Sign-In and Security, App-Specific Passwords; the user is the whole iCloud address (only for IMAP it is the part before the @)
preset-icloud-limits = 1,000 messages and 1,000 recipients a day, 500 recipients a message
preset-zoho-login = Zoho accepts SMTP logins only in paid plans, takes an application-specific password if two-factor login is on (accounts.zoho.com, Security, App Passwords), and needs the server of the account's region: write region = "eu" and so on; for paid organizations, region = "pro" ("pro-eu", "pro-in" and so on)
preset-fastmail-login = Fastmail takes only an app password: Settings, Privacy & Security, Manage app passwords
preset-ses-login = SES takes the SMTP credentials of exactly this region (SES console, SMTP settings, Create SMTP credentials), not the keys of the AWS account
preset-sendgrid-login = SendGrid's user is the word apikey, and the password is an API key with the permission "Mail Send"; for a subuser in the EU (Pro plans), write region = "eu"
preset-sendgrid-limits = 5,000 messages a connection, 10,000 connections; messages up to 20 MB are recommended; the number of messages depends on the plan
preset-mailgun-login = Mailgun takes the SMTP credentials of the sending domain (Sending, Domain settings, SMTP credentials; the user is a whole address); for accounts in the EU, write region = "eu"
preset-postmark-login = Postmark takes the Server API Token both as user and as password (Server, API Tokens)
preset-postmark-limits = 50 recipients a message; the number of messages depends on the plan; every broadcast message gets an unsubscribe link at its end unless Postmark lets the account manage that itself (a signature made before that breaks)
preset-brevo-login = Brevo takes an SMTP key (SMTP & API, SMTP), not an API key and not the password of the account; the user is shown on the same page
preset-hotmail-login = Outlook.com takes only OAuth2, no password: use auth = "xoauth2" with oauth2 = {"{"} … {"}"}; for a mailbox of a company or a school, write preset = "outlook"
preset-hotmail-limits = about 300 a day for free (unofficial; fewer for new accounts); subscribers: 5,000 recipients a day, 1,000 of them new, 500 a message
preset-yeah-login = yeah.net takes a 授权码 (authorization code), not the password of the web page: at mail.yeah.net, under 设置, POP3/SMTP/IMAP, switch SMTP on, then 新增授权密码; switching the service off cancels the codes, so if the login worked before, make a new one
preset-188-login = 188 takes a 授权码 (authorization code), not the password of the web page: at mail.188.com, under 设置, POP3/SMTP/IMAP, switch SMTP on, then 新增授权密码; for vip.188.com, write region = "vip"
preset-netease-qiye-login = NetEase business mail takes a 客户端授权密码 if its administrator has switched that on, and codes last only for a limited time; some customers have another server: server = "smtps://smtphz.qiye.163.com"
preset-139-login = 139 takes a 授权码 (authorization code), not the password of the web page: at mail.10086.cn, under 设置, POP3/SMTP/IMAP; switching the service off cancels the codes, so if the login worked before, make a new one
preset-189-login = 189 takes a 授权码 (authorization code), not the password of the web page: in the settings of mail.189.cn, under POP3/SMTP/IMAP; switching the service off cancels the codes, so if the login worked before, make a new one
preset-sina-login = Sina takes a 授权码 (authorization code), not the password of the web page: at mail.sina.com.cn, under 设置区, 客户端pop/imap/smtp; for addresses at sina.cn and vip.sina.com, write region = "cn" and region = "vip"; switching the service off cancels the codes, so if the login worked before, make a new one
preset-sohu-login = Sohu takes a 授权码 (authorization code), not the password of the web page: in the settings of mail.sohu.com, under POP3/SMTP/IMAP; switching the service off cancels the codes, so if the login worked before, make a new one
preset-feishu-login = Feishu takes a password made for mail programs (第三方客户端专用密码), not the password of the account, and the administrator must allow IMAP/SMTP; for Lark abroad, write region = "lark"
preset-yandex-login = Yandex takes an app password, not the password of the account: at id.yandex.com, under Security, App passwords; mail programs must be allowed in the settings of the mailbox
preset-yandex-limits = 500 recipients a day, 35 a message
preset-mailru-login = Mail.ru takes a password for external applications, not the password of the account: at id.mail.ru, under Security, Passwords for external applications
preset-gmx-login = GMX accepts mail programs only after POP3/IMAP is switched on (E-Mail, Einstellungen, POP3/IMAP Abruf), and takes an app password if two-factor login is on: Mein Account, Sicherheit, Anwendungsspezifische Passwörter; for gmx.com, write region = "com"
preset-webde-login = WEB.DE accepts mail programs only after POP3/IMAP is switched on (E-Mail, Einstellungen, POP3/IMAP Abruf), and takes an app password if two-factor login is on; the user is the part before the @
preset-tonline-login = T-Online takes the password for e-mail programs (E-Mail-Passwort), which you set up first, not the password of the web page: telekom.de/hilfe, E-Mail, Passwort verwalten
preset-ionos-login = IONOS takes the whole address as user and the password of the mailbox, not the password of the contract; customers outside Germany write their country as region
preset-ionos-limits = 50 messages an hour at first, 100 and 400 once the contract is 7 and 14 days old, then 500 (ionos.com) or 5,000 recipients (ionos.de); for a new contract, write rate = "50/h"
preset-infomaniak-login = Infomaniak takes the whole address as user and the password of the mailbox or one made for a device, not the password of the account
preset-infomaniak-limits = 1,440 recipients in 24 hours, 500 with my kSuite, 100 in the plans for one user (then write rate = "100/day"), 100 recipients a message
preset-ovh-login = OVH takes the whole address as user and the password of the mailbox, not the password of the account; Exchange mailboxes have a server of their own (exN.mail.ovh.net, port 587)
preset-orange-login = Orange takes the whole address as user and the password of the mailbox
preset-free-login = Free takes the part before the @ as user and the password of the mailbox
preset-sfr-login = SFR takes the whole address as user and the password of the mailbox
preset-laposte-login = La Poste takes the part before the @ as user and the password of the mailbox
preset-strato-login = Strato takes the whole address as user and the password of the mailbox
preset-hetzner-login = Hetzner takes the whole address as user and the password of the mailbox
preset-posteo-login = Posteo takes the whole address as user and the password of the mailbox
preset-mailbox-org-login = mailbox.org takes the whole address as user and the password of the mailbox or, if two-factor login is on, an application password
preset-gandi-login = Gandi takes the whole address as user and the password of the mailbox
preset-naver-login = Naver takes the whole address as user and an application password (애플리케이션 비밀번호; two-step verification must be on); IMAP/SMTP must be switched on in the settings of the mailbox
preset-daum-login = Daum takes the whole address as user and the password of the mailbox or, if two-step verification is on, the password made there; IMAP/SMTP must be switched on (환경설정, IMAP/POP3)
preset-daum-limits = 10,000 a day, 150 recipients a message
preset-aol-login = AOL takes an app password, not the password of the account: at login.aol.com, under Account security, choose Generate app password (two-step verification must be on); or use auth = "xoauth2" with oauth2 = {"{"} … {"}"}
preset-proton-login = Proton takes an SMTP token, made for one address at your own domain (Settings, Proton Mail, IMAP/SMTP, SMTP tokens; business plans): the user is that address, the password is the token; with Proton Mail Bridge, write server = "smtp://127.0.0.1:1025", the user and password that Bridge shows, and the certificate that it exports as ca_file
preset-resend-login = Resend's user is the word resend, and the password is an API key
preset-sparkpost-login = SparkPost's user is SMTP_Injection, and the password is an API key with the permission "Send via SMTP"; for accounts in the EU, write region = "eu"
preset-sparkpost-limits = 100 messages a connection are recommended; the number of messages depends on the plan
preset-smtp2go-login = SMTP2GO takes the user and the password of an SMTP user (Sending, SMTP Users), not those of the account
preset-mailersend-login = MailerSend takes the SMTP user and password of the sending domain (Domains, SMTP), not those of the account
preset-elasticemail-login = Elastic Email takes SMTP credentials made in its settings, not the password of the account
preset-elasticemail-limits = the number of messages depends on the plan; few a day until the sender's domain is verified
preset-mailjet-login = Mailjet's user is the API key and the password is the secret key (Account, API keys), not the password of the account
preset-mailjet-limits = depends on the plan; 200 a day for free
preset-scaleway-login = Scaleway's user is the ID of the project, and the password is the secret key of an API key that is allowed to send e-mail
preset-scaleway-limits = 10,000 messages a month and 10 recipients a message at first, 50 MB
preset-directmail-login = DirectMail's user is the sender address, and the password is the SMTP password set for that address in its console (发信地址, 设置SMTP密码)
preset-directmail-limits = 2,000 messages a day at first, 200 of them for free, 100 recipients a message, 15 MB encoded; the user and the sender are the same address
preset-tencent-ses-login = Tencent SES takes the sender address as user, and the SMTP password set for it in the console
preset-tencent-ses-limits = 500 messages a day at first, 20 a second, 10 an hour to one address, 4 MB
