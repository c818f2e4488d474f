### What `check --dns` says of SPF records.

check-spf-near = { $domain } has no SPF record: a TXT record is meant as one, but receivers ignore it because it does not begin with `v=spf1` and a blank: { $text }
check-spf-near-hint = write this instead in the TXT record of { $domain }, at its DNS provider: { $record }
check-spf-begin-hint = let it begin with `v=spf1` and a blank, in the TXT record of { $domain }, at its DNS provider
check-spf-elsewhere = { $domain } has no SPF record: there is one at { $name }, where no receiver looks for it
check-spf-publish-hint = publish at { $domain } a TXT record: { $record }
check-spf-publish-unknown-hint = publish at { $domain } a TXT record: v=spf1 … ~all, with what your relay's provider asks for in place of … (include:…, or ip4: and its address)
check-spf-name-hint = in the form of its DNS provider, leave the name of the record empty, or write @, or { $domain } itself
check-spf-missing = { $domain } has no SPF record: nothing says which relays may send for it
check-spf-missing-elsewhere = { $domain } has no SPF record: your relay's provider uses a return path of its own, whose record receivers look for; some want one here as well
check-spf-provider-hint = do that at the DNS provider of { $domain }; write whatever else sends for it before ~all
check-spf-provider-optional-hint = do that at the DNS provider of { $domain } (useful, but not required); write whatever else sends for it before ~all
check-spf-several = { $domain } has { $records } SPF records, and receivers then use none of them
check-spf-merged-hint = write this one instead of all of them, at the DNS provider of { $domain }: { $record }
check-spf-merge-hint = make one record of them, at the DNS provider of { $domain }: put what comes before `all` in each of them into it
check-spf-relay = the SPF record of { $domain } does not include { $include }: receivers do not accept { $provider } as a sender for { $domain }
check-spf-relay-hint = write include:{ $include } before `all` in the TXT record of { $domain }; ignore this if the relay's IP addresses are listed in it one by one
check-spf-relay-record-hint = at the DNS provider of { $domain }, that record is then: { $record }
check-spf-relay-lookups-hint = with include:{ $include } it would need { $lookups } lookups, and receivers give up after { $most }: first remove what is no longer used, then write it before `all`, in the TXT record of { $domain }, at its DNS provider
check-spf-listed-hint = ignore this if the relay's IP addresses are listed in it one by one

# What makes receivers give up, or ignore a part.
check-spf-lookups = the SPF record of { $domain } needs { $lookups } lookups, and receivers give up after { $most }
check-spf-lookups-hint = remove what is no longer used from the TXT record of { $domain }, at its DNS provider: each include, a, mx, ptr, exists and redirect counts as one lookup, also inside included records
check-spf-costs-hint = the lookups that each term needs: { $terms }
check-spf-void = the SPF record of { $domain } asks for { $count } names that do not exist ({ $names }), and receivers give up after { $most }
check-spf-void-hint = correct these names or remove their terms, in the TXT record of { $domain }, at its DNS provider, or in the record that it includes
check-spf-servers = the SPF record of { $domain } asks for the mail servers of { $name }: there are { $servers }, and receivers give up after { $most }
check-spf-servers-hint = instead of mx, write the addresses of the servers that send (ip4:…, ip6:…), in the TXT record of { $domain }, at its DNS provider
check-spf-slip = receivers find nothing with `{ $term }` in the SPF record of { $domain }: { $why }
check-spf-instead-hint = write `{ $term }` instead of `{ $wrong }` in the TXT record of { $domain }, at its DNS provider
check-spf-correct-hint = correct `{ $term }` in the TXT record of { $domain }, at its DNS provider: { $why }
check-spf-whole-hint = the whole record is then: { $record }
check-spf-is-hint = the record is: { $record }
check-spf-unreadable = the SPF record of { $domain } does not count: receivers cannot read `{ $term }` in the record of { $of } ({ $why })
check-spf-of-others-hint = if { $domain } belongs to others, tell them
check-spf-redirects-to-itself = the SPF record of { $domain } does not count: the record of { $of } redirects to itself
check-spf-includes-itself = the SPF record of { $domain } does not count: the record of { $of } includes itself
check-spf-circle = the SPF record of { $domain } does not count: the record of { $of } leads back to where it came from ({ $domains })
check-spf-circle-redirect-hint = instead of { $term }, write who may send (ip4:…, include:…) and ~all, in the TXT record of { $domain }, at its DNS provider
check-spf-circle-hint = remove { $term } from the TXT record of { $domain }, at its DNS provider: the other terms are enough
check-spf-names-none = the SPF record of { $domain } does not count: it names { $named }, which has no SPF record
check-spf-names-several = the SPF record of { $domain } does not count: it names { $named }, which has several SPF records
check-spf-includes-none = the SPF record of { $domain } does not count: it names { $named } (in the record of { $of }), which has no SPF record
check-spf-includes-several = the SPF record of { $domain } does not count: it names { $named } (in the record of { $of }), which has several SPF records
check-spf-names-none-hint = look for a typo in { $term }, or remove it if nothing is sent through it any more, in the TXT record of { $domain }, at its DNS provider
check-spf-names-several-hint = make one record of those at { $domain }, at its DNS provider; if it belongs to others, tell them

# What a record should not have.
check-spf-ptr = the SPF record of { $domain } asks for the names of sending addresses (`{ $term }`), which is slow, and which some receivers ignore
check-spf-ptr-hint = instead, write ip4:… and ip6:… with the addresses of your hosts, or a:… with their names, in the TXT record of { $domain }, at its DNS provider (RFC 7208, 5.5: do not use ptr)
check-spf-behind-all = the SPF record of { $domain } ends with `{ $all }`: receivers never look at `{ $terms }`
check-spf-behind-all-hint = write what should count before `{ $all }`, and remove the rest, in the TXT record of { $domain }, at its DNS provider
check-spf-redirect-hint = redirect counts only where there is no all

# Records that allow nobody, or everybody.
check-spf-nobody = the SPF record of { $domain } allows nobody to send in its name: { $so }
check-spf-nobody-gone = the SPF record of { $domain } allows nobody to send in its name ({ $why }): { $so }
check-spf-so-rejected = receivers reject what is sent from it
check-spf-so-suspicious = receivers suspect what is sent from it
check-spf-so-nothing = it does not help any message
check-spf-gone = { $name } does not exist
check-spf-inner = { $term } is an address of a private network
check-spf-nobody-record-hint = change the TXT record of { $domain }, at its DNS provider, to this: { $record }
check-spf-nobody-hint = write what your relay's provider asks for (include:…, or ip4: and its address) before `all`, in the TXT record of { $domain }, at its DNS provider
check-spf-nobody-else-hint = or, if nobody is to send from this domain, use a sender (and return_path, if there is one) at a domain whose record allows your relay
check-spf-open-all = the SPF record of { $domain } allows every relay there is (+all): anybody can send in its name
check-spf-open-neutral = the SPF record of { $domain } says nothing about other relays (?all): anybody can send in its name
check-spf-open-end = the SPF record of { $domain } says nothing about other relays (it has no all): anybody can send in its name
check-spf-open-end-hint = end it with ~all (others are suspicious) or -all (others are rejected), in the TXT record of { $domain }, at its DNS provider
check-spf-open-term = the SPF record of { $domain } allows every relay there is (`{ $term }`): anybody can send in its name
check-spf-open-included = the SPF record of { $domain } allows every relay there is (`{ $term }` in the record of { $of }, which it includes): anybody can send in its name
check-spf-open-term-hint = write the addresses of your own relays instead of it, in the TXT record of { $domain }, at its DNS provider
check-spf-open-wide = the SPF record of { $domain } allows more addresses than anybody sends from (`{ $terms }`): anybody can send in its name
check-spf-open-wide-hint = write the addresses of your own relays instead of these blocks, in the TXT record of { $domain }, at its DNS provider

# Why receivers cannot read a term.
check-spf-why-redirect-twice = redirect may be in it only once
check-spf-why-exp-twice = exp may be in it only once
check-spf-why-redirect = it is written redirect=
check-spf-why-colon = { $mechanism } is written with a colon
check-spf-why-needs-name = { $mechanism } needs a colon and a name
check-spf-why-all = nothing may follow all
check-spf-why-name-colon = a name comes after a colon: { $mechanism }:…
check-spf-why-no-mechanism = there is no such mechanism
check-spf-why-no-address = it holds no { $kind } address
check-spf-why-prefix = what comes after the slash must be a number from 0 to { $most }
check-spf-why-mailbox = it names a mailbox, and a host belongs there
check-spf-why-no-host = no host has such a name
check-spf-why-empty-label = a label of the name is empty
check-spf-why-long = the name is longer than the DNS allows
check-spf-why-character = a name cannot contain `{ $character }`
check-spf-why-macro-open = a macro `{"%{"}` is not closed
check-spf-why-percent = a `%` is not a macro
check-spf-why-name-missing = a name is missing
check-spf-why-macro = there is no macro `{ $name }`
check-spf-why-macro-exp = the macro `{ $name }` is allowed only in the text that exp= names
check-spf-why-dot = a name must have a dot in it
check-spf-why-number = no name ends with a number
check-spf-why-end = no name ends with `.{ $label }`
