### What the help says: `mailshot help`, the manual and the completions of shells. An id is made of the
### names of what it is about: help-COMMAND, help-COMMAND-option-FLAG, help-COMMAND-argument-NAME,
### help-COMMAND-value-FLAG-VALUE; without COMMAND it is about every command that has the option.
### `.long` is only on the page of --help, `.after` behind the options.

help-heading-usage = Usage:
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-campaign = Campaign and message
help-heading-recipients = Recipients
help-heading-relay = Relay (mail server)
help-heading-key = Key
help-heading-safety = Safety
help-heading-output = Output
help-heading-global = For every command
help-headed = { $heading }:
help-usage-options = [OPTIONS]
help-usage-command = COMMAND
help-default = [default: { $value }]
help-values = [possible values: { $values }]

help-man-name = Name
help-man-synopsis = Synopsis
help-man-description = Description
help-man-see-also = See also
help-man-manual = Mailshot Manual

## The program

help-mailshot = Send a personal e-mail to every row of a spreadsheet
    .long = Every message is checked before the first one is sent. A run can be stopped and continued, and nobody gets the same message twice. A report shows the result of every recipient.
    .after =
        A campaign is a folder with a file mailshot.toml. First steps:
          mailshot new my-campaign  Create a campaign from a template
          mailshot check my-campaign  Check every message; nothing is sent
          mailshot send my-campaign --dry-run  Write every message to a file; nothing is sent
          mailshot send my-campaign --sandbox  Rehearse the whole run; nothing leaves this computer
          mailshot send my-campaign  Send the messages; if the run stops, the same command continues it

        { help-exit-codes }

        More about a command: mailshot help COMMAND

help-exit-codes =
    Exit codes:
      0  All recipients were accepted, or there was nothing to do
      1  The run is finished, but some recipients were not accepted
      2  Nothing was sent, and something must be changed first
      3  The run was stopped after some messages were sent
      4  Nothing was sent, and the same command may work later

help-help = Show this help, or the help of a command

## For every command

help-option-quiet = Show only errors and data
help-option-verbose = Show more detail (-vv: everything); passwords are never shown
help-option-color = Use colors in the terminal
help-value-color-auto = When the output is a terminal
help-value-color-always = Also in files and pipes
help-value-color-never = No colors
help-option-lang = Language of all messages [default: the language of the system]
help-value-lang-en = English
help-value-lang-zh = Chinese
help-option-help = Show this help (-h: a short one)
help-option-version = Show the version

## The campaign, and what overrides its file

help-argument-campaign = The campaign: its folder or its .toml file [default: the current folder]
help-option-name = Name of the campaign, if it has no file
help-option-recipients = The list of recipients: an Excel workbook, CSV, JSON or a database; `-` for standard input
help-option-sheet = Worksheet to read: its name, or its number from 1
help-option-encoding = Encoding of the list, for example gb18030, big5 or windows-1252 [default: detected]
help-option-delimiter = Character between the cells, or tab [default: detected]
help-option-header-row = Number of the row with the column names [default: detected]
help-option-query = SQL query that reads the recipients from a database, for example "select email, name from people"
help-option-from = Sender, for example "Student Office <office@uni.example>"
help-option-no-campaign = Leave out the campaign file in this folder
help-option-to = Recipient's address, a template; without a list, the recipient of one mail [default: "{"{{"} email {"}}"}"]
help-option-cc = Addresses that get a visible copy (Cc), a template
help-option-bcc = Addresses that get a hidden copy (Bcc), a template
help-option-reply-to = Address that answers go to, a template
help-option-subject = Subject, a template
help-option-text = Template file of the plain text; `-` for standard input
help-option-html = Template file of the HTML text
help-option-attach = File to attach (can be repeated)
help-option-relay = Relay that sends the messages: its name in the campaign or in your settings, a preset such as 163, or smtps://HOST, smtp://HOST (STARTTLS), smtp+plain://HOST [env: MAILSHOT_RELAY]
help-option-user = User name at the relay [env: MAILSHOT_USER]
help-option-password-env = Environment variable with the password [default: MAILSHOT_PASSWORD, if the relay has no password]
help-option-password-command = Command that prints the password
help-option-connections = Number of connections at the same time [env: MAILSHOT_CONNECTIONS]
help-option-rate = Limit of recipients, for example 10/s, 30/min, 500/h or 2000/day (can be repeated) [env: MAILSHOT_RATE, with spaces between several limits]
help-option-skip-invalid = Skip rows without a valid address
help-option-skip-duplicates = If a recipient is in several rows, use the first row only
help-option-yes = Do not ask for confirmation

help-overrides = Options such as --from override the campaign file. With --recipients, --from, --subject and --text (or --html) no campaign file is needed.

## new

help-new = Create a campaign for a list, from a template or from mailmerge files
    .long = In a terminal it asks for what is missing: the list, the sender, and the provider. With --list, --from and --preset it asks nothing.
    .after =
        Examples:
          mailshot new  Ask for everything
          mailshot new --list results.xlsx --from me@uni.example  A campaign for a list
          mailshot new letters --template newsletter  A template with its sample list

        Templates:
help-new-argument-dir = Folder to create [default: named after the list; with --from-mailmerge: OLD_DIR-mailshot]
help-new-option-list = The list of recipients: an Excel workbook, CSV, JSON or a database. It stays where it is
help-new-option-to = Recipient's address, a template [default: from the columns of the list]
help-new-option-from = Sender, for example "Ada Jones <ada@uni.example>"
help-new-option-preset = Mail provider, for example gmail or 163 [default: from the sender's address, if it is known]
help-new-option-region = Region of the provider, if it has several
help-new-option-relay = Server instead of a provider: smtps://HOST or smtp://HOST (STARTTLS); or the name of a relay in your settings
help-new-option-user = User name at the relay [default: the sender's address]
help-new-option-template = Template to start from, in the language of the messages
help-new-option-from-mailmerge = Convert a mailmerge folder: its template, database, server settings and attachments
help-template-plain-text = A short plain-text letter with a personal attachment
help-template-newsletter = A newsletter in HTML and plain text, with a paragraph for members only
help-template-course-notice = A notice to students in HTML and plain text, with a map attached

## check

help-check = Check every message and list all problems; nothing is sent
    .long = { help-overrides }
    .after =
        Examples:
          mailshot check my-campaign  Check all rows and templates
          mailshot check my-campaign --connect --dns  Check the login and the sender's domain, too
          mailshot check my-campaign --json  List the problems for a program
          mailshot explain bad-address  More about error[bad-address] or any other code

        Exit codes:
          0  There are no errors; there may be warnings
          2  There are errors, which block sending
          4  A relay could not be reached; the same command may work later
help-check-option-connect = Log in to every relay as well; nothing is sent
help-check-option-dns = Check the DNS records as well: SPF, DKIM and DMARC of the sender, MX of all domains
help-check-option-dns-server = DNS server to ask [default: the DNS server of the system]
help-check-option-json = Print the problems as one JSON document

## columns

help-columns = Show the columns of a list and how templates call them
help-columns-argument-file = The list, or a campaign that has one; `-` for standard input
help-columns-option-json = Print one JSON document

## preview

help-preview = Show one message as its recipient gets it
    .long = { help-overrides }
    .after =
        Example:
          mailshot preview my-campaign --row 2  Show the message of the first row below the header
help-preview-option-row = Row of the message (always needed), as the spreadsheet counts; the header is row 1

## send

help-send = Send the messages; if the run stops, the same command continues it
    .long =
        All messages are checked first, and errors block sending. You are asked once before the first message is sent.

        { help-overrides }
    .after =
        Examples:
          mailshot send my-campaign --dry-run  Write every message to a file; nothing is sent
          mailshot send my-campaign --sandbox  Rehearse the whole run; nothing leaves this computer
          mailshot send my-campaign --test-to you@uni.example  Send the first 3 messages to yourself
          mailshot send my-campaign --limit 50  Send to the next 50 recipients only
          mailshot send my-campaign --where "score >= 60"  Send to some of the rows
          mailshot send my-campaign --retry-rejected  Try rejected recipients again
          mailshot send my-campaign --new  Start a new mailing to everyone in the list

        { help-exit-codes }
help-send-option-new = Start a new mailing of this campaign: everyone in the list gets the message
help-send-option-abandon = With --new: give up the unfinished mailing
help-send-option-accept-changes = Continue although the content has changed since the first message
help-send-option-limit = Send to at most N recipients in this run
help-send-option-only = Send to this recipient only: an address or key (can be repeated)
help-send-option-sample = Send to N randomly chosen recipients; the same list gives the same N every time
help-send-option-where = Send only to recipients with a row that meets this condition, for example "course == 'MATH' and score >= 60"
help-send-option-in-doubt = What to do about recipients in doubt, whose message was handed over but not answered
help-send-value-in-doubt-hold = Do not send again; find out first whether they have the message
help-send-value-in-doubt-resend = Send the identical message again
help-send-option-retry-rejected = Send again to recipients that the relay rejected
help-send-option-wait = If a limit per hour or day is used up, wait instead of stopping
help-send-option-dry-run = Write one .eml file for each recipient; nothing is sent
help-send-option-sandbox = Send everything to a test server on this computer, which delivers nothing
help-send-option-test-to = Send the first 3 messages, or the chosen ones, to this address only
help-send-option-max-failures = Stop after N rejected recipients
help-send-option-drain = Time to finish messages in flight after Ctrl-C
help-send-option-output = Folder for the files of --dry-run [default: results/preview]
help-send-option-events = Print one JSON object for everything that happens, one on each line

## stop

help-stop = Stop a run in another window on this computer, as Ctrl-C does
    .after =
        The run finishes its messages in flight (at most as long as its --drain) and writes the report; mailshot send continues it later. This command waits until the run has ended. Ctrl-C ends only the waiting.

        Exit codes:
          0  The run has ended, or none was in progress
          2  The run could not be stopped
help-stop-option-now = Do not wait for messages in flight, as with a second Ctrl-C; their recipients are then in doubt

## status

help-status = Show how many messages are sent, rejected and left, also during a run
    .after =
        Examples:
          mailshot status my-campaign  The latest mailing in numbers
          mailshot status --recipient ada@example.org my-campaign  What every mailing has of her
help-status-option-json = Print one JSON document
help-status-option-in-doubt = List the recipients in doubt and how to find out whether they have the message
help-status-option-mailings = List all mailings of the campaign
help-status-option-recipient = Show what every mailing has of this recipient: an address, a key or a cell of the row, such as a name; repeat it for several

## report

help-report = Write the report: one line for each row with its result
help-report-option-format = Format of the report
help-report-value-format-csv = Your own list with the results in further columns
help-report-value-format-json = One JSON array with an object for each row
help-report-option-only = Only rows with this status, for example rejected or in_doubt
help-report-option-output = Write to this file instead of standard output
help-report-option-mailing = Number of an earlier mailing, from 1 [default: the latest]

## settle

help-settle = Mark recipients in doubt as sent or not sent
    .after =
        Examples:
          mailshot status --in-doubt my-campaign  List the recipients in doubt
          mailshot settle my-campaign ada@example.org --sent  She has the message
          mailshot settle my-campaign --all --unsent  Nobody has it; the next send sends it
help-settle-argument-whom = The campaign [default: the current folder], then the addresses or keys of recipients
help-settle-option-sent = They have the message: count it as accepted
help-settle-option-unsent = They do not have the message: the next send sends it
help-settle-option-all = All recipients and copies in doubt
help-settle-option-copy = Only the copies (Cc, Bcc) to this address

## inbox

help-inbox = Collect bounces, replies and wishes to leave into the ledger
    .after =
        A bounce makes its recipient bounced in the reports. Dead addresses, complaints and wishes to leave are put on your suppression list if the token of the message proves them; others are listed and wait for --confirm. Each mail has an id, and counts once however often it is read. The mailbox is not changed.

        Examples:
          mailshot inbox --from-mbox bounces.mbox --look my-campaign  See what it would do
          mailshot inbox --from-mbox bounces.mbox my-campaign  Collect
          mailshot inbox --undo k3fq7a my-campaign  Take back what a mail caused

        Exit codes:
          0  Collected; what is not matched is listed
          1  Some mails could not be read; they are named
          2  Nothing was read, and something must be changed
          4  Another run has the campaign: try again later
help-inbox-option-from-mbox = Read this mailbox file, Maildir, folder of .eml files or .eml file
help-inbox-option-no-campaign = Only say what each mail is, without a campaign
help-inbox-option-server = Read the mailbox on this mail server: imaps://, imap:// (STARTTLS), pop3s:// or pop3:// (STLS)
help-inbox-option-user = The login of the mailbox
help-inbox-option-password-env = Take its password from this environment variable
help-inbox-option-look = Show what it would do, and change nothing
help-inbox-option-undo = Take back all that the mail with this id caused; repeat it for several
help-inbox-option-confirm = Suppress the address that the mail with this id names; several ids may follow
help-inbox-option-events = Print each mail and the result as JSON objects, one per line

## purge

help-purge = Delete the recipient data of old mailings; the totals are kept
    .after =
        Recipients, rows and attempts are deleted from the ledger, and the reports of the latest mailing are removed. Messages that a dry run or the sandbox wrote are in results/; delete them yourself.
help-purge-option-older-than = Mailings that ended longer ago, for example 90d
help-purge-option-mailing = Number of a mailing, from 1

## unsubscribe

help-unsubscribe = Manage your suppression list, which applies to all campaigns
    .after =
        Addresses on the list get no message from any campaign; reports show them as suppressed. The list is the file ~/.local/state/mailshot/suppressed.csv (or in the folder MAILSHOT_STATE). A list for one campaign is a file of its own: write suppress = ["unsubscribed.csv"] below [recipients].
help-unsubscribe-argument-who = Addresses or unsubscribe tokens to add; @example.org stands for everyone at this domain
help-unsubscribe-option-remove = Remove them from the list
help-unsubscribe-option-list = Print the list as CSV

## login

help-login = Try a password at a relay, and save it and the relay for all campaigns
help-login-argument-relay = Name of a relay of the campaign or of your settings; with --user also a preset such as 163, or smtps://HOST: it is then saved in your settings
help-login-option-user = User name at the relay [default: the one that is written for it]

## dkim

help-dkim = Create a key for DKIM signatures and print its DNS record
help-dkim-new = Create a key and print its DNS record
help-dkim-record = Print the DNS record of an existing key
help-dkim-option-domain = Domain of the sender's address
help-dkim-option-selector = Name of this key in the domain [default: mailshot and the month]
help-dkim-new-option-type = Kind of key
help-dkim-value-type-rsa = Every receiver can verify it
help-dkim-value-type-ed25519 = Shorter; some receivers cannot verify it
help-dkim-new-option-output = File for the private key; it must not exist yet
help-dkim-record-argument-file = File with the private key

## explain

help-explain = Explain a code: what it means, why it matters and what to do
    .after =
        Examples:
          mailshot explain unused-column  A finding of mailshot check
          mailshot explain in_doubt  A status of a recipient
          mailshot explain relay_down  A reason in summary.json
          mailshot explain 4  An exit code
help-explain-argument-codes = Codes to explain [default: list all codes]

## sandbox

help-sandbox = Run a test mail server that keeps every message and delivers none
help-sandbox-option-listen = Address and port to listen on
help-sandbox-option-output = Folder for the messages [default: they are not kept]

## completions

help-completions = Print a script that completes commands and options in your shell
    .after =
        Examples:
          mailshot completions bash > ~/.local/share/bash-completion/completions/mailshot  For bash
          mailshot completions fish > ~/.config/fish/completions/mailshot.fish  For fish
          mailshot completions powershell >> $PROFILE  For PowerShell
help-completions-argument-shell = Your shell
help-completions-value-shell-bash = Bash
help-completions-value-shell-elvish = Elvish
help-completions-value-shell-fish = fish
help-completions-value-shell-powershell = PowerShell
help-completions-value-shell-zsh = Zsh: save the script as _mailshot in a folder of $fpath

## man

help-man = Print the manual page, or write the pages of all commands
    .after =
        Examples:
          mailshot man | man -l -  Read the page of mailshot
          mailshot man ~/.local/share/man/man1  Install all pages, for `man mailshot-send`
help-man-argument-dir = Folder for the pages of all commands [default: print only the page of mailshot]
help-man-written =
    { $pages ->
        [one] { $pages } page of the manual was written to { $dir }.
       *[other] { $pages } pages of the manual were written to { $dir }. Read one: `man { $example }`
    }
help-man-unwritten = the manual cannot be written to { $path }: { $why }
