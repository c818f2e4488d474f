//! One file, read and encoded.
//!
//! Every attachment is base64, even text: as 7bit, its bare LFs would be sent.

use std::path::Path;

use lettre::message::Body;
use lettre::message::header::{ContentTransferEncoding, ContentType};

use crate::campaign::{Reserved, Stays};
use crate::render::Input;
use crate::storage::{self, Irregular, open_regular, read_open};

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

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("does not exist"),
            Self::NoName => f.write_str("has no name"),
            Self::Outside => f.write_str("lies outside the campaign's folder"),
            Self::NoFile => f.write_str("is no regular file"),
            Self::TooLarge => write!(f, "has more than {} MiB, which no relay takes", LARGEST >> 20),
            Self::Stays(why) => write!(f, "{why}"),
            Self::Io(e) => write!(f, "cannot be read: {e}"),
        }
    }
}

impl Unread {
    pub(super) fn mend(&self) -> &'static str {
        match self {
            Self::Missing => {
                "check the name; paths in the campaign file start from its folder; `optional = true` lets a file be missing"
            }
            Self::NoName => "fill in the cell, or write `optional = true` beside `path`",
            Self::Outside => {
                "put the file below the campaign's folder, or name the folder that holds such files: attach_root = \"…\"; a spreadsheet cell may not name files elsewhere"
            }
            Self::NoFile => "attach a file, not a folder or device",
            Self::TooLarge => "put it on the web and send a link",
            Self::Stays(Stays::Secret) => {
                "take it out; who needs a key gets its public half, and nobody a password"
            }
            Self::Stays(_) => {
                "take it out of the cell; a file that everybody is to get is named in the campaign file itself: attach = [\"…\"]"
            }
            Self::Io(_) => "check the file's permissions",
        }
    }
}

/// A file with nearly the same name beside a path that does not exist.
pub(super) fn near(why: &Unread, path: &Path) -> Option<String> {
    let Unread::Missing = why else { return None };
    let name = storage::near(path)?;
    Some(format!(
        "there is `{name}` in that folder: names are taken letter for letter"
    ))
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
    let content_type = content_type(path, &bytes);
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
            file_name,
            digest: input.digest,
        },
        input,
    ))
}

/// By the content where it is certain, else by the name.
fn content_type(path: &Path, bytes: &[u8]) -> ContentType {
    let guessed = mime_guess::from_path(path).first_raw();
    let found = match guessed {
        // Office files are zip archives inside: the name knows more.
        Some(guess) if !guess.starts_with("image/") && !guess.starts_with("application/octet") => guess,
        _ => infer::get(bytes)
            .map(|kind| kind.mime_type())
            .or(guessed)
            .unwrap_or("application/octet-stream"),
    };
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
