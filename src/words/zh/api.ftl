### What `api` says.
