### What `run` says.
