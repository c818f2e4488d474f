//! What to do when a relay cannot be used: by what it said, and by what is
//! known of it.

use mailshot::campaign::Relay;

/// A relay that could not be used from the start.
pub(super) fn unusable(words: &str, relay: Option<&Relay>) -> String {
    format!("The relay cannot be used: {words}{}", hint(words, relay))
}

/// A relay that was lost on the way.
pub(super) fn lost(words: &str, relay: Option<&Relay>) -> String {
    format!("The relay was lost on the way: {words}{}", hint(words, relay))
}

/// Which of the relays of a run some words are about: the only one, or the one
/// they name.
pub(super) fn meant<'r>(words: &str, relays: &'r [Relay]) -> Option<&'r Relay> {
    match relays {
        [only] => Some(only),
        several => several
            .iter()
            .find(|relay| words.contains(&format!("`{}`", relay.name))),
    }
}

fn hint(words: &str, relay: Option<&Relay>) -> String {
    let preset = relay.and_then(|relay| relay.preset);
    if words.contains("no way to log in") {
        "\n  hint: many relays offer a login only after TLS; try smtps:// (port 465) or smtp:// (port 587) in `server`"
            .to_owned()
    } else if words.contains("login (AUTH)") {
        match (relay, preset) {
            (Some(relay), _) if relay.oauth2.is_some() => format!(
                "\n  hint: the access token was refused: check `user` and the scope, or log in again with: mailshot login {}",
                relay.name
            ),
            (_, Some(preset)) => format!("\n  hint: check `user` and the password\n  hint: {}", preset.login),
            (_, None) => "\n  hint: check `user` and the password; many providers want an app password of their own (163, QQ: 授权码), not the one of the web page".to_owned(),
        }
    } else if words.contains("certificate") {
        "\n  hint: check the host name in `server`; a house CA is trusted with ca_file = \"ca.pem\""
            .to_owned()
    } else if words.contains("connecting") || words.contains("looking up") {
        "\n  hint: check host and port in `server`, and whether a firewall is in the way".to_owned()
    } else {
        String::new()
    }
}
