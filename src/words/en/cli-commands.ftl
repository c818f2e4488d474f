### What the smaller commands say.

## check --connect

cli-connect-reached = { $relay }: { $host }:{ $port }: { $found }.
cli-connect-no-tls = no TLS
cli-connect-login = login as { $user } works
cli-connect-no-login = no login
cli-connect-largest = messages up to { $size } (SIZE)
cli-connect-no-largest = no limit on the size of messages
cli-connect-no-pipelining = no PIPELINING
cli-connect-source = preset { $preset }, looked up { $day } at { $source }
cli-connect-rates = at most { $rates } ({ $source }; `rate` below the relay overrides it)
cli-connect-limits = { $provider }: { $limits }
cli-connect-limits-from = { $provider }: { $limits } ({ $source })
cli-connect-too-large = the largest message has { $size }, and the relay `{ $relay }` accepts at most { $most } (SIZE)
cli-connect-hint-too-large = make the attachments smaller, or put them on a web page and write its address
cli-connect-checked = { $relays } checked: { $problems }. Nothing was sent.
cli-relays =
    { $relays ->
        [one] { $relays } relay
       *[other] { $relays } relays
    }
cli-problems =
    { $problems ->
        [one] { $problems } problem
       *[other] { $problems } problems
    }

## login

cli-login-no-user = the relay `{ $relay }` has no user for the login
cli-login-hint-user = write user = "…" below [relay.{ $relay }], or add --user
cli-login-hint-server = or name the server itself: mailshot login smtps://… --user …
cli-login-who = no user is given for the login at { $host }
cli-login-hint-who = name the user: mailshot login { $relay } --user …
cli-login-user = User at { $host }, often the whole mail address:{" "}
cli-login-unknown-relay = there is no relay `{ $relay }`
cli-login-hint-relays = the relays of this campaign are: { $relays }
cli-login-hint-folder = there is no campaign in this folder; name its folder: mailshot login { $relay } FOLDER
cli-login-hint-presets = without a campaign, with --user: smtps://HOST, or one of { $presets }
cli-login-hint-no-terminal = mailshot login asks on the terminal; a program gets the password from {"{"} env = … {"}"}, {"{"} command = … {"}"} or {"{"} file = … {"}"} in the campaign file or in your settings
cli-login-password = Password for { $user } at { $host }:{" "}
cli-login-refresh-token = Refresh token for { $user } at { $host }:{" "}
cli-login-nothing-typed = nothing was typed, so nothing was tried
cli-login-password-not-stored = The login works, but the password is not stored: { $why }
cli-login-token-not-stored = The login works, but the refresh token is not stored: { $why }
cli-login-hint-elsewhere = to read it from elsewhere, write in the table of the relay: { $key } = {"{"} command = "pass show smtp/uni" {"}"}, {"{"} file = "{ $key }.txt" {"}"} (mode 0600) or {"{"} env = "{ $variable }" {"}"}
cli-login-password-stored = The login works, and the password is in the keyring.
cli-login-token-stored = The login works, and the refresh token is in the keyring.
cli-login-hint-write = for the campaign to read it from there, write below { $table }: { $key } = {"{"} keyring = true {"}"}
cli-login-hint-settings = the relays of your settings are: { $relays }
cli-login-hint-no-settings = to use this relay in all campaigns, set MAILSHOT_CONFIG to a file that is kept, and log in again
cli-login-hint-lines =
    write this into { $file }:
    { $lines }
cli-login-saved = { $table } is in your settings now: { $file }
cli-login-saved-without = { $table } is in your settings now, without a password: mailshot asks for it before it sends. The file is { $file }
cli-login-serves-all = A campaign that names no relay is sent through it.
cli-login-serves-chosen = Your settings have { $relays } relays: a campaign that names none asks which, and --relay { $relay } chooses this one.
cli-login-added = { $table } in your settings has this login now: { $file }
cli-login-other-user = the relay `{ $relay }` of your settings is for the user { $user }
cli-login-hint-that-user = to log in as that user: mailshot login { $relay }
cli-login-hint-own-table = or, as another relay: mailshot login { $server } --user { $user }

## dkim

cli-dkim-made = { $file } holds the private key: anybody who has it can sign as you. Only you can read it.
cli-dkim-taken = { $file } exists already, and a key is not overwritten
cli-dkim-hint-output = name another file with --output
cli-dkim-hint-record = to show the DNS record of a key that exists: mailshot dkim record { $file }
cli-dkim-no-text = it is not text
cli-dkim-hint-new = to make a key: mailshot dkim new
cli-dkim-bad-key = { $file } cannot be used for signing: { $why }
cli-dkim-no-selector = the key's name is missing
cli-dkim-hint-selector = add --selector, with the same name as `selector` in the campaign file
cli-dkim-next =
    Next: ask the administrator of the DNS of { $domain } to add this TXT record (the line `zone` is for a zone file).
    Then write below [message], with the file as it is called from the campaign's folder:
    {"  "}{ $line }
cli-dkim-next-of-sender =
    Next: ask the administrator of the DNS of the sender's domain to add this TXT record (the line `zone` is for a zone file).
    Then write below [message], with the file as it is called from the campaign's folder:
    {"  "}{ $line }

## stop

cli-stop-unstoppable = a run of { $campaign } is going on, and does not say how to stop it
cli-stop-hint-ctrl-c = press Ctrl-C where it was started
cli-stop-nothing = Nothing to stop: no run of { $campaign } is going on.
cli-stop-not-asked = { $folder } cannot be written to, so the run cannot be asked to stop: { $why }
cli-stop-asked = Asked process { $pid } on { $host } to finish the messages in flight and stop; waiting for its end (Ctrl-C ends the waiting) …
cli-stop-asked-now = Asked process { $pid } on { $host } to stop at once; waiting for its end (Ctrl-C ends the waiting) …
cli-stop-goes-on = process { $pid } was asked to stop and has not ended after { $time }
cli-stop-hint-now = it may be waiting for an answer to its question; to stop without waiting for messages in flight: { $command }
cli-stopped-unsent = Stopped; nothing was sent.
cli-stopped = Stopped: { $accepted } accepted so far, { $open } still to be sent to
cli-stopped-in-doubt = Stopped: { $accepted } accepted so far, { $open } still to be sent to, { $in_doubt } in doubt
cli-stopped-left-out = { $stopped }; { $left_out }
cli-stopped-hint = to see what is left and how to continue: { $command }

## columns

cli-columns-file = { $file }: { $what }
cli-columns-commas = cells separated by commas
cli-columns-semicolons = cells separated by semicolons
cli-columns-tabs = cells separated by tabs
cli-columns-separator = cells separated by `{ $separator }`
cli-columns-sheet = read: { $sheet }
cli-columns-sheet-among = read: { $sheet }; there are also { $others }
cli-columns-rows =
    { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }
cli-columns-rows-unread =
    { $rows ->
        [one] { $rows } row, { $unread } of them cannot be read
       *[other] { $rows } rows, { $unread } of them cannot be read
    }
cli-columns-header = { $rows }; row { $row } names the columns
cli-columns-to = * `to` is filled in from { $columns }: { $to }
cli-columns-to-suggested = `to` is { $to }, which is not a column here; these look like addresses: to = "{ $template }"
cli-columns-to-unknown = `to` is { $to }, which is not a column here
cli-columns-name = column
cli-columns-in-templates = in templates
cli-columns-looks-like = looks like
cli-columns-empty = empty
cli-columns-distinct = distinct
cli-columns-examples = examples
cli-columns-but =
    { $exceptions ->
        [one] { $looks } ({ $exceptions } exception)
       *[other] { $looks } ({ $exceptions } exceptions)
    }
cli-columns-number = { $n }
cli-columns-over = over { $values }

## unsubscribe

cli-unsubscribe-no-key = `{ $token }` may be an unsubscribe token, but the key that shows whose it is is not on this computer; nobody was added
cli-unsubscribe-hint-no-key = run this where the mails were sent from, or copy unsubscribe.key from there
cli-unsubscribe-there-already = { $who } is on the list already.
cli-unsubscribe-added = { $who } is on the list now.
cli-unsubscribe-wrong = `{ $who }` is neither an e-mail address nor an unsubscribe token: { $why }
cli-unsubscribe-hint-unchanged = the list was not changed
cli-unsubscribe-removed = { $who } is off the list.
cli-unsubscribe-removed-since = { $who } is off the list (on it since { $since }).
cli-unsubscribe-not-there = { $who } is not on the list.

## settle

cli-settle-all-and-names = --all means all recipients in doubt, and `{ $name }` is neither a folder nor a .toml file
cli-settle-hint-all-or-names = leave out --all or the names
cli-settle-nobody-named = nobody is named
cli-settle-hint-names = add --all, or the addresses as this command lists them: { $command }
cli-settle-recipients =
    { $recipients ->
        [one] { $recipients } recipient
       *[other] { $recipients } recipients
    }
cli-settle-copies =
    { $copies ->
        [one] { $copies } copy
       *[other] { $copies } copies
    }
cli-settle-sent = { $what } settled as sent.
cli-settle-unsent = { $what } settled as not sent; the next run of mailshot send sends to them.
cli-settle-rejected =
    { $recipients ->
        [one] { $recipients } recipient was rejected by the relay, as the interrupted run had learned.
       *[other] { $recipients } recipients were rejected by the relay, as the interrupted run had learned.
    }
cli-settle-left = { $recipients } still in doubt.

## purge

cli-purge-question =
    { $mailings ->
        [one] Delete the recipient data of { $mailings } mailing ({ $days })?
       *[other] Delete the recipient data of { $mailings } mailings ({ $days })?
    }
cli-purge-done = The recipient data of the mailing of { $started } is deleted; its totals are kept.
cli-purge-unfinished = The mailing of { $started } is not finished and was not changed.
cli-purge-none = Nothing was purged: no finished mailing is that old.

## sandbox

cli-sandbox-listens = The sandbox listens on { $address } (smtp+plain://{ $address }); it keeps messages and delivers none. Ctrl-C ends it.
cli-sandbox-kept = { $from } -> { $to } ({ $size } bytes): { $file }
cli-sandbox-not-kept = { $from } -> { $to } ({ $size } bytes): not kept
cli-sandbox-tally = { $messages } over { $connections }.
cli-sandbox-messages =
    { $messages ->
        [one] { $messages } message
       *[other] { $messages } messages
    }
cli-sandbox-connections =
    { $connections ->
        [one] { $connections } connection
       *[other] { $connections } connections
    }
