//! What is in the way of a file or a folder. Its words for people are in the room `words`.
//!
//! The system says "File exists", "Is a directory" or "No such file or directory", but not which
//! path it means. Which path it is, and what is there, is looked up after an operation has failed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::regular::open_regular;

/// Why a file or a folder cannot be made or opened.
#[derive(Debug)]
pub struct Obstacle {
    /// The folder above in which it is, where it is not the path itself.
    above: Option<PathBuf>,
    what: InTheWay,
}

/// What stands where a file or a folder is to be.
#[derive(Debug)]
pub enum InTheWay {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A link to nothing, and where it leads.
    DanglingLink(PathBuf),
    /// A link to something, through which nothing is written.
    Link(PathBuf),
    /// Anything else, in the system's words.
    System(io::Error),
}

impl Obstacle {
    /// What is in the way of the file at `path`, with which `error` was met.
    pub fn to_file(path: &Path, error: io::Error) -> Self {
        if path.is_dir() {
            Self {
                above: None,
                what: InTheWay::Folder,
            }
        } else if dangling(path).is_some() {
            Self::to_folder(path, error)
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let found = folder.map(|folder| (folder, Self::to_folder(folder, io::ErrorKind::Other.into())));
            match found {
                Some((folder, found)) if !matches!(found.what, InTheWay::System(_)) => Self {
                    above: Some(found.above.unwrap_or_else(|| folder.to_owned())),
                    what: found.what,
                },
                Some(_) | None => Self {
                    above: None,
                    what: InTheWay::System(error),
                },
            }
        }
    }

    /// A link in the place of a file that is ours to write.
    pub(super) fn of_link(path: &Path, target: PathBuf) -> Self {
        let what = if path.exists() {
            InTheWay::Link(target)
        } else {
            InTheWay::DanglingLink(target)
        };
        Self { above: None, what }
    }

    /// What it is.
    pub fn what(&self) -> &InTheWay {
        &self.what
    }

    /// Which folder above the path it is, where it is not the path itself.
    pub fn above(&self) -> Option<&Path> {
        self.above.as_deref()
    }

    /// Whether there is something to do about it.
    pub fn has_cure(&self) -> bool {
        match &self.what {
            InTheWay::Folder | InTheWay::File | InTheWay::DanglingLink(_) | InTheWay::Link(_) => true,
            InTheWay::System(error) => error.kind() == io::ErrorKind::PermissionDenied,
        }
    }

    /// What is in the way of a folder at `path`, with which `error` was met.
    pub fn to_folder(path: &Path, error: io::Error) -> Self {
        let there = path.ancestors().find(|path| path.symlink_metadata().is_ok());
        let what = match there.map(|there| (there, dangling(there))) {
            Some((_, Some(target))) => InTheWay::DanglingLink(target),
            Some((there, None)) if !there.is_dir() => InTheWay::File,
            Some(_) | None => InTheWay::System(error),
        };
        let above = match what {
            InTheWay::System(_) => None,
            InTheWay::Folder | InTheWay::File | InTheWay::DanglingLink(_) | InTheWay::Link(_) => {
                there.filter(|there| *there != path).map(Path::to_owned)
            }
        };
        Self { above, what }
    }
}

impl From<Obstacle> for io::Error {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle.what {
            InTheWay::System(error) => error,
            InTheWay::Folder | InTheWay::File | InTheWay::DanglingLink(_) | InTheWay::Link(_) => {
                Self::other(obstacle)
            }
        }
    }
}

/// Where a link leads that leads to nothing.
fn dangling(path: &Path) -> Option<PathBuf> {
    let target = path.read_link().ok()?;
    (!path.exists()).then_some(target)
}

/// For developers.
impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.what, &self.above) {
            (InTheWay::System(_), _) => {}
            (_, Some(above)) => write!(f, "{} is ", above.display())?,
            (_, None) => f.write_str("it is ")?,
        }
        match &self.what {
            InTheWay::Folder => f.write_str("a folder; rename it or move it away"),
            InTheWay::File => f.write_str("a file; rename it or move it away"),
            InTheWay::DanglingLink(target) => write!(
                f,
                "a link to {}, which is not there; remove the link, or make what it leads to",
                target.display()
            ),
            InTheWay::Link(target) => write!(
                f,
                "a link to {}, and nothing is written through one; put the file itself here, or make the folder the link",
                target.display()
            ),
            InTheWay::System(error) if error.kind() == io::ErrorKind::PermissionDenied => write!(
                f,
                "{error}; check who may use it and the folders above it, and run this as that user"
            ),
            InTheWay::System(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Obstacle {}

/// Whether there is nothing at a path, not even a link to nothing.
pub fn is_absent(path: &Path) -> bool {
    path.symlink_metadata()
        .is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Whether there is a file at a path.
///
/// # Errors
/// Something else is there, or the file cannot be read.
pub fn is_there(path: &Path) -> Result<bool, Obstacle> {
    match open_regular(path) {
        Ok(_) => Ok(true),
        Err(_) if is_absent(path) => Ok(false),
        Err(error) => Err(Obstacle::to_file(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn met(path: &Path) -> String {
        let error = fs::write(path, "").unwrap_err();
        Obstacle::to_file(path, error).to_string()
    }

    #[test]
    fn what_is_there_instead_is_named_with_its_cure() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("file"), "").unwrap();
        assert_eq!(met(&at("folder")), "it is a folder; rename it or move it away");
        let file = format!("{} is a file; rename it or move it away", at("file").display());
        assert_eq!(met(&at("file/a")), file);
        let error = || io::ErrorKind::AlreadyExists.into();
        let words = |name: &str| Obstacle::to_folder(&at(name), error()).to_string();
        assert_eq!(words("file"), "it is a file; rename it or move it away");
        assert_eq!(words("file/a/b"), file);
        let denied = Obstacle::to_file(&at("new"), io::ErrorKind::PermissionDenied.into()).to_string();
        assert!(
            denied.contains("permission denied; check who may use it"),
            "{denied}"
        );
        let full = Obstacle::to_file(&at("new"), io::ErrorKind::StorageFull.into()).to_string();
        assert_eq!(full, io::Error::from(io::ErrorKind::StorageFull).to_string());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_named_with_where_it_leads() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        std::os::unix::fs::symlink("gone/there", at("link")).unwrap();
        let cure = "a link to gone/there, which is not there; remove the link, or make what it leads to";
        assert_eq!(met(&at("link")), format!("it is {cure}"));
        assert_eq!(met(&at("link/a")), format!("{} is {cure}", at("link").display()));
        assert!(!is_absent(&at("link")) && is_absent(&at("nothing")));
        assert!(is_there(&at("link")).is_err() && !is_there(&at("nothing")).unwrap());
    }
}
