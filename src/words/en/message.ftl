### What `message` says.
