### What `campaign` says of the values of a campaign, and of the campaign as a whole.

# What is wrong, and what to do, in one line.
campaign-wrong-and-help = { $what }; { $help }

campaign-did-you-mean = did you mean `{ $near }`?
campaign-did-you-mean-text = did you mean { $near }?

# Where something is.
campaign-place-command-line = command line
campaign-place-environment = environment

campaign-charset-mixed = UTF-8 and { $other }

# Files that no cell may attach: the second half of "the file X …".
campaign-stays-secret = it contains a secret (a password, a token or a key) and is never attached
campaign-stays-campaign-file = it is a campaign file, which a cell cannot attach
campaign-stays-list = it is a list of this campaign, which a cell cannot attach
campaign-stays-hidden = it belongs to mailshot (.mailshot, results) or is hidden (its name begins with a dot), and a cell cannot attach it

# Which campaign is meant.
campaign-none-here = there is no campaign here: no { $file } in this folder
campaign-none-here-hint = name the folder of a campaign, or make one: mailshot new my-campaign
campaign-none-here-flags = or say everything with options: mailshot send --recipients people.csv --from … --subject … --text body.txt --relay smtps://…
campaign-none-here-one-mail = or send one mail without a list: mailshot send --to ada@example.org --from … --subject … --text body.txt --relay smtps://…
campaign-no-campaign-needs-folder = with --no-campaign there is no campaign file to name: only the folder that keeps the record
campaign-no-campaign-needs-folder-hint = leave out either the file or --no-campaign
campaign-neither-folder-nor-toml = a campaign is a folder or a .toml file; this is neither
campaign-neither-folder-nor-toml-hint = name a spreadsheet with --recipients
campaign-no-such-folder = there is no such folder or file
campaign-no-such-folder-hint = make a new campaign there with: mailshot new DIR
campaign-cannot-be-looked-at = it cannot be opened: { $why }
campaign-cannot-be-looked-at-hint = check who may use it and the folders above it, or run mailshot as that user

campaign-name-wrong = the name of a campaign has only letters, digits, `.`, `_` and `-`, and at most 100 of them
campaign-name-wrong-hint = the file of its ledger has this name, for example "room-change"

# Required keys.
campaign-missing-recipients = the recipients file is missing
campaign-missing-recipients-hint = write [recipients] and below it file = "people.csv", or use --recipients people.csv
campaign-missing-sender = the sender is missing
campaign-missing-sender-hint = write from = "Your Name <you@uni.example>" below [message], or use --from
campaign-missing-subject = the subject is missing
campaign-missing-subject-hint = write subject = "…" below [message], or use --subject
campaign-missing-body = the body is missing
campaign-missing-body-hint = write text = "body.txt", html = "body.html" (or both) or markdown = "body.md" below [message], or use --text or --html

campaign-missing-sender-flag = add --from "Your Name <you@uni.example>"
campaign-missing-subject-flag = add --subject "…"
campaign-missing-body-flag = add --text body.txt or --html body.html, or --text - to type the text or pipe it in

# One mail without a list.
campaign-to-everybody = every message of this campaign ({ $file }) would go to the mailbox of --to, or was one mail without a list meant?
campaign-to-everybody-one-mail = for one mail that has nothing to do with the campaign, add --no-campaign
campaign-to-everybody-test = to get messages of the campaign for a look: --test-to { $mailbox }
campaign-to-everybody-meant = if every message is meant for this mailbox, write it as `to` below [message] in the campaign file
campaign-mail-to-nobody = --to is empty: the mail has no recipient
campaign-mail-to-nobody-hint = write the address: --to ada@example.org
campaign-mail-no-columns = { $option } names a column, and one mail has no list to take it from
campaign-mail-no-columns-hint = write the address itself, or send to a list with --recipients people.csv
campaign-mail-no-list = { $option } says how a list is read, and one mail has none
campaign-mail-no-list-hint = leave it out, or send to a list with --recipients people.csv
campaign-html-from-stdin = only the text can come from stdin, not the HTML
campaign-html-from-stdin-hint = save the HTML in a file: --html body.html
campaign-stdin-twice = the list and the text cannot both come from stdin
campaign-stdin-twice-hint = save one of them in a file: --text body.txt

# [recipients]
campaign-recipients-delimiter = a delimiter is one ASCII character
campaign-recipients-delimiter-hint = it is usually ",", ";", "|" or "\t"; without `delimiter` it is detected
campaign-recipients-encoding = there is no encoding `{ $written }`
campaign-recipients-encoding-hint = usual ones are "utf-8", "gb18030", "big5", "shift_jis", "utf-16le", "windows-1252", "MacRoman" and "cp850"; without `encoding` it is detected

# [message]
campaign-message-markdown-and-html = `markdown` makes the HTML part, so it cannot be used together with `html`
campaign-message-markdown-and-html-hint = remove one of the two
campaign-message-inline-without-html = `inline` pictures are shown in the HTML part, and there is none
campaign-message-inline-without-html-hint = add html = "body.html" with <img src="cid:…">, or write `attach` instead of `inline`
campaign-message-no-attach-root = `attach_root`: there is no folder { $folder }
campaign-message-no-attach-root-hint = paths in the campaign file start from its folder
campaign-message-bad-cid = `{ $name }` cannot be the name of a picture
campaign-message-bad-cid-hint = the name is used in <img src="cid:name">: only ASCII letters, digits, `-`, `_` and `.`
campaign-message-dsn-notify = `{ $written }` is not something that a relay reports
campaign-message-dsn-notify-hint = write notify = ["failure", "delay"], with one or more of success, failure and delay; or notify = "never"
campaign-message-dsn-return = `return` is "headers" or "full"
campaign-message-dsn-return-hint = it says what a report contains of the message: its header, or all of it

campaign-header-not-yours = `{ $name }` cannot be set here
campaign-header-no-value = this is not a value for `{ $name }`
campaign-header-twice = it is set twice; upper and lower case make no difference in the name of a header
campaign-header-of-unsubscribe = `unsubscribe` writes it: remove one of the two
campaign-header-bad-name = the name of a header has only ASCII letters, digits and hyphens
campaign-header-has-a-key = it has its own key in [message]: from, sender, to, cc, bcc, reply_to, subject
campaign-header-ours = mailshot or the relay writes this header
campaign-header-list-id = write "Course news <course-news.uni.example>" (RFC 2919)
campaign-header-auto-submitted = write "auto-generated" (RFC 3834): then out-of-office programs do not answer
campaign-header-feedback-id = write "campaign:customer:kind:sender": at most four parts, the sender last

campaign-dkim-same-key = two signatures use the same key, { $record }
campaign-dkim-same-key-hint = each key has its own selector
campaign-dkim-lacks = this signature has no `{ $key }`
campaign-dkim-lacks-domain-hint = write domain = "uni.example", the domain of the sender's address
campaign-dkim-lacks-selector-hint = write selector = "s1", the name that the record of the key has in the DNS
campaign-dkim-lacks-key-hint = write key = {"{"} file = "dkim.pem" {"}"}; `mailshot dkim new` makes such a file
campaign-dkim-not-a-domain = `{ $written }` is not a domain
campaign-dkim-not-a-domain-hint = write a name such as "uni.example", without @ and without a dot at its end
campaign-dkim-not-a-selector = `{ $written }` is not a selector
campaign-dkim-not-a-selector-hint = a selector has letters, digits and hyphens, for example "s1"; it comes before ._domainkey in the name of the record

campaign-unsubscribe-empty = `unsubscribe` has neither a `url` nor a `mailto`
campaign-unsubscribe-empty-hint = write unsubscribe = {"{"} url = "https://uni.example/leave/{"{{"} token {"}}"}" {"}"} or {"{"} mailto = "leave@uni.example" {"}"}
campaign-unsubscribe-open-page = the page of a one-click `unsubscribe` must be https:// (RFC 8058)
campaign-unsubscribe-open-page-hint = write the https:// address; for a page that recipients must open themselves: one_click = false
campaign-unsubscribe-bad-url = `{ $written }`, from `unsubscribe.url`, is not a web address
campaign-unsubscribe-bad-url-hint = write the whole address of the page: url = "https://uni.example/leave/{"{{"} token {"}}"}"
campaign-unsubscribe-one-click-without-url = `one_click` needs a `url`, because mail programs send a POST to it (RFC 8058)
campaign-unsubscribe-one-click-without-url-hint = add url = "https://…/{"{{"} token {"}}"}", or remove one_click
campaign-unsubscribe-bad-mailto = `{ $written }`, from `unsubscribe.mailto`, is not an e-mail address
campaign-unsubscribe-bad-mailto-hint = write mailto = "leave@uni.example"; a subject may follow: "leave@uni.example?subject={"{{"} token {"}}"}"

# [relay.NAME]
campaign-relay-one-user =
    { $relays ->
        [one] { $flag } applies to one relay
       *[other] { $flag } applies to one relay, and this campaign has { $relays }
    }
campaign-relay-one-user-names = the relays are { $names }
campaign-relay-one-user-hint = write `user` and `password` below each of them, or choose one of them: --relay { $relay }
campaign-relay-pin-without-tls = `tls_fingerprint` has no effect without TLS, and { $server } has none
campaign-relay-pin-without-tls-hint = write smtps:// or smtp:// in `server`, or remove `tls_fingerprint`
campaign-relay-oauth2-without-user = the relay `{ $relay }` has `oauth2` but no `user`
campaign-relay-password-without-user = the relay `{ $relay }` has a password but no `user`
campaign-relay-without-user-hint = write user = "…", or use --user
campaign-relay-region-alone = `region` belongs to a `preset`
campaign-relay-region-alone-hint = write preset = "ses" beside it, or remove it
campaign-relay-without-server = the relay `{ $relay }` has no `server`
campaign-relay-without-server-hint = write server = "smtps://smtp.uni.example", or preset = "163" for a known provider
campaign-relay-password-without-tls = a password is never sent without TLS, and { $server } has none
campaign-relay-plaintext = anyone on the way to { $server } could read every message
campaign-relay-plaintext-hint = use smtps://{ $host } (port 465) or smtp://{ $host } (STARTTLS, port 587)
campaign-relay-plaintext-allow = or, on a network that you trust, write allow_plaintext = true
campaign-relay-bad-ehlo = this is not a host name for EHLO
campaign-relay-bad-ehlo-hint = write a name of ASCII letters, digits, dots and hyphens such as "host.uni.example"

campaign-rate-wrong = `{ $written }` is not a rate
campaign-rate-wrong-hint = write a whole number, a slash and s, min, h or day: "10/s", "2000/day"
campaign-rate-zero = with `{ $written }` nothing would ever be sent
campaign-rate-zero-hint = remove `rate` for no limit
campaign-pin-hint = `mailshot check --connect` shows the line to write; `openssl x509 -noout -fingerprint -sha256` shows the fingerprint, too

campaign-preset-unknown = there is no preset `{ $name }`
campaign-preset-names = the presets are: { $names }
campaign-preset-others = for any other relay, write server = "smtps://smtp.uni.example" instead
campaign-preset-needs-region = the preset `{ $preset }` needs a region
campaign-preset-needs-region-hint = write region = "eu-west-1", or the one that you use
campaign-preset-not-a-region = `{ $region }` is not a region
campaign-preset-not-a-region-hint = write it as { $title } does: "eu-west-1"
campaign-preset-no-regions = the preset `{ $preset }` has no regions
campaign-preset-no-regions-hint = remove `region`
campaign-preset-other-region = `{ $region }` is not a region of { $title }
campaign-preset-other-region-hint = it has { $regions }

# Which relay serves, and the user's settings.
campaign-relay-unknown = there is no relay `{ $relay }`
campaign-relay-known = the relays here are: { $relays }
campaign-relay-presets = with --user, a preset serves as a relay: { $presets }
campaign-settings-wrong = Your settings are wrong, and what is wrong there is not used: { $place }: { $what }
campaign-settings-unreadable = the settings file cannot be read: { $why }
campaign-settings-unreadable-hint = look what is there, and put the settings file back or remove it
campaign-settings-not-utf-8 = the settings file is not UTF-8 text (line { $line })
campaign-settings-keys = the settings have [relay.NAME] tables, an [inbox] table and lang = "en" or "zh"
campaign-mail-server-forms = write server = "imaps://imap.uni.example" (IMAP, port 993), "pop3s://…" (POP3, 995), or "imap://…" and "pop3://…" (TLS after STARTTLS)
campaign-inbox-without-server = [inbox] has no `server`
campaign-inbox-preset-has-none = no mail server is known for the preset `{ $preset }`
campaign-inbox-no-user = [inbox] has no `user`
campaign-inbox-no-user-hint = write user = "…", the login of the mailbox; at most providers it is the address
campaign-inbox-no-folder = `folder` names no folder
campaign-inbox-plaintext = a password is never sent without TLS, and { $server } has none
campaign-inbox-plaintext-hint = use imaps://{ $host } or pop3s://{ $host }
campaign-inbox-pin-without-tls-hint = write imaps:// or pop3s:// in `server`, or remove `tls_fingerprint`
campaign-inbox-since = `since` is neither a day nor a time
campaign-inbox-since-hint = write since = "2026-11-01", or "2026-11-01T08:30:00+08:00"
campaign-settings-of-campaign = `{ $key }` belongs to a campaign (mailshot.toml); the settings have [relay.NAME] tables and lang = "en" or "zh"
campaign-settings-several = this campaign names no relay, and your settings have { $relays }: { $names }
campaign-settings-several-flag = choose one for this run: --relay { $relay }
campaign-settings-several-table = or choose one for every run: write { $table } in the campaign file, with nothing below it
campaign-settings-near = did you mean { $table }, which is in your settings?

campaign-oauth2-and-auth = `oauth2` works only with auth = "xoauth2"
campaign-oauth2-and-auth-hint = remove `auth`, or remove `oauth2` and write a password
campaign-oauth2-and-password = the relay `{ $relay }` has `oauth2` and a password
campaign-oauth2-and-password-hint = `oauth2` and `password` exclude each other: remove one
campaign-oauth2-lacks = `oauth2` has no `{ $key }`
campaign-oauth2-lacks-client-id-hint = it is the id of the application that you registered with the provider
campaign-oauth2-lacks-refresh-token-hint = write refresh_token = {"{"} keyring = true {"}"}; this command saves it there: mailshot login { $relay }
campaign-oauth2-lacks-token-url-hint = write token_url = "https://…", the token endpoint that the provider names
campaign-oauth2-lacks-token-url-presets = the presets gmail and outlook have theirs
campaign-oauth2-tenant-unused = `tenant` has no effect on this token endpoint
campaign-oauth2-tenant-unused-hint = remove it; it belongs to preset = "outlook" without a `token_url`
campaign-oauth2-bad-tenant = this is not a tenant
campaign-oauth2-bad-tenant-hint = write its id or its domain: tenant = "uni.example"
campaign-oauth2-bad-token-url = a token endpoint is an https:// URL without a login
campaign-oauth2-bad-token-url-hint = tokens are as good as a password; without TLS they are sent only within this computer
