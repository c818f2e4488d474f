### What `recipients` says.
