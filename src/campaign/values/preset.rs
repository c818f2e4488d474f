//! Relays that many people use, by name: `preset = "163"`.
//!
//! The facts stand in `presets.toml`, each with its source and the day it was
//! looked up, and are compiled in. Limits change without a word and depend on
//! the account, so only published numbers are kept as rates, and whatever a
//! campaign writes itself goes before them. A limit that is not published is
//! no limit here; the relay's own replies slow a run down.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::nearest::nearest;
use super::rate::Rate;
use super::server::Server;
use super::wrong::Wrong;

static PRESETS: LazyLock<Vec<Preset>> =
    // A test reads the file: it cannot fail at a user's.
    LazyLock::new(|| parse(include_str!("presets.toml")).unwrap_or_default());

/// For whom a provider makes DKIM signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signs {
    /// For the sender's domain, without being asked.
    Sender,
    /// For the sender's domain once that has been set up at the provider.
    SetUp,
    /// For its own domain only.
    Own,
    /// Not known: nothing may be concluded.
    #[default]
    Unknown,
}

/// A relay that many people use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// What a campaign calls it: `163`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Other names that are understood.
    pub aliases: Vec<String>,
    /// The user, where it is the same for everybody.
    pub user: Option<String>,
    /// Sessions at the same time.
    pub connections: usize,
    /// Messages after which a session is replaced.
    pub messages_per_connection: u32,
    /// The published limits, envelope recipients.
    pub rates: Vec<Rate>,
    /// Octets of the largest message it takes, where that is known.
    pub size: Option<u64>,
    /// The published limits in words, where there are any.
    pub limits: Option<String>,
    /// Where the limits stand, or that they are not published.
    pub limits_source: String,
    /// The month in which that was looked up, `2026-11`.
    pub looked_up: String,
    /// What to do when the login is refused.
    pub login: String,
    /// Where that stands, and the month it is of.
    pub login_source: String,
    /// What it tells its customers to include in SPF: any of them does, the
    /// first is what is proposed. Empty: nothing needs to be included, or it is
    /// not known. [`Preset::included`] says where.
    pub spf: Vec<String>,
    /// Its return path is at the domain of the user who logs in, whatever the
    /// sender's is.
    pub return_path_of_user: bool,
    /// It puts a return path of its own onto messages: the SPF record of the
    /// sender's domain never counts for DMARC.
    pub own_return_path: bool,
    /// Header fields that it adds or replaces itself: a signature made before
    /// must leave them out.
    pub adds: Vec<String>,
    /// For whom it signs (DKIM).
    pub signs: Signs,
    /// Where mailboxes are read with IMAP (TLS, port 993).
    pub imap: Option<String>,
    /// Where mailboxes are read with POP (TLS, port 995).
    pub pop: Option<String>,
    /// What is peculiar about reading there, in words.
    pub inbox: Option<String>,
    /// The OAuth2 token endpoint; `{tenant}` stands for the campaign's tenant.
    pub token_url: Option<String>,
    /// The OAuth2 scope to ask for.
    pub scope: Option<String>,
    /// The tenant, where a campaign names none.
    pub tenant: Option<String>,
    server: String,
    regions: BTreeMap<String, String>,
}

impl Preset {
    /// All of them, by name.
    pub fn all() -> &'static [Self] {
        &PRESETS
    }

    /// The preset of this name or alias, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is = |known: &String| known.eq_ignore_ascii_case(name);
        PRESETS
            .iter()
            .find(|preset| is(&preset.name) || preset.aliases.iter().any(is))
    }

    /// Hints for a name that no preset has: the nearest one, and all of them.
    pub(crate) fn unknown(name: &str) -> Vec<String> {
        let names = PRESETS.iter().map(|preset| preset.name.as_str());
        let aliases = PRESETS
            .iter()
            .flat_map(|preset| preset.aliases.iter().map(String::as_str));
        let mut help = Vec::new();
        help.extend(
            nearest(name, names.clone().chain(aliases)).map(|near| format!("did you mean `{near}`?")),
        );
        help.push(format!(
            "the presets are: {}",
            names.collect::<Vec<_>>().join(", ")
        ));
        help.push("any other relay: write server = \"smtps://smtp.uni.example\" instead".to_owned());
        help
    }

    /// What the SPF record of this domain of the sender has to include, when
    /// this user logs in: any of these. None: nothing, or it is not known.
    pub fn included(&self, domain: &str, user: Option<&str>) -> &[String] {
        let users = user.and_then(|user| Some(user.rsplit_once('@')?.1));
        let elsewhere = self.return_path_of_user && !users.is_some_and(|at| at.eq_ignore_ascii_case(domain));
        if self.own_return_path || elsewhere {
            return &[];
        }
        &self.spf
    }

    /// Whether a campaign has to name its `region`.
    pub fn needs_region(&self) -> bool {
        self.server.contains("{region}")
    }

    /// The server, in a region where one is named.
    ///
    /// # Errors
    /// What is wrong with the region, and what to write instead.
    pub fn server(&self, region: Option<&str>) -> Result<Server, Wrong> {
        let written = match region {
            None if self.needs_region() => {
                return Err(Wrong::new(format!("the preset `{}` needs a region", self.name))
                    .help("write region = \"eu-west-1\", or whichever yours is"));
            }
            None => self.server.clone(),
            Some(region) if self.needs_region() => {
                let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                if region.is_empty() || !region.chars().all(fits) {
                    return Err(Wrong::new(format!("`{region}` is not a region"))
                        .help(format!("write it as {} does: \"eu-west-1\"", self.title)));
                }
                self.server.replace("{region}", region)
            }
            Some(region) => self.regions.get(region).cloned().ok_or_else(|| {
                if self.regions.is_empty() {
                    return Wrong::new(format!("the preset `{}` has no regions", self.name))
                        .help("take `region` out");
                }
                let known: Vec<_> = self.regions.keys().map(|known| format!("\"{known}\"")).collect();
                Wrong::new(format!("`{region}` is not a region of {}", self.title))
                    .help(format!("it has {}", known.join(", ")))
            })?,
        };
        written.parse()
    }
}

/// A preset as it is written down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    aliases: Vec<String>,
    title: String,
    server: String,
    #[serde(default)]
    regions: BTreeMap<String, String>,
    user: Option<String>,
    connections: usize,
    messages_per_connection: u32,
    #[serde(default)]
    rate: Vec<String>,
    size: Option<u64>,
    limits: Option<String>,
    limits_source: String,
    looked_up: String,
    login: String,
    login_source: String,
    #[serde(default)]
    spf: Vec<String>,
    #[serde(default)]
    return_path_of_user: bool,
    #[serde(default)]
    own_return_path: bool,
    #[serde(default)]
    adds: Vec<String>,
    #[serde(default)]
    signs: Signs,
    imap: Option<String>,
    pop: Option<String>,
    inbox: Option<String>,
    token_url: Option<String>,
    scope: Option<String>,
    tenant: Option<String>,
}

fn parse(text: &str) -> Result<Vec<Preset>, String> {
    let written: BTreeMap<String, Written> = toml::from_str(text).map_err(|e| e.to_string())?;
    written
        .into_iter()
        .map(|(name, written)| {
            let rates = written
                .rate
                .iter()
                .map(|rate| rate.parse())
                .collect::<Result<_, Wrong>>()
                .map_err(|why| why.to_string())?;
            Ok(Preset {
                name,
                title: written.title,
                aliases: written.aliases,
                user: written.user,
                connections: written.connections,
                messages_per_connection: written.messages_per_connection,
                rates,
                size: written.size,
                limits: written.limits,
                limits_source: written.limits_source,
                looked_up: written.looked_up,
                login: written.login,
                login_source: written.login_source,
                spf: written.spf,
                return_path_of_user: written.return_path_of_user,
                own_return_path: written.own_return_path,
                adds: written.adds,
                signs: written.signs,
                imap: written.imap,
                pop: written.pop,
                inbox: written.inbox,
                token_url: written.token_url,
                scope: written.scope,
                tenant: written.tenant,
                server: written.server,
                regions: written.regions,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::smtp::Security;

    #[test]
    fn every_preset_is_whole_and_says_where_its_limits_come_from() {
        let presets = parse(include_str!("presets.toml")).unwrap();
        let mut names = HashSet::new();
        for preset in &presets {
            let name = &preset.name;
            for known in preset.aliases.iter().chain([name]) {
                assert!(names.insert(known.to_lowercase()), "`{known}` is there twice");
                assert_eq!(Preset::find(&known.to_uppercase()), Some(preset), "{known}");
            }
            let region = preset.needs_region().then_some("eu-west-1");
            let mut servers = vec![preset.server(region).unwrap()];
            for region in preset.regions.keys() {
                servers.push(preset.server(Some(region)).unwrap());
            }
            for server in &servers {
                assert_ne!(server.security, Security::Plaintext, "{name}");
                assert!(matches!(server.port, 465 | 587), "{name}");
                assert!(server.host.contains('.'), "{name}");
            }
            assert!(
                preset.connections > 0 && preset.messages_per_connection > 0,
                "{name}"
            );
            assert!(preset.rates.is_empty() || preset.limits.is_some(), "{name}");
            assert!(preset.limits_source.len() > 10, "{name}");
            let looked_up = format!("{}-01", preset.looked_up);
            assert!(
                looked_up.parse::<jiff::civil::Date>().is_ok(),
                "{name}: {looked_up}"
            );
            assert!(preset.login_source.len() > 10, "{name}");
            assert_eq!(preset.imap.is_some(), preset.inbox.is_some(), "{name}");
            for host in preset.imap.iter().chain(&preset.pop).chain(&preset.spf) {
                assert!(
                    host.contains('.') && !host.contains([' ', '/', ':']),
                    "{name}: {host}"
                );
            }
            assert!(!preset.own_return_path || preset.spf.is_empty(), "{name}");
            assert!(preset.login.len() > 30 && !preset.login.ends_with('.'), "{name}");
            if let Some(url) = &preset.token_url {
                assert!(url.starts_with("https://"), "{name}");
                assert_eq!(url.contains("{tenant}"), preset.tenant.is_some(), "{name}");
            }
        }
        for name in [
            "gmail",
            "outlook",
            "office365",
            "163",
            "126",
            "qq",
            "exmail",
            "aliyun",
            "yahoo",
            "icloud",
            "zoho",
            "fastmail",
            "ses",
            "sendgrid",
            "mailgun",
            "postmark",
            "brevo",
            "hotmail",
            "yeah",
            "139",
            "189",
            "sina",
            "sohu",
            "foxmail",
            "feishu",
            "yandex",
            "mailru",
            "gmx",
            "webde",
            "tonline",
            "ionos",
            "infomaniak",
            "ovh",
            "resend",
            "smtp2go",
            "sparkpost",
            "directmail",
            "tencent-ses",
        ] {
            assert!(names.contains(name), "{name} is missing");
        }
    }

    #[test]
    fn a_return_path_elsewhere_wants_nothing_in_the_senders_record() {
        let included = |name: &str, user| Preset::find(name).unwrap().included("uni.example", user);
        assert_eq!(included("gmail", None), ["_spf.google.com"]);
        assert_eq!(included("mailgun", Some("news@UNI.example")), ["mailgun.org"]);
        for user in [None, Some("news"), Some("news@mg.uni.example")] {
            assert!(included("mailgun", user).is_empty(), "{user:?}");
        }
        assert!(included("ses", Some("AKIA")).is_empty());
    }

    #[test]
    fn a_region_is_named_where_there_are_regions() {
        let server = |name: &str, region| {
            let preset = Preset::find(name).unwrap();
            preset.server(region).map(|server| server.to_string())
        };
        assert_eq!(
            server("ses", Some("eu-west-1")),
            Ok("smtps://email-smtp.eu-west-1.amazonaws.com:465".to_owned())
        );
        assert_eq!(
            server("mailgun", None),
            Ok("smtps://smtp.mailgun.org:465".to_owned())
        );
        assert_eq!(
            server("mailgun", Some("eu")),
            Ok("smtps://smtp.eu.mailgun.org:465".to_owned())
        );
        for (name, region, words) in [
            ("ses", None, "needs a region"),
            ("ses", Some("eu-west-1.evil.example/"), "not a region"),
            ("mailgun", Some("asia"), "\"eu\", \"us\""),
            ("gmail", Some("eu"), "has no regions"),
        ] {
            let error = server(name, region).unwrap_err();
            assert!(error.to_string().contains(words), "{name} {region:?}: {error}");
        }
    }
}
