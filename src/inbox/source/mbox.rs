//! The mails in a file: a mailbox, or one mail.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::storage::open_regular;

use super::incoming::{Incoming, MOST, Unreadable};
use super::kind::{Kind, Named, kind};
use super::lines::Lines;
use super::separator;

/// Octets by which it is known what a file is.
const LOOKED_AT: u64 = 4096;

/// The mails in a file, one after the other.
pub struct Mbox {
    path: PathBuf,
    name: String,
    file: Option<File>,
    lines: Option<Lines>,
    number: u64,
    /// The only one, if it is there already.
    mail: Option<Vec<u8>>,
}

impl Mbox {
    /// Opens a file that may hold mails.
    pub(super) fn open(path: &Path, named: Named) -> Result<Self, Unreadable> {
        let is_mail = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("eml"));
        let named = if is_mail { Named::AsMail } else { named };
        let failed = |error| Unreadable::at(path, error);
        let mut file = open_regular(path).map_err(failed)?;
        let mut start = Vec::new();
        (&mut file)
            .take(LOOKED_AT)
            .read_to_end(&mut start)
            .map_err(failed)?;
        let kind = kind(&start, named);
        if let Kind::Not(what) = kind {
            return Err(Unreadable::no_mail(path, what));
        }
        let mut mail = None;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        if kind == Kind::Apple {
            mail = Some(apple(&mut file).map_err(failed)?);
        }
        Ok(Self {
            mail,
            path: path.to_owned(),
            name: path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned(),
            file: Some(file).filter(|_| kind == Kind::Mails),
            lines: None,
            number: 0,
        })
    }

    fn read(&mut self) -> io::Result<Option<Incoming>> {
        if let Some(file) = self.file.take() {
            self.lines = Some(Lines::of(file)?);
        }
        let Some(lines) = &mut self.lines else {
            return Ok(self.mail.take().map(|octets| Incoming {
                file: self.name.clone(),
                at: 0,
                number: 1,
                octets,
            }));
        };
        let mut mail = Incoming {
            file: self.name.clone(),
            at: 0,
            number: self.number + 1,
            octets: Vec::new(),
        };
        // Blank lines between mails.
        while lines.peek()?.is_some_and(|piece| is_blank(&piece.octets)) {
            lines.next()?;
        }
        let Some(first) = lines.next()? else {
            return Ok(None);
        };
        mail.at = first.at;
        // A file that does not begin as a mailbox does is one mail.
        let is_mailbox = first.octets.starts_with(b"From ")
            && lines.peek()?.is_none_or(|next| separator::is_field(&next.octets));
        if !is_mailbox {
            mail.octets = first.octets;
        }
        let mut before_blank = false;
        let (mut length, mut end) = (None, None);
        let mut in_header = true;
        while let Some(piece) = lines.peek()? {
            let line = &piece.octets;
            let inside = end.is_some_and(|end| piece.at < end);
            let candidate = is_mailbox
                && piece.begins
                && !inside
                && (before_blank && !in_header && separator::can_be(line) || separator::is_certain(line));
            let Some(piece) = lines.next()? else { break };
            if candidate && lines.peek()?.is_none_or(|next| separator::is_field(&next.octets)) {
                lines.put_back(piece);
                break;
            }
            if in_header && piece.begins {
                in_header = !is_blank(&piece.octets);
                length = length.or_else(|| content_length(&piece.octets));
                if let (false, Some(length)) = (in_header, length) {
                    let body = piece.at + piece.octets.len() as u64;
                    let stated = body.saturating_add(length);
                    end = is_end(&self.path, stated).then_some(stated);
                }
            }
            before_blank = is_blank(&piece.octets);
            let room = MOST.saturating_sub(mail.octets.len());
            mail.octets.extend_from_slice(
                piece
                    .octets
                    .get(..piece.octets.len().min(room))
                    .unwrap_or_default(),
            );
        }
        self.number += 1;
        Ok(Some(mail))
    }
}

impl Iterator for Mbox {
    type Item = Result<Incoming, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.read() {
            Ok(mail) => mail.map(Ok),
            Err(error) => {
                self.lines = None;
                Some(Err(Unreadable::at(&self.path, error)))
            }
        }
    }
}

/// The mail in a file of Apple Mail, whose first line is the length of it.
fn apple(file: &mut File) -> io::Result<Vec<u8>> {
    let mut reader = BufReader::new(file);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let length = first.trim().parse().unwrap_or(u64::MAX);
    let mut mail = Vec::new();
    reader.take(length.min(MOST as u64)).read_to_end(&mut mail)?;
    Ok(mail)
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|octet| matches!(octet, b'\r' | b'\n'))
}

/// Whether a mail ends there: the file does, or another mail begins. A length may be wrong, and would hide
/// the mails behind it.
fn is_end(path: &Path, at: u64) -> bool {
    let look = || -> io::Result<bool> {
        let mut file = File::open(path)?;
        if file.metadata()?.len() == at {
            return Ok(true);
        }
        file.seek(SeekFrom::Start(at))?;
        let mut there = [0; 16];
        let read = file.read(&mut there)?;
        let there = there.get(..read).unwrap_or_default();
        let blank = there
            .iter()
            .take_while(|octet| matches!(octet, b'\r' | b'\n'))
            .count();
        Ok(there.get(blank..).is_some_and(|rest| rest.starts_with(b"From ")))
    };
    look().unwrap_or(false)
}

/// The length of the body, where a program wrote it: lines in there that look like the beginning of a
/// mail are not one.
fn content_length(line: &[u8]) -> Option<u64> {
    let (name, value) = line.split_at_checked("Content-Length:".len())?;
    name.eq_ignore_ascii_case(b"Content-Length:").then_some(())?;
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}
