### What `check` says.
