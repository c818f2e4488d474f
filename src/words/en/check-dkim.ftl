### What `check --dns` says of DKIM records.

check-dkim-private = the DKIM record { $name } holds a private key: everybody can now sign as { $domain }
check-dkim-private-hint = remove the record, and stop signing with that key
check-dkim-new-hint = this makes another key, and prints its record and the line for the campaign: mailshot dkim new --domain { $domain } --selector NEW --output new.pem
check-dkim-zone-hint = in a zone file it is: { $name }. TXT { $strings }
check-dkim-several = there are { $records } DKIM records { $name }, and receivers use any of them or none
check-dkim-several-hint = only one record may be there: remove the others
check-dkim-replace-hint = it replaces what is there now
check-dkim-replace-other-hint = it replaces what is there now; if another service signs with the selector { $selector }, write another one in `selector` instead
check-dkim-testing = the DKIM record { $name } is in test mode (t=y): receivers may treat the messages as unsigned
check-dkim-testing-hint = when it works, remove `t=y` from the record
check-dkim-publish-hint = publish at { $name } the TXT record { $record }
check-dkim-publish-key-hint = this prints the record to publish: mailshot dkim record KEY --domain { $domain } --selector { $selector }

# Records that are elsewhere.
check-dkim-missing = there is no DKIM record { $name }: the signatures cannot be verified
check-dkim-misplaced = the DKIM record is at { $other } instead of { $name }, where receivers look for it: the signatures cannot be verified
check-dkim-alias = there is no DKIM record { $name }: the signatures cannot be verified; the name leads on to { $target } (CNAME), where there is none
check-dkim-alias-dot-hint = if the zone file has { $target } as the target, write { $target }. with a dot at its end
check-dkim-alias-hint = if a service that signs for you named the target, write it in the CNAME as the service shows it now
check-dkim-own-hint = for a key of your own, remove the CNAME, and publish a TXT record in its place, which this prints: mailshot dkim record KEY --domain { $domain } --selector { $selector }
check-dkim-field-hint = where the form adds { $zone } by itself, write { $short } in its field for the name; in a zone file, write { $name }. with a dot at its end
check-dkim-between-hint = _domainkey belongs between { $selector } and { $domain }
check-dkim-front-hint = { $selector }._domainkey belongs in front of { $domain }

# Records that do not hold the key.
check-dkim-invalid = the DKIM record { $name } cannot verify messages: { $record } ({ $why })
check-dkim-revoked = the DKIM key of { $name } is revoked (p= is empty): the signatures do not count
check-dkim-damaged = the DKIM record { $name } holds the campaign's key, damaged: { $why }
check-dkim-kind = the DKIM record { $name } is for a key of the kind { $kind }, and the campaign's is { $own }: the signatures do not count
check-dkim-differs = the DKIM record { $name } holds another key than the one that the campaign signs with: the signatures do not count
check-dkim-in-parts = the DKIM key of { $name } is in { $records } records, and must be in one: the first ends after { $letters } of { $all } characters; the signatures cannot be verified
check-dkim-cut = the DKIM key of { $name } is cut: it ends after { $letters } of { $all } characters; the signatures cannot be verified
check-dkim-cut-inside = the DKIM key of { $name } is cut: it ends after { $letters } characters, in the middle; the signatures cannot be verified
check-dkim-cut-hint = publish it as one record, of strings of at most 255 characters, in place of what is there

# Why a record is not one.
check-dkim-why-quotes = the quotes are part of it, and must not be
check-dkim-why-backslashes = the backslashes are part of it, and must not be
check-dkim-why-no-equals = `{ $part }` has no `=`
check-dkim-why-twice = { $tag }= is in it twice
check-dkim-why-semicolon = a semicolon must follow v=DKIM1
check-dkim-why-version = its version must be v=DKIM1, in capitals
check-dkim-why-first = v=DKIM1 must be first in it
check-dkim-why-capital = p= must be a small letter
check-dkim-why-no-key = it has no p=
check-dkim-why-hash = h= leaves out sha256, which the signatures use
check-dkim-why-service = s= leaves out email
check-dkim-why-file-lines = the lines BEGIN and END of a file do not belong in p=
check-dkim-why-base64 = p= is base64 with + and /, not - and _
check-dkim-why-no-base64 = p= is not a key in base64
check-dkim-why-beginning = its first { $lost } of { $all } characters are missing
check-dkim-why-doubled = it is there twice
check-dkim-why-behind = `{ $text }` comes after it
check-dkim-why-before = `{ $text }` comes before it
check-dkim-why-plus = every + of it is missing
