### What to do about an error, and why a run stopped.

cli-declined = Nothing was sent.
cli-cancelled = Stopped on request. Nothing was sent.
cli-content-changed = { $what }:
cli-more-lines =
    { $lines ->
        [one] … and { $lines } more line
       *[other] … and { $lines } more lines
    }
cli-not-created = { $path } cannot be created: { $why }
cli-not-written = { $path } cannot be written: { $why }
cli-not-read = { $path } cannot be read: { $why }
cli-did-you-mean = did you mean `{ $meant }`?
# A sentence on a line of its own.
cli-sentence = { $what }.

## What to do

cli-hint-write-relay = write [relay.NAME] and below it server = "smtps://smtp.uni.example", or add --relay
cli-hint-save-relay = or save one for all campaigns: mailshot login 163 --user …
cli-hint-files = without a relay, to write the messages to files: { $command }
cli-hint-sandbox = without a relay, to send to a sandbox on this computer: { $command }
cli-hint-accounts = it counts sent messages against the limits by hour and day; it is in the folder MAILSHOT_STATE, or ~/.local/state/mailshot
cli-hint-password = set MAILSHOT_PASSWORD, or write password = {"{"} command = "…" {"}"} below the relay (or file, keyring)
cli-hint-password-flags = set MAILSHOT_PASSWORD, or add --password-command 'pass show smtp/uni'
cli-hint-only = --only takes the address (or key) as it is in the recipients file
cli-hint-answers = to see what came back from a recipient, with the ids: { $command }
cli-hint-nothing-to-confirm = to suppress an address yourself: mailshot unsubscribe ADDRESS
cli-hint-mailings = to list the mailings: { $command }
cli-hint-foreign-file = choose another folder with --output, or move the file away
cli-hint-disk = check whether the disk is full
cli-hint-log-in = log in again: { $command }
cli-hint-look-first = look at the messages first: { $command }
cli-hint-unasked = then, to send without a question: { $command }
cli-hint-unreadable = nothing was sent; find out which program holds the file or where it is, then run the command again: { $command }
cli-hint-again = run the command again: { $command }
cli-hint-again-unsent = nothing was sent; run the command again: { $command }
cli-hint-report = the messages were sent; to write the report again: { $command }
cli-hint-in-doubt = nothing was changed; to list the recipients in doubt: { $command }
cli-hint-how-far = to see how far it is: { $command }
cli-hint-another-name = choose another name for the record: --name NAME
cli-hint-another-name-file = give the campaign another name: name = "…" at the top of the campaign file
cli-hint-several-ledgers = write name = "…" at the top of the campaign file: the name, without .db, of the ledger to continue with
cli-hint-recorded = to see what was recorded: { $command }

# Which mailing it is to be.
cli-hint-continue = to continue it: { $command }
cli-hint-continue-with-all = to continue it, also with the recipients who were left out: { $command }
cli-hint-accept-changes = to continue, with the new content for { $who } only: { $command }
cli-who-is-new = recipients who are new in the list
cli-who-is-left = recipients who are left
cli-who-was-rejected = recipients who were rejected
cli-who-is-in-doubt = recipients in doubt
cli-hint-old-key = put the old key back to continue
cli-hint-give-up = to give it up and send a new mailing to everybody in the list: { $command }
cli-hint-give-up-again =
    { $accepted ->
        [one] to give it up and send a new mailing to everybody in the list, again to { $accepted } who has it: { $command }
       *[other] to give it up and send a new mailing to everybody in the list, again to { $accepted } who have it: { $command }
    }
cli-hint-new-chosen = to send a new mailing to the recipients whom this command chooses, also to those who have this one: { $command }
cli-hint-give-up-chosen = to give it up and send a new mailing to the recipients whom this command chooses, also to those who have this one: { $command }
cli-hint-give-up-to-purge = to give it up, so that it can be purged, and send a new mailing to everybody in the list again: { $command }
cli-hint-new-after-purge = to send a new mailing to everybody in the list, also to those who got the old one: { $command }

## A mailing that this ledger does not know

cli-elsewhere = { $found }. Nothing was sent.
cli-elsewhere-new = to send a new mailing from here to everybody in the list: { $command }
cli-elsewhere-new-also = to send a new mailing from here to everybody in the list, also to those who have one already: { $command }
cli-elsewhere-new-again =
    { $have ->
        [one] to send a new mailing from here to everybody in the list, again to { $have } who has it: { $command }
       *[other] to send a new mailing from here to everybody in the list, again to { $have } who have it: { $command }
    }
cli-elsewhere-continue-there = to continue that mailing where it began: { $command }
cli-elsewhere-continue-here = to continue it from here instead, move that folder away first, then run this command again
cli-elsewhere-bring-ledger = to continue that mailing, bring its folder .mailshot here, from where it was sent or from a backup, then run this command again; without it, nobody knows who is left
cli-elsewhere-bring-newer = to continue that mailing, put the newer files of .mailshot back, from where they were moved to or from a backup, then run this command again

## Why a run stopped

cli-stop-requested = Stopped on request.
cli-stop-rejected-alike = Stopped: the relay rejects every message with the same words: { $reply }
cli-stop-hint-rejected-alike = the words are the same for every recipient, so they are about the login, the sender, the content or this computer, and not about a recipient; ask the relay's administrator what they mean
cli-stop-max-failures =
    { $recipients ->
        [one] Stopped: { $recipients } recipient was rejected, as many as --max-failures allows.
       *[other] Stopped: { $recipients } recipients were rejected, as many as --max-failures allows.
    }
cli-stop-quota = Stopped: a limit is used up ({ $limit }); it is free again in { $wait }.
cli-stop-accounts = Stopped: the record of the relays' quotas, { $store }, cannot be used ({ $why }), and nobody knows how much may still be sent.
cli-stop-hint-accounts = check the folder MAILSHOT_STATE (or ~/.local/state/mailshot), and whether the disk is full
cli-stop-ledger = Stopped: the ledger cannot be written ({ $why }); nothing is sent that cannot be recorded.
cli-stop-ledger-replaced = Stopped: { $how }. It is the only record of the recipients that have the message, so nothing more is sent.
cli-stop-hint-ledger-replaced = find out what did that (a program that synchronizes folders or cleans up, another person), and put the files of .mailshot back before anything is sent from here again; the report says who got the message until now
cli-stop-internal = Stopped: an internal error, { $part } ended unexpectedly; what was sent until then is recorded, and recipients whose reply was not read are in doubt.
cli-stop-unreadable = Stopped: { $file } can no longer be read ({ $why }).
cli-stop-hint-unreadable = what was sent is what was checked; make sure that the file is back before you continue
cli-stop-saved = Stopped: { $file } was saved while messages were being sent.
cli-stop-hint-saved = the messages that were sent have the old content; the recipients who are left get the new one once you accept it
