### What `audience` says.
