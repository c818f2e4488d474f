//! The draft of `oauth2` -> how access tokens are had. They go over TLS, or stay
//! on this machine.

use url::{Host, Url};

use crate::campaign::draft::OAuth2Draft;
use crate::campaign::values::{OAuth2, Preset, Problem, Problems};
use crate::smtp::AuthMechanism;

/// What the relay called `relay` says of access tokens.
pub(super) fn oauth2(
    relay: &str,
    draft: OAuth2Draft,
    auth: Option<AuthMechanism>,
    has_password: bool,
    preset: Option<&Preset>,
    problems: &mut Problems,
) -> Option<OAuth2> {
    let mut problem = |what: String, help: String| {
        problems.push(Problem::error(what).at(draft.place.clone()).help(help));
    };
    if auth.is_some_and(|auth| auth != AuthMechanism::XOAuth2) {
        problem(
            "`oauth2` goes with auth = \"xoauth2\" alone".to_owned(),
            "take `auth` out, or take `oauth2` out and write a password".to_owned(),
        );
    }
    if has_password {
        problem(
            format!("the relay `{relay}` has `oauth2` and a password"),
            "one of them logs in; take the other one out".to_owned(),
        );
    }
    let there = [
        (
            draft.client_id.is_some(),
            "client_id",
            "it is the id of the application you registered with the provider".to_owned(),
        ),
        (
            draft.refresh_token.is_some(),
            "refresh_token",
            format!("write refresh_token = {{ keyring = true }}; mailshot login {relay} puts it there"),
        ),
    ];
    for (there, key, help) in there {
        if !there && !problems.are_within(&format!("{}.{key}", draft.key)) {
            problems.push(
                Problem::error(format!("`oauth2` has no `{key}`"))
                    .at(draft.place.clone())
                    .help(help),
            );
        }
    }
    let token_url = token_url(&draft, preset, problems);
    let scope = draft.scope.map(|text| text.value);
    Some(OAuth2 {
        client_id: draft.client_id?.value,
        client_secret: draft.client_secret.map(|secret| secret.source),
        refresh_token: draft.refresh_token?.source,
        token_url: token_url?,
        scope: scope.or_else(|| preset.and_then(|preset| preset.scope.clone())),
    })
}

fn token_url(oauth2: &OAuth2Draft, preset: Option<&Preset>, problems: &mut Problems) -> Option<Url> {
    let template = preset.and_then(|preset| preset.token_url.as_deref());
    if let Some(tenant) = &oauth2.tenant {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let wrong = if oauth2.token_url.is_some() || !template.is_some_and(|url| url.contains("{tenant}")) {
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
            problems.push(Problem::error(what).at(tenant.place.clone()).help(help));
            return None;
        }
    }
    let Some(text) = &oauth2.token_url else {
        let Some(template) = template else {
            problems.push(
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
        problems.push(
            Problem::error("a token endpoint is an https:// URL")
                .at(text.place.clone())
                .help("tokens are as good as a password; without TLS they go to this very machine alone"),
        );
    }
    url
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
