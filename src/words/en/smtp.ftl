### What `smtp` says.
