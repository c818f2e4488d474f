//! By way of whom a new campaign sends: a preset, a server, or a relay of the user's settings.

use crate::campaign::{Preset, Server, Username, Wrong};
use crate::words::{Said, say};

use super::super::settings;

/// By way of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Provider {
    /// A relay of the user's settings.
    Own(String),
    Preset {
        preset: &'static Preset,
        region: Option<String>,
    },
    Server(Server),
}

/// Why a provider cannot be used, and what to do about it.
pub(super) type Refusal = (Said, Vec<Said>);

impl Provider {
    /// The provider of a mailbox, as far as its address tells: the user's own relay, or a preset.
    pub(super) fn of_address(address: &str) -> Option<Self> {
        let relays: Vec<_> = settings::relays().collect();
        let logs_in = |(_, user): &&(&str, Option<&str>)| user.is_some_and(|user| user == address);
        let own = relays.iter().find(logs_in);
        let own = own.or(match relays.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        if let Some((name, _)) = own {
            return Some(Self::Own((*name).to_owned()));
        }
        let (preset, region) = Preset::of_domain(address.rsplit_once('@')?.1)?;
        Some(Self::Preset {
            preset,
            region: region.map(str::to_owned),
        })
    }

    /// What was typed: a name, the number of one of `numbered`, a domain, an address or a server.
    pub(super) fn named(text: &str, numbered: &[String], region: Option<&str>) -> Result<Self, Refusal> {
        let text = text.trim();
        let number = text.parse::<usize>().ok();
        // A preset may be called as a number is, and that of the list counts from 1.
        let known = numbered.iter().any(|name| name == text);
        let chosen = number
            .filter(|_| !known)
            .and_then(|at| numbered.get(at.checked_sub(1)?));
        let text = chosen.map_or(text, String::as_str);
        if settings::relays().any(|(name, _)| name == text) {
            return Ok(Self::Own(text.to_owned()));
        }
        if text.contains("://") {
            let server: Server = text.parse().map_err(refused)?;
            return Ok(Preset::of_host(&server.host)
                .filter(|preset| preset.server(region).ok().as_ref() == Some(&server))
                .map_or(Self::Server(server), |preset| Self::Preset {
                    preset,
                    region: region.map(str::to_owned),
                }));
        }
        let domain = text.rsplit_once('@').map_or(text, |(_, domain)| domain);
        let found = Preset::find(domain).map(|preset| (preset, None));
        let found = found
            .or_else(|| Preset::of_domain(domain))
            .or_else(|| Preset::of_host(domain).map(|preset| (preset, None)));
        let Some((preset, known)) = found else {
            return Err(unknown(text));
        };
        let region = region.or(known).map(str::to_owned);
        preset.server(region.as_deref()).map_err(refused)?;
        Ok(Self::Preset { preset, region })
    }

    /// What its table is called.
    pub(super) fn table(&self) -> String {
        match self {
            Self::Own(name) => name.clone(),
            Self::Preset { preset, .. } => preset.name.clone(),
            Self::Server(server) => named_after(&server.host),
        }
    }

    /// What people call it.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::Own(name) => name,
            Self::Preset { preset, .. } => &preset.name,
            Self::Server(server) => &server.host,
        }
    }

    /// Who logs in there with this mailbox: `Ok(None)` where nobody does, or everybody as the same.
    ///
    /// # Errors
    /// Nobody knows; what is likely, where anything is.
    pub(super) fn user(&self, address: &str) -> Result<Option<String>, Option<String>> {
        match self {
            Self::Own(_) => Ok(None),
            Self::Preset { preset, .. } if preset.user.is_some() => Ok(None),
            Self::Preset { preset, .. } => match preset.username {
                Username::Address => Ok(Some(address.to_owned())),
                Username::LocalPart => {
                    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
                    Ok(Some(local.to_owned()))
                }
                Username::Own => Err(None),
            },
            Self::Server(server) if server.is_loopback() => Ok(None),
            Self::Server(_) => Err(Some(address.to_owned())),
        }
    }
}

fn refused(why: Wrong) -> Refusal {
    (why.what, why.help.into_iter().collect())
}

fn unknown(text: &str) -> Refusal {
    // A host without the scheme is the commonest mistake.
    if let Err(why) = text.parse::<Server>()
        && (text.contains('.') || text.is_empty())
    {
        return refused(why);
    }
    (say!("cli-new-no-preset", name = text), Preset::unknown(text))
}

/// `uni` of `smtp.uni.example`
fn named_after(host: &str) -> String {
    let mut labels = host.split('.').filter(|label| !label.is_empty());
    let first = labels.next().unwrap_or_default();
    let name = match (labels.next(), labels.next()) {
        (Some(second), Some(_)) => second,
        _ => first,
    };
    let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits && !name.is_empty() && name.parse::<u8>().is_err() {
        name.to_owned()
    } else {
        "server".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_after_its_server() {
        for (host, name) in [
            ("smtp.uni.example", "uni"),
            ("mail.uni.edu.example", "uni"),
            ("uni.example", "uni"),
            ("localhost", "localhost"),
            ("192.0.2.1", "server"),
            ("::1", "server"),
        ] {
            assert_eq!(named_after(host), name);
        }
    }
}
