# The command inbox.

cli-inbox-from-where = mailshot does not fetch mail from a server yet: name a mailbox file, a Maildir or a folder of .eml files
cli-inbox-hint-from-mbox = { $command }
cli-inbox-place = { $file }, mail { $number }
cli-inbox-none =
    { $mails ->
        [0] There is no mail.
        [one] Read { $mails } mail.
       *[other] Read { $mails } mails.
    }
cli-inbox-all-before =
    { $mails ->
        [one] Read { $mails } mail, which was collected before: nothing is new.
       *[other] Read { $mails } mails, which were collected before: nothing is new.
    }
cli-inbox-read =
    { $mails ->
        [one] Read { $mails } mail: { $classes }.
       *[other] Read { $mails } mails: { $classes }.
    }
cli-inbox-read-more =
    { $mails ->
        [one] Read { $mails } mail, { $before } of them collected before. New: { $classes }.
       *[other] Read { $mails } mails, { $before } of them collected before. New: { $classes }.
    }
cli-inbox-class = { $class } { $n }
cli-inbox-bounces =
    { $n ->
        [one] { $n } bounce, { $kind } ({ $reasons })
       *[other] { $n } bounces, { $kind } ({ $reasons })
    }
cli-inbox-line = { "  " }{ $id }  { $whom }: { $what }, { $how }: { $words }
cli-inbox-bounce = { $kind } bounce ({ $reason })
cli-inbox-forwarded = { $address } (as { $named })
cli-inbox-more = { "  " }and { $n } more; --events lists all
cli-inbox-cause-list =
    { $of ->
        [one] { $n } of { $of } bounce through the relay { $relay } is because of the relay: listed at { $list } ({ $words })
       *[other] { $n } of { $of } bounces through the relay { $relay } are because of the relay: listed at { $list } ({ $words })
    }
cli-inbox-cause =
    { $of ->
        [one] { $n } of { $of } bounce through the relay { $relay } is because of the sender or the relay: { $reason } ({ $words })
       *[other] { $n } of { $of } bounces through the relay { $relay } are because of the sender or the relay: { $reason } ({ $words })
    }
cli-inbox-bounced =
    { $n ->
        [one] { $n } recipient is bounced now.
       *[other] { $n } recipients are bounced now.
    }
cli-inbox-restored =
    { $n ->
        [one] { $n } recipient has the status from before the bounce again.
       *[other] { $n } recipients have the status from before the bounce again.
    }
cli-inbox-suppressed =
    { $n ->
        [one] { $n } address is on the suppression list now: { $addresses }
       *[other] { $n } addresses are on the suppression list now: { $addresses }
    }
cli-inbox-taken-off =
    { $n ->
        [one] { $n } address is off the suppression list again: { $addresses }
       *[other] { $n } addresses are off the suppression list again: { $addresses }
    }
cli-inbox-to-confirm =
    { $n ->
        [one] { $n } mail names an address without proof and suppresses nobody unless you confirm it:
       *[other] { $n } mails name an address without proof and suppress nobody unless you confirm them:
    }
cli-inbox-hint-confirm = to suppress the address: { $command }
cli-inbox-unmatched =
    { $n ->
        [one] { $n } mail is not matched with a message of this campaign:
       *[other] { $n } mails are not matched with a message of this campaign:
    }
cli-inbox-not-matched = { "  " }{ $place }: { $what } ({ $about }): { $why }
cli-inbox-unrelated =
    { $n ->
        [one] { $n } other mail is about no message of this campaign.
       *[other] { $n } other mails are about no message of this campaign.
    }
cli-inbox-looked = Nothing was changed, because of --look. Without it, this is the result:
cli-inbox-hint-undo = to take back what a mail caused: { $command }
cli-inbox-undone = What the mail { $id } caused is taken back.
cli-inbox-undone-before = What the mail { $id } caused was taken back before.
cli-inbox-confirmed = The mail { $id } is confirmed.
cli-inbox-confirmed-before = The mail { $id } was confirmed before.
cli-inbox-still = { $address } stays on the suppression list because of the mail { $id }.
cli-inbox-passed-over =
    { $n ->
        [one] { $n } file in the folder holds no mail.
       *[other] { $n } files in the folder hold no mail.
    }
