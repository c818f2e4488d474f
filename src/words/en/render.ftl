### What `render` says.

# Places: { $place } is `notice.txt:3:14`.

render-unreadable = the template { $file } cannot be read: { $why }
render-template-path-hint = check the name; paths in the campaign file start at its folder
render-near-file-hint = that folder has `{ $name }`: upper and lower case must be the same
render-empty-template = this template is empty
render-empty-template-hint = write the message into it
render-not-utf-8 = the template is not UTF-8 text (line { $line })
render-not-utf-8-hint = save it as UTF-8 in your editor
render-not-text = the template is not text in { $encoding } from line { $line } on
render-read-as = { $file }: read as { $encoding }; if that is wrong, save it as UTF-8 in your editor
render-encoding-unclear = this template is not UTF-8, and several encodings are possible
render-encoding-reads = as { $encoding }, it reads: { $words }
render-include-outside = `{ $name }` is not below the campaign's folder
render-include-link-hint = it is a link to another place; put the file itself there
render-include-path-hint = included templates are named by their path from the campaign's folder
render-circle = a template includes itself: { $chain }
render-circle-hint = an {"{%"} include %{"}"} must not lead back to its own template

render-syntax = the template cannot be read here ({ $own })
render-syntax-hint = a value is written {"{{"} name {"}}"}; a condition is {"{%"} if name %{"}"} … {"{%"} endif %{"}"}; a brace of its own is {"{{"} "{"{{"}" {"}}"}
render-character-in-tag = `{ $character }` has no meaning in a tag
render-open-string = the text in quotation marks is not closed
render-open-string-hint = write the same quotation mark behind it
render-open-tag = this tag has no { $close } at its end
render-open-block = `{ $name }` has no {"{%"} end{ $name } %{"}"}
render-open-block-hint = write {"{%"} end{ $name } %{"}"} behind the text it is for
render-other-block = `{ $name }` is here while `{ $open }` is still open
render-no-block = `{ $name }` has no {"{%"} { $of } %{"}"} before it
render-unknown-tag = there is no tag {"{%"} { $name } %{"}"}
render-unknown-tag-hint = a column is written {"{{"} { $name } {"}}"}; tags are {"{%"} if … %{"}"}, {"{%"} elif … %{"}"}, {"{%"} else %{"}"}, {"{%"} for … in … %{"}"}, {"{%"} set … = … %{"}"}, {"{%"} include "…" %{"}"}
render-call = only filters change a value
render-call-hint = write the filter behind the value: name | { $name }
render-one-brace = a tag that begins with two braces ends with two
render-three-braces = a tag begins with two braces, and ends with two
render-no-value = a value is missing here
render-no-sign = `{ $name }` follows a value, with no sign between the two
render-no-sign-hint = compare with ==, join texts with ~; a column whose name has a blank is row['First Name']
render-sign-hint = write { $sign } here
render-in-hint = write it the other way round, with `in`: 'x' in name
render-then-hint = write the condition without `then`
render-block-tag-hint = `{ $name }` belongs between {"{%"} and %{"}"}: {"{%"} { $name } … %{"}"}
render-argument-hint = write arguments in brackets, with their names: name | default(value="…")
render-choice-hint = write {"{%"} if name %{"}"} … {"{%"} else %{"}"} … {"{%"} endif %{"}"}
render-block-hint = write {"{%"} if name %{"}"} … {"{%"} endif %{"}"}
render-not-hint = write not: not name, or name != 'x'
render-name-alone-hint = write the name alone, without the sign
render-condition-hint = a condition names columns and compares them: paid == 'yes' and score >= 60
render-braces-in-condition = a condition is written without braces
render-list-brackets = a list has square brackets
render-list-brackets-hint = write ['yes', 'no']
render-text-in-quotes-hint = to compare with this text, put it in quotes: '{ $text }'
render-text-is-hint = to compare with this text, write == '{ $text }'
render-open-comment = this comment is not closed
render-open-comment-hint = a comment ends with #{"}"}; where {"{"}# is text, write {"{%"} raw %{"}"}{"{"}#{"{%"} endraw %{"}"}
render-engine = the template cannot be filled in ({ $own })
render-unknown-filter = there is no filter `{ $name }`
render-unknown-test = there is no test `{ $name }`
render-unknown-function = there is no function `{ $name }`
render-unknown-template = there is no template `{ $name }`

render-unknown-column = there is no column `{ $name }`
render-did-you-mean-hint = did you mean { $near }?
render-columns-are-hint = the columns are: { $columns }
render-ambiguous-column = { $n ->
    [2] two columns are called `{ $name }`
   *[other] { $n } columns are called `{ $name }`
}
render-ambiguous-column-hint = write { $names }
render-two-meanings = `{ $name }` means { $ours } here, and { $file } has a column `{ $name }`
render-two-meanings-word = `{ $name }` is a word of the template language, and { $file } has a column `{ $name }`
render-two-meanings-cell-hint = for the cell, write { $cell }
render-two-meanings-ours-hint = for { $ours }, give the column another name in { $file }
render-two-meanings-rename-hint = or give the column another name in { $file }
render-ours-row = the whole row
render-ours-rows = the list of the rows of a message
render-ours-row-number = the number of the row
render-ours-campaign = the name of the campaign
render-ours-bounces = the recipient's address for bounces
render-ours-bounce = the token of the message

render-whole-row-named = this writes everything that is known about a recipient into the message
render-whole-row-written = this writes a whole row into the message, with every cell in it
render-name-the-column-hint = name the columns you mean: { $columns }
render-loop-column-hint = in a loop over rows, {"{%"} for r in rows %{"}"}, a column is {"{{"} r.name {"}}"} or {"{{"} r['First Name'] {"}}"}
render-rows-differ = the rows of one message have different values in `{ $column }`, and this needs one
render-rows-differ-loop-hint = to show all of them, write {"{%"} for r in rows %{"}"} {"{{"} { $column } {"}}"} {"{%"} endfor %{"}"}
render-rows-differ-group-hint = or add the column to `group_by`: each value then gets a message of its own

render-writes-too-much = the templates of this row make more than { $most } MiB of text (in { $file })
render-needs-too-much = the templates of this row need more memory than is allowed (in { $file })
render-takes-too-long = the templates of this row take longer than { $most } (in { $file })
render-too-much-hint = look for a loop inside a loop, or a text that a loop keeps adding to itself
render-makes-too-much = this makes too much

render-value-empty = this value is empty, and the template calculates with it or compares it
render-value-not-a-number = `{ $value }` is not a number
render-value-not-a-date = `{ $value }` is not a date
render-value-unsure = `{ $column }` has yes-or-no answers and other words
render-ask-first-hint = check first whether it has a value: {"{%"} if { $name } %{"}"} … {"{%"} endif %{"}"}
render-calculates-with-text = `{ $text }` is not a number, and the template calculates with it
render-number-or-join-hint = a number has digits and a point, such as 1234.50; to join texts, use `~`
render-join-texts-hint = to join texts, use `~`: {"{{"} first ~ ' ' ~ last {"}}"}
render-text-beside-number = `{ $text }` is not a number, and the template compares it with { $number }
render-text-beside-number-hint = write a number with a point and without quotation marks: {"{%"} if score >= 60 %{"}"}
render-too-large = the result is too large to calculate with
render-too-large-hint = a number has at most 38 digits
render-divides-by-zero = this divides by zero
render-cell-is-zero = this cell is zero, and { $place } divides by it
render-ask-for-zero-hint = check first whether it is zero: {"{%"} if { $name } != 0 %{"}"} … {"{%"} endif %{"}"}
render-unsure-date = `{ $text }` cannot be read as a date with certainty
render-unsure-date-in-cell = `{ $text }` cannot be read as a date with certainty, and { $place } compares it
render-unsure-date-hint = write it as 2026-03-09 (year, month, day), or format the cell as a date in the workbook
render-unsure-date-written-hint = write it as '2026-03-09': year, month, day
render-unsure-yes-or-no = it is not certain when `{ $column }` is true: the column has `{ $answer }` (row { $answer_row }) and `{ $other }` (row { $other_row })
render-unsure-yes-or-no-hint = say which cells you mean: {"{%"} if { $name } == '{ $answer }' %{"}"} or {"{%"} if { $name } != '{ $answer }' %{"}"}; {"{%"} if { $name } != '' %{"}"} is true for every cell that is not empty
render-only-answers-hint = or write only answers such as yes and no into the column
render-empty-cell-calculated = this cell is empty, and { $place } calculates with it
render-empty-cell-converted = this cell is empty, and { $place } makes a date or a number of it
render-empty-cell-hint = fill in the cell, or check first whether it has a value: {"{%"} if { $name } %{"}"} … {"{%"} endif %{"}"}
render-used-in-hint = { $place } uses it
render-cell-not-a-number = `{ $text }` is not a number, and { $place } calculates with it
render-cell-not-a-number-hint = write digits and a point into the cell, such as 1234.50
render-number-filter-hint = for numbers such as 1.234,50 or 1,234.50 use a filter: ({ $name } | number(point=","))

render-in-needs-a-list = `in` looks into lists and texts, and this is a value of type `{ $type }`
render-no-order = a value of type `{ $one }` cannot be compared with one of type `{ $other }`
render-no-attribute = item { $at } (of type `{ $type }`) has no `{ $path }`
render-range-backwards = `range` needs a `start` that is not greater than its `end`
render-range-stands-still = `range` needs a `step_by` other than 0
render-range-too-long = `range` makes at most { $most } numbers
render-row-is-no-text = this is a whole row and not a text: name the column you mean
render-rows-are-no-text = this is a list of rows and not a text: to write a column of each row, use {"{%"} for r in rows %{"}"} {"{{"} r.name {"}}"} {"{%"} endfor %{"}"}
render-list-is-no-text = this is a list and not a text: add `| join(sep=", ")` to make it one
render-no-length = only texts and lists have a length
render-filter-brackets-hint = a filter applies to the value right before it; with brackets it applies to all of them: {"{{"} (fee * 2) | money {"}}"}
render-round-method = `round` has the methods ceil and floor, not { $method }; without one it rounds to the nearest
render-filter-needs-a-number = `{ $text }` is not a number: write digits and a point, such as 1234.50; {"{{"} … | number(point=",") {"}}"} reads 1.234,50
render-filter-needs-a-date = `{ $text }` cannot be read as a date with certainty: write it as 2026-03-09 (year, month, day), or format the cell as a date in the workbook
render-date-locale = `date` has no argument `locale`: the names of months and days are English; for other languages use numbers, such as format="%d.%m.%Y"
render-unknown-zone = there is no time zone { $name }
render-date-format = the date format `{ $format }` is not valid ({ $own })
render-date-of-type = `date` needs a text or a whole number, and this is a value of type `{ $type }`
render-timestamp = { $seconds } is not a point in time

render-types-do-not-fit = the template cannot calculate with these values, or compare them ({ $own })
