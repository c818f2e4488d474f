//! The part of an address that is the same for every message.

/// The domain of a mailbox template, as A-labels, where it is the same for
/// everybody: also that of `bounce+{{ id }}@example.org`.
pub(super) fn constant_domain(text: &str) -> Option<String> {
    let address = match text.rsplit_once('<') {
        Some((_, address)) => address.split_once('>')?.0,
        None => text,
    };
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim();
    if domain.is_empty() || domain.contains(['{', '}', '[', ' ', '|', '"']) {
        return None;
    }
    idna::domain_to_ascii(domain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_constant_when_nothing_is_filled_into_it() {
        for (text, domain) in [
            ("Registrar <registrar@uni.example>", Some("uni.example")),
            ("registrar@Uni.Example", Some("uni.example")),
            ("bounce+{{ id }}@bounces.example", Some("bounces.example")),
            ("{{ name }} <{{ id }}@bounces.example>", Some("bounces.example")),
            ("office@bücher.example", Some("xn--bcher-kva.example")),
            ("{{ sender }}", None),
            ("a@{{ domain }}", None),
            ("{{ 'a@b' }}", None),
            ("a@{{ faculty }}.uni.example", None),
            ("a@[192.0.2.1]", None),
            ("", None),
        ] {
            assert_eq!(constant_domain(text).as_deref(), domain, "{text}");
        }
    }
}
