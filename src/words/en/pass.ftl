### What `pass` says.
