//! One record: whether receivers can read it, and whether it holds the key (RFC 6376 §3.2, §3.6.1).

use data_encoding::BASE64;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;

use crate::campaign::Problem;
use crate::message::PublicKey;
use crate::words::{Said, say};

use super::super::answers::short;

/// Whether a text is the record of a key, or was meant to be one.
pub(super) fn is_near(text: &str) -> bool {
    let bare = text.trim_start_matches(['"', '\'', ' ', '\t']);
    let starts = |with: &str| {
        bare.get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let spaceless: String = bare.chars().filter(|c| !c.is_whitespace()).take(6).collect();
    match spaceless.to_ascii_lowercase().as_str() {
        "v=dkim" | "v:dkim" => true,
        // SPF, DMARC: a wildcard's.
        other if other.starts_with("v=") => false,
        _ => value(text, "p").is_some() || starts("p=") || starts("k="),
    }
}

/// What is wrong with the only record at a name, for this key.
pub(super) fn judged(name: &str, record: &str, key: Option<&PublicKey>) -> Option<Problem> {
    if let Some(why) = fault(record) {
        return Some(invalid(name, record, why));
    }
    let published = value(record, "p").unwrap_or_default();
    if published.is_empty() {
        return Some(Problem::warning(say!("check-dkim-revoked", name = name)).code("dkim-record-revoked"));
    }
    let lost = key.and_then(|key| mistaken(&published, key));
    if let Some(why) = lost {
        return Some(
            Problem::warning(say!("check-dkim-damaged", name = name, why = why)).code("dkim-record-differs"),
        );
    }
    if let Some(key) = key {
        let kind = value(record, "k").unwrap_or_else(|| "rsa".to_owned());
        if !kind.eq_ignore_ascii_case(key.kind().name()) {
            return Some(
                Problem::warning(say!(
                    "check-dkim-kind",
                    name = name,
                    kind = kind,
                    own = key.kind().name()
                ))
                .code("dkim-record-differs"),
            );
        }
    }
    let readable = DomainKey::parse(record.as_bytes()).is_ok();
    let octets = BASE64.decode(published.as_bytes()).ok().filter(|_| readable);
    let Some(octets) = octets else {
        return Some(invalid(name, record, no_key(&published)));
    };
    let key = key?;
    (!key.is(&octets))
        .then(|| Problem::warning(say!("check-dkim-differs", name = name)).code("dkim-record-differs"))
}

fn invalid(name: &str, record: &str, why: Said) -> Problem {
    Problem::warning(say!(
        "check-dkim-invalid",
        name = name,
        record = short(record),
        why = why
    ))
    .code("dkim-record-invalid")
}

/// Why its tags do not make a record.
fn fault(record: &str) -> Option<Said> {
    let trimmed = record.trim();
    if trimmed.starts_with('"') || trimmed.ends_with('"') {
        return Some(say!("check-dkim-why-quotes"));
    }
    if record.contains('\\') {
        return Some(say!("check-dkim-why-backslashes"));
    }
    let mut names: Vec<&str> = Vec::new();
    for part in record.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((name, _)) = part.split_once('=') else {
            return Some(say!("check-dkim-why-no-equals", part = short(part)));
        };
        let name = name.trim();
        if names.contains(&name) {
            return Some(say!("check-dkim-why-twice", tag = name));
        }
        names.push(name);
    }
    if let Some(version) = value(record, "v") {
        if version != "DKIM1" {
            return Some(match version.get(..5) {
                Some("DKIM1") => say!("check-dkim-why-semicolon"),
                _ => say!("check-dkim-why-version"),
            });
        }
        if names.first() != Some(&"v") {
            return Some(say!("check-dkim-why-first"));
        }
    }
    if !names.contains(&"p") {
        let large = names.contains(&"P");
        return Some(if large {
            say!("check-dkim-why-capital")
        } else {
            say!("check-dkim-why-no-key")
        });
    }
    let listed = |tag: &str, one_of: &[&str]| {
        value(record, tag).is_none_or(|list| list.split(':').any(|item| one_of.contains(&item)))
    };
    if !listed("h", &["sha256"]) {
        return Some(say!("check-dkim-why-hash"));
    }
    if !listed("s", &["*", "email"]) {
        return Some(say!("check-dkim-why-service"));
    }
    None
}

/// Whether letters are, or begin, the half of a key that nobody may see: PKCS#1 and PKCS#8 have a
/// version in front, which no public key has.
pub(super) fn is_private(record: &str) -> bool {
    let letters = value(record, "p").unwrap_or_default();
    let letters = letters.trim_start_matches("-----BEGINRSAPRIVATEKEY-----");
    let letters = letters.trim_start_matches("-----BEGINPRIVATEKEY-----");
    let start = letters.get(..12).map(|start| BASE64.decode(start.as_bytes()));
    matches!(
        start.and_then(Result::ok).as_deref(),
        Some([0x30, 0x82, _, _, 2, 1, 0, ..] | [0x30, _, 2, 1, 0, ..])
    )
}

/// Why letters are not a key.
fn no_key(published: &str) -> Said {
    if published.contains("-----") {
        say!("check-dkim-why-file-lines")
    } else if published.contains(['-', '_']) {
        say!("check-dkim-why-base64")
    } else {
        say!("check-dkim-why-no-base64")
    }
}

/// What happened to the campaign's key on its way into the record.
pub(super) fn mistaken(published: &str, key: &PublicKey) -> Option<Said> {
    key.published().iter().find_map(|ours| {
        let lost = ours.len().checked_sub(published.len());
        if let Some(lost @ 1..) = lost.filter(|_| published.len() > 20 && ours.ends_with(published)) {
            // The name of the algorithm may be left out, which is the beginning as well.
            return (!key.published().iter().any(|whole| whole == published))
                .then(|| say!("check-dkim-why-beginning", lost = lost, all = ours.len()));
        }
        if published.len() == 2 * ours.len() && published.replace(ours, "").is_empty() {
            return Some(say!("check-dkim-why-doubled"));
        }
        let around = published.replacen(ours, "", 1);
        if !around.is_empty() && around.len() < published.len() && !around.contains("-----") {
            let whole = key.published().iter().any(|whole| whole == published);
            let text = short(&around);
            return (!whole).then(|| {
                if published.starts_with(ours) {
                    say!("check-dkim-why-behind", text = text)
                } else {
                    say!("check-dkim-why-before", text = text)
                }
            });
        }
        (ours.contains('+') && ours.replace('+', "") == published).then(|| say!("check-dkim-why-plus"))
    })
}

/// The value of a tag, without spaces.
pub(super) fn value(record: &str, tag: &str) -> Option<String> {
    record.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        (name.trim() == tag).then(|| value.chars().filter(|c| !c.is_whitespace()).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_a_record_none_is_named() {
        for (record, why) in [
            ("v=DKIM1; k=rsa; p=AAAA", ""),
            (" v = DKIM1 ; p = AA AA ; ", ""),
            ("p=AAAA", ""),
            ("v=DKIM1; t=s; n=a note; p=AAAA;", ""),
            ("v=DKIM1; h=sha1 : sha256; s=*; p=AAAA", ""),
            ("p=AAAA; v=DKIM1", "first"),
            ("k=rsa; v=DKIM1; p=AAAA", "first"),
            ("v=DKIM1 k=rsa; p=AAAA", "semicolon"),
            ("v=dkim1; p=AAAA", "capitals"),
            ("v=DKIM2; p=AAAA", "v=DKIM1"),
            ("v=DKIM1, k=rsa, p=AAAA", "semicolon"),
            ("v=DKIM1; k=rsa", "no p="),
            ("v=DKIM1; P=AAAA", "small"),
            ("v=DKIM1; p=AAAA; p=AAAA", "twice"),
            ("v=DKIM1; rsa; p=AAAA", "no `=`"),
            ("\"v=DKIM1; p=AAAA\"", "quotes"),
            ("v=DKIM1\\; p=AAAA", "backslashes"),
            ("v=DKIM1; h=sha1; p=AAAA", "h="),
            ("v=DKIM1; s=web; p=AAAA", "s="),
        ] {
            assert!(is_near(record), "{record}");
            let told = fault(record);
            assert_eq!(told.is_none(), why.is_empty(), "{record}: {told:?}");
            assert!(told.is_none_or(|told| told.to_string().contains(why)), "{record}");
        }
        for other in [
            "v=spf1 -all",
            "google-site-verification=p",
            "v=DMARC1; p2=none",
            "",
        ] {
            assert!(!is_near(other), "{other}");
        }
    }
}
