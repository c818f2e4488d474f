//! What a relay says it can do: the keywords of its reply to EHLO (RFC 5321 §4.1.1.1).
//!
//! Keywords are accepted in any case, as RFC 5321 §2.4 requires, and unknown or odd ones are
//! ignored: a relay's announcement is never a reason to fail. What follows from a missing keyword
//! is decided where it is needed.

use super::endpoint::AuthMechanism;
use super::reply::Reply;

/// The extensions a relay offers on this connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The largest message in bytes (SIZE, RFC 1870); `None` where no limit is announced.
    pub size: Option<u64>,
    /// SIZE is offered, with or without a limit: MAIL may say how large the message is.
    pub size_declared: bool,
    /// PIPELINING (RFC 2920).
    pub pipelining: bool,
    /// 8BITMIME (RFC 6152).
    pub eight_bit_mime: bool,
    /// SMTPUTF8 (RFC 6531).
    pub smtp_utf8: bool,
    /// STARTTLS (RFC 3207).
    pub starttls: bool,
    /// DSN (RFC 3461).
    pub dsn: bool,
    /// ENHANCEDSTATUSCODES (RFC 2034).
    pub enhanced_status_codes: bool,
    /// Messages that this connection takes (LIMITS, RFC 9422); `None` where it does not say.
    pub mail_max: Option<u32>,
    /// Something on the way blots out keywords (`XXXXXXXA`), as firewalls do that inspect SMTP.
    pub masked: bool,
    /// The AUTH mechanisms in the relay's order, in capitals, also those not spoken here.
    pub auth: Vec<String>,
}

impl Capabilities {
    /// From a positive reply to EHLO. The first line is the relay's name, not a keyword; only
    /// what can be no name counts there, for a few relays forget it.
    pub(super) fn from_ehlo(reply: &Reply) -> Capabilities {
        let mut offered = Capabilities::default();
        for (number, line) in reply.text().split('\n').enumerate() {
            let keyword = line.split([' ', '=', ':']).next().unwrap_or_default();
            let nobodys_name = ["AUTH", "STARTTLS", "PIPELINING", "8BITMIME", "SMTPUTF8"];
            if number > 0 || nobodys_name.contains(&keyword.to_ascii_uppercase().as_str()) {
                offered.note(line);
            }
        }
        offered
    }

    fn note(&mut self, line: &str) {
        // `AUTH=LOGIN` is how relays announced it before RFC 2554, and some still say both.
        // A comma or a colon is nobody's standard, and what some say.
        let mut words = line
            .split([' ', '=', ',', ';', ':'])
            .filter(|word| !word.is_empty());
        let keyword = words.next().unwrap_or_default().to_ascii_uppercase();
        match keyword.as_str() {
            "SIZE" => {
                self.size_declared = true;
                self.size = words
                    .next()
                    .and_then(|limit| limit.parse().ok())
                    .filter(|limit| *limit > 0);
            }
            "LIMITS" => {
                let mut after = words.skip_while(|word| !word.eq_ignore_ascii_case("MAILMAX"));
                let most = after.nth(1).and_then(|most| most.parse().ok());
                self.mail_max = most.filter(|most| *most > 0);
            }
            "PIPELINING" => self.pipelining = true,
            "8BITMIME" => self.eight_bit_mime = true,
            "SMTPUTF8" => self.smtp_utf8 = true,
            "STARTTLS" => self.starttls = true,
            "DSN" => self.dsn = true,
            "ENHANCEDSTATUSCODES" => self.enhanced_status_codes = true,
            masked if masked.starts_with("XXX") => self.masked = true,
            "AUTH" => {
                for mechanism in words.map(str::to_ascii_uppercase) {
                    if !self.auth.contains(&mechanism) {
                        self.auth.push(mechanism);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the relay offers to log in this way.
    #[must_use]
    pub fn offers(&self, mechanism: AuthMechanism) -> bool {
        self.auth.iter().any(|name| name == mechanism.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(lines: &str) -> Capabilities {
        Capabilities::from_ehlo(&Reply::new(250, None, lines))
    }

    #[test]
    fn keywords_count_in_any_case_and_the_greeting_does_not() {
        let found = offered("DSN\npipelining\n8BitMime\nSmtpUtf8\nstarttls\nenhancedStatusCodes\nSIZE 10");
        let expected = Capabilities {
            size: Some(10),
            size_declared: true,
            pipelining: true,
            eight_bit_mime: true,
            smtp_utf8: true,
            starttls: true,
            enhanced_status_codes: true,
            ..Capabilities::default()
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_size_of_zero_or_nonsense_is_no_limit() {
        for line in ["SIZE", "SIZE 0", "SIZE lots", "SIZE 99999999999999999999999"] {
            let found = offered(&format!("relay\n{line}"));
            assert_eq!((found.size, found.size_declared), (None, true), "{line}");
        }
    }

    #[test]
    fn a_connection_says_how_many_messages_it_takes() {
        for (line, most) in [
            ("LIMITS MAILMAX=20", Some(20)),
            ("LIMITS RCPTMAX=100 MAILMAX=1000", Some(1000)),
            ("limits mailmax=7 rcptdomainmax=1", Some(7)),
            ("LIMITS RCPTMAX=100", None),
            ("LIMITS MAILMAX=0", None),
            ("LIMITS MAILMAX", None),
            ("LIMITS", None),
        ] {
            assert_eq!(offered(&format!("relay\n{line}")).mail_max, most, "{line}");
        }
    }

    #[test]
    fn mechanisms_are_gathered_from_both_spellings() {
        let found = offered("relay\nauth plain Login\nAUTH=LOGIN X-OTHER\nX-AUTH EXTERNAL");
        assert_eq!(found.auth, ["PLAIN", "LOGIN", "X-OTHER"]);
        assert!(found.offers(AuthMechanism::Login) && !found.offers(AuthMechanism::XOAuth2));
        for line in [
            "AUTH LOGIN,PLAIN",
            "AUTH: LOGIN PLAIN",
            "AUTH:LOGIN PLAIN",
            "AUTH  LOGIN PLAIN ",
        ] {
            assert_eq!(
                offered(&format!("relay\n{line}")).auth,
                ["LOGIN", "PLAIN"],
                "{line}"
            );
            assert_eq!(offered(line).auth, ["LOGIN", "PLAIN"], "{line}");
        }
    }

    #[test]
    fn a_masking_firewall_is_seen() {
        assert!(offered("relay\nXXXXXXXA\nSIZE 10").masked);
        assert!(offered("relay\nXXXXXXXX").masked);
        assert!(!offered("relay\nX-LINK2STATE\nXEXCH50\nXRDST").masked);
    }
}
