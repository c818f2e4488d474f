### What `usage` says.
