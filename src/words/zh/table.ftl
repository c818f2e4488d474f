### What `table` says.

## How a reader finds a cell.

table-cell = 单元格 { $cell }
table-cell-column = { $column }，单元格 { $cell }
table-cell-sheet = 工作表“{ $sheet }”的单元格 { $cell }
table-cell-column-sheet = { $column }，工作表“{ $sheet }”的单元格 { $cell }
table-column-sheet = 工作表“{ $sheet }”的 { $column }
table-sheet = 工作表“{ $sheet }”
