### What is wrong with a command line.

usage-error = error: { $what }
usage-hint = hint: { $hint }
usage-help = Help: { $command }

usage-unknown-option = there is no option `{ $option }`
usage-unexpected-argument = `{ $argument }` is one argument too many
usage-unknown-command = there is no command `{ $command }`
usage-no-command = `{ $command }` needs a command
usage-no-value = `{ $option }` needs a value
usage-unknown-value = `{ $value }` is not a value of `{ $option }`
usage-too-many-values = `{ $option }` takes one value; `{ $value }` is one too many
usage-no-equals = write the value of `{ $option }` with an equals sign: { $option }=VALUE
usage-missing =
    { $number ->
        [one] { $missing } is missing
       *[other] { $missing } are missing
    }
usage-twice = `{ $option }` is given twice
usage-not-together = `{ $option }` cannot be used together with { $others }
usage-not-together-with-others = `{ $option }` cannot be used together with the other options
usage-value = `{ $option }`: { $what }
usage-wrong-value = `{ $option }`: `{ $value }` is not a valid value ({ $own })
usage-not-utf-8 = an argument is not valid UTF-8 text
usage-other = the command line cannot be read ({ $own })

usage-did-you-mean = did you mean { $meant }?
usage-values = the values are { $values }
usage-commands = the commands are { $commands }
usage-option-of = `{ $option }` is an option of { $commands }

## Values

usage-no-number = `{ $text }` is not a whole number
usage-number-out-of-range = `{ $text }` is out of range
usage-write-number = write a whole number
usage-write-number-from = write a whole number, { $lowest } or more
usage-write-number-between = write a whole number from { $lowest } to { $highest }
usage-no-duration = `{ $text }` is not a duration
usage-write-duration = write for example 30s, 5m or 1h
usage-no-age = `{ $text }` is not an age
usage-write-age = write for example 90d, 12 weeks or 1y
usage-several-addresses = `{ $text }` holds several addresses, and a test goes to one
usage-write-one-address = run the command once for each address
usage-no-address = `{ $text }` is not an e-mail address
usage-write-address = write for example you@uni.example
usage-no-status = `{ $text }` is not a status
usage-statuses = the statuses are { $names }
usage-no-listen = `{ $text }` is not an address to listen on
usage-write-listen = write for example 2525, localhost:2525 or 127.0.0.1:2525
usage-no-dns-server = `{ $text }` is not the address of a DNS server
usage-write-dns-server = write for example 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53
usage-no-domain = `{ $text }` is not a domain
usage-write-domain = write for example uni.example
usage-no-selector = `{ $text }` is not a selector
usage-write-selector = write letters, digits and hyphens, for example s1
