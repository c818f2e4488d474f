### What `storage` says.
