### What `check` says of lists, templates and relays.

# Cells that were broken before they came here.

check-formula-error = the column `{ $column }` holds an error value: a formula of the spreadsheet failed
check-formula-error-hint = correct the formula, and save the list again
check-formula-loading = the column `{ $column }` holds a text that a spreadsheet shows while it is still loading the value
check-formula-loading-hint = wait until all values are there, and save the list again
check-column-narrow = the column `{ $column }` holds what a spreadsheet shows where a column is too narrow for its value
check-column-narrow-hint = make the column wider, and save the list again
check-lost-digits = the column `{ $column }` holds a number whose last digits are lost: a spreadsheet has shortened it
check-lost-digits-hint = format the column as text, enter the numbers again, and save the list
check-lost-character = the column `{ $column }` holds `{ $sign }`, which replaces a character that was lost
check-lost-character-hint = type the cell again; or export the list again where it comes from, as "CSV UTF-8"
check-misread = the column `{ $column }` holds text that was read in a wrong encoding
check-misread-hint = write `{ $meant }`; or export the list again where it comes from, as "CSV UTF-8"
check-misread-lost-hint = it was `{ $meant }`, where { $sign } marks what is lost; export the list again as "CSV UTF-8", or type the cell again
check-entities = the column `{ $column }` holds character codes of HTML, which readers see as they are
check-encoded-word = the column `{ $column }` holds a name as mail headers encode it, which readers see as it is
check-write-in-cell-hint = write `{ $meant }` in the cell
check-misread-template = this text was read in a wrong encoding before it was saved
check-misread-template-hint = write `{ $meant }`, and save the file as UTF-8

# No row is left.
check-no-rows = the recipients file has a header and no rows
check-no-rows-hint = add a row for each recipient
check-all-left-out-where =
    { $rows ->
        [one] the only row is left out: it does not match `where`
       *[other] all { $rows } rows are left out: none of them matches `where`
    }
check-all-left-out-where-hint = compare the condition with the cells that `mailshot columns` shows
check-all-left-out-both =
    { $rows ->
        [one] the only row is left out by `where` or by the column `_skip`
       *[other] all { $rows } rows are left out by `where` or by the column `_skip`
    }
check-all-left-out-skip =
    { $rows ->
        [one] the only row is left out by the column `_skip`
       *[other] all { $rows } rows are left out by the column `_skip`
    }
check-skip-hint = to keep a row, leave its cell in `_skip` empty, or write no there

# Addresses that were hardly meant.
check-typo = `{ $name }` looks like a typo for { $meant }
check-no-dot = `{ $name }` is not a complete domain: there is no dot in it
check-no-dot-meant = `{ $name }` is not a complete domain: there is no dot in it; { $meant } may be meant
check-no-such-end = `{ $name }` ends in `.{ $end }`, and no domain does
check-looks-like = `{ $name }` looks like { $meant } but is not the same: its `{ $letter }` is { $code }
check-mixed-scripts = `{ $name }` mixes letters of several scripts: its `{ $letter }` is { $code }
check-typo-hint = correct the address: mail to { $domain } bounces or reaches a stranger
check-looks-like-hint = write { $address } if that is meant: it has letters of one script
check-mixed-scripts-hint = type the address again, in letters of one script

# Recipients in several rows.
check-duplicates =
    { $recipients ->
        [one] 1 recipient occurs
       *[other] { $recipients } recipients occur
    } in more than one row ({ $rows ->
        [one] 1 extra row
       *[other] { $rows } extra rows
    })
check-duplicates-rows = { $recipient }: rows { $rows }
check-duplicates-rows-more = { $recipient }: rows { $rows }, …
check-more = and { $more } more
check-duplicates-key-hint = to send one message per row, name what tells the rows apart, for example key = ["email", "course"] below [recipients]
check-duplicates-group-hint = to send one message per person for all their rows, write group_by = "email" there; the template has the rows as `rows`
check-duplicates-skip-hint = to send only to the first row of each, add --skip-duplicates

# Header fields.
check-fake-reply = the subject begins with `{ $word }`, but the message is not a reply: spam filters count that as a trick
check-fake-reply-hint = remove `{ $word }`; if it is a reply, name the message that it answers: headers = {"{"} "In-Reply-To" = "<…>" {"}"}
check-shouting = the subject is in capital letters: spam filters count that against the message
check-currency = the subject has a currency sign (`{ $sign }`): spam filters count that against the message
check-shouting-hint = write it in lower case, and amounts in words ("120 euros") or only in the message
check-no-reply = nobody reads replies to `{ $sender }`: Microsoft asks senders of many messages for an address that accepts replies
check-no-reply-hint = send from an address that is read, or write such an address in reply_to, for example reply_to = "office@uni.example"
check-list-id = the message has List-Unsubscribe but no List-Id and no DKIM signature: spam filters count an incomplete mailing list against it
check-list-id-hint = write headers = {"{"} "List-Id" = "Course news <course-news.uni.example>" {"}"} below [message], with a name of your own (RFC 2919)
check-one-click-no-post = List-Unsubscribe has a web page, but there is no List-Unsubscribe-Post: Gmail and Yahoo do not count it
check-one-click-no-page = there is List-Unsubscribe-Post, but List-Unsubscribe has no https:// page to post to: Gmail and Yahoo do not count it
check-one-click-other = List-Unsubscribe-Post is not `List-Unsubscribe=One-Click`: Gmail and Yahoo do not count it
check-one-click-hint = write unsubscribe = {"{"} url = "https://…" {"}"} below [message] instead, which writes both fields
check-one-click-post-hint = or, for a page that accepts a POST, write "List-Unsubscribe-Post" = "List-Unsubscribe=One-Click" beside List-Unsubscribe

# Languages that rows ask for.
check-language-unknown = `{ $value }` in the column `{ $column }` is not a language: the row gets the text for everybody
check-language-unknown-hint = write a language tag such as "de" or "zh-Hant"; there are templates for { $languages }
check-language-meant = `{ $value }` in the column `{ $column }` is read as the language `{ $language }`
check-language-meant-hint = write `{ $language }`: conditions and the names of templates need it in this form
check-language-simplified = `{ $value }` in the column `{ $column }` gets the text for `zh`, which is in simplified characters
check-language-simplified-hint = write a template in traditional characters, with zh-Hant instead of zh in its file name

# Findings in rows.
check-empty-cell = the column `{ $column }` is empty here
check-empty-cell-used = the column `{ $column }` is empty here, and the template uses it at { $place }
check-empty-cell-hint = fill in the cell; or write what to say instead, {"{{"} { $name } or "…" {"}}"}, or put {"{%"} if { $name } {"%}"} … {"{%"} endif {"%}"} around it
check-tag-in-cell = the column `{ $column }` holds a template tag, which goes out as it is: cells are values, not templates
check-tag-in-cell-hint = write it in the template, or remove it from the cell
check-greeting = the greeting has no name in it: "{ $greeting }"
check-greeting-cell-hint = fill in the cell with the name; or write what to say instead, {"{{"} name or "all" {"}}"}
check-greeting-template-hint = write the column with the name there, {"{{"} name {"}}"}
check-no-subject = the subject is empty
check-no-subject-hint = write a subject: without one, a message counts as spam and is hard to find again
check-clipped = the HTML part has { $size }; Gmail shows { $most } and hides the rest
check-clipped-hint = remove what is not needed: comments, repeated styles, text that fits better on a web page
check-unencoded-link = the column `{ $column }` goes into a link as it is, and `{ $cell }` ends the link or changes its meaning
check-unencoded-link-hint = write {"{{"} { $name } | urlencode {"}}"} in the link

# Links and images.
check-image-without-alt =
    { $images ->
        [one] this image has no `alt`: where images are not shown, readers see nothing
       *[other] { $images } images have no `alt`: where images are not shown, readers see nothing
    }
check-image-without-alt-hint = write alt="what it shows" (in a link: where that leads), or alt="" if it is only decoration
check-link-without-words =
    { $links ->
        [one] this link has no words: its image has an empty `alt`, and where images are not shown nobody can follow it
       *[other] { $links } links have no words: their images have an empty `alt`, and where images are not shown nobody can follow them
    }
check-link-without-words-hint = write in `alt` where the link leads: alt="Tickets for the concert"
check-relative-link =
    { $links ->
        [one] this link is incomplete: in an e-mail it must begin with https://
       *[other] { $links } links are incomplete: in an e-mail they must begin with https://
    }
check-relative-hint = write the whole address, from https:// on
check-relative-image =
    { $images ->
        [one] this image will not be shown: it is not embedded in the message, and its address is incomplete
       *[other] { $images } images will not be shown: they are not embedded in the message, and their addresses are incomplete
    }
check-relative-image-hint = copy the picture into the campaign's folder and write its path from there, src="images/logo.png": it is sent with the message; or write the whole address, from https:// on
check-insecure-link =
    { $links ->
        [one] this link is not encrypted (http:)
       *[other] { $links } links are not encrypted (http:)
    }
check-insecure-link-hint = write https:// if the server supports it, as nearly all do: mail programs and filters warn about http:
check-insecure-image =
    { $images ->
        [one] this image is loaded without encryption (http:)
       *[other] { $images } images are loaded without encryption (http:)
    }
check-insecure-image-hint = write https:// if the server supports it: many mail programs do not load images over http:
check-embedded-image =
    { $images ->
        [one] this image is written into the HTML (data:): Gmail and Outlook do not show it
       *[other] { $images } images are written into the HTML (data:): Gmail and Outlook do not show them
    }
check-embedded-image-hint = save it as a file, name the file below [message], inline = {"{"} logo = "logo.png" {"}"}, and show it with <img src="cid:logo" alt="…">
check-drawing =
    { $images ->
        [one] this image is an SVG drawing: Gmail and Outlook do not show it
       *[other] { $images } images are SVG drawings: Gmail and Outlook do not show them
    }
check-drawing-hint = save it as a PNG, twice as wide as it is shown, and name that instead
check-no-such-image = there is no embedded image `{ $image }` to show here
check-no-such-image-near-hint = did you mean `cid:{ $near }`?
check-no-such-image-rename-hint = the names of images have English letters and digits only: write inline = {"{"} logo = "logo.png" {"}"} below [message], and src="cid:logo" here
check-no-such-image-hint = name its file below [message]: inline = {"{"} { $key } = "{ $file }" {"}"}
check-unused-image = the image `{ $image }` is not shown anywhere, and is not sent
check-unused-image-hint = write <img src="cid:{ $image }" alt="…"> where it belongs; to send it as a file, name it in `attach`
check-link-shows-another =
    { $links ->
        [one] this link shows { $shown } but leads to { $leads }: spam filters count that as fraud
       *[other] this link shows { $shown } but leads to { $leads }: spam filters count that as fraud ({ $links } links do this)
    }
check-link-shows-another-hint = show the address that the link leads to, or words instead of an address: <a href="…">the plan</a>
check-link-to-ip =
    { $links ->
        [one] this link leads to a server by its IP address ({ $address }): spam filters count that against the message
       *[other] { $links } links lead to a server by its IP address ({ $address }): spam filters count that against the message
    }
check-link-to-ip-hint = write the server's name: https://www.uni.example/…
check-link-shortener =
    { $links ->
        [one] this link leads through { $service }, which hides where it goes: spam filters count that against the message
       *[other] { $links } links lead through { $service }, which hides where they go: spam filters count that against the message
    }
check-link-shortener-hint = write the full address, however long it is; in HTML, words can stand for it: <a href="…">the plan</a>

# Templates.
check-no-recipient-hint = if the row is not a recipient (a total, a heading), leave out such rows below [recipients]: where = { $condition }
check-also-at = also at { $places }
check-also-at-more = also at { $places } and { $more } more
check-unused-column = the column `{ $column }` is not used anywhere
check-unused-columns = these columns are not used anywhere: { $columns }
check-unused-column-hint = write {"{{"} { $name } {"}}"} where it belongs; a column that the message does not need can stay
check-unused-near-hint = a template asks for `{ $asked }`, which is not a column: write {"{{"} { $name } {"}}"} there if this one is meant
check-unused-control-hint = if it is meant to be `{ $meant }`, rename the column `{ $column }`
check-no-text-part = the message has no text part of its own: one is made from the HTML, and may read badly
check-no-text-part-hint = write the same in plain words in a file, and text = "notice.txt" beside this line
check-no-text-part-markdown-hint = or write the message in Markdown, which makes both parts well: markdown = "notice.md"
check-unsafe-value = with `| safe`, a cell goes into the HTML as it is, with any tags in it
check-unsafe-value-hint = remove `| safe`; for line breaks, write {"{{"} text | escape | replace(from="\n", to="<br>") | safe {"}}"}
check-leftover = `{ $placeholder }` is not filled in, and goes out as it is
check-leftover-alone = { $placeholder } goes out as it is: one mail has no list to fill it in from
check-leftover-alone-hint = write the text itself, or send to a list with --recipients people.csv
check-leftover-hint = write a column as {"{{"} { $name } {"}}"}; to print braces as they are, put them between {"{%"} raw {"%}"} and {"{%"} endraw {"%}"}

# What the parts of a message say.
check-no-text = the text part of the message is empty: spam filters count that against it
check-no-words = there are no words in the message: spam filters count that against it
check-no-words-hint = write what the message says as text; write what an image says in its `alt`, too
check-few-words =
    { $letters ->
        [one] the message has hardly any words beside its images ({ $letters } letter): spam filters count that against it
       *[other] the message has hardly any words beside its images ({ $letters } letters): spam filters count that against it
    }
check-few-words-hint = write what the images say as text, { $enough } letters or more; spam filters do not count an `alt`
check-parts-differ = the text part has { $known } of the { $words } words of the HTML: spam filters count parts that differ against the message
check-parts-differ-hint = write in this file what the HTML says, in the same order; or remove `text` below [message], and it is made from the HTML
check-hidden-tiny = `{ $words }` is in letters without size: spam filters count hidden words against the message
check-hidden-tiny-hint = remove the font-size; to keep a line for the list of mails out of sight, style="display:none; max-height:0; overflow:hidden" is enough
check-hidden-coloured = `{ $words }` has the same colour as its background: spam filters count hidden words against the message
check-hidden-coloured-hint = give the words a colour that can be seen, or remove them
