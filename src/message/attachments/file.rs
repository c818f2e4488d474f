//! One file, read and encoded.
//!
//! Every attachment is base64, even text: as 7bit, its bare LFs would be sent.

use std::path::Path;

use lettre::message::Body;
use lettre::message::header::{ContentTransferEncoding, ContentType};

use crate::campaign::{Reserved, Stays};
use crate::render::Input;
use crate::storage::{self, Irregular, open_regular, read_open};
use crate::words::{Said, Speak, say, system};

use super::super::content::Shared;
use super::super::gate;

/// No single attachment is larger; no relay takes such a message.
const LARGEST: u64 = 100 << 20;

/// Characters of a file's name in a message. No file system allows this many, and mail programs
/// shorten longer names; a longer one is a mistake.
pub(super) const LONGEST_NAME: usize = 400;

/// A file as it goes into a message.
#[derive(Debug)]
pub(super) struct Encoded {
    /// Base64 in lines of 76, without a line end at the end.
    pub(super) body: Shared,
    pub(super) content_type: ContentType,
    /// It is one that a page can show.
    pub(super) is_picture: bool,
    /// The file's own name.
    pub(super) file_name: String,
    /// SHA-256 of what it held.
    pub(super) digest: [u8; 32],
}

/// A name that is safe in a header and as a file on the other side.
pub(super) fn file_name(name: &str) -> Option<&str> {
    let name = name.trim();
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
    let good = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(bad);
    good.then_some(name)
}

/// Why a file cannot go along.
#[derive(Debug)]
pub(super) enum Unread {
    Missing,
    NoName,
    Outside,
    NoFile,
    NoPicture,
    TooLarge,
    Stays(Stays),
    Io(std::io::Error),
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Self {
        let kind = error.kind();
        if kind == std::io::ErrorKind::NotFound {
            Self::Missing
        } else if kind == std::io::ErrorKind::FileTooLarge {
            Self::TooLarge
        } else if Irregular::in_the_way(&error).is_some() {
            Self::NoFile
        } else {
            Self::Io(error)
        }
    }
}

impl Speak for Unread {
    fn said(&self) -> Said {
        match self {
            Self::Missing => say!("message-file-missing"),
            Self::NoName => say!("message-file-no-name"),
            Self::Outside => say!("message-file-outside"),
            Self::NoFile => say!("message-file-not-regular"),
            Self::NoPicture => say!("message-file-no-picture"),
            Self::TooLarge => say!("message-file-too-large", most = LARGEST >> 20),
            Self::Stays(why) => why.said(),
            Self::Io(e) => say!("message-file-unreadable", why = system(e)),
        }
    }
}

impl Unread {
    /// What to do about it.
    pub(super) fn hint(&self) -> Said {
        match self {
            Self::Missing => say!("message-file-missing-hint"),
            Self::NoName => say!("message-file-no-name-hint"),
            Self::Outside => say!("message-file-outside-hint"),
            Self::NoFile => say!("message-file-not-regular-hint"),
            Self::NoPicture => say!("message-file-no-picture-hint"),
            Self::TooLarge => say!("message-file-too-large-hint"),
            Self::Stays(Stays::Secret) => say!("message-file-secret-hint"),
            Self::Stays(_) => say!("message-file-stays-hint"),
            Self::Io(_) => say!("message-file-unreadable-hint"),
        }
    }
}

/// A file with nearly the same name beside a path that does not exist.
pub(super) fn near(why: &Unread, path: &Path) -> Option<Said> {
    let Unread::Missing = why else { return None };
    let name = storage::near(path)?;
    Some(say!("render-near-file-hint", name = name))
}

/// The sentence about a file that the campaign names.
pub(super) fn unusable(picture: bool, path: &str, why: &Unread) -> Said {
    if picture {
        say!("message-picture-unusable", path = path, why = why)
    } else {
        say!("message-attachment-unusable", path = path, why = why)
    }
}

/// The sentence about a file whose path is made from cells.
pub(super) fn unusable_in_row(picture: bool, path: &str, why: &Unread) -> Said {
    if picture {
        say!("message-picture-unusable-in-row", path = path, why = why)
    } else {
        say!("message-attachment-unusable-in-row", path = path, why = why)
    }
}

/// Who names a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum NamedBy<'a> {
    /// The campaign, letter for letter.
    Campaign,
    /// A cell: the file must be below this folder.
    Cell(&'a Path),
}

/// Reads and encodes a file, unless it is one that stays here.
pub(super) fn read(path: &Path, by: NamedBy<'_>, reserved: &Reserved) -> Result<(Encoded, Input), Unread> {
    let file = open_regular(path)?;
    let stays = match by {
        NamedBy::Campaign => reserved.is_secret(&file, path).then_some(Stays::Secret),
        NamedBy::Cell(base) => reserved.kept_from_cells(&file, path, base),
    };
    if let Some(why) = stays {
        return Err(Unread::Stays(why));
    }
    let bytes = read_open(file, LARGEST)?;
    if matches!(by, NamedBy::Cell(_)) && is_private_key(&bytes) {
        return Err(Unread::Stays(Stays::Secret));
    }
    let found = kind(path, &bytes);
    let is_picture = found.starts_with("image/");
    let content_type = content_type(found, &bytes);
    let input = Input::new(path, &bytes);
    let body = Body::new_with_encoding(bytes, ContentTransferEncoding::Base64)
        .map_err(|_| Unread::NoFile)?
        .into_vec();
    // The gate is paid here, once, and not in every message.
    gate::pass_shared(&body).map_err(|_| Unread::NoFile)?;
    let file_name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok((
        Encoded {
            body: Shared::new(body),
            content_type,
            is_picture,
            file_name,
            digest: input.digest,
        },
        input,
    ))
}

/// What a file holds: by the content where it is certain, else by the name.
fn kind(path: &Path, bytes: &[u8]) -> &'static str {
    let guessed = mime_guess::from_path(path).first_raw();
    match guessed {
        // Office files are zip archives inside: the name knows more.
        Some(guess) if !guess.starts_with("image/") && !guess.starts_with("application/octet") => guess,
        _ => infer::get(bytes)
            .map(|kind| kind.mime_type())
            .or(guessed)
            .unwrap_or("application/octet-stream"),
    }
}

fn content_type(found: &str, bytes: &[u8]) -> ContentType {
    // A message must not be in base64 (RFC 2046 §5.2.1): here only the file matters.
    let composite = found.starts_with("message/") || found.starts_with("multipart/");
    let found = if composite {
        "application/octet-stream"
    } else {
        found
    };
    let text = found.starts_with("text/") && std::str::from_utf8(bytes).is_ok();
    let full = if text {
        format!("{found}; charset=utf-8")
    } else {
        found.to_owned()
    };
    ContentType::parse(&full)
        .or_else(|_| ContentType::parse("application/octet-stream"))
        .unwrap_or(ContentType::TEXT_PLAIN)
}

/// Whether octets contain anybody's private key, as programs write it.
fn is_private_key(octets: &[u8]) -> bool {
    let start = octets.get(..1 << 16).unwrap_or(octets);
    let begins = memchr::memmem::find(start, b"-----BEGIN ").is_some();
    begins && memchr::memmem::find(start, b"PRIVATE KEY-----").is_some()
}
