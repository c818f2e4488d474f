//! The public interface of the crate, which other programs build on.
//!
//! Everything behind it may change from one version to the next. The interface itself grows, and
//! structs and enums that will grow are `#[non_exhaustive]`. The command line is a front beside it,
//! on the same use cases ([`run`](crate::run)).

mod campaign;
mod checked;
mod error;
mod observer;
mod options;
mod sending;
mod sent;
mod stopper;
#[cfg(test)]
mod tests;

pub use campaign::{Builder, Campaign};
pub use checked::{Checked, Finding};
pub use error::Error;
pub use observer::{Observer, Question, Settled, Stage};
pub use options::{Options, To};
pub use sent::Sent;
pub use stopper::Stopper;
