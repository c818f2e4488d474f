//! The ground: how files and folders are made, replaced and opened.
//!
//! The files of this program name people, accounts and keys, so only their owner may read them; a
//! file that is replaced is replaced as a whole; an SQLite file is known to be ours before anything
//! is read from it. This room knows nothing about mail.

mod accents;
mod database;
mod file_id;
mod guarded;
mod network;
mod obstacle;
mod private;
mod regular;
mod replacement;

pub use accents::{Names, composed, found, near};
pub use database::{Database, Held, Unfit};
pub use file_id::{FileId, says_absent};
pub use guarded::{guarded, is_guarded};
pub use network::shared_file_system;
pub use obstacle::{InTheWay, Obstacle, is_absent, is_there};
pub use private::{FolderError, open_own, private_file, private_folder};
pub use regular::{Irregular, LARGEST_TEXT, TooLarge, open_regular, read_open, read_regular};
pub use replacement::Replacement;
