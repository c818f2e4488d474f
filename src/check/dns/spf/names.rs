//! The names in an SPF record, and the macros in them (RFC 7208 §7.1, §7.2).

use crate::words::{Said, say};

/// Characters of a label, and of a name, at most.
const LONGEST: (usize, usize) = (63, 253);

/// A name that a term holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// None is written: that of the record.
    Own,
    /// The same for every message, in small letters and without a dot at its end.
    Fixed(String),
    /// Another one for each message (a macro).
    Varies,
}

impl Name {
    /// Reads one; `Err`: why receivers cannot.
    pub(super) fn read(text: &str) -> Result<Self, Said> {
        let whole = spelled(text)?;
        let Spelled { fixed, tail } = whole;
        if let Some(tail) = tail {
            top_label(&tail)?;
        }
        Ok(match fixed {
            Some(name) => Self::Fixed(name.trim_end_matches('.').to_ascii_lowercase()),
            None => Self::Varies,
        })
    }

    /// The name in the record of this domain, where it is the same for every message.
    pub(super) fn in_record_of(&self, domain: &str) -> Option<String> {
        match self {
            Self::Own => Some(domain.to_owned()),
            Self::Fixed(name) => Some(name.clone()),
            Self::Varies => None,
        }
    }

    /// Why a host cannot have a name that receivers can read.
    pub(super) fn no_host(&self) -> Option<Said> {
        let Self::Fixed(name) = self else { return None };
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.contains('@') {
            Some(say!("check-spf-why-mailbox"))
        } else if !name.chars().all(fits) {
            Some(say!("check-spf-why-no-host"))
        } else if name.split('.').any(str::is_empty) {
            Some(say!("check-spf-why-empty-label"))
        } else if name.len() > LONGEST.1 || name.split('.').any(|label| label.len() > LONGEST.0) {
            Some(say!("check-spf-why-long"))
        } else {
            None
        }
    }
}

/// Whether receivers can read the macros of a text (of a modifier that nobody knows); `Err`: why not.
pub(super) fn readable(text: &str) -> Result<(), Said> {
    spelled(text).map(drop)
}

/// Whether a text asks for the name of the sending address (`%{p}`).
pub(super) fn by_pointer(text: &str) -> bool {
    text.to_ascii_lowercase().contains("%{p")
}

struct Spelled {
    /// The whole, where no macro makes it another for each message.
    fixed: Option<String>,
    /// The text after the last macro; `None` if that is the end.
    tail: Option<String>,
}

fn spelled(text: &str) -> Result<Spelled, Said> {
    let mut fixed = Some(String::new());
    let mut tail = Some(String::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if c != '%' {
            if !c.is_ascii_graphic() {
                return Err(say!("check-spf-why-character", character = c));
            }
            if let Some(fixed) = &mut fixed {
                fixed.push(c);
            }
            tail.get_or_insert_default().push(c);
            continue;
        }
        tail = None;
        let (stands_for, taken) = match rest.chars().next() {
            Some('%') => ("%", 1),
            Some('_') => (" ", 1),
            Some('-') => ("%20", 1),
            Some('{') => {
                let end = rest.find('}').ok_or_else(|| say!("check-spf-why-macro-open"))?;
                of_macro(rest.get(1..end).unwrap_or_default())?;
                fixed = None;
                ("", end + 1)
            }
            _ => return Err(say!("check-spf-why-percent")),
        };
        if let Some(fixed) = &mut fixed {
            fixed.push_str(stands_for);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    if text.is_empty() {
        return Err(say!("check-spf-why-name-missing"));
    }
    Ok(Spelled { fixed, tail })
}

/// The contents of `%{…}`: a letter, how many labels of it, whether reversed, what divides them.
fn of_macro(inner: &str) -> Result<(), Said> {
    let wrong = || Err(say!("check-spf-why-macro", name = format!("%{{{inner}}}")));
    let mut letters = inner.chars();
    match letters.next().map(|letter| letter.to_ascii_lowercase()) {
        Some('s' | 'l' | 'o' | 'd' | 'i' | 'p' | 'v' | 'h') => {}
        Some('c' | 'r' | 't') => {
            let name = format!("%{{{inner}}}");
            return Err(say!("check-spf-why-macro-exp", name = name));
        }
        _ => return wrong(),
    }
    let rest = letters.as_str();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = rest.split_at(digits);
    if !number.is_empty() && number.chars().all(|c| c == '0') {
        return wrong();
    }
    let rest = rest.strip_prefix(['r', 'R']).unwrap_or(rest);
    let divides = |c: char| matches!(c, '.' | '-' | '+' | ',' | '/' | '_' | '=');
    if rest.chars().all(divides) {
        Ok(())
    } else {
        wrong()
    }
}

/// The last label of a name is never all digits, and never the only one (§7.1).
fn top_label(tail: &str) -> Result<(), Said> {
    let tail = tail.strip_suffix('.').unwrap_or(tail);
    let Some((_, label)) = tail.rsplit_once('.') else {
        return Err(say!("check-spf-why-dot"));
    };
    let inner = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !label.is_empty() && label.chars().all(|c| c.is_ascii_digit()) {
        return Err(say!("check-spf-why-number"));
    }
    if label.is_empty() || !label.chars().all(inner) || label.starts_with('-') || label.ends_with('-') {
        return Err(say!("check-spf-why-end", label = label));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_receivers_do() {
        for (text, name) in [
            ("_spf.Example.ORG", Some("_spf.example.org")),
            ("mx.example.", Some("mx.example")),
            ("a%%b.example", Some("a%b.example")),
            ("x.xn--p1ai", Some("x.xn--p1ai")),
            ("x.3com", Some("x.3com")),
            ("mail@ok.example", Some("mail@ok.example")),
            ("%{d}", None),
            ("%{i}._spf.example", None),
            ("x.%{D2R.-+,/_=}", None),
            ("%{l1r+}.%{o}.example", None),
        ] {
            let expected = name.map_or(Name::Varies, |name| Name::Fixed(name.to_owned()));
            assert_eq!(Name::read(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            ".",
            "localhost",
            "localhost.",
            "192.0.2.1",
            "x.example-",
            "x.-example",
            "x..",
            "x.exa_mple",
            "x.example/24",
            "https://x.example/",
            "100%.example",
            "%{x}.example",
            "%{d.example",
            "%{d0}.example",
            "%{dx}.example",
            "%{t}.example",
            "%{i}example",
            "x.example:25",
            "bücher.example",
            "x.example%",
        ] {
            assert!(Name::read(text).is_err(), "{text}");
        }
    }
}
