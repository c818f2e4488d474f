### What `userdata` says.
