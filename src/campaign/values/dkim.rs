//! A signature of the messages (DKIM, RFC 6376): its domain, and where its key comes from. The code
//! that signs reads the key, not this one.

use super::place::Place;
use super::secret::SecretSource;

/// DNS allows no longer name.
const LONGEST_NAME: usize = 253;

/// A signature of the messages (DKIM, RFC 6376).
#[derive(Debug, Clone)]
pub struct DkimPlan {
    /// The domain that signs, as A-labels.
    pub domain: String,
    /// The name of its key.
    pub selector: String,
    /// Where the private key (PEM) comes from.
    pub key: SecretSource,
    /// Where the campaign asks for it.
    pub place: Place,
}

impl DkimPlan {
    /// The name of the DNS record with the public key.
    pub fn record(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }
}

/// A domain with at least two labels, as A-labels in small letters.
pub fn domain_name(written: &str) -> Option<String> {
    let name = idna::domain_to_ascii(written).ok()?;
    (name.contains('.') && labels(&name)).then_some(name)
}

/// A selector (RFC 6376 §3.1): one label or several.
pub fn selector_name(written: &str) -> Option<String> {
    labels(written).then(|| written.to_ascii_lowercase())
}

fn labels(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    name.len() <= LONGEST_NAME
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(inner)
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_the_dns_takes() {
        for (written, name) in [
            ("uni.example", Some("uni.example")),
            ("News.Uni.Example", Some("news.uni.example")),
            ("\u{4f8b}\u{5b50}.example", Some("xn--fsqu00a.example")),
            ("uni", None),
            ("", None),
            ("uni..example", None),
            ("uni.example.", None),
            ("registrar@uni.example", None),
            ("uni.example; x=1", None),
            ("-uni.example", None),
        ] {
            assert_eq!(domain_name(written).as_deref(), name, "{written}");
        }
        for (written, name) in [
            ("s1", Some("s1")),
            ("2026.Mail", Some("2026.mail")),
            ("", None),
            ("s 1", None),
            ("s1._domainkey.", None),
            ("s1;", None),
        ] {
            assert_eq!(selector_name(written).as_deref(), name, "{written}");
        }
    }
}
