### What `import` says: about a folder of mailmerge's files, which becomes a campaign.

## Files.

import-unreadable = { $file } cannot be read: { $why }
import-not-utf-8 = { $file } is not UTF-8 text
import-not-utf-8-help = save it as UTF-8 in your editor
import-folder-help = name the folder in which mailmerge runs; if the file has another name, copy it to { $file }
import-database-missing = there is no file { $file }
import-include = the included file `{ $file }` is not imported
import-include-help = give it a name of its own, below the folder of the template
import-included-help = put the file beside the template, or remove the line

## Headers.

import-header-missing = the template has no { $header }:
import-header-missing-help = mailmerge needs it, too: add a line `{ $example }` above the first blank line
import-header-twice = a message has only one header { $header }: this one is ignored
import-header-twice-help = write both values into the first one, or remove one of the two
import-several-to = mailshot has one mailbox in To; the others are in `cc` now
import-several-to-help = they get the same message; for a message of their own, give each of them a row
import-tag-between-headers = this tag is between the headers and is not part of one
import-tag-between-headers-help = write it into the value of its header, in mailshot.toml

## Attachments.

import-attachment-empty = this ATTACHMENT: names no file
import-attachment-empty-help = mailmerge stops here; it is ignored
import-no-file = there is no file { $file }
import-no-file-help = put it into the new folder as { $path }
import-files-unknown = the files that this names are not known, so none was copied
import-files-unknown-help = put them into { $folder } of the new folder
import-rows-empty =
    { $more ->
        [0] row { $row }: this ATTACHMENT: names no file
        [one] row { $row }: this ATTACHMENT: names no file (and { $more } more row)
       *[other] row { $row }: this ATTACHMENT: names no file (and { $more } more rows)
    }
import-rows-empty-help = mailmerge stops here, and so does `mailshot check`: fill in the cell, or write optional = true beside path = "…" in mailshot.toml
import-rows-missing =
    { $more ->
        [0] row { $row }: there is no file { $file }
        [one] row { $row }: there is no file { $file } (and { $more } more row)
       *[other] row { $row }: there is no file { $file } (and { $more } more rows)
    }
import-rows-missing-help = put it into { $folder } of the new folder before you send
import-rows-outside =
    { $more ->
        [0] row { $row }: a cell can only name files below the campaign's folder, not { $file }
        [one] row { $row }: a cell can only name files below the campaign's folder, not { $file } (and { $more } more row)
       *[other] row { $row }: a cell can only name files below the campaign's folder, not { $file } (and { $more } more rows)
    }
import-rows-outside-help = put the files into one folder and write their names into the cells; attach_root = "…" below [message] names that folder

## The body.

import-part = this part ({ $kind }) is not imported
import-part-help = save it as a file of its own and name it in `attach`, in mailshot.toml
import-no-body = this body contains no text and no HTML
import-no-body-help = above each part, write -- and the boundary of the Content-Type
import-markup = row { $row }: the column `{ $column }` contains { $kind }, which will be visible as plain characters, because cells are escaped
import-markup-help = if you trust the column, write {"{{"} { $column } | safe {"}}"} in the template
import-strikethrough = this is struck through here; mailmerge leaves the tildes
import-code = this is a code block here; mailmerge makes one line of code of it
import-table = this is a table here; mailmerge leaves its lines as text
import-footnote = this is a footnote here; mailmerge leaves it as text
import-list = this is a list here; without a blank line above it, mailmerge leaves it as text
import-nested-list = this list is inside an entry here; with fewer than four blanks before it, mailmerge adds it to the outer list
import-markdown-help = if that is what you mean, nothing needs to be done; otherwise write a \ before the sign

## Expressions.

import-not-jinja = this is not valid Jinja2
import-not-jinja-help = see what mailmerge says about it: mailmerge --dry-run
import-truth = mailmerge prints True, False or None here; mailshot prints true, false or nothing
import-truth-help = write what to print: {"{{"} "yes" if … else "no" {"}}"}
import-escaped = mailshot escapes values, so this markup will be visible as plain characters
import-escaped-help = write the markup outside of {"{{"} {"}}"}, or add `| safe` after the text
import-plus = in mailmerge, `+` joins texts and adds numbers, and it is not clear which of them this is
import-plus-help = write `~` to join texts, or `| int` or `| float` after each number
import-times = in mailmerge a cell is text, and `*` repeats it
import-times-help = write the repeated text in full; to multiply, write `| float` after the cell
import-equal = in mailmerge a cell is text and never equal to a number; here it can be
import-equal-help = put the number in quotes to compare texts, or write `| float` after the cell to compare numbers
import-splat = arguments with * are not supported here
import-splat-help = write them one by one
import-call = this calls something that is not a named function
import-value = this kind of value is not supported here
import-value-help = put the value into a column of the spreadsheet

## Statements.

import-include-name = a file name in quotes is expected here
import-include-name-help = choose with {"{%"} if … {"%}"}, and name each file
import-no-statement = mailshot's templates have no `{"{%"} { $word } {"%}"}`
import-macro-help = write its text where it is called, or put it into a file of its own and write {"{%"} include "file.txt" {"%}"}
import-with-help = use {"{%"} set name = … {"%}"}, which needs no end
import-statement-form = mailshot's templates have no `{"{%"} { $word } {"%}"}` of this form
import-statement-form-help = they have if, for, set, filter, include, block and extends
import-loop-names = a loop has one name here, and the entries of a map have no order
import-loop-names-help = write {"{%"} for pair in [["a", 1], ["b", 2]] {"%}"} and, inside the loop, {"{{"} pair[0] {"}}"}, {"{{"} pair[1] {"}}"}
import-set-names = only one name can be set at a time here
import-set-names-help = write one {"{%"} set name = … {"%}"} for each name

## Filters, tests and functions.

import-no-filter = mailshot's templates have no filter `{ $name }` that does the same
import-no-filter-help = put the finished text into a column of the spreadsheet and fill that in
import-filter-arguments = mailshot's filter `{ $name }` does not accept these arguments
import-filter-arguments-help = remove the extra arguments, or put the finished text into a column of the spreadsheet
import-no-test = mailshot's templates have no test `{ $name }`
import-no-test-help = they have: defined, none, odd, even, divisible_by(divisor=…), starting_with(pat=…), ending_with(pat=…), containing(pat=…), and comparisons
import-no-function = mailshot's templates have no function `{ $name }`
import-no-function-help = put its result into a column of the spreadsheet
import-no-loop = mailshot's templates have no `loop.{ $name }`
import-no-loop-help = they have loop.index, loop.index0, loop.first, loop.last and loop.length
import-python = mailshot's templates have no Python method `.{ $name }()` with these arguments
import-python-help = use filters: upper, lower, title, trim, replace(from=…, to=…), split(pat=…), join(sep=…)
import-no-format = mailshot's templates have no formats such as %.2f
import-no-format-help = write the numbers in the spreadsheet as the message should show them, or use `| round(precision=2)`
import-format-values = the number of values differs from the number of places for them
import-format-values-help = write one value for each %s
import-trim-several = trimming any of several characters is not supported here
import-trim-several-help = write one `| trim(pat="…")` for each of them
import-word-count = mailmerge counts O'Neil as two words; mailshot counts what is between blanks
import-word-count-help = if the values contain only letters and blanks, nothing needs to be done
import-url-slash = mailmerge keeps `/` in a text; mailshot writes %2F
import-url-slash-help = if the values contain no `/`, nothing needs to be done
import-sort-case = mailmerge ignores the case when it sorts; mailshot puts capital letters first
import-sort-case-help = if all values begin with the same kind of letter, nothing needs to be done
import-round-half = mailmerge rounds a half to the nearest even number (2.5 to 2); mailshot rounds it up (2.5 to 3)
import-round-half-help = if no value is exactly halfway, nothing needs to be done; otherwise round in the spreadsheet
import-title-case = mailmerge writes O'Neil as O'Neil here; mailshot's `title` writes O'neil
import-title-case-help = if no word of the values contains an apostrophe or a digit, nothing needs to be done

## The relay.

import-relay-help = write a [relay.NAME] into mailshot.toml before you send; check and --dry-run do not need it
import-settings-unreadable = the settings cannot be read ({ $own })
import-no-host = there is no `host` in a section [{ $section }]
import-plain = PLAIN sends the password unencrypted, so that others can read it on the way; mailshot does not do that
import-plain-help = mailshot.toml now has STARTTLS: try it with mailshot check --connect; if the server does not support it, ask its operator for TLS
import-security = `{ $value }` is not a security setting of mailmerge
import-security-help = mailshot.toml now has STARTTLS; smtps://… is TLS from the start
import-server-help = correct `server` in mailshot.toml
import-sample-user = the user name is still that of the sample
import-sample-user-help = write your own into `user`, in mailshot.toml
import-rate = this is not a number of messages per minute
import-rate-help = write rate = ["60/min"] below the relay, in mailshot.toml

## Comments in the new campaign file.

import-file-made = Made from mailmerge's files in { $folder } by `mailshot new --from-mailmerge`.
import-file-html = the HTML is sent unchanged, as with mailmerge; without this line, styles are written into its tags, where more mail programs follow them
import-file-text = the Markdown itself, as with mailmerge; without this line, mailshot makes a text that is easier to read
import-file-password = mailshot asks for the password on the terminal, as mailmerge does; or keep it in the keyring:
import-file-token = mailshot asks for the access token on the terminal, as mailmerge does for the password; or keep it in the keyring:
import-file-plaintext = no TLS, as in { $file }
