### Statuses of recipients

explain-group-statuses = Statuses of recipients
    .about = What becomes of a recipient: the column `mailshot_status` of report.csv, the ledger, and `mailshot status`.

explain-pending =
    .title = Not sent yet
    .means = The recipient is in the mailing, and no attempt has had a final result yet.
    .why = The message is still to go out. It may also be that `--where`, `--only` or `--limit` left the recipient out of the runs so far.
    .do =
        Go on with the mailing:
          mailshot send

explain-accepted =
    .title = The relay accepted the message
    .means = The relay accepted the whole message and is responsible for it from now on.
    .why = A sender cannot know more at this time. If the mailbox is full or gone, the message may still come back later.
    .do = Nothing needs to be done. mailshot does not send to this recipient again in this mailing.

explain-rejected =
    .title = The relay rejected the message for good
    .means = The relay answered with a code that begins with 5, for example because there is no such mailbox. `mailshot_reply` has its words.
    .why = The same attempt would be rejected again, and many such attempts give the sender a bad name.
    .do =
        Correct the address in the list: with another address it is a new recipient. If the relay's reason is gone:
          mailshot send --retry-rejected

explain-deferred =
    .title = The relay answered every attempt with "try again later"
    .means = The relay answered with a code that begins with 4 ("try again later"), and the attempts of the run are used up.
    .why = The message is not delivered yet.
    .do =
        Run it again later; mailshot then sends to those who are deferred, too:
          mailshot send

explain-in_doubt =
    .title = It is not known whether the relay accepted the message
    .means = The message was handed over, and the connection broke (or the computer failed) before the relay's answer was recorded.
    .why = If it is sent again, the recipient may get it twice; if not, perhaps never. mailshot does not decide this for you.
    .do =
        See who it is, when it was sent, and which commands decide about it:
          mailshot status --in-doubt

explain-invalid =
    .title = The row is not a recipient
    .means = The row was left out with `--skip-invalid`, because its address, a cell or an attachment is wrong.
    .why = This person gets no message.
    .do =
        Correct the row: `results/faults.csv` says what is wrong. Then the next run sends to it:
          mailshot send

explain-suppressed =
    .title = The recipient is on a suppression list
    .means = An entry of a list in `suppress`, or of your own list, means this address. `mailshot_reply` names the list and the line.
    .why = People who asked for no more mail get no message and no copy.
    .do =
        Nothing needs to be done. If it is a mistake, take the address off the list:
          mailshot unsubscribe --remove ada@example.org

explain-bounced =
    .title = The message came back after the relay had accepted it
    .means = A mail that `mailshot inbox` collected says that the message was not delivered. `mailshot_reply` has the kind of the bounce (hard, soft, sender or unsure), the reason and the words of the receiving system.
    .why = The recipient does not have the message. A dead address harms your reputation if you keep writing to it; a bounce because of the sender or the relay says nothing about the recipient.
    .do =
        mailshot does not send to this recipient again in this mailing. Look at the mails that say so, and take one back if it is wrong:
          mailshot status --recipient ada@example.org
          mailshot inbox --undo ID

explain-duplicate =
    .title = An earlier row has the same recipient
    .means = The row was left out with `--skip-duplicates`.
    .why = The recipient gets one message, the one of the first row.
    .do =
        Nothing needs to be done. If the rows are different people or different messages, say what tells them apart, below [recipients]:
          key = ["email", "course"]

### Why a run ended

explain-group-reasons = Why a run ended
    .about = Why a run ended: `reason` in summary.json and in the event `finished`.

explain-done =
    .title = Everything that was chosen is done
    .means = Every recipient that the run chose is accepted (or written, or valid), or there was nothing left to do.
    .why = The exit code is 0.
    .do = Nothing needs to be done.

explain-left_rejected =
    .title = The run is finished, and some recipients are rejected
    .means = The relay rejected these messages for good. `results/failed.csv` lists them with the relay's words.
    .why = These people have no message. The exit code is 1.
    .do =
        Look at the list and correct the addresses:
          mailshot report --only rejected

explain-left_deferred =
    .title = The run is finished, and some recipients are deferred
    .means = The relay answered "try again later" as often as the run tried.
    .why = These people have no message yet. The exit code is 1.
    .do =
        Run it again later:
          mailshot send

explain-left_in_doubt =
    .title = The run is finished, and some recipients are in doubt
    .means = Some messages were handed over and no answer of the relay was recorded: these people may have them.
    .why = mailshot does not send to them again until you decide. The exit code is 1.
    .do =
        See who they are and what to do:
          mailshot status --in-doubt

explain-usage =
    .title = The command does not fit, or does not fit what was sent before
    .means = Flags contradict each other, a name does not exist, or the mailing is in a state in which this cannot be done.
    .why = Nothing was sent. The exit code is 2.
    .do =
        The message says which command does fit. All flags of a command:
          mailshot send --help

explain-campaign =
    .title = Something is wrong with the campaign, its templates or its files
    .means = The campaign file, a flag, a template, the list or a certificate file cannot be used.
    .why = Nothing was sent. The exit code is 2.
    .do =
        Correct what is shown, and check again:
          mailshot check

explain-findings =
    .title = The check found errors, or rows are left out as invalid
    .means = At least one message cannot be made, or a recipient is there twice. With `--skip-invalid`: the run is finished, and some rows were left out.
    .why = With errors nothing was sent, and the exit code is 2. With rows that are left out it is 1.
    .do =
        See all of them, correct the rows, and run it again. `results/faults.csv` lists them, too:
          mailshot check

explain-secret =
    .title = A password, a token or a key is missing
    .means = The campaign says where the password of the relay is, and it is not there or cannot be read. Or it says nothing, and there is no terminal to ask at.
    .why = Nothing was sent. The exit code is 2.
    .do =
        Keep the password in the system's keyring. This asks for it and tries it; `school` is the name of the relay in the campaign file:
          mailshot login school
        And write below the relay:
        {"  password = { keyring = true }"}

explain-login =
    .title = The relay refuses the login
    .means = The user name or the password is wrong, or the provider wants another password for programs, or the two sides know no common way to log in.
    .why = Nothing goes out through this relay. mailshot tries a wrong password once, so that the account is not blocked. The exit code is 2.
    .do =
        Many providers want an app password or authorization code, which their web page makes. Enter it here; `school` is the name of the relay in the campaign file:
          mailshot login school

explain-relay_refuses =
    .title = The relay cannot be used as the campaign describes it
    .means = The relay refuses the connection or the sender for good, its name does not exist, its certificate is not valid, or it does not offer the encryption that the campaign asks for.
    .why = The same would happen again. The exit code is 2 if nothing was sent, else 3.
    .do =
        Correct `server`, `from` or the certificate as the hint says, and try it without sending:
          mailshot check --connect

explain-relay_down =
    .title = The relay cannot be reached, or accepts nothing for now
    .means = There was no connection, no answer in time, or the relay said "try again later".
    .why = What is sent is recorded, and nobody gets it twice. The exit code is 4 if nothing was sent, else 3.
    .do =
        Run the same command again later, not before `retry_at` in `results/summary.json`:
          mailshot send

explain-quota =
    .title = A limit is used up
    .means = As many messages went out in this hour or day as `rate`, the preset or the relay allows.
    .why = The relay would reject more, and the account might be blocked. The exit code is 4 if nothing was sent, else 3.
    .do =
        Run the same command again when the limit is free, at `retry_at` in `results/summary.json`. Or let it wait:
          mailshot send --wait

explain-signal =
    .title = A person ended the run
    .means = Ctrl-C, `mailshot stop`, a closed terminal, or "no" at the question.
    .why = What is sent is recorded, and nobody gets it twice.
    .do =
        The same command goes on with those who are left:
          mailshot send

explain-breaker =
    .title = The relay rejects every message in the same way
    .means = Several messages in a row were rejected for the same reason before any was accepted: the reason is the message or the sender, not the recipients.
    .why = mailshot stopped, so that the rest of the list is not rejected as well. The exit code is 3 or, if nothing was sent, 2.
    .do =
        The words of the relay say why. Change the message or the sender, and send it to yourself first:
          mailshot send --test-to you@uni.example

explain-max_failures =
    .title = More recipients failed than `--max-failures` allows
    .means = The number of rejected recipients in this run reached the one that you gave, so the run stopped.
    .why = Those who are left are pending.
    .do =
        Look at the reasons. If they are those of the recipients, go on with a higher number:
          mailshot report --only rejected

explain-inputs_changed =
    .title = A file of the campaign changed
    .means = The campaign file, the list, a template or an attachment is not what it was when the run began or when the first message went out.
    .why = Some people would get another message than the others. mailshot leaves it to you to want that.
    .do =
        If a file was saved while messages went out, run the same command again. To go on with the new content for those who are left:
          mailshot send --accept-changes

explain-ledger =
    .title = The ledger, the reports or the user's state cannot be read or written
    .means = A disk is full, a file is damaged or belongs to another user, or another program keeps it locked.
    .why = mailshot sends nothing that it cannot record: it would not know who has the message.
    .do = Make room, or correct the permissions of the folder that is named. Then run the same command again.

explain-ledger_replaced =
    .title = The ledger is not the one that the run began with
    .means = While messages went out, the file of the ledger was deleted, moved or replaced.
    .why = What was sent after that is recorded in the old file. With another one, people would get the message twice.
    .do =
        Put the ledger back where it was, then see where the mailing is:
          mailshot status

explain-locked =
    .title = Another run has the campaign
    .means = A `mailshot send` of this campaign is going on, perhaps in another window or on another computer.
    .why = Two runs at once would send the same messages twice. The exit code is 4.
    .do =
        Wait for it, or end it:
          mailshot stop

explain-internal =
    .title = mailshot has a defect
    .means = Something happened that cannot happen. What was sent until then is recorded.
    .why = The run ended early.
    .do =
        Please report it with the message that is shown. The same command goes on with those who are left:
          mailshot send

### Exit codes

explain-group-exit-codes = Exit codes
    .about = Exit codes.

explain-0 =
    .title = Everything is correct
    .means = Every recipient that was chosen is accepted (or written, or valid), or there was nothing left to do. Warnings do not change this.
    .why = A script can go on.
    .do = Nothing needs to be done.

explain-1 =
    .title = Finished, but not for everybody
    .means = The run came to its end. Some recipients are rejected, deferred, in doubt or invalid.
    .why = Some people have no message, or perhaps none.
    .do =
        See who they are:
          mailshot status

explain-2 =
    .title = Nothing was sent, and something must be changed first
    .means = Flags, campaign, list, password, certificate, or a login or sender that the relay refuses.
    .why = The same command would end in the same way.
    .do = Do what the hint says. `reason` in `results/summary.json` has the kind, if a run began.

explain-3 =
    .title = Stopped early, after something was sent
    .means = A signal, a limit, a relay that is down, or a failing disk ended the run.
    .why = What is sent is recorded. Nobody gets it twice.
    .do =
        Run the same command again to go on:
          mailshot send

explain-4 =
    .title = Nothing was sent, and the same command may work later
    .means = The relay cannot be reached or says "not now", a limit is used up, another run has the campaign, or the run was stopped before the first message.
    .why = Nothing needs to be changed.
    .do = Run the same command again later. `retry_at` in `results/summary.json` says when, if it is known.
