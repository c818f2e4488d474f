### What `message` says.

message-attachment-unusable = 附件 `{ $path }` 无法使用：{ $why }
message-picture-unusable = 图片 `{ $path }` 无法使用：{ $why }
message-attachment-unusable-in-row = 这一行的附件 `{ $path }` 无法使用：{ $why }
message-picture-unusable-in-row = 这一行的图片 `{ $path }` 无法使用：{ $why }
message-file-missing = 文件不存在
message-file-missing-hint = 请检查文件名；任务文件中的路径从它所在的文件夹算起；写上 `optional = true` 则允许缺少文件
message-file-no-name = 文件名是空的
message-file-no-name-hint = 请填写这个单元格，或在 `path` 旁写 `optional = true`
message-file-outside = 它在任务文件夹之外
message-file-outside-hint = 请把文件移到任务文件夹里，或指明存放这类文件的文件夹：attach_root = "…"；单元格不能引用别处的文件
message-file-not-regular = 它不是普通文件
message-file-not-regular-hint = 请附上文件，不能是文件夹或设备
message-file-no-picture = 它不是图片
message-file-no-picture-hint = 请另存为 PNG、JPEG 或 GIF，再写上那个文件
message-picture-near-hint = 是不是 `{ $near }`？
message-embedded-missing-hint = 请把图片放在 HTML 文件旁边，或放进任务文件夹；路径从那里算起：src="images/logo.png"
message-embedded-outside-hint = 请把图片复制到任务文件夹里，并写上从那里算起的路径：src="images/logo.png"
message-embedded-stays-hint = 请写一张所有收件人都可以看的图片
message-file-too-large = 它超过 { $most } MiB，没有发信服务器会接收
message-file-too-large-hint = 请放到网上，在邮件中写链接
message-file-unreadable = { $why }
message-file-unreadable-hint = 请检查文件的权限
message-file-secret-hint = 请去掉它：密钥只给别人公钥部分，密码不给任何人
message-file-stays-hint = 请从单元格中去掉它；发给所有人的文件写在任务文件里：attach = ["…"]
message-attachment-name = `{ $name }`（来自 `{ $template }`）不能作为这一行附件的文件名
message-attachment-name-hint = 文件名不能为空，不能有换行和斜杠，最多 { $most } 个字符
message-attachment-file-name = 这一行的附件 `{ $path }` 的文件名不能写进邮件
message-attachment-file-name-hint = 请给文件改名

message-body-control = 这一行的正文含有控制字符 { $character }
message-body-control-hint = 请从单元格（或模板）中去掉它：邮件程序显示不了
message-body-control-meant-hint = 单元格的内容可能应为 `{ $meant }`：请改成这样
message-markdown-nested = 这一行的 Markdown 中，引用或列表嵌套超过 { $most } 层（在 { $file } 中）
message-markdown-nested-hint = 请找以很多 > 或 - 开头的行，可能是循环写出来的
message-no-language = 这一行没有 `{ $column }`，也没有供这种行使用的 { $file }
message-no-file-of-language = 没有语言 `{ $language }` 的 { $file }
message-languages-hint = 已有的语言：{ $known }；不带语言的 { $file } 供其他语言使用
message-token-column = {"{{"} token {"}}"} 在这里表示退订标识码，而 { $file } 也有一列叫“token”
message-token-column-hint = 请给这一列改名；要填这一列的内容，写 {"{{"} row['token'] {"}}"}

message-header-control = 这一行的 `{ $name }` 含有换行或其他控制字符：`{ $value }`
message-header-control-hint = 邮件头只能是一行；请从单元格或模板中去掉换行
message-header-no-address = `{ $value }` 不是邮箱地址，而 { $name } 需要地址
message-header-no-address-hint = 请写 { $name } = "Ada <ada@example.org>"
message-header-not-ascii = `{ $value }` 不能用作 { $name }：这个邮件头由程序读取，只能用 ASCII 字符
message-header-not-ascii-hint = 请写标准规定的词，例如 Importance 写 "high"，Content-Language 写 "zh-CN"
message-header-no-uri = `{ $value }` 不能用作 { $name }：地址要放在尖括号里
message-header-no-uri-hint = 请写 { $name } = "<https://uni.example/list>"，或 "<mailto:list@uni.example>"
message-header-no-list-id = `{ $value }` 不能用作 { $name }
message-header-no-list-id-hint = 请写 "Course news <course-news.uni.example>"（RFC 2919）
message-header-no-message-id = `{ $value }` 不是 Message-ID，而 { $name } 需要它
message-header-no-message-id-hint = 请写 { $name } = "<1234@uni.example>"
message-header-no-date = `{ $value }` 不是 { $name } 可用的日期
message-header-no-date-hint = 请写 2026-12-01 09:00（UTC），或带时差：2026-12-01T09:00+01:00

message-unsubscribe-url = `{ $text }`（来自 `unsubscribe.url`）不是网址
message-unsubscribe-not-https = `{ $text }`（来自 `unsubscribe.url`）不以 https:// 开头，而一键退订必须如此（RFC 8058）
message-unsubscribe-url-hint = `url` 要给出完整的网址；查询参数中的单元格内容会自动编码：https://uni.example/leave?e={"{{"} email {"}}"}
message-unsubscribe-mailto = `{ $text }`（来自 `unsubscribe.mailto`）不是邮箱地址
message-unsubscribe-mailto-hint = 请写 mailto = "leave@uni.example"；后面可以带主题："leave@uni.example?subject={"{{"} token {"}}"}"

message-gate-line-end = 邮件第 { $line } 行以单独的 CR 或 LF 结尾
message-gate-nul = 邮件含有 NUL 字节
message-gate-long-line = 邮件第 { $line } 行有 { $octets } 个字节，最多允许 998 个
message-gate-header-control = 邮件头第 { $line } 行含有控制字符
message-gate-dot = 有一行以句点开头，会使邮件提前结束
message-gate-incomplete = 邮件不完整
message-gate-hint = 这一行的主题、姓名或邮件头太长，或含有邮件不允许的内容

message-not-signed = 邮件无法签名：{ $why }
message-library-failed = 程序库出错
message-key-none = 其中没有私钥；密钥是 -----BEGIN PRIVATE KEY----- 和 -----END PRIVATE KEY----- 之间的文本
message-key-public = 这是公钥，应放在 DNS 里；签名要用私钥
message-key-encrypted = 密钥有口令保护；去掉口令请运行：openssl pkey -in KEY -out dkim.pem
message-key-kind = 这是别种用途的密钥；签名使用 RSA 或 Ed25519
message-key-short = RSA 密钥太短；请用 2048 到 4096 位，2048 位到处都能验证
message-key-long = RSA 密钥太长；请用 2048 到 4096 位，2048 位到处都能验证
message-key-damaged = 密钥已损坏：{ $why }
message-key-not-made = 无法生成密钥（{ $own }）
message-key-no-end = 缺少最后一行 -----END PRIVATE KEY-----
message-key-no-base64 = BEGIN 和 END 之间的文本不是 base64
message-key-parts = 各部分不相符
message-key-other = 内容无法读取（{ $own }）

# 日历文件：属性名保持原样。
message-at-line = { $what }（{ $line }）
message-calendar-nothing = 这一行的日历文件是空的
message-calendar-outline-hint = 请写 BEGIN:VCALENDAR、各个事件、END:VCALENDAR
message-calendar-second = 日历文件中有第二个 VCALENDAR，而一封邮件只能有一个
message-calendar-begins-with = 日历文件以 BEGIN:{ $word } 开头，而不是 BEGIN:VCALENDAR
message-calendar-ends-other = END:{ $word } 出现时，BEGIN:{ $open } 还没有结束
message-calendar-ends-other-hint = 请在它前面写 END:{ $open }
message-calendar-ends-nothing = END:{ $word } 前面没有 BEGIN:{ $word }
message-calendar-ends-nothing-hint = 请去掉它，或在开始处写 BEGIN:{ $word }
message-calendar-outside = 日历文件在 BEGIN:VCALENDAR 和 END:VCALENDAR 之外有 { $name }
message-calendar-never-ended = BEGIN:{ $name } 没有结束
message-calendar-never-ended-hint = 请在后面写 END:{ $name }
message-calendar-no-event = 日历文件中没有事件：BEGIN:VCALENDAR 和 END:VCALENDAR 之间没有 BEGIN:VEVENT
message-calendar-no-event-hint = 请写 BEGIN:VEVENT、DTSTART:20261201T090000Z、SUMMARY:Lecture、END:VEVENT，各占一行
message-calendar-method = 日历文件的 METHOD 是 `{ $method }`
message-calendar-method-hint = 可用的值：REQUEST（邀请）、PUBLISH（不需要答复）、CANCEL、REPLY
message-calendar-event-lacks = 事件缺少 { $name }
message-calendar-task-lacks = 待办事项缺少 { $name }
message-calendar-lacks-start-hint = DTSTART 是开始时间：请写 DTSTART:20261201T090000Z，或 DTSTART;TZID=Europe/Vienna:20261201T100000
message-calendar-reply-hint = 答复（METHOD:REPLY）要有所答复事件的 UID 和 ORGANIZER，以及 ATTENDEE;PARTSTAT=ACCEPTED:mailto:…
message-calendar-same-uid = 两个事件的 UID 相同（`{ $uid }`）：日历程序只显示其中一个
message-calendar-same-uid-hint = 请给每个事件不同的 UID，例如 UID:{"{{"} id {"}}"}-2@uni.example，或去掉 UID 行
message-calendar-twice = 事件有两个 { $name }
message-calendar-twice-hint = 请去掉其中一个；第二个事件要有自己的 BEGIN:VEVENT
message-calendar-line = 日历文件在 `{ $text }` 处无法读取
message-calendar-line-hint = 一行写作 NAME:value；长文本的下一行以空格开头，其中的 \n 表示换行
message-calendar-name-hint = 一行以属性名开头，例如 SUMMARY: 或 DTSTART;TZID=Europe/Vienna:
message-calendar-parameter-hint = `;` 之后是参数 NAME=value，然后是值前面的 `:`
message-calendar-quote-hint = 这个引号没有闭合
message-calendar-shape-hint = 一行写作 NAME;PARAMETER=value:value
message-calendar-after-quote-hint = 右引号之后应为 `:`、`;` 或 `,`
message-calendar-time-alone = `{ $value }` 只有时间没有日期，而 { $name } 两者都要
message-calendar-time-alone-hint = 请在前面写上日期列，例如 { $name }:{"{{"} date {"}}"}T{"{{"} time {"}}"}
message-calendar-day-alone = `{ $value }` 只有日期没有时间，而 { $name } 后面应有时间
message-calendar-day-alone-hint = 全天事件请写 { $name };VALUE=DATE:；或在日期后写上时间，例如 {"{{"} date {"}}"}T{"{{"} time {"}}"}
message-calendar-day-with-time = `{ $value }` 带有时间，而 { $name } 因 VALUE=DATE 是全天
message-calendar-day-with-time-hint = 请去掉 ;VALUE=DATE，或只写日期，例如 { $name };VALUE=DATE:{"{{"} start | date(format="%Y%m%d") {"}}"}
message-calendar-two-dates = `{ $value }` 可能是 { $one } 或 { $other }，而 { $name } 需要确定是哪一天
message-calendar-two-dates-hint = 请把年份写在前面（{ $one } 或 { $other }），或在工作簿中把单元格设为日期格式
message-calendar-short-year = 无法确定 `{ $value }` 的年份，而 { $name } 需要它
message-calendar-short-year-hint = 年份请写四位数字，例如 2026-03-09
message-calendar-empty = { $name } 是空的
message-calendar-empty-hint = 请填写，例如 2026-12-01 09:00；没有时间的行要省去这一行，请写：{"{%"} if start %{"}"}{ $name }:{"{{"} start {"}}"}{"{%"} endif %{"}"}
message-calendar-no-date = `{ $value }` 不是 { $name } 可用的日期
message-calendar-no-date-hint = 请在单元格中写 2026-12-01 09:00，或在模板中写 { $name }:20261201T090000Z（Z 表示 UTC；{ $name };TZID=Europe/Vienna: 指定别的时区）
message-calendar-no-number = `{ $value }` 不是 { $name } 可用的数字
message-calendar-no-number-hint = 请写 { $low } 到 { $high } 之间的整数
message-calendar-geo = `{ $value }` 不是 GEO 可用的位置
message-calendar-geo-hint = 请写纬度和经度：GEO:48.2082;16.3738
message-calendar-no-word = `{ $value }` 不是 { $name } 可用的值
message-calendar-no-word-hint = 可用的值：{ $words }
message-calendar-line-break = { $name } 中有换行：`{ $value }`
message-calendar-line-break-hint = 请在单元格中只写一行
message-calendar-address-line-break = { $name } 的地址中有换行：`{ $value }`
message-calendar-address-line-break-hint = 请在单元格中只写一个地址
message-calendar-url = `{ $value }` 不是完整的网址，而 { $name } 需要完整的网址
message-calendar-url-hint = 请写带 https:// 的完整网址；没有就把单元格留空
message-calendar-no-address = `{ $value }` 不是 { $name } 可用的地址
message-calendar-no-address-hint = 请只写地址：{ $name }:mailto:ada@example.org；姓名写在前面：{ $name };CN="Ada":mailto:ada@example.org
message-calendar-rule-hint = 请写 RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10，或用 ;UNTIL=20261231T225959Z 代替 COUNT
message-calendar-rule-part = `{ $part }` 不是重复规则的组成部分
message-calendar-rule-twice = 重复规则中有两个 { $name }
message-calendar-rule-freq = 重复规则 `{ $rule }` 缺少 FREQ
message-calendar-rule-both = 重复规则同时有 COUNT 和 UNTIL
message-calendar-rule-ends = 重复规则的结束（UNTIL）早于事件的开始（DTSTART）
message-calendar-end-and-duration = 事件同时有 { $end } 和 DURATION
message-calendar-end-and-duration-hint = 请去掉其中一个
message-calendar-whole-day = 全天
message-calendar-floating = 不带时区的时间
message-calendar-in-zone = 带时区的时间
message-calendar-two-kinds = { $end } 是{ $ends }，而 DTSTART 是{ $starts }
message-calendar-two-kinds-hint = 请用同一种写法：DTSTART:20261201T090000Z 和 { $end }:20261201T103000Z，或两者都用 VALUE=DATE
message-calendar-ends-before = { $end }（{ $ends }）早于 DTSTART（{ $starts }）
message-calendar-ends-before-hint = 事件的结束要晚于开始：请检查这两个单元格，或这两行
message-calendar-negative = DURATION 是 { $duration }，而事件的结束要晚于开始
message-calendar-negative-hint = 请写 PT1H30M
message-calendar-hours-of-days = DURATION 是 { $duration }，而事件是全天的
message-calendar-hours-of-days-hint = 请写 P1D，或给 DTSTART 写上时间
message-calendar-no-day = { $name } 中没有日期
message-calendar-no-day-hint = 请写 2026-12-08, 2026-12-15；或去掉这一行
message-calendar-days-and-times = { $name } 中既有 { $one } 又有 { $other }，两者不是同一类
message-calendar-days-and-times-hint = 请全部写成日期，或全部写上时间
message-calendar-no-zone = 没有时区 `{ $zone }`
message-calendar-no-zone-hint = 请写 IANA 数据库中的名称，例如 TZID={ $near }；或把文件自带的 VTIMEZONE 放在事件之前
message-calendar-no-duration = `{ $value }` 不是时长，而 { $name } 需要时长
message-calendar-no-duration-hint = 一个半小时写 PT1H30M，90 分钟写 PT90M，一天写 P1D；来自某一列：{ $name }:PT{"{{"} minutes {"}}"}M

message-key-fails = 密钥无法签名（{ $own }）
