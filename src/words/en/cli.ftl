### What `cli` says.

cli-elsewhere = { $found }. Nothing was sent.
