//! The relays that file and flags name together, and what they must not be.
//!
//! What a campaign writes goes before its preset, and a flag before both. That
//! no password and (unless allowed) no mail goes over a network in the clear is
//! decided here, before anything is read or opened.

use crate::campaign::draft::RelayDraft;
use crate::campaign::values::{Place, Preset, Problem, Rate, Relay, SecretSource, Server, Text};
use crate::smtp::{AuthMechanism, Pipelining, Security};

use super::campaign::Validation;

impl Validation<'_> {
    pub(in crate::campaign) fn relays(&mut self, mut drafts: Vec<RelayDraft>) -> Vec<Relay> {
        let by_flag = self.overrides.relay.is_some();
        if by_flag && drafts.len() != 1 {
            // Which of several should it lie over? Over all of them.
            drafts = vec![RelayDraft {
                name: "relay".to_owned(),
                ..RelayDraft::default()
            }];
        }
        if drafts.len() > 1 {
            self.one_user_for_several(&drafts);
        }
        let only = drafts.len() == 1;
        let rates = self.flag_rates();
        drafts
            .into_iter()
            .filter_map(|mut draft| {
                if only {
                    self.flags_of_one(&mut draft);
                }
                if let Some(connections) = self.overrides.connections {
                    draft.connections = u64::try_from(connections).ok();
                }
                if rates.is_some() {
                    draft.rates.clone_from(&rates);
                }
                self.relay(draft)
            })
            .collect()
    }

    fn relay(&mut self, mut draft: RelayDraft) -> Option<Relay> {
        let preset = self.preset(&draft);
        let server = self.server(&mut draft, preset)?;
        let user = draft
            .user
            .clone()
            .or_else(|| preset.and_then(|preset| preset.user.clone()));
        draft.user.clone_from(&user);
        self.check_protection(&draft, &server);
        let wants_login = draft.password.is_some() || draft.oauth2.is_some();
        if wants_login && user.is_none() {
            let what = if draft.oauth2.is_some() {
                "`oauth2`"
            } else {
                "a password"
            };
            self.problems.push(
                Problem::error(format!("the relay `{}` has {what} but no `user`", draft.name))
                    .at(self.place_of(&draft))
                    .help("write user = \"…\", or use --user"),
            );
        }
        let oauth2 = self.oauth2(&mut draft, preset);
        let usually = |of: fn(&Preset) -> usize, otherwise| preset.map_or(otherwise, of);
        let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok());
        let pipelining = if preset.is_some() {
            Pipelining::Envelope
        } else {
            Pipelining::Full { proven: false }
        };
        let relay = Relay {
            name: draft.name,
            preset,
            weight: draft.weight.and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
            user: None,
            password: draft.password,
            auth: draft.auth.or(oauth2.is_some().then_some(AuthMechanism::XOAuth2)),
            oauth2,
            connections: number(draft.connections).unwrap_or(usually(|p| p.connections, 4)),
            messages_per_connection: draft
                .messages_per_connection
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(preset.map_or(100, |preset| preset.messages_per_connection)),
            pipelining: draft.pipelining.unwrap_or(pipelining),
            ehlo: draft.ehlo,
            rates: draft
                .rates
                .unwrap_or_else(|| preset.map(|preset| preset.rates.clone()).unwrap_or_default()),
            ca_file: draft.ca_file,
            timeouts: draft.timeouts,
            server,
        };
        Some(match user {
            Some(user) => relay.as_user(&user),
            None => relay,
        })
    }

    /// Where a relay is written, or would be.
    fn place_of(&self, draft: &RelayDraft) -> Place {
        draft.place.clone().unwrap_or_else(|| self.nowhere())
    }

    fn preset(&mut self, draft: &RelayDraft) -> Option<&'static Preset> {
        let Some(text) = &draft.preset else {
            if let Some(region) = &draft.region {
                self.problems.push(
                    Problem::error("`region` belongs to a `preset`")
                        .at(region.place.clone())
                        .help("write preset = \"ses\" beside it, or take it out"),
                );
            }
            return None;
        };
        let preset = Preset::find(&text.value);
        if preset.is_none() {
            let problem =
                Problem::error(format!("there is no preset `{}`", text.value)).at(text.place.clone());
            let problem = Preset::unknown(&text.value)
                .into_iter()
                .fold(problem, Problem::help);
            self.problems.push(problem);
        }
        preset
    }

    /// The server that is written, or that of the preset.
    fn server(&mut self, draft: &mut RelayDraft, preset: Option<&Preset>) -> Option<Server> {
        if let Some(server) = draft.server.take() {
            return Some(server);
        }
        // A server that is there but wrong was reported where it stands; so was an unknown preset.
        if draft.server_named || (draft.preset.is_some() && preset.is_none()) {
            return None;
        }
        let Some(preset) = preset else {
            self.problems.push(
                Problem::error(format!("the relay `{}` has no `server`", draft.name))
                    .at(self.place_of(draft))
                    .help("write server = \"smtps://smtp.uni.example\", or preset = \"163\" for a provider that is known"),
            );
            return None;
        };
        let region = draft.region.as_ref();
        match preset.server(region.map(|text| text.value.as_str())) {
            Ok(server) => Some(server),
            Err(why) => {
                let (what, help) = why.split_once("; ").unwrap_or((&why, ""));
                let place = region.or(draft.preset.as_ref()).map(|text| text.place.clone());
                self.problems.push(
                    Problem::error(what)
                        .at(place.unwrap_or_else(|| self.nowhere()))
                        .help(help),
                );
                None
            }
        }
    }

    /// `--user` and `--password-…` cannot know which of several relays is meant.
    fn one_user_for_several(&mut self, drafts: &[RelayDraft]) {
        let password = match &self.overrides.password {
            Some(SecretSource::Env(_)) => Some("--password-env"),
            Some(SecretSource::Command(_)) => Some("--password-command"),
            Some(SecretSource::File(_) | SecretSource::Keyring { .. }) | None => None,
        };
        let user = self.overrides.user.as_ref().map(|_| "--user");
        let Some(flag) = user.or(password) else {
            return;
        };
        let names: Vec<_> = drafts.iter().map(|draft| format!("`{}`", draft.name)).collect();
        self.problems.push(
            Problem::error(format!("{flag} goes with one relay, and this campaign has {}", drafts.len()))
                .at(Place::whole(flag))
                .help(format!("the relays are {}", names.join(", ")))
                .help("write `user` and `password` below each of them, or name the one to use with --relay smtps://…"),
        );
    }

    fn flags_of_one(&mut self, draft: &mut RelayDraft) {
        let flags = self.overrides;
        if let Some(url) = &flags.relay {
            match url.parse::<Server>() {
                Ok(server) => draft.server = Some(server),
                Err(why) => {
                    draft.server_named = true;
                    draft.server = None;
                    self.problems
                        .push(Problem::error(why).at(Place::whole("--relay")));
                }
            }
        }
        if let Some(user) = &flags.user {
            draft.user = Some(user.clone());
        }
        if let Some(password) = &flags.password {
            draft.password = Some(password.clone());
        }
    }

    /// The rates of `--rate`, when there are any.
    fn flag_rates(&mut self) -> Option<Vec<Rate>> {
        let flags = self.overrides;
        if flags.rate.is_empty() {
            return None;
        }
        let mut rates = Vec::new();
        for text in &flags.rate {
            match text.parse::<Rate>() {
                Ok(rate) => rates.push(rate),
                Err(why) => self
                    .problems
                    .push(Problem::error(why).at(Text::of_flag("--rate", text).place)),
            }
        }
        Some(rates)
    }

    /// No password, and no mail unless allowed, goes over a network in the
    /// clear.
    fn check_protection(&mut self, draft: &RelayDraft, server: &Server) {
        if server.security != Security::Plaintext || server.is_loopback() {
            return;
        }
        let place = self.place_of(draft);
        if draft.user.is_some() || draft.password.is_some() {
            self.problems.push(
                Problem::error(format!(
                    "a password is never sent without TLS, and {server} has none"
                ))
                .at(place)
                .help(format!(
                    "use smtps://{0} (port 465) or smtp://{0} (STARTTLS, port 587)",
                    server.host
                )),
            );
        } else if !draft.allow_plaintext {
            self.problems.push(
                Problem::error(format!(
                    "{server} would send every message readable by anyone on the way"
                ))
                .at(place)
                .help(format!(
                    "use smtps://{0} (port 465) or smtp://{0} (STARTTLS, port 587)",
                    server.host
                ))
                .help("or, on a network you trust, write allow_plaintext = true"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
