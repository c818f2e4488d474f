//! Regular files, opened for reading and nothing else.
//!
//! Opening a pipe waits for a writer, a device may have no end, and a pipe that is read twice is
//! empty the second time. The opened file is asked what it is, so nothing can be exchanged in
//! between.

use std::fmt;
use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::Path;

/// Octets of a text that is read as a whole: a campaign file, a template, certificates, a key. None
/// that a person wrote is a hundredth of it.
pub const LARGEST_TEXT: u64 = 32 << 20;

/// Something at a path that is not a regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Irregular {
    /// A folder.
    Folder,
    /// A pipe, also one of `<(…)` or of stdin.
    Pipe,
    /// A device, such as `/dev/zero` or a terminal.
    Device,
    /// A socket.
    Socket,
}

impl Irregular {
    fn of(kind: FileType) -> Option<Self> {
        if kind.is_file() {
            return None;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            if kind.is_fifo() {
                return Some(Self::Pipe);
            }
            if kind.is_socket() {
                return Some(Self::Socket);
            }
        }
        Some(if kind.is_dir() { Self::Folder } else { Self::Device })
    }

    /// What is in the way according to an error, if the error says that.
    pub fn in_the_way(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

impl fmt::Display for Irregular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "it is a folder, not a file",
            Self::Pipe => "it is a pipe, not a file",
            Self::Device => "it is a device, not a file",
            Self::Socket => "it is a socket, not a file",
        })
    }
}

impl std::error::Error for Irregular {}

/// Opens a regular file, whatever links lead there.
///
/// # Errors
/// It cannot be opened, or is [something else](Irregular).
pub fn open_regular(path: &Path) -> io::Result<File> {
    let file = open(path)?;
    match Irregular::of(file.metadata()?.file_type()) {
        None => Ok(file),
        Some(irregular) => Err(io::Error::new(io::ErrorKind::InvalidInput, irregular)),
    }
}

/// All of a regular file of no more than `most` octets.
///
/// # Errors
/// As [`open_regular`]; it is larger.
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_open(open_regular(path)?, most)
}

/// All of a file that is [open](open_regular), of no more than `most` octets.
///
/// # Errors
/// It cannot be read, or is larger.
pub fn read_open(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    let mut octets = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
    // It may grow while it is read, and files of /proc tell no length.
    file.take(most + 1).read_to_end(&mut octets)?;
    if octets.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, TooLarge(most)));
    }
    Ok(octets)
}

/// A file has more octets than one of its kind should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge(u64);

impl TooLarge {
    /// How large it may be: `32 MiB`.
    pub fn most(self) -> String {
        match self.0 {
            0..0x10_0000 => format!("{} KiB", self.0 >> 10),
            _ => format!("{} MiB", self.0 >> 20),
        }
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {}", self.most())
    }
}

impl std::error::Error for TooLarge {}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    // A pipe is opened at once, and a terminal does not become that of this process. For regular
    // files both flags have no effect.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    File::options()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| {
            let at = path.metadata().map(|at| Irregular::of(at.file_type()));
            match at {
                // A socket cannot be opened at all.
                Ok(Some(irregular)) if error.kind() != io::ErrorKind::PermissionDenied => {
                    io::Error::new(io::ErrorKind::InvalidInput, irregular)
                }
                Ok(_) | Err(_) => error,
            }
        })
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    // Here a folder cannot be opened, and says so in words that nobody understands.
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, Irregular::Folder));
    }
    File::open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_a_regular_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), "text").unwrap();
        assert_eq!(read_regular(&at("file"), 4).unwrap(), b"text");
        let large = read_regular(&at("file"), 3).unwrap_err();
        assert_eq!(large.kind(), io::ErrorKind::FileTooLarge);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        for (path, expected) in [
            (at("pipe"), Irregular::Pipe),
            (at("socket"), Irregular::Socket),
            (folder.path().to_owned(), Irregular::Folder),
            ("/dev/zero".into(), Irregular::Device),
        ] {
            let error = open_regular(&path).unwrap_err();
            assert_eq!(Irregular::in_the_way(&error), Some(expected), "{path:?}");
        }
        let gone = open_regular(&at("gone")).unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
    }
}
