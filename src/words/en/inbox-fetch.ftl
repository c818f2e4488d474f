### Sentences about mail servers whose mailboxes are read.

# Why mail could not be fetched.
inbox-fetch-unreached = the mail server cannot be reached: { $why }
inbox-fetch-unanswered = the mail server did not answer within { $limit }
inbox-fetch-tls = TLS cannot be used with the mail server: { $why }
inbox-fetch-certificate-expired = the certificate of the mail server expired on { $day }
inbox-fetch-certificate-is-expired = the certificate of the mail server has expired
inbox-fetch-certificate-not-yet = the certificate of the mail server is not valid yet; is the clock of this computer right?
inbox-fetch-certificate-other-names = the certificate of the mail server is not for { $expected }, but for { $presented }
inbox-fetch-certificate-no-name = the certificate of the mail server is not for this host
inbox-fetch-certificate-other = the certificate of the mail server is not the one that `tls_fingerprint` names: it is { $presented }, not { $pinned }
inbox-fetch-certificate-unknown = the certificate of the mail server is signed by an unknown CA or by itself
inbox-fetch-certificate-ca = the mail server presents a CA certificate as its own
inbox-fetch-certificate-revoked = the certificate of the mail server has been revoked
inbox-fetch-certificate-weak = the certificate of the mail server is too old or too weak to be trusted
inbox-fetch-certificate-wrong = the certificate of the mail server is not acceptable ({ $own })
inbox-fetch-not-tls = the mail server speaks plaintext on this port, not TLS
inbox-fetch-io = the connection to the mail server broke: { $why }
inbox-fetch-silent = the mail server did not answer { $step } within { $limit }
inbox-fetch-closed = the mail server closed the connection instead of answering { $step }
inbox-fetch-farewell = the mail server ended the connection: "{ $words }"
inbox-fetch-other-protocol = the server on this port does not speak { $expected }; its first line is "{ $line }"
inbox-fetch-no-starttls = the mail server does not offer { $command }, and no password is sent without TLS
inbox-fetch-before-tls = the mail server sent unencrypted data where TLS had to begin; the connection may have been tampered with
inbox-fetch-plaintext-login = the connection to the mail server is not encrypted, so the password is not sent
inbox-fetch-no-login = the mail server offers no suitable way to log in; it offers { $offered }
inbox-fetch-no-login-at-all = the mail server offers no way to log in
inbox-fetch-login-refused = the mail server does not accept the login: "{ $words }"
inbox-fetch-login-later = the mail server accepts no login now: "{ $words }"
inbox-fetch-unsafe = the mail server accepts the login, but opens no folder: "{ $words }"
inbox-fetch-no-folder = the mailbox has no folder "{ $folder }"
inbox-fetch-locked = the mail server cannot open the mailbox now: "{ $words }"
inbox-fetch-refused = the mail server refuses { $step }: "{ $words }"
inbox-fetch-line-too-long = the mail server sent a line of more than { $most }
inbox-fetch-too-large = the mail server announced { $size } at once, which no mail has
inbox-fetch-too-much = the answer of the mail server to { $step } does not end
inbox-fetch-out-of-step = the mail server answered { $step } with something else: "{ $line }"
inbox-fetch-panicked = mail could not be fetched because of a defect of this program
inbox-fetch-pop3-folder = over POP3 a mailbox has no folder "{ $folder }", only INBOX
inbox-fetch-pop3-mark = over POP3 mail can be neither marked nor moved

# What to do.
inbox-fetch-hint-no-starttls = write imaps:// (port 993) or pop3s:// (port 995) in `server`, which begin with TLS
inbox-fetch-hint-before-tls = write imaps:// or pop3s:// in `server`, and try from another network
inbox-fetch-hint-tls = write imaps:// or pop3s:// in `server`
inbox-fetch-hint-port-imap = IMAP is usually on port 993 (imaps://) or 143 (imap://)
inbox-fetch-hint-port-pop3 = POP3 is usually on port 995 (pop3s://) or 110 (pop3://)
inbox-fetch-hint-not-tls = with imaps:// the port is usually 993, with pop3s:// 995; with imap:// and pop3://, TLS begins after STARTTLS
inbox-fetch-hint-no-login = remove `auth`; a server that takes no passwords needs `oauth2`
inbox-fetch-hint-login = check `user` and the password; many providers want a password of its own for mail programs. It was tried once, so the account is not locked by this
inbox-fetch-hint-unsafe = log in to the provider's web site and allow IMAP for mail programs; then run the command again
inbox-fetch-hint-folders = its folders are: { $folders }
inbox-fetch-hint-later = another program may be reading the mailbox; run the command again in some minutes
inbox-fetch-hint-certificate = if you know this server, name its CA with `ca_file`, or write tls_fingerprint = "{ $fingerprint }" below [inbox] after comparing it with the server's
inbox-fetch-hint-ca = name the CA of the mail server with `ca_file`
inbox-fetch-hint-address = check `server` below [inbox]; if it is right, run the command again later
