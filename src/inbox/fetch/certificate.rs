//! What is wrong with the certificate of a mail server. What the client of relays says speaks of relays.

use crate::smtp::CertificateProblem;
use crate::words::{Arg, Said, say};

pub(super) fn said(problem: &CertificateProblem) -> Said {
    use CertificateProblem::{
        CaAsServer, Expired, NoNames, NotYetValid, OldVersion, Other, OtherFingerprint, Revoked,
        UnknownIssuer, WeakKey, WrongName,
    };
    match problem {
        Expired(Some(when)) => say!(
            "inbox-fetch-certificate-expired",
            day = when.strftime("%Y-%m-%d").to_string()
        ),
        Expired(None) => say!("inbox-fetch-certificate-is-expired"),
        NotYetValid(_) => say!("inbox-fetch-certificate-not-yet"),
        WrongName { expected, presented } if !presented.is_empty() => say!(
            "inbox-fetch-certificate-other-names",
            expected = expected,
            presented = Arg::commas(presented)
        ),
        WrongName { .. } | NoNames => say!("inbox-fetch-certificate-no-name"),
        OtherFingerprint { pinned, presented } => say!(
            "inbox-fetch-certificate-other",
            presented = presented.to_string(),
            pinned = pinned.to_string()
        ),
        UnknownIssuer => say!("inbox-fetch-certificate-unknown"),
        CaAsServer => say!("inbox-fetch-certificate-ca"),
        Revoked => say!("inbox-fetch-certificate-revoked"),
        OldVersion | WeakKey(_) => say!("inbox-fetch-certificate-weak"),
        Other(own) => say!("inbox-fetch-certificate-wrong", own = own),
    }
}
