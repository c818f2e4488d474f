### What `campaign` says of servers and secrets: a login is not shown, wherever it was written.

campaign-server-not-a-url = `{ $written }` is not the URL of a relay
campaign-server-not-a-url-because = `{ $written }` is not the URL of a relay: { $why }
campaign-server-scheme = `{ $scheme }://` is not a way to reach a relay
campaign-server-login-in-url = a user name and a password do not belong in the URL of a relay: write them in `user` and `password = {"{"} … {"}"}`
campaign-server-more = nothing may follow the host and the port of a relay
campaign-server-no-host = the host is missing
campaign-server-bad-host = `{ $host }` is not a host name
campaign-server-bad-port = the port must be a number from 1 to 65535
campaign-server-bad-host-character = the host has a character that no host name has
campaign-server-other = it cannot be read ({ $own })
campaign-server-forms = write smtps://HOST (TLS, port 465), smtp://HOST (STARTTLS, port 587) or smtp+plain://HOST (no TLS, port 25)

campaign-relay-password-in-user = `user` contains a colon, and the relay has no `password`: the user name and the password are two settings
campaign-relay-password-in-user-hint = write only the name in `user`; mailshot asks for the password, or reads it from where `password` says

campaign-recipients-url = recipients are read from a file, and this is the address of a server
campaign-recipients-url-hint = save the rows in a file (CSV, Excel, JSON or an SQLite database) and name that file

# Why a secret is not available.
campaign-secret-no-variable = the environment variable { $name } is not set, or empty; set it before you send
campaign-secret-no-variable-shown = the environment variable that `env` names is not set, or empty; `env` takes the name of a variable, such as MAILSHOT_PASSWORD, not the password itself
campaign-secret-command-not-started = the command `{ $command }` could not be started: { $why }
campaign-secret-command-interrupted = the command `{ $command }` was interrupted
campaign-secret-command-failed = the command `{ $command }` failed (exit code { $code }); run it in a terminal to see why
campaign-secret-command-killed = the command `{ $command }` failed ({ $status }); run it in a terminal to see why
campaign-secret-waits = waiting for the command `{ $command }` to print a secret; Ctrl-C stops it
campaign-secret-file-unreadable = the file { $path } cannot be read: { $why }
campaign-secret-file-irregular = the file { $path } cannot be read: { $why }; name the file itself, or let a command print it: {"{"} command = "…" {"}"}
campaign-secret-file-too-open = other users can read the file { $path } (mode { $mode }); run: chmod 600 { $quoted }
campaign-secret-file-too-open-here = other users can read the file { $path } (mode { $mode }); copy it to a place where only you can read it and name that file, for example: install -m 600 { $quoted } ~/mailshot-secret
campaign-secret-no-password = there is no password on the first line of { $source }
campaign-secret-empty = { $source } is empty
campaign-secret-not-text = { $source } is not text; save it as UTF-8
campaign-secret-nul = { $source } contains a NUL character, which no password and no key can have; save it again as UTF-8
campaign-secret-keyring = the keyring entry `{ $service }` of { $user } cannot be read: { $why }
campaign-secret-keyring-write = the keyring entry `{ $service }` of { $user } cannot be saved: { $why }

campaign-secret-of-variable = the environment variable { $name }
campaign-secret-of-variable-shown = the environment variable that `env` names
campaign-secret-of-command = the output of the command `{ $command }`
campaign-secret-of-file = the file { $path }
campaign-secret-of-entry = the keyring entry `{ $service }` of { $user }
campaign-secret-of-service = the keyring entry `{ $service }`

campaign-keyring-none = no keyring service is running on this computer
campaign-keyring-no-entry = there is no such entry
campaign-keyring-no-entry-yet = there is no such entry; `mailshot login` saves it
campaign-keyring-not-text = it is not text
campaign-keyring-locked = the keyring is locked, or does not permit it
campaign-keyring-several =
    { $entries ->
        [one] { $entries } entry has this name
       *[other] { $entries } entries have this name, and it is not clear which is meant
    }
campaign-keyring-other = the keyring reports an error ({ $own })
