//! A DMARC record as receivers read it (RFC 9989 §4.7, §4.8).

/// Letters that its parts may have around them.
const BLANK: [char; 2] = [' ', '\t'];

/// The tags there are; others are ignored.
const KNOWN: [&str; 11] = [
    "v", "p", "sp", "np", "t", "psd", "adkim", "aspf", "rua", "ruf", "fo",
];

/// The tags that hold a policy.
const POLICIES: [&str; 3] = ["p", "sp", "np"];

/// What receivers are asked to do with what nothing speaks for, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Policy {
    None,
    Quarantine,
    Reject,
}

impl Policy {
    fn read(value: &str) -> Option<Self> {
        let all = [
            ("none", Self::None),
            ("quarantine", Self::Quarantine),
            ("reject", Self::Reject),
        ];
        let mut known = all.into_iter();
        known
            .find(|(name, _)| value.eq_ignore_ascii_case(name))
            .map(|(_, policy)| policy)
    }

    /// What becomes of a policy that is only tested (t=y).
    fn milder(self) -> Self {
        match self {
            Self::Reject => Self::Quarantine,
            Self::Quarantine | Self::None => Self::None,
        }
    }
}

/// Why receivers do not do what a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has no policy, and nobody to report to.
    NoPolicy,
    /// The value of this tag is not a policy.
    NotAPolicy(String),
    /// This tag is there twice.
    Twice(String),
}

/// A text that receivers take for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// As it is published.
    pub(super) text: String,
    /// In their order, names in small letters, `v` among them.
    tags: Vec<(String, String)>,
}

impl Record {
    /// The record that this text is: `v=DMARC1` comes first, to the letter.
    pub(super) fn read(text: &str) -> Option<Self> {
        let tags: Vec<_> = text.split(';').filter_map(tag).collect();
        let (name, version) = tags.first()?;
        let first = text.split(';').next().and_then(tag)?;
        let right = name == "v" && version == "DMARC1" && first.0 == "v" && !text.starts_with(BLANK);
        right.then(|| Self {
            text: text.to_owned(),
            tags,
        })
    }

    fn value(&self, tag: &str) -> Option<&str> {
        let found = self.tags.iter().find(|(name, _)| name == tag);
        found.map(|(_, value)| value.as_str())
    }

    fn says(&self, tag: &str, value: &str) -> bool {
        self.value(tag)
            .is_some_and(|said| said.eq_ignore_ascii_case(value))
    }

    /// psd=y: a registry, below which each name is an organisation of its own.
    pub(super) fn of_registry(&self) -> bool {
        self.says("psd", "y")
    }

    /// psd=n: an organisation of its own, whatever is published above it.
    pub(super) fn of_organisation(&self) -> bool {
        self.says("psd", "n")
    }

    /// Signatures count only when they are of exactly the sender's domain.
    pub(super) fn strict_signature(&self) -> bool {
        self.says("adkim", "s")
    }

    /// Return paths count only when they are at exactly the sender's domain.
    pub(super) fn strict_return_path(&self) -> bool {
        self.says("aspf", "s")
    }

    /// Whether it names an address for reports; then an unknown policy counts as `none`.
    pub(super) fn reports(&self) -> bool {
        self.value("rua").is_some_and(|list| list.split(',').any(is_uri))
    }

    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<Fault> {
        let twice = self.tags.iter().enumerate().find(|(i, (name, _))| {
            let before = self.tags.get(..*i).unwrap_or_default();
            KNOWN.contains(&name.as_str()) && before.iter().any(|(earlier, _)| earlier == name)
        });
        if let Some((_, (name, _))) = twice {
            return Some(Fault::Twice(name.clone()));
        }
        for tag in POLICIES {
            if let Some(value) = self.value(tag)
                && Policy::read(value).is_none()
            {
                return Some(Fault::NotAPolicy(format!("{tag}={value}")));
            }
        }
        (self.value("p").is_none() && !self.reports()).then_some(Fault::NoPolicy)
    }

    /// What it asks for at the domain itself, or (`below`) at those below it; `None` where receivers
    /// leave it aside, or do not agree on what it says.
    pub(super) fn asks(&self, below: bool) -> Option<Policy> {
        match self.fault() {
            None => {}
            Some(Fault::NotAPolicy(_)) if self.reports() => return Some(Policy::None),
            Some(Fault::NotAPolicy(_) | Fault::NoPolicy | Fault::Twice(_)) => return None,
        }
        let own = self.value("p").and_then(Policy::read).unwrap_or(Policy::None);
        let policy = self
            .value("sp")
            .filter(|_| below)
            .and_then(Policy::read)
            .unwrap_or(own);
        Some(if self.says("t", "y") {
            policy.milder()
        } else {
            policy
        })
    }

    /// The record without its faults, which asks for nothing that it did not ask for.
    pub(super) fn mended(&self) -> Option<Self> {
        Self::read(&self.mended_text())
    }

    fn mended_text(&self) -> String {
        let mut tags: Vec<(String, String)> = Vec::new();
        for (name, value) in self.tags.iter().flat_map(|(name, value)| whole(name, value)) {
            let earlier = tags.iter_mut().find(|(earlier, _)| *earlier == name);
            match earlier.map(|(_, kept)| kept) {
                None => tags.push((name, value)),
                Some(kept) if name == "rua" || name == "ruf" => *kept = format!("{kept},{value}"),
                Some(kept) if POLICIES.contains(&name.as_str()) => {
                    if Policy::read(&value) < Policy::read(kept) {
                        *kept = value;
                    }
                }
                Some(_) => {}
            }
        }
        if !tags.iter().any(|(name, _)| name == "p") {
            tags.insert(1.min(tags.len()), ("p".to_owned(), "none".to_owned()));
        }
        let written: Vec<_> = tags
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        written.join("; ")
    }
}

/// A tag with a value that is right, and another one where `;` between them was forgotten.
fn whole(name: &str, value: &str) -> Vec<(String, String)> {
    let as_it_is = vec![(name.to_owned(), value.to_owned())];
    if !POLICIES.contains(&name) || Policy::read(value).is_some() {
        return as_it_is;
    }
    let (first, more) = value.split_once([' ', '\t', ',']).unwrap_or((value, ""));
    let bare = first.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let policy = if Policy::read(bare).is_some() {
        bare
    } else {
        "none"
    };
    let mut tags = vec![(name.to_owned(), policy.to_owned())];
    tags.extend(tag(more));
    tags
}

/// The name and the value of one part.
fn tag(part: &str) -> Option<(String, String)> {
    let (name, value) = part.split_once('=')?;
    Some((
        name.trim_matches(BLANK).to_ascii_lowercase(),
        value.trim_matches(BLANK).to_owned(),
    ))
}

/// Whether reports can be sent there, as far as its form says.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.trim_matches(BLANK).split_once(':') else {
        return false;
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || ['+', '-', '.'].contains(&c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(fits)
        && !rest.is_empty()
        && !rest.contains(BLANK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_with_the_version_is_a_record() {
        for (text, is) in [
            ("v=DMARC1; p=none", true),
            ("v = DMARC1 ;p=none;;", true),
            ("V=DMARC1", true),
            ("v=dmarc1; p=none", false),
            ("v=DMARC10; p=none", false),
            ("v=DMARC1 p=none", false),
            ("v=DMARC1,p=none", false),
            (" v=DMARC1; p=none", false),
            ("; v=DMARC1; p=none", false),
            ("x; v=DMARC1; p=none", false),
            ("p=none; v=DMARC1", false),
            ("\"v=DMARC1; p=none\"", false),
            ("", false),
        ] {
            assert_eq!(Record::read(text).is_some(), is, "{text}");
        }
    }

    #[test]
    fn what_it_asks_for_is_read_as_receivers_do() {
        use Policy::{None as Nothing, Quarantine, Reject};
        // Of the domain, of one below it, and the text without its fault.
        for (tags, own, below, mended) in [
            ("p=reject", Some(Reject), Some(Reject), "p=reject"),
            (
                "p=Reject; sp=NONE",
                Some(Reject),
                Some(Nothing),
                "p=Reject; sp=NONE",
            ),
            (
                "p=reject; t=y",
                Some(Quarantine),
                Some(Quarantine),
                "p=reject; t=y",
            ),
            (
                "p=none; sp=quarantine; t=y",
                Some(Nothing),
                Some(Nothing),
                "p=none; sp=quarantine; t=y",
            ),
            (
                "p=reject; t=yes; adkim=strict",
                Some(Reject),
                Some(Reject),
                "p=reject; t=yes; adkim=strict",
            ),
            ("p=blocked", None, None, "p=none"),
            (
                "p=blocked; rua=dmarc@uni.example",
                None,
                None,
                "p=none; rua=dmarc@uni.example",
            ),
            (
                "p=blocked; rua=mailto:a@b.example",
                Some(Nothing),
                Some(Nothing),
                "p=none; rua=mailto:a@b.example",
            ),
            (
                "p=reject; sp=no; rua=x, https://a.example",
                Some(Nothing),
                Some(Nothing),
                "p=reject; sp=none; rua=x, https://a.example",
            ),
            (
                "p=none rua=mailto:a@b.example",
                None,
                None,
                "p=none; rua=mailto:a@b.example",
            ),
            ("p=", None, None, "p=none"),
            ("p=\"reject\"", None, None, "p=reject"),
            ("p=reject, sp=none", None, None, "p=reject; sp=none"),
            ("np=all; p=none", None, None, "np=none; p=none"),
            ("sp=reject", None, None, "p=none; sp=reject"),
            (
                "rua=mailto:a@b.example!10m",
                Some(Nothing),
                Some(Nothing),
                "p=none; rua=mailto:a@b.example!10m",
            ),
            ("p=reject; p=none", None, None, "p=none"),
            (
                "p=none; rua=mailto:a@b; rua=mailto:c@d",
                None,
                None,
                "p=none; rua=mailto:a@b,mailto:c@d",
            ),
            ("p=none; x=1; x=2", Some(Nothing), Some(Nothing), "p=none; x=1"),
        ] {
            let record = Record::read(&format!("v=DMARC1; {tags}")).unwrap();
            assert_eq!((record.asks(false), record.asks(true)), (own, below), "{tags}");
            assert_eq!(record.mended().unwrap().text, format!("v=DMARC1; {mended}"));
        }
    }
}
