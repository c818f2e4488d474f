### What `cli-end` says.
