### What the help says: `mailshot help`, the manual and the completions of shells. An id is made of the
### names of what it is about: help-COMMAND, help-COMMAND-option-FLAG, help-COMMAND-argument-NAME,
### help-COMMAND-value-FLAG-VALUE; without COMMAND it is about every command that has the option.
### `.long` is only on the page of --help, `.after` behind the options.

help-heading-usage = 用法：
help-heading-commands = 命令
help-heading-arguments = 参数
help-heading-campaign = 任务和邮件
help-heading-recipients = 收件人
help-heading-relay = 发信服务器
help-heading-key = 密钥
help-heading-safety = 安全
help-heading-output = 输出
help-heading-global = 所有命令通用
help-headed = { $heading }：
help-usage-options = [选项]
help-usage-command = 命令
help-default = （默认：{ $value }）
help-values = （可选值：{ $values }）

help-man-name = 名称
help-man-synopsis = 用法
help-man-description = 说明
help-man-see-also = 另见
help-man-manual = Mailshot 手册

## The program

help-mailshot = 给表格里的每一行发一封个人邮件
    .long = 发第一封之前，先检查全部邮件。运行中断后可以接着发，谁也不会收到两封同样的邮件。报告里有每个收件人的结果。
    .after =
        群发任务是一个文件夹，里面有任务文件 mailshot.toml。第一次可以这样做：
          mailshot new my-campaign  从模板新建群发任务
          mailshot check my-campaign  检查每一封邮件，不发送
          mailshot send my-campaign --dry-run  把每封邮件写成文件，不发送
          mailshot send my-campaign --sandbox  完整排练一遍，邮件不离开本机
          mailshot send my-campaign  正式发送；中断后再运行同一条命令，接着发

        { help-exit-codes }

        查看某个命令的帮助：mailshot help 命令

help-exit-codes =
    退出码：
      0  所有收件人都已接收，或者没有要做的事
      1  运行完成，但有的收件人没有接收
      2  什么都没有发出，要先改正问题
      3  发出一部分以后停止了
      4  什么都没有发出，同一条命令稍后可能成功

help-help = 显示本帮助，或某个命令的帮助

## For every command

help-option-quiet = 只显示错误和数据
help-option-verbose = 显示更多细节（-vv：全部）；密码从不显示
help-option-color = 在终端里使用颜色
help-value-color-auto = 输出到终端时使用
help-value-color-always = 输出到文件和管道时也使用
help-value-color-never = 不用颜色
help-option-lang = 所有文字的语言（默认：系统的语言）
help-value-lang-en = 英文
help-value-lang-zh = 中文
help-option-help = 显示本帮助（-h：简短的帮助）
help-option-version = 显示版本号

## The campaign, and what overrides its file

help-argument-campaign = 群发任务：它的文件夹，或 .toml 文件（默认：当前文件夹）
help-option-name = 群发任务的名称，用于没有任务文件的任务
help-option-recipients = 收件人名单：Excel 工作簿、CSV、JSON 或数据库；`-` 表示标准输入
help-option-sheet = 要读的工作表：名称，或从 1 起的序号
help-option-encoding = 名单的编码，例如 gb18030、big5 或 windows-1252（默认：自动识别）
help-option-delimiter = 单元格之间的分隔符，或 tab（默认：自动识别）
help-option-header-row = 列名所在的行号（默认：自动识别）
help-option-query = 从数据库读取收件人的 SQL 查询，例如 "select email, name from people"
help-option-from = 发件人，例如 "教务处 <jiaowu@uni.example>"
help-option-no-campaign = 不用这个文件夹中的任务文件
help-option-to = 收件人地址，可以用占位符；没有名单时，是这一封邮件的收件人（默认："{"{{"} email {"}}"}"）
help-option-cc = 抄送地址（Cc），可以用占位符
help-option-bcc = 密送地址（Bcc），可以用占位符
help-option-reply-to = 回信地址（Reply-To），可以用占位符
help-option-subject = 主题，可以用占位符
help-option-text = 纯文本正文的模板文件；`-` 表示标准输入
help-option-html = HTML 正文的模板文件
help-option-attach = 要附上的文件（可以重复）
help-option-relay = 发信服务器：任务或个人设置中的名称，163 等预设，或 smtps://HOST、smtp://HOST（STARTTLS）、smtp+plain://HOST（环境变量：MAILSHOT_RELAY）
help-option-user = 登录发信服务器的用户名（环境变量：MAILSHOT_USER）
help-option-password-env = 存放密码的环境变量（默认：MAILSHOT_PASSWORD，如果没有为发信服务器设置密码）
help-option-password-command = 输出密码的命令
help-option-connections = 同时打开的连接数（环境变量：MAILSHOT_CONNECTIONS）
help-option-rate = 收件人数量的限额，例如 10/s、30/min、500/h 或 2000/day（可以重复）（环境变量：MAILSHOT_RATE，几个限额之间用空格隔开）
help-option-skip-invalid = 跳过没有有效地址的行
help-option-skip-duplicates = 同一个收件人出现在几行里时，只用第一行
help-option-yes = 不再询问确认

help-overrides = --from 等选项优先于任务文件。有了 --recipients、--from、--subject 和 --text（或 --html），就不需要任务文件。

## new

help-new = 新建群发任务：为一份名单，从模板，或从 mailmerge 的文件
    .long = 在终端上会询问缺少的内容：名单、发件人、邮箱服务商。写了 --list、--from 和 --preset 就不再询问。
    .after =
        例子：
          mailshot new  逐项询问
          mailshot new --list 成绩.xlsx --from li@uni.example  为一份名单新建任务
          mailshot new letters --template newsletter  模板和它的示例名单

        模板：
help-new-argument-dir = 要新建的文件夹（默认：以名单命名；用 --from-mailmerge 时：OLD_DIR-mailshot）
help-new-option-list = 名单：Excel 表格、CSV、JSON 或数据库，留在原处
help-new-option-to = 收件人地址，是模板（默认：取自名单的列）
help-new-option-from = 发件人，例如 "李老师 <li@uni.example>"
help-new-option-preset = 邮箱服务商，例如 163 或 126（默认：看发件人的地址，如果认得）
help-new-option-region = 服务商的区域，如果有几个
help-new-option-relay = 用服务器代替服务商：smtps://HOST 或 smtp://HOST（STARTTLS）；也可以是个人设置里的名字
help-new-option-user = 登录名（默认：发件人的地址）
help-new-option-template = 用哪个模板，语言与提示相同
help-new-option-from-mailmerge = 转换 mailmerge 的文件夹：模板、数据、服务器设置和附件
help-template-plain-text = 简短的纯文本信件，每人一个附件
help-template-newsletter = HTML 和纯文本的通讯，会员多看到一段
help-template-course-notice = 给学生的通知，HTML 和纯文本，附一张地图

## check

help-check = 检查每一封邮件，列出所有问题，不发送
    .long = { help-overrides }
    .after =
        示例：
          mailshot check my-campaign  检查所有行和模板
          mailshot check my-campaign --connect --dns  同时检查登录和发件人的域名
          mailshot check my-campaign --json  列出问题，供程序读取
          mailshot explain bad-address  了解错误[bad-address] 等代码的含义

        退出码：
          0  没有错误，可能有警告
          2  有错误，不能发送
          4  连不上发信服务器，同一条命令稍后可能成功
help-check-option-connect = 同时登录每个发信服务器，不发送
help-check-option-dns = 同时检查 DNS 记录：发件人的 SPF、DKIM 和 DMARC，所有域名的 MX
help-check-option-dns-server = 要查询的 DNS 服务器（默认：系统的 DNS 服务器）
help-check-option-json = 以一个 JSON 文档输出所有问题

## columns

help-columns = 查看名单有哪些列，模板里怎么写它们
help-columns-argument-file = 名单，或带有名单的群发任务；`-` 表示标准输入
help-columns-option-json = 输出一个 JSON 文档

## preview

help-preview = 查看收件人将收到的一封邮件
    .long = { help-overrides }
    .after =
        示例：
          mailshot preview my-campaign --row 2  查看表头下面第一行的邮件
help-preview-option-row = 哪一行的邮件（必须写），按表格的行号，表头是第 1 行

## send

help-send = 发送邮件；中断后再运行同一条命令，接着发
    .long =
        先检查全部邮件，有错误就不发送。发第一封之前，会询问一次。

        { help-overrides }
    .after =
        示例：
          mailshot send my-campaign --dry-run  把每封邮件写成文件，不发送
          mailshot send my-campaign --sandbox  完整排练一遍，邮件不离开本机
          mailshot send my-campaign --test-to you@uni.example  先把前 3 封发给自己
          mailshot send my-campaign --limit 50  只发给接下来的 50 个收件人
          mailshot send my-campaign --where "score >= 60"  只发给一部分行
          mailshot send my-campaign --retry-rejected  被拒的收件人再试一次
          mailshot send my-campaign --new  开始新的一次群发，发给名单里的所有人

        { help-exit-codes }
help-send-option-new = 开始新的一次群发：名单里的所有人都会收到
help-send-option-abandon = 与 --new 一起用：放弃没有发完的那一次
help-send-option-accept-changes = 发出第一封以后内容有改动，仍然继续
help-send-option-limit = 这次运行最多发给 N 个收件人
help-send-option-only = 只发给这个收件人：地址或标识（可以重复）
help-send-option-sample = 随机选 N 个收件人；同一份名单每次选出的都一样
help-send-option-where = 只发给有一行符合这个条件的收件人，例如 "course == 'MATH' and score >= 60"
help-send-option-in-doubt = 怎样处理存疑的收件人：邮件已经交出，但没有收到答复
help-send-value-in-doubt-hold = 不再发送；先查清他们有没有收到
help-send-value-in-doubt-resend = 把同一封邮件再发一次
help-send-option-retry-rejected = 再次发给被发信服务器拒绝的收件人
help-send-option-wait = 每小时或每天的限额用完时，等待而不停止
help-send-option-dry-run = 为每个收件人写一个 .eml 文件，不发送
help-send-option-sandbox = 全部发给本机的测试服务器，它不会投递任何邮件
help-send-option-test-to = 把前 3 封（或选定的）邮件只发给这个地址
help-send-option-max-failures = 有 N 个收件人被拒后停止
help-send-option-drain = 按 Ctrl-C 以后，最多用多长时间发完正在发的邮件
help-send-option-output = --dry-run 写文件的文件夹（默认：results/preview）
help-send-option-events = 每发生一件事就输出一行 JSON 对象

## stop

help-stop = 停止本机另一个窗口里的运行，与按 Ctrl-C 一样
    .after =
        那次运行会发完正在发的邮件（时间不超过它的 --drain），写好报告；以后可以用 mailshot send 接着发。本命令等到运行结束为止，按 Ctrl-C 只是不再等待。

        退出码：
          0  运行已经结束，或者没有正在进行的运行
          2  没有能停止运行
help-stop-option-now = 不等正在发的邮件，与第二次按 Ctrl-C 一样；这些收件人就成为存疑

## status

help-status = 查看已发送、被拒和剩余的数量，运行中也可以查看
    .after =
        示例：
          mailshot status my-campaign  最近一次群发的数量
          mailshot status --recipient ada@example.org my-campaign  这位收件人在每次群发中的结果
help-status-option-json = 输出一个 JSON 文档
help-status-option-in-doubt = 列出存疑的收件人，以及怎样查清他们有没有收到
help-status-option-mailings = 列出任务的所有群发
help-status-option-recipient = 查看每次群发中这位收件人的结果：写地址、标识或行中的一个单元格（例如姓名）；可以重复写几位

## report

help-report = 写出报告：每一行名单加上它的结果
help-report-option-format = 报告的格式
help-report-value-format-csv = 原来的名单，后面加上结果列
help-report-value-format-json = 一个 JSON 数组，每一行是一个对象
help-report-option-only = 只要这种状态的行，例如 rejected 或 in_doubt
help-report-option-output = 写到这个文件，不写到标准输出
help-report-option-mailing = 以前某一次群发的序号，从 1 起（默认：最近一次）

## settle

help-settle = 把存疑的收件人定为已发或未发
    .after =
        示例：
          mailshot status --in-doubt my-campaign  列出存疑的收件人
          mailshot settle my-campaign ada@example.org --sent  她已经收到
          mailshot settle my-campaign --all --unsent  谁也没有收到，下次发送时再发
help-settle-argument-whom = 群发任务（默认：当前文件夹），后面是收件人的地址或标识
help-settle-option-sent = 他们已经收到：算作已接收
help-settle-option-unsent = 他们没有收到：下次发送时再发
help-settle-option-all = 所有存疑的收件人和抄送
help-settle-option-copy = 只处理抄送和密送给这个地址的邮件

## inbox

help-inbox = 把退信、回复和退订请求收取到发送记录中
    .after =
        收到退信的收件人在报告中的状态是 bounced。地址失效、投诉和退订请求，如果有邮件识别码为凭，就加入退订名单；其余的会列出，等待 --confirm。每封邮件有一个编号，读取多少次都只算一次。邮箱不会改动。

        示例：
          mailshot inbox --from-mbox bounces.mbox --look my-campaign  先看看会做什么
          mailshot inbox --from-mbox bounces.mbox my-campaign  收取
          mailshot inbox --undo k3fq7a my-campaign  撤销一封邮件造成的改动

        退出码：
          0  已收取；对不上的邮件已列出
          1  有些邮件无法读取，已列出名称
          2  什么都没有读取，需要先作修改
          4  另一个运行占用了群发任务：请稍后再试
help-inbox-option-from-mbox = 读取这个邮箱文件、Maildir、存有 .eml 文件的文件夹或 .eml 文件
help-inbox-option-no-campaign = 不针对群发任务，只说明每封邮件是什么
help-inbox-option-server = 读取这台收信服务器上的邮箱：imaps://、imap://（STARTTLS）、pop3s:// 或 pop3://（STLS）
help-inbox-option-user = 邮箱的登录名
help-inbox-option-password-env = 从这个环境变量读取它的密码
help-inbox-option-look = 显示会做什么，不作任何改动
help-inbox-option-undo = 撤销这个编号的邮件造成的所有改动；可以重复
help-inbox-option-confirm = 停止向这个编号的邮件提到的地址发送；后面可以跟几个编号
help-inbox-option-events = 以 JSON 对象输出每封邮件和结果，每行一个

## purge

help-purge = 清除以前群发的收件人数据，保留总数
    .after =
        收件人、名单行和每次尝试会从发送记录里删除，最近一次群发的报告也会删除。预演和沙箱写出的邮件在 results/ 里，请自己删除。
help-purge-option-older-than = 结束时间早于这个时长的群发，例如 90d
help-purge-option-mailing = 某一次群发的序号，从 1 起

## unsubscribe

help-unsubscribe = 管理退订名单，对所有群发任务有效
    .after =
        名单上的地址不会收到任何任务的邮件，报告里显示为 suppressed。名单是文件 ~/.local/state/mailshot/suppressed.csv（或在文件夹 MAILSHOT_STATE 里）。只对一个任务有效的名单另外放一个文件：在任务文件的 `[recipients]` 下面写 `suppress = ["unsubscribed.csv"]`。
help-unsubscribe-argument-who = 要加入的地址或退订标识码；@example.org 表示这个域名的所有人
help-unsubscribe-option-remove = 把它们从名单中删除
help-unsubscribe-option-list = 以 CSV 输出名单

## login

help-login = 在发信服务器上试用密码，把密码和发信服务器保存下来，供所有任务使用
help-login-argument-relay = 任务或个人设置中某个发信服务器的名称；加上 --user 时也可以是 163 这样的预设，或 smtps://HOST，随后会写入个人设置
help-login-option-user = 登录发信服务器的用户名（默认：已为它写明的用户名）

## dkim

help-dkim = 生成 DKIM 签名的密钥，并输出它的 DNS 记录
help-dkim-new = 生成密钥，并输出它的 DNS 记录
help-dkim-record = 输出已有密钥的 DNS 记录
help-dkim-option-domain = 发件人地址的域名
help-dkim-option-selector = 密钥在这个域名下的名称（默认：mailshot 加上月份）
help-dkim-new-option-type = 密钥的种类
help-dkim-value-type-rsa = 所有收信方都能验证
help-dkim-value-type-ed25519 = 更短，有的收信方不能验证
help-dkim-new-option-output = 存放私钥的文件，不能是已有的文件
help-dkim-record-argument-file = 私钥文件

## explain

help-explain = 解释一个代码：是什么意思，为什么重要，该怎么做
    .after =
        示例：
          mailshot explain unused-column  检查发现的问题
          mailshot explain in_doubt  收件人的状态
          mailshot explain relay_down  summary.json 里的原因
          mailshot explain 4  退出码
help-explain-argument-codes = 要解释的代码（默认：列出所有代码）

## sandbox

help-sandbox = 运行测试用的邮件服务器，保留每封邮件，不投递
help-sandbox-option-listen = 监听的地址和端口
help-sandbox-option-output = 存放邮件的文件夹（默认：不保留）

## completions

help-completions = 输出补全脚本，让命令行自动补全命令和选项
    .after =
        示例：
          mailshot completions bash > ~/.local/share/bash-completion/completions/mailshot  用于 bash
          mailshot completions fish > ~/.config/fish/completions/mailshot.fish  用于 fish
          mailshot completions powershell >> $PROFILE  用于 PowerShell
help-completions-argument-shell = 使用的命令行环境
help-completions-value-shell-bash = Bash
help-completions-value-shell-elvish = Elvish
help-completions-value-shell-fish = fish
help-completions-value-shell-powershell = PowerShell
help-completions-value-shell-zsh = Zsh：把脚本存为 $fpath 里的 _mailshot

## man

help-man = 输出手册页，或写出所有命令的手册页
    .after =
        示例：
          mailshot man | man -l -  阅读 mailshot 的手册页
          mailshot man ~/.local/share/man/man1  安装所有手册页，供 `man mailshot-send` 查看
help-man-argument-dir = 存放所有手册页的文件夹（默认：只输出 mailshot 的手册页）
help-man-written =
    { $pages ->
       *[other] { $pages } 个手册页写入了 { $dir }。阅读其中一页：`man { $example }`
    }
help-man-unwritten = 手册页无法写到 { $path }：{ $why }
