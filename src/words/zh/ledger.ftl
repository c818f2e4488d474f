### What `ledger` says.
