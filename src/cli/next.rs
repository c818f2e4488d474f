//! What is left of a mailing, and what to do about it: the harmless option first.

use crate::ledger::{Copies, LeftOut, Status, Totals};
use crate::run::End;
use crate::words::{Said, say};

use super::advice::Advice;
use super::terminal;

/// How the last run of a mailing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It came to its end, or nobody knows.
    Over,
    /// It was stopped, and the next goes on.
    Early,
    /// Nothing went out, and the same may work later.
    Later,
    /// Nothing went out, and something is to be changed.
    Mend,
}

impl How {
    pub(super) fn of(end: End) -> Self {
        match end {
            End::Complete | End::Incomplete => Self::Over,
            End::Interrupted => Self::Early,
            End::NotNow => Self::Later,
            End::NothingSent => Self::Mend,
        }
    }
}

/// What is left of a mailing.
pub(super) struct Left {
    /// Pending, and some run was about them.
    pending: u64,
    left_out: Option<LeftOut>,
    deferred: u64,
    rejected: u64,
    in_doubt: u64,
    accepted: u64,
    /// Copies that were refused for now.
    copies: u64,
    copies_in_doubt: u64,
    /// When a limit that is used up is free again.
    free: Option<Said>,
}

impl Left {
    pub(super) fn of(totals: &Totals, left_out: Option<LeftOut>) -> Self {
        let of = |status| totals.get(&status).copied().unwrap_or(0);
        let never_meant = left_out.as_ref().map_or(0, |left_out| left_out.recipients);
        Self {
            pending: of(Status::Pending).saturating_sub(never_meant),
            left_out,
            deferred: of(Status::Deferred),
            rejected: of(Status::Rejected),
            in_doubt: of(Status::InDoubt),
            accepted: of(Status::Accepted),
            copies: 0,
            copies_in_doubt: 0,
            free: None,
        }
    }

    /// With copies that were refused for now, or are in doubt.
    pub(super) fn and_copies(self, copies: Copies) -> Self {
        Self {
            copies: copies.left,
            copies_in_doubt: copies.in_doubt,
            ..self
        }
    }

    /// With a limit that is used up until then.
    pub(super) fn from(self, free: Option<Said>) -> Self {
        Self { free, ..self }
    }

    /// Those whom the next run sends to.
    pub(super) fn open(&self) -> u64 {
        self.pending + self.deferred
    }

    /// Whether the mailing has come to its end.
    pub(super) fn is_finished(&self) -> bool {
        let left = self.pending + self.deferred + self.in_doubt + self.copies;
        left == 0 && self.left_out.is_none()
    }

    /// Who has it.
    pub(super) fn accepted(&self) -> u64 {
        self.accepted
    }

    /// A line for each thing to do, as the run ended.
    pub(super) fn steps(&self, advice: &Advice, ended: How) -> Vec<Said> {
        let on = if ended == How::Over && advice.chooses() {
            advice.send(&[])
        } else {
            advice.again()
        };
        let mut steps = Vec::new();
        if self.pending > 0 {
            steps.push(self.go_on(ended, on));
        } else if self.deferred > 0 {
            steps.push(say!(
                "cli-next-deferred",
                recipients = self.deferred,
                command = on
            ));
        } else if self.copies > 0 {
            steps.push(say!("cli-next-copies", copies = self.copies, command = on));
        }
        if self.rejected > 0 {
            let flags = &["--retry-rejected"];
            let again = if advice.chooses() {
                advice.send_chosen(flags)
            } else {
                advice.send(flags)
            };
            steps.push(say!(
                "cli-next-rejected",
                recipients = self.rejected,
                command = again
            ));
        }
        if self.in_doubt + self.copies_in_doubt > 0 {
            let status = advice.command_with("status", &["--in-doubt"]);
            steps.push(say!("cli-next-in-doubt", command = status));
            let settle = advice.command_with("settle", &["--all", "--sent"]);
            steps.push(say!("cli-next-settle", command = settle));
        }
        if let Some(left_out) = &self.left_out {
            steps.extend(for_left_out(left_out, self.accepted, advice));
        }
        steps
    }

    /// How to go on with those who are pending.
    fn go_on(&self, ended: How, on: String) -> Said {
        let left = self.pending;
        if let Some(free) = self.free.clone() {
            return say!(
                "cli-next-continue-from",
                from = free,
                recipients = left,
                command = on
            );
        }
        match ended {
            How::Over => say!("cli-next-continue", recipients = left, command = on),
            How::Early => say!("cli-next-continue-early", recipients = left, command = on),
            How::Later => say!("cli-next-continue-later", recipients = left, command = on),
            How::Mend => say!("cli-next-continue-corrected", recipients = left, command = on),
        }
    }
}

/// Both ways on with those who were left out by a choice.
pub(super) fn for_left_out(left_out: &LeftOut, accepted: u64, advice: &Advice) -> [Said; 2] {
    let all = advice.send_to_all();
    let anew = advice.send_asking(&["--new", "--abandon"]);
    [
        say!(
            "cli-next-left-out",
            recipients = left_out.recipients,
            command = all
        ),
        if accepted == 0 {
            say!("cli-next-give-up", command = anew)
        } else {
            say!("cli-next-give-up-again", accepted = accepted, command = anew)
        },
    ]
}

/// `2 recipients were left out by --where "dep == 'HR'"`.
pub(super) fn told(left_out: &LeftOut) -> Said {
    let recipients = left_out.recipients;
    match &left_out.choice {
        Some(choice) => say!("cli-left-out", recipients = recipients, choice = choice),
        None => say!("cli-left-out-somehow", recipients = recipients),
    }
}

/// Lines of advice under what was said.
pub(super) fn hints<S: Clone + Into<Said>>(steps: &[S]) -> String {
    let hint = |step: &S| terminal::words(&say!("cli-hint", step = step.clone().into()));
    steps.iter().map(|step| format!("\n  {}", hint(step))).collect()
}

/// A new mailing, where nobody is left of the old one.
pub(super) fn anew(advice: &Advice, accepted: u64) -> Said {
    let anew = advice.send_asking(&["--new"]);
    if accepted == 0 {
        say!("cli-next-new", command = anew)
    } else {
        say!("cli-next-new-again", accepted = accepted, command = anew)
    }
}
