//! Addresses in header fields, in fields of reports and in running text.

/// More addresses than any report that people read has.
const MOST: usize = 200;

/// RFC 5321 allows 64 + 1 + 255.
const LONGEST: usize = 320;

/// An address in a text, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) address: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The addresses in a text, in their order.
pub(super) fn addresses(text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text
        .get(from..)
        .and_then(|rest| memchr::memchr(b'@', rest.as_bytes()))
    {
        let at = from + at;
        let known: Option<&Found<'_>> = found.last();
        let floor = known.map_or(0, |known| known.end);
        from = at + 1;
        if let Some(address) = around(text, at, floor) {
            from = address.end.max(at + 1);
            found.push(address);
            if found.len() >= MOST {
                break;
            }
        }
    }
    found
}

/// The address whose `@` is here.
fn around(text: &str, at: usize, floor: usize) -> Option<Found<'_>> {
    let before = text.get(floor..at)?;
    let after = text.get(at + 1..)?;
    let in_angles = after.find('>').is_some_and(|close| {
        let inner = after.get(..close).unwrap_or_default();
        !inner.contains([' ', '<', '\n', '@'])
    }) && before.rfind('<').is_some_and(|open| {
        let inner = before.get(open + 1..).unwrap_or_default();
        !inner.contains([' ', '>', '\n'])
    });
    let local_length: usize = if before.ends_with('"') {
        quoted_length(before)?
    } else {
        before
            .chars()
            .rev()
            .take(LONGEST)
            .take_while(|letter| is_local(*letter, in_angles))
            .map(char::len_utf8)
            .sum()
    };
    let domain_length: usize = after
        .chars()
        .take(LONGEST)
        .take_while(|letter| is_domain(*letter, in_angles))
        .map(char::len_utf8)
        .sum();
    let mut start = at - local_length;
    let local = text.get(start..at)?;
    // What text puts before an address: quotes, brackets, `mailto:` and so on are not a part of it.
    let trimmed = if in_angles {
        local
    } else {
        local.trim_start_matches(['\'', '`', '*', '.', '/', '=', '|', '#', '{'])
    };
    start += local.len() - trimmed.len();
    let domain = after.get(..domain_length)?.trim_end_matches(['.', '-', '_']);
    if trimmed.is_empty() && local.is_empty() || !is_host(domain) {
        return None;
    }
    if trimmed.is_empty() {
        start = at - local_length;
    }
    let end = at + 1 + domain.len();
    Some(Found {
        address: text.get(start..end)?,
        start,
        end,
    })
}

/// The length of the quoted local part that a text ends with.
fn quoted_length(before: &str) -> Option<usize> {
    let inner = before.strip_suffix('"')?;
    let open = inner.rfind('"')?;
    let length = before.len() - open;
    (length <= LONGEST && !inner.get(open..)?.contains('\n')).then_some(length)
}

fn is_local(letter: char, in_angles: bool) -> bool {
    letter.is_ascii_alphanumeric()
        || "!#$%&'*+/=?^_`{|}~.-".contains(letter)
        || (in_angles && !letter.is_ascii() && letter.is_alphanumeric())
}

fn is_domain(letter: char, in_angles: bool) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '.' | '-' | '_' | '[' | ']' | ':')
            && (letter != ':' && letter != '[' && letter != ']')
        || (in_angles && !letter.is_ascii() && letter.is_alphanumeric())
}

/// Whether it could be a host's name. Its dots are between names.
fn is_host(domain: &str) -> bool {
    !domain.is_empty() && !domain.starts_with('.') && !domain.contains("..") && !domain.starts_with('-')
}

/// Whether the domain has a dot, as all on the internet do.
pub(super) fn is_public(address: &str) -> bool {
    address
        .rsplit_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// The first address in a header field, such as From: in angle brackets if there are any.
pub(super) fn first_of(field: &str) -> Option<String> {
    all_of(field).into_iter().next()
}

/// The addresses of a header field. Those in angle brackets count; an address in a name does not.
pub(super) fn all_of(field: &str) -> Vec<String> {
    let found = addresses(field);
    let is_angled = |one: &&Found<'_>| {
        one.start > 0 && field.get(one.start - 1..one.start) == Some("<")
            || field.get(one.end..one.end + 1) == Some(">")
    };
    let angled: Vec<String> = found
        .iter()
        .filter(is_angled)
        .map(|one| one.address.to_owned())
        .collect();
    let (has_angles, bare) = (!angled.is_empty(), found.iter().map(|one| one.address.to_owned()));
    if has_angles && !field.contains(',') {
        return angled;
    }
    if !has_angles {
        return bare.collect();
    }
    // A list in which some have angle brackets: by entry.
    field
        .split(',')
        .filter_map(|entry| {
            let inner = entry.rsplit_once('<').map_or(entry, |(_, inner)| inner);
            addresses(inner).first().map(|one| one.address.to_owned())
        })
        .collect()
}

/// The address in a recipient field of a report: `rfc822; <a@example.org>` (RFC 3464 §2.3.2).
pub(super) fn of_report(value: &str) -> Option<String> {
    let (kind, rest) = value.split_once(';').unwrap_or(("", value));
    let rest = if kind.contains('@') { value } else { rest };
    let rest = rest.trim();
    let kind = kind.trim().to_ascii_lowercase();
    let decoded = if kind == "utf-8" {
        unescaped(rest)
    } else {
        rest.to_owned()
    };
    let inner = decoded
        .rsplit_once('<')
        .map_or(decoded.as_str(), |(_, inner)| inner);
    let inner = inner.trim_end_matches(['>', ' ', ')', '"', '\'', ';', ',', '.']);
    // `@relay.example:ada@example.org`: a route, which is given up since RFC 2821.
    let inner = match inner.strip_prefix('@').and_then(|route| route.rsplit_once(':')) {
        Some((_, address)) => address,
        None => inner,
    };
    let plain = without_xtext(inner.trim_start_matches(['(', '\'', ' ']));
    let found = addresses(&plain);
    if let Some(one) = found.last() {
        // A local part with blanks or letters beyond ASCII is taken unchanged.
        let whole = plain.trim();
        let is_whole = !whole.contains([' ', ',', ';', '(']) && whole.matches('@').count() == 1;
        return Some(if is_whole { whole } else { one.address }.to_owned());
    }
    let plain = plain.trim();
    (!plain.is_empty() && plain.len() <= LONGEST).then(|| plain.to_owned())
}

/// The escapes of RFC 3461 §4 for what programs escape in addresses: `+2B`, `+3D`, `+20`. Others
/// are left, for a part after `+` may look like one.
fn without_xtext(address: &str) -> String {
    let mut plain = address.to_owned();
    for (escape, letter) in [("+2B", "+"), ("+3D", "="), ("+20", " ")] {
        plain = plain.replace(escape, letter);
    }
    plain
}

/// The escapes of RFC 6533 §3: `\x{E4}`.
fn unescaped(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once("\\x{") {
        text.push_str(before);
        let letter = after.split_once('}').and_then(|(digits, after)| {
            let letter = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            Some((letter, after))
        });
        let Some((letter, after)) = letter else {
            rest = after;
            continue;
        };
        text.push(letter);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The address without a tag of BATV, which is only in envelopes: `prvs=4321abcdef=ada@example.org`.
pub(super) fn without_batv(address: &str) -> &str {
    let is_tagged = address
        .get(..5)
        .is_some_and(|tag| tag.eq_ignore_ascii_case("prvs="));
    let inner = is_tagged.then(|| address.get(5..)?.split_once('=')).flatten();
    inner.map_or(address, |(_, inner)| inner)
}

/// Whether two are the same, as mail systems compare them.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    without_batv(one).eq_ignore_ascii_case(without_batv(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|one| one.address).collect()
    }

    #[test]
    fn addresses_are_found_in_any_text() {
        assert_eq!(found("无法发送到 ada@example.org，请"), ["ada@example.org"]);
        assert_eq!(found("到ada@example.org的"), ["ada@example.org"]);
        assert_eq!(
            found("<a.b+c@x.example>... RCPT TO:<d@y.test>:"),
            ["a.b+c@x.example", "d@y.test"]
        );
        assert_eq!(
            found("'a@b.test', \"x y\"@c.test. @d e@ f"),
            ["a@b.test", "\"x y\"@c.test"]
        );
        assert_eq!(found("<jörg@bücher.example>"), ["jörg@bücher.example"]);
        assert_eq!(found("@@@ a@b@c.test"), ["a@b"]);
    }

    #[test]
    fn a_report_writes_addresses_in_many_ways() {
        let ways = [
            ("rfc822; ada@example.org", "ada@example.org"),
            ("RFC822;<ada@example.org>", "ada@example.org"),
            ("ada@example.org", "ada@example.org"),
            ("<ada@example.org>", "ada@example.org"),
            ("rfc822; ada+2Bx@example.org", "ada+x@example.org"),
            ("rfc822; ada+AB@example.org", "ada+AB@example.org"),
            ("utf-8; j\\x{F6}rg@example.org", "jörg@example.org"),
            ("utf-8; jörg@example.org", "jörg@example.org"),
            ("rfc822; @relay.example:ada@example.org", "ada@example.org"),
            ("rfc822; Ada <ada@example.org> (x)", "ada@example.org"),
            ("X-Unix; ada", "ada"),
        ];
        for (value, address) in ways {
            assert_eq!(of_report(value).as_deref(), Some(address), "{value}");
        }
        assert_eq!(of_report("rfc822;"), None);
    }

    #[test]
    fn a_field_has_its_addresses_in_angle_brackets() {
        assert_eq!(
            all_of("a@x.test, \"b@y.test\" <c@z.test>"),
            ["a@x.test", "c@z.test"]
        );
        assert_eq!(first_of("\"a@x.test\" <b@y.test>").as_deref(), Some("b@y.test"));
        assert_eq!(without_batv("prvs=12ab=c@x.test"), "c@x.test");
        assert!(is_same("Prvs=12ab=C@x.test", "c@X.test"));
    }
}
