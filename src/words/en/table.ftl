### What `table` says of every list, and of files of text.

## How a reader finds a cell.

table-cell = cell { $cell }
table-cell-column = { $column }, cell { $cell }
table-cell-sheet = cell { $cell } of sheet { $sheet }
table-cell-column-sheet = { $column }, cell { $cell } of sheet { $sheet }
table-column-sheet = { $column } of sheet { $sheet }
table-sheet = sheet { $sheet }

## What a file is.

table-format-text = text (CSV)
table-format-json-lines = JSON, one object a line
table-format-json = JSON, a list of objects
table-format-sqlite = SQLite database
table-format-xlsx = Excel workbook (.xlsx)
table-format-xls = Excel workbook of before 2007 (.xls)
table-format-ods = OpenDocument spreadsheet (.ods)
table-key-ignored = `{ $key }` has no effect on this kind of file ({ $format }) and is ignored
table-key-ignored-help = remove `{ $key }` from [recipients]

## What cannot be opened or read.

table-cannot-read = the recipients file cannot be read: { $why }
table-reading-failed = reading this file failed: { $why }
table-check-name = check the name of the file; paths in the campaign file start from its folder
table-check-permission = check who may read the file and open the folders above it, and run the command as that user
table-read-once = a list is read more than once, and this can be read only once; use - and pass the list on stdin, where it is kept: COMMAND | mailshot send --recipients - …
table-name-the-list = name the list itself, a file in that folder
table-library-failed = the recipients file could not be read: a library failed on it
table-library-failed-help = save it in another format, for example as "CSV UTF-8"
table-columns-changed = the columns of this file have changed since it was first read
table-run-again = run the same command again
table-query-no-database = `query` reads from an SQLite database, and { $file } is not one
table-query-no-database-help = remove `query`; `where` selects the rows of other files

## Files that are not tables.

table-foreign-pdf = this is a PDF document, not a table
table-foreign-picture = this is a picture, not a table
table-foreign-compressed = this is a compressed file ({ $kind })
table-foreign-archive = this is a web archive (MHTML), although its name says that it is a table
table-foreign-excel-2003 = this is a workbook in the XML format of Excel 2003
table-foreign-page = this is a web page (HTML), although its name says that it is a table
table-foreign-xml = this is an XML file, not a table
table-foreign-help = open it in the spreadsheet program and save it as .xlsx or .ods, or as "CSV UTF-8"

## The header.

table-empty = the recipients file is empty
table-no-header-help = one row of it must name the columns, for example: email,name
table-no-such-header-row = there is no row { $row } to name the columns (header_row)
table-header-row-empty = row { $row } is empty, but it should name the columns (header_row)
table-in-header = in the header, row { $row }: { $what }
table-header-without-names = the header (row { $row }) does not name any column
table-header-without-names-help = its cells must name the columns, for example: email,name
table-title-found = { $file }: row { $row } is a title, row { $header } names the columns; --header-row N, or header_row = N below [recipients], changes that
table-title-perhaps = row { $row } looks like a title, and row { $header } like the names of the columns
table-title-write = if row { $header } names the columns, write header_row = { $header } below [recipients], or use --header-row { $header }
table-title-otherwise = if row { $row } names them, header_row = { $row } or --header-row { $row }

## Rows.

table-row-too-long = row { $row } is larger than { $most } MiB
table-row-too-long-help = often a quotation mark is opened in that row and never closed: look for a single " there
table-row-too-wide = row { $row } has more than { $most } cells
table-row-too-wide-help = look for a row of delimiters, and name the delimiter below [recipients]: delimiter = ";"
table-quote-unclosed = row { $row } opens a quotation mark that is never closed
table-quote-unclosed-help = look for a single " in that row and remove it: all rows after it were read as one cell
table-quote-goes-on = row { $row } continues after a closing quotation mark
table-quote-goes-on-help = look for a single " in that row and remove it: it may have joined several rows to one cell
table-quote-doubled = in a value, write " twice, and put the value in quotes: "Ada ""the"" Lovelace"
table-row-cells =
    { $cells ->
        [one] this row has { $cells } cell, the header has { $width }
       *[other] this row has { $cells } cells, the header has { $width }
    }
table-row-too-many-cells-help = put a value that contains the delimiter in quotes: "Smith, Ada"
table-row-too-few-cells-help = empty cells need their delimiters too: save the file again from the spreadsheet program
table-stray-cells =
    { $cells ->
        [one] 1 cell ({ $cell }) has no column name above it and is ignored
       *[other] { $cells } cells (first: { $cell }) have no column name above them and are ignored
    }
table-stray-cells-help = if they belong to the list, give the column a name in the header
table-below =
    { $count ->
        [one] 1 row below the table is skipped: { $rows }
       *[other] { $count } rows below the table are skipped: { $rows }
    }
table-below-row = row { $row } ({ $cells })
table-below-more = { $more } more
table-below-help = a row that is meant for a recipient needs an address; totals and notes can stay
table-unticked-rows =
    { $rows ->
        [one] 1 row (row { $row }) contains only FALSE and is ignored like an empty row
       *[other] { $rows } rows (first: row { $row }) contain only FALSE and are ignored like empty rows
    }
table-unticked-rows-help = these are tick boxes below the list; delete them there
table-other-calendar =
    { $cells ->
        [one] 1 cell ({ $cell }) is read as a plain date (year-month-day), because the sheet shows it in a calendar that is not supported here
       *[other] { $cells } cells (first: { $cell }) are read as plain dates (year-month-day), because the sheet shows them in a calendar that is not supported here
    }
table-other-calendar-help = to use what the sheet shows, enter it there as text

## Encodings.

table-read-as = { $file }: read as { $encoding }; encoding = "…" below [recipients] changes that
table-read-as-mixed = { $file }: read as UTF-8, and the lines that are not UTF-8 as { $encoding }; if that is wrong, save it again as "CSV UTF-8"
table-encoding-unclear = this file is not UTF-8, and several encodings are possible
table-encoding-reads = encoding = "{ $encoding }" below [recipients] reads: { $words }
table-or-save-as-utf-8 = or save it as "CSV UTF-8" in the spreadsheet program
table-save-as-utf-8 = open it in the spreadsheet program and save it as "CSV UTF-8"
table-cell-not-text = this cell is not valid { $encoding }, the encoding of this file
table-cell-not-text-help = enter the value again and save the file as "CSV UTF-8"; if the whole file has another encoding, write encoding = "{ $other }" below [recipients]

## Suppression lists.

table-list-not-text = row { $row }, cell { $cell } is not valid { $encoding }, the encoding of this file
table-list-cell = { $cell }: { $what }
table-list-one-sheet = a suppression list has one sheet: delete the others, or save each one as a file of its own

## Enumerations.

table-and-more = { $list } and { $more } more
