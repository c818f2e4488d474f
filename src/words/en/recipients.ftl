### What `recipients` says.

## Why a text is not an address. Continues "… is not an e-mail address: ".

recipients-why-empty = it is empty
recipients-why-control = it contains a line break or another control character
recipients-why-space = it contains a space
recipients-why-invisible = it contains an invisible character
recipients-why-no-at = the @ is missing
recipients-why-two-ats = it contains one @ too many
recipients-why-several = it contains several addresses
recipients-why-comma = it contains a comma or a semicolon
recipients-why-no-local = there is nothing before the @
recipients-why-long-local = the part before the @ is longer than 64 bytes
recipients-why-encoded = the part before the @ is an encoded word (=?…?=), which mail programs read as something else
recipients-why-domain = the part after the @ is not a domain name
recipients-why-number = the part after the @ is an IP address without brackets; with them it is name@[192.0.2.1]
recipients-why-route = it names relays on the way (@…:), which mail no longer supports
recipients-why-scheme = it begins with a scheme of another kind (sip:, http: …), so it is not a mailbox
recipients-why-unclosed = a < is not closed
recipients-why-behind = something follows the >
recipients-why-odd = it contains `{ $char }` (U+{ $code }), which word processors insert and no address contains
recipients-why-form = it contains a character that is not allowed in that place (two dots in a row, for example)

## What to do about a cell.

recipients-fill-cell = fill in the cell, or skip such rows with --skip-invalid
recipients-one-address = one row is one message to one address; put the others into cc, or into rows of their own
recipients-type-anew = delete the cell and type the address again
recipients-write-meant = write { $meant } if that is meant, or skip such rows with --skip-invalid
recipients-correct-cell = correct the cell, or skip such rows with --skip-invalid

## Addresses of a row.

recipients-name-control = the name `{ $name }` in `{ $header }` contains a line break or another control character
recipients-name-one-line = a name is one line: remove the line break from the cell
recipients-address-empty = the address in `{ $header }` is empty
recipients-not-an-address = `{ $value }` is not an e-mail address: { $why }

## Address templates.

recipients-return-path = `return_path` is not an e-mail address: { $why }
recipients-return-path-help = write "bounces@uni.example", an address without a name
recipients-not-one =
    { $count ->
        [0] `{ $header }` must be one mailbox, but it contains none
       *[other] `{ $header }` must be one mailbox, but it contains { $count }
    }
recipients-not-one-alone = put other recipients into --cc or --bcc, or send to a list with --recipients people.csv, so that each gets a mail of their own; put a name with a comma in quotes
recipients-not-one-help = write "{"{{"} name {"}}"} <{"{{"} email {"}}"}>"; put a name with a comma in quotes, and other recipients into cc or bcc
recipients-several-from = if several people write together, name the one who sends in `sender`; Gmail rejects such messages
recipients-not-a-mailbox = `{ $header }` is not a mailbox: { $why }
recipients-not-a-mailbox-help = write "{"{{"} name {"}}"} <{"{{"} email {"}}"}>" or "{"{{"} email {"}}"}"
recipients-written-not-an-address = `{ $written }` in `{ $header }` is not an e-mail address: { $why }
recipients-written-help = write "Registrar <registrar@uni.example>" or "registrar@uni.example"

## Columns that the campaign file names.

recipients-columns-alike = several columns of { $file } are called `{ $column }`
recipients-columns-which = write the one that is meant: { $columns }
recipients-no-column = there is no column `{ $column }` in { $file }
recipients-did-you-mean = did you mean `{ $column }`?
recipients-columns-are = the columns are: { $columns }
recipients-rows-differ = the rows of one message have different values in `{ $column }`, which must be the same in all of them
recipients-rows-differ-help = add the column to `group_by`, or make these cells the same

## The column with the addresses, where the campaign file does not name it.

recipients-first-row = the first row of { $file } names no columns: it contains { $address }
recipients-first-row-help = insert a row above it that names the columns, for example: email,name
recipients-no-email-column = no column of { $file } is called `email` or something similar
recipients-no-email-column-but = no column of { $file } is called `email` or something similar, but `{ $column }` contains addresses
recipients-name-the-column = name the column with the addresses below [message]: to = "{"{{"} column {"}}"}"
recipients-default-to = { $file }: messages go to the addresses in column `{ $column }`; to = "…" below [message] changes that
recipients-write-below-message = write below [message]: { $lines }
recipients-several-may = several columns of { $file } may contain the addresses: { $columns }
recipients-column-empty = the column `{ $column }` of { $file } is empty, and `{ $other }` contains addresses

## Suppression lists.

recipients-list-more =
    { $lines ->
        [one] one more line of this list has such a problem
       *[other] { $lines } more lines of this list have such problems
    }
recipients-listed = { $file }, line { $line }
recipients-listed-by = { $place }: { $entry }
recipients-listed-by-token = { $place }, by token
recipients-line-nobody = this line contains no address
recipients-line-neither = `{ $value }` is neither an e-mail address nor an unsubscribe token: { $why }
recipients-line-too-wide =
    { $cells ->
        [one] this line has { $cells } cell, the header has { $width }
       *[other] this line has { $cells } cells, the header has { $width }
    }
recipients-line-help = correct the line or remove it; until then nothing is sent, because the person it stands for would get the message
recipients-domain-instead = { $why }; everyone at a domain is @{ $domain }
recipients-wildcard-expression = it looks like a regular expression, and only simple ones are supported; write *@example.org
recipients-wildcard-masked = it is masked, so it is not clear who is meant
recipients-wildcard-question = it may be a wildcard, or replace a character that was lost; for everyone at a domain write *@example.org
recipients-wildcard-percent = its % may be a wildcard or a plain character; for the wildcard write { $glob }
recipients-wildcard-unreadable = its wildcards are not supported; write *@example.org, *@*.example.org or ada+*@example.org
recipients-wildcard-no-at = the @ is missing; everyone at a domain is @{ $domain }, everyone at its subdomains is @*.{ $domain }
recipients-wildcard-everyone = it means everyone; do not send the campaign, or say who is meant, for example @example.org
recipients-wildcard-domain = `{ $domain }` is not a domain name, even with its wildcards
recipients-wildcard-local = `{ $local }` is not allowed before the @, even with its wildcards

recipients-listed-by-own = your suppression list, line { $line }
