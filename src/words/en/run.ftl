### What a run says before the first message, and of what it cannot do.

run-declined = nothing was sent
run-cancelled = stopped on request; nothing was sent
run-check-found-errors = nothing was sent: the check found errors
run-and-nothing-sent = { $what }; nothing was sent
run-no-relay = the campaign has no relay
run-no-terminal = there is no terminal to ask on
run-no-password-source = the relay `{ $relay }` has a user but no source for the password, and there is no terminal to ask on
run-ca-file = the CA file { $path } cannot be read: { $why }
run-unknown-keys = not in the recipients file: { $keys }
run-inputs-changed = { $file } was saved while it was being checked
run-input-unreadable = { $file } can no longer be read: { $why }
run-not-written = { $path } cannot be written: { $why }
run-foreign-file = { $file } is not from an earlier dry run and would be overwritten
run-no-threads = the program's threads cannot be started: { $why }
run-results-unreadable = the reports in { $folder } cannot be read, and they say who has the message: { $why }
run-unaccounted = what was sent cannot be recorded: { $why }
run-ledger-lost = an internal error: the part that writes the ledger ended unexpectedly
run-panicked = an internal error: the run ended unexpectedly; what was sent until then is recorded, and the next run sends to those who are left

## Mailings

run-not-in-doubt = not in doubt: { $who }
run-not-in-doubt-but = { $key } ({ $status })
run-not-in-mailing = { $key } (not in this mailing)
run-no-copy-in-doubt = a copy of the message to { $key } for { $addresses } (there is none in doubt)
run-purged = the mailing of { $started } was purged: who got it is no longer known
run-not-ended = the mailing of { $started } is not finished
run-no-such-answer = this campaign has collected no mail with the id { $names }
run-nothing-to-confirm = the mail { $names } asks for nothing: only a wish to leave, a complaint and a bounce of a dead address can be confirmed
run-no-such-mailing = there is no mailing { $number } that could be purged
run-unfinished =
    { $open ->
        [one] the mailing of { $started } is not finished: { $open } recipient is still to be sent to or in doubt
       *[other] the mailing of { $started } is not finished: { $open } recipients are still to be sent to or in doubt
    }
run-unfinished-left-out =
    { $open ->
        [one] the mailing of { $started } is not finished: { $open } recipient is still to be sent to or in doubt; { $left_out }
       *[other] the mailing of { $started } is not finished: { $open } recipients are still to be sent to or in doubt; { $left_out }
    }
run-left-out = { $left_out } in earlier runs, and this run would send to them too; nothing was sent
run-content-changed =
    { $accepted ->
        [one] the content has changed since { $accepted } recipient got this mailing on { $started }
       *[other] the content has changed since { $accepted } recipients got this mailing on { $started }
    }
run-content-changed-unfinished = the mailing of { $started } is not finished ({ $accepted } sent so far), and the content has changed since it began
run-key-changed = `key` below [recipients] is not the one that this mailing began with: everybody would count as new and get the message again
run-record-of-mails = the record called { $name } in this folder is that of single mails without a list
run-record-of-list = the record called { $name } in this folder is that of a campaign with a list, not of single mails
run-several-ledgers = recipients of this list are in several ledgers whose campaign files are gone: { $ledgers }

run-part-new = { $part } is new
run-part-changed = { $part } has changed
run-part-gone = { $part } is gone
run-file-of = { $file } (of { $key })
run-more-files-changed =
    { $files ->
        [one] { $files } more file has changed
       *[other] { $files } more files have changed
    }
run-part-attachment = attachment { $file }
run-part-attachment-name = the name of attachment { $file }
run-part-header = header { $field }
run-part-rules = the version of the rules that messages are built by
run-part-unsigned = which header fields the signatures leave out
run-part-order = the order of attachments
run-part-text = the text part
run-part-html = the HTML part

## A mailing that this ledger does not know

run-elsewhere = { $what }; { $who }
run-copy-of = this campaign is a copy of the one in { $folder }
run-results-unknown = { $results } holds the results of a mailing that no ledger here knows
run-results-unknown-of = { $results } holds the results of the mailing of { $started }, which no ledger here knows
run-results-newer = { $results } has results that the ledger does not know: the ledger was replaced by an older one
run-results-newer-of = { $results } has results of the mailing of { $started } that the ledger does not know: the ledger was replaced by an older one
run-who-has-it-unknown = who has the message is not known
run-who-is-in-it = { $shared } of the { $listed } recipients in this list are in its mailing, too
run-who-has-it =
    { $have ->
        [one] { $have } of the { $listed } recipients in this list has its message: { $names }
       *[other] { $have } of the { $listed } recipients in this list have its message: { $names }
    }
run-who-has-it-and-more = { $have } of the { $listed } recipients in this list have its message: { $names } and { $more } more

## Notes

run-asking-dns = Asking the DNS about the sender and the recipients' domains …
run-recovered-in-doubt =
    { $recipients ->
        [one] { $recipients } recipient of an earlier run is in doubt: that run ended before the relay's reply
       *[other] { $recipients } recipients of an earlier run are in doubt: that run ended before the relay's reply
    }
run-recovered-rejected = The relay rejected these in an earlier run, which ended before it reported them:
run-new-mailing-again =
    { $recipients ->
        [one] This is a new mailing: { $recipients } recipient who has one from here already gets it again
       *[other] This is a new mailing: { $recipients } recipients who have one from here already get it again
    }
run-held-back =
    { $recipients ->
        [one] { $recipients } recipient who would get the message again is on a suppression list by now and is skipped
       *[other] { $recipients } recipients who would get the message again are on a suppression list by now and are skipped
    }
run-suppressed = { $key } is on a suppression list ({ $list }) and is skipped
run-ledger-on-network = the ledger { $ledger } is on a network file system ({ $kind }): writing it takes longer there, and it is only as safe as the locks of that file system; a disk of this computer is better
run-ledger-goes-on = { $what }; its ledger { $ledger } is used on, and nobody gets the message twice
run-was-in-another-folder = the mailing that these flags describe began in another folder
run-was-called = this campaign was called { $name } before
run-was-in = this campaign was in { $folder } before
run-file-was = the file of this campaign was called { $file } before
run-not-signed = not signed: { $why }
run-not-signed-in-sandbox = not signed: the sandbox does not ask for the key of { $record }

## Messages of a run

run-differs-from-doubt = its message would differ from the one in doubt, and was not sent again
run-hint-resend-changed = name the recipient to send the changed message: --only { $key } --in-doubt resend
run-saved-meanwhile = { $file } was saved during the sending; this message was not sent
run-hint-saved-meanwhile = run mailshot send again: it names the file and shows how to continue

## Keys, lists, stdin

run-no-key = the key of { $record } is not available: { $why }
run-bad-key-in-variable = the key of { $record } (the environment variable { $variable }) cannot be used for signing: { $why }
run-bad-key-of-command = the key of { $record } (the output of `{ $command }`) cannot be used for signing: { $why }
run-bad-key-in-file = the key of { $record } (the file { $file }) cannot be used for signing: { $why }
run-bad-key-in-keyring = the key of { $record } (the keyring entry `{ $entry }`) cannot be used for signing: { $why }
run-hint-new-key = to make a key and show its DNS record: mailshot dkim new --domain { $domain } --selector { $selector }
run-hint-unsigned = to send without a signature, remove `dkim` from the campaign file

run-list-unreadable = the list { $list } cannot be read: { $why }
run-hint-list-name = check the name of the file; paths in the campaign file start from its folder
run-hint-list-needed = without the list, those who are on it would get the message
run-own-list-unreadable = your suppression list { $path } cannot be read: { $why }
run-tokens-without-key = { $place } has an unsubscribe token, and the key that shows whose it is is not on this computer
run-hint-copy-key = copy unsubscribe.key from the computer and user that sent the mails: it is in ~/.local/state/mailshot (or the folder MAILSHOT_STATE)

run-stdin-unreadable = stdin cannot be read: { $why }
run-stdin-not-kept = stdin cannot be kept: { $why }
run-stdin-empty = the list is to come from stdin, and nothing came
run-text-empty = the text is to come from stdin, and nothing came
run-hint-text-empty = pipe the text in each time: echo "See you on Friday." | mailshot send --text - …
run-text-too-large = the text from stdin is larger than { $most }
run-hint-stdin-empty = pipe the list in each time: cat people.csv | mailshot send --recipients - …

## Access tokens

run-no-refresh-token = the refresh token of the relay `{ $relay }` is not available: { $why }
run-no-client-secret = the client secret of the relay `{ $relay }` is not available: { $why }
run-token-unreachable = { $host } cannot be asked for an access token: { $why }
run-token-no-such-host = there is no such host
run-token-http = it answers HTTP { $status }
run-token-no-http = the request failed ({ $own })
run-refresh-token-rejected = { $host } no longer accepts the refresh token of the relay `{ $relay }` ({ $own })
run-token-refused = { $host } gives no access token ({ $own })
run-token-no-answer = the answer of { $host } is not an access token
run-hint-token-refused = check client_id, client_secret and scope below `oauth2`
run-hint-token-url = check token_url below `oauth2`

## What cells of a column look like

run-looks-addresses = addresses
run-looks-dates = dates
run-looks-numbers = numbers
run-looks-yes-no = yes/no
run-looks-text = text
run-looks-empty = empty

# Conditions that ask what became of recipients in an earlier mailing.
run-earlier = mailshot_status and the other columns of the report are those of mailing { $number }, of { $started }
run-no-earlier = this condition asks for the result of an earlier mailing, and there is none
run-no-earlier-first-hint = leave the condition out of the first mailing: it is for later ones, such as a reminder
run-no-earlier-begun-hint = this run continues the first mailing, which tries deferred recipients again by itself; to begin a new mailing to the recipients that the condition chooses, add --new
run-earlier-purged = this condition asks for the results of mailing { $number }, of { $started }, and they were purged on { $day }
run-earlier-purged-hint = choose the recipients by columns of the list instead, or with --only
run-no-status = there is no status `{ $word }`
run-no-status-near = write '{ $near }'
run-no-status-hint = the statuses are { $names }; recipients who were not in the earlier mailing have ''
