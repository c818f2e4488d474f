### What `cli` says.

cli-elsewhere = { $found }。没有发送任何邮件。
