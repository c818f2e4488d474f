//! Which mailing a run belongs to, and the loading of its rows.

use std::collections::HashSet;

use crate::campaign::Problem;
use crate::check::Taken;
use crate::ledger::{Difference, How, Ledger, Mailing, NewMailing, SourceRow, Status, Whose};
use crate::message::{COMPOSING_RULES, MailingId, NamedFile};
use crate::recipients::Key;
use crate::table::Row;
use crate::words::{Arg, Said, say};

use super::changed::Changed;
use super::content::{self, ContentLock};
use super::failure::RunError;
use super::options::SendOptions;
use super::prepare::Prepared;

/// The mailing to go on with, which is the one `before`, or a new one; nothing is kept yet.
pub(super) fn decide(
    ledger: &mut Ledger,
    prepared: &Prepared,
    options: &SendOptions,
    lock: &ContentLock,
    before: Option<Mailing>,
) -> Result<Mailing, RunError> {
    match before {
        None => begin(ledger, prepared, lock),
        Some(latest) if options.new => {
            if latest.finished_at.is_none() {
                if ledger.tried(&latest)? == 0 {
                    // Begun by a run that nothing came of: it is as new as any, and the same command
                    // works later.
                    ledger.forget_choices(&latest)?;
                    ledger.reopen(&latest, &prepared.header.names, &lock.content, &lock.texts)?;
                    return Ok(latest);
                }
                if !options.abandon {
                    return Err(RunError::Unfinished {
                        open: ledger.open_recipients(&latest)?,
                        accepted: ledger.accepted(&latest)?,
                        left_out: ledger.left_out_of(&latest)?,
                        started_at: latest.started_at,
                    });
                }
                ledger.abandon(&latest)?;
            }
            begin(ledger, prepared, lock)
        }
        // To go on would be to send to all of them again.
        Some(latest) if latest.purged_at.is_some() => Err(RunError::Purged {
            started_at: latest.started_at,
        }),
        Some(latest) => {
            let differences = lock.differences(&latest);
            if differences.iter().any(|d| d.part == content::KEY) && ledger.tried(&latest)? > 0 {
                return Err(RunError::KeyChanged {
                    accepted: ledger.accepted(&latest)?,
                    finished: latest.finished_at.is_some(),
                });
            }
            let changed = !differences.is_empty() && ledger.tried(&latest)? > 0;
            if changed && !options.accept_changes {
                return Err(changed_content(ledger, &latest, shown(differences))?);
            }
            ledger.reopen(&latest, &prepared.header.names, &lock.content, &lock.texts)?;
            Ok(latest)
        }
    }
}

fn changed_content(
    ledger: &Ledger,
    mailing: &Mailing,
    differences: Vec<Changed>,
) -> Result<RunError, RunError> {
    Ok(RunError::ContentChanged {
        accepted: ledger.accepted(mailing)?,
        finished: mailing.finished_at.is_some(),
        started_at: mailing.started_at.clone(),
        differences,
    })
}

fn shown(differences: Vec<Difference>) -> Vec<Changed> {
    differences.into_iter().map(Changed::from).collect()
}

fn begin(ledger: &mut Ledger, prepared: &Prepared, lock: &ContentLock) -> Result<Mailing, RunError> {
    let uid = MailingId::random().map_err(|e| RunError::Runtime(std::io::Error::other(e.to_string())))?;
    Ok(ledger.begin(&NewMailing {
        uid,
        rules: COMPOSING_RULES,
        campaign: &prepared.campaign.name,
        columns: &prepared.header.names,
        content: &lock.content,
        texts: &lock.texts,
    })?)
}

/// Files named by rows that are not what they were, of how many recipients.
#[derive(Debug, Default)]
pub(super) struct ChangedFiles {
    shown: Vec<Changed>,
    more: u64,
}

/// Recipients whose changed files are named.
const NAMED: usize = 20;

impl ChangedFiles {
    fn note(&mut self, key: &Key, before: &[NamedFile], now: &[NamedFile]) {
        for file in now {
            let earlier = before.iter().find(|earlier| earlier.path == file.path);
            let how = match earlier.map(|earlier| (earlier.digest, file.digest)) {
                Some((Some(before), Some(now))) if before != now => How::Changed,
                Some((None, Some(_))) => How::New,
                Some((Some(_), None)) => How::Gone,
                Some((Some(_), Some(_)) | (None, None)) | None => continue,
            };
            if self.shown.len() == NAMED {
                self.more += 1;
                continue;
            }
            self.shown.push(Changed::file_of(&file.path, key.as_str(), how));
        }
    }

    /// A file that a row names counts like a shared one: after the first message is sent, a change
    /// stops the run.
    pub(super) fn judge(self, ledger: &Ledger, mailing: &Mailing, accepted: bool) -> Result<(), RunError> {
        if self.shown.is_empty() || accepted || ledger.tried(mailing)? == 0 {
            return Ok(());
        }
        let mut differences = self.shown;
        if self.more > 0 {
            differences.push(Changed::more_files(self.more));
        }
        Err(changed_content(ledger, mailing, differences)?)
    }
}

/// Loads a row of the recipients file into the mailing, as the check pass found it. If recipients
/// are `named`, the run is only about them.
pub(super) fn load(
    ledger: &mut Ledger,
    mailing: &Mailing,
    row: &Row,
    taken: &Taken<'_>,
    named: &HashSet<Key>,
    changed: &mut ChangedFiles,
) -> Result<(), RunError> {
    let (words, address);
    let whose = match taken {
        Taken::Recipient {
            key,
            to,
            chosen,
            files,
            ..
        } => Whose::Recipient {
            key,
            address: {
                address = Key::of_address(to);
                (address != **key).then_some(address.as_str())
            },
            chosen: *chosen && (named.is_empty() || named.contains(*key)),
            files,
        },
        Taken::Suppressed { key, why } => {
            words = why.to_string();
            Whose::Suppressed(key, &words)
        }
        Taken::Invalid(problems) => {
            let all: Vec<_> = problems.0.iter().map(|p| p.what.to_string()).collect();
            words = all.join("; ");
            Whose::Nobody(Status::Invalid, &words)
        }
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
        let before = ledger.load(mailing, &row)?;
        if let (Whose::Recipient { key, files, .. }, Some(before)) = (whose, before) {
            changed.note(key, &before, files);
        }
    }
    Ok(())
}

/// The note about a recipient that is named and suppressed.
pub(super) fn suppressed(key: &Key, why: impl Into<Arg>) -> Said {
    say!("run-suppressed", key = key.as_str(), list = why.into())
}

/// The problem of a recipient in doubt whose message has changed.
pub(super) fn differs(key: &str) -> Problem {
    Problem::error(say!("run-differs-from-doubt")).help(say!("run-hint-resend-changed", key = key))
}

/// The problem of a recipient whose file was saved between the check and its message.
pub(super) fn saved_meanwhile(path: &str) -> Problem {
    Problem::error(say!("run-saved-meanwhile", file = path)).help(say!("run-hint-saved-meanwhile"))
}
