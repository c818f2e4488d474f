### What `delivery` says.

# Why a run ended before every recipient was tried.
delivery-stop-requested = a stop was requested
delivery-stop-relay-refused = the relay cannot be used: { $why }
delivery-stop-relay-lost = the connection to the relay was lost: { $why }
delivery-stop-every-message = the relay rejects every message: { $reply }
delivery-stop-failures =
    { $recipients ->
        [one] { $recipients } recipient was rejected
       *[other] { $recipients } recipients were rejected
    }
delivery-stop-limit = a limit is used up: { $limit }
delivery-stop-ledger = the ledger cannot be written: { $why }
delivery-stop-accounts = the store of relay accounts cannot be used: { $why }
delivery-stop-file-saved = { $file } was saved while messages were going out
delivery-stop-file-unreadable = { $file } cannot be read any more: { $why }
delivery-stop-internal = internal error: { $part } ended unexpectedly

delivery-part-worker = a worker
delivery-part-composing = the composing thread
delivery-part-journal = the writer of the ledger
delivery-part-accounts = the reader of the account store

delivery-at-relay = `{ $relay }`: { $cause }
delivery-sender-refused = the relay refuses the sender: { $reply }
delivery-out-of-step = the session went out of step ({ $failure }); its reply to this message was "{ $reply }"
delivery-ledger-closed = the ledger is closed
delivery-accounts = the account store { $store } cannot be used: { $why }
