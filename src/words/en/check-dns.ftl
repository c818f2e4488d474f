### What `check --dns` says of questions, and of where mail arrives.

check-dns-not-asked = the DNS was not asked: the DNS servers of this computer are not known ({ $why })
check-dns-server-hint = name a DNS server: --dns-server ADDR
check-dns-sender-unanswered =
    { $questions ->
        [one] the DNS gave no answer to { $questions } question about the sender
       *[other] the DNS gave no answer to { $questions } questions about the sender
    }
check-dns-unanswered = { $question }: { $why }
check-dns-again-hint = check again later, or ask another server: --dns-server ADDR
check-dns-timeout = no answer in time
check-dns-refusal = the DNS server could not answer ({ $code })
check-dns-failed = the DNS server could not be asked ({ $own })
check-dns-incomplete = the DNS was not asked about everything
check-dns-open-sender = not asked: the sender, because it differs from recipient to recipient
check-dns-open-late = not asked: { $questions } (the { $time } for all questions were over)
check-dns-open-recipients = not asked: { $domains } of the recipients' domains (the { $time } for all questions were over)
check-dns-open-beyond = not asked: { $domains } more of the recipients' domains (only the { $most } most frequent are asked about)

# Hosts.
check-host-no-address = { $host } has no address
check-host-missing = { $host } does not exist
check-host-useless = { $host } has the address { $address }, which leads to no other computer
check-host-is-address = { $host } is an address, and the name of a host belongs there
check-host-local = { $host } is what each computer calls itself
check-mx-address-hint = in the MX record of { $domain }, write the name of the host that has the address { $address }, instead of the address
check-mx-dot-hint = where a zone file has { $host }, write { $host }. with a dot at its end

# Where mail arrives.
check-no-mail = { $what }: { $so }
check-mx-refuses = { $domain } accepts no mail (its MX record says so, RFC 7505)
check-mx-refuses-hint = if { $domain } should receive mail, replace that record by one that names its mail server
check-mx-nowhere = { $domain } has no mail server, neither an MX record nor an address
check-mx-nowhere-hint = if { $domain } should receive mail, add an MX record that names its mail server
check-mx-unserved = { $domain } has no mail server that mail can reach ({ $why })
check-mx-unserved-hint = let the MX record of { $domain } name a host with an address that others can reach
check-mx-missing = { $domain } does not exist
check-mx-missing-hint = look for a typo in `{ $key }`
check-mx-from-hint = or write in `from` an address that mail can reach, and that the relay lets you send from
check-mx-other-hint = or write in `{ $key }` an address that mail can reach
check-so-no-replies-no-bounces = replies and bounces to the sender cannot arrive
check-so-no-replies = replies cannot arrive
check-so-no-replies-rejected = replies cannot arrive, and some receivers reject such mail
check-so-no-bounces-rejected = bounces cannot arrive, and some receivers reject such mail
check-so-rejected = some receivers reject mail from such a domain
check-so-no-unsubscribe = requests to unsubscribe are lost
check-sender-domain-missing = the sender's domain { $domain } does not exist: receivers reject mail from it
check-sender-domain-missing-hint = look for a typo in `from`, or send from a domain of yours
check-unsubscribe-host = nobody can unsubscribe at { $domain }: { $why }
check-unsubscribe-host-hint = write in `{ $key }` the address of a page that everybody can open

# The recipients' domains.
check-recipient-domain-missing = the recipients' domain { $domain } does not exist: mail to it bounces
check-recipient-domain-refuses = the recipients' domain { $domain } accepts no mail (its MX record says so, RFC 7505): mail to it bounces
check-recipient-domain-unserved = the recipients' domain { $domain } has no mail server that mail can reach ({ $why }): mail to it bounces
check-recipient-domain-nowhere = the recipients' domain { $domain } has no mail server, neither an MX record nor an address: mail to it bounces
check-recipient-domain-hint = correct the address, or remove the row
check-recipient-domains-more =
    { $domains ->
        [one] { $domains } more of the recipients' domains accepts no mail
       *[other] { $domains } more of the recipients' domains accept no mail
    }
check-recipient-domains-more-hint = the first of them: { $domain }
check-recipient-unanswered =
    { $domains ->
        [one] the DNS gave no answer about the recipients' domain { $domain }
       *[other] the DNS gave no answer about { $domains } of the recipients' domains (the first: { $domain })
    }
check-recipient-unanswered-hint = this does not mean that they are wrong: check again later
