### What the command line says of a check, and of limits, times and places in general.

cli-days = { $days } days
cli-clock-tomorrow = { $time } tomorrow
cli-clock-day = { $time } on { $day }
cli-time-and-clock = { $time } ({ $clock })

# A finding on one line: what is wrong, then where.
cli-check-warning = { $label }: { $what }
cli-check-at = { $what } ({ $place })
cli-check-in-rows-too =
    { $rows ->
        [one] { $what }, { $rows } row
       *[other] { $what }, { $rows } rows
    }

# Between the errors and the warnings.
cli-check-warnings-begin = ──── warnings (these do not prevent sending) ────
cli-check-more =
    { $problems ->
        [one] … and { $problems } more problem like these
       *[other] … and { $problems } more problems like these
    }
cli-check-more-in-file =
    { $problems ->
        [one] … and { $problems } more problem like these; all of them: { $file }
       *[other] … and { $problems } more problems like these; all of them: { $file }
    }

cli-check-in-row = (in row { $row })
cli-check-in-rows =
    { $rows ->
        [one] (in { $rows } row)
       *[other] (in { $rows } rows)
    }
cli-check-in-rows-first = (in { $rows } rows: { $first }, …)
cli-check-in-rows-all = (in { $rows } rows: { $all })

cli-check-errors =
    { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }
cli-check-warnings =
    { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
cli-check-errors-and-warnings =
    { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
# No row was looked at.
cli-check-refused = { $found }. Nothing was sent.
cli-check-failed =
    { $rows ->
        [one] { $rows } row checked: { $found }. Nothing was sent.
       *[other] { $rows } rows checked: { $found }. Nothing was sent.
    }
# $parts: the messages, then what was skipped.
cli-check-passed =
    { $rows ->
        [one] { $rows } row checked: { $parts }.
       *[other] { $rows } rows checked: { $parts }.
    }
cli-check-messages =
    { $messages ->
        [one] { $messages } message of { $size } in all
       *[other] { $messages } messages of { $size } in all
    }
cli-check-below =
    { $rows ->
        [one] { $rows } row below the table skipped
       *[other] { $rows } rows below the table skipped
    }
cli-check-left-out =
    { $rows ->
        [one] { $rows } row excluded (where, _skip)
       *[other] { $rows } rows excluded (where, _skip)
    }
cli-check-invalid =
    { $rows ->
        [one] { $rows } invalid row skipped
       *[other] { $rows } invalid rows skipped
    }
cli-check-duplicates =
    { $rows ->
        [one] { $rows } duplicate skipped
       *[other] { $rows } duplicates skipped
    }
cli-check-suppressed =
    { $rows ->
        [one] { $rows } suppressed recipient skipped
       *[other] { $rows } suppressed recipients skipped
    }

cli-check-attached =
    { $files ->
        [one] Column `_attach` attaches { $files } file
       *[other] Column `_attach` attaches { $files } files
    } to { $messages ->
        [one] { $messages } message.
       *[other] { $messages } messages.
    }
cli-check-copied =
    { $messages ->
        [one] Column `_cc` adds copies to { $messages } message.
       *[other] Column `_cc` adds copies to { $messages } messages.
    }
cli-check-copies =
    { $copies ->
        [one] { $copies } copy is sent in addition, by Cc and Bcc.
       *[other] { $copies } copies are sent in addition, by Cc and Bcc.
    }
cli-check-copied-all = Every message also goes to { $addresses } (Bcc).
cli-check-many-copies =
    { $messages ->
        [one] { $messages } message has { $many } copies or more, at most { $most }.
       *[other] { $messages } messages have { $many } copies or more, at most { $most }.
    }

cli-check-takes = Sending takes about { $time } through { $relays }.
