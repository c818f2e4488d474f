### What `table` says of workbooks.

table-workbook-damaged = 无法读取这个工作簿（{ $own }）
table-workbook-wrong = 无法读取这个工作簿：{ $why }
table-workbook-not-excel = 它不是 Excel 工作簿
table-workbook-row-order = 其中的行顺序错乱
table-workbook-save-again = 请用表格软件打开，重新保存为 .xlsx 或 .ods
table-workbook-locked = 这个工作簿有密码保护
table-workbook-locked-help = 请另存为没有密码的文件（“文件”“另存为”“工具”或“选项”），或保存为 "CSV UTF-8"
table-workbook-empty = 这个工作簿的所有工作表都是空的
table-workbook-empty-help = 工作表中必须有一行写列名；要读取隐藏的工作表，请写明：sheet = "…"

## Too large.

table-workbook-too-large = 这个工作簿太大：{ $why }
table-workbook-too-large-help = 请把工作表另存为 "CSV UTF-8"：这种文件不限大小
table-workbook-octets = 大于 { $most } MiB
table-workbook-sheets = 有 { $sheets } 个工作表，最多支持 { $most } 个
table-workbook-cells = 有一个工作表超过 { $most } 个单元格
table-workbook-all-cells = 各工作表合计超过 { $most } 个单元格
table-workbook-columns = 有一个工作表超过 { $most } 列
table-workbook-part = 其中的 `{ $part }` 解压后大于 { $most } MiB
table-workbook-text = 其中的 `{ $part }` 含有超过 { $most } MiB 的文本
table-workbook-cell = 有一个单元格大于 16 MiB

## Files that are not workbooks.

table-other-open-document = 这是 OpenDocument 文本或绘图，不是电子表格
table-other-numbers = 这是 Apple Numbers 的文件
table-other-zip = 这是 zip 压缩包，不是工作簿
table-other-word = 这是 Word 文档
table-other-office = 这是 Office 文档，不是工作簿
table-other-xlsb = 这是 Excel 二进制工作簿（.xlsb）
table-other-help = 请把名单保存为 .xlsx 或 .ods，或 "CSV UTF-8"

## Sheets.

table-sheet-near = 是否想写 "{ $sheet }"？
table-sheets = 现有的工作表：{ $sheets }
table-no-sheet-number = { $file } 没有第 { $number } 个工作表：它有 { $sheets } 个工作表
table-no-sheet = { $file } 没有工作表 `{ $sheet }`
table-several-sheets = 读取的是工作表“{ $sheet }”；另有 { $count } 个工作表也有数据：{ $others }
table-several-sheets-help = 请在 [recipients] 下写明要读取哪一个：sheet = "{ $sheet }"

## Cells.

table-never-calculated = 这个单元格是公式，其值从未计算过
table-never-calculated-help = 请用表格软件打开文件并保存：这样会计算所有公式
table-hidden-rows =
    { $count ->
        [1] 工作表“{ $sheet }”的第 { $rows } 行是隐藏的，仍照常读取
       *[other] 工作表“{ $sheet }”有 { $count } 行是隐藏的，仍照常读取：{ $rows }
    }
table-hidden-rows-help = 表格软件的筛选在这里不起作用：请删除不需要的行，或用 where = "…" 选择行
table-hidden-columns =
    { $count ->
        [1] 列 { $columns } 是隐藏的，仍照常读取
       *[other] 有 { $count } 列是隐藏的，仍照常读取：{ $columns }
    }
table-hidden-columns-of-sheet =
    { $count ->
        [1] 工作表“{ $sheet }”的列 { $columns } 是隐藏的，仍照常读取
       *[other] 工作表“{ $sheet }”有 { $count } 列是隐藏的，仍照常读取：{ $columns }
    }
table-hidden-columns-help = 隐藏的内容可能已过时：请在工作表中显示该列，或在这里改用另一列
table-merged-header = 作为表头的第 { $row } 行有合并单元格（{ $first } 至 { $last }）
table-merged-header-help = 如果列名在它下面一行，请在 [recipients] 下写 header_row = { $row }
table-merged = 工作表“{ $sheet }”的单元格 { $first } 至 { $last } 是合并的：只有 { $first } 有值
table-merged-help = 请取消合并，并在每一行填写该值：其余单元格在这里都是空的
table-merged-more = ……另有 { $more } 处类似
