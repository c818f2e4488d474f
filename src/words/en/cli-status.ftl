### What `status`, `report` and `preview` say.

cli-status-no-campaign = there is no campaign in { $folder }: no { $file }
cli-status-name-it = name the campaign's folder, or add --name
cli-status-several = there is no campaign in { $folder }: no { $file }; there are ledgers of these names: { $names }
cli-status-add-name = add --name with one of them
cli-status-note = note: { $note }
cli-status-none = no mailing is recorded here yet

cli-status-accepted = accepted
cli-status-rejected = rejected
cli-status-deferred = deferred
cli-status-in-doubt = in doubt
cli-status-pending = pending
cli-status-invalid = invalid
cli-status-duplicate = duplicate
cli-status-suppressed = suppressed
cli-status-bounced = bounced

# Where a mailing has got to.
cli-status-mailing = { $campaign }: mailing of { $day }, { $state }
cli-status-purged = purged: who got it is no longer recorded
cli-status-running = running
cli-status-interrupted = interrupted
cli-status-finished-but = finished, but not all recipients have it
cli-status-completed = completed
cli-status-unfinished = not finished
cli-status-ended = ended
# The same in the list of all mailings, in a word.
cli-status-mail = earlier mail, number { $number } of { $day }, to { $key }: { $status }
cli-status-mail-on = to go on with an earlier mail, run its command again; the others stay as they are
cli-status-list-purged = purged
cli-status-list-given-up = given up
cli-status-list-finished = finished
cli-status-list-unfinished = unfinished
cli-status-count = { $n } { $status }
cli-status-not-listed =
    { $n ->
        [one] { $n } is no longer in the list: { $status }
       *[other] { $n } are no longer in the list: { $status }
    }
cli-status-copies-left =
    { $copies ->
        [one] { $copies } copy deferred
       *[other] { $copies } copies deferred
    }
cli-status-copies-rejected =
    { $copies ->
        [one] { $copies } copy rejected
       *[other] { $copies } copies rejected
    }
cli-status-copies-in-doubt =
    { $copies ->
        [one] { $copies } copy in doubt
       *[other] { $copies } copies in doubt
    }

# Who is in doubt, and how to find out.
cli-doubt-none = Nobody is in doubt in the mailing of { $day }.
cli-doubt-recipients =
    { $recipients ->
        [one] { $recipients } recipient is in doubt in the mailing of { $day }: they may have the message.
       *[other] { $recipients } recipients are in doubt in the mailing of { $day }: they may have the message.
    }
cli-doubt-copies =
    { $copies ->
        [one] { $copies } copy is in doubt in the mailing of { $day }; its message was accepted.
       *[other] { $copies } copies are in doubt in the mailing of { $day }; their messages were accepted.
    }
cli-doubt-row = { $key } (row { $row })
cli-doubt-handed = handed to relay { $relay }, { $at }
cli-doubt-handed-in = handed to relay { $relay }, { $at }, session { $session } of the run of { $run }
cli-doubt-copy = { $address }, a copy of the message to { $key }
cli-doubt-copy-reply = { $reply }, { $at }
cli-doubt-find-out =
    To find out: the administrator of the relay can look up the Message-ID in its log; some relays keep what was sent in
    a folder "Sent". Or ask the recipients. Then, with the addresses as above:
cli-doubt-sent = they have it: { $command }
cli-doubt-unsent = they do not have it, and the next run of send sends it: { $command }
cli-doubt-resend = to send the same message to all of them again, although some may get it twice: { $command }
cli-doubt-copy-sent = a copy arrived: { $command }
cli-doubt-copy-unsent = it did not, and the next run of send sends it: { $command }

# One recipient in every mailing.
cli-history-title = { $campaign }: { $recipient }
cli-history-purged = purged on { $day }: who got it is no longer recorded
cli-history-not-listed = { $status }, no longer in the list
cli-history-left-out = { $status }, left out by a choice so far
cli-history-try = { $at }, through { $relay }: { $outcome }, { $reply }
cli-history-settled-sent = { $at }: a person settled that it was sent
cli-history-settled-unsent = { $at }: a person settled that it was not sent
cli-history-copy = the copy to { $address }: { $status }, { $reply } ({ $at })
cli-history-came =
    { $undone ->
        [yes] { $at }: { $what } { $id }, taken back: { $words }
       *[no] { $at }: { $what } { $id }, { $how }: { $words }
    }
cli-history-copy-of = a copy of the message to { $key }: { $status }, { $reply } ({ $at })
cli-history-stray = row { $row }: { $status }, { $why }
cli-history-rows =
    { $n ->
        [one] row { $rows }
       *[other] rows { $rows }
    }
cli-history-not-in =
    { $n ->
        [one] not in mailing { $mailings }
       *[other] not in mailings { $mailings }
    }
cli-history-unknown = no mailing of { $campaign } has the recipient { $recipient }
cli-history-near = if this recipient is meant: { $command }
cli-history-purged-hint = these mailings were purged, and nobody knows any more who was in them: { $mailings }
cli-history-copies-hint = a copy (cc, bcc) is recorded only if it was not accepted together with its message
cli-history-many = { $recipients } recipients have `{ $text }` in their rows
cli-history-name-one = name one of them by the address or key, for example { $names }

cli-report-no-such-mailing = there is no mailing { $number }; this campaign has mailings 1 to { $last }
cli-report-only-mailing = there is no mailing { $number }; this campaign has mailing 1 only
cli-report-purged = this mailing was purged on { $day }: who got it is no longer recorded, only how many did (mailshot status)
cli-report-not-written = { $file } cannot be written: { $error }

cli-preview-no-page = the preview in the browser is not supported yet
cli-preview-row-instead = mailshot preview --row 2 prints the message of the first row; mailshot send --dry-run writes all of them as files
cli-preview-no-row = there is no row { $row } in { $file }
cli-preview-rows = rows are counted as in the spreadsheet; the header is row 1
cli-preview-suppressed = This message would not be sent: its recipient is on a list ({ $list }).
cli-preview-in-all = in all { $size }
