//! What tells a mail from others, wherever it is kept.

use sha2::{Digest, Sha256};

/// So much of a mail counts.
const BEGINNING: usize = 64 << 10;

/// Fields that mail programs add to a mail that they keep, and change later.
const KEPT_WITH: [&str; 9] = [
    "status",
    "x-status",
    "x-keywords",
    "x-uid",
    "x-imap",
    "x-imapbase",
    "x-mozilla-status",
    "x-mozilla-status2",
    "x-mozilla-keys",
];

/// A hash of the beginning of a mail, with its Message-ID and Date. Line ends, `>From ` and the marks
/// of mail programs do not count: the same mail is the same in a mailbox, in a file and on a server.
pub(super) fn hash(mail: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut room = BEGINNING;
    let (mut in_header, mut left_out) = (true, false);
    for line in mail.split(|octet| *octet == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if in_header {
            in_header = !line.is_empty();
            let continues = line.starts_with(b" ") || line.starts_with(b"\t");
            left_out = if continues { left_out } else { is_kept_with(line) };
            if left_out && in_header {
                continue;
            }
        }
        let unquoted = line.iter().position(|octet| *octet != b'>').unwrap_or(0);
        let from = line.get(unquoted..).unwrap_or_default();
        let line = if from.starts_with(b"From ") { from } else { line };
        let taken = line.get(..line.len().min(room)).unwrap_or_default();
        hash.update(taken);
        room -= taken.len();
        // Empty lines at the end belong to the mailbox; so do not count any.
        if !line.is_empty() {
            hash.update(b"\n");
        }
        if room == 0 {
            break;
        }
    }
    hash.finalize().into()
}

fn is_kept_with(line: &[u8]) -> bool {
    let name = line.split(|octet| *octet == b':').next().unwrap_or_default();
    KEPT_WITH
        .iter()
        .any(|field| name.eq_ignore_ascii_case(field.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_mail_is_the_same_wherever_it_is_kept() {
        let mail = b"Message-ID: <1@x.example>\nSubject: a\n b\n\nDear Ada\n\nFrom here\n";
        let other =
            b"Message-ID: <1@x.example>\r\nStatus: RO\r\nX-Keywords: a\r\n b\r\nSubject: a\r\n b\r\n\r\n\
                      Dear Ada\r\n\r\n>From here\r\n\r\n";
        assert_eq!(hash(mail), hash(other));
        assert_ne!(
            hash(mail),
            hash(b"Message-ID: <2@x.example>\nSubject: a\n b\n\nDear Ada\n\nFrom here\n")
        );
        assert_ne!(
            hash(mail),
            hash(b"Message-ID: <1@x.example>\nSubject: a\n b\n\nDear Bob\n\nFrom here\n")
        );
    }
}
