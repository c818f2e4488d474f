//! `server = "smtps://smtp.uni.example"`: where a relay listens and how the connection to it is
//! protected.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::Url;

use crate::smtp::Security;

use super::wrong::Wrong;

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
        const FORMS: &str = "write smtps://HOST (TLS, port 465), smtp://HOST (STARTTLS, port 587) or smtp+plain://HOST (no TLS, port 25)";
        let wrong = |what: String| Wrong::new(what).help(FORMS);
        let not_a_name = |host: &str| Wrong::new(format!("`{host}` is not a host name"));
        if !text.contains("://") {
            return Err(wrong(format!("`{text}` is not a relay's URL")));
        }
        let url = Url::parse(text).map_err(|e| wrong(format!("`{text}` is not a relay's URL ({e})")))?;
        let (security, port) = match url.scheme() {
            "smtps" => (Security::ImplicitTls, 465),
            "smtp" => (Security::StartTls, 587),
            "smtp+plain" => (Security::Plaintext, 25),
            other => return Err(wrong(format!("`{other}://` is not a way to reach a relay"))),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Wrong::new(
                "the user name goes into `user`, the password into `password = { … }`, not into the URL",
            ));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(
                "nothing may follow the host and port of a relay".to_owned(),
            ));
        }
        let host = url
            .host_str()
            .unwrap_or_default()
            .trim_start_matches('[')
            .trim_end_matches(']');
        if host.is_empty() {
            return Err(wrong("the host is missing".to_owned()));
        }
        let host = if host.parse::<IpAddr>().is_ok() {
            host.to_owned()
        } else {
            // Special-scheme hosts only are taken apart by the URL standard; ours come percent-encoded.
            let bytes: Vec<u8> = percent_decode(host);
            let name = String::from_utf8(bytes).map_err(|_| not_a_name(host))?;
            idna::domain_to_ascii_strict(&name)
                .or_else(|_| idna::domain_to_ascii(&name))
                .map_err(|_| not_a_name(&name))?
        };
        Ok(Self {
            host,
            port: url.port().unwrap_or(port),
            security,
        })
    }
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
