### What `explain` says.
