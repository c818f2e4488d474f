//! Files that are called `.xls` or `.csv` and contain something else: many web programs "export to
//! Excel" as a web page, which Excel opens anyway.

use crate::campaign::{Place, Problem};

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
    Err(Problem::error(format!("this is {what}"))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("open it in the spreadsheet program and save it as .xlsx or .ods, or as \"CSV UTF-8\"")
        .into())
}

fn kind(start: &[u8]) -> Option<&'static str> {
    let binary = [
        (&b"%PDF-"[..], "a PDF document, no table"),
        (b"\x89PNG", "a picture, no table"),
        (b"\xff\xd8\xff", "a picture, no table"),
        (b"\x1f\x8b", "a compressed file (gzip)"),
        (b"7z\xbc\xaf", "a compressed file (7z)"),
        (b"Rar!", "a compressed file (RAR)"),
    ];
    if let Some((_, what)) = binary.iter().find(|(begin, _)| start.starts_with(begin)) {
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
            .then_some("a web archive (MHTML) that is called a table");
    }
    if has(b"urn:schemas-microsoft-com:office:spreadsheet") {
        Some("a workbook in the XML format of Excel 2003")
    } else if has(b"<html") || has(b"<table") || has(b"<!doctype html") || has(b"<meta") {
        Some("a web page (HTML) that is called a table")
    } else if bare.starts_with(b"<?xml") || bare.starts_with(b"<!doctype") {
        Some("an XML file, no table")
    } else {
        None
    }
}
