### What `cli-run` says.
