//! The relay that file and flags name together, and what it must not be.
//!
//! Which limits can be kept, and that no password and (unless allowed) no mail
//! goes over a network in the clear, is decided here, before anything is read
//! or opened.

use super::draft::{RelayDraft, Validation, flag_text};
use super::{Per, Pipelining, Place, Problem, Rate, Relay, SecretSource, Security, Server};

impl Validation<'_> {
    pub(super) fn relay(&mut self, drafts: Vec<RelayDraft>) -> Option<Relay> {
        if let Some(second) = drafts.get(1) {
            self.problems.push(
                Problem::error("more than one relay is not supported yet")
                    .at(second.place.clone().unwrap_or_else(|| self.nowhere()))
                    .help("keep one [relay.…] table"),
            );
        }
        let written = drafts.into_iter().next();
        let by_flag = self.overrides.relay.is_some();
        if written.is_none() && !by_flag {
            return None;
        }
        let mut draft = written.unwrap_or_else(|| RelayDraft {
            name: "relay".to_owned(),
            ..RelayDraft::default()
        });
        self.relay_flags(&mut draft);
        let Some(server) = draft.server.clone() else {
            // A server that is there but wrong was reported where it stands.
            let place = draft.place.clone().unwrap_or_else(|| self.nowhere());
            if !by_flag && !draft.server_named {
                self.problems.push(
                    Problem::error(format!("the relay `{}` has no `server`", draft.name))
                        .at(place)
                        .help("write server = \"smtps://smtp.uni.example\""),
                );
            }
            return None;
        };
        self.check_protection(&draft, &server);
        for (rate, place) in &draft.rates {
            if matches!(rate.per, Per::Hour | Per::Day) {
                self.problems.push(
                    Problem::error(format!(
                        "rates per hour and per day ({rate}) are not supported yet"
                    ))
                    .at(place.clone())
                    .help("use a rate per s or min; choose a part of the list with --limit"),
                );
            }
        }
        let password = draft.password.map(|source| match source {
            SecretSource::Keyring { service, .. } => SecretSource::Keyring {
                service,
                user: format!("{}@{}", draft.user.clone().unwrap_or_default(), server.host),
            },
            other @ (SecretSource::Env(_) | SecretSource::Command(_) | SecretSource::File(_)) => other,
        });
        if password.is_some() && draft.user.is_none() {
            self.problems.push(
                Problem::error(format!("the relay `{}` has a password but no `user`", draft.name))
                    .at(draft.place.clone().unwrap_or_else(|| self.nowhere()))
                    .help("write user = \"…\", or use --user"),
            );
        }
        Some(Relay {
            name: draft.name,
            server,
            user: draft.user,
            password,
            auth: draft.auth,
            connections: draft
                .connections
                .and_then(|n| usize::try_from(n).ok())
                .unwrap_or(4),
            messages_per_connection: draft
                .messages_per_connection
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(100),
            pipelining: draft.pipelining.unwrap_or(Pipelining::Full),
            ehlo: draft.ehlo,
            rates: draft.rates.into_iter().map(|(rate, _)| rate).collect(),
            ca_file: draft.ca_file,
            timeouts: draft.timeouts,
        })
    }

    fn relay_flags(&mut self, draft: &mut RelayDraft) {
        let flags = self.overrides;
        if let Some(url) = &flags.relay {
            match url.parse::<Server>() {
                Ok(server) => draft.server = Some(server),
                Err(why) => self
                    .problems
                    .push(Problem::error(why).at(Place::whole("--relay"))),
            }
        }
        if let Some(user) = &flags.user {
            draft.user = Some(user.clone());
        }
        if let Some(password) = &flags.password {
            draft.password = Some(password.clone());
        }
        if let Some(connections) = flags.connections {
            draft.connections = u64::try_from(connections).ok();
        }
        if !flags.rate.is_empty() {
            draft.rates.clear();
        }
        for text in &flags.rate {
            match text.parse::<Rate>() {
                Ok(rate) => draft.rates.push((rate, flag_text("--rate", text).place)),
                Err(why) => self
                    .problems
                    .push(Problem::error(why).at(flag_text("--rate", text).place)),
            }
        }
    }

    /// No password, and no mail unless allowed, goes over a network in the
    /// clear.
    fn check_protection(&mut self, draft: &RelayDraft, server: &Server) {
        if server.security != Security::Plaintext || server.is_loopback() {
            return;
        }
        let place = draft.place.clone().unwrap_or_else(|| self.nowhere());
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
