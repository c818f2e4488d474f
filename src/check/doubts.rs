//! Domains and local parts that were probably not meant, and why.

use crate::words::{Said, say};

use super::lookalike::{LookAlike, in_ascii, look_alike};
use super::typos::{is_known, meant, of_label};

/// Why a name was hardly meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A typing error of a well-known domain.
    Typo(String),
    /// No dot is in it; with the well-known domain it may be the beginning of.
    Dotless(Option<&'static str>),
    /// No top-level domain is like this one.
    End(String),
    /// It looks like something else.
    LookAlike(LookAlike),
}

impl Doubt {
    /// What is in doubt of a domain, which is in A-labels.
    pub(super) fn of_domain(domain: &str) -> Option<Self> {
        let domain = domain.to_ascii_lowercase();
        if domain.starts_with('[') || domain == "localhost" {
            return None;
        }
        let Some((_, end)) = domain.rsplit_once('.') else {
            return Some(Self::Dotless(of_label(&domain)));
        };
        if let Some(meant) = meant(&domain) {
            return Some(Self::Typo(meant));
        }
        // RFC 3696 §2: letters, two at least, or the A-label of some.
        let a_label = end.starts_with("xn--");
        if end.len() < 2 || !(a_label || end.bytes().all(|octet| octet.is_ascii_alphabetic())) {
            return Some(Self::End(end.to_owned()));
        }
        if !domain.contains("xn--") {
            return None;
        }
        let (shown, _) = idna::domain_to_unicode(&domain);
        if let Some(found) = look_alike(&shown, !a_label) {
            return Some(Self::LookAlike(found));
        }
        // `gmáil.com`, `gmaıl.com`: of one script, and like a name that everybody knows.
        let letter = shown.chars().find(|c| !c.is_ascii())?;
        let meant = in_ascii(&shown).filter(|meant| is_known(meant));
        meant.map(|meant| {
            Self::LookAlike(LookAlike {
                meant: Some(meant),
                letter,
            })
        })
    }

    /// What is in doubt of the part before the @.
    pub(super) fn of_local(local: &str, domain: &str) -> Option<Self> {
        if local.is_ascii() {
            return None;
        }
        // In one script it is a person's name; beside Latin letters it is a key of the other
        // keyboard.
        let latin = !domain.contains("xn--") && local.contains(|c: char| c.is_ascii_alphabetic());
        look_alike(local, latin).map(Self::LookAlike)
    }

    /// What was likely meant.
    pub(super) fn meant(&self) -> Option<&str> {
        match self {
            Self::Typo(meant) => Some(meant),
            Self::Dotless(meant) => *meant,
            Self::End(_) => None,
            Self::LookAlike(found) => found.meant.as_deref(),
        }
    }

    /// Whether it is no doubt where many are at a domain: machines of one's own network have names
    /// without dots, and a domain of many was not mistyped by all of them.
    pub(super) fn yields(&self) -> bool {
        match self {
            Self::Typo(_) | Self::Dotless(None) => true,
            Self::Dotless(Some(_)) | Self::End(_) | Self::LookAlike(_) => false,
        }
    }

    /// In words, of what is shown as `name`.
    pub(super) fn said(&self, name: &str) -> Said {
        match self {
            Self::Typo(meant) => say!("check-typo", name = name, meant = meant),
            Self::Dotless(None) => say!("check-no-dot", name = name),
            Self::Dotless(Some(meant)) => say!("check-no-dot-meant", name = name, meant = *meant),
            Self::End(end) => say!("check-no-such-end", name = name, end = end),
            Self::LookAlike(LookAlike { meant, letter }) => {
                let code = format!("U+{:04X}", u32::from(*letter));
                match meant {
                    Some(meant) => say!(
                        "check-looks-like",
                        name = name,
                        meant = meant,
                        letter = *letter,
                        code = code
                    ),
                    None => say!("check-mixed-scripts", name = name, letter = *letter, code = code),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_in_doubt_and_those_that_are_not() {
        for (domain, meant) in [
            ("gmail", Some("gmail.com")),
            ("mailhost", None),
            ("example.o", None),
            ("example.c0m", Some("example.com")),
            ("example.1a", None),
            ("xn--exmple-4nf.org", Some("example.org")),
            ("xn--gmil-6na.com", Some("gmail.com")),
        ] {
            let doubt = Doubt::of_domain(domain).unwrap_or_else(|| panic!("{domain}"));
            assert_eq!(doubt.meant(), meant, "{domain}");
        }
        for domain in [
            "localhost",
            "[192.0.2.1]",
            "example.org",
            "students.uni.example",
            "xn--mnchen-3ya.example",
            "xn--fsqu00a.xn--0zwm56d",
            "xn--d1abbgf6aiiy.xn--p1ai",
            "example.xn--p1ai",
            "cern.ch",
            "printer.local",
        ] {
            assert_eq!(Doubt::of_domain(domain), None, "{domain}");
        }
    }
}
