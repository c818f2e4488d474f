### What `table` says.
