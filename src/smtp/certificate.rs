//! What can be wrong with TLS before the conversation begins: the relay's certificate, or the
//! settings of this machine. Only sentences; nothing is checked here.

use super::fingerprint::Fingerprint;

/// TLS cannot be set up on this machine, or with this CA.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlsSetupError {
    /// The extra CA file contains something that is not a certificate.
    #[error("the CA file cannot be read as PEM certificates: {0}")]
    BadCa(String),
    /// The extra CA holds no certificate at all.
    #[error("the CA file holds no certificate; it needs a block \"-----BEGIN CERTIFICATE-----\"")]
    EmptyCa,
    /// No certificate authority is known.
    #[error(
        "this machine has no CA certificates to check a relay with ({0}); \
         install them (on Debian the package ca-certificates) or name the relay's CA as ca_file"
    )]
    NoCaStore(String),
    /// The TLS library has no usable ciphers.
    #[error("TLS cannot be set up: {0}")]
    NoTls(String),
}

/// What is wrong with a relay's certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// It was valid until then.
    #[error("the relay's certificate expired{}", day(" on ", *.0))]
    Expired(Option<jiff::Timestamp>),
    /// It becomes valid then.
    #[error("the relay's certificate is not valid before {}; is this machine's clock right?", day("", *.0))]
    NotYetValid(Option<jiff::Timestamp>),
    /// It belongs to other names.
    #[error("the relay's certificate is not for {expected}{}", names(presented))]
    WrongName {
        /// The host the session was opened to.
        expected: String,
        /// The names in the certificate, where they are known.
        presented: Vec<String>,
    },
    /// It names no host in the way that counts.
    #[error(
        "the relay's certificate names no host (it has no subjectAltName; a name in its subject alone \
         has not counted since RFC 6125)"
    )]
    NoNames,
    /// It is of the oldest form, without extensions.
    #[error(
        "the relay's certificate is of X.509 version 1, which nobody takes any more; \
         it needs a new one (version 3, with a subjectAltName)"
    )]
    OldVersion,
    /// Its key, or that of a CA above it, is too short.
    #[error(
        "the relay's certificate, or the CA above it, has an RSA key of {0} bits, and 2048 are the least; it needs a new one"
    )]
    WeakKey(usize),
    /// It is not the one that is trusted.
    #[error(
        "the relay's certificate is another one than `tls_fingerprint` names: it is {presented}, not {pinned}"
    )]
    OtherFingerprint {
        /// The one that was named.
        pinned: Fingerprint,
        /// The one that the relay has.
        presented: Fingerprint,
    },
    /// Nobody this machine trusts has signed it, or it has signed itself.
    #[error(
        "the relay's certificate is signed by an unknown CA or by itself; \
         if it is the relay of your own house, name its CA as ca_file"
    )]
    UnknownIssuer,
    /// A CA's own certificate is used as a server's.
    #[error(
        "the relay presents a CA certificate as its own; \
         it needs a server certificate signed by that CA"
    )]
    CaAsServer,
    /// Its issuer took it back.
    #[error("the relay's certificate has been revoked")]
    Revoked,
    /// Anything else, in the words of the TLS library.
    #[error("the relay's certificate is not acceptable: {0}")]
    Other(String),
}

fn day(before: &str, when: Option<jiff::Timestamp>) -> String {
    when.map_or_else(String::new, |when| {
        format!("{before}{}", when.strftime("%Y-%m-%d"))
    })
}

fn names(presented: &[String]) -> String {
    if presented.is_empty() {
        String::new()
    } else {
        format!(", it is for {}", presented.join(", "))
    }
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
        assert_eq!(unknown.to_string(), "the relay's certificate expired");
    }
}
