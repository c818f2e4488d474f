### What `cli` says.

cli-error = error: { $what }
