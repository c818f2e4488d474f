### What `audience` says.

audience-order = the rows cannot be put in order ({ $error })
audience-order-room = free some disk space in the folder for temporary files (TMPDIR): about twice the size of the list is needed
audience-inside = a library failed while it composed the message of this row
audience-inside-skip = look for unusual characters in the row, or skip it with --skip-invalid
audience-skip-unclear = `{ $column }` does not say clearly whether this row is skipped: the column has `{ $one }` (row { $one_row }) and `{ $other }` (row { $other_row })
audience-skip-yes = write yes in the rows to skip, and no or nothing in the other rows
audience-outcomes = the results of the earlier mailing cannot be looked up ({ $error })
audience-not-looked-back = the results of the earlier mailing are not known here
