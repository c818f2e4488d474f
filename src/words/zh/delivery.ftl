### What `delivery` says.
