//! The draft of `oauth2` -> how access tokens are obtained. They are sent over TLS, or stay on this
//! machine.

use url::{Host, Url};

use crate::campaign::draft::{OAuth2Draft, RelayDraft};
use crate::campaign::values::{OAuth2, Preset, Problem, Problems};
use crate::smtp::AuthMechanism;

use super::missing::missing_in;
use crate::words::{Said, say};

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
        let problem = table.problem(say!("campaign-oauth2-and-auth"));
        problems.push(problem.help(say!("campaign-oauth2-and-auth-hint")));
    }
    if beside.password.is_some() {
        let problem = table.problem(say!("campaign-oauth2-and-password", relay = relay));
        problems.push(problem.help(say!("campaign-oauth2-and-password-hint")));
    }
    let keys = vec![
        (
            "client_id",
            draft.client_id.is_some(),
            say!("campaign-oauth2-lacks", key = "client_id"),
            say!("campaign-oauth2-lacks-client-id-hint"),
        ),
        (
            "refresh_token",
            draft.refresh_token.is_some(),
            say!("campaign-oauth2-lacks", key = "refresh_token"),
            say!("campaign-oauth2-lacks-refresh-token-hint", relay = relay),
        ),
    ];
    missing_in(table, keys, problems);
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
        let mut wrong = |what: Said, help: Said| {
            let key = draft.table.key_of("tenant");
            problems.push(Problem::of_key(key, &tenant.place, what).help(help));
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if draft.token_url.is_some() || !template.is_some_and(|url| url.contains("{tenant}")) {
            wrong(
                say!("campaign-oauth2-tenant-unused"),
                say!("campaign-oauth2-tenant-unused-hint"),
            );
            return None;
        }
        if tenant.value.is_empty() || !tenant.value.chars().all(fits) {
            wrong(
                say!("campaign-oauth2-bad-tenant"),
                say!("campaign-oauth2-bad-tenant-hint"),
            );
            return None;
        }
    }
    let Some(text) = &draft.token_url else {
        let Some(template) = template else {
            problems.push(
                (draft
                    .table
                    .problem(say!("campaign-oauth2-lacks", key = "token_url")))
                .help(say!("campaign-oauth2-lacks-token-url-hint"))
                .help(say!("campaign-oauth2-lacks-token-url-presets")),
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
            Problem::of_key(key, &text.place, say!("campaign-oauth2-bad-token-url"))
                .help(say!("campaign-oauth2-bad-token-url-hint")),
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
