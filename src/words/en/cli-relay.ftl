### What to do when a relay cannot be used.

cli-relay-unusable = The relay cannot be used: { $why }
cli-relay-lost = The connection to the relay was lost: { $why }

cli-relay-hint-back-later = it answered before, and may be back later
cli-relay-hint-address = check the host and the port in { $server }, and whether a firewall blocks the connection
cli-relay-hint-port = messages are handed in at port 465 (smtps://) or 587 (smtp://)
cli-relay-hint-smtps = write server = "smtps://{ $host }:{ $port }"
cli-relay-hint-smtps-flag = write --relay "smtps://{ $host }:{ $port }"
cli-relay-hint-masked = use smtps:// (port 465), which the firewall cannot look into; or the firewall has to let STARTTLS through

cli-relay-hint-sender = write an address in `from` (or `return_path`) that this login may send as
cli-relay-hint-sender-flag = write an address in --from that this login may send as
cli-relay-hint-too-large = the messages are too large for the relay: make the attachments smaller, or put them on a web page and write its address

cli-relay-hint-tls-first = the relay requires TLS: write smtp:// (STARTTLS, port 587) or smtps:// (port 465) in { $server }
cli-relay-hint-tls-too-old = the relay's administrator has to renew its TLS; no setting here can make it safe
cli-relay-hint-ca = to trust a CA of your organization: ca_file = "ca.pem"
cli-relay-hint-host = check the host name in { $server }
cli-relay-hint-pin =
    trust this very certificate, once the relay's administrator has told you the same fingerprint, with this line below the relay:
    {"    "}tls_fingerprint = "{ $fingerprint }"
cli-relay-hint-or-pin =
    or trust this very certificate, once the relay's administrator has told you the same fingerprint, with this line below the relay:
    {"    "}tls_fingerprint = "{ $fingerprint }"
cli-relay-hint-renewed =
    was the certificate renewed? Ask the relay's administrator for the new fingerprint; if it is this one, write below the relay:
    {"    "}tls_fingerprint = "{ $fingerprint }"
cli-relay-hint-new-certificate = the relay's administrator has to make a new certificate

cli-relay-hint-no-login = no login is given: write `user` and `password` below the relay
cli-relay-hint-no-login-flags = no login is given: add --user and --password-command, or set MAILSHOT_PASSWORD
cli-relay-hint-login-ignored = the relay does not accept the login for sending: check whether { $user } may send there, and at this port
cli-relay-hint-no-login-here = the relay offers no login at this port: try port 465 (smtps://) or 587 (smtp://), or remove { $user }
cli-relay-hint-login-after-tls = many relays offer a login only after TLS: try smtps:// (port 465) or smtp:// (port 587) in { $server }
cli-relay-hint-auth = auth = "{ $auth }" is not among them: remove `auth` from the campaign file, or name another one
cli-relay-hint-login-later = the relay cannot check logins at the moment; the same command may work later
cli-relay-hint-another-way = this is about the way to log in, not about the password: auth = "login" or auth = "plain" below the relay names one
cli-relay-hint-no-passwords = the password is not at fault: programs may not log in with a password there
cli-relay-hint-oauth2 = write auth = "xoauth2" with oauth2 = {"{"} … {"}"} below the relay, or ask its administrator to allow passwords
cli-relay-hint-account = this is about the account, not about the password: its administrator or provider can say more
cli-relay-hint-token = the access token was rejected: check { $user } and the scope, or log in again: { $command }
cli-relay-hint-password = check { $user } and the password
cli-relay-hint-password-of-its-own = check { $user } and the password; many providers want an app password (163, QQ: 授权码) instead of the one for the web page
