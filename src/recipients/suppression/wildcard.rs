//! Entries that match many addresses: `*@example.org` as shells, mail filters and spreadsheets have
//! it, `%@example.org` as SQL does, `/.*@example\.org$/` as mail servers do.
//!
//! A text that cannot be meant as an address is read as its writer meant it, or is an error that
//! stops everything; it is never ignored.

use crate::words::{Said, say};

use super::super::address;
use super::super::canonical::folded;

/// Whom an entry with wildcards means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Many {
    /// `@example.org`
    Domain(String),
    /// `@*.example.org`
    Below(String),
    /// `ada+*@example.org`
    Pattern(String),
}

/// Reads an entry with wildcards; `None` where a text has none.
pub(super) fn read(text: &str) -> Option<Result<Many, Said>> {
    let text = address::keyboard(text.trim());
    let text = text.trim_end_matches([',', ';']).trim_end();
    if text.is_empty() || text.contains(['<', '>', '"']) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("mailto:") {
        return None;
    }
    let glob = if is_expression(text) {
        match of_expression(text) {
            Some(glob) => glob,
            None => return Some(Err(say!("recipients-wildcard-expression"))),
        }
    } else if text.contains("**") {
        return Some(Err(say!("recipients-wildcard-masked")));
    } else if text.contains('*') {
        text.to_owned()
    } else if let Some(glob) = of_sql(text) {
        match glob {
            Ok(glob) => glob,
            Err(why) => return Some(Err(why)),
        }
    } else if text.contains('?') || matches!(text, "%" | "." | "@") {
        return Some(Err(say!("recipients-wildcard-question")));
    } else if let Some(below) = text.strip_prefix("@.").or_else(|| text.strip_prefix('.')) {
        if below.contains('@') {
            return None;
        }
        format!("*@*.{below}")
    } else {
        return None;
    };
    Some(of_glob(&glob))
}

/// Whether a text is a regular expression: it begins or ends as one, or escapes something.
fn is_expression(text: &str) -> bool {
    let slashes = text.starts_with('/') && text.rfind('/').is_some_and(|at| at > 0);
    // `*@example.*` is not one, although a point is before a star.
    let (local, domain) = text.split_once('@').unwrap_or((text, ""));
    let any = (local.contains(".*") && !local.starts_with('*')) || domain.starts_with(".*");
    any || slashes
        || text.starts_with('^')
        || text.ends_with('$')
        || text.contains('\\')
        || [".+@", "[^", "[a-z", "[A-Z", "(?"]
            .iter()
            .any(|part| text.contains(part))
}

/// The same as a glob; `None` for more than dots, stars and ends.
fn of_expression(text: &str) -> Option<String> {
    let mut rest = text;
    // `/…/i`
    let mut contains = false;
    if let Some(inner) = rest.strip_prefix('/') {
        let (inner, flags) = inner.rsplit_once('/')?;
        if !flags.chars().all(|flag| matches!(flag, 'i' | 'u' | 'x' | 'g')) {
            return None;
        }
        rest = inner;
        contains = true;
    }
    rest = rest.strip_prefix("(?i)").unwrap_or(rest);
    let (mut from_start, mut to_end) = (!contains, !contains);
    if let Some(inner) = rest.strip_prefix('^') {
        rest = inner;
        from_start = true;
        to_end = false;
    }
    if let Some(inner) = rest.strip_suffix('$').filter(|inner| !inner.ends_with('\\')) {
        rest = inner;
        to_end = true;
        from_start &= text.starts_with('^') || rest.starts_with(".*") || rest.starts_with('^');
    }
    let mut glob = String::new();
    if !from_start {
        glob.push('*');
    }
    while let Some(c) = rest.chars().next() {
        let any = [
            ".*?", ".+?", ".*", ".+", "[^@]*", "[^@]+", "\\S*", "\\S+", "[^@\\s]+", "[^\\s@]+",
        ];
        if let Some(inner) = any.iter().find_map(|any| rest.strip_prefix(any)) {
            glob.push('*');
            rest = inner;
            continue;
        }
        rest = rest.get(c.len_utf8()..)?;
        match c {
            '\\' => {
                let literal = rest.chars().next()?;
                if !".@-+_/=#&'!~%".contains(literal) {
                    return None;
                }
                glob.push(literal);
                rest = rest.get(1..)?;
            }
            '(' | ')' | '[' | ']' | '{' | '}' | '|' | '?' | '*' | '^' | '$' => return None,
            c => glob.push(c),
        }
    }
    // Behind a whole domain an expression may go on; nobody meant another domain by it.
    let whole_domain = glob
        .rsplit_once('@')
        .is_some_and(|(_, domain)| domain.contains('.'));
    if !to_end && !whole_domain {
        glob.push('*');
    }
    while glob.contains("**") {
        glob = glob.replace("**", "*");
    }
    Some(glob)
}

/// A pattern of SQL as a glob: where the sign stands that no domain has, or nothing else before the @.
fn of_sql(text: &str) -> Option<Result<String, Said>> {
    if !text.contains('%') {
        return None;
    }
    let (local, domain) = text.rsplit_once('@').unwrap_or(("", text));
    if local == "%" || domain.contains('%') {
        return Some(Ok(text.replace('%', "*")));
    }
    if local.starts_with('%') || local.ends_with('%') {
        let glob = text.replace('%', "*");
        return Some(Err(say!("recipients-wildcard-percent", glob = glob)));
    }
    None
}

/// What a glob means.
fn of_glob(glob: &str) -> Result<Many, Said> {
    let strange = |c: char| c.is_whitespace() || c.is_control() || "()[]\\,;:|?".contains(c);
    if glob.contains(strange) || glob.matches('@').count() > 1 {
        return Err(say!("recipients-wildcard-unreadable"));
    }
    let (local, domain) = match glob.split_once('@') {
        Some((local, domain)) => (if local.is_empty() { "*" } else { local }, domain),
        None if glob.starts_with("*.") => ("*", glob),
        None if glob.trim_matches(['*', '.']).is_empty() => ("*", "*"),
        None => {
            let domain = glob.trim_matches(['*', '.']);
            return Err(match ascii(domain).filter(|domain| domain.contains('.')) {
                Some(domain) => say!("recipients-wildcard-no-at", domain = domain),
                None => say!("recipients-why-no-at"),
            });
        }
    };
    if local == "*" && domain.chars().all(|c| matches!(c, '*' | '.')) {
        return Err(say!("recipients-wildcard-everyone"));
    }
    let wrong = || say!("recipients-wildcard-domain", domain = domain);
    if domain.is_empty() {
        return Err(wrong());
    }
    let below = domain.strip_prefix("*.").or_else(|| domain.strip_prefix('.'));
    let below = below.filter(|rest| !rest.contains('*'));
    let domain = if let Some(below) = below {
        format!("*.{}", ascii(below).ok_or_else(wrong)?)
    } else if domain.contains('*') {
        // Only in ASCII a part of a domain means what it looks like.
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '*' | '_');
        if !domain.chars().all(fits) || domain.contains("..") {
            return Err(wrong());
        }
        domain.to_ascii_lowercase()
    } else {
        ascii(domain).ok_or_else(wrong)?
    };
    if local == "*" && !domain.contains('*') {
        return Ok(Many::Domain(format!("@{domain}")));
    }
    if local == "*" && below.is_some() {
        return Ok(Many::Below(format!("@{domain}")));
    }
    // The star stands for letters, so that the rest is folded as addresses are.
    let marked = local.replace('*', "zq0star0qz");
    let marked = address::parse(&format!("{marked}@example.org"))
        .map_err(|_| say!("recipients-wildcard-local", local = local))?;
    let marked = folded(&marked);
    let local = marked.strip_suffix("@example.org").unwrap_or(&marked);
    Ok(Many::Pattern(format!(
        "{}@{domain}",
        local.replace("zq0star0qz", "*")
    )))
}

/// A domain as it is compared.
fn ascii(domain: &str) -> Option<String> {
    let address = address::parse(&format!("x@{domain}")).ok()?;
    folded(&address).strip_prefix("x@").map(str::to_owned)
}

/// Whether a folded address fits a pattern.
pub(super) fn fits(pattern: &str, folded: &str) -> bool {
    match (pattern.split_once('@'), folded.rsplit_once('@')) {
        (Some((local, domain)), Some((of_local, of_domain))) => {
            matches(domain.as_bytes(), of_domain.as_bytes()) && matches(local.as_bytes(), of_local.as_bytes())
        }
        _ => false,
    }
}

/// `*` is any octets; in time that grows with the product of both at most.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p) == text.get(t) {
            p += 1;
            t += 1;
        } else if let Some((at, from)) = star {
            p = at + 1;
            t = from + 1;
            star = Some((at, from + 1));
        } else {
            return false;
        }
    }
    pattern
        .get(p..)
        .is_some_and(|rest| rest.iter().all(|octet| *octet == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match read(text) {
            None => "-".to_owned(),
            Some(Ok(Many::Domain(text) | Many::Below(text) | Many::Pattern(text))) => text,
            Some(Err(_)) => "!".to_owned(),
        }
    }

    #[test]
    fn wildcards_mean_what_their_writer_meant_or_stop() {
        for (text, expected) in [
            ("*@example.org", "@example.org"),
            ("*@Example.ORG;", "@example.org"),
            ("%@example.org", "@example.org"),
            (".*@example.org", "@example.org"),
            (".*@example\\.org", "@example.org"),
            ("^.*@example\\.org$", "@example.org"),
            ("^.+@example.org$", "@example.org"),
            ("[^@]+@example\\.org", "@example.org"),
            ("/@example\\.org$/", "@example.org"),
            ("/@example.org$/i", "@example.org"),
            ("/.*@example.org/", "@example.org"),
            ("@example\\.org$", "@example.org"),
            ("(?i)^.*@example\\.org$", "@example.org"),
            ("*@münchen.example", "@xn--mnchen-3ya.example"),
            ("*@*.example.org", "@*.example.org"),
            ("@*.example.org", "@*.example.org"),
            ("*.example.org", "@*.example.org"),
            (".example.org", "@*.example.org"),
            ("@.example.org", "@*.example.org"),
            ("*@.example.org", "@*.example.org"),
            ("^ada", "!"),
            ("%@%.example.org", "@*.example.org"),
            ("^.*@.*\\.example\\.org$", "@*.example.org"),
            ("Ada@*", "ada@*"),
            ("ada@%", "ada@*"),
            ("^ada@", "ada@*"),
            ("^ada@.*", "ada@*"),
            ("Ada+*@example.org", "ada+*@example.org"),
            ("*-bounces@example.org", "*-bounces@example.org"),
            ("info@*.example.org", "info@*.example.org"),
            ("*@mail*.example.org", "*@mail*.example.org"),
            ("*@example.*", "*@example.*"),
            ("ada@example.*", "ada@example.*"),
            ("ada@*.org", "ada@*.org"),
            ("＊@example.org", "@example.org"),
            ("*＠example．org", "@example.org"),
            ("％@example.org", "@example.org"),
            ("ada.*@example.org", "ada*@example.org"),
            ("*.ada@example.org", "*.ada@example.org"),
            ("*", "!"),
            ("*@*", "!"),
            ("@*", "!"),
            ("%", "!"),
            ("%@%", "!"),
            ("?", "!"),
            ("a?a@example.org", "!"),
            ("a***@example.org", "!"),
            ("***@***.org", "!"),
            ("*example.org", "!"),
            ("example\\.org$", "!"),
            ("^(ada|bob)@example\\.org$", "!"),
            ("%ada@example.org", "!"),
            ("* @example.org", "!"),
            ("ada@example.org", "-"),
            ("user%host@example.org", "-"),
            ("a/b@example.org", "-"),
            ("ada+x@example.org", "-"),
            ("Ada <ada@example.org>", "-"),
            ("mailto:ada@example.org?subject=x", "-"),
            ("@example.org", "-"),
            ("example.org", "-"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn patterns_fit() {
        assert!(fits("ada+*@example.org", "ada+news@example.org"));
        assert!(fits("ada@*", "ada@mail.example.org"));
        assert!(fits("*@example.*", "ada@example.org"));
        assert!(!fits("ada+*@example.org", "ada@example.org"));
        assert!(!fits("*@mail*.example.org", "ada@example.org"));
    }
}
