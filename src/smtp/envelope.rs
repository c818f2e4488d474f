//! Where a message goes, as commands: MAIL, RCPT, DATA (RFC 5321 §3.3).
//!
//! Extensions that a relay did not offer are not used: SIZE, BODY and SMTPUTF8 follow its EHLO, and
//! a message that it cannot take is stopped here, before MAIL, where this costs nothing. SMTPUTF8
//! is requested only if an address needs it, because a relay may pass such a message only to
//! servers that support it. International domains do not need it: they are sent as A-labels (RFC
//! 5891). Reports of delivery (RFC 3461) are optional: if the relay does not support them, the
//! message is sent without.

use lettre::Address;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{MailBodyParameter, MailParameter, RcptParameter};

use super::capabilities::Capabilities;
use crate::words::{Said, Speak, say};

/// Who a message is from and to, for the relay (RFC 5321 §2.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The return path; `None` for the null path `<>`.
    pub from: Option<Address>,
    /// The recipients; the first is the one whose refusal stops the message.
    pub to: Vec<Address>,
    /// The bytes of the content with CRLF line ends, before dot-stuffing (RFC 1870 §3).
    pub size: usize,
    /// Whether the content has bytes beyond ASCII and so needs 8BITMIME.
    pub eight_bit: bool,
    /// Whether its header has them, as an address there may, and so needs SMTPUTF8 (RFC 6532).
    pub utf8_header: bool,
    /// The reports asked for, where the relay offers DSN.
    pub reports: Option<Reports>,
}

/// What the relay is asked to report, and of which message (RFC 3461 §4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    /// The value of NOTIFY: `FAILURE,DELAY`, or `NEVER`.
    pub notify: &'static str,
    /// The value of RET: `FULL` or `HDRS`.
    pub ret: &'static str,
    /// The value of ENVID, before it is written as xtext; a report brings it back.
    pub envelope_id: String,
}

/// Why a message was not even offered to the relay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum Unsuitable {
    /// It is over the relay's announced limit.
    TooLarge {
        /// Bytes of content.
        size: u64,
        /// The relay's SIZE.
        limit: u64,
    },
    /// An address has characters beyond ASCII before the @.
    NeedsSmtpUtf8(Address),
    /// One that is only named in the header has them.
    HeaderNeedsSmtpUtf8,
    /// The content has bytes beyond ASCII.
    Needs8BitMime,
    /// An address cannot be said in SMTP.
    BadAddress(String),
    /// There is nobody to send to.
    NoRecipient,
}

impl Speak for Unsuitable {
    fn said(&self) -> Said {
        match self {
            Self::TooLarge { size, limit } => say!("smtp-unsuitable-too-large", size = *size, limit = *limit),
            Self::NeedsSmtpUtf8(address) => {
                say!(
                    "smtp-unsuitable-address-beyond-ascii",
                    address = address.to_string()
                )
            }
            Self::HeaderNeedsSmtpUtf8 => say!("smtp-unsuitable-header-beyond-ascii"),
            Self::Needs8BitMime => say!("smtp-unsuitable-eight-bit"),
            Self::BadAddress(address) => say!("smtp-unsuitable-bad-address", address = address),
            Self::NoRecipient => say!("smtp-unsuitable-no-recipient"),
        }
    }
}

impl Unsuitable {
    /// Whether no relay could take the message, whatever it offers.
    #[must_use]
    pub fn is_of_the_message(&self) -> bool {
        matches!(self, Self::BadAddress(_) | Self::NoRecipient)
    }
}

/// MAIL, each RCPT, DATA; or why this relay cannot take the message.
pub(super) fn commands(envelope: &Envelope, offered: &Capabilities) -> Result<Vec<String>, Unsuitable> {
    if envelope.to.is_empty() {
        return Err(Unsuitable::NoRecipient);
    }
    let from = envelope.from.as_ref().map(sayable).transpose()?;
    let to: Vec<Address> = envelope.to.iter().map(sayable).collect::<Result<_, _>>()?;
    let mut parameters = Vec::new();
    if offered.size_declared {
        parameters.push(MailParameter::Size(envelope.size));
    }
    let size = envelope.size as u64;
    if let Some(limit) = offered.size.filter(|limit| size > *limit) {
        return Err(Unsuitable::TooLarge { size, limit });
    }
    let international = from.iter().chain(&to).find(|a| !a.user().is_ascii());
    if !offered.smtp_utf8 {
        if let Some(address) = international {
            return Err(Unsuitable::NeedsSmtpUtf8(address.clone()));
        }
        if envelope.utf8_header {
            return Err(Unsuitable::HeaderNeedsSmtpUtf8);
        }
    }
    if envelope.eight_bit {
        if !offered.eight_bit_mime {
            return Err(Unsuitable::Needs8BitMime);
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    if international.is_some() || envelope.utf8_header {
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let reports = envelope.reports.as_ref().filter(|_| offered.dsn);
    if let Some(reports) = reports {
        parameters.push(mail_parameter("RET", reports.ret));
        parameters.push(mail_parameter("ENVID", &reports.envelope_id));
    }
    let mail = Mail::new(from, parameters).to_string();
    let rcpt = to.into_iter().map(|address| {
        let wanted = reports.map(|reports| wanted_of(&address, reports));
        Rcpt::new(address, wanted.unwrap_or_default()).to_string()
    });
    Ok(std::iter::once(mail)
        .chain(rcpt)
        .chain(std::iter::once(Data.to_string()))
        .collect())
}

fn mail_parameter(keyword: &str, value: &str) -> MailParameter {
    MailParameter::Other {
        keyword: keyword.to_owned(),
        value: Some(value.to_owned()),
    }
}

/// NOTIFY and ORCPT of one recipient; lettre writes the values as xtext.
fn wanted_of(address: &Address, reports: &Reports) -> Vec<RcptParameter> {
    let parameter = |keyword: &str, value: String| RcptParameter::Other {
        keyword: keyword.to_owned(),
        value: Some(value),
    };
    let mut wanted = vec![parameter("NOTIFY", reports.notify.to_owned())];
    // One beyond ASCII is of another type (RFC 6533), which few relays know.
    if address.user().is_ascii() {
        wanted.push(parameter("ORCPT", format!("rfc822;{address}")));
    }
    wanted
}

/// The address as it goes on the wire, its domain in A-labels. An `Address` may have been made
/// without lettre's checks, so what could end the path or the line is looked for here again.
fn sayable(address: &Address) -> Result<Address, Unsuitable> {
    let bad = || Unsuitable::BadAddress(address.to_string().escape_default().to_string());
    let (user, domain) = (address.user(), address.domain());
    let quoted = user.len() >= 2 && user.starts_with('"') && user.ends_with('"');
    let breaks_out = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>');
    let user_breaks_out = |c: char| c.is_control() || (!quoted && breaks_out(c));
    if user.is_empty() || user.contains(user_breaks_out) || domain.contains(breaks_out) {
        return Err(bad());
    }
    if domain.is_ascii() {
        return Ok(address.clone());
    }
    let ascii = idna::domain_to_ascii(domain).map_err(|_| bad())?;
    Ok(Address::new_dangerous(user, ascii))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(from: Option<&str>, to: &str) -> Envelope {
        Envelope {
            from: from.map(|text| text.parse().unwrap()),
            to: vec![to.parse().unwrap()],
            size: 100,
            eight_bit: false,
            utf8_header: false,
            reports: None,
        }
    }

    fn mail(envelope: &Envelope, offered: &Capabilities) -> String {
        commands(envelope, offered).unwrap()[0].clone()
    }

    #[test]
    fn parameters_are_said_only_where_offered() {
        let mut plain = envelope(Some("a@example.org"), "b@example.org");
        let nothing = Capabilities::default();
        let all = Capabilities {
            size_declared: true,
            eight_bit_mime: true,
            smtp_utf8: true,
            ..Capabilities::default()
        };
        assert_eq!(mail(&plain, &nothing), "MAIL FROM:<a@example.org>\r\n");
        assert_eq!(mail(&plain, &all), "MAIL FROM:<a@example.org> SIZE=100\r\n");
        plain.eight_bit = true;
        assert_eq!(commands(&plain, &nothing), Err(Unsuitable::Needs8BitMime));
        assert_eq!(
            mail(&plain, &all),
            "MAIL FROM:<a@example.org> SIZE=100 BODY=8BITMIME\r\n"
        );
        plain.utf8_header = true;
        let eight_bit = Capabilities {
            eight_bit_mime: true,
            ..Capabilities::default()
        };
        assert_eq!(commands(&plain, &eight_bit), Err(Unsuitable::HeaderNeedsSmtpUtf8));
        assert!(mail(&plain, &all).ends_with(" BODY=8BITMIME SMTPUTF8\r\n"));
        let null = envelope(None, "\u{738b}@\u{4f8b}\u{5b50}.example");
        assert!(matches!(
            commands(&null, &nothing),
            Err(Unsuitable::NeedsSmtpUtf8(_))
        ));
        let said = commands(&null, &all).unwrap();
        assert_eq!(said[0], "MAIL FROM:<> SIZE=100 SMTPUTF8\r\n");
        assert_eq!(said[1], "RCPT TO:<\u{738b}@xn--fsqu00a.example>\r\n");
        let idn = envelope(None, "b@\u{4f8b}\u{5b50}.example");
        assert_eq!(
            commands(&idn, &nothing).unwrap()[1],
            "RCPT TO:<b@xn--fsqu00a.example>\r\n"
        );
    }

    #[test]
    fn reports_are_asked_for_where_they_are_offered() {
        let mut message = envelope(Some("a@example.org"), "b+c@example.org");
        message.reports = Some(Reports {
            notify: "FAILURE,DELAY",
            ret: "HDRS",
            envelope_id: "x1+y=".to_owned(),
        });
        let offered = Capabilities {
            dsn: true,
            ..Capabilities::default()
        };
        let said = commands(&message, &offered).unwrap();
        assert_eq!(said[0], "MAIL FROM:<a@example.org> RET=HDRS ENVID=x1+2By+3D\r\n");
        assert_eq!(
            said[1],
            "RCPT TO:<b+c@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b+2Bc@example.org\r\n"
        );
        let said = commands(&message, &Capabilities::default()).unwrap();
        assert_eq!(
            said[..2],
            ["MAIL FROM:<a@example.org>\r\n", "RCPT TO:<b+c@example.org>\r\n"]
        );
    }

    #[test]
    fn a_message_over_the_limit_is_not_offered() {
        let limit = |size| Capabilities {
            size: Some(size),
            size_declared: true,
            ..Capabilities::default()
        };
        let message = envelope(None, "b@example.org");
        assert!(commands(&message, &limit(100)).is_ok());
        let refused = commands(&message, &limit(99));
        assert_eq!(refused, Err(Unsuitable::TooLarge { size: 100, limit: 99 }));
    }

    #[test]
    fn an_address_cannot_add_a_command() {
        for (user, domain) in [
            ("a\r\nRSET", "example.org"),
            ("a", "example.org\r\nRSET"),
            ("a> <b", "example.org"),
            ("a", "example.org> SIZE=1"),
            ("\"a\r\n\"", "example.org"),
            ("", "example.org"),
        ] {
            let mut message = envelope(None, "b@example.org");
            message.to = vec![Address::new_dangerous(user, domain)];
            let refused = commands(&message, &Capabilities::default());
            assert!(
                matches!(refused, Err(Unsuitable::BadAddress(_))),
                "{user:?}@{domain:?}"
            );
        }
        assert!(commands(&envelope(None, "\"a b\"@example.org"), &Capabilities::default()).is_ok());
    }
}
