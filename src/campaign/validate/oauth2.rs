//! The draft of `oauth2` -> how access tokens are obtained. They are sent over TLS, or stay on this
//! machine.

use url::{Host, Url};

use crate::campaign::draft::{OAuth2Draft, RelayDraft};
use crate::campaign::values::{OAuth2, Preset, Problem, Problems};
use crate::smtp::AuthMechanism;

use super::missing::missing_in;

/// What the relay called `relay` says of access tokens, beside its other keys.
pub(super) fn oauth2(
    draft: OAuth2Draft,
    relay: &str,
    beside: &RelayDraft,
    preset: Option<&Preset>,
    problems: &mut Problems,
) -> Option<OAuth2> {
    let table = &draft.table;
    if beside.auth.is_some_and(|auth| auth != AuthMechanism::XOAuth2) {
        let problem = table.problem("`oauth2` goes with auth = \"xoauth2\" alone");
        problems.push(problem.help("take `auth` out, or take `oauth2` out and write a password"));
    }
    if beside.password.is_some() {
        let problem = table.problem(format!("the relay `{relay}` has `oauth2` and a password"));
        problems.push(problem.help("one of them logs in; take the other one out"));
    }
    let refresh = format!("write refresh_token = {{ keyring = true }}; mailshot login {relay} puts it there");
    let keys = [
        (
            "client_id",
            draft.client_id.is_some(),
            "it is the id of the application you registered with the provider",
        ),
        ("refresh_token", draft.refresh_token.is_some(), &refresh),
    ];
    missing_in(table, "`oauth2`", &keys, problems);
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

fn token_url(draft: &OAuth2Draft, preset: Option<&Preset>, problems: &mut Problems) -> Option<Url> {
    let template = preset.and_then(|preset| preset.token_url.as_deref());
    if let Some(tenant) = &draft.tenant {
        let mut wrong = |what: &str, help: &str| {
            let key = draft.table.key_of("tenant");
            problems.push(Problem::of_key(key, &tenant.place, what).help(help));
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if draft.token_url.is_some() || !template.is_some_and(|url| url.contains("{tenant}")) {
            wrong(
                "`tenant` says nothing to this token endpoint",
                "take it out; it belongs to preset = \"outlook\" without a `token_url`",
            );
            return None;
        }
        if tenant.value.is_empty() || !tenant.value.chars().all(fits) {
            wrong(
                "this is not a tenant",
                "write its id or its domain: tenant = \"uni.example\"",
            );
            return None;
        }
    }
    let Some(text) = &draft.token_url else {
        let Some(template) = template else {
            problems.push(
                (draft.table.problem("`oauth2` has no `token_url`"))
                    .help("write token_url = \"https://…\", as the provider names its token endpoint")
                    .help("the presets gmail and outlook know theirs"),
            );
            return None;
        };
        let tenant = draft.tenant.as_ref().map(|text| text.value.as_str());
        let tenant = tenant.or_else(|| preset.and_then(|preset| preset.tenant.as_deref()));
        let url = template.replace("{tenant}", tenant.unwrap_or_default());
        return url.parse().ok();
    };
    let url = text.value.parse().ok().filter(is_protected).filter(has_no_login);
    if url.is_none() {
        let key = draft.table.key_of("token_url");
        problems.push(
            Problem::of_key(key, &text.place, "a token endpoint is an https:// URL")
                .help("tokens are as good as a password; without TLS they go to this very machine alone"),
        );
    }
    url
}

/// A login in it would be shown where the endpoint is named.
fn has_no_login(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none()
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
