### What `smtp` says.

# Where a session failed: the first half of `phase: cause`.
smtp-phase-resolve = looking up the host
smtp-phase-connect = connecting
smtp-phase-tls = TLS handshake
smtp-phase-greeting = greeting
smtp-phase-auth = login (AUTH)
smtp-phase-content = message content
smtp-phase-final-dot = end of message

smtp-failure = { $phase }: { $cause }
smtp-failure-at-address = { $phase }: { $cause } ({ $address })

# Why it failed.
smtp-cause-timeout = no answer within { $limit }
smtp-cause-closed = the relay closed the connection
smtp-cause-refused = the relay answered "{ $reply }"
smtp-cause-early-reply = the relay answered "{ $reply }" before the message was complete
smtp-cause-out-of-step = out of step with the relay: { $why }
smtp-cause-reply-too-long = the relay's reply is longer than 64 kB
smtp-cause-malformed-reply = not an SMTP reply: { $line }
smtp-cause-mixed-reply = not an SMTP reply: it begins with { $first } and continues with { $then }
smtp-cause-other-protocol = the server on this port speaks { $protocol }, not SMTP; its first line is { $line }
smtp-cause-no-login-offered = the relay offers no way to log in
smtp-cause-no-common-login = the relay offers no suitable way to log in; it offers { $offered }
smtp-cause-bad-ehlo-name = "{ $name }" cannot be used as the EHLO name; use a host name such as mail.example.org
smtp-cause-bad-host = "{ $host }" is neither a host name nor an IP address
smtp-cause-no-such-host = there is no host with this name ({ $own })
smtp-cause-no-address = the name has no address
smtp-cause-lookup = the name cannot be looked up now ({ $own })
smtp-cause-plaintext-login = the connection is not encrypted, so the password is not sent
smtp-cause-no-files-left = this computer cannot open another connection because too many files are open ({ $own }); raise the limit (ulimit -n) or lower `connections`
smtp-cause-this-computer = this computer cannot open a connection: { $why }

# Out of step: replies that cannot belong to what was said.
smtp-step-reply-to = the relay answered "{ $reply }" to { $command }
smtp-step-reply-to-end = the relay answered "{ $reply }" to the end of the message
smtp-step-two-replies-to-quit = the relay answered both "{ $first }" and "{ $second }" to QUIT
smtp-step-unasked = the relay said "{ $reply }" although nothing was asked
smtp-step-unasked-broken = the relay spoke although nothing was asked: { $cause }
smtp-step-no-commands-ahead = the relay refuses commands that follow the end of a message
smtp-step-tls-on = TLS is already on
smtp-step-content-not-awaited = the relay does not wait for message content now
smtp-step-other-envelope = the envelope of another message is already on its way
smtp-step-not-ready = the session is not ready for a new message
smtp-step-login-prompt = the relay asked an unknown question during login ({ $own })

# TLS.
smtp-cause-waits-for-tls = the server expects TLS from the start on this port; in `server` that is written smtps://
smtp-cause-not-tls = the server speaks plaintext on this port, not TLS; TLS from the start is usually on port 465, STARTTLS on port 587
smtp-cause-tls-too-old = the server's TLS is too old: it does not support TLS 1.2, the oldest version that is still safe
smtp-cause-tls-handshake = the TLS handshake failed ({ $own })
smtp-cause-tls-broken = the TLS connection broke ({ $own })
smtp-cause-no-starttls = the relay does not offer STARTTLS, and nothing is sent without TLS
smtp-cause-starttls-masked = the relay does not offer STARTTLS, and nothing is sent without TLS; part of its answer is masked (XXXX, ****), as firewalls that inspect SMTP do (Cisco: inspect esmtp, fixup smtp)
smtp-cause-bytes-before-tls = unencrypted data followed the relay's reply to STARTTLS; the connection may have been tampered with

smtp-tls-bad-ca = the CA file cannot be read as PEM certificates ({ $own })
smtp-tls-empty-ca = the CA file contains no certificate; it needs a block "-----BEGIN CERTIFICATE-----"
smtp-tls-no-ca-store = this computer has no CA certificates to check a relay with ({ $own }); install them (on Debian the package ca-certificates) or name the relay's CA with `ca_file`
smtp-tls-not-set-up = TLS cannot be set up ({ $own })

# Certificates.
smtp-certificate-expired = the relay's certificate has expired
smtp-certificate-expired-on = the relay's certificate expired on { $day }
smtp-certificate-not-yet-valid = the relay's certificate is not valid yet; is the clock of this computer right?
smtp-certificate-not-valid-before = the relay's certificate is not valid before { $day }; is the clock of this computer right?
smtp-certificate-wrong-name = the relay's certificate is not for { $expected }
smtp-certificate-other-names = the relay's certificate is not for { $expected }, but for { $presented }
smtp-certificate-no-names = the relay's certificate names no host: it has no subjectAltName, and a name in its subject alone does not count (RFC 6125)
smtp-certificate-old-version = the relay's certificate has X.509 version 1, which is no longer accepted; the relay needs a new one (version 3, with a subjectAltName)
smtp-certificate-weak-key = the relay's certificate, or the CA above it, has an RSA key of { $bits } bits; at least 2048 are required, so the relay needs a new one
smtp-certificate-other-fingerprint = the relay's certificate is not the one that `tls_fingerprint` names: it is { $presented }, not { $pinned }
smtp-certificate-unknown-issuer = the relay's certificate is signed by an unknown CA or by itself; if the relay belongs to your organization, name its CA with `ca_file`
smtp-certificate-ca-as-server = the relay presents a CA certificate as its own; it needs a server certificate signed by that CA
smtp-certificate-revoked = the relay's certificate has been revoked
smtp-certificate-other = the relay's certificate is not acceptable ({ $own })

smtp-fingerprint-other-hash = this is a SHA-1 or MD5 fingerprint; a SHA-256 fingerprint is needed
smtp-fingerprint-malformed = a SHA-256 fingerprint has 64 hexadecimal digits

# Messages that a relay cannot take.
smtp-unsuitable-too-large =
    { $size ->
        [one] the message has { $size } byte, and the relay accepts at most { $limit }
       *[other] the message has { $size } bytes, and the relay accepts at most { $limit }
    }
smtp-unsuitable-address-beyond-ascii = the address { $address } needs SMTPUTF8, which the relay does not offer
smtp-unsuitable-header-beyond-ascii = an address in the message's header needs SMTPUTF8, which the relay does not offer
smtp-unsuitable-eight-bit = the message needs 8BITMIME, which the relay does not offer
smtp-unsuitable-bad-address = "{ $address }" cannot be used in SMTP
smtp-unsuitable-no-recipient = the message has no recipient
