### What `import` says: about a folder of mailmerge's files, which becomes a campaign.

## Files.

import-unreadable = 无法读取 { $file }：{ $why }
import-not-utf-8 = { $file } 不是 UTF-8 文本
import-not-utf-8-help = 请在编辑器中另存为 UTF-8
import-folder-help = 请写明运行 mailmerge 的文件夹；如果文件是别的名称，请复制为 { $file }
import-database-missing = 没有文件 { $file }
import-include = 未导入所包含的文件 `{ $file }`
import-include-help = 请给它单独取名，并放在模板所在的文件夹之下
import-included-help = 请把文件放在模板旁边，或删除这一行

## Headers.

import-header-missing = 模板中没有 { $header }:
import-header-missing-help = mailmerge 也需要它：请在第一个空行之上加一行 `{ $example }`
import-header-twice = 一封邮件只有一个邮件头 { $header }：这一个已忽略
import-header-twice-help = 请把两个值都写进第一个，或删除其中一个
import-several-to = mailshot 的 To 只有一个邮箱；其余的现在放在 `cc` 中
import-several-to-help = 他们会收到同一封邮件；如需各自的邮件，请给每人单独一行
import-tag-between-headers = 这个标签在邮件头之间，不属于任何一个
import-tag-between-headers-help = 请写进 mailshot.toml 中对应邮件头的值里

## Attachments.

import-attachment-empty = 这个 ATTACHMENT: 没有写文件
import-attachment-empty-help = mailmerge 会在这里停止；这里予以忽略
import-no-file = 没有文件 { $file }
import-no-file-help = 请把它放入新文件夹，命名为 { $path }
import-files-unknown = 无法确定这里指的是哪些文件，所以没有复制
import-files-unknown-help = 请把它们放入新文件夹的 { $folder }
import-rows-empty =
    { $more ->
        [0] 第 { $row } 行：这个 ATTACHMENT: 没有写文件
       *[other] 第 { $row } 行：这个 ATTACHMENT: 没有写文件（另有 { $more } 行）
    }
import-rows-empty-help = mailmerge 会在这里停止，`mailshot check` 也一样：请填写该单元格，或在 mailshot.toml 的 path = "…" 旁写 optional = true
import-rows-missing =
    { $more ->
        [0] 第 { $row } 行：没有文件 { $file }
       *[other] 第 { $row } 行：没有文件 { $file }（另有 { $more } 行）
    }
import-rows-missing-help = 发送前请把它放入新文件夹的 { $folder }
import-rows-outside =
    { $more ->
        [0] 第 { $row } 行：单元格只能写任务文件夹之下的文件，不能写 { $file }
       *[other] 第 { $row } 行：单元格只能写任务文件夹之下的文件，不能写 { $file }（另有 { $more } 行）
    }
import-rows-outside-help = 请把文件放入同一个文件夹，在单元格中写文件名；在 [message] 下用 attach_root = "…" 写明该文件夹

## The body.

import-part = 未导入这个部分（{ $kind }）
import-part-help = 请另存为单独的文件，并写进 mailshot.toml 的 `attach`
import-no-body = 这个正文中既没有文本，也没有 HTML
import-no-body-help = 请在每个部分之上写 -- 和 Content-Type 的 boundary
import-markup = 第 { $row } 行：`{ $column }` 列中有 { $kind }，会按普通字符显示，因为单元格内容会被转义
import-markup-help = 如果信任该列，请在模板中写 {"{{"} { $column } | safe {"}}"}
import-strikethrough = 这里会显示为删除线；mailmerge 则保留波浪号
import-code = 这里是代码块；mailmerge 则把它变成一行代码
import-table = 这里是表格；mailmerge 则把各行保留为文本
import-footnote = 这里是脚注；mailmerge 则保留为文本
import-list = 这里是列表；上面没有空行时，mailmerge 则保留为文本
import-nested-list = 这里是条目之内的列表；前面不足四个空格时，mailmerge 则把它并入外层列表
import-markdown-help = 如果正是这个意思，无需处理；否则请在符号前加 \

## Expressions.

import-not-jinja = 这不是有效的 Jinja2
import-not-jinja-help = 请看 mailmerge 怎么说：mailmerge --dry-run
import-truth = mailmerge 在这里输出 True、False 或 None；mailshot 输出 true、false 或什么也不输出
import-truth-help = 请写明输出什么：{"{{"} "yes" if … else "no" {"}}"}
import-escaped = mailshot 会对值进行转义，所以这些标记会按普通字符显示
import-escaped-help = 请把标记写在 {"{{"} {"}}"} 之外，或在文本后加 `| safe`
import-plus = 在 mailmerge 中 `+` 既连接文本又做加法，这里无法判断是哪一种
import-plus-help = 连接文本请写 `~`；相加则在每个数字后写 `| int` 或 `| float`
import-times = 在 mailmerge 中单元格是文本，`*` 表示重复
import-times-help = 请写出重复后的完整文本；如需相乘，请在单元格后写 `| float`
import-equal = 在 mailmerge 中单元格是文本，绝不等于数字；在这里可能相等
import-equal-help = 比较文本请给数字加引号；比较数字请在单元格后写 `| float`
import-splat = 这里不支持带 * 的参数
import-splat-help = 请逐个写出
import-call = 这里调用的不是有名称的函数
import-value = 这里不支持这种值
import-value-help = 请把该值写进表格的一列

## Statements.

import-include-name = 这里应当是加引号的文件名
import-include-name-help = 请用 {"{%"} if … {"%}"} 选择，并写明每个文件
import-no-statement = mailshot 的模板中没有 `{"{%"} { $word } {"%}"}`
import-macro-help = 请把内容直接写在调用处，或放入单独的文件并写 {"{%"} include "file.txt" {"%}"}
import-with-help = 请用 {"{%"} set name = … {"%}"}，它不需要结束标签
import-statement-form = mailshot 的模板中没有这种形式的 `{"{%"} { $word } {"%}"}`
import-statement-form-help = 可用的有 if、for、set、filter、include、block 和 extends
import-loop-names = 这里的循环只有一个名称，而且映射的条目没有顺序
import-loop-names-help = 请写 {"{%"} for pair in [["a", 1], ["b", 2]] {"%}"}，并在循环内写 {"{{"} pair[0] {"}}"}、{"{{"} pair[1] {"}}"}
import-set-names = 这里一次只能设置一个名称
import-set-names-help = 请为每个名称写一个 {"{%"} set name = … {"%}"}

## Filters, tests and functions.

import-no-filter = mailshot 的模板中没有作用相同的过滤器 `{ $name }`
import-no-filter-help = 请把最终文本写进表格的一列，再填入该列
import-filter-arguments = mailshot 的过滤器 `{ $name }` 不接受这些参数
import-filter-arguments-help = 请删除多余的参数，或把最终文本写进表格的一列
import-no-test = mailshot 的模板中没有测试 `{ $name }`
import-no-test-help = 可用的有：defined、none、odd、even、divisible_by(divisor=…)、starting_with(pat=…)、ending_with(pat=…)、containing(pat=…) 以及比较
import-no-function = mailshot 的模板中没有函数 `{ $name }`
import-no-function-help = 请把它的结果写进表格的一列
import-no-loop = mailshot 的模板中没有 `loop.{ $name }`
import-no-loop-help = 可用的有 loop.index、loop.index0、loop.first、loop.last 和 loop.length
import-python = mailshot 的模板中没有这样带参数的 Python 方法 `.{ $name }()`
import-python-help = 请用过滤器：upper、lower、title、trim、replace(from=…, to=…)、split(pat=…)、join(sep=…)
import-no-format = mailshot 的模板中没有 %.2f 这样的格式
import-no-format-help = 请在表格中按邮件要显示的样子写数字，或用 `| round(precision=2)`
import-format-values = 值的个数与位置的个数不同
import-format-values-help = 请为每个 %s 写一个值
import-trim-several = 这里不支持去除多个字符中的任意一个
import-trim-several-help = 请为每个字符写一个 `| trim(pat="…")`
import-word-count = mailmerge 把 O'Neil 算作两个词；mailshot 按空格计数
import-word-count-help = 如果值中只有字母和空格，无需处理
import-url-slash = mailmerge 保留文本中的 `/`；mailshot 写成 %2F
import-url-slash-help = 如果值中没有 `/`，无需处理
import-sort-case = mailmerge 排序时不分大小写；mailshot 把大写字母排在前面
import-sort-case-help = 如果所有值的首字母大小写一致，无需处理
import-round-half = mailmerge 把一半舍入到最近的偶数（2.5 变为 2）；mailshot 向上舍入（2.5 变为 3）
import-round-half-help = 如果没有正好一半的值，无需处理；否则请在表格中舍入
import-title-case = mailmerge 在这里把 O'Neil 写成 O'Neil；mailshot 的 `title` 写成 O'neil
import-title-case-help = 如果值中的词都不含撇号或数字，无需处理

## The relay.

import-relay-help = 发送前请在 mailshot.toml 中写 [relay.NAME]；check 和 --dry-run 不需要它
import-settings-unreadable = 无法读取设置（{ $own }）
import-no-host = [{ $section }] 中没有 `host`
import-plain = PLAIN 会以明文发送密码，途中可被他人读取；mailshot 不这样做
import-plain-help = mailshot.toml 中现在是 STARTTLS：请用 mailshot check --connect 试一试；如果服务器不支持，请向其管理员要求 TLS
import-security = `{ $value }` 不是 mailmerge 的安全设置
import-security-help = mailshot.toml 中现在是 STARTTLS；smtps://… 表示从一开始就使用 TLS
import-server-help = 请改正 mailshot.toml 中的 `server`
import-sample-user = 用户名还是示例中的那个
import-sample-user-help = 请在 mailshot.toml 的 `user` 中写自己的用户名
import-rate = 这不是每分钟的邮件数
import-rate-help = 请在 mailshot.toml 的发信服务器下写 rate = ["60/min"]

## Comments in the new campaign file.

import-file-made = 由 `mailshot new --from-mailmerge` 根据 { $folder } 中的 mailmerge 文件生成。
import-file-html = HTML 原样发送，与 mailmerge 相同；没有这一行时，样式会写进各个标签，更多邮件程序能够识别
import-file-text = Markdown 原文，与 mailmerge 相同；没有这一行时，mailshot 会生成更易读的文本
import-file-password = 密码会在终端询问，与 mailmerge 相同；也可以保存在密钥环中：
import-file-token = 访问令牌会在终端询问，如同 mailmerge 询问密码；也可以保存在密钥环中：
import-file-plaintext = 不使用 TLS，与 { $file } 相同
