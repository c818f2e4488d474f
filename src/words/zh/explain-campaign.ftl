### 任务与模板

explain-group-campaign = 任务与模板
    .about = 任务文件、模板以及它们引用的文件中的错误。只要还有一个，就什么都不会发出。

explain-campaign-file =
    .title = 任务文件或选项中有 mailshot 无法使用的内容
    .means = 某个键不认识、缺少，或者值的格式不对。提示会显示 `mailshot.toml` 中的那一行，或者指出是哪个选项。
    .why = 只看懂一部分的任务，mailshot 不会发送：没看懂的那部分可能正是关键。
    .do =
        改正显示出来的那一行，下面的提示说明那里可以写什么。然后重新检查：
          mailshot check

explain-template =
    .title = 模板无法读取或无法填写
    .means = 文件不存在，或者不是 UTF-8 文本；或者其中的标记不完整、不认识；或者过滤器收到了它无法处理的值。提示会显示具体位置。
    .why = 至少有一位收件人的邮件无法生成，因此什么都不会发出。
    .do =
        在显示的位置改正模板。值、条件，以及当作普通文字的大括号，这样写：
        {"  {{ name }}"}
        {"  {% if name %}{{ name }} 同学{% endif %}"}
        {"  {{ \"{{\" }}"}

explain-empty-template =
    .title = 模板文件是空的
    .means = 任务指定为正文、HTML 或 Markdown 的文件里只有空白。
    .why = 每位收件人都会收到一封空邮件。常见的原因是文件没有保存，或者本来想用另一个文件。
    .do =
        把邮件内容写进这个文件，或者在 [message] 下写上正确的文件：
          text = "notice.txt"

explain-template-size =
    .title = 某一行的模板写出的内容太多
    .means = 一封邮件的模板写出的内容超过了 mailshot 的上限（32 MiB），或者中间过程占用太多，或者 Markdown 的引用、列表嵌套得太深。
    .why = 没有人真想要这样的邮件：通常是循环里套了循环，或者一个值在循环里不断与自己拼接。
    .do =
        检查指出的模板里的循环，并用显示的那一行来预览：
          mailshot preview --row 17

explain-template-time =
    .title = 某一行的模板用时太长
    .means = 一封邮件过了 60 秒还没有生成，mailshot 就在这里结束检查。
    .why = 其他行也会这样，几百行的群发要花好几个小时。
    .do = 在指出的模板里找循环中的循环。各行都一样的内容，直接写成模板里的文字。

explain-unknown-column =
    .title = 某个名称在表格里没有对应的列，或者对应好几列
    .means = 模板、条件或任务文件里写的列名，表格里没有；或者有好几列都叫这个名称。
    .why = 遇到不认识的名称，mailshot 绝不会留空：那样每个人收到的邮件都会缺一块。
    .do =
        按表格里的写法写列名。下面的命令会列出所有的列，以及在模板里怎么写：
          mailshot columns .
        同名的两列，用列的字母来区分：
        {"  {{ column_B }}"}

explain-two-meanings =
    .title = 一个名称既是列名，又是 mailshot 自己的名称
    .means = 表格里有一列与 mailshot 的变量同名（`row`、`rows`、`row_number`、`campaign`、`token`、`verp`、`bounce`），或者与模板语言的词同名（`not`、`in`）。
    .why = mailshot 不知道指的是哪一个，猜错的话每封邮件都是错的。
    .do =
        要用单元格的值，把列名写在方括号里：
        {"  {{ row['campaign'] }}"}
        要用 mailshot 自己的值，请在表格里给这一列换个名称。

explain-whole-row =
    .title = 模板把整行内容或收件人的全部信息写进了邮件
    .means = `{"{{ row }}"}`、`{"{{ rows }}"}` 这样的标记不是某一列的值，而是所有单元格。
    .why = 只给自己看的内容，例如备注、别人的成绩，会随邮件发出去。
    .do =
        写明要用哪一列。要遍历同一封邮件的各行：
        {"  {% for r in rows %}{{ r.course }} {% endfor %}"}

explain-token-column =
    .title = 表格里有一列叫 `token`，而退订地址用到了 `{"{{ token }}"}`
    .means = 在 `unsubscribe` 里，`{"{{ token }}"}` 是退订标识码，mailshot 靠它知道是谁退订。表格里恰好有一列同名。
    .why = 如果填进去的是单元格而不是退订标识码，就没有人能退订，或者退订的是别人。
    .do =
        在表格里给这一列换个名称。如果确实要用单元格的值，这样写：
        {"  {{ row['token'] }}"}

explain-group-differs =
    .title = 同一封邮件的各行，在只能有一个值的地方值不相同
    .means = `group_by` 把几行合成一封邮件。模板、地址或主题用到的某一列，在这几行里各不相同。
    .why = mailshot 不会随便选一个值，否则其余的值会悄悄丢失。
    .do =
        用循环把所有的值都写出来：
        {"  {% for r in rows %}{{ r.course }} {% endfor %}"}
        或者让每个值各有一封邮件，写在 [recipients] 下：
          group_by = ["email", "course"]

explain-no-earlier-mailing =
    .title = 条件要看上一次群发的结果，而结果不存在
    .means = `where` 里写了 `mailshot_status` 或报告中的其他列，而这次群发是第一次，或者上一次群发的收件人记录已清除。
    .why = 这时谁都没有状态，条件会一个人也选不中，或者选中所有人。
    .do =
        第一次群发不要写这个条件。要再次写信给其中一部分收件人，就开始一次新的群发：
          mailshot send --new --where "mailshot_status == 'deferred'"

explain-no-status =
    .title = 条件把 mailshot_status 与不是状态的词比较
    .means = `mailshot_status ==` 后面（或 `in` 后面的列表里）的词不是报告中的状态。
    .why = 没有人是这个状态，条件会一个人也选不中，或者选中所有人。
    .do =
        写这些状态之一：pending、accepted、rejected、deferred、in_doubt、invalid、suppressed、duplicate、bounced。上一次群发中没有的收件人，状态为空：
          mailshot send --new --where "mailshot_status == ''"

explain-yes-or-no =
    .title = 无法判断单元格是“是”还是“否”
    .means = 某个条件或 `_skip` 列要的是“是”或“否”，而这一列里除了回答（是、否）还有别的词。
    .why = 这些词里也许有一个在你看来就是“是”或“否”。猜错了，就会把邮件发给不该收到的人。
    .do =
        在模板里写明指的是哪些单元格，或者让这一列只写“是”和“否”：
        {"  {% if paid == '是' %}…{% endif %}"}

explain-attachment =
    .title = 附件或图片无法附上
    .means = 文件不存在、无法读取、太大、不在任务文件夹里，或者是单元格不能指定的文件，例如密钥、密码文件；也可能是它在邮件里的名称不能当文件名。
    .why = 缺了附件的邮件没有用处，还常常让人难堪。因此什么都不会发出。
    .do =
        把文件放到提示所说的位置，或者改正文件名。如果有些行本来就没有文件，在 [message] 下写明：
        {"  attach = [{ path = \"letters/{{ id }}.pdf\", optional = true }]"}
        如果这次先不发给这些行：
          mailshot send --skip-invalid

explain-header-value =
    .title = 某个邮件头的值不合规定
    .means = 你在任务里自己写的邮件头（例如 `List-Id`、`In-Reply-To`）有固定的格式，而这一行填出来的值不符合。
    .why = 邮件程序和垃圾邮件过滤器读不懂的邮件头会被忽略，或者成为扣分的理由。
    .do =
        改正 [message] 下的值，或者填进去的单元格。指向网页的邮件头这样写：
        {"  headers = { \"List-Help\" = \"<https://uni.example/help>\" }"}

explain-control-character =
    .title = 主题、姓名或邮件头里有换行或控制字符
    .means = 邮件头只有一行。填进去的单元格或模板里有换行、制表符或别的看不见的字符。
    .why = 有了换行，单元格就能自己添加邮件头和收件人。这样的邮件 mailshot 一封也不放行。
    .do =
        把显示的单元格里的换行去掉。在表格软件里，这个公式可以得到干净的内容：
          =CLEAN(A2)

explain-unsubscribe-address =
    .title = 某一行的退订地址无效
    .means = `unsubscribe.url` 或 `unsubscribe.mailto` 在这一行得到的不是网址或邮箱地址。一键退订还必须用 https://。
    .why = 邮件程序里的退订按钮会失效。退不掉的人往往会举报垃圾邮件。
    .do =
        在 [message] 下写完整的地址，其中的值会自动编码：
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}

explain-calendar =
    .title = 某一行的日程邀请无效
    .means = `calendar` 指定的日历文件填入这一行的值以后，其中的日期、时区、规则或属性是日历程序读不懂的。
    .why = 收件人会看不到日程，或者看到错误的时间。
    .do =
        改正显示的那一行或那个单元格。不会有歧义的日期写法：
        {"  DTSTART;TZID=Asia/Shanghai:{{ start | iso }}"}

explain-gate =
    .title = 生成的邮件里有邮件不能含有的内容
    .means = 邮件发出之前，mailshot 会再看一遍它的字节：每行以 CR LF 结尾、最多 998 个字节，邮件头里没有控制字符。这封邮件没有通过。
    .why = 发信服务器会拒绝这样的邮件，或者把它在错误的地方截断。
    .do = 检查显示的那一行的主题、姓名和邮件头：其中一个太长，或者有看不见的字符。如果找不到原因，请把显示的内容作为程序缺陷报告。

explain-row =
    .title = 处理某一行时程序库出错
    .means = mailshot 使用的程序库在生成这一行的邮件时出错。其他行不受影响。
    .why = 这一行的邮件无法生成。
    .do =
        看看这一行有没有特殊字符，并报告这个缺陷。在解决之前先跳过这一行：
          mailshot send --skip-invalid

explain-other =
    .title = 没有专用代码的问题
    .means = 显示的那句话已经说明了一切。这类问题很少见：退订名单无法读取、缺少签名用的密钥、正文里有控制字符、发送途中名单被改动。
    .why = 程序无法靠代码区分这些问题，只能看那句话。
    .do = 按问题下面的提示去做。
