//! What an answer to FETCH holds.

use jiff::Timestamp;
use jiff::fmt::strtime;

use super::super::mailbox::{Listed, Uid};
use super::values::{Value, Values};

/// A mail in an answer to FETCH.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fetched {
    pub(super) uid: Option<Uid>,
    pub(super) size: Option<u64>,
    pub(super) arrived: Option<Timestamp>,
    pub(super) octets: Option<Vec<u8>>,
}

/// What this answer holds; `None` where it is another answer, or cannot be read.
pub(super) fn fetched(answer: &[u8]) -> Option<Fetched> {
    if !is_fetch(answer) {
        return None;
    }
    let at = memchr::memchr(b'(', answer)?;
    let mut values = Values::of(answer.get(at + 1..)?);
    let mut fetched = Fetched::default();
    loop {
        let name = match values.next()? {
            Value::Close => return Some(fetched),
            Value::Word(name) => name.to_ascii_uppercase(),
            Value::Text(_) | Value::Open => return None,
        };
        let value = match values.next()? {
            // QQ ends a list with a space; others leave a value out.
            Value::Close => return None,
            value @ (Value::Word(_) | Value::Text(_) | Value::Open) => value,
        };
        match name.as_slice() {
            b"UID" => fetched.uid = Some(Uid::try_from(value.number()?).ok()?),
            b"RFC822.SIZE" => fetched.size = value.number(),
            b"INTERNALDATE" => fetched.arrived = arrived(&value.words()),
            body if body.starts_with(b"BODY[") => {
                fetched.octets = Some(match value {
                    Value::Text(text) => text.into_owned(),
                    Value::Word(nil) if nil.eq_ignore_ascii_case(b"NIL") => Vec::new(),
                    Value::Word(_) | Value::Open | Value::Close => return None,
                });
            }
            _ => values.pass_over(&value)?,
        }
    }
}

/// `17-Jul-1996 02:44:25 -0700`
fn arrived(date: &str) -> Option<Timestamp> {
    strtime::parse("%d-%b-%Y %H:%M:%S %z", date.trim())
        .and_then(|parsed| parsed.to_timestamp())
        .ok()
}

/// The mail that it lists.
pub(super) fn listed(fetched: &Fetched) -> Option<Listed> {
    Some(Listed {
        uid: fetched.uid?,
        size: fetched.size,
        arrived: fetched.arrived,
        uidl: None,
    })
}

/// Whether an answer is one to FETCH, whatever else is wrong with it.
pub(super) fn is_fetch(answer: &[u8]) -> bool {
    let mut words = answer.split(|octet| *octet == b' ').take(3);
    words.next() == Some(b"*")
        && words
            .next()
            .is_some_and(|number| number.iter().all(u8::is_ascii_digit))
        && words
            .next()
            .is_some_and(|word| word.trim_ascii_end().eq_ignore_ascii_case(b"FETCH"))
}

/// The UID in an answer that cannot be parsed: the first one before the octets of the mail.
pub(super) fn uid_in(answer: &[u8]) -> Option<Uid> {
    let end = memchr::memchr2(b'\r', b'{', answer).unwrap_or(answer.len().min(400));
    let front = answer.get(..end).unwrap_or_default().to_ascii_uppercase();
    let at = memchr::memmem::find(&front, b"UID ")? + 4;
    let digits: Vec<u8> = front
        .get(at..)?
        .iter()
        .copied()
        .take_while(u8::is_ascii_digit)
        .collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// A set of UIDs as commands take it: `1:3,7`. Lists have no end, commands do, so it holds a few at most.
pub(super) fn set(uids: &[Uid]) -> String {
    let mut set = String::new();
    let mut rest = uids;
    while let Some((first, mut behind)) = rest.split_first() {
        let mut last = *first;
        while let Some((next, further)) = behind.split_first()
            && last.checked_add(1) == Some(*next)
        {
            last = *next;
            behind = further;
        }
        if !set.is_empty() {
            set.push(',');
        }
        set.push_str(&first.to_string());
        if last > *first {
            set.push(':');
            set.push_str(&last.to_string());
        }
        rest = behind;
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_fetch_are_read_as_servers_write_them() {
        let mail = b"* 7 FETCH (UID 12 BODY[]<0> {5}\r\nhello)\r\n";
        let got = fetched(mail).unwrap();
        assert_eq!((got.uid, got.octets.as_deref()), (Some(12), Some(&b"hello"[..])));
        let behind = b"* 7 FETCH (BODY[] {5}\r\nhello UID 12 FLAGS (\\Seen))\r\n";
        let got = fetched(behind).unwrap();
        assert_eq!((got.uid, got.octets.as_deref()), (Some(12), Some(&b"hello"[..])));
        let sizes = b"* 1 FETCH (UID 19436 RFC822.SIZE 7 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n";
        let got = listed(&fetched(sizes).unwrap()).unwrap();
        assert_eq!((got.uid, got.size), (19436, Some(7)));
        assert_eq!(got.arrived.unwrap().to_string(), "1996-07-17T09:44:25Z");
        // QQ.
        assert_eq!(fetched(b"* 1 FETCH (UID 19436 )\r\n").unwrap().uid, Some(19436));
        assert_eq!(
            arrived(" 7-Jul-1996 02:44:25 +0000").unwrap().to_string(),
            "1996-07-07T02:44:25Z"
        );
        let more = b"* 1 FETCH (FLAGS (\\Seen) X-GM-LABELS (\"a)\") MODSEQ (5) INTERNALDATE NIL UID 3)\r\n";
        assert_eq!(fetched(more).unwrap().uid, Some(3));
        for broken in [
            "(UID x)",
            "(UID 99999999999)",
            "(UID 5 BODY[] {9}\r\nabc)",
            "(BODY[] (a))",
            "UID 5",
            "(UID 5",
        ] {
            assert_eq!(
                fetched(format!("* 1 FETCH {broken}\r\n").as_bytes()),
                None,
                "{broken}"
            );
        }
        assert!(is_fetch(b"* 1 FETCH (UID x)\r\n") && !is_fetch(b"* LIST () 1 FETCH"));
        assert_eq!(
            uid_in(b"* 1 FETCH (UID 5 ENVELOPE (\"\\\" BODY[] {3}\r\nUID 9"),
            Some(5)
        );
        assert_eq!(uid_in(b"* 1 FETCH (BODY[] {3}\r\nUID 9"), None);
    }

    #[test]
    fn sets_are_short() {
        assert_eq!(set(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        assert_eq!(set(&[u32::MAX - 1, u32::MAX]), "4294967294:4294967295");
        assert_eq!(set(&[]), "");
    }
}
