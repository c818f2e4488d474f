//! Files that are called `.xls` or `.csv` and contain something else: many web programs "export to
//! Excel" as a web page, which Excel opens anyway.

use crate::campaign::{Place, Problem};
use crate::words::{Said, say};

use super::failure::TableError;

/// Octets at the beginning that tell what it is.
const LOOKED_AT: usize = 4096;

/// Refuses a file that is not a table.
///
/// # Errors
/// The file with this beginning is a web page, XML, a PDF or a picture.
pub(super) fn refuse(start: &[u8], shown: &str) -> Result<(), TableError> {
    let Some(what) = kind(start) else {
        return Ok(());
    };
    Err(Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(say!("table-foreign-help"))
        .into())
}

fn kind(start: &[u8]) -> Option<Said> {
    let binary = [
        (&b"%PDF-"[..], say!("table-foreign-pdf")),
        (b"\x89PNG", say!("table-foreign-picture")),
        (b"\xff\xd8\xff", say!("table-foreign-picture")),
        (b"\x1f\x8b", say!("table-foreign-compressed", kind = "gzip")),
        (b"7z\xbc\xaf", say!("table-foreign-compressed", kind = "7z")),
        (b"Rar!", say!("table-foreign-compressed", kind = "RAR")),
    ];
    if let Some((_, what)) = binary.into_iter().find(|(begin, _)| start.starts_with(begin)) {
        return Some(what);
    }
    // In UTF-16, every other octet of a tag is zero.
    let octets = start.iter().take(LOOKED_AT).filter(|octet| **octet != 0);
    let text: Vec<u8> = octets.map(u8::to_ascii_lowercase).collect();
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let bare = marks
        .iter()
        .find_map(|mark| text.strip_prefix(*mark))
        .unwrap_or(&text);
    let bare = bare.trim_ascii_start();
    let has = |words: &[u8]| memchr::memmem::find(bare, words).is_some();
    if !bare.starts_with(b"<") {
        return bare
            .starts_with(b"mime-version:")
            .then(|| say!("table-foreign-archive"));
    }
    if has(b"urn:schemas-microsoft-com:office:spreadsheet") {
        Some(say!("table-foreign-excel-2003"))
    } else if has(b"<html") || has(b"<table") || has(b"<!doctype html") || has(b"<meta") {
        Some(say!("table-foreign-page"))
    } else if bare.starts_with(b"<?xml") || bare.starts_with(b"<!doctype") {
        Some(say!("table-foreign-xml"))
    } else {
        None
    }
}
