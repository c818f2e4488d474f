### What `check` says of relays, and of the providers that recipients are at.

check-preset-old = the preset `{ $preset }` was looked up in { $month }: the limits of { $provider } may have changed since
check-preset-old-hint = use a newer mailshot, or write `rate` and `server` below [relay.{ $relay }] as the provider states them today
check-port-tls-first = the relay `{ $relay }` is named with port { $port }, where a server usually expects TLS from the start
check-port-starttls = the relay `{ $relay }` is named with port { $port }, where a server usually begins without TLS and switches with STARTTLS
check-preset-without-user = `{ $relay }` has no `user`, and { $preset } accepts messages only after a login
check-preset-user-hint = write user = { $user } below `preset`, or add --user on the command line
check-preset-user-of-provider-hint = write user = "…" below `preset`, or add --user on the command line
check-port-hint = write server = "{ $url }"
check-not-aligned = the sender is at { $domain }, but the messages are signed (DKIM) for { $signed }: the signature does not count for the sender
check-not-aligned-hint = sign for { $domain }, or send from an address at { $signed }
check-one-click-without-dkim = one-click unsubscription has no DKIM signature over it: mail programs show no button for it
check-one-click-without-dkim-hint = write dkim = {"{"} domain = "…", selector = "…", key = {"{"} file = "…" {"}"} {"}"} below [message], or make sure that the relay signs List-Unsubscribe and List-Unsubscribe-Post
check-over-size = the largest message has { $size }, and { $provider } accepts at most { $most }
check-over-size-hint = make the attachments smaller (they grow by a third in a message), or put them on a web page and link to it
check-over-quota = { $recipients } recipients are more than the { $a_day } a day that the relays' limits allow: sending takes { $days } days
check-takes-days = at the relays' limits, sending to { $recipients } recipients takes { $days } days
check-days-hint = run `mailshot send` again each day, or let it wait with --wait; another relay beside this one shares the list

# Providers with rules for many messages.
check-receiver-rules =
    { $recipients ->
        [one] 1 recipient at { $provider }: { $rule }
       *[other] { $recipients } recipients at { $provider }: { $rule }
    }
check-missing-one-click = missing here: one-click unsubscription, if it is advertising or a newsletter
check-missing-unsubscribe = missing here: a way to unsubscribe (unsubscribe below [message]), if it is advertising or a newsletter
check-missing-pace = missing here: a rate, because messages go out as fast as the relay accepts them: rate = "20/min" below [relay.{ $relay }]
check-missing-signature = missing here: a DKIM signature of the sender's domain (dkim below [message], unless the relay signs for it), with SPF and DMARC in its DNS
check-missing-signature-set-up = missing here: a DKIM signature of the sender's domain (dkim below [message], unless { $provider } signs for it: set that up there), with SPF and DMARC in its DNS
check-rule-gmail = from 5,000 a day on, it rejects mail without SPF, DKIM and DMARC of the sender's domain, and newsletters without one-click unsubscription
check-rule-yahoo = it asks senders of many messages, without naming a number, for SPF, DKIM and DMARC of the sender's domain, and newsletters for one-click unsubscription
check-rule-microsoft = from 5,000 a day on, it rejects mail unless SPF and DKIM of the sender's domain are right and there is a DMARC record (550 5.7.515)
check-rule-icloud = it rejects mail to many recipients without SPF, DKIM and DMARC of the sender's domain, and asks for an unsubscribe link that works at once
check-rule-gmx = they accept mail from senders of many messages only with a DKIM signature of the sender's domain; SPF alone is not enough
check-rule-laposte = mail without DKIM, SPF or DMARC of the sender's domain goes to the spam folder at best; SPF counts only if the return path is of that domain
check-rule-mailru = it blocks mail without a DKIM signature or an SPF record that counts for the sender's domain, and asks mailings for List-Unsubscribe
check-rule-yandex = it asks mailings for a DKIM signature of the sender's domain and for List-Unsubscribe
check-rule-netease = it counts what comes from one address within 15 minutes and a day (MI:SFQ, MI:STC) without publishing the limits, and rejects mail that fails the sender's SPF or DMARC (MI:SPF, MI:DMA)
check-rule-qq = it limits how often one address, domain and sender may write (550 frequency limited) without publishing the limits, and rejects mail that fails the sender's SPF
check-rule-tonline = it accepts mail only from relays that it knows, or that have a name and an imprint of their own

# Relays that insist on who is the sender.
check-sender-account-netease = { $provider } only lets you send as the account you log in with (553 Mail from must equal authorized user): the sender is { $from }, and the account is { $user }
check-sender-account = { $provider } only lets you send as the account you log in with: the sender is { $from }, and the account is { $user }
check-sender-send-as = { $provider } only lets you send as the account you log in with (5.7.60 SendAsDenied), unless it may "send as" that mailbox: the sender is { $from }, and the account is { $user }
check-sender-rewritten = { $provider } replaces another sender with the account, unless it is one of the account's "send mail as" addresses: the sender is { $from }, and the account is { $user }
check-sender-alias = { $provider } rejects another sender than the account (553 Relaying disallowed), unless it is an alias of the account: the sender is { $from }, and the account is { $user }
check-sender-not-allowed = { $provider } rejects another sender than the account (550 Sender address is not allowed), unless it is one of the account's own addresses: the sender is { $from }, and the account is { $user }
check-sender-own = as a rule, { $provider } accepts mail only from the account's own addresses: the sender is { $from }, and the account is { $user }
check-sender-account-hint = set `from` to the account's address; for replies to another address, write reply_to
check-sender-of-another = the sender is at { $domain }, but the relay `{ $relay }` ({ $host }) does not belong to { $provider }: receivers treat the messages as forged
check-sender-of-another-hint = send through { $provider } (preset = "{ $preset }"), or from an address of the relay's own domain
