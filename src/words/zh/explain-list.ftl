### 收件人名单

explain-group-list = 收件人名单
    .about = 收件人名单：整个文件、各行以及单元格的内容。

explain-recipients-file =
    .title = 名单无法读取，或者没能读到末尾
    .means = 文件不存在、损坏、有密码保护、是空的，或者根本不是表格（例如网页、PDF）；也可能是某个引号打开以后没有关闭。作为警告时：`delimiter` 之类的设置不适用于这种文件，被忽略。
    .why = 名单只读到一部分，就会有人收到邮件、有人收不到。
    .do =
        按提示去做。大多数情况下，用表格软件打开名单，另存为“CSV UTF-8”或 .xlsx 就能解决。看看 mailshot 从中读到了什么：
          mailshot columns students.csv

explain-encoding =
    .title = 名单的编码无法确定
    .means = 文件不是 UTF-8，用好几种编码都能读出通顺的文字。提示里列出了每种编码读出来的样子。
    .why = 编码选错了，每封邮件里的姓名都会是乱码。
    .do =
        把读起来正确的编码写在 [recipients] 下，或者把名单另存为“CSV UTF-8”：
          encoding = "gb18030"

explain-header =
    .title = 无法确定哪一行是列名
    .means = 第一行没有列名；或者它看起来是表格上方的标题，列名似乎在下面某一行。
    .why = 模板靠这一行找到列。行认错了，填进邮件的内容就全错了。
    .do =
        在 [recipients] 下写明列名在第几行：
          header_row = 3

explain-sheet =
    .title = 工作簿里没有这个工作表
    .means = `sheet` 写的工作表在工作簿里不存在。提示里列出了所有工作表。
    .why = mailshot 不会改用别的工作表：那里可能是另一批人的名单。
    .do =
        在 [recipients] 下写工作表的名称或序号：
          sheet = "Week 9"

explain-query =
    .title = 数据库无法执行查询
    .means = 查询语句有错、会修改数据、用时太长，或者数据库有好几张表却没有写查询；也可能名单根本不是数据库。
    .why = 没有查询结果就没有收件人。mailshot 从不修改数据库，所以只能用只读的语句。
    .do =
        在 [recipients] 下写一条 select 语句，每位收件人一行：
          query = "select email, name from people"

explain-number-format =
    .title = 有些单元格显示的历法 mailshot 不换算
    .means = 工作表用一种 mailshot 不认识的历法或年号显示这些日期。邮件里会写成 2026-03-09 的形式。
    .why = 收件人看到的日期与你在表格里看到的写法不同。
    .do = 如果这样没有问题，什么都不用做。否则在表格里把这些日期写成文本。

explain-unticked-rows =
    .title = 只有未勾选复选框的行被跳过
    .means = 这些行除了 FALSE 什么都没有，通常是复选框一直拉到了名单下面。mailshot 把它们当作空行。
    .why = 如果其中某一行本来是收件人，这个人就收不到邮件。
    .do = 删除名单下面的复选框。如果某一行确实是收件人，请填上邮箱地址。

explain-below-table =
    .title = 表格下方的行被跳过
    .means = 这些行前面有空行，没有邮箱地址，填写的单元格不到列数的一半，后面也没有名单的其他行。mailshot 把它们当作合计、备注或落款。
    .why = 如果其中某一行本来是收件人，这个人就收不到邮件。
    .do = 如果某一行是收件人，请填上邮箱地址。否则什么都不用做。

explain-stray-cells =
    .title = 表格旁边的单元格被忽略
    .means = 这些单元格位于最后一个有名称的列的右边。
    .why = 模板用不到它们。它们可能只是备注，也可能是忘了写列名的一列。
    .do = 如果它们属于名单，在列名那一行给这一列写上名称。否则什么都不用做。

explain-ragged-row =
    .title = 某一行的单元格数与列数不符
    .means = 文件的这一行里，单元格的个数与列名的个数不同。常见的原因是某个值里含有分隔符，却没有用引号括起来。
    .why = 这一行的单元格错位了：姓名会跑到邮箱地址的位置上。
    .do =
        用引号把这个值括起来，或者用表格软件重新保存名单：
          "Smith, Ada",ada@example.org
        如果这次先不发给这些行：
          mailshot send --skip-invalid

explain-not-text =
    .title = 某个单元格在名单的编码里不是文字
    .means = mailshot 用一种编码读取整个名单，而这个单元格的字节在该编码里没有意义。
    .why = 邮件里这一处会是乱码。
    .do =
        重新填写这个单元格，把名单另存为“CSV UTF-8”。如果整个名单是另一种编码，在 [recipients] 下写明：
          encoding = "gb18030"

explain-not-json =
    .title = 名单里有一行或一个值不是有效的 JSON
    .means = 名单是 JSON 格式，而其中的这一行、这个对象或这个值不完整，或者写法不符合 JSON。
    .why = 这一行没有值，不能作为收件人。其他行不受影响。
    .do =
        改正这一行。每行是一个对象：
        {"  {\"email\": \"ada@example.org\", \"name\": \"Ada\"}"}

explain-duplicate-key =
    .title = 名单里有一个对象出现了两个相同的键
    .means = 名单是 JSON 格式，其中一个对象把同一个键写了两次，值可能不同。
    .why = 无法知道以哪个值为准。
    .do = 删除其中一个，或者换个名称。

explain-unreadable-cell =
    .title = 数据库里有一个值不是文本
    .means = 这个值是二进制数据（blob），或者不是 UTF-8 文本。
    .why = 邮件无法显示这样的值。
    .do =
        在查询里去掉这一列，或者把它转换成文本：
          query = "select email, name, cast(note as text) as note from people"

explain-formula-without-value =
    .title = 工作簿里有公式还没有计算
    .means = 单元格里是公式，而没有程序计算过它的值。用脚本生成的文件常常这样。
    .why = mailshot 读取公式的值，自己不计算。邮件里这一处会是空的。
    .do = 用表格软件打开工作簿并保存：所有公式都会计算出来。

explain-several-sheets =
    .title = 工作簿有多个工作表，mailshot 读取第一个
    .means = 工作簿里不止一个工作表有内容，而任务没有写明用哪一个。
    .why = 如果名单在另一个工作表，收到邮件的就是另一批人。
    .do =
        即使第一个就是对的，也请在 [recipients] 下写明：
          sheet = "Week 9"

explain-hidden-rows =
    .title = 表格里隐藏的行也照样读取
    .means = 这些行在表格软件里被筛选或手动隐藏了，但仍然在名单里。
    .why = 你在表格里看不到的人也会收到邮件。
    .do =
        删除不需要的行，或者在 [recipients] 下写条件来选择：
          where = "status != 'dropped'"

explain-hidden-columns =
    .title = 表格里隐藏的列也照样读取
    .means = 这些列有名称，但在表格软件里被隐藏了。
    .why = 模板如果用到隐藏的列，写进邮件的就是你没看过的内容，可能已经过时。
    .do = 在表格软件里取消隐藏，检查这些列；或者在模板里改用别的列。

explain-merged-cells =
    .title = 合并单元格只有第一个有值
    .means = 工作表里有合并单元格。表格软件只在第一个单元格里保存值，其余的都是空的。
    .why = 表格里看起来下面各行都有值，模板填进去的却是空白。
    .do =
        取消合并，在每一行填上值。如果合并的是列名那一行，就在 [recipients] 下把它的下一行写成列名行：
          header_row = 2

explain-no-rows =
    .title = 名单里没有收件人
    .means = 名单只有列名没有内容，或者 `where` 和 `_skip` 列把所有的行都排除了。
    .why = 没有人可以发。常见的原因是条件里的写法与单元格里的写法不一样。
    .do =
        看看单元格里到底是什么，再改正条件：
          mailshot columns .

explain-no-address-column =
    .title = 无法确定哪一列是邮箱地址
    .means = 任务没有写明邮件发给谁，而表格里没有一列像是邮箱地址，或者有好几列都像。也可能第一行就是收件人，没有列名。
    .why = 邮件发给谁，mailshot 不会去猜。
    .do =
        在 [message] 下写明：
        {"  to = \"{{ name }} <{{ email }}>\""}

explain-bad-address =
    .title = 某处应该是邮箱地址，却不是
    .means = 单元格、任务文件的某个键，或者退订名单里的某一行应该是邮箱地址，却不是：是空的、没有 @、有两个 @、中间有空格，或者点后面没有内容。
    .why = 邮件无法发到这里。如果在退订名单里，这一行所指的人反而会收到邮件。
    .do =
        改正地址。`results/faults.csv` 列出了所有有问题的行。如果这次先不发给这些行：
          mailshot send --skip-invalid

explain-duplicate-recipients =
    .title = 有些收件人出现在不止一行
    .means = 两行或更多行的邮箱地址（或 `key`）相同。提示里列出了是哪些行。
    .why = 也许同一个人会收到两封一样的邮件，也许两个人共用一个邮箱。只有你知道是哪一种。
    .do =
        同一个人要收几封不同的邮件，用其他列来区分，写在 [recipients] 下：
          key = ["email", "course"]
        同一个人的各行合成一封邮件：
          group_by = "email"
        每个人只取第一行：
          mailshot send --skip-duplicates

explain-not-a-date =
    .title = 某个单元格要当作日期来比较，却不是日期
    .means = 条件或计算把这个单元格当作日期，而它无法确定是哪一天。3/4/2026 可能在三月，也可能在四月。
    .why = 猜错的话，收到邮件的人或内容就错了。
    .do =
        在单元格里按年、月、日写，或者在工作簿里保留日期格式：
          2026-03-09

explain-not-a-number =
    .title = 模板用来计算的单元格不是数字
    .means = 显示的位置把这个单元格当作数字来加、乘或比较，而里面是别的内容。
    .why = 算不出结果，邮件里没有内容可写。
    .do =
        在单元格里写数字，例如 1234.50。如果写法是 1.234,50：
        {"  {{ paid | number(point=\",\") }}"}

explain-division-by-zero =
    .title = 模板用值为零的单元格作除数
    .means = 显示的位置用这个单元格作除数，而在这一行它是 0。
    .why = 算不出结果，邮件里没有内容可写。
    .do =
        让模板先判断：
        {"  {% if n != 0 %}{{ total / n }}{% endif %}"}

explain-empty-cell =
    .title = 模板用到的单元格是空的
    .means = 作为警告时：模板要填写这一列，而这些行里没有内容。作为错误时：模板要用这个单元格计算，或者把它转换成日期。
    .why = 收件人会读到缺了一块的句子，例如“你的教室是 。”。
    .do =
        填上单元格，或者写明没有内容时怎么写：
        {"  {{ room or \"待定\" }}"}
        {"  {% if room %}你的教室是 {{ room }}。{% endif %}"}

explain-formula-error =
    .title = 单元格里是表格软件的错误信息
    .means = 单元格里是公式出错时显示的内容（`#N/A`、`#REF!`）、还在加载时的内容（`Loading...`），或者列太窄时的 `####`。
    .why = 收件人读到的就是这些符号。
    .do = 改正公式，或者等所有的值都出来以后，重新保存名单。

explain-lost-digits =
    .title = 数字丢失了末尾几位
    .means = 单元格里的长数字（例如学号、卡号）显示成 4.2E+17 的样子。表格软件只保留了前 15 位。
    .why = 邮件里的数字是错的，而且无法从名单里恢复。
    .do = 把这一列设成文本格式，从原始来源重新录入，再保存名单。

explain-broken-text =
    .title = 文字在进入名单或模板之前就损坏了
    .means = 文字曾经用错误的编码打开并保存（`JosÃ©` 原本是 `José`），或者含有 HTML（`O&#39;Neil`）、邮件头的编码，或者有表示丢失的字符。
    .why = 收件人会看到自己的名字写错了。
    .do = 提示里写明了原来的内容，请改写到单元格里。如果损坏的单元格很多，从来源重新导出名单，存为“CSV UTF-8”。

explain-domain-typo =
    .title = 邮箱地址 @ 后面的部分像是打错了
    .means = 域名与一个众所周知的域名只差一个字母（gmial.com）、没有点、结尾不是任何域名的结尾，或者混用了两种字母。
    .why = 邮件会被退回，或者被陌生人收到。
    .do = 向收件人核实，改正单元格。如果域名没错，什么都不用做：这只是警告。

explain-look-alike =
    .title = 邮箱地址里混用了看起来一样的字母
    .means = @ 前面的部分混用了几种字母，例如在拉丁字母中间有一个西里尔字母 а。
    .why = 在计算机看来这是不同的地址。邮件会被退回，或者被别人收到。
    .do = 用同一种键盘布局重新输入地址。提示里写明了是哪一个字符。

explain-language =
    .title = `_lang` 列的值不是语言代码
    .means = `_lang` 决定这一行用哪个模板。它的值不是语言、是语言的别名，或者要的是繁体而只有简体的模板。
    .why = 收件人会收到给所有人的版本，或者用另一种字写的版本。
    .do =
        在单元格里写语言代码：
          de
          zh-Hant
