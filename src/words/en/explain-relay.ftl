### The relay and the sender

explain-group-relay = The relay and the sender
    .about = The relay, the sender, and what the large providers ask for.

explain-relay-unusable =
    .title = A relay cannot be used
    .means = `check --connect` connects and logs in as `send` would, and this relay cannot be reached, speaks another protocol, has a certificate that is not valid, or refuses the login.
    .why = `send` would stop at the same place before the first message.
    .do =
        Do what the hint below it says. Shown step by step:
          mailshot check --connect -vv

explain-port-of-another-way =
    .title = The port and the kind of encryption do not go together
    .means = At port 465 servers begin with TLS at once; at 587 and 25 they begin without it and go on with STARTTLS. The campaign file says the other way.
    .why = Both sides wait for each other, or do not understand each other, until the time is over.
    .do =
        Write the address of the relay as its provider states it, one of:
          server = "smtps://smtp.uni.example:465"
          server = "smtp://smtp.uni.example:587"

explain-user-missing =
    .title = The relay has no user
    .means = The relay is a preset of a mail provider, and no `user` is set.
    .why = Providers accept messages only after a login. Every message would be refused.
    .do =
        Write the name you log in with below `preset`:
          user = "registrar@163.com"
        The password is asked for in a terminal; mailshot login stores it.

explain-from-not-account =
    .title = The sender is not the account that logs in
    .means = `from` has another address than the `user` of the relay.
    .why = Some providers reject such messages (163, QQ, Microsoft 365), others put the account in place of your sender (Gmail).
    .do =
        Write the account's address into `from`, and let replies go elsewhere:
          from = "Registrar <registrar@uni.example>"
          reply_to = "office@uni.example"

explain-from-of-another-provider =
    .title = The sender belongs to a provider, and the relay is not that provider's
    .means = `from` is an address at gmail.com, qq.com or a similar provider, and the messages go through another relay.
    .why = Nobody but the provider can sign for its addresses. Receivers take such messages for forged.
    .do =
        Send through the provider, or from an address of the relay's own domain:
          preset = "gmail"

explain-from-not-aligned =
    .title = The signature is of another domain than the sender
    .means = The messages are signed (DKIM) for a domain that is not the one of `from`.
    .why = DMARC counts a signature for the sender only if its domain is the sender's.
    .do =
        Sign for the domain of the sender, or send from an address at the domain that signs:
          mailshot dkim new --domain uni.example --selector s1 --output dkim.pem

explain-one-click-without-dkim =
    .title = One-click unsubscribing has no signature
    .means = The messages have List-Unsubscribe-Post, and mailshot does not sign them.
    .why = Mail programs show the button only if a signature (DKIM) covers these headers (RFC 8058).
    .do =
        Sign the messages, or make sure that your relay signs List-Unsubscribe and List-Unsubscribe-Post:
        {"  dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }"}

explain-over-size =
    .title = The largest message is larger than the relay accepts
    .means = The relay, or what is published about its provider, sets a limit, and at least one message is above it. In a message, attachments are a third larger than on the disk.
    .why = The relay rejects every message above the limit.
    .do = Make the attachments smaller, or put them on a web page and write its address into the message.

explain-over-quota =
    .title = There are more recipients than the relays allow in a day
    .means = The limits per day, as `rate` or the preset states them, are smaller than the list.
    .why = The mailing takes several days.
    .do =
        Run the same command again on each day, or let it wait for the limit:
          mailshot send --wait
        A second relay in the campaign file takes a share of the list.

explain-takes-days =
    .title = The mailing takes more than a day
    .means = At the pace that `rate` or the preset allows, the list is not done within 24 hours.
    .why = What you write about "today" or "tomorrow" is wrong for those who come last.
    .do =
        Run the same command again on each day, let it wait, or add a relay that takes a share:
          mailshot send --wait

explain-preset-old =
    .title = What mailshot knows about the provider may be out of date
    .means = The limits and addresses of this preset were looked up more than 18 months ago.
    .why = Providers change their limits without notice. With an old one, the account may be blocked for a day.
    .do =
        Use a newer mailshot, or write the limits as the provider states them today, below the relay:
          rate = ["20/min", "500/day"]

explain-receiver-rules =
    .title = A provider asks more of senders of many messages than this campaign has
    .means = Many of the recipients are at one provider, and that provider has rules for senders of that many messages. The hints name what is missing: a signature, a way to unsubscribe, a slower pace.
    .why = Messages that do not keep the rules go to the spam folder or are rejected.
    .do =
        Add what is missing below [message] and below the relay, for example:
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}
          rate = "20/min"
