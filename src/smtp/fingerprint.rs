//! The fingerprint of a certificate: SHA-256 over its octets, as openssl and msmtp show it.

use std::fmt;
use std::str::FromStr;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};

use crate::words::{Said, Speak, say};

/// SHA-256 of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

/// Why a text is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum NoFingerprint {
    /// It is one of another kind.
    OtherHash,
    /// It is not 64 hexadecimal digits.
    Malformed,
}

impl Speak for NoFingerprint {
    fn said(&self) -> Said {
        match self {
            Self::OtherHash => say!("smtp-fingerprint-other-hash"),
            Self::Malformed => say!("smtp-fingerprint-malformed"),
        }
    }
}

impl Fingerprint {
    pub(super) fn of(certificate: &[u8]) -> Fingerprint {
        Fingerprint(Sha256::digest(certificate).into())
    }
}

/// With or without `sha256:` before it, colons, blanks and capitals.
impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Fingerprint, NoFingerprint> {
        let lower = text.to_ascii_lowercase();
        // openssl writes "sha256 Fingerprint=AB:CD".
        let digits = lower
            .rsplit_once('=')
            .map_or(&*lower, |(_, digits)| digits)
            .trim();
        let digits = digits.strip_prefix("sha-256").unwrap_or(digits);
        let digits = digits.strip_prefix("sha256").unwrap_or(digits);
        let digits: String = digits.chars().filter(|c| !matches!(c, ':' | ' ' | '-')).collect();
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let old = lower.starts_with("sha1:") || lower.starts_with("md5:");
        if old || (hex && matches!(digits.len(), 32 | 40)) {
            return Err(NoFingerprint::OtherHash);
        }
        let octets = HEXLOWER_PERMISSIVE.decode(digits.as_bytes());
        let octets = octets.map_err(|_| NoFingerprint::Malformed)?;
        octets
            .try_into()
            .map(Fingerprint)
            .map_err(|_| NoFingerprint::Malformed)
    }
}

/// As the campaign file has it: `sha256:` and 64 digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", HEXLOWER.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_programs_show_it() {
        let shown = Fingerprint::of(b"x").to_string();
        let digits = shown.strip_prefix("sha256:").unwrap().to_owned();
        let pairs: Vec<_> = digits
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair))
            .collect();
        let colons = pairs.join(":").to_uppercase();
        for text in [
            shown.clone(),
            digits.clone(),
            colons.clone(),
            format!("SHA256:{colons}"),
            format!("sha256 Fingerprint={colons}"),
            format!(" sha-256:{digits} "),
        ] {
            assert_eq!(text.parse(), Ok(Fingerprint::of(b"x")), "{text}");
        }
        assert_eq!(
            "ab".repeat(20).parse::<Fingerprint>(),
            Err(NoFingerprint::OtherHash)
        );
        assert_eq!(
            "ab".repeat(31).parse::<Fingerprint>(),
            Err(NoFingerprint::Malformed)
        );
        assert_eq!("".parse::<Fingerprint>(), Err(NoFingerprint::Malformed));
    }
}
