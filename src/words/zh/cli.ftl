### What `cli` says.

cli-error = 错误：{ $what }
