//! The check pass: renders and composes every row before the first message is sent, and lists every
//! finding.
//!
//! It sends nothing. Other work with every row (loading it into the ledger, writing it to a file)
//! is done in the same pass, while the next rows are composed, and undone if the check finds an
//! error. A fault that is the same in every row (a misspelt variable) is one finding with a count;
//! faults of single rows are listed, the first twenty by name, the rest by number.
//!
//! In addition to errors, there are warnings: a template with a leftover `{{`, a list with
//! `gmial.com` in it, a relay that takes three days. Each kind of warning has a module here. What
//! is known from the templates and the campaign alone ([`templates`]) needs neither a row nor a
//! template that compiles; the rest is found in the same pass.

pub mod aged;
mod anchors;
mod broken;
mod checking;
mod colours;
pub mod dns;
mod domains;
mod doubts;
mod duplicates;
mod extras;
mod finding;
mod gathered;
mod greeting;
mod headers;
#[cfg(test)]
mod hostile;
mod html;
mod in_links;
mod judge;
mod leftovers;
mod links;
mod lookalike;
mod markdown;
mod mistyped;
mod pictures;
mod pieces;
mod placeholders;
mod plan;
mod receivers;
pub mod relay;
mod rows;
mod seen;
mod shown;
mod source;
mod spoken;
mod tags;
mod targets;
mod templates;
mod typos;
mod unlisted;
mod unused;
mod watch;
mod words;

pub use checking::{check, templates};

pub use extras::{Extras, MANY_COPIES};
pub use finding::{Checked, Finding, SHOWN};
pub use plan::{Allowed, Plan, Taken};
