//! Reply codes of SMTP and enhanced status codes (RFC 3463) in a text.

/// An enhanced code.
pub(super) type Status = (u8, u16, u16);

/// An enhanced code in a text, and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) code: T,
    pub(super) at: usize,
}

/// The enhanced code that a field begins with: `5.1.1 (bad mailbox)`.
pub(super) fn status_of(field: &str) -> Option<Status> {
    statuses(field).first().map(|found| found.code)
}

/// All enhanced codes of failures and delays, and of success, in their order.
pub(super) fn statuses(text: &str) -> Vec<At<Status>> {
    let octets = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(dot) = octets.get(at..).and_then(|rest| memchr::memchr(b'.', rest)) {
        let dot = at + dot;
        at = dot + 1;
        if let Some((code, end)) = status_at(octets, dot) {
            found.push(At { code, at: dot - 1 });
            at = end;
        }
    }
    found
}

/// The code whose first dot is here, and its end.
fn status_at(octets: &[u8], dot: usize) -> Option<(Status, usize)> {
    let class = dot.checked_sub(1).and_then(|at| octets.get(at))?;
    if !matches!(class, b'2' | b'4' | b'5') {
        return None;
    }
    if let Some(before) = dot.checked_sub(2).and_then(|at| octets.get(at))
        && (before.is_ascii_alphanumeric() || matches!(before, b'.' | b'$' | b'/'))
    {
        return None;
    }
    let (subject, subject_end) = number(octets, dot + 1)?;
    if octets.get(subject_end) != Some(&b'.') {
        return None;
    }
    let (detail, end) = number(octets, subject_end + 1)?;
    let goes_on = match octets.get(end) {
        Some(b'.') => octets.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(next) => next.is_ascii_digit(),
        None => false,
    };
    // Subjects end at 7 (RFC 3463 §3.1); this keeps addresses of hosts and versions out.
    (!goes_on && subject <= 7).then_some(((class - b'0', subject, detail), end))
}

/// One to three digits.
fn number(octets: &[u8], start: usize) -> Option<(u16, usize)> {
    let digits = octets
        .get(start..)?
        .iter()
        .take(4)
        .take_while(|octet| octet.is_ascii_digit())
        .count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let text = std::str::from_utf8(octets.get(start..start + digits)?).ok()?;
    Some((text.parse().ok()?, start + digits))
}

/// All reply codes, in their order: three digits with no letter or digit beside them, which are a
/// code that servers use.
pub(super) fn replies(text: &str) -> Vec<At<u16>> {
    let octets = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(octet) = octets.get(at) {
        if !octet.is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = octets
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|octet| octet.is_ascii_digit())
            .count();
        if length == 3
            && let Some(code) = reply_at(octets, at)
        {
            found.push(At { code, at });
        }
        at += length;
    }
    found
}

fn reply_at(octets: &[u8], at: usize) -> Option<u16> {
    let before = at.checked_sub(1).and_then(|at| octets.get(at));
    let stands_free = before.is_none_or(|before| {
        !before.is_ascii_alphanumeric()
            && !matches!(
                before,
                b'.' | b'-' | b'_' | b'/' | b'@' | b'=' | b'+' | b'$' | b','
            )
    });
    let after = octets.get(at + 3);
    let ends = match after {
        None
        | Some(b' ' | b'-' | b':' | b';' | b'\n' | b'\t' | b')' | b',' | b'#' | b']' | b'\'' | b'"' | b'<') => {
            true
        }
        Some(b'.') => !octets.get(at + 4).is_some_and(u8::is_ascii_alphanumeric),
        Some(other) => !other.is_ascii(),
    };
    let (code, _) = number(octets, at)?;
    (stands_free && ends && is_known(code)).then_some(code)
}

/// The codes of RFC 5321 and 4954, and those that servers made up.
fn is_known(code: u16) -> bool {
    matches!(
        code,
        421 | 422 | 431 | 432 | 441 | 442 | 446 | 447 | 449..=455 | 458 | 459 | 465 | 471
            | 500..=505 | 510..=513 | 515 | 517 | 521 | 523..=525 | 530..=535 | 538 | 541 | 544 | 550..=559 | 569..=574
            | 577 | 582 | 586 | 588
    )
}

/// The reply code that counts: a refusal before a delay, the first of its kind.
pub(super) fn reply_of(text: &str) -> Option<u16> {
    let found = replies(text);
    let codes = || found.iter().map(|found| found.code);
    codes().find(|code| *code >= 500).or_else(|| codes().next())
}

/// How a code is written.
pub(super) fn written((class, subject, detail): Status) -> String {
    format!("{class}.{subject}.{detail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_other_numbers() {
        let text = "host mx[192.0.2.5] said: 550 5.1.1 <a@b.test>: (#5.2.2) v4.1.2.3, 4.1.2.3 5.10.1 5.7.606 x5.1.1 550-5.7.26";
        let codes: Vec<String> = statuses(text)
            .into_iter()
            .map(|found| written(found.code))
            .collect();
        assert_eq!(codes, ["5.1.1", "5.2.2", "5.7.606", "5.7.26"]);
        assert_eq!(reply_of("id 1550, 450 4.2.2 then 552-5.2.2"), Some(552));
        assert_eq!(reply_of("421 x"), Some(421));
        assert_eq!(reply_of("on 12.550 at 10.0.0.550 room 999"), None);
        assert_eq!(reply_of("ERROR_CODE :550, x"), Some(550));
        assert_eq!(status_of("5.1.1 (bad)"), Some((5, 1, 1)));
        assert_eq!(status_of("5.1"), None);
    }
}
