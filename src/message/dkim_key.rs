//! The keys of signatures: read from PEM, created, and their public halves as the DNS holds them
//! (RFC 6376 §3.6.1, RFC 8463).

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::error::KeyRejected;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use data_encoding::BASE64;
use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey, Sha256};
use rustls_pki_types::{PrivateKeyDer, pem};
use secrecy::SecretString;

use crate::words::{Said, Speak, say, spoken};

/// RFC 8301 asks for 2048 bits, which the library asks for too, and nobody is
/// obliged to verify with more than this.
const MOST_BITS: usize = 4096;

/// `1.3.101.112`, the algorithm of an Ed25519 key in PKCS#8 (RFC 8410).
const ED25519_OID: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];

/// PKCS#8 of an Ed25519 key, all but the 32 octets of the key.
const ED25519_PKCS8: &[u8] = &[
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// What kind of key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA of 2048 bits, which every receiver verifies.
    Rsa,
    /// Ed25519: smaller and faster, and not verified everywhere.
    Ed25519,
}

impl KeyKind {
    /// What the DNS calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
        }
    }
}

/// Why a text is not a key that can sign; never contains a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// It contains no private key.
    NoKey,
    /// The other half.
    Public,
    /// A passphrase protects it.
    Encrypted,
    /// Another algorithm's.
    Kind,
    /// Nobody would trust it.
    Short,
    /// Nobody would verify it.
    Long,
    /// Inside the PEM.
    Damaged(Said),
    /// No key can be made.
    NotMade(String),
}

impl Speak for KeyError {
    fn said(&self) -> Said {
        match self {
            Self::NoKey => say!("message-key-none"),
            Self::Public => say!("message-key-public"),
            Self::Encrypted => say!("message-key-encrypted"),
            Self::Kind => say!("message-key-kind"),
            Self::Short => say!("message-key-short"),
            Self::Long => say!("message-key-long"),
            Self::Damaged(why) => say!("message-key-damaged", why = why.clone()),
            Self::NotMade(why) => say!("message-key-not-made", own = why),
        }
    }
}

spoken!(KeyError);

impl std::error::Error for KeyError {}

/// The half of a key that everybody may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: KeyKind,
    /// SubjectPublicKeyInfo for RSA, the bare key for Ed25519.
    octets: Vec<u8>,
}

/// The text of the TXT record.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.name();
        write!(f, "v=DKIM1; k={kind}; p={}", BASE64.encode(&self.octets))
    }
}

impl PublicKey {
    /// Of the private key in this text.
    ///
    /// # Errors
    /// There is none to sign with.
    pub fn of(private: &str) -> Result<Self, KeyError> {
        Ok(read(private)?.1)
    }

    /// Its kind.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The value of `p=` in its record; for RSA also without the name of its algorithm.
    pub fn published(&self) -> Vec<String> {
        let bare = self.octets.get(RSA_NAMED..).filter(|_| self.kind == KeyKind::Rsa);
        [Some(self.octets.as_slice()), bare]
            .into_iter()
            .flatten()
            .map(|octets| BASE64.encode(octets))
            .collect()
    }

    /// Whether the value of `p=` in a record is this key: for RSA also without the name of its
    /// algorithm, as in RFC 6376.
    pub fn is(&self, octets: &[u8]) -> bool {
        // It ends the named one: SubjectPublicKeyInfo is the algorithm's name, and then this.
        let bare = || {
            let length = self.octets.len().checked_sub(RSA_NAMED);
            length == Some(octets.len()) && self.octets.ends_with(octets)
        };
        self.octets == octets || (self.kind == KeyKind::Rsa && bare())
    }
}

/// Octets that name the algorithm in front of an RSA key, of each length that signs (RFC 8017 A.1).
const RSA_NAMED: usize = 24;

/// Makes a key, as PKCS#8 in PEM.
///
/// # Errors
/// The system has no randomness to give.
pub fn generate(kind: KeyKind) -> Result<SecretString, KeyError> {
    let failed = |why: &dyn fmt::Display| KeyError::NotMade(why.to_string());
    match kind {
        KeyKind::Rsa => {
            let key = KeyPair::generate(KeySize::Rsa2048).map_err(|why| failed(&why))?;
            let der: Pkcs8V1Der<'_> = key.as_der().map_err(|why| failed(&why))?;
            Ok(armoured(der.as_ref()))
        }
        KeyKind::Ed25519 => {
            let mut key = [0; 32];
            getrandom::fill(&mut key).map_err(|why| failed(&why))?;
            Ok(armoured(&[ED25519_PKCS8, &key].concat()))
        }
    }
}

/// As PEM, in lines of 64 (RFC 7468).
fn armoured(der: &[u8]) -> SecretString {
    let mut pem = "-----BEGIN PRIVATE KEY-----\n".to_owned();
    // 48 octets are 64 characters.
    for line in der.chunks(48) {
        BASE64.encode_append(line, &mut pem);
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    SecretString::from(pem)
}

/// The private key in a text, and its public half.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enums may grow")]
pub(super) fn read(text: &str) -> Result<(DkimKey, PublicKey), KeyError> {
    // What was never a key must not be taken for a damaged one.
    if !text.contains("-----BEGIN ") {
        return Err(KeyError::NoKey);
    }
    if text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    let mut other = KeyError::NoKey;
    for section in <(pem::SectionKind, Vec<u8>) as pem::PemObject>::pem_slice_iter(text.as_bytes()) {
        let (kind, der) = section.map_err(|why| match why {
            pem::Error::MissingSectionEnd { .. } => KeyError::Damaged(say!("message-key-no-end")),
            _ => KeyError::Damaged(say!("message-key-no-base64")),
        })?;
        match kind {
            pem::SectionKind::RsaPrivateKey => return rsa_key(KeyPair::from_der(&der), &der),
            pem::SectionKind::PrivateKey => return pkcs8_key(&der),
            pem::SectionKind::PublicKey => other = KeyError::Public,
            pem::SectionKind::EcPrivateKey => return Err(KeyError::Kind),
            _ => {}
        }
    }
    // Of a kind that PEM has a name of its own for.
    if text.contains("PRIVATE KEY-----") {
        return Err(KeyError::Kind);
    }
    if text.contains("-----BEGIN RSA PUBLIC KEY-----") {
        other = KeyError::Public;
    }
    Err(other)
}

fn pkcs8_key(der: &[u8]) -> Result<(DkimKey, PublicKey), KeyError> {
    // The algorithm is at the beginning, in all versions.
    let head = der.get(..der.len().min(16)).unwrap_or_default();
    if memchr::memmem::find(head, ED25519_OID).is_some() {
        let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(der)
            .map_err(|why| KeyError::Damaged(say!("message-key-other", own = why.to_string())))?;
        let public = PublicKey {
            kind: KeyKind::Ed25519,
            octets: key.public_key(),
        };
        return Ok((DkimKey::Ed25519(key), public));
    }
    rsa_key(KeyPair::from_pkcs8(der), der)
}

/// The key in `der`, which the library has read already.
fn rsa_key(read: Result<KeyPair, KeyRejected>, der: &[u8]) -> Result<(DkimKey, PublicKey), KeyError> {
    let damaged =
        |why: &dyn fmt::Display| KeyError::Damaged(say!("message-key-other", own = why.to_string()));
    let read = read.map_err(|why| match why.description_() {
        "TooSmall" => KeyError::Short,
        "TooLarge" => KeyError::Long,
        "WrongAlgorithm" => KeyError::Kind,
        _ => KeyError::Damaged(say!("message-key-parts")),
    })?;
    if read.public_modulus_len() * 8 > MOST_BITS {
        return Err(KeyError::Long);
    }
    let public: PublicKeyX509Der<'_> = read.public_key().as_der().map_err(|why| damaged(&why))?;
    let public = PublicKey {
        kind: KeyKind::Rsa,
        octets: public.as_ref().to_vec(),
    };
    let der = PrivateKeyDer::try_from(der).map_err(|why| damaged(&why))?;
    let key = RsaKey::<Sha256>::from_key_der(der).map_err(|why| damaged(&why))?;
    Ok((DkimKey::Rsa(key), public))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_key_that_was_made_is_one() {
        for (kind, length) in [(KeyKind::Ed25519, 44), (KeyKind::Rsa, 392)] {
            let made = generate(kind).unwrap();
            let public = PublicKey::of(made.expose_secret()).unwrap();
            assert_eq!(public.kind(), kind);
            let record = public.to_string();
            let (_, key) = record.split_once("; p=").unwrap();
            assert_eq!(key.len(), length, "{record}");
            assert_ne!(
                PublicKey::of(generate(kind).unwrap().expose_secret()).unwrap(),
                public
            );
        }
    }

    #[test]
    fn the_public_half_is_the_known_one() {
        // RFC 8463 A.1 and A.2.
        let der = [
            ED25519_PKCS8,
            &BASE64
                .decode(b"nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
                .unwrap(),
        ]
        .concat();
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            BASE64.encode(&der)
        );
        assert_eq!(
            PublicKey::of(&pem).unwrap().to_string(),
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
        );
    }

    #[test]
    fn what_is_no_key_is_told_apart() {
        let key = generate(KeyKind::Ed25519).unwrap();
        let key = key.expose_secret();
        let armoured = |kind: &str, der: &[u8]| {
            format!(
                "-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n",
                BASE64.encode(der)
            )
        };
        // secp256r1, and then nothing.
        let ec = [
            0x30, 0x18, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
            0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
        ];
        for (text, error) in [
            (String::new(), KeyError::NoKey),
            ("hunter2".to_owned(), KeyError::NoKey),
            (armoured("CERTIFICATE", b"x"), KeyError::NoKey),
            (armoured("PUBLIC KEY", b"x"), KeyError::Public),
            (armoured("RSA PUBLIC KEY", b"x"), KeyError::Public),
            (armoured("ENCRYPTED PRIVATE KEY", b"x"), KeyError::Encrypted),
            (armoured("EC PRIVATE KEY", b"x"), KeyError::Kind),
            (armoured("OPENSSH PRIVATE KEY", b"x"), KeyError::Kind),
        ] {
            assert_eq!(PublicKey::of(&text).unwrap_err(), error, "{text}");
        }
        let ec = PublicKey::of(&armoured("PRIVATE KEY", &ec)).unwrap_err();
        assert!(matches!(ec, KeyError::Kind | KeyError::Damaged(_)), "{ec}");
        for text in [
            armoured("PRIVATE KEY", b"x"),
            armoured("RSA PRIVATE KEY", b"x"),
            key.replace("MC4", "M*4"),
            key.replace("-----END PRIVATE KEY-----", ""),
            armoured("PRIVATE KEY", ED25519_PKCS8),
        ] {
            let error = PublicKey::of(&text).unwrap_err();
            assert!(matches!(error, KeyError::Damaged(_)), "{error}: {text}");
        }
        let beside = format!("{}{key}", armoured("CERTIFICATE", b"x"));
        assert!(PublicKey::of(&beside).is_ok());
    }
}
