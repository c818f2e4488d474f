//! Names: the relay's, as DNS and certificates want it, and the one we give in EHLO.

use std::net::IpAddr;

use lettre::transport::smtp::extension::ClientId;

use super::failure::Cause;

/// The host as DNS and certificates want it: A-labels, no brackets around an IPv6 address.
pub(super) fn ascii_host(host: &str) -> Option<String> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host);
    if bare.is_ascii() {
        let fits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_graphic());
        return fits.then(|| bare.to_owned());
    }
    idna::domain_to_ascii(bare).ok()
}

/// Who we say we are: the caller's name, else this machine's full name, else the address the
/// connection comes from (RFC 5321 §4.1.3, §4.1.4).
pub(super) fn client_id(chosen: Option<&str>, local: IpAddr) -> Result<ClientId, Cause> {
    if let Some(name) = chosen {
        let sayable = !name.is_empty() && name.len() <= 255 && name.bytes().all(|b| b.is_ascii_graphic());
        return if sayable {
            Ok(ClientId::Domain(name.to_owned()))
        } else {
            Err(Cause::BadEhloName(name.escape_default().to_string()))
        };
    }
    let machine = gethostname::gethostname();
    Ok(match machine.to_str().filter(|name| is_full_name(name)) {
        Some(name) => ClientId::Domain(name.to_owned()),
        None => match local.to_canonical() {
            IpAddr::V4(address) => ClientId::Ipv4(address),
            IpAddr::V6(address) => ClientId::Ipv6(address),
        },
    })
}

/// A host name with a domain that others could know; `localhost.localdomain` is nobody's.
fn is_full_name(name: &str) -> bool {
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253
        && name.contains('.')
        && name.split('.').all(label_fits)
        && !name.starts_with("localhost.")
        && !name.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_ascii_name_names_a_machine() {
        for name in ["mail.example.org", "a-1.example"] {
            assert!(is_full_name(name), "{name}");
        }
        for name in [
            "",
            "mail",
            "localhost.localdomain",
            "m\u{e4}il.example",
            "a..b",
            "-a.example",
            "a_b.example",
            "mail.",
            "192.0.2.1",
        ] {
            assert!(!is_full_name(name), "{name}");
        }
    }

    #[test]
    fn a_chosen_name_cannot_add_a_command() {
        let local = "192.0.2.1".parse().unwrap();
        for name in ["", "a b", "a\r\nRSET", "m\u{e4}il.example"] {
            assert!(
                matches!(client_id(Some(name), local), Err(Cause::BadEhloName(_))),
                "{name:?}"
            );
        }
        let literal = client_id(Some("[192.0.2.7]"), local).unwrap();
        assert_eq!(literal.to_string(), "[192.0.2.7]");
    }

    #[test]
    fn hosts_become_what_dns_knows() {
        assert_eq!(ascii_host("smtp.example").as_deref(), Some("smtp.example"));
        assert_eq!(ascii_host("[::1]").as_deref(), Some("::1"));
        assert_eq!(
            ascii_host("\u{90ae}\u{7bb1}.example").as_deref(),
            Some("xn--c0zu34b.example")
        );
        assert_eq!(ascii_host(""), None);
        assert_eq!(ascii_host("a b"), None);
    }
}
