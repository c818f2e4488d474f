### What `render` says.

# 位置：{ $place } 形如 `notice.txt:3:14`。

render-unreadable = 无法读取模板 { $file }：{ $why }
render-template-path-hint = 请检查文件名；任务文件中的路径从它所在的文件夹算起
render-near-file-hint = 该文件夹中有 `{ $name }`：大小写必须完全一致
render-empty-template = 这个模板是空的
render-empty-template-hint = 请在其中写上邮件内容
render-not-utf-8 = 模板不是 UTF-8 文本（第 { $line } 行）
render-not-utf-8-hint = 请在编辑器中另存为 UTF-8
render-not-text = 从第 { $line } 行起，模板不是 { $encoding } 编码的文本
render-read-as = { $file }：按 { $encoding } 读取；如果不对，请在编辑器中另存为 UTF-8
render-encoding-unclear = 这个模板不是 UTF-8，有多种可能的编码
render-encoding-reads = 按 { $encoding } 读作：{ $words }
render-include-outside = `{ $name }` 不在任务文件夹之内
render-include-link-hint = 它是指向别处的链接；请把文件本身放在那里
render-include-path-hint = 被引用的模板要写从任务文件夹算起的路径
render-circle = 模板引用了它自己：{ $chain }
render-circle-hint = {"{%"} include %{"}"} 不能绕回它所在的模板

render-syntax = 模板在这里无法读懂（{ $own }）
render-syntax-hint = 填值写 {"{{"} name {"}}"}；条件写 {"{%"} if name %{"}"} … {"{%"} endif %{"}"}；要显示花括号本身写 {"{{"} "{"{{"}" {"}}"}
render-character-in-tag = `{ $character }` 在标签里没有意义
render-open-string = 引号里的文字没有结束
render-open-string-hint = 在文字后面写上同样的引号
render-open-tag = 这个标签的末尾没有 { $close }
render-open-block = `{ $name }` 没有对应的 {"{%"} end{ $name } %{"}"}
render-open-block-hint = 在它管的文字后面写上 {"{%"} end{ $name } %{"}"}
render-other-block = 这里写了 `{ $name }`，而 `{ $open }` 还没有结束
render-no-block = `{ $name }` 前面没有 {"{%"} { $of } %{"}"}
render-unknown-tag = 没有 {"{%"} { $name } %{"}"} 这种标签
render-unknown-tag-hint = 列写作 {"{{"} { $name } {"}}"}；标签有 {"{%"} if … %{"}"}、{"{%"} elif … %{"}"}、{"{%"} else %{"}"}、{"{%"} for … in … %{"}"}、{"{%"} set … = … %{"}"}、{"{%"} include "…" %{"}"}
render-call = 只有过滤器能改变值
render-call-hint = 把过滤器写在值的后面：name | { $name }
render-one-brace = 标签以两个花括号开头，也要以两个结尾
render-three-braces = 标签以两个花括号开头，以两个结尾
render-no-value = 这里缺少一个值
render-no-sign = `{ $name }` 写在一个值的后面，中间没有符号
render-no-sign-hint = 比较用 ==，连接文字用 ~；名称里有空格的列写作 row['First Name']
render-sign-hint = 这里要写 { $sign }
render-in-hint = 反过来用 in 写：'x' in name
render-then-hint = 条件里不写 `then`
render-block-tag-hint = `{ $name }` 要写在 {"{%"} 和 %{"}"} 之间：{"{%"} { $name } … %{"}"}
render-argument-hint = 参数写在括号里，带上名称：name | default(value="…")
render-choice-hint = 请写 {"{%"} if name %{"}"} … {"{%"} else %{"}"} … {"{%"} endif %{"}"}
render-block-hint = 请写 {"{%"} if name %{"}"} … {"{%"} endif %{"}"}
render-not-hint = 请写 not：not name，或 name != 'x'
render-name-alone-hint = 只写名称，不写这个符号
render-condition-hint = 条件写列名，再作比较：paid == 'yes' and score >= 60
render-braces-in-condition = 条件不写花括号
render-list-brackets = 列表要用方括号
render-list-brackets-hint = 请写 ['yes', 'no']
render-text-in-quotes-hint = 如果是和这几个字比较，要加引号：'{ $text }'
render-text-is-hint = 如果是和这几个字比较，请写 == '{ $text }'
render-open-comment = 这条注释没有结束
render-open-comment-hint = 注释以 #{"}"} 结束；如果 {"{"}# 是正文，请写 {"{%"} raw %{"}"}{"{"}#{"{%"} endraw %{"}"}
render-engine = 模板无法填写（{ $own }）
render-unknown-filter = 没有过滤器 `{ $name }`
render-unknown-test = 没有判断 `{ $name }`
render-unknown-function = 没有函数 `{ $name }`
render-unknown-template = 没有模板 `{ $name }`

render-unknown-column = 表格里没有“{ $name }”这一列
render-did-you-mean-hint = 是不是想写 { $near }？
render-columns-are-hint = 表格的列有：{ $columns }
render-ambiguous-column = { $n ->
    [2] 有两列都叫“{ $name }”
   *[other] 有 { $n } 列都叫“{ $name }”
}
render-ambiguous-column-hint = 请写 { $names }
render-two-meanings = `{ $name }` 在这里表示{ $ours }，而 { $file } 也有一列叫“{ $name }”
render-two-meanings-word = `{ $name }` 是模板语言的关键字，而 { $file } 也有一列叫“{ $name }”
render-two-meanings-cell-hint = 要填这一列的内容，请写 { $cell }
render-two-meanings-ours-hint = 要用{ $ours }，请在 { $file } 中给这一列改名
render-two-meanings-rename-hint = 或者在 { $file } 中给这一列改名
render-ours-row = 整行
render-ours-rows = 同一封邮件的各行
render-ours-row-number = 行号
render-ours-campaign = 群发任务的名称
render-ours-bounces = 该收件人的退信地址
render-ours-bounce = 这封邮件的识别码

render-whole-row-named = 这会把该收件人的全部资料写进邮件
render-whole-row-written = 这会把整行连同每个单元格写进邮件
render-name-the-column-hint = 请写明要用的列：{ $columns }
render-loop-column-hint = 在逐行循环 {"{%"} for r in rows %{"}"} 中，列写作 {"{{"} r.name {"}}"} 或 {"{{"} r['First Name'] {"}}"}
render-rows-differ = 同一封邮件的各行在“{ $column }”列的内容不同，而这里只能有一个值
render-rows-differ-loop-hint = 要全部列出，请写 {"{%"} for r in rows %{"}"} {"{{"} { $column } {"}}"} {"{%"} endfor %{"}"}
render-rows-differ-group-hint = 或者把这一列也写进 `group_by`：这样每个值各有一封邮件

render-writes-too-much = 这一行的模板生成了超过 { $most } MiB 的文本（在 { $file } 中）
render-needs-too-much = 这一行的模板占用的内存超过上限（在 { $file } 中）
render-takes-too-long = 这一行的模板用时超过 { $most }（在 { $file } 中）
render-too-much-hint = 请检查循环中的循环，或在循环里不断与自己拼接的文本
render-makes-too-much = 这里生成的内容太多

render-value-empty = 这个值是空的，而模板要用它计算或比较
render-value-not-a-number = `{ $value }` 不是数字
render-value-not-a-date = `{ $value }` 不是日期
render-value-unsure = “{ $column }”列既有是/否，又有别的内容
render-ask-first-hint = 先判断有没有值：{"{%"} if { $name } %{"}"} … {"{%"} endif %{"}"}
render-calculates-with-text = `{ $text }` 不是数字，而模板要用它计算
render-number-or-join-hint = 数字由数字和小数点组成，例如 1234.50；拼接文本请用 `~`
render-join-texts-hint = 拼接文本请用 `~`：{"{{"} first ~ ' ' ~ last {"}}"}
render-text-beside-number = `{ $text }` 不是数字，而模板把它与 { $number } 比较
render-text-beside-number-hint = 请写数字，用小数点，不加引号：{"{%"} if score >= 60 %{"}"}
render-too-large = 结果太大，无法计算
render-too-large-hint = 数字最多 38 位
render-divides-by-zero = 这里除以了零
render-cell-is-zero = 这个单元格是零，而 { $place } 用它作除数
render-ask-for-zero-hint = 先判断是不是零：{"{%"} if { $name } != 0 %{"}"} … {"{%"} endif %{"}"}
render-unsure-date = 无法把 `{ $text }` 确定地读作日期
render-unsure-date-in-cell = 无法把 `{ $text }` 确定地读作日期，而 { $place } 要比较它
render-unsure-date-hint = 请写成 2026-03-09（年-月-日），或在工作簿中把单元格设为日期格式
render-unsure-date-written-hint = 请写成 '2026-03-09'：年、月、日
render-unsure-yes-or-no = 无法确定“{ $column }”何时为“是”：这一列里有 `{ $answer }`（第 { $answer_row } 行）和 `{ $other }`（第 { $other_row } 行）
render-unsure-yes-or-no-hint = 请写明指哪些单元格：{"{%"} if { $name } == '{ $answer }' %{"}"} 或 {"{%"} if { $name } != '{ $answer }' %{"}"}；{"{%"} if { $name } != '' %{"}"} 表示所有非空单元格
render-only-answers-hint = 或者这一列只填“是”“否”这样的答案
render-empty-cell-calculated = 这个单元格是空的，而 { $place } 要用它计算
render-empty-cell-converted = 这个单元格是空的，而 { $place } 要把它当作日期或数字
render-empty-cell-hint = 请填写这个单元格，或先判断有没有值：{"{%"} if { $name } %{"}"} … {"{%"} endif %{"}"}
render-used-in-hint = 用在 { $place }
render-cell-not-a-number = `{ $text }` 不是数字，而 { $place } 要用它计算
render-cell-not-a-number-hint = 请在单元格中写数字和小数点，例如 1234.50
render-number-filter-hint = 1.234,50 或 1,234.50 这样的数字请用过滤器：({ $name } | number(point=","))

render-in-needs-a-list = `in` 只能查找列表和文本，而这个值的类型是 `{ $type }`
render-no-order = 类型 `{ $one }` 的值不能与类型 `{ $other }` 的值比较
render-no-attribute = 第 { $at } 项（类型 `{ $type }`）没有 `{ $path }`
render-range-backwards = `range` 的 `start` 不能大于 `end`
render-range-stands-still = `range` 的 `step_by` 不能是 0
render-range-too-long = `range` 最多生成 { $most } 个数
render-row-is-no-text = 这是整行，不是文本：请写明要用哪一列
render-rows-are-no-text = 这是多行的列表，不是文本：要写出每行的某一列，请用 {"{%"} for r in rows %{"}"} {"{{"} r.name {"}}"} {"{%"} endfor %{"}"}
render-list-is-no-text = 这是列表，不是文本：在后面加 `| join(sep=", ")` 就成为文本
render-no-length = 只有文本和列表才有长度
render-filter-brackets-hint = 过滤器只作用于紧挨在它前面的值；加括号就作用于全部：{"{{"} (fee * 2) | money {"}}"}
render-round-method = `round` 只有 ceil 和 floor 两种方式，没有 { $method }；不写时四舍五入
render-filter-needs-a-number = `{ $text }` 不是数字：请写数字和小数点，例如 1234.50；1.234,50 请用 {"{{"} … | number(point=",") {"}}"}
render-filter-needs-a-date = 无法把 `{ $text }` 确定地读作日期：请写成 2026-03-09（年-月-日），或在工作簿中把单元格设为日期格式
render-date-locale = `date` 没有参数 `locale`：月份和星期的名称是英文；其他语言请用数字，例如 format="%d.%m.%Y"
render-unknown-zone = 没有时区 { $name }
render-date-format = 日期格式 `{ $format }` 无效（{ $own }）
render-date-of-type = `date` 需要文本或整数，而这个值的类型是 `{ $type }`
render-timestamp = { $seconds } 不是有效的时间

render-types-do-not-fit = 模板无法用这些值计算或比较（{ $own }）
