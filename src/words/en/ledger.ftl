### What `ledger` says.

ledger-unusable = the ledger { $path } cannot be used: { $why }
ledger-unopenable = the ledger { $path } cannot be opened: { $why }
ledger-no-thread = the thread that writes the ledger to the disk cannot be started: { $why }
ledger-foreign = { $path } is not a mailshot ledger
ledger-newer = { $path } was written by a newer mailshot (ledger version { $found }; this mailshot knows versions up to { $known })
ledger-damaged = { $path } is damaged ({ $own }); it is the only record of the recipients that have the message, and without it all would get it again
ledger-none = no mailing is recorded here: there is no { $path }

ledger-hint-threads = close other programs or raise your limit of processes, then run the command again
ledger-hint-foreign = move the file away, or give the campaign another name
ledger-hint-newer = use the newer mailshot
ledger-hint-damaged = restore the file from a backup

ledger-lock-held = another mailshot is sending this campaign: process { $pid } on { $host }, since { $since }
ledger-lock-held-by-another = another mailshot is sending this campaign
ledger-lock-not-taken = the lock { $path } cannot be taken: { $why }
ledger-no-locks = the lock { $path } cannot be taken: this file system has no locks ({ $own }), and two runs could send to the same recipients
ledger-hint-no-locks = move the campaign to a disk of this computer

ledger-replaced = the ledger { $path } was replaced by another file
ledger-removed = the ledger { $path } was removed or moved away
ledger-lock-replaced = the lock of the ledger { $path } was replaced by another file
ledger-lock-removed = the lock of the ledger { $path } was removed or moved away
ledger-log-replaced = the log of the ledger { $path } was replaced by another file
ledger-log-removed = the log of the ledger { $path } was removed or moved away
ledger-taken-over = another run has taken over this mailing, which happens only after the lock was removed

ledger-left-out-by =
    { $recipients ->
        [one] { $recipients } recipient was left out by { $choice }
       *[other] { $recipients } recipients were left out by { $choice }
    }
ledger-left-out =
    { $recipients ->
        [one] { $recipients } recipient was left out by an earlier choice
       *[other] { $recipients } recipients were left out by an earlier choice
    }

ledger-what-bounce = bounce
ledger-what-delayed = delay notice
ledger-what-delivered = confirmation of delivery
ledger-what-complaint = complaint
ledger-what-autoreply = automatic reply
ledger-what-challenge = challenge
ledger-what-receipt = receipt
ledger-what-unsubscribe = wish to leave
ledger-what-reply = reply
ledger-what-other = other mail
ledger-matched-token = found by the token of the message
ledger-matched-leaving-token = found by the unsubscribe token
ledger-matched-verp = found by the return path
ledger-matched-address = found by the address
ledger-bounce-hard = hard: the address is dead
ledger-bounce-soft = soft: the address may accept mail another time
ledger-bounce-sender = because of the sender or the relay, not of the recipient
ledger-bounce-unsure = unsure: the cause is not clear
