//! The check pass: every row rendered and composed before the first mail
//! leaves, every finding listed.
//!
//! It sends nothing. What else is to be done with every row (loading it into
//! the ledger, writing it to a file) is done in the same pass, beside the
//! composing of the next rows, and undone when the check finds an error. What is wrong in the same way in every
//! row (a misspelt variable) is one finding with a count; what is wrong with
//! single rows is listed, the first twenty by name, the rest by number.
//!
//! Besides what stops a message there is what only spoils it: a template that
//! leaves `{{` in, a list with `gmial.com` in it, a relay that takes three
//! days. Those are warnings; every kind of them has a module here. What can be
//! told from the templates and the campaign alone ([`templates`]) needs no row
//! and no template that compiles; the rest is looked for in the same pass.

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
mod styles;
mod tags;
mod targets;
mod templates;
mod typos;
mod watch;
mod words;

pub use checking::{check, templates};

pub use extras::{Extras, MANY_COPIES};
pub use finding::{Checked, Finding, SHOWN};
pub use plan::{Allowed, Plan, Taken};
