### The campaign and its templates

explain-group-campaign = The campaign and its templates
    .about = Errors of the campaign file, its templates and what they name. Nothing is sent while one of them is there.

explain-campaign-file =
    .title = The campaign file or a flag holds something that mailshot cannot use
    .means = A key is unknown, is missing, or has a value of the wrong form. The message shows the line in `mailshot.toml`, or names the flag.
    .why = mailshot sends nothing with a campaign that it understands only in part: the part that it does not understand may be the one that matters.
    .do =
        Correct the line that is shown; the hint below it says what is possible there. Then check again:
          mailshot check

explain-template =
    .title = A template cannot be read or filled in
    .means = The file is missing or is not UTF-8 text, a tag in it is not complete or not known, or a filter gets a value that it cannot use. The message shows the place.
    .why = The message of at least one recipient cannot be made, so nothing is sent.
    .do =
        Correct the template at the place that is shown. A value, a condition and a brace that is meant as text are written like this:
        {"  {{ name }}"}
        {"  {% if name %}Dear {{ name }}{% endif %}"}
        {"  {{ \"{{\" }}"}

explain-empty-template =
    .title = A template file is empty
    .means = The file that the campaign names as text, HTML or Markdown has nothing in it but blanks.
    .why = Every recipient would get an empty message. Often the file was not saved, or another file is meant.
    .do =
        Write the message into the file, or name the right file below [message]:
          text = "notice.txt"

explain-template-size =
    .title = The templates of a row write too much
    .means = What the templates of one message write is larger than mailshot allows (32 MiB), needs too much on the way, or has too many Markdown quotes or lists inside each other.
    .why = Such a message is never intended: usually there is a loop inside a loop, or a value that is joined with itself again and again.
    .do =
        Look at the loops in the template that is named, with the row that is shown:
          mailshot preview --row 17

explain-template-time =
    .title = The templates of a row take too long
    .means = One message is not ready after 60 seconds, and mailshot ends the check there.
    .why = The same would happen to other rows, and a mailing of some hundred rows would take hours.
    .do = Look for a loop inside a loop in the template that is named. What does not differ between rows belongs into the template as text.

explain-unknown-column =
    .title = A name belongs to no column of the list, or to several
    .means = A template, a condition or a key of the campaign file names a column that the list does not have, or a name that several columns have.
    .why = mailshot never writes an empty space for a name that it does not know: everybody would get a message with a gap in it.
    .do =
        Write the name as the list has it. This shows all columns, and how a template writes each:
          mailshot columns .
        Two columns of one name are called by their letters:
        {"  {{ column_B }}"}

explain-two-meanings =
    .title = A name means a column and something of mailshot's own
    .means = The list has a column that is called like a variable of mailshot (`row`, `rows`, `row_number`, `campaign`, `token`, `verp`, `bounce`) or like a word of the template language (`not`, `in`).
    .why = mailshot cannot know which of the two is meant, and a guess would be wrong in every message.
    .do =
        For the cell, write the column's name in brackets:
        {"  {{ row['campaign'] }}"}
        For mailshot's own value, give the column another name in the list.

explain-whole-row =
    .title = A template writes a whole row, or everything that is known of a recipient
    .means = A tag such as `{"{{ row }}"}` or `{"{{ rows }}"}` is not the value of one column but all cells at once.
    .why = Cells that are for you alone, such as notes or grades of others, would go out in the message.
    .do =
        Name the column that is meant. In a loop over the rows of one message:
        {"  {% for r in rows %}{{ r.course }} {% endfor %}"}

explain-token-column =
    .title = The list has a column `token`, and the unsubscribe address uses `{"{{ token }}"}`
    .means = In `unsubscribe`, `{"{{ token }}"}` is the word by which mailshot knows who unsubscribes. The list has a column of the same name.
    .why = With the cell instead of the token, nobody could be unsubscribed, or the wrong person would be.
    .do =
        Give the column another name in the list. If the cell itself is meant, write:
        {"  {{ row['token'] }}"}

explain-group-differs =
    .title = The rows of one message have different values where one value is needed
    .means = `group_by` makes one message of several rows. A template, an address or the subject uses a column in which these rows differ.
    .why = mailshot does not pick one of the values: the others would be lost silently.
    .do =
        Write all of the values with a loop:
        {"  {% for r in rows %}{{ r.course }} {% endfor %}"}
        Or let each value have a message of its own, below [recipients]:
          group_by = ["email", "course"]

explain-no-earlier-mailing =
    .title = A condition asks for the results of an earlier mailing that are not there
    .means = `where` names `mailshot_status` or another column of the report, and this mailing is the first one, or the recipients of the earlier mailing were purged.
    .why = Nobody has a status then, so the condition would choose nobody, or everybody.
    .do =
        Leave the condition out of the first mailing. To write again to some of its recipients, begin a new mailing:
          mailshot send --new --where "mailshot_status == 'deferred'"

explain-no-status =
    .title = A condition compares mailshot_status with a word that is not a status
    .means = The word after `mailshot_status ==` (or in a list after `in`) is not one of the statuses of the report.
    .why = Nobody has this status, so the condition would choose nobody, or everybody.
    .do =
        Write one of the statuses: pending, accepted, rejected, deferred, in_doubt, invalid, suppressed, duplicate, bounced. Recipients who were not in the earlier mailing have an empty one:
          mailshot send --new --where "mailshot_status == ''"

explain-yes-or-no =
    .title = A cell cannot be read as yes or no
    .means = A condition or the column `_skip` asks for yes or no, and the column holds answers (yes, no) and other words as well.
    .why = One of these words may mean yes or no to you. After a wrong guess, a person gets a message that is not for them.
    .do =
        Say in the template which cells are meant, or write nothing but yes and no into the column:
        {"  {% if paid == 'yes' %}…{% endif %}"}

explain-attachment =
    .title = An attachment or a picture cannot be attached
    .means = The file is missing, cannot be read, is too large, is outside the campaign's folder, or is one that a cell may not name, such as a key or a password file. Or the name that it gets in the message is not a file name.
    .why = A message without its attachment is of no use, and often an embarrassment. Nothing is sent.
    .do =
        Put the file where the message says, or correct its name. If some rows have no file, say so below [message]:
        {"  attach = [{ path = \"letters/{{ id }}.pdf\", optional = true }]"}
        To leave such rows out of this mailing:
          mailshot send --skip-invalid

explain-header-value =
    .title = A header has a value that it cannot have
    .means = A header of the campaign that you wrote by hand, such as `List-Id` or `In-Reply-To`, has a syntax of its own, and what comes out for this row does not fit it.
    .why = Mail programs and filters ignore a header that they cannot read, or count it against the message.
    .do =
        Correct the value below [message], or the cell that it is filled in from. A header for a page that people can open:
        {"  headers = { \"List-Help\" = \"<https://uni.example/help>\" }"}

explain-control-character =
    .title = A subject, a name or a header holds a line break or a control character
    .means = A header is one line. The cell or the template that it is filled in from holds a line break, a tab or another character that does not show.
    .why = With a line break in it, a cell could add headers and recipients of its own. mailshot lets no such message out.
    .do =
        Take the line break out of the cell that is shown. In a spreadsheet, this formula makes a clean copy of it:
          =CLEAN(A2)

explain-unsubscribe-address =
    .title = The address to unsubscribe at is not valid for a row
    .means = What `unsubscribe.url` or `unsubscribe.mailto` becomes for this row is not a web address or not a mail address. One-click unsubscribing also needs https://.
    .why = The button in the mail program would lead nowhere. People who cannot leave a list report it as spam.
    .do =
        Write the whole address below [message]; values in it are encoded for you:
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}

explain-calendar =
    .title = The invitation is not valid for a row
    .means = The calendar file that `calendar` names, with the values of this row in it, has a date, a time zone, a rule or a property that calendar programs cannot read.
    .why = The recipient would see no event, or one at a wrong time.
    .do =
        Correct the line or the cell that is shown. Dates that everybody reads in the same way:
        {"  DTSTART;TZID=Europe/Vienna:{{ start | iso }}"}

explain-gate =
    .title = The finished message holds what no mail may hold
    .means = Before a message leaves, mailshot looks at its octets once more: every line ends with CR LF and has at most 998 octets, and no header holds a control character. This message does not pass.
    .why = Relays reject such a message, or cut it where the next one would begin.
    .do = Look at the subject, the names and the headers of the row that is shown: one of them is too long or holds a character that does not show. If you find nothing there, please report it as a defect, with the line that is shown.

explain-row =
    .title = A library failed on a row
    .means = A part of mailshot that others wrote broke down while it made the message of this row. The other rows are not affected.
    .why = The message of this row cannot be made.
    .do =
        Look for unusual characters in the row, and report the defect. Until then leave the row out:
          mailshot send --skip-invalid

explain-other =
    .title = A problem that has no code of its own
    .means = The sentence that is shown says all there is to say. Such a problem is rare: a suppression list that cannot be read, a signing key that is missing, a control character in a body, a list that changed while messages went out.
    .why = A program cannot tell these problems apart by their code, and reads the sentence.
    .do = Do what the hint below the problem says.
