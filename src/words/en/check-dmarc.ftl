### What `check --dns` says of DMARC records.

check-dmarc-policy-reports = { $tag } is not a policy: receivers read it as none, and with it all that the DMARC record _dmarc.{ $at } asks for
check-dmarc-policy = the DMARC record _dmarc.{ $at } does not count: { $tag } is not a policy, and receivers cannot read the record: { $record }
check-dmarc-no-policy = the DMARC record _dmarc.{ $at } does not count: it has no policy (p=): { $record }
check-dmarc-twice = the DMARC record _dmarc.{ $at } has { $tag }= twice: receivers use one of them, or ignore the record: { $record }
check-dmarc-ignored = the DMARC record _dmarc.{ $at } does not count: { $why }
check-dmarc-ignored-instead = the DMARC record _dmarc.{ $at } does not count: { $why }; that of _dmarc.{ $other } applies
check-dmarc-several = there are { $records } of them ({ $texts })
check-dmarc-near = there is no DMARC record for { $domain }: there is one at _dmarc.{ $at }, but { $why }
check-dmarc-elsewhere = there is no DMARC record for { $domain }: one is at { $name }, and belongs at _dmarc.{ $belongs }
check-dmarc-missing = there is no DMARC record for { $domain }: large providers require one from senders of many messages
check-dmarc-missing-many = there is no DMARC record for { $domain }: it is required for this many recipients ({ $providers })
check-dmarc-many = { $recipients } at { $provider }
check-dmarc-publish-hint = publish at _dmarc.{ $domain } the TXT record { $record }
check-dmarc-publish-above-hint = publish at _dmarc.{ $organisation } the TXT record { $record } (it applies to { $domain }, too; if { $organisation } is not yours, publish it at _dmarc.{ $domain })
check-dmarc-first-hint =
    first make sure that a signature (DKIM) or the return path (SPF) belongs to the sender's domain, which neither does here: the corrected record asks receivers { $policy ->
        [quarantine] to put such mail into the spam folder
       *[reject] to reject such mail
    }
check-dmarc-record-hint = let the only TXT record of _dmarc.{ $at } about DMARC be: { $record }
check-dmarc-begin-hint = let the only TXT record of _dmarc.{ $at } about DMARC begin with `v=DMARC1;`, with nothing before it

# Nothing is of the sender's domain.
check-dmarc-unaligned =
    the DMARC record _dmarc.{ $at } asks receivers { $policy ->
        [quarantine] to put mail into the spam folder
       *[reject] to reject mail
    } unless a signature (DKIM) or the return path (SPF) belongs to { $domain }{ $strict ->
        [both] {" "}(strict: to exactly this domain)
        [signature] {" "}(a signature to exactly this domain: adkim=s is strict)
        [return-path] {" "}(a return path to exactly this domain: aspf=s is strict)
       *[no] {""}
    }, and here neither does{ $others ->
        [still] {" "}(for receivers that follow RFC 9989; others still count it)
        [may] {" "}(for receivers that follow RFC 9989; others may still count it)
       *[no] {""}
    }
check-dmarc-by-relay =
    { $relays ->
        [one] { $providers } uses a return path of its own: DMARC needs its DKIM signature for { $domain }
       *[other] { $providers } use return paths of their own: DMARC needs their DKIM signatures for { $domain }
    }, whose SPF record then never counts, and the record _dmarc.{ $at } asks receivers { $policy ->
        [quarantine] to put mail without one into the spam folder
       *[reject] to reject mail without one
    }
check-dmarc-bulk = { $providers }: mail is rejected there or goes to the spam folder unless a signature (DKIM) or the return path (SPF) belongs to { $domain }, whatever the DMARC record asks for, and here neither does
check-dmarc-bulk-relay = { $providers }: mail is rejected there or goes to the spam folder unless a signature (DKIM) or the return path (SPF) belongs to { $domain }, whatever the DMARC record asks for, and through { $relays } only a signature can
check-dmarc-set-up-hint = set up the signature (DKIM) for { $domain } at { $providers }; ignore this if that is done already
check-dmarc-or-sign-hint = or sign for { $domain } here (dkim below [message])
check-dmarc-sign-hint = sign for { $domain } (dkim below [message]), unless the relay does
check-dmarc-or-spf-hint = or correct the SPF record of { $domain } so that it allows the relay
check-dmarc-or-return-path-hint = or use a return_path at { $domain }, whose SPF record allows the relay
check-dmarc-or-publish-hint = or publish at _dmarc.{ $above } the TXT record { $record }: then both belong to one organisation
check-dmarc-provider-hint = send from an address at a domain of yours, or through the provider of { $domain } and without another return_path: nobody else can sign for it
check-dmarc-provider-preset-hint = send from an address at a domain of yours, or through the provider of { $domain } (preset = "{ $preset }") and without another return_path: nobody else can sign for it

# Why a text is not a record.
check-dmarc-why-quote = it begins with `{ $character }`: { $text }
check-dmarc-why-blank = it begins with a blank: `{ $text }`
check-dmarc-why-letters = it is written `{ $first }`: receivers ignore it, because only `v=DMARC1` in these letters counts
check-dmarc-why-version = it begins with `{ $beginning }`, and only `v=DMARC1;` counts
check-dmarc-why-begin = it does not begin with `v=DMARC1;`: { $text }
