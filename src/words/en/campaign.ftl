### What `campaign` says.

# What is wrong, and what to do, in one line.
campaign-wrong-and-help = { $what }; { $help }
