//! `server = "smtps://smtp.uni.example"`: where a relay listens and how the connection to it is
//! protected.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::{ParseError, Url};

use crate::smtp::Security;

use super::hidden;
use super::wrong::Wrong;
use crate::words::{Said, say};

/// A relay's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Host name as A-labels, or an IP address without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// `smtps` is implicit TLS, `smtp` STARTTLS, `smtp+plain` neither.
    pub security: Security,
}

impl Server {
    /// Whether the host can only be this machine.
    pub fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}

impl FromStr for Server {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let schemes = [
            ("smtps", Security::ImplicitTls, 465),
            ("smtp", Security::StartTls, 587),
            ("smtp+plain", Security::Plaintext, 25),
        ];
        Ok(Self::located(text, &schemes, &|| say!("campaign-server-forms"))?.0)
    }
}

impl Server {
    /// The server of a URL that has one of these schemes, and which.
    pub(super) fn located(
        text: &str,
        schemes: &[(&'static str, Security, u16)],
        forms: &dyn Fn() -> Said,
    ) -> Result<(Self, &'static str), Wrong> {
        let wrong = |what: Said| Wrong::new(what).help(forms());
        let not_a_url = || say!("campaign-server-not-a-url", written = hidden::server(text));
        let login = || say!("campaign-server-login-in-url");
        if !text.contains("://") {
            return Err(wrong(if has_login(text) { login() } else { not_a_url() }));
        }
        let url = Url::parse(text).map_err(|error| {
            wrong(if has_login(text) {
                login()
            } else {
                because(text, error)
            })
        })?;
        let scheme = schemes.iter().find(|(scheme, ..)| *scheme == url.scheme());
        let Some((scheme, security, port)) = scheme else {
            return Err(wrong(say!("campaign-server-scheme", scheme = url.scheme())));
        };
        if !url.username().is_empty() || url.password().is_some() || has_login(text) {
            return Err(wrong(login()));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(say!("campaign-server-more")));
        }
        let host = url
            .host_str()
            .unwrap_or_default()
            .trim_start_matches('[')
            .trim_end_matches(']');
        if host.is_empty() {
            return Err(wrong(say!("campaign-server-no-host")));
        }
        let host = if host.parse::<IpAddr>().is_ok() {
            host.to_owned()
        } else {
            let not_a_name = || wrong(say!("campaign-server-bad-host", host = hidden::server(host)));
            // Special-scheme hosts only are parsed by the URL standard; ours come percent-encoded.
            let bytes: Vec<u8> = percent_decode(host);
            let name = String::from_utf8(bytes).map_err(|_| not_a_name())?;
            let ascii = idna::domain_to_ascii_strict(&name).or_else(|_| idna::domain_to_ascii(&name));
            // The second way accepts what cannot be a name: a colon with a password behind it.
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
            let ascii = ascii.ok().filter(|ascii| ascii.chars().all(fits));
            ascii.ok_or_else(not_a_name)?
        };
        let server = Self {
            host,
            port: url.port().unwrap_or(*port),
            security: *security,
        };
        Ok((server, scheme))
    }
}

/// A login in front of the host, however it is written.
fn has_login(text: &str) -> bool {
    text.contains(['@', '＠']) || text.contains("%40")
}

/// What the URL library says, in words of ours.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "kinds without words of ours show the library's"
)]
fn because(text: &str, error: ParseError) -> Said {
    let why = match error {
        ParseError::EmptyHost => say!("campaign-server-no-host"),
        ParseError::InvalidPort => say!("campaign-server-bad-port"),
        ParseError::IdnaError
        | ParseError::InvalidDomainCharacter
        | ParseError::InvalidIpv4Address
        | ParseError::InvalidIpv6Address => say!("campaign-server-bad-host-character"),
        other => say!("campaign-server-other", own = other.to_string()),
    };
    say!(
        "campaign-server-not-a-url-because",
        written = hidden::server(text),
        why = why
    )
}

fn percent_decode(text: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(text).collect()
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::ImplicitTls => "smtps",
            Security::StartTls => "smtp",
            Security::Plaintext => "smtp+plain",
        };
        if self.host.contains(':') {
            write!(f, "{scheme}://[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{scheme}://{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_and_their_ports() {
        for (text, shown) in [
            ("smtps://smtp.uni.example", "smtps://smtp.uni.example:465"),
            ("smtp://smtp.uni.example", "smtp://smtp.uni.example:587"),
            ("smtp+plain://127.0.0.1:2525", "smtp+plain://127.0.0.1:2525"),
            ("smtp+plain://[::1]:2525", "smtp+plain://[::1]:2525"),
            ("smtps://邮件.example", "smtps://xn--5nq051n.example:465"),
        ] {
            assert_eq!(
                text.parse::<Server>().map(|s| s.to_string()),
                Ok(shown.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn no_password_is_shown_of_what_is_no_relay() {
        for text in [
            "smtps://ada:secret@host:99999",
            "ada:secret@host",
            "ada:secret@host:587",
            "ada:secret",
            "smtps://ada:secret",
            "smtps://ada%3Asecret",
            "smtps://ada%3Asecret%40host",
            "smtps://ada:se/secret@host",
            "smtps://ada:#secret@host",
            "smtps：//ada：secret＠host",
            "https://ada:secret@host",
            "smtps://host?secret",
            "smtps://host:465:ada:secret",
            "smtps://host ada secret",
            "smtps://ada:secret@[::1",
        ] {
            let error = text.parse::<Server>().unwrap_err();
            assert!(
                !format!("{error} {error:?}").contains("secret"),
                "{text}: {error:?}"
            );
        }
    }

    #[test]
    fn what_is_no_relay_is_refused_with_words() {
        for (text, word) in [
            ("smtp.uni.example", "smtps://"),
            ("http://uni.example", "http"),
            ("smtps://ada:secret@uni.example", "password"),
            ("smtps://uni.example/inbox", "follow"),
            ("smtps://", "smtps://HOST"),
        ] {
            let error = text.parse::<Server>().unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
