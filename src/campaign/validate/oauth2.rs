//! The draft of `oauth2` -> how access tokens are had. They go over TLS, or stay
//! on this machine.

use url::{Host, Url};

use crate::campaign::draft::{OAuth2Draft, RelayDraft};
use crate::campaign::values::{OAuth2, Preset, Problem};
use crate::smtp::AuthMechanism;

use super::campaign::Validation;

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
