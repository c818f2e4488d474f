### What `sandbox` says.
