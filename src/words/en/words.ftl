### Words that every room uses: labels, numbers, times, and what the system says.

words-error = error
words-warning = warning
words-error-of = error[{ $code }]
words-note = note
words-note-of = note[{ $code }]
words-warning-of = warning[{ $code }]
words-hint = hint

words-and = { $most } and { $last }
words-or = { $most } or { $last }

words-time-instant = less than a second
words-time-seconds = { $n } s
words-time-minutes = { $n } min
words-time-hours = { $n } h
words-time-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }

words-system-not-found = there is no such file or folder
words-system-permission-denied = permission denied
words-system-already-exists = it exists already
words-system-not-a-directory = a part of the path is a file, not a folder
words-system-is-a-directory = it is a folder, not a file
words-system-directory-not-empty = the folder is not empty
words-system-read-only = the disk is read-only
words-system-storage-full = the disk is full
words-system-quota = the disk quota is used up
words-system-file-too-large = the file is too large for the disk
words-system-invalid-filename = the file name is too long or not valid here
words-system-connection-refused = connection refused
words-system-connection-reset = connection reset by the other side
words-system-connection-aborted = the connection was broken off
words-system-host-unreachable = the computer cannot be reached from here
words-system-network-unreachable = the network cannot be reached from here
words-system-network-down = there is no network
words-system-address-in-use = the port is in use by another program
words-system-address-not-available = this computer does not have that address
words-system-broken-pipe = the other program no longer reads
words-system-timed-out = no answer in time
words-system-unexpected-end = the data ended too early
words-system-out-of-memory = not enough memory
words-system-other = system error ({ $own })
