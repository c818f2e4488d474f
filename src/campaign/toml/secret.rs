//! Where a secret comes from. A secret that is written in the file itself is an error, and is not
//! shown.

use std::path::Path;

use crate::campaign::draft::Secret;
use crate::campaign::values::{KEYRING_SERVICE, Problem, SecretSource};

use super::reader::Section;
use crate::words::say;

/// A source of a password or token; the thing itself is refused.
pub(super) fn secret(table: &Section<'_>, key: &'static str, folder: &Path) -> Option<Secret> {
    let forms = match key {
        "client_secret" => say!("campaign-file-forms-of-client-secret"),
        "refresh_token" => say!("campaign-file-forms-of-refresh-token"),
        "key" => say!("campaign-file-forms-of-key"),
        _ => say!("campaign-file-forms-of-password"),
    };
    let value = table.value(key)?;
    if value.get_ref().is_str() {
        let problem = Problem::of_campaign(match key {
            "client_secret" => say!("campaign-file-literal-client-secret"),
            "refresh_token" => say!("campaign-file-literal-refresh-token"),
            "key" => say!("campaign-file-literal-key"),
            _ => say!("campaign-file-literal-password"),
        })
        .help(say!("campaign-file-literal-hint"))
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
                Problem::of_campaign(say!("campaign-file-bad-keyring")),
            ),
        }
    }
    source.finish();
    if found.len() > 1 {
        let problem = Problem::of_campaign(match key {
            "client_secret" => say!("campaign-file-several-client-secrets"),
            "refresh_token" => say!("campaign-file-several-refresh-tokens"),
            "key" => say!("campaign-file-several-keys"),
            _ => say!("campaign-file-several-passwords"),
        })
        .help(forms);
        table.problem(key, value.span(), problem);
    }
    Some(Secret {
        source: found.into_iter().next()?,
        place: source.itself().place,
    })
}
