### What `campaign` says of the campaign file: its TOML, and values that are not of their kind.

campaign-file-unreadable = the campaign file cannot be read: { $why }
campaign-file-unreadable-permission = check who may read it, or run mailshot as that user
campaign-file-unreadable-hint = look what is there now, and put the campaign file back
campaign-file-not-utf-8 = the campaign file is not UTF-8 text (line { $line })
campaign-file-not-utf-8-hint = save it as UTF-8 in your editor

campaign-file-unknown-key = unknown key `{ $key }`
campaign-file-keys-here = the keys here are: { $keys }
campaign-file-must-be = `{ $key }` must be { $wanted }
campaign-file-must-be-but-is = `{ $key }` must be { $wanted }, not { $found }
campaign-file-must-be-one-of = `{ $key }` must be { $choices }
campaign-file-table-hint = write [{ $table }], and its keys on the lines below

campaign-file-wanted-text = text in quotes
campaign-file-wanted-texts = text in quotes, or a list of such texts
campaign-file-wanted-flag = true or false
campaign-file-wanted-number = a whole number from { $least } to { $most }
campaign-file-wanted-duration = a length of time such as "30s", "5m" or "1h"
campaign-file-wanted-sheet = the name of a sheet in quotes, or its number from 1
campaign-file-wanted-table = a table

campaign-file-found-text = text
campaign-file-found-number = a number
campaign-file-found-fraction = a number with a decimal point
campaign-file-found-flag = true or false
campaign-file-found-date = a date
campaign-file-found-list = a list
campaign-file-found-table = a table

campaign-file-bad-attachment = an attachment is the name of a file in quotes
campaign-file-bad-attachment-hint = write attach = ["map.pdf"], or {"{"} path = "letters/{"{{"} id {"}}"}.pdf" {"}"} for a different file in each row
campaign-file-attachment-without-path = this attachment has no `path`
campaign-file-attachment-without-path-hint = write {"{"} path = "letters/{"{{"} id {"}}"}.pdf" {"}"}
campaign-file-bad-signature = a signature is a table
campaign-file-bad-signature-hint = write dkim = {"{"} domain = "uni.example", selector = "s1", key = {"{"} file = "dkim.pem" {"}"} {"}"}; `mailshot dkim new` makes the key and shows this line
campaign-file-relay-not-a-table = `relay.{ $name }` must be a table of its own
campaign-file-relay-not-a-table-hint = every relay has a name: write [relay.school] above its keys

campaign-file-literal-password = a password does not belong in this file
campaign-file-literal-client-secret = a client secret does not belong in this file
campaign-file-literal-refresh-token = a refresh token does not belong in this file
campaign-file-literal-key = a private key does not belong in this file
campaign-file-literal-hint = files are copied, mailed and backed up: remove it, and change it if others have seen it
campaign-file-several-passwords = a password has one source, not several
campaign-file-several-client-secrets = a client secret has one source, not several
campaign-file-several-refresh-tokens = a refresh token has one source, not several
campaign-file-several-keys = a private key has one source, not several
campaign-file-bad-keyring = `keyring` must be true, or the service name of an entry in quotes
campaign-file-forms-of-password = write password = {"{"} env = "MAILSHOT_PASSWORD" {"}"}, {"{"} command = "pass show smtp/uni" {"}"}, {"{"} file = "password.txt" {"}"} or {"{"} keyring = true {"}"}; without any of them mailshot asks for it in the terminal
campaign-file-forms-of-client-secret = write client_secret = {"{"} env = "MAILSHOT_CLIENT_SECRET" {"}"}, {"{"} command = "pass show oauth/client" {"}"}, {"{"} file = "client-secret.txt" {"}"} or {"{"} keyring = true {"}"}
campaign-file-forms-of-refresh-token = write refresh_token = {"{"} keyring = true {"}"} (`mailshot login` saves it there), {"{"} env = "MAILSHOT_REFRESH_TOKEN" {"}"}, {"{"} command = "pass show oauth/refresh" {"}"} or {"{"} file = "refresh-token.txt" {"}"}
campaign-file-forms-of-key = write key = {"{"} file = "dkim.pem" {"}"}, {"{"} env = "MAILSHOT_DKIM_KEY" {"}"}, {"{"} command = "pass show dkim/uni" {"}"} or {"{"} keyring = true {"}"}; `mailshot dkim new` makes such a file

# What is not TOML; the parser's own words follow in brackets.
campaign-toml = { $what } (TOML: { $own })
campaign-toml-unclosed = the text in quotes is not closed on this line
campaign-toml-unclosed-hint = write the closing quote at the end of the text; text of several lines is between """ and """
campaign-toml-unclosed-lines = the text that begins with """ or ''' is not closed
campaign-toml-unclosed-lines-hint = write the same three quotes at the end of the text
campaign-toml-escape = a backslash in "…" begins an escape such as \n, and this is not one
campaign-toml-escape-hint = in a path, write / instead, or use single quotes: 'C:\Users\li.xlsx'
campaign-toml-control = text in quotes on one line cannot contain this character
campaign-toml-control-hint = write a line break as \n and a tab as \t
campaign-toml-curly = { $mark } is not a straight quote
campaign-toml-curly-hint = write "…" with straight quotes
campaign-toml-wide = { $mark } is a full-width character
campaign-toml-wide-hint = switch the input method off and write { $plain }
campaign-toml-duplicate = `{ $key }` is there twice
campaign-toml-duplicate-hint = remove one of the two, or put the keys of both tables under one heading
campaign-toml-key = a key with letters other than A-Z and a-z must be in quotes
campaign-toml-comment = { $mark } does not begin a comment
campaign-toml-comment-hint = a comment begins with #
campaign-toml-bad-key = this is not a key
campaign-toml-key-hint = a key has the letters A-Z and a-z, digits, - and _; any other is in quotes: "姓名" = "…"
campaign-toml-no-equals = there is no = after the key
campaign-toml-no-equals-hint = a line is key = value, for example subject = "Room change"
campaign-toml-no-value = there is no value after the =
campaign-toml-no-value-hint = write the value, or remove the line
campaign-toml-unquoted = this text is not in quotes
campaign-toml-unquoted-hint = write key = "text"; only numbers, true, false, lists and tables are without quotes
campaign-toml-boolean = this is neither true nor false
campaign-toml-boolean-hint = write true or false in small letters; text is in quotes
campaign-toml-number = this is not a number
campaign-toml-number-hint = write digits only, without a leading zero; text, also a telephone number, is in quotes
campaign-toml-after-value = there is something after the value
campaign-toml-after-value-hint = every key has a line of its own; text of several words is in one pair of quotes, and text that has double quotes in it is in single ones: 'Say "hi"'
campaign-toml-extra-equals = there is one = too many
campaign-toml-extra-equals-hint = a line is key = value, for example subject = "Room change"
campaign-toml-table = the heading of this table is not closed
campaign-toml-table-hint = write it like [message], on a line of its own
campaign-toml-open-list = the list is not closed
campaign-toml-open-list-hint = write ] at its end
campaign-toml-open-braces = the braces are not closed
campaign-toml-open-braces-hint = write {"}"} at the end
campaign-toml-comma = a comma is missing
campaign-toml-comma-hint = write a comma between the two, for example ["a.pdf", "b.pdf"]
campaign-toml-extra-comma = there is one comma too many
campaign-toml-extra-comma-hint = remove one of the commas
campaign-toml-line-end = this line ends in a way that TOML does not know
campaign-toml-line-end-hint = save the file with the line ends of Windows or Unix
campaign-toml-not-a-table = `{ $key }` already has a value and cannot have keys below it
campaign-toml-not-a-table-hint = remove the value, or give the table another name
campaign-toml-other = this is not TOML
campaign-toml-other-hint = a line is key = value, every key once; text is in quotes, which are closed on the same line
