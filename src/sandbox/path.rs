//! The path of MAIL and RCPT (RFC 5321 §4.1.2) as written, and whether it is an address.
//!
//! smtp-proto finds the path and parses its parameters, but it does not keep quotes, accepts `a@`
//! and `a.@b`, and refuses address literals. Here the text between the brackets is found again and
//! checked for the rest. Only what RFC 5321 refuses is refused: a sandbox does not ask whether a
//! domain exists.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::refusal::{Refusal, SYNTAX};

/// What follows `MAIL FROM:` or `RCPT TO:`, as written.
pub(super) struct Path<'a> {
    pub(super) address: &'a str,
    pub(super) parameters: &'a str,
}

impl<'a> Path<'a> {
    pub(super) fn split(line: &'a str, prefix: &str, malformed: Refusal) -> Result<Self, Refusal> {
        let split = || {
            let (given, rest) = line.split_at_checked(prefix.len())?;
            let rest = rest
                .strip_prefix('<')
                .filter(|_| given.eq_ignore_ascii_case(prefix))?;
            let (path, parameters) = rest.split_at_checked(unquoted(rest, '>')?)?;
            let parameters = &parameters[1..];
            (parameters.is_empty() || parameters.starts_with(' ')).then_some((path, parameters))
        };
        let (path, parameters) = split().ok_or(malformed)?;
        // A source route is to be accepted and ignored (RFC 5321 appendix C).
        let address = if path.starts_with('@') {
            path.split_once(':').map_or(path, |(_, address)| address)
        } else {
            path
        };
        Ok(Self { address, parameters })
    }

    pub(super) fn check_parameters(&self, offered: &[&str]) -> Result<(), Refusal> {
        let mut seen: Vec<String> = Vec::new();
        for parameter in self.parameters.split(' ').filter(|word| !word.is_empty()) {
            let keyword = parameter
                .split('=')
                .next()
                .unwrap_or(parameter)
                .to_ascii_uppercase();
            if !offered.contains(&keyword.as_str()) {
                return Err(Refusal::new(555, SYNTAX, "a parameter was not offered"));
            }
            if seen.contains(&keyword) {
                return Err(Refusal::new(501, SYNTAX, "a parameter is given twice"));
            }
            seen.push(keyword);
        }
        Ok(())
    }
}

/// Where `wanted` first stands outside a quoted string.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if character == wanted && !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// What smtp-proto does not ask of an address: a whole local part, a domain with whole labels.
pub(super) fn is_mailbox(address: &str) -> bool {
    let Some((local, domain)) = unquoted(address, '@').map(|at| (&address[..at], &address[at + 1..])) else {
        return false;
    };
    let local_is_whole =
        is_quoted_string(local) || (!local.contains('"') && local.split('.').all(|atom| !atom.is_empty()));
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    // Lengths: RFC 5321 §4.5.3.1.1 and §4.5.3.1.2.
    let domain_is_whole =
        literal(domain).unwrap_or_else(|| domain.len() <= 255 && domain.split('.').all(label));
    local.len() <= 64 && local_is_whole && domain_is_whole
}

/// Whether the text is one quoted string from end to end.
fn is_quoted_string(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return false;
    };
    let mut escaped = false;
    for character in inner.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return false,
            _ => {}
        }
    }
    !escaped
}

/// Whether `domain` is a valid address literal (RFC 5321 §4.1.3); `None` if it is not an address
/// literal.
fn literal(domain: &str) -> Option<bool> {
    let inner = domain.strip_prefix('[')?;
    Some(
        inner
            .strip_suffix(']')
            .is_some_and(|inner| match inner.split_at_checked(5) {
                Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => {
                    address.parse::<Ipv6Addr>().is_ok()
                }
                Some(_) | None => inner.parse::<Ipv4Addr>().is_ok(),
            }),
    )
}

/// smtp-proto refuses address literals: it is shown a domain in their place, and they are checked here.
pub(super) fn without_literal(line: &str) -> Option<String> {
    let start = line.find("@[")?;
    let end = start + line[start..].find(']')?;
    Some(format!(
        "{}@literal.invalid{}\r\n",
        &line[..start],
        &line[end + 1..]
    ))
}
