### What `help` says.
