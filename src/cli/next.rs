//! What is left of a mailing, and what to do about it: the harmless first.

use crate::ledger::{Copies, LeftOut, Status, Totals};
use crate::run::End;

use super::advice::Advice;
use super::wording::{count, thousands};

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
    free: Option<String>,
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
    pub(super) fn from(self, free: Option<String>) -> Self {
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
    pub(super) fn steps(&self, advice: &Advice, ended: How) -> Vec<String> {
        let on = if ended == How::Over && advice.chooses() {
            advice.send(&[])
        } else {
            advice.again()
        };
        let mut steps = Vec::new();
        if self.pending > 0 {
            let way = match ended {
                How::Early | How::Later if self.free.is_some() => "the same command goes on",
                How::Over => "to go on",
                How::Early => "run the same command again to go on",
                How::Later => "later the same command may go on",
                How::Mend => "when that is mended, the same command goes on",
            };
            let who = count(self.pending, "who is left", "who are left");
            steps.push(match &self.free {
                Some(free) => format!(
                    "{free} {way} with the {who} (with --wait it waits until then); nobody is sent to twice: {on}"
                ),
                None => format!("{way} with the {who}; nobody is sent to twice: {on}"),
            });
        } else if self.deferred > 0 {
            steps.push(format!(
                "to try the {} refused for now once more, later: {on}",
                thousands(self.deferred)
            ));
        }
        if self.copies > 0 && self.pending == 0 && self.deferred == 0 {
            steps.push(format!(
                "to try the {} refused for now once more, later: {on}",
                count(self.copies, "copy", "copies")
            ));
        }
        if self.rejected > 0 {
            steps.push(format!(
                "to try the {} refused for good once more, when what they were refused for is mended: {}",
                thousands(self.rejected),
                if advice.chooses() {
                    advice.send_chosen(&["--retry-rejected"])
                } else {
                    advice.send(&["--retry-rejected"])
                }
            ));
        }
        if self.in_doubt + self.copies_in_doubt > 0 {
            steps.push(format!(
                "to see who is in doubt, and how to find out whether they have it: {}",
                advice.command_with("status", &["--in-doubt"])
            ));
            steps.push(format!(
                "when all of those in doubt have it: {}",
                advice.command_with("settle", &["--all", "--sent"])
            ));
        }
        if let Some(left_out) = &self.left_out {
            steps.extend(for_left_out(left_out, self.accepted, advice));
        }
        steps
    }
}

/// Both ways on with those who were left out by a choice.
pub(super) fn for_left_out(left_out: &LeftOut, accepted: u64, advice: &Advice) -> [String; 2] {
    [
        format!(
            "to send to the {}, too: {}",
            count(left_out.recipients, "who was left out", "who were left out"),
            advice.send_to_all()
        ),
        format!(
            "--new --abandon gives them up and sends a new mailing {}",
            advice.new_mailing(&["--abandon"], accepted)
        ),
    ]
}

/// `2 were left out by --where "dep == 'HR'"`.
pub(super) fn told(left_out: &LeftOut) -> String {
    let who = count(left_out.recipients, "was left out", "were left out");
    match &left_out.choice {
        Some(choice) => format!("{who} by {choice}"),
        None => format!("{who} by a choice"),
    }
}

/// Lines of advice under what was said.
pub(super) fn hints(steps: &[String]) -> String {
    steps.iter().map(|step| format!("\n  hint: {step}")).collect()
}

/// A new mailing, where nobody is left of the old one.
pub(super) fn anew(advice: &Advice, accepted: u64) -> String {
    format!("--new sends a new mailing {}", advice.new_mailing(&[], accepted))
}
