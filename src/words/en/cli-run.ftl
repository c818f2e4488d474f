### What the command line says before the first message leaves, and while messages go out.

cli-nothing-sent = Nothing was sent.

# Nouns with their number.
cli-messages =
    { $n ->
        [one] { $n } message
       *[other] { $n } messages
    }
cli-test-messages =
    { $n ->
        [one] { $n } test message
       *[other] { $n } test messages
    }
cli-recipients =
    { $n ->
        [one] { $n } recipient
       *[other] { $n } recipients
    }
cli-copies =
    { $n ->
        [one] { $n } copy
       *[other] { $n } copies
    }
cli-more-names = { $n } more

# A line of advice.
cli-hint = hint: { $step }

cli-run-environment = From the environment: { $variables }
cli-run-settings = From your settings ({ $file }): { $relays }
cli-run-connections = { $variable } is not a number of connections from 1 to 1000
cli-run-typing = Type or paste the list; Ctrl-D on a line of its own ends it. To read it from a file: cat people.csv | mailshot …
cli-run-typing-text = Type or paste the text; Ctrl-D on a line of its own ends it (on Windows Ctrl-Z, then Enter).
cli-run-password = Password for { $user } at { $host }:{" "}
cli-run-row-first = stopping after this row; Ctrl-C again stops at once
cli-run-stopping = stopping: finishing the messages in flight; Ctrl-C again stops at once
cli-run-left-out = { $who } in earlier runs; this run includes them.

# What became of a recipient.
cli-run-accepted = accepted: { $key }: { $reply }
cli-run-rejected = rejected: { $key }: { $reply }
cli-run-deferred = deferred: { $key }: { $reply }
cli-run-in-doubt = in doubt: { $key }: { $reply }
cli-run-invalid = invalid: { $key }: { $why }
cli-run-further = further ones are listed in the report
cli-run-copy-accepted = copy accepted: { $address }, of the message to { $key }: { $reply }
cli-run-copy-rejected = copy rejected: { $address }, of the message to { $key }: { $reply }
cli-run-copy-deferred = copy deferred: { $address }, of the message to { $key }: { $reply }
cli-run-copy-in-doubt = copy in doubt: { $address }, of the message to { $key }: { $reply }
cli-run-further-copies = further copies are listed in the report

# The same of many, on the line of progress.
cli-run-n-accepted = { $n } accepted
cli-run-n-rejected = { $n } rejected
cli-run-n-deferred = { $n } deferred
cli-run-n-in-doubt = { $n } in doubt
cli-run-n-invalid = { $n } invalid

cli-run-checking = Checking
cli-run-writing = Writing
cli-run-sending = Sending
cli-run-done = { $stage } { $done }
cli-run-done-of = { $stage } { $done } of { $total }
cli-run-bar-rows =
    { $done ->
        [one] { $done } row
       *[other] { $done } rows
    }
cli-run-a-second = { $n }/s
cli-run-a-minute = { $n }/min
cli-run-time-left = { $time } left
cli-run-silent = { $what }, { $time }

# A line that comes again and again.
cli-run-times-so-far = { $line } ({ $times } times so far)
cli-run-times-in-all = { $line }, { $times } times
cli-run-times = { $times } times: { $line }

# What a relay is waited for.
cli-wait-resolve = looking up the address of { $relay }
cli-wait-connect = waiting for a connection to { $relay }
cli-wait-tls = waiting for the TLS handshake with { $relay }
cli-wait-greeting = waiting for the greeting of { $relay }
cli-wait-login = waiting for the reply to the login at { $relay }
cli-wait-content = waiting for { $relay } to read a message
cli-wait-final-dot = waiting for { $relay } to accept a message
cli-wait-command = waiting for the reply to { $command } from { $relay }

# Relays, at the beginning and in the middle of a sentence.
cli-relay-only = the relay
cli-relay-named = relay { $name }
cli-relay-and-host = { $name } ({ $host })

cli-run-relay-refuses = { $relay } refused the connection ({ $reply })
cli-run-relay-breaks-off = { $relay } closed the connection ({ $reply })
cli-run-relay-not-reached = { $relay } cannot be reached ({ $reply })
cli-run-relay-then = { $line }; { $then }
cli-run-relay-reconnects = continuing on a new connection
cli-run-relay-rests = retrying in { $time }
cli-run-relay-ended = not used again in this run
cli-run-relay-takes =
    { $takes ->
        [one] { $relay } accepts { $takes } connection at a time; continuing with { $takes }
       *[other] { $relay } accepts { $takes } connections at a time; continuing with { $takes }
    }
cli-run-relay-takes-silent = { $others } of { $of } connections get no greeting: { $relay } accepts { $takes }
cli-run-relay-loses-behind = { $relay } loses commands that follow a message at once; continuing without them
cli-run-relay-refuses-behind = { $relay } refuses commands that follow a message at once; continuing without them
cli-run-relay-loses-together = { $relay } loses commands that are sent together; continuing with one at a time
cli-run-relay-answers-late = { $relay } answers late when commands are sent together; continuing with one at a time
cli-run-remembered = { $line } (remembered for later runs)
cli-run-limit-waits = a limit is used up ({ $limit }); waiting { $time }; Ctrl-C stops, and a later run continues
cli-run-deferred-waits =
    { $recipients ->
        [one] waiting { $time } to try { $recipients } deferred recipient again; Ctrl-C stops, and a later run continues
       *[other] waiting { $time } to try { $recipients } deferred recipients again; Ctrl-C stops, and a later run continues
    }

# Steps that `-v` shows.
cli-trace-connected = { $relay }: session opened
cli-trace-settled = { $relay }: { $key }: { $status }: { $reply }
cli-trace-rests = { $relay }: refused the connection: { $reply }; resting { $time }
cli-trace-ended = { $relay }: refused the connection: { $reply }; not used again
cli-trace-silent = { $relay }: no reply for { $time } ({ $phase })

cli-run-events = error: the events cannot be written to stdout ({ $error }); the run continues without them
cli-run-stdout = stdout cannot be written: { $error }
cli-run-dry =
    { $messages ->
        [one] { $messages } message in { $folder }
       *[other] { $messages } messages in { $folder }
    }

# The question, and the same where nobody is asked.
cli-ask-send = Send { $what } through { $relays } as { $sender }, { $time }?
cli-ask-sending = Sending { $what } through { $relays } as { $sender }, { $time }.
cli-ask-about = about { $time }
cli-ask-about-until = about { $time } (until { $clock })
cli-ask-over = over { $time }
cli-ask-over-until = over { $time } (until { $clock })
cli-ask-one-copy = a copy of 1 message
cli-ask-copies-of = copies of { $messages }
cli-ask-some-copies-of = { $copies } of { $messages }
cli-ask-and-copies = { $messages } and { $copies }
cli-ask-from = From { $sender }
cli-ask-to = To { $first }
cli-ask-first-to = First to { $first }
cli-ask-nobody = nobody
cli-ask-test-one = Test: 1 message to { $address } (as written for { $names })
cli-ask-test = Test: { $messages } messages, all to { $address } (as written for { $names })
cli-ask-only-copies = Only deferred copies of earlier messages: to { $addresses }
cli-ask-others = others
cli-ask-before =
    { $recipients ->
        [one] { $recipients } recipient has it already and is not sent to again.
       *[other] { $recipients } recipients have it already and are not sent to again.
    }
cli-ask-attached = Attached: { $files }
cli-ask-own-files =
    { $messages ->
        [one] Attached from the rows: files of its own in { $messages } message: { $first }
       *[other] Attached from the rows: files of their own in { $messages } messages, the first: { $first }
    }
cli-ask-own-files-least =
    { $messages ->
        [one] Attached from the rows: files of their own in at least { $messages } message, the first: { $first }
       *[other] Attached from the rows: files of their own in at least { $messages } messages, the first: { $first }
    }
cli-ask-copies =
    Copies: { $copies } by Cc and Bcc, which makes { $mails ->
        [one] { $mails } mail
       *[other] { $mails } mails
    } in all
cli-ask-copies-about =
    Copies: about { $copies } by Cc and Bcc, which makes about { $mails ->
        [one] { $mails } mail
       *[other] { $mails } mails
    } in all
cli-ask-copy-of-one = { $address } gets a copy ({ $header })
cli-ask-copy-of-all =
    { $mails ->
        [one] { $address } gets a copy of every message: { $mails } mail ({ $header })
       *[other] { $address } gets a copy of every message: { $mails } mails ({ $header })
    }
cli-ask-many-copies =
    { $messages ->
        [one] { $messages } message has { $many } copies or more, up to { $most }
       *[other] { $messages } messages have { $many } copies or more, up to { $most }
    }
cli-ask-owed =
    { $copies ->
        [one] Also { $copies } deferred copy of an earlier message: to { $addresses }
       *[other] Also { $copies } deferred copies of earlier messages: to { $addresses }
    }
cli-ask-limit = Limit of { $relay }, { $limit }: { $left } left
cli-ask-limit-until = Limit of { $relay }, { $limit }: nothing left until { $clock }, in { $time }
cli-ask-limit-for = Limit of { $relay }, { $limit }: nothing left for { $time }
cli-ask-limits-none =
    { $mails ->
        [one] These limits do not let { $mails } mail go out now; a later run sends it, or this one waits with --wait
       *[other] These limits let none of { $mails } mails go out now; later runs send them, or this one waits with --wait
    }
cli-ask-limits-some = These limits let { $now } of { $mails } mails go out now; later runs send the rest, or this one waits with --wait
