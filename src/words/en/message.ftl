### What `message` says.

message-attachment-unusable = the attachment `{ $path }` cannot be used: { $why }
message-picture-unusable = the picture `{ $path }` cannot be used: { $why }
message-attachment-unusable-in-row = the attachment `{ $path }` of this row cannot be used: { $why }
message-picture-unusable-in-row = the picture `{ $path }` of this row cannot be used: { $why }
message-file-missing = it does not exist
message-file-missing-hint = check the name; paths in the campaign file start at its folder; with `optional = true` a file may be missing
message-file-no-name = its name is empty
message-file-no-name-hint = fill in the cell, or add `optional = true` beside `path`
message-file-outside = it is outside the campaign's folder
message-file-outside-hint = move the file below the campaign's folder, or name the folder for such files: attach_root = "…"; a cell of the spreadsheet must not name files elsewhere
message-file-not-regular = it is not a regular file
message-file-not-regular-hint = attach a file, not a folder or a device
message-file-no-picture = it is not a picture
message-file-no-picture-hint = save it as PNG, JPEG or GIF, and name that file
message-picture-near-hint = did you mean `{ $near }`?
message-embedded-missing-hint = put the picture beside the HTML file or into the campaign's folder; paths begin there: src="images/logo.png"
message-embedded-outside-hint = copy the picture into the campaign's folder, and write its path from there: src="images/logo.png"
message-embedded-stays-hint = name a picture that all recipients may see
message-file-too-large = it is larger than { $most } MiB, which is more than any relay accepts
message-file-too-large-hint = put it on the web and send a link
message-file-unreadable = { $why }
message-file-unreadable-hint = check the file's permissions
message-file-secret-hint = remove it: give others the public half of a key, and never a password
message-file-stays-hint = remove it from the cell; a file for all recipients is named in the campaign file: attach = ["…"]
message-attachment-name = `{ $name }`, from `{ $template }`, cannot be the name of an attachment of this row
message-attachment-name-hint = a file name is not empty, has no line break and no slash, and has at most { $most } characters
message-attachment-file-name = the attachment `{ $path }` of this row has a file name that cannot be put into a message
message-attachment-file-name-hint = rename the file

message-body-control = the body of this row contains the control character { $character }
message-body-control-hint = remove it from the cell (or the template): mail programs cannot show it
message-body-control-meant-hint = the cell probably means `{ $meant }`: write that into it
message-markdown-nested = the Markdown of this row has more than { $most } quotes or lists inside each other (in { $file })
message-markdown-nested-hint = look for a line that begins with many > or -, such as a loop can write
message-no-language = this row has no `{ $column }`, and there is no { $file } for such rows
message-no-file-of-language = there is no { $file } for the language `{ $language }`
message-languages-hint = the languages are { $known }; a file { $file } is used for all others
message-token-column = {"{{"} token {"}}"} means the unsubscribe token here, and { $file } has a column `token`
message-token-column-hint = give the column another name; {"{{"} row['token'] {"}}"} fills in the column

message-header-control = the { $name } of this row contains a line break or another control character: `{ $value }`
message-header-control-hint = a header is one line; remove the line break from the cell or from the template
message-header-no-address = `{ $value }` is not an address, which { $name } needs
message-header-no-address-hint = write { $name } = "Ada <ada@example.org>"
message-header-not-ascii = `{ $value }` is not valid for { $name }: programs read this header, and it must be ASCII
message-header-not-ascii-hint = write the word that its standard has, such as "high" for Importance or "zh-CN" for Content-Language
message-header-no-uri = `{ $value }` is not valid for { $name }: it needs addresses in angle brackets
message-header-no-uri-hint = write { $name } = "<https://uni.example/list>", or "<mailto:list@uni.example>"
message-header-no-list-id = `{ $value }` is not valid for { $name }
message-header-no-list-id-hint = write "Course news <course-news.uni.example>" (RFC 2919)
message-header-no-message-id = `{ $value }` is not a Message-ID, which { $name } needs
message-header-no-message-id-hint = write { $name } = "<1234@uni.example>"
message-header-no-date = `{ $value }` is not a date that { $name } can have
message-header-no-date-hint = write 2026-12-01 09:00 (in UTC), or with an offset: 2026-12-01T09:00+01:00

message-unsubscribe-url = `{ $text }`, from `unsubscribe.url`, is not a web address
message-unsubscribe-not-https = `{ $text }`, from `unsubscribe.url`, does not begin with https://, which one-click unsubscribing needs (RFC 8058)
message-unsubscribe-url-hint = `url` must give the whole address; cells in a query are encoded for you: https://uni.example/leave?e={"{{"} email {"}}"}
message-unsubscribe-mailto = `{ $text }`, from `unsubscribe.mailto`, is not an e-mail address
message-unsubscribe-mailto-hint = write mailto = "leave@uni.example"; a subject may follow: "leave@uni.example?subject={"{{"} token {"}}"}"

message-gate-line-end = line { $line } of the message ends in a bare CR or LF
message-gate-nul = the message contains a NUL octet
message-gate-long-line = line { $line } of the message has { $octets } octets; at most 998 are allowed
message-gate-header-control = line { $line } of the message's header contains a control character
message-gate-dot = a line begins with a dot that would end the message
message-gate-incomplete = the message is not complete
message-gate-hint = a subject, name or header of this row is too long, or contains what mail does not allow

message-not-signed = the message cannot be signed: { $why }
message-library-failed = a library failed
message-key-none = there is no private key in it; a key is text between -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----
message-key-public = it is a public key, which belongs in the DNS; the private key signs
message-key-encrypted = the key is protected by a passphrase; to remove it, run: openssl pkey -in KEY -out dkim.pem
message-key-kind = it is a key for another purpose; signatures are made with RSA or Ed25519
message-key-short = the RSA key is too short; use 2048 to 4096 bits: every receiver verifies 2048
message-key-long = the RSA key is too long; use 2048 to 4096 bits: every receiver verifies 2048
message-key-damaged = the key is damaged: { $why }
message-key-not-made = no key can be made ({ $own })
message-key-no-end = its last line, -----END PRIVATE KEY-----, is missing
message-key-no-base64 = the text between BEGIN and END is not base64
message-key-parts = its parts do not fit together
message-key-other = its contents cannot be read ({ $own })

# A calendar file: names of properties stay as they are.
message-at-line = { $what } ({ $line })
message-calendar-nothing = the calendar file of this row is empty
message-calendar-outline-hint = write BEGIN:VCALENDAR, the events, END:VCALENDAR
message-calendar-second = the calendar file contains a second VCALENDAR, and a message has one
message-calendar-begins-with = the calendar file begins with BEGIN:{ $word }, not with BEGIN:VCALENDAR
message-calendar-ends-other = END:{ $word } comes before BEGIN:{ $open } is ended
message-calendar-ends-other-hint = write END:{ $open } in front of it
message-calendar-ends-nothing = END:{ $word } has no BEGIN:{ $word } before it
message-calendar-ends-nothing-hint = remove it, or write BEGIN:{ $word } where it begins
message-calendar-outside = the calendar file has { $name } outside of BEGIN:VCALENDAR and END:VCALENDAR
message-calendar-never-ended = BEGIN:{ $name } is never ended
message-calendar-never-ended-hint = write END:{ $name } after it
message-calendar-no-event = the calendar file has no event: there is no BEGIN:VEVENT between BEGIN:VCALENDAR and END:VCALENDAR
message-calendar-no-event-hint = write BEGIN:VEVENT, DTSTART:20261201T090000Z, SUMMARY:Lecture, END:VEVENT, each on its own line
message-calendar-method = the calendar file has the METHOD `{ $method }`
message-calendar-method-hint = possible values are REQUEST (an invitation), PUBLISH (no answer is asked for), CANCEL and REPLY
message-calendar-event-lacks = the event has no { $name }
message-calendar-task-lacks = the task has no { $name }
message-calendar-lacks-start-hint = DTSTART says when it begins: write DTSTART:20261201T090000Z, or DTSTART;TZID=Europe/Vienna:20261201T100000
message-calendar-reply-hint = an answer (METHOD:REPLY) has the UID and the ORGANIZER of the event that it answers, and ATTENDEE;PARTSTAT=ACCEPTED:mailto:…
message-calendar-same-uid = two events have the same UID, `{ $uid }`: calendar programs show only one of them
message-calendar-same-uid-hint = give each its own UID, such as UID:{"{{"} id {"}}"}-2@uni.example, or remove the UID lines
message-calendar-twice = the event has { $name } twice
message-calendar-twice-hint = remove one of the two; a second event has its own BEGIN:VEVENT
message-calendar-line = the calendar file cannot be read at `{ $text }`
message-calendar-line-hint = a line is NAME:value; the next line of a long text begins with a blank, and \n is a line break in it
message-calendar-name-hint = a line begins with the name of a property, such as SUMMARY: or DTSTART;TZID=Europe/Vienna:
message-calendar-parameter-hint = after a `;` comes a parameter, NAME=value, and then the `:` before the value
message-calendar-quote-hint = this quotation mark is never closed
message-calendar-shape-hint = a line is NAME;PARAMETER=value:value
message-calendar-after-quote-hint = after the closing quotation mark comes `:`, `;` or `,`
message-calendar-time-alone = `{ $value }` is a time without a day, and { $name } needs both
message-calendar-time-alone-hint = write the column of the day before it, such as { $name }:{"{{"} date {"}}"}T{"{{"} time {"}}"}
message-calendar-day-alone = `{ $value }` is a day without a time, and { $name } says that a time follows
message-calendar-day-alone-hint = for whole days, write { $name };VALUE=DATE: instead; or write the time after the day, such as {"{{"} date {"}}"}T{"{{"} time {"}}"}
message-calendar-day-with-time = `{ $value }` has a time, and { $name } is a whole day because of VALUE=DATE
message-calendar-day-with-time-hint = remove ;VALUE=DATE, or write only the day, such as { $name };VALUE=DATE:{"{{"} start | date(format="%Y%m%d") {"}}"}
message-calendar-two-dates = `{ $value }` is { $one } or { $other }, and { $name } needs to know which
message-calendar-two-dates-hint = write the day with the year first, { $one } or { $other }, or format the cell as a date in the workbook
message-calendar-short-year = the year in `{ $value }` is not certain, and { $name } needs it
message-calendar-short-year-hint = write the year with four digits, such as 2026-03-09
message-calendar-empty = { $name } is empty
message-calendar-empty-hint = fill it in, such as 2026-12-01 09:00; to leave out the line of a row without one: {"{%"} if start %{"}"}{ $name }:{"{{"} start {"}}"}{"{%"} endif %{"}"}
message-calendar-no-date = `{ $value }` is not a date that { $name } can have
message-calendar-no-date-hint = write 2026-12-01 09:00 into the cell, or { $name }:20261201T090000Z into the template (Z is UTC; { $name };TZID=Europe/Vienna: names another zone)
message-calendar-no-number = `{ $value }` is not a number that { $name } can have
message-calendar-no-number-hint = write a whole number from { $low } to { $high }
message-calendar-geo = `{ $value }` is not a place that GEO can have
message-calendar-geo-hint = write latitude and longitude, GEO:48.2082;16.3738
message-calendar-no-word = `{ $value }` is not a value that { $name } can have
message-calendar-no-word-hint = possible values are { $words }
message-calendar-line-break = { $name } has a line break in it: `{ $value }`
message-calendar-line-break-hint = write one line into the cell
message-calendar-address-line-break = the address in { $name } has a line break in it: `{ $value }`
message-calendar-address-line-break-hint = write one address into the cell, and nothing else
message-calendar-url = `{ $value }` is not a whole address, which { $name } needs
message-calendar-url-hint = write the whole address, with https://; if there is none, leave the cell empty
message-calendar-no-address = `{ $value }` is not an address that { $name } can have
message-calendar-no-address-hint = write the address alone, { $name }:mailto:ada@example.org; to add a name, write { $name };CN="Ada":mailto:ada@example.org
message-calendar-rule-hint = write RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10, or ;UNTIL=20261231T225959Z instead of COUNT
message-calendar-rule-part = `{ $part }` is not a part of a rule
message-calendar-rule-twice = the rule has { $name } twice
message-calendar-rule-freq = the rule `{ $rule }` has no FREQ
message-calendar-rule-both = the rule has both COUNT and UNTIL
message-calendar-rule-ends = the rule ends (UNTIL) before the event begins (DTSTART)
message-calendar-end-and-duration = the event has both { $end } and DURATION
message-calendar-end-and-duration-hint = remove one of the two
message-calendar-whole-day = a whole day
message-calendar-floating = a time without a zone
message-calendar-in-zone = a time in a zone
message-calendar-two-kinds = { $end } is { $ends } and DTSTART is { $starts }
message-calendar-two-kinds-hint = write both in the same way: DTSTART:20261201T090000Z and { $end }:20261201T103000Z, or both with VALUE=DATE
message-calendar-ends-before = { $end } ({ $ends }) is before DTSTART ({ $starts })
message-calendar-ends-before-hint = an event ends after it begins: check the two cells, or the two lines
message-calendar-negative = DURATION is { $duration }, and an event ends after it begins
message-calendar-negative-hint = write PT1H30M
message-calendar-hours-of-days = DURATION is { $duration }, and the event lasts whole days
message-calendar-hours-of-days-hint = write P1D, or give DTSTART a time
message-calendar-no-day = { $name } names no day
message-calendar-no-day-hint = write 2026-12-08, 2026-12-15; or remove the line
message-calendar-days-and-times = { $name } has both { $one } and { $other }, which are of two kinds
message-calendar-days-and-times-hint = write all of them as days, or all with their times
message-calendar-no-zone = there is no time zone `{ $zone }`
message-calendar-no-zone-hint = write a name of the IANA database, such as TZID={ $near }; or put the file's own VTIMEZONE before the event
message-calendar-no-duration = `{ $value }` is not a duration, which { $name } needs
message-calendar-no-duration-hint = write PT1H30M for an hour and a half, PT90M for 90 minutes, P1D for a day; from a column: { $name }:PT{"{{"} minutes {"}}"}M

message-key-fails = the key does not sign ({ $own })
