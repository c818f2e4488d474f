### What `table` says of workbooks.

table-workbook-damaged = this workbook cannot be read ({ $own })
table-workbook-wrong = this workbook cannot be read: { $why }
table-workbook-not-excel = it is not an Excel workbook
table-workbook-row-order = its rows are not in order
table-workbook-save-again = open it in the spreadsheet program and save it again, as .xlsx or .ods
table-workbook-locked = this workbook is protected by a password
table-workbook-locked-help = save it without a password (File, Save as, Tools or Options), or as "CSV UTF-8"
table-workbook-empty = every sheet of this workbook is empty
table-workbook-empty-help = a row of a sheet must name the columns; to read a hidden sheet, name it: sheet = "…"

## Too large.

table-workbook-too-large = this workbook is too large: { $why }
table-workbook-too-large-help = save the sheet as "CSV UTF-8": such a file may have any size
table-workbook-octets = it is larger than { $most } MiB
table-workbook-sheets = it has { $sheets } sheets, and at most { $most } are supported
table-workbook-cells = one of its sheets has more than { $most } cells
table-workbook-all-cells = its sheets have more than { $most } cells
table-workbook-columns = one of its sheets has more than { $most } columns
table-workbook-part = its part `{ $part }` is larger than { $most } MiB when it is unpacked
table-workbook-text = its part `{ $part }` contains a text of more than { $most } MiB
table-workbook-cell = one of its cells is larger than 16 MiB

## Files that are not workbooks.

table-other-open-document = this is an OpenDocument text or drawing, not a spreadsheet
table-other-numbers = this is a file of Apple Numbers
table-other-zip = this is a zip archive, not a workbook
table-other-word = this is a Word document
table-other-office = this is an Office document, not a workbook
table-other-xlsb = this is a binary Excel workbook (.xlsb)
table-other-help = save the list as .xlsx or .ods, or as "CSV UTF-8"

## Sheets.

table-sheet-near = did you mean "{ $sheet }"?
table-sheets = its sheets are: { $sheets }
table-no-sheet-number =
    { $sheets ->
        [one] { $file } has no sheet { $number }: it has { $sheets } sheet
       *[other] { $file } has no sheet { $number }: it has { $sheets } sheets
    }
table-no-sheet = { $file } has no sheet `{ $sheet }`
table-several-sheets =
    { $count ->
        [one] the sheet "{ $sheet }" is read; another sheet contains data, too: { $others }
       *[other] the sheet "{ $sheet }" is read; { $count } other sheets contain data, too: { $others }
    }
table-several-sheets-help = name the one that is meant below [recipients]: sheet = "{ $sheet }"

## Cells.

table-never-calculated = this cell contains a formula whose value was never calculated
table-never-calculated-help = open the file in the spreadsheet program and save it there: that calculates all formulas
table-hidden-rows =
    { $count ->
        [one] row { $rows } of the sheet "{ $sheet }" is hidden, but is read like the others
       *[other] { $count } rows of the sheet "{ $sheet }" are hidden, but are read like the others: { $rows }
    }
table-hidden-rows-help = filters of the spreadsheet program have no effect here: delete the rows that are not meant, or select rows with where = "…"
table-hidden-columns =
    { $count ->
        [one] the column { $columns } is hidden, but is read like the others
       *[other] { $count } columns are hidden, but are read like the others: { $columns }
    }
table-hidden-columns-of-sheet =
    { $count ->
        [one] the column { $columns } of the sheet "{ $sheet }" is hidden, but is read like the others
       *[other] { $count } columns of the sheet "{ $sheet }" are hidden, but are read like the others: { $columns }
    }
table-hidden-columns-help = hidden values may be outdated: show the column in the sheet, or use another one here
table-merged-header = row { $row }, which names the columns, has merged cells ({ $first } to { $last })
table-merged-header-help = if the names are in the row under it, write header_row = { $row } below [recipients]
table-merged = the cells { $first } to { $last } of the sheet "{ $sheet }" are merged: only { $first } has their value
table-merged-help = undo the merging and fill in the value in each row: all other cells are empty here
table-merged-more =
    { $more ->
        [one] … and one more like this
       *[other] … and { $more } more like these
    }
