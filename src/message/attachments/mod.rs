//! Files that are part of a message: attachments, and pictures that its HTML shows.

mod by_row;
mod file;
mod files;
mod named;
mod pictures;

pub use by_row::{ATTACH_COLUMN, files_in_cell};
pub(super) use files::{Attachments, Files};
pub use named::NamedFile;
pub use pictures::{picture_named, shows_picture};
