### What `presets` says.
