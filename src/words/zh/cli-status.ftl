### What `status` says.
