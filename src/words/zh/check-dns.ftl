### What `check-dns` says.
