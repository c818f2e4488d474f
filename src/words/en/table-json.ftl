### What `table` says of JSON.

## What is meant: the beginning of sentences.

table-json-this-line = this line
table-json-line = line { $line }
table-json-element = element { $number } (line { $line }, column { $column })
table-json-element-at = the element at line { $line }, column { $column }

## Rows.

table-json-not-object = { $what } is { $found }, not an object
table-json-object-help = a row is an object: {"{"}"email": "ada@uni.example", "name": "Ada"{"}"}
table-json-a-list = a list
table-json-a-text = a text
table-json-a-number = a number
table-json-new-key = { $what } has a key `{ $key }` that was not there when the file was first read
table-json-new-key-help = the file has changed meanwhile; run the same command again
table-json-many-keys = up to { $what } there are more than { $most } different keys
table-json-many-keys-help = each key is a column, so all objects should have the same few keys; put what differs into values
table-json-key-twice = this key occurs twice in the object
table-json-key-twice-help = remove one of the two, or give it another name
table-json-too-long = { $what } is larger than { $most } MiB
table-json-too-long-help = a row is one object with a few values of a recipient; files are attached by their names

## What is not JSON.

table-json-broken = { $what } is not JSON: { $why } (column { $column }, at `{ $near }`)
table-json-broken-at-end = { $what } is not JSON: { $why } (column { $column }, at the end)
table-json-cell = the text of this value is not JSON: { $why }
table-json-file-broken = this is not JSON: { $why }
table-json-at = { $what } (line { $line }, byte { $octet })
table-json-cut-off = it ends too early
table-json-cut-off-help = something is missing at the end: a quotation mark, or one of {"}"} and ]
table-json-comma = there is a comma before a closing bracket
table-json-comma-help = remove the comma: JSON has no comma after the last value
table-json-behind = something follows after its end
table-json-behind-help = a line contains one object and nothing else; a file contains one list
table-json-key = a name in double quotes is expected
table-json-key-help = perhaps there is a comma before the closing bracket, or a quotation mark is missing
table-json-value = a value is expected
table-json-value-help = put names and texts in double quotes; a value is "text", a number, true, false or null
table-json-control = a text contains a line break or another control character
table-json-control-help = in a text, write \n for a line break and \t for a tab
table-json-surrogate = a text contains half a character (\ud800 to \udfff without the other half)
table-json-surrogate-help = write the character itself, or both halves of it
table-json-not-utf-8 = it is not UTF-8 text
table-json-line-not-utf-8 = line { $line } is not UTF-8 text, from byte { $octet } on
table-json-write-utf-8 = JSON files are UTF-8: save the file again in that encoding
table-json-other = it contains an error ({ $own })
table-json-other-help = compare it with the lines around it; a JSON checker (jq . FILE) names the same place
table-json-utf-16 = this is UTF-16 text, and JSON files are UTF-8 (RFC 8259)
table-json-utf-16-help = save the file again as UTF-8; in editors this is often under "Save as", "Encoding"

## Lists of objects.

table-json-expected = write a list of objects, [{"{"}"email": "ada@uni.example"{"}"}, …], or one object per line
table-json-list =
    { $objects ->
        [one] `{ $name }` ({ $objects } object)
       *[other] `{ $name }` ({ $objects } objects)
    }
table-json-several-lists = this JSON object contains several lists: { $lists }
table-json-keep-one = keep the list that contains your recipients
table-json-jq-list = with jq: jq '.["{ $list }"]' { $file } > recipients.json
table-json-empty-objects = the objects of this list are empty
table-json-empty-list = this JSON list is empty
table-json-no-list = this JSON object contains no list of objects
table-json-neither = this JSON file is neither a list nor an object
table-json-no-object = this file contains no object
table-json-no-object-help = each line is a row: {"{"}"email": "ada@uni.example", "name": "Ada"{"}"}
table-json-stopped = reading was stopped
table-json-trailing = something follows after the end of the JSON value
table-json-trailing-help = put several objects into a list, [{"{"}…{"}"}, {"{"}…{"}"}], or each one on a line of its own
table-json-jq-lines = with jq: jq -c . { $file } > recipients.jsonl
