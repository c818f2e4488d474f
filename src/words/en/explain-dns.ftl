### The DNS

explain-group-dns = The DNS
    .about = What `check --dns` finds in the DNS. All of it is a warning, except for a sender's domain that does not exist.

explain-sender-domain-missing =
    .title = The domain of the sender does not exist
    .means = The DNS knows no such domain as the one in `from`.
    .why = Receivers reject messages from a domain that does not exist. This is an error, and nothing is sent.
    .do = Look for a typing error in `from`, or send from a domain of your own.

explain-mx-sender =
    .title = Mail to the sender does not arrive
    .means = The domain in `from` says that it takes no mail, or has no mail server that others can reach.
    .why = Replies and bounces are lost, and some receivers reject messages from such a domain.
    .do = Have an MX record made that names the mail server of the domain, or write an address that takes mail into `from`.

explain-mx-return-path =
    .title = Bounces do not arrive
    .means = Mail to the domain in `return_path` does not arrive: it does not exist, takes no mail, or has no mail server.
    .why = You do not learn which messages came back, and some receivers reject messages with such a return path.
    .do =
        Write an address at a domain that takes mail:
          return_path = "bounces@uni.example"

explain-mx-reply-to =
    .title = Replies do not arrive
    .means = Mail to the domain in `reply_to` does not arrive: it does not exist, takes no mail, or has no mail server.
    .why = People who answer get an error back, and you read nothing.
    .do =
        Look for a typing error, or write an address that takes mail:
          reply_to = "office@uni.example"

explain-mx-unsubscribe =
    .title = Requests to unsubscribe by mail do not arrive
    .means = Mail to the address in `unsubscribe.mailto` (or in a List-Unsubscribe of your own) does not arrive.
    .why = People who want to leave the list cannot, and report the next message as spam.
    .do =
        Write an address that takes mail:
        {"  unsubscribe = { mailto = \"leave@uni.example\" }"}

explain-sender-unsubscribe-host =
    .title = The page to unsubscribe at cannot be reached
    .means = The DNS has no address for the host of the page, or one that only your own network reaches.
    .why = People who want to leave the list cannot, and report the next message as spam.
    .do =
        Write the address of a page that everybody can open:
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}

explain-sender-unanswered =
    .title = The DNS did not answer about the sender
    .means = At least one question about the sender's domain got no answer, or this computer does not know a DNS server.
    .why = mailshot does not know whether anything is wrong. A question without an answer never counts as a missing record.
    .do =
        Check again later, or ask another server:
          mailshot check --dns --dns-server 9.9.9.9

explain-sender-incomplete =
    .title = Not everything about the sender was asked
    .means = The 30 seconds for all questions were over, or the sender is another one for each recipient and was not looked at.
    .why = What was not asked may be wrong all the same.
    .do =
        Check again, or ask a server that answers faster:
          mailshot check --dns --dns-server 9.9.9.9

explain-recipient-domain-missing =
    .title = Mail to a domain of recipients does not arrive
    .means = The domain does not exist, says that it takes no mail, or has no mail server that others can reach.
    .why = The message comes back. Many messages that come back give the sender a bad name.
    .do = Correct the address, or delete the row.

explain-recipient-unanswered =
    .title = The DNS did not answer about some domains of recipients
    .means = The servers of these domains gave no answer in time.
    .why = That says nothing against the addresses: mailshot sends to them.
    .do =
        Check again later:
          mailshot check --dns

explain-recipient-incomplete =
    .title = Not all domains of recipients were asked about
    .means = mailshot asks about the 2,000 most frequent domains, for 30 seconds at most.
    .why = Among the others there may be some that take no mail.
    .do = Nothing needs to be done. The relay rejects such addresses, or the messages come back.

explain-spf-missing =
    .title = The domain has no SPF record
    .means = SPF is a TXT record that says which relays may send for a domain. The sender has no such record, or has one that receivers do not accept as SPF, or has it at the wrong name.
    .why = Receivers trust such messages less. Gmail and Yahoo ask for SPF or DKIM of everybody.
    .do =
        Publish the TXT record that the hint shows, at the DNS provider of the domain. It looks like this:
          v=spf1 include:_spf.google.com ~all

explain-spf-invalid =
    .title = The SPF record cannot be read, or a part of it has no effect
    .means = A term of the record is wrong, a name that it includes has no record or several, or the domain has more than one SPF record.
    .why = Receivers ignore a record that they cannot read, as if there were none.
    .do = Write what the hint shows instead. If the wrong record is not yours, tell its owner.

explain-spf-loop =
    .title = The SPF record leads back to itself
    .means = The record includes or redirects to a record that leads back to it.
    .why = Receivers stop there and do not count the record.
    .do = Take the include or redirect out that the hint names.

explain-spf-lookups =
    .title = The SPF record needs too many look-ups
    .means = Receivers do at most 10 look-ups for a record. Each include, a, mx, ptr, exists and redirect is one, also inside what is included.
    .why = From the eleventh on, receivers do not count the record.
    .do = Take out what is not used any more. The hint says how many look-ups each term needs.

explain-spf-void =
    .title = The SPF record names hosts that are not there
    .means = More than two names in the record do not exist.
    .why = Receivers stop at the third and do not count the record.
    .do = Correct these names, or take their terms out.

explain-spf-names =
    .title = The SPF record asks for too many mail servers
    .means = `mx` in the record means all mail servers of a domain, and that domain has more than 10.
    .why = Receivers stop there and do not count the record.
    .do =
        Write the addresses of those that send, in place of `mx`:
          ip4:192.0.2.0/24

explain-spf-ptr =
    .title = The SPF record uses `ptr`
    .means = `ptr` allows hosts by the name of their address. The standard asks not to use it (RFC 7208).
    .why = It is slow, and some receivers do not look at it.
    .do =
        Write the addresses or the names of your hosts in place of it:
          ip4:192.0.2.0/24 a:mail.uni.example

explain-spf-behind-all =
    .title = The SPF record goes on behind `all`
    .means = `all` ends a record, and there are more terms behind it.
    .why = Receivers never look at them, so the relays that they name are not allowed.
    .do = Move what counts in front of `all`, and delete the rest.

explain-spf-none-may-send =
    .title = The SPF record allows nobody to send
    .means = No address is left that may send for the domain, as in `v=spf1 -all`, or all names in it are gone.
    .why = Receivers reject the messages, or find them suspicious.
    .do = Add what your relay's provider asks for in front of `all`, or send from a domain whose record allows the relay.

explain-spf-open =
    .title = The SPF record allows everybody
    .means = It ends with +all or ?all or has no end, or it allows more addresses than anybody sends from.
    .why = Everybody can send in the name of the domain, and receivers trust it less.
    .do =
        End it with one of these, and name only your own relays before it:
          ~all
          -all

explain-spf-relay =
    .title = The SPF record does not name the relay
    .means = The provider of your relay asks for an include in the record of your domain, and it is not there.
    .why = To receivers the relay is a stranger that sends in the name of your domain.
    .do =
        Add the include in front of `all`; the hint shows the whole record:
          include:_spf.google.com

explain-dkim-record-missing =
    .title = There is no DKIM record for the key
    .means = The messages are signed, and at the name of the selector there is no TXT record with the public key.
    .why = Receivers cannot verify the signature, and it counts for nothing.
    .do =
        Have the record published that this prints:
          mailshot dkim record dkim.pem --domain uni.example --selector s1

explain-dkim-record-misplaced =
    .title = The DKIM record is at another name
    .means = The record is there, but not where receivers look for it. Often a form added the domain a second time.
    .why = Receivers do not find it, and the signature counts for nothing.
    .do =
        Publish it at the name that the hint shows. In a form that adds the domain, write only the first part:
          s1._domainkey

explain-dkim-record-cut =
    .title = The DKIM record holds only a part of the key
    .means = A form cut the record, often after 255 characters, or it is in two records.
    .why = Receivers cannot verify the signature.
    .do = Publish it as one record of several strings, each of at most 255 characters. The hint shows it for a zone file.

explain-dkim-record-differs =
    .title = The DKIM record holds another key
    .means = The key in the record is not the one that the campaign signs with, is of another kind, or was damaged on the way.
    .why = Receivers find that the signature is wrong, and treat the messages like forged ones.
    .do =
        Publish the record of the campaign's key. If another service uses this selector, take a new one:
          mailshot dkim new --domain uni.example --selector s2 --output dkim.pem

explain-dkim-record-invalid =
    .title = The DKIM record cannot be read, or holds the private key
    .means = The record has a mistake in it, such as quotation marks or a missing semicolon. Or the private half of the key was published.
    .why = Receivers cannot verify the signature. With the private key, everybody can sign as you.
    .do =
        Publish the record that the hint shows. If the private key was published, make another key and use this one no longer:
          mailshot dkim new --domain uni.example --selector s2 --output dkim.pem

explain-dkim-record-revoked =
    .title = The key is revoked
    .means = The record has an empty p=. That means that the key is not valid any more.
    .why = Receivers do not count signatures with it.
    .do =
        Make another key with another selector:
          mailshot dkim new --domain uni.example --selector s2 --output dkim.pem

explain-dkim-record-several =
    .title = There are several DKIM records at one name
    .means = A selector has one record. Here there is more than one.
    .why = Receivers take any of them, or none.
    .do = Delete all but the one of the key that the campaign signs with.

explain-dkim-record-testing =
    .title = The DKIM record is in test mode
    .means = The record has t=y.
    .why = Receivers may treat the messages as if they were not signed.
    .do = When the signatures are right, take t=y out of the record.

explain-dmarc-missing =
    .title = The domain has no DMARC record
    .means = DMARC says what becomes of messages that neither SPF nor DKIM speaks for. There is no record, or it is at another name.
    .why = The large providers ask every sender of many messages for one.
    .do =
        Publish this TXT record at `_dmarc` in front of your domain; it changes nothing else:
          v=DMARC1; p=none

explain-dmarc-invalid =
    .title = The DMARC record does not count
    .means = The record has a mistake, no policy, or there is more than one.
    .why = Receivers act as if there were none, and providers that ask for one count it as missing.
    .do = Let the record that the hint shows be the only one there.

explain-dmarc-unaligned =
    .title = DMARC asks to reject these messages
    .means = The record asks receivers to reject messages, or to put them into the spam folder, if neither a signature (DKIM) nor the return path (SPF) belongs to the domain of the sender. Here neither does.
    .why = The messages do not reach the inbox.
    .do =
        Sign for the domain of the sender:
        {"  dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }"}
        Or take a return path at that domain, whose SPF record allows the relay:
          return_path = "bounces@uni.example"

explain-dmarc-by-relay =
    .title = DMARC depends on the signature of the relay's provider
    .means = This provider puts a return path of its own on the messages, so the SPF record of your domain never counts. Only a signature (DKIM) for your domain does.
    .why = Without it, receivers do what the DMARC record asks for: reject the messages or put them into the spam folder.
    .do = Set up the signature for your domain at the provider, or sign here. If it is set up already, do nothing.

explain-dmarc-unaligned-bulk =
    .title = A provider insists on SPF or DKIM of the sender's own domain
    .means = That many messages go to a provider that accepts them only if a signature (DKIM) or the return path (SPF) belongs to the domain of the sender. Here neither does.
    .why = The provider rejects the messages or puts them into the spam folder, whatever the DMARC record says.
    .do =
        Sign for the domain of the sender:
        {"  dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }"}
