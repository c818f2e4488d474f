### What `import` says.
