//! What can be wrong with TLS before the conversation begins: the relay's certificate, or the
//! settings of this machine. Only sentences; nothing is checked here.

use super::fingerprint::Fingerprint;
use crate::words::{Arg, Said, Speak, say};

/// TLS cannot be set up on this machine, or with this CA.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum TlsSetupError {
    /// The extra CA file contains something that is not a certificate.
    BadCa(String),
    /// The extra CA holds no certificate at all.
    EmptyCa,
    /// No certificate authority is known.
    NoCaStore(String),
    /// The TLS library has no usable ciphers.
    NoTls(String),
}

/// What is wrong with a relay's certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum CertificateProblem {
    /// It was valid until then.
    Expired(Option<jiff::Timestamp>),
    /// It becomes valid then.
    NotYetValid(Option<jiff::Timestamp>),
    /// It belongs to other names.
    WrongName {
        /// The host the session was opened to.
        expected: String,
        /// The names in the certificate, where they are known.
        presented: Vec<String>,
    },
    /// It names no host in the way that counts.
    NoNames,
    /// It is of the oldest form, without extensions.
    OldVersion,
    /// Its key, or that of a CA above it, is too short.
    WeakKey(usize),
    /// It is not the one that is trusted.
    OtherFingerprint {
        /// The one that was named.
        pinned: Fingerprint,
        /// The one that the relay has.
        presented: Fingerprint,
    },
    /// Nobody this machine trusts has signed it, or it has signed itself.
    UnknownIssuer,
    /// A CA's own certificate is used as a server's.
    CaAsServer,
    /// Its issuer took it back.
    Revoked,
    /// Anything else, in the words of the TLS library.
    Other(String),
}

impl Speak for TlsSetupError {
    fn said(&self) -> Said {
        match self {
            Self::BadCa(own) => say!("smtp-tls-bad-ca", own = own),
            Self::EmptyCa => say!("smtp-tls-empty-ca"),
            Self::NoCaStore(own) => say!("smtp-tls-no-ca-store", own = own),
            Self::NoTls(own) => say!("smtp-tls-not-set-up", own = own),
        }
    }
}

impl Speak for CertificateProblem {
    fn said(&self) -> Said {
        match self {
            Self::Expired(None) => say!("smtp-certificate-expired"),
            Self::Expired(Some(when)) => say!("smtp-certificate-expired-on", day = day(*when)),
            Self::NotYetValid(None) => say!("smtp-certificate-not-yet-valid"),
            Self::NotYetValid(Some(when)) => say!("smtp-certificate-not-valid-before", day = day(*when)),
            Self::WrongName { expected, presented } if presented.is_empty() => {
                say!("smtp-certificate-wrong-name", expected = expected)
            }
            Self::WrongName { expected, presented } => say!(
                "smtp-certificate-other-names",
                expected = expected,
                presented = Arg::commas(presented)
            ),
            Self::NoNames => say!("smtp-certificate-no-names"),
            Self::OldVersion => say!("smtp-certificate-old-version"),
            Self::WeakKey(bits) => say!("smtp-certificate-weak-key", bits = Arg::plain(bits)),
            Self::OtherFingerprint { pinned, presented } => say!(
                "smtp-certificate-other-fingerprint",
                presented = presented.to_string(),
                pinned = pinned.to_string()
            ),
            Self::UnknownIssuer => say!("smtp-certificate-unknown-issuer"),
            Self::CaAsServer => say!("smtp-certificate-ca-as-server"),
            Self::Revoked => say!("smtp-certificate-revoked"),
            Self::Other(own) => say!("smtp-certificate-other", own = own),
        }
    }
}

fn day(when: jiff::Timestamp) -> String {
    when.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_said_in_words() {
        let expired = CertificateProblem::Expired(jiff::Timestamp::from_second(86_400).ok());
        assert_eq!(
            expired.to_string(),
            "the relay's certificate expired on 1970-01-02"
        );
        let unknown = CertificateProblem::Expired(None);
        assert_eq!(unknown.to_string(), "the relay's certificate has expired");
    }
}
