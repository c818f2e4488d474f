//! `oauth2 = { … }`: what it takes to get access tokens for XOAUTH2.
//!
//! Google and Microsoft take no password over SMTP, or not for long: a login
//! shows an access token that lives for an hour, and a refresh token (RFC 6749
//! §6) gets the next one. Here is only what the campaign says of it. The
//! client secret and the refresh token are named by their sources like a
//! password, and neither goes over a network without TLS.

use url::{Host, Url};

use super::draft::{RelayDraft, Validation};
use super::{Place, Preset, Problem, SecretSource, Text};
use crate::smtp::AuthMechanism;

/// How a relay's access tokens are had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth2 {
    /// The application's id, as registered with the provider.
    pub client_id: String,
    /// The application's secret; public clients (Microsoft) have none.
    pub client_secret: Option<SecretSource>,
    /// The refresh token.
    pub refresh_token: SecretSource,
    /// The token endpoint (RFC 6749 §3.2): https, or http on this machine.
    pub token_url: Url,
    /// The scope to ask for; without one, that of the refresh token.
    pub scope: Option<String>,
}

impl OAuth2 {
    /// Its entries in the keyring are this account's, beside a password's.
    pub(super) fn belongs_to(&mut self, account: &str) {
        let entry = |source: &SecretSource, what| source.clone().for_user(format!("{account} ({what})"));
        self.refresh_token = entry(&self.refresh_token, "refresh token");
        self.client_secret = self
            .client_secret
            .as_ref()
            .map(|source| entry(source, "client secret"));
    }
}

/// The table as read: nothing is required yet.
#[derive(Debug)]
pub(super) struct OAuth2Draft {
    pub(super) place: Place,
    /// A client id stands in the file, right or wrong; `refresh_token_named` likewise.
    pub(super) client_id_named: bool,
    pub(super) client_id: Option<Text>,
    pub(super) client_secret: Option<SecretSource>,
    pub(super) refresh_token_named: bool,
    pub(super) refresh_token: Option<SecretSource>,
    pub(super) token_url: Option<Text>,
    pub(super) tenant: Option<Text>,
    pub(super) scope: Option<Text>,
}

impl Validation<'_> {
    /// What `draft` says of access tokens.
    pub(super) fn oauth2(&mut self, draft: &mut RelayDraft, preset: Option<&Preset>) -> Option<OAuth2> {
        let oauth2 = draft.oauth2.take()?;
        let name = &draft.name;
        if draft.auth.is_some_and(|auth| auth != AuthMechanism::XOAuth2) {
            self.problems.push(
                Problem::error("`oauth2` goes with auth = \"xoauth2\" alone")
                    .at(oauth2.place.clone())
                    .help("take `auth` out, or take `oauth2` out and write a password"),
            );
        }
        if draft.password.is_some() {
            self.problems.push(
                Problem::error(format!("the relay `{name}` has `oauth2` and a password"))
                    .at(oauth2.place.clone())
                    .help("one of them logs in; take the other one out"),
            );
        }
        if !oauth2.client_id_named {
            self.problems.push(
                Problem::error("`oauth2` has no `client_id`")
                    .at(oauth2.place.clone())
                    .help("it is the id of the application you registered with the provider"),
            );
        }
        if !oauth2.refresh_token_named {
            self.problems.push(
                Problem::error("`oauth2` has no `refresh_token`")
                    .at(oauth2.place.clone())
                    .help(format!(
                        "write refresh_token = {{ keyring = true }}; mailshot login {name} puts it there"
                    )),
            );
        }
        let token_url = self.token_url(&oauth2, preset);
        let scope = oauth2.scope.map(|text| text.value);
        Some(OAuth2 {
            client_id: oauth2.client_id?.value,
            client_secret: oauth2.client_secret,
            refresh_token: oauth2.refresh_token?,
            token_url: token_url?,
            scope: scope.or_else(|| preset.and_then(|preset| preset.scope.clone())),
        })
    }

    fn token_url(&mut self, oauth2: &OAuth2Draft, preset: Option<&Preset>) -> Option<Url> {
        let template = preset.and_then(|preset| preset.token_url.as_deref());
        if let Some(tenant) = &oauth2.tenant {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
            let wrong = if oauth2.token_url.is_some() || !template.is_some_and(|url| url.contains("{tenant}"))
            {
                Some((
                    "`tenant` says nothing to this token endpoint",
                    "take it out; it belongs to preset = \"outlook\" without a `token_url`",
                ))
            } else if tenant.value.is_empty() || !tenant.value.chars().all(fits) {
                Some((
                    "this is not a tenant",
                    "write its id or its domain: tenant = \"uni.example\"",
                ))
            } else {
                None
            };
            if let Some((what, help)) = wrong {
                self.problems
                    .push(Problem::error(what).at(tenant.place.clone()).help(help));
                return None;
            }
        }
        let Some(text) = &oauth2.token_url else {
            let Some(template) = template else {
                self.problems.push(
                    Problem::error("`oauth2` has no `token_url`")
                        .at(oauth2.place.clone())
                        .help("write token_url = \"https://…\", as the provider names its token endpoint")
                        .help("the presets gmail and outlook know theirs"),
                );
                return None;
            };
            let tenant = oauth2.tenant.as_ref().map(|text| text.value.as_str());
            let tenant = tenant.or_else(|| preset.and_then(|preset| preset.tenant.as_deref()));
            return template
                .replace("{tenant}", tenant.unwrap_or_default())
                .parse()
                .ok();
        };
        let url = text.value.parse().ok().filter(is_protected);
        if url.is_none() {
            self.problems.push(
                Problem::error("a token endpoint is an https:// URL")
                    .at(text.place.clone())
                    .help("tokens are as good as a password; without TLS they go to this very machine alone"),
            );
        }
        url
    }
}

/// Tokens go over TLS, or stay on this machine.
fn is_protected(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => url.has_host(),
        "http" => loopback,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_never_leave_the_machine_without_tls() {
        for (url, protected) in [
            ("https://login.example/token", true),
            ("http://127.0.0.1:8080/token", true),
            ("http://[::1]/token", true),
            ("http://localhost/token", true),
            ("http://login.example/token", false),
            ("http://127.0.0.1.example/token", false),
            ("http://localhost.example/token", false),
            ("ftp://localhost/token", false),
            ("file:///token", false),
        ] {
            assert_eq!(is_protected(&url.parse().unwrap()), protected, "{url}");
        }
    }
}
