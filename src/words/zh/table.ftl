### What `table` says of every list, and of files of text.

## How a reader finds a cell.

table-cell = 单元格 { $cell }
table-cell-column = { $column }，单元格 { $cell }
table-cell-sheet = 工作表“{ $sheet }”的单元格 { $cell }
table-cell-column-sheet = { $column }，工作表“{ $sheet }”的单元格 { $cell }
table-column-sheet = 工作表“{ $sheet }”的 { $column }
table-sheet = 工作表“{ $sheet }”

## What a file is.

table-format-text = 文本（CSV）
table-format-json-lines = JSON，每行一个对象
table-format-json = JSON，对象列表
table-format-sqlite = SQLite 数据库
table-format-xlsx = Excel 工作簿（.xlsx）
table-format-xls = Excel 97–2003 工作簿（.xls）
table-format-ods = OpenDocument 电子表格（.ods）
table-key-ignored = `{ $key }` 对这种文件（{ $format }）不起作用，已忽略
table-key-ignored-help = 请从 [recipients] 中删除 `{ $key }`

## What cannot be opened or read.

table-cannot-read = 无法读取收件人文件：{ $why }
table-reading-failed = 读取这个文件失败：{ $why }
table-check-name = 请检查文件名；任务文件中的路径从它所在的文件夹算起
table-check-permission = 请检查谁有权读取该文件并进入它的上级文件夹，然后以该用户运行命令
table-read-once = 名单需要读取多次，而这里只能读一次；请用 - 从标准输入传入名单，它会被保存下来：COMMAND | mailshot send --recipients - …
table-name-the-list = 请写明名单本身，即该文件夹中的一个文件
table-library-failed = 无法读取收件人文件：某个程序库处理它时出错
table-library-failed-help = 请另存为其他格式，例如 "CSV UTF-8"
table-columns-changed = 从首次读取以来，这个文件的列有改动
table-run-again = 请再次运行同一命令
table-query-no-database = `query` 用于读取 SQLite 数据库，而 { $file } 不是
table-query-no-database-help = 请删除 `query`；其他文件用 `where` 选择行

## Files that are not tables.

table-foreign-pdf = 这是 PDF 文档，不是表格
table-foreign-picture = 这是图片，不是表格
table-foreign-compressed = 这是压缩文件（{ $kind }）
table-foreign-archive = 文件名看起来是表格，实际上是网页归档（MHTML）
table-foreign-excel-2003 = 这是 Excel 2003 的 XML 格式工作簿
table-foreign-page = 文件名看起来是表格，实际上是网页（HTML）
table-foreign-xml = 这是 XML 文件，不是表格
table-foreign-help = 请用表格软件打开，另存为 .xlsx 或 .ods，或 "CSV UTF-8"

## The header.

table-empty = 收件人文件是空的
table-no-header-help = 其中必须有一行写列名，例如：email,name
table-no-such-header-row = 没有第 { $row } 行可作为表头（header_row）
table-header-row-empty = 第 { $row } 行是空的，而它应当是表头（header_row）
table-in-header = 表头第 { $row } 行：{ $what }
table-header-without-names = 表头（第 { $row } 行）中没有列名
table-header-without-names-help = 表头的单元格必须写列名，例如：email,name
table-title-found = { $file }：第 { $row } 行是标题，第 { $header } 行是表头；如需更改，请用 --header-row N，或在 [recipients] 下写 header_row = N
table-title-perhaps = 第 { $row } 行像是标题，第 { $header } 行像是表头
table-title-write = 如果第 { $header } 行是表头，请在 [recipients] 下写 header_row = { $header }，或使用 --header-row { $header }
table-title-otherwise = 如果第 { $row } 行才是表头，请写 header_row = { $row } 或 --header-row { $row }

## Rows.

table-row-too-long = 第 { $row } 行大于 { $most } MiB
table-row-too-long-help = 通常是该行有引号没有闭合：请在那里查找单独的 "
table-row-too-wide = 第 { $row } 行超过 { $most } 个单元格
table-row-too-wide-help = 请查找整行都是分隔符的地方，并在 [recipients] 下写明分隔符：delimiter = ";"
table-quote-unclosed = 第 { $row } 行有引号没有闭合
table-quote-unclosed-help = 请在该行查找单独的 " 并删除：它后面的所有行都被读成了一个单元格
table-quote-goes-on = 第 { $row } 行在闭合的引号后面还有内容
table-quote-goes-on-help = 请在该行查找单独的 " 并删除：它可能把几行合成了一个单元格
table-quote-doubled = 值里的 " 要写两次，整个值加引号："Ada ""the"" Lovelace"
table-row-cells = 这一行有 { $cells } 个单元格，表头有 { $width } 个
table-row-too-many-cells-help = 含有分隔符的值要加引号："Smith, Ada"
table-row-too-few-cells-help = 空单元格也需要分隔符：请在表格软件中重新保存该文件
table-stray-cells =
    { $cells ->
        [1] 单元格 { $cell } 上方没有列名，已忽略
       *[other] { $cells } 个单元格（第一个：{ $cell }）上方没有列名，已忽略
    }
table-stray-cells-help = 如果它们属于名单，请在表头中给该列命名
table-below = 表格下方的 { $count } 行已跳过：{ $rows }
table-below-row = 第 { $row } 行（{ $cells }）
table-below-more = 还有 { $more } 行
table-below-help = 如果其中某一行是收件人，请填上邮箱地址；合计、制表人等说明可以留着
table-unticked-rows =
    { $rows ->
        [1] 第 { $row } 行只含 FALSE，按空行忽略
       *[other] { $rows } 行（第一行：第 { $row } 行）只含 FALSE，按空行忽略
    }
table-unticked-rows-help = 这些是名单下方的复选框；请在表格中删除
table-other-calendar =
    { $cells ->
        [1] 单元格 { $cell } 按普通日期（年-月-日）读取，因为工作表中显示的历法在这里不受支持
       *[other] { $cells } 个单元格（第一个：{ $cell }）按普通日期（年-月-日）读取，因为工作表中显示的历法在这里不受支持
    }
table-other-calendar-help = 如需使用工作表显示的内容，请在表格中以文本形式输入

## Encodings.

table-read-as = { $file }：按 { $encoding } 读取；如需更改，请在 [recipients] 下写 encoding = "…"
table-read-as-mixed = { $file }：按 UTF-8 读取，不是 UTF-8 的行按 { $encoding } 读取；如果不对，请重新保存为 "CSV UTF-8"
table-encoding-unclear = 这个文件不是 UTF-8，有多种可能的编码
table-encoding-reads = 在 [recipients] 下写 encoding = "{ $encoding }"，则读作：{ $words }
table-or-save-as-utf-8 = 或在表格软件中另存为 "CSV UTF-8"
table-save-as-utf-8 = 请用表格软件打开，另存为 "CSV UTF-8"
table-cell-not-text = 这个单元格不符合文件的编码 { $encoding }
table-cell-not-text-help = 请重新输入该值，并把文件保存为 "CSV UTF-8"；如果整个文件是另一种编码，请在 [recipients] 下写 encoding = "{ $other }"

## Suppression lists.

table-list-not-text = 第 { $row } 行第 { $cell } 个单元格不符合文件的编码 { $encoding }
table-list-cell = { $cell }：{ $what }
table-list-one-sheet = 退订名单只能有一个工作表：请删除其余的，或分别另存为单独的文件

## Enumerations.

table-and-more = { $list } 等（另有 { $more } 个）
