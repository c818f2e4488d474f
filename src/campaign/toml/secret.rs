//! Where a secret comes from. A secret that is written in the file itself is an error, and is not
//! shown.

use std::path::Path;

use crate::campaign::draft::Secret;
use crate::campaign::values::{KEYRING_SERVICE, Problem, SecretSource};

use super::reader::Section;

/// A source of a password or token; the thing itself is refused.
pub(super) fn secret(table: &Section<'_>, key: &'static str, folder: &Path) -> Option<Secret> {
    let (it, forms) = match key {
        "client_secret" => (
            "client secret",
            "write client_secret = { env = \"MAILSHOT_CLIENT_SECRET\" }, { command = \"pass show oauth/client\" }, { file = \"client-secret.txt\" } or { keyring = true }",
        ),
        "refresh_token" => (
            "refresh token",
            "write refresh_token = { keyring = true } (mailshot login puts it there), { env = \"MAILSHOT_REFRESH_TOKEN\" }, { command = \"pass show oauth/refresh\" } or { file = \"refresh-token.txt\" }",
        ),
        "key" => (
            "private key",
            "write key = { file = \"dkim.pem\" }, { env = \"MAILSHOT_DKIM_KEY\" }, { command = \"pass show dkim/uni\" } or { keyring = true }; mailshot dkim new makes such a file",
        ),
        _ => (
            "password",
            "write password = { env = \"MAILSHOT_PASSWORD\" }, { command = \"pass show smtp/uni\" }, { file = \"password.txt\" } or { keyring = true }; without any of them mailshot asks for it on the terminal",
        ),
    };
    let value = table.value(key)?;
    if value.get_ref().is_str() {
        let problem = Problem::of_campaign(format!("a {it} may not stand in the campaign file"))
            .help("files are copied, mailed and backed up; take it out, and change it if others have seen it")
            .help(forms);
        table.problem(key, value.span(), problem);
        return None;
    }
    let source = table.open(key, value)?;
    let mut found = Vec::new();
    found.extend(source.text("env").map(|t| SecretSource::Env(t.value)));
    found.extend(source.text("command").map(|t| SecretSource::Command(t.value)));
    found.extend(
        source
            .file("file", folder)
            .map(|file| SecretSource::File(file.path)),
    );
    if let Some(entry) = source.value("keyring") {
        match (entry.get_ref().as_bool(), entry.get_ref().as_str()) {
            (Some(true), _) => found.push(SecretSource::keyring(KEYRING_SERVICE)),
            (_, Some(service)) => found.push(SecretSource::keyring(service)),
            _ => source.problem(
                "keyring",
                entry.span(),
                Problem::of_campaign("`keyring` must be true, or the service name of an entry in quotes"),
            ),
        }
    }
    source.finish();
    if found.len() > 1 {
        let problem = Problem::of_campaign(format!("a {it} has one source, not several")).help(forms);
        table.problem(key, value.span(), problem);
    }
    Some(Secret {
        source: found.into_iter().next()?,
        place: source.itself().place,
    })
}
