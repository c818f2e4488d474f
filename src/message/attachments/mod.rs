//! Files that are part of a message: attachments, and pictures that its HTML shows.

mod addresses;
mod by_row;
mod embedded;
mod file;
mod files;
mod named;
mod near;
mod pictures;

pub use addresses::is_local_picture;
pub use by_row::{ATTACH_COLUMN, files_in_cell};
pub(super) use files::{Attachments, Files};
pub use named::NamedFile;
pub use pictures::{picture_named, shows_picture};
