### What the command line says at the end of a run, and what to do next.

cli-left-out =
    { $recipients ->
        [one] { $recipients } recipient was left out by { $choice }
       *[other] { $recipients } recipients were left out by { $choice }
    }
cli-left-out-somehow =
    { $recipients ->
        [one] { $recipients } recipient was left out by the choice of an earlier run
       *[other] { $recipients } recipients were left out by the choice of an earlier run
    }

# What to do next: each ends with a command.
cli-next-continue =
    { $recipients ->
        [one] to continue with the { $recipients } recipient who is left; nobody is sent to twice: { $command }
       *[other] to continue with the { $recipients } recipients who are left; nobody is sent to twice: { $command }
    }
cli-next-continue-early =
    { $recipients ->
        [one] run the same command again to continue with the { $recipients } recipient who is left; nobody is sent to twice: { $command }
       *[other] run the same command again to continue with the { $recipients } recipients who are left; nobody is sent to twice: { $command }
    }
cli-next-continue-later =
    { $recipients ->
        [one] later, the same command may continue with the { $recipients } recipient who is left; nobody is sent to twice: { $command }
       *[other] later, the same command may continue with the { $recipients } recipients who are left; nobody is sent to twice: { $command }
    }
cli-next-continue-corrected =
    { $recipients ->
        [one] once the cause is corrected, the same command continues with the { $recipients } recipient who is left; nobody is sent to twice: { $command }
       *[other] once the cause is corrected, the same command continues with the { $recipients } recipients who are left; nobody is sent to twice: { $command }
    }
cli-next-continue-from =
    { $recipients ->
        [one] { $from } the same command continues with the { $recipients } recipient who is left (with --wait it waits until then); nobody is sent to twice: { $command }
       *[other] { $from } the same command continues with the { $recipients } recipients who are left (with --wait it waits until then); nobody is sent to twice: { $command }
    }
cli-from-clock = from { $clock } on
cli-from-time = in { $time }
cli-next-deferred =
    { $recipients ->
        [one] to try the { $recipients } deferred recipient again later: { $command }
       *[other] to try the { $recipients } deferred recipients again later: { $command }
    }
cli-next-copies =
    { $copies ->
        [one] to try the { $copies } deferred copy again later: { $command }
       *[other] to try the { $copies } deferred copies again later: { $command }
    }
cli-next-rejected =
    { $recipients ->
        [one] to try the { $recipients } rejected recipient again once the cause is corrected: { $command }
       *[other] to try the { $recipients } rejected recipients again once the cause is corrected: { $command }
    }
cli-next-in-doubt = to see who is in doubt, and how to find out whether they have it: { $command }
cli-next-settle = if all recipients in doubt have it: { $command }
cli-next-left-out =
    { $recipients ->
        [one] to send to the { $recipients } recipient who was left out, too: { $command }
       *[other] to send to the { $recipients } recipients who were left out, too: { $command }
    }
cli-next-give-up = to give them up and send a new mailing to everybody in the list: { $command }
cli-next-give-up-again = to give them up and send a new mailing to everybody in the list, again to { $accepted } who have it: { $command }
cli-next-mail-again = to send it once more: { $command }
cli-next-new = to send a new mailing to everybody in the list: { $command }
cli-next-new-again =
    { $accepted ->
        [one] to send a new mailing to everybody in the list, again to { $accepted } who has it: { $command }
       *[other] to send a new mailing to everybody in the list, again to { $accepted } who have it: { $command }
    }

# $took: how long it took, with its comma; or nothing.
cli-end-took = , in { $time }
cli-end-took-by-second = , in { $time } ({ $n } a second)
cli-end-took-by-minute = , in { $time } ({ $n } a minute)
cli-end-tested = { $messages } sent to { $address } only; nobody else got anything.
cli-end-so-far = { $accepted } of { $all } accepted so far.
cli-end-mail-sent = Nothing to send: { $key } has had it since { $at }.
cli-end-nothing-left = Nothing to send: { $accepted } of { $all } have it.
cli-end-copies-now = { $copies } sent now{ $took }; accepted { $accepted } of { $all } so far.
cli-end-both-now = { $messages } and { $copies } sent now{ $took }; accepted { $accepted } of { $all } so far.
cli-end-messages-now = { $sent } sent now{ $took }; accepted { $accepted } of { $of } so far.
cli-end-sandbox = The sandbox accepted { $accepted } of { $all }{ $took }.
cli-end-accepted = The relay accepted { $accepted } of { $all }{ $took }.
cli-end-accepted-none = The relay accepted 0 of { $all }.

# Recipients who do not have it, a line for each status.
cli-end-rejected =
    { $n ->
        [one] { $n } rejected by the relay; the reason is in the report.
       *[other] { $n } rejected by the relay; the reasons are in the report.
    }
cli-end-deferred = { $n } deferred: not accepted by the relay yet.
cli-end-in-doubt = { $n } in doubt: the message was handed over, but no reply came; they may or may not have it.
cli-end-pending = { $n } still to be sent to.
cli-end-invalid = { $n } invalid, skipped.
cli-end-duplicate =
    { $n ->
        [one] { $n } duplicate skipped.
       *[other] { $n } duplicates skipped.
    }
cli-end-suppressed = { $n } suppressed, skipped.
cli-end-bounced = { $n } accepted, then bounced.
cli-end-left-out = { $who }.
cli-end-copy-lost = copy not delivered: { $address }, of the message to { $key }: { $reply }
cli-end-vanished =
    { $recipients ->
        [one] { $recipients } recipient of earlier runs is no longer in the recipients file.
       *[other] { $recipients } recipients of earlier runs are no longer in the recipients file.
    }
cli-end-messages-in = Nothing left this computer. The messages: { $folder }
cli-end-report = Who got it, row by row: { $file }

# The end on one line, where no other words are wanted.
cli-short = { $campaign }: { $what }
cli-short-then = { $line }; { $then }
cli-short-n-rejected = { $n } rejected
cli-short-n-deferred = { $n } deferred
cli-short-n-in-doubt = { $n } in doubt
cli-short-n-invalid = { $n } invalid
cli-short-n-bounced = { $n } bounced
cli-short-of = { $counts } of { $all }
cli-short-copies = { $copies } not delivered, of { $messages }
cli-short-unfinished = not finished, { $open } of { $all } still to be sent to
cli-short-open = { $open } still to be sent to
cli-short-by-name = by name: { $file }

# What is run again where nobody but its user knows the command.
cli-again = run the command with --recipients, --from … that began it again (without its --new, if it had any)
cli-again-where = run the command with --recipients, --from … that began it again, with { $flags } (without its own --where, --only and --new, if it had any)
cli-again-with = run the command with --recipients, --from … that began it again, with { $flags } added
cli-again-with-not-new = run the command with --recipients, --from … that began it again, with { $flags } added (without its --new, if it had any)
cli-again-piped-text = pipe the same text in again: { $command }
cli-again-piped = pipe the same list in again: { $command }
