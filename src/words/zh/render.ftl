### What `render` says.
