# What came back and whose message it is about.

inbox-unreadable = cannot read { $file }: { $why }
inbox-unmatched-no-message = it names no message and no recipient of this campaign
inbox-unmatched-several-messages = it names several messages of this campaign, and does not say which one it is about
inbox-unmatched-several-mailings = it has no token, and its address is in several mailings of the last 30 days ({ $mailings })
inbox-unmatched-long-ago = it has no token, and no mailing of the last 30 days went to its address
inbox-unmatched-older = it has no token, and is older than the mailing to its address
inbox-unmatched-not-sent = it has no token, and the message to its address is { $status }
inbox-unmatched-another-address = it came to the return path of { $ours }, has no token, and names another address
inbox-unmatched-purged = it is about mailing { $mailing }, which was purged on { $purged }
inbox-unmatched-other-campaign = it is about a message of the campaign { $name } in { $folder }

# Files that hold something else than mails.
inbox-outlook-data = { $file } is a data file of Outlook (.pst or .ost), which only Outlook reads
inbox-outlook-message = { $file } is a message in the format of Outlook (.msg)
inbox-outlook-express = { $file } is a data file of Outlook Express (.dbx)
inbox-outlook-hint = save the mails as .eml files (new Outlook, Outlook on the web: Download), or open the mailbox in Thunderbird; then name the folder with the files
inbox-packed = { $file } is a packed file
inbox-packed-hint = unpack it, and name the mailbox or the folder in it
inbox-no-mail = { $file } is not a mail and not a mailbox
inbox-no-mail-hint = name an mbox file, a Maildir, an .eml file, or a folder with .eml files
