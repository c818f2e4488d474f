//! Files that go along with a message: attachments, and pictures that its HTML shows.

mod by_row;
mod file;
mod files;
mod named;

pub(super) use files::{Attachments, Files};
pub use named::NamedFile;
