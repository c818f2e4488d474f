### mailshot new: its questions, and what it writes.

cli-new-made =
    { $folder } is a new campaign, from the template { $template }.

    Next:
    {"  "}edit { $folder }/mailshot.toml and the files beside it
    {"  "}mailshot check { $word }
    {"  "}mailshot send { $word } --dry-run
    {"  "}mailshot send { $word } --sandbox
cli-new-made-list =
    { $folder } is a new campaign for { $list }, through { $relay }. The list stays where it is; changes in it count.

    Next:
    {"  "}write your message into { $letter }
    {"  "}mailshot check{ $word }
    {"  "}mailshot send{ $word } --dry-run
    {"  "}mailshot send{ $word } --test-to { $sender }
cli-new-made-sample =
    { $folder } is a new campaign with a sample list, through { $relay }.

    Next:
    {"  "}replace the sample list and the text in { $folder }
    {"  "}mailshot check{ $word }
    {"  "}mailshot send{ $word } --dry-run
    {"  "}mailshot send{ $word } --test-to { $sender }
cli-new-no-template = there is no template `{ $template }`
cli-new-hint-templates = the templates are { $templates }
cli-new-not-made = { $folder } was not created.
cli-new-from-mailmerge =
    { $rows ->
        [one] { $folder } is a new campaign with { $rows } row, made from mailmerge's files in { $old }.
       *[other] { $folder } is a new campaign with { $rows } rows, made from mailmerge's files in { $old }.
    }
cli-new-warnings =
    { $warnings ->
        [one] There is { $warnings } warning above: it says what is to be done.
       *[other] There are { $warnings } warnings above: they say what is to be done.
    }
cli-new-next =
    Next:
    {"  "}mailshot check { $word }
    {"  "}mailshot send { $word } --dry-run
    {"  "}mailshot send { $word } --sandbox
cli-new-taken = { $folder } exists already and is not empty
cli-new-hint-taken = name a new folder; nothing was changed
cli-new-has-campaign = { $folder } exists already and has a campaign
cli-new-file = { $file } exists already and is a file
cli-new-hint-file = for a campaign with this list: mailshot new --list { $file }

## The questions

cli-new-asks =
    This makes a new campaign: a folder with a campaign file and a letter. Press Ctrl-C to stop; nothing is
    created before the last answer.
cli-new-ask-list = List of recipients (.xlsx, .csv, …; you can drag the file here; Enter for a sample list):{" "}
cli-new-ask-header = Number of the row with the column names:{" "}
cli-new-no-row = Please type a row number.
cli-new-ask-addresses = Column with the e-mail addresses (its name or number):{" "}
cli-new-which-addresses = No column is clearly the one with the addresses: { $columns }
cli-new-no-column = There is no column `{ $column }`.
cli-new-ask-sender = Sender (your mailbox, for example Ada Jones <ada@uni.example>):{" "}
cli-new-ask-provider = Mail provider (a name or number above, or a server: smtps://HOST):{" "}
cli-new-ask-provider-or = Mail provider (Enter for { $guess }; ? lists all; or a server: smtps://HOST):{" "}
cli-new-no-provider = Please type a name or a number.
cli-new-ask-user = User name at { $provider }:{" "}
cli-new-ask-user-or = User name at { $provider } (Enter for { $likely }; - if there is no login):{" "}
cli-new-stopped = Stopped. Nothing was created.
cli-new-nothing = Nothing was created.
cli-new-found = { $list }: { $rows }. Columns: { $columns }.
cli-new-rows =
    { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }
cli-new-found-sheet = Worksheet: { $sheet } (another one: --sheet NAME)
cli-new-found-to = To: { $to }
cli-new-found-no-name = To: { $to } (no column is clearly the one with the names)

## What is missing or wrong

cli-new-missing = missing: { $flags }; there is no terminal to ask on
cli-new-hint-missing = add it: { $command }
cli-new-hint-presets = NAME is one of { $presets }; for another server: --relay smtps://HOST
cli-new-no-list = { $list } cannot be read: { $why }
cli-new-list-empty = { $list } has no rows
cli-new-list-folder = { $list } is a folder
cli-new-lists-within = lists in it: { $lists }
cli-new-list-campaign = { $list } is a campaign file, not a list
cli-new-list-stdin = a new campaign needs a list that is a file; standard input is gone afterwards
cli-new-no-addresses = no column of { $list } is clearly the one with the e-mail addresses
cli-new-hint-to = add --to with a column, for example --to { $to }; the columns are { $columns }
cli-new-odd-path = the path of { $list } cannot be written in a campaign file; move or rename the file
cli-new-no-sender = the sender `{ $text }` is not a mailbox: { $why }
cli-new-sender-template = the sender is one mailbox, not a template
cli-new-hint-sender = write an address, or a name and an address: Ada Jones <ada@uni.example>
cli-new-no-preset = there is no preset `{ $name }`
cli-new-no-user = the user name at { $provider } is not the address of the sender
cli-new-hint-user = add it: { $command }

## The files

cli-new-subject = A message for you
cli-new-file-head =
    A message for every recipient in a list. Write the text into { $letter }. Then run these commands inside this folder:
    {"  "}mailshot check                check every row, send nothing
    {"  "}mailshot send --dry-run       write every message to a file
    {"  "}mailshot send --sandbox       send to a test server on this computer
    {"  "}mailshot send --test-to { $sender }
    {"  "}                              send the first three to yourself
    {"  "}mailshot send                 send to everybody
cli-new-file-list = The list. It stays where it is: changes in it count. An Excel workbook (.xlsx) is read directly, and so are CSV and other formats.
cli-new-file-to = A column name in double braces is replaced by the value in that row.
cli-new-file-text = The letter. For pictures and links: markdown = "letter.md"
cli-new-file-attach = The same file for everybody: attach = ["terms.pdf"]. A file for each recipient, below this folder; remove the # to use it:
cli-new-file-attach-found = There is a file for each recipient. Remove the # to attach it:
cli-new-file-preset = The server that sends your mail: { $title }. { $login }.
cli-new-file-server = The server that sends your mail: smtps is port 465, smtp is port 587 with STARTTLS.
cli-new-file-own = The server that sends your mail is `{ $relay }` of your own settings; keys in this table override it.
cli-new-file-password = The password is not written in this file: mailshot asks for it when it sends. For cron and other runs without a terminal, run mailshot login { $relay } once and write password = {"{"} keyring = true {"}"} below; on a server without a keyring, password = {"{"} env = "MAILSHOT_PASSWORD" {"}"}.
cli-new-file-rate = Servers refuse mail that comes too fast. Ask your provider what is allowed.
cli-new-letter-head =
    A comment like this one is for you; nobody receives it. Columns of the list,
    as they are written in this text:
cli-new-letter-hello = Hello,
cli-new-letter-greeting = Dear { $name },
cli-new-letter-body = Write your message here, and delete this line.
cli-new-letter-end =
    Kind regards
    { $sender }
