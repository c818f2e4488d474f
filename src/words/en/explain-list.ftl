### The list of recipients

explain-group-list = The list of recipients
    .about = The list of recipients: the file as a whole, its rows, and what its cells hold.

explain-recipients-file =
    .title = The list of recipients cannot be read, or not to its end
    .means = The file is missing, damaged, locked by a password, empty, or not a table at all (a web page, a PDF). Or a quotation mark in it is opened and never closed. As a warning: a setting such as `delimiter` does not apply to this kind of file and is ignored.
    .why = From a list that is read only in part, some people would get a message and others would not.
    .do =
        Do what the hint says. Nearly every case is solved by opening the list in the spreadsheet program and saving it as "CSV UTF-8" or .xlsx. This shows what mailshot reads in it:
          mailshot columns students.csv

explain-encoding =
    .title = The encoding of the list is not clear
    .means = The file is not UTF-8, and several encodings give real words for what is in it. The hints show how it reads in each.
    .why = With the wrong one, names are full of strange characters in every message.
    .do =
        Write the encoding that reads right below [recipients], or save the list as "CSV UTF-8":
          encoding = "gb18030"

explain-header =
    .title = The row with the names of the columns is not clear
    .means = The first row names no column, or it looks like a title above the table, and the names seem to be in a row below.
    .why = Templates name columns by this row. With a wrong one, everything is filled in from the wrong place.
    .do =
        Say below [recipients] which row names the columns:
          header_row = 3

explain-sheet =
    .title = The workbook has no such sheet
    .means = `sheet` names a sheet that the workbook does not have. The hint lists those that it has.
    .why = mailshot does not take another sheet instead: it may be the list of other people.
    .do =
        Write the name or the number of the sheet below [recipients]:
          sheet = "Week 9"

explain-query =
    .title = The database cannot answer the query
    .means = The query has an error, changes something, takes too long, or is missing although the database has several tables. Or the list is not a database at all.
    .why = Without an answer there are no recipients. mailshot never changes a database, so only a statement that reads is possible.
    .do =
        Write one select statement below [recipients], with one row for each recipient:
          query = "select email, name from people"

explain-number-format =
    .title = Some cells show a calendar that mailshot does not calculate
    .means = The sheet shows these dates in a calendar or an era that is not known here. They are written as 2026-03-09 in messages.
    .why = Recipients read the date in another form than you see in the sheet.
    .do = If that is right, do nothing. Otherwise write these dates in the sheet as text.

explain-unticked-rows =
    .title = Rows with nothing but unticked boxes are skipped
    .means = These rows hold FALSE and nothing else, as tick boxes do that reach further down than the list. mailshot treats them as empty rows.
    .why = If one of them is meant to be a recipient, that person gets no message.
    .do = Delete the tick boxes below the list. If a row is meant to be a recipient, fill in its address.

explain-below-table =
    .title = Rows below the table are skipped
    .means = These rows come after a blank row, have no address, and fill less than half of the columns; no further row of the list follows. mailshot takes them for totals, notes or a signature.
    .why = If one of them is meant to be a recipient, that person gets no message.
    .do = If a row is meant to be a recipient, fill in its address. Otherwise do nothing.

explain-stray-cells =
    .title = Cells beside the table are ignored
    .means = These cells are in a column to the right of the last one that has a name.
    .why = No template can use them. They may be notes, or a column whose name was forgotten.
    .do = If they belong to the list, give their column a name in the header row. Otherwise do nothing.

explain-ragged-row =
    .title = A row has more or fewer cells than the header
    .means = In this row of the file, the number of cells differs from the number of columns. Often a value contains the delimiter and is not in quotation marks.
    .why = The cells of this row are shifted: the name would be in the place of the address.
    .do =
        Put the value in quotation marks, or save the list again from the spreadsheet program:
          "Smith, Ada",ada@example.org
        To leave such rows out of this mailing:
          mailshot send --skip-invalid

explain-not-text =
    .title = A cell is not text in the encoding of the list
    .means = mailshot reads the list in one encoding, and the octets of this cell have no meaning in it.
    .why = The cell would be full of strange characters in the message.
    .do =
        Write the cell again and save the list as "CSV UTF-8". If the whole list is in another encoding, say so below [recipients]:
          encoding = "gb18030"

explain-not-json =
    .title = A line or a value of the list is not valid JSON
    .means = The list is JSON, and this line, this object or this value in it is not complete or not written as JSON wants it.
    .why = The row has no values and cannot be a recipient. The other rows are not affected.
    .do =
        Correct the line. Each row is an object on one line:
        {"  {\"email\": \"ada@example.org\", \"name\": \"Ada\"}"}

explain-duplicate-key =
    .title = An object of the list has the same key twice
    .means = The list is JSON, and one of its objects names a key two times, maybe with different values.
    .why = Nobody can tell which of the two values is meant.
    .do = Delete one of the two, or give it another name.

explain-unreadable-cell =
    .title = A cell of the database is not text
    .means = The value is binary data (a blob), or text that is not UTF-8.
    .why = A message cannot show such a value.
    .do =
        Leave the column out of the query, or turn it into text:
          query = "select email, name, cast(note as text) as note from people"

explain-formula-without-value =
    .title = A formula in the workbook has no value yet
    .means = The cell holds a formula, and no program has calculated it. Files that are written by scripts are often like that.
    .why = mailshot reads the value of a formula and does not calculate by itself. The cell would be empty in the message.
    .do = Open the workbook in the spreadsheet program and save it there: that calculates all formulas.

explain-several-sheets =
    .title = The workbook has several sheets, and mailshot reads the first
    .means = The workbook has more than one sheet with something in it, and the campaign does not say which is meant.
    .why = If the list is on another sheet, the wrong people get the message.
    .do =
        Name the sheet below [recipients], even if the first one is right:
          sheet = "Week 9"

explain-hidden-rows =
    .title = Rows that the sheet hides are read like the others
    .means = A filter or a hand has hidden these rows in the spreadsheet program. They are in the list all the same.
    .why = People whom you do not see in the sheet get the message.
    .do =
        Delete the rows that are not meant, or choose rows below [recipients]:
          where = "status != 'dropped'"

explain-hidden-columns =
    .title = Columns that the sheet hides are read like the others
    .means = These columns have names and are hidden in the spreadsheet program.
    .why = A template that fills in a hidden column writes something that you did not see, and that may be old.
    .do = Show the columns in the spreadsheet program and look at them, or use other columns in the template.

explain-merged-cells =
    .title = Of merged cells only the first has the value
    .means = The sheet has merged cells. A spreadsheet keeps the value in the first of them and leaves the others empty.
    .why = For the rows below, a template fills in nothing, although the sheet seems to show a value there.
    .do =
        Unmerge the cells and fill in the value in each row. If the merged cells are in the header, name the row below it as the header in [recipients]:
          header_row = 2

explain-no-rows =
    .title = There is no recipient in the list
    .means = The list has a header and no rows, or `where` and the column `_skip` leave out every row.
    .why = There is nobody to send to. Often a condition compares a cell with a value that is written in another way.
    .do =
        Look at what the cells hold, and correct the condition:
          mailshot columns .

explain-no-address-column =
    .title = mailshot cannot tell which column holds the addresses
    .means = The campaign does not say who the message goes to, and no column or more than one looks like the one with the addresses. Or the first row of the list is a recipient and does not name the columns.
    .why = mailshot does not guess who gets the message.
    .do =
        Say it below [message]:
        {"  to = \"{{ name }} <{{ email }}>\""}

explain-bad-address =
    .title = Something is not an e-mail address
    .means = A cell, a key of the campaign file or a line of a suppression list should be an address and is not: it is empty, has no @, two of them, a blank inside, or nothing behind the dot.
    .why = Nothing can be sent to it. In a suppression list, the person whom the line means would get the message.
    .do =
        Correct the address. `results/faults.csv` lists all rows that have one. To leave these rows out of this mailing:
          mailshot send --skip-invalid

explain-duplicate-recipients =
    .title = Some recipients are in more than one row
    .means = Two or more rows have the same address (or the same `key`). The hints name them.
    .why = One person would get the same message twice, or two rows mean two people who share an address. Only you can know.
    .do =
        Several messages for one person, each told apart by further columns, below [recipients]:
          key = ["email", "course"]
        One message for all rows of a person:
          group_by = "email"
        Only the first row of each:
          mailshot send --skip-duplicates

explain-not-a-date =
    .title = A cell is compared as a date and is not one
    .means = A condition or a sum treats this cell as a date, and it cannot be read as one without doubt. 3/4/2026 may be in March or in April.
    .why = A wrong guess would change who gets what.
    .do =
        Write year, month and day into the cell, or keep it as a date in a workbook:
          2026-03-09

explain-not-a-number =
    .title = A template calculates with a cell that is not a number
    .means = The place that is shown adds, multiplies or compares this cell as a number, and it holds something else.
    .why = There is no result to write into the message.
    .do =
        Write digits and a point into the cell, such as 1234.50. For numbers that are written 1.234,50:
        {"  {{ paid | number(point=\",\") }}"}

explain-division-by-zero =
    .title = A template divides by a cell that is zero
    .means = The place that is shown divides by this cell, and in this row the cell is 0.
    .why = There is no result to write into the message.
    .do =
        Let the template ask first:
        {"  {% if n != 0 %}{{ total / n }}{% endif %}"}

explain-empty-cell =
    .title = A cell that a template uses is empty
    .means = As a warning: a template fills in this column, and in these rows there is nothing in it. As an error: a template calculates with the cell or makes a date of it.
    .why = The recipient reads a sentence with a gap, such as "Your room is .".
    .do =
        Fill in the cell, or write what the message says instead:
        {"  {{ room or \"not known yet\" }}"}
        {"  {% if room %}Your room is {{ room }}.{% endif %}"}

explain-formula-error =
    .title = A cell shows an error of the spreadsheet
    .means = The cell holds what a spreadsheet writes when a formula fails (`#N/A`, `#REF!`), while it still loads (`Loading...`), or when the column is too narrow (`####`).
    .why = Recipients would read exactly that.
    .do = Correct the formula, or wait until all values are there, and save the list again.

explain-lost-digits =
    .title = A number has lost its last digits
    .means = The cell shows a long number, such as a card or student number, in the form 4.2E+17. The spreadsheet has kept only the first 15 digits.
    .why = The number in the message is wrong, and it cannot be restored from the list.
    .do = Format the column as text, enter the numbers again from where they come from, and save the list again.

explain-broken-text =
    .title = Text was damaged before it came into the list or the template
    .means = The text was read in a wrong encoding once and saved like that (`JosÃ©` for `José`), or it has marks of HTML (`O&#39;Neil`) or of mail headers in it, or a sign in place of a character that is lost.
    .why = Recipients see their own name spelled wrong.
    .do = The hint shows what was meant: write that into the cell. If many cells are damaged, get the list again from its source and save it as "CSV UTF-8".

explain-domain-typo =
    .title = The part of an address behind the @ looks like a typing error
    .means = The domain differs in a letter from one that everybody knows (gmial.com), has no dot, ends in something that no domain ends in, or mixes letters of two alphabets.
    .why = The message comes back, or a stranger gets it.
    .do = Ask the recipient, and correct the cell. If the domain is right, do nothing: this is a warning.

explain-look-alike =
    .title = An address mixes letters that only look alike
    .means = The part before the @ has letters of several alphabets, such as a Cyrillic а among Latin letters.
    .why = To a computer these are different addresses. The message comes back, or another person gets it.
    .do = Type the address again with one keyboard layout. The hint shows which character is the odd one.

explain-language =
    .title = The column `_lang` holds something that is not a language tag
    .means = `_lang` chooses the template for a row. Its value is not a language, is another word for one, or asks for traditional characters where only simplified ones are there.
    .why = The recipient gets the text for everybody, or the text in another script than they read.
    .do =
        Write a language tag into the cell:
          de
          zh-Hant
