### What `userdata` says.

userdata-no-home-for-list = there is no home folder for your suppression list
userdata-no-home-for-accounts = there is no home folder for the record of the relays' quotas
userdata-file-unusable = { $path } cannot be used: { $why }
userdata-settings-not-written = your settings { $path } cannot be written: { $why }
userdata-key-damaged = the key for unsubscribe tokens, { $path }, is damaged; with another key, the tokens in mails that were sent are not recognized
userdata-list-damaged = your suppression list { $path }, line { $line }: `{ $who }` is neither an e-mail address nor an unsubscribe token: { $why }
userdata-accounts-unopenable = the record of the relays' quotas, { $path }, cannot be opened: { $why }
userdata-accounts-unusable = the record of the relays' quotas, { $path }, cannot be used: { $why }
userdata-accounts-foreign = { $path } is not mailshot's record of the relays' quotas
userdata-accounts-newer = { $path } was written by a newer mailshot (quota record version { $found }; this mailshot knows versions up to { $known })
userdata-accounts-damaged = the record of the relays' quotas, { $path }, is damaged ({ $own })

userdata-hint-lasting-folder = set MAILSHOT_STATE to a folder that is kept
userdata-hint-other-folder = or set MAILSHOT_STATE to another folder
userdata-hint-writable-folder = set MAILSHOT_STATE to a folder that can be written to
userdata-hint-key-damaged = restore the file from a backup
userdata-hint-list-damaged = correct the line, or delete it
userdata-hint-accounts-foreign = move the file away, or set MAILSHOT_STATE to another folder
userdata-hint-accounts-newer = use the newer mailshot
userdata-hint-accounts-damaged = move the file away to start a new record; what was sent in the last 24 hours then no longer counts against the relays' limits
