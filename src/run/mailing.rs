//! Which mailing a run belongs to, and the loading of its rows.

use crate::campaign::Problem;
use crate::check::Taken;
use crate::ledger::{Chosen, Content, InDoubt, Ledger, Mailing, NewMailing, SourceRow, Status, Texts, Whose};
use crate::message::MailingId;
use crate::recipients::Key;
use crate::table::Row;

use super::{Prepared, RunError, SendOptions, content};

/// The mailing to go on with, or a new one; nothing is kept yet.
pub(super) fn decide(
    ledger: &mut Ledger,
    prepared: &Prepared,
    options: &SendOptions,
    (content, texts): &(Content, Texts),
) -> Result<Mailing, RunError> {
    match ledger.latest_mailing()? {
        None => begin(ledger, prepared, content, texts),
        Some(latest) if options.new => {
            if latest.finished_at.is_none() {
                if !options.abandon {
                    let all = Chosen {
                        in_doubt: InDoubt::Resend,
                        retry_rejected: false,
                        only: None,
                        limit: None,
                    };
                    return Err(RunError::Unfinished {
                        open: ledger.to_send(&latest, &all)?,
                        started_at: latest.started_at,
                    });
                }
                ledger.abandon(&latest)?;
            }
            begin(ledger, prepared, content, texts)
        }
        // To go on would be to send to all of them again.
        Some(latest) if latest.purged_at.is_some() => Err(RunError::Purged {
            started_at: latest.started_at,
        }),
        Some(latest) => {
            let differences = latest.differences(content, texts);
            if differences.iter().any(|d| d.part == content::KEY) && ledger.tried(&latest)? > 0 {
                return Err(RunError::KeyChanged);
            }
            let changed = !differences.is_empty() && ledger.tried(&latest)? > 0;
            if changed && !options.accept_changes {
                return Err(RunError::ContentChanged {
                    accepted: ledger.accepted(&latest)?,
                    finished: latest.finished_at.is_some(),
                    started_at: latest.started_at,
                    differences,
                });
            }
            ledger.reopen(&latest, &prepared.header.names, content, texts)?;
            Ok(latest)
        }
    }
}

fn begin(
    ledger: &mut Ledger,
    prepared: &Prepared,
    content: &Content,
    texts: &Texts,
) -> Result<Mailing, RunError> {
    let uid = MailingId::random().map_err(|e| RunError::Runtime(std::io::Error::other(e.to_string())))?;
    Ok(ledger.begin(&NewMailing {
        uid,
        campaign: &prepared.campaign.name,
        columns: &prepared.header.names,
        content,
        texts,
    })?)
}

/// Loads a row of the recipients file into the mailing, as the check pass found it.
pub(super) fn load(
    ledger: &mut Ledger,
    mailing: &Mailing,
    row: &Row,
    taken: &Taken<'_>,
) -> Result<(), RunError> {
    let whose = match taken {
        Taken::Recipient { key, chosen, .. } => Whose::Recipient { key, chosen: *chosen },
        Taken::Suppressed { key, why } => Whose::Suppressed(key, why),
        Taken::Invalid(why) => Whose::Nobody(Status::Invalid, why),
        Taken::Duplicate => Whose::Nobody(Status::Duplicate, "an earlier row has the same recipient"),
    };
    for (position, member) in (0..).zip(row.members()) {
        let row = SourceRow {
            number: member.number,
            position,
            fields: &member.fields,
            plain: &member.plain,
            whose,
        };
        ledger.load(mailing, &row)?;
    }
    Ok(())
}

/// What is said of somebody who is named and is not to be written to.
pub(super) fn suppressed(key: &Key, why: &str) -> String {
    format!("{key} is on a list ({why}) and is not sent to")
}

/// What an in-doubt recipient is told when its message is not what it was.
pub(super) fn differs(key: &str) -> Problem {
    Problem::error("its message would not be the same as the one in doubt; not sent again").help(format!(
        "name it to send the changed message all the same: --only {key} --in-doubt resend"
    ))
}
