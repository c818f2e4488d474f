//! Relays that many people use, by name: `preset = "163"`.
//!
//! The facts are in `presets.toml`, each with its source and the day it was looked up, and are
//! compiled in. Limits change silently and depend on the account, so only published numbers are
//! kept as rates, and the settings of a campaign override them. A limit that is not published is
//! not a limit here; the replies of the relay slow a run down.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::hidden;
use super::nearest::nearest;
use super::rate::Rate;
use super::server::Server;
use super::username::Username;
use super::wrong::Wrong;
use crate::words::{Arg, Said, say};

const FILE: &str = include_str!("presets.toml");

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(FILE));

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
    /// What it is otherwise.
    pub username: Username,
    /// Sessions at the same time.
    pub connections: usize,
    /// Messages after which a session is replaced.
    pub messages_per_connection: u32,
    /// The published limits, envelope recipients.
    pub rates: Vec<Rate>,
    /// Octets of the largest message it takes, where that is known.
    pub size: Option<u64>,
    /// The published limits in words, where there is more to say than `rates`.
    pub limits: Option<Said>,
    /// Where the limits stand, or that they are not published.
    pub limits_source: String,
    /// The month in which that was looked up, `2026-11`.
    pub looked_up: String,
    /// What to do when the login is refused.
    pub login: Said,
    /// Where that stands, and the month it is of.
    pub login_source: String,
    /// What it tells its customers to include in SPF: any of them does, the
    /// first is what is proposed. Empty: nothing needs to be included, or it is
    /// not known. [`Relay::included`](super::relay::Relay::included) says where.
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
    /// Where that stands (SPF, return path, header fields, signatures), and the
    /// month it is of.
    pub mail_source: Option<String>,
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
    region_spf: BTreeMap<String, String>,
    domains: BTreeMap<String, String>,
}

impl Preset {
    /// All of them, by name.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ENTRIES.iter().filter_map(Entry::preset)
    }

    /// What they are called, in that order.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        ENTRIES.iter().map(|entry| entry.name)
    }

    /// The preset of this name or alias, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        ENTRIES
            .iter()
            .find(|entry| is(&entry.name) || entry.aliases.iter().any(is))?
            .preset()
    }

    /// The preset of mailboxes at this domain, and their region where it is not the usual one.
    pub fn of_domain(domain: &str) -> Option<(&'static Self, Option<&'static str>)> {
        let domain = domain.to_ascii_lowercase();
        if domain.contains('.')
            && let Some(preset) = Self::find(&domain)
        {
            return Some((preset, None));
        }
        let region = |preset: &'static Self| {
            let region = preset.domains.get(&domain)?.as_str();
            Some((preset, Some(region).filter(|region| !region.is_empty())))
        };
        Self::all().find_map(region)
    }

    /// The preset whose server this is, for what is known of it: a campaign
    /// that names the server itself has none.
    pub fn of_host(host: &str) -> Option<&'static Self> {
        let is = |server: &String| {
            let known = server
                .split_once("://")
                .map_or(server.as_str(), |(_, known)| known);
            match known.split_once("{region}") {
                Some((front, back)) => {
                    host.len() > front.len() + back.len() && host.starts_with(front) && host.ends_with(back)
                }
                None => known.eq_ignore_ascii_case(host),
            }
        };
        Self::all().find(|preset| is(&preset.server) || preset.regions.values().any(is))
    }

    /// Hints for a name that no preset has: the nearest one, and all of them.
    pub(crate) fn unknown(name: &str) -> Vec<Said> {
        let names: Vec<_> = Self::names().collect();
        let aliases = ENTRIES.iter().flat_map(|entry| entry.aliases.iter().copied());
        let near = nearest(name, names.iter().copied().chain(aliases));
        let mut help = Vec::new();
        help.extend(near.map(|near| say!("campaign-did-you-mean", near = near)));
        help.push(say!("campaign-preset-names", names = Arg::commas(names)));
        help.push(say!("campaign-preset-others"));
        help
    }

    /// What the SPF record of this domain of the sender has to include, when
    /// this user logs in at this host: any of these, the first is proposed.
    /// Empty: nothing, or it is not known.
    pub(super) fn included(&self, domain: &str, user: Option<&str>, host: &str) -> Vec<&str> {
        let users = user.and_then(|user| Some(user.rsplit_once('@')?.1));
        let elsewhere = self.return_path_of_user && !users.is_some_and(|at| at.eq_ignore_ascii_case(domain));
        if self.own_return_path || elsewhere {
            return Vec::new();
        }
        let here = |(region, _): &(&String, &String)| {
            let known = self
                .regions
                .get(*region)
                .and_then(|server| server.split_once("://"));
            known.is_some_and(|(_, known)| {
                below_first_label(known).eq_ignore_ascii_case(below_first_label(host))
            })
        };
        let own = self.region_spf.iter().find(here).map(|(_, spf)| spf);
        let others = self.spf.iter().filter(|spf| Some(*spf) != own);
        own.into_iter().chain(others).map(String::as_str).collect()
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
                return Err(
                    Wrong::new(say!("campaign-preset-needs-region", preset = &self.name))
                        .help(say!("campaign-preset-needs-region-hint")),
                );
            }
            None => self.server.clone(),
            Some(region) if self.needs_region() => {
                let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                if region.is_empty() || !region.chars().all(fits) {
                    return Err(Wrong::new(say!(
                        "campaign-preset-not-a-region",
                        region = hidden::server(region)
                    ))
                    .help(say!("campaign-preset-not-a-region-hint", title = &self.title)));
                }
                self.server.replace("{region}", region)
            }
            Some(region) => self.regions.get(region).cloned().ok_or_else(|| {
                if self.regions.is_empty() {
                    return Wrong::new(say!("campaign-preset-no-regions", preset = &self.name))
                        .help(say!("campaign-preset-no-regions-hint"));
                }
                let known = self.regions.keys().map(|known| format!("\"{known}\""));
                Wrong::new(say!(
                    "campaign-preset-other-region",
                    region = hidden::server(region),
                    title = &self.title
                ))
                .help(say!(
                    "campaign-preset-other-region-hint",
                    regions = Arg::commas(known)
                ))
            })?,
        };
        written.parse()
    }
}

/// `zoho.eu` of `smtppro.zoho.eu`: several hosts of one region share it.
fn below_first_label(host: &str) -> &str {
    host.split_once('.').map_or(host, |(_, below)| below)
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
    #[serde(default)]
    region_spf: BTreeMap<String, String>,
    user: Option<String>,
    #[serde(default)]
    username: Username,
    #[serde(default)]
    domains: BTreeMap<String, String>,
    connections: usize,
    messages_per_connection: u32,
    #[serde(default)]
    rate: Vec<String>,
    size: Option<u64>,
    #[serde(default)]
    limits: bool,
    limits_source: String,
    looked_up: String,
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
    mail_source: Option<String>,
    imap: Option<String>,
    pop: Option<String>,
    inbox: Option<String>,
    token_url: Option<String>,
    scope: Option<String>,
    tenant: Option<String>,
}

/// A part of the file that holds one preset. It is read when it is asked for:
/// nobody waits for all the others.
struct Entry {
    name: &'static str,
    aliases: Vec<&'static str>,
    text: &'static str,
    preset: OnceLock<Option<Preset>>,
}

impl Entry {
    fn preset(&self) -> Option<&Preset> {
        // A test reads the file: it cannot fail at a user's.
        self.preset.get_or_init(|| parse(self.text).ok()?.pop()).as_ref()
    }
}

/// The parts of the file: each from its `[name]` to that of the next.
fn entries(file: &'static str) -> Vec<Entry> {
    let heads = file.match_indices("\n[").map(|(at, _)| at + 1);
    let heads: Vec<_> = heads
        .filter_map(|at| {
            let (name, _) = file.get(at + 1..)?.split_once(']')?;
            (!name.contains('.')).then_some((at, name))
        })
        .collect();
    let ends = heads.iter().skip(1).map(|(at, _)| *at).chain([file.len()]);
    let mut entries: Vec<_> = heads
        .iter()
        .zip(ends)
        .map(|((at, name), end)| {
            let text = file.get(*at..end).unwrap_or_default();
            let aliases = text.lines().find(|line| line.starts_with("aliases = "));
            // Between the quotation marks.
            let aliases = aliases.map(|line| line.split('"').skip(1).step_by(2).collect());
            Entry {
                name,
                aliases: aliases.unwrap_or_default(),
                text,
                preset: OnceLock::new(),
            }
        })
        .collect();
    entries.sort_unstable_by_key(|entry: &Entry| entry.name);
    entries
}

/// The sentence of the catalogue about a preset.
fn words_of(name: &str, what: &str) -> Said {
    Said::new(format!("preset-{name}-{what}"), Vec::new())
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
                login: words_of(&name, "login"),
                limits: written.limits.then(|| words_of(&name, "limits")),
                name,
                title: written.title,
                aliases: written.aliases,
                user: written.user,
                username: written.username,
                domains: written.domains,
                connections: written.connections,
                messages_per_connection: written.messages_per_connection,
                rates,
                size: written.size,
                limits_source: written.limits_source,
                looked_up: written.looked_up,
                login_source: written.login_source,
                spf: written.spf,
                return_path_of_user: written.return_path_of_user,
                own_return_path: written.own_return_path,
                adds: written.adds,
                signs: written.signs,
                mail_source: written.mail_source,
                imap: written.imap,
                pop: written.pop,
                inbox: written.inbox,
                token_url: written.token_url,
                scope: written.scope,
                tenant: written.tenant,
                server: written.server,
                regions: written.regions,
                region_spf: written.region_spf,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
