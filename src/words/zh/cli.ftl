### What `cli` says.
