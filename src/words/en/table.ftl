### What `table` says.

## How a reader finds a cell.

table-cell = cell { $cell }
table-cell-column = { $column }, cell { $cell }
table-cell-sheet = cell { $cell } of sheet { $sheet }
table-cell-column-sheet = { $column }, cell { $cell } of sheet { $sheet }
table-column-sheet = { $column } of sheet { $sheet }
table-sheet = sheet { $sheet }
