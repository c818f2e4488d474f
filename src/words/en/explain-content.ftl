### The message

explain-group-message = The message
    .about = What a message is like for the one who reads it: warnings about templates, links and pictures.

explain-unused-column =
    .title = Columns of the list are used nowhere
    .means = No template, no address and no other setting of the campaign names these columns.
    .why = Often a placeholder has a different name than the column, and the message lacks what you want it to say.
    .do =
        If nothing is missing, do nothing: this is a note, and a warning only if the name nearly fits what a template asks for. Otherwise write the column where it belongs:
        {"  {{ room }}"}

explain-missing-text-part =
    .title = The message has HTML and no text part of its own
    .means = mailshot makes a text part from the HTML, for people and programs that show no HTML.
    .why = A text that is made from HTML reads less well than one that is written as text.
    .do =
        Write the same in plain words into a file, and name it below [message]:
          text = "notice.txt"
        Or write the message in Markdown, which makes both parts:
          markdown = "notice.md"

explain-unsafe-value =
    .title = A cell goes into the HTML as it is
    .means = With `| safe`, tags in a cell are tags of the message. Without it they are shown as text.
    .why = The person who fills in the cell can put links, pictures and styles into your message.
    .do =
        Take `| safe` away. To keep line breaks of a cell:
        {"  {{ text | nl2br }}"}

explain-leftover =
    .title = A placeholder is not filled in
    .means = The text has braces or a placeholder of another program, such as `{"{name}"}` or `*|FNAME|*`, that mailshot does not fill in. Or a cell holds a tag: cells are values, and tags in them are not filled in.
    .why = Every recipient reads the placeholder as it is.
    .do =
        Write the column in two pairs of braces. Text that is meant as it is goes between raw and endraw:
        {"  {{ name }}"}
        {"  {% raw %}{name}{% endraw %}"}

explain-empty-greeting =
    .title = The greeting has no name
    .means = The message begins with something like "Dear ," or "Dear None,": the template has no column there, or the cell is empty.
    .why = The reader sees at the first line that a program wrote the message.
    .do =
        Fill in the cell, or say whom to greet instead:
        {"  Dear {{ name or \"all\" }},"}

explain-empty-subject =
    .title = The subject is empty
    .means = What comes out of `subject` for these rows is nothing or blanks.
    .why = Filters take a message without a subject for spam, and nobody finds it again.
    .do =
        Write a subject with some words that are the same for all:
        {"  subject = \"Room change: {{ course }}\""}

explain-clipped-html =
    .title = The HTML is longer than Gmail shows
    .means = Gmail shows the first 102 kB of the HTML and hides the rest behind a link.
    .why = What comes last is often the most important: the signature, the address, the way to unsubscribe.
    .do =
        Take out comments, styles that are repeated, and text that a web page can hold. Pictures do not count if they are files:
        {"  inline = { logo = \"logo.png\" }"}

explain-image-without-alt =
    .title = A picture has no `alt`
    .means = `alt` is the text that is shown or read out where the picture is not.
    .why = Many programs show no pictures until the reader asks for them. Blind people hear nothing, and filters count it against the message.
    .do =
        Write what the picture shows; if it is there for its looks alone, write an empty one:
          <img src="cid:map" alt="Map of the building">
          <img src="cid:line" alt="">

explain-link-without-words =
    .title = A link has nothing but a picture with an empty `alt`
    .means = There are no words in the link, and its picture has no text either.
    .why = Where pictures are not shown, there is nothing to click on.
    .do =
        Write into `alt` where the link leads:
          <a href="https://uni.example/tickets"><img src="cid:poster" alt="Tickets for the concert"></a>

explain-relative-link =
    .title = A link has no whole address
    .means = The address does not begin with https://, as links within a web site do.
    .why = A message is not on a web site: the link leads nowhere.
    .do =
        Write the whole address:
          <a href="https://uni.example/rooms/b12.html">Room B12</a>

explain-relative-image =
    .title = A picture has no whole address and is not attached
    .means = The address begins with a slash, or is one that only one computer or one website knows: the picture is neither on the web nor in the message.
    .why = The reader sees an empty frame.
    .do =
        Copy the picture into the campaign's folder, and write its path from there: it is sent with the message.
          <img src="images/logo.png" alt="University of Uni">

explain-insecure-link =
    .title = A link is not encrypted (http:)
    .means = The address begins with http:// and not with https://.
    .why = Mail programs and filters warn about such links, and others on the way can read and change the page.
    .do = Write https:// if the server has it, as nearly all do.

explain-insecure-image =
    .title = A picture is loaded without encryption (http:)
    .means = The address of the picture begins with http:// and not with https://.
    .why = Many mail programs do not load such pictures.
    .do =
        Write https:// if the server has it, or let the picture go with the message:
        {"  inline = { logo = \"logo.png\" }"}

explain-embedded-image =
    .title = A picture is written into the HTML (data:)
    .means = The picture is not a file: its data is in the address itself.
    .why = Gmail and Outlook do not show such pictures.
    .do =
        Save it as a file, name it below [message], and show it by that name:
        {"  inline = { logo = \"logo.png\" }"}
          <img src="cid:logo" alt="University of Uni">

explain-svg-image =
    .title = A picture is in SVG
    .means = The picture is a drawing in the SVG format.
    .why = Gmail and Outlook do not show such pictures.
    .do = Save it as PNG, twice as wide as it is shown, and name that file.

explain-picture-missing =
    .title = The HTML shows a picture that is not there
    .means = The HTML names a file that does not exist, or has `cid:` with a name that is not below `inline`.
    .why = The reader sees an empty frame. This is an error, and nothing is sent.
    .do =
        Write the path of the picture, from the folder of the HTML file or of the campaign; it is sent with the message:
          <img src="images/logo.png" alt="University of Uni">
        For `cid:`, name the file of the picture below [message]:
        {"  inline = { logo = \"logo.png\" }"}

explain-picture-unused =
    .title = A picture of the campaign is shown nowhere
    .means = `inline` names a picture that the HTML does not show. It is not part of the message then.
    .why = Often the name behind `cid:` is another one, and the reader does not see the picture.
    .do =
        Show it where it belongs. As a file to save, it goes into `attach` instead:
          <img src="cid:logo" alt="University of Uni">

explain-unencoded-link =
    .title = A column in a link may break it
    .means = A column goes into the address of a link as it is, and at least one cell holds a character that ends the address or means something in it, such as a blank, & or #.
    .why = For these rows the link leads somewhere else.
    .do =
        Let the column be encoded:
        {"  https://uni.example/plan?name={{ name | urlencode }}"}

### Spam filters

explain-group-filters = Spam filters
    .about = What spam filters count against a message: warnings.

explain-no-words =
    .title = The message has no words, or hardly any besides its pictures
    .means = The text part is empty, or the HTML has pictures and only few letters.
    .why = Filters cannot read pictures and take such a message for spam. People who do not load pictures see nothing.
    .do = Write what the pictures say as text, 400 letters or more. Filters do not count an `alt`.

explain-parts-differ =
    .title = The text part says something else than the HTML
    .means = Many words of the HTML are not in the text part. Mail programs show one or the other.
    .why = Filters take a message with two contents for spam, and your readers do not all read the same.
    .do = Write into the text file what the HTML says, in the same order. Or delete the line `text` below [message]: mailshot then makes the text from the HTML.

explain-hidden-text =
    .title = Words in the HTML cannot be seen
    .means = They have a font size of nearly zero, or the colour of what is behind them.
    .why = Senders of spam hide words like that, so filters count it against the message.
    .do =
        Give the words a size and a colour that can be seen, or delete them. A line that only the list of messages shows is possible like this:
          <div style="display:none; max-height:0; overflow:hidden">The new room is B12</div>

explain-link-shows-other-host =
    .title = A link shows one address and leads to another
    .means = The text of the link is an address at one site, and the link itself leads to a different site.
    .why = This is how fraud works, and filters treat it as fraud. Services that count clicks often cause it.
    .do =
        Show the address that the link leads to, or words:
          <a href="https://uni.example/plan">the plan</a>

explain-link-to-ip =
    .title = A link leads to a number
    .means = The address names a server by its number, such as https://192.0.2.1, and not by its name.
    .why = Filters take such links for spam.
    .do =
        Write the name of the server:
          https://www.uni.example/plan

explain-link-shortener =
    .title = A link goes through a service that shortens addresses
    .means = The address is one of a service such as bit.ly that passes readers on to another one.
    .why = Nobody sees where it leads, so filters take it for spam.
    .do =
        Write the address itself, however long it is. Words can stand for it:
          <a href="https://uni.example/a/long/address">the plan</a>

explain-fake-reply =
    .title = The subject begins like a reply, and the message is not one
    .means = The subject begins with `Re:`, `AW:`, `回复：` or a word like these, and the campaign does not say which message it answers.
    .why = Filters take it for a trick to make people open the message.
    .do =
        Delete that word from the subject. If the message is an answer, name what it answers below [message]:
        {"  headers = { \"In-Reply-To\" = \"<the Message-ID of that message>\" }"}

explain-shouting-subject =
    .title = The subject is in capitals, or has a sign of money
    .means = All letters of the subject are capitals, or a sign such as $ or € is in it.
    .why = Filters count both against the message.
    .do = Write it in small letters, and amounts in words ("120 euros") or only in the message.

explain-no-reply-sender =
    .title = Nobody reads answers to this sender
    .means = The sender is an address such as noreply@, and there is no `reply_to` with another one.
    .why = Microsoft asks senders of many messages for an address that takes answers. And people who cannot answer press the button for spam.
    .do =
        Send from an address that a person reads, or name one below [message]:
          reply_to = "office@uni.example"

explain-list-id-missing =
    .title = The message has List-Unsubscribe and no List-Id
    .means = Mailing lists have both headers. This message has one of them, and no signature (DKIM).
    .why = Filters count half a list against it.
    .do =
        Add a List-Id with a name of your own below [message], or sign the messages:
        {"  headers = { \"List-Id\" = \"Course news <course-news.uni.example>\" }"}

explain-one-click-by-hand =
    .title = The headers to unsubscribe do not go together
    .means = The campaign writes `List-Unsubscribe` or `List-Unsubscribe-Post` by itself, and one of them is missing or does not fit the other.
    .why = Gmail and Yahoo do not count it as one-click unsubscribing, and show no button.
    .do =
        Write this below [message] in place of both headers; mailshot then writes them:
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}
