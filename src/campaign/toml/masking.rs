//! The parts of the campaign file that may be shown: everything but passwords.
//!
//! A problem shows its line, and what is shown may end up in logs and screenshots. A password does
//! not belong in the file, so exactly the lines that wrongly contain one are shown: under its own
//! key or a misspelt one, with its quotes or without, in a URL, in TOML that does not even parse.
//! So this does not parse TOML. It looks for words that mean a password and replaces what follows
//! them with stars; rather too much than too little, because nobody needs the rest of such a line
//! to find it.

mod keys;
mod values;

use std::ops::Range;

use crate::campaign::values::hidden;

use keys::key_before;

/// Keys whose values say where a password is, not what it is.
const SOURCES: [&str; 4] = ["env", "command", "file", "keyring"];

/// The private half of the shortest key in base64 is longer than this, and so
/// is each line of a longer one.
const KEY: usize = 40;

/// The same text, octet for octet in place, with passwords starred out.
pub(super) fn masked(text: &str) -> String {
    let mut secrets = Vec::new();
    let mut lines = Lines { text, at: 0 };
    // Below `[relay.school.password]` every key is the password's.
    let mut in_table = false;
    while let Some(line) = lines.next() {
        secrets.extend(values::hidden_in(text, line.clone()));
        let written = text[line.clone()].trim();
        if written.starts_with('[') && !written.contains('=') {
            let table = written.trim_matches(['[', ']', ' ']);
            in_table = table.rsplit('.').next().is_some_and(means_password);
            continue;
        }
        let mut from = line.start;
        while let Some(value) = value_of_password(text, from..line.end, in_table) {
            from = line.end;
            let rest = &text[value.clone()];
            let several_lines = ["\"\"\"", "'''"]
                .into_iter()
                .find(|quotes| rest.starts_with(quotes));
            if rest.starts_with('{') {
                let (found, end) = in_braces(text, value);
                secrets.extend(found);
                // `oauth2 = { client_secret = { … }, refresh_token = … }`: another may follow.
                from = end;
            } else if let Some(quotes) = several_lines {
                let start = value.start + quotes.len();
                let end = text[start..]
                    .find(quotes)
                    .map_or(text.len(), |found| start + found);
                secrets.push(start..end);
                let next = text[end..].find('\n').map_or(text.len(), |found| end + found + 1);
                lines.at = lines.at.max(next);
            } else if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                let end = rest.rfind(quote).filter(|end| *end > 0).unwrap_or(rest.len());
                secrets.push(value.start + 1..value.start + end);
            } else {
                secrets.push(value);
            }
        }
    }
    secrets.extend(keys(text));
    hidden::starred(text, &secrets)
}

/// Private keys: all between BEGIN and END, with its armour or without. No
/// word or path is base64 for so long.
fn keys(text: &str) -> Vec<Range<usize>> {
    let mut keys = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("-----BEGIN ") {
        let start = at + found;
        let end = text[start..]
            .find("-----END ")
            .map_or(text.len(), |end| start + end);
        keys.push(start..end);
        at = end;
    }
    let mut run = 0;
    for (i, b) in text.bytes().chain([0]).enumerate() {
        if b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=') {
            run += 1;
            continue;
        }
        if run >= KEY {
            keys.push(i - run..i);
        }
        run = 0;
    }
    keys
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = rest.find('\n').unwrap_or(rest.len());
        self.at = start + (length + 1).min(rest.len());
        Some(start..start + length)
    }
}

/// What follows the first `password =` of a line, or the first `=` if every key is that of a
/// password.
fn value_of_password(text: &str, line: Range<usize>, every_key: bool) -> Option<Range<usize>> {
    let written = &text[line.clone()];
    for (equals, _) in written.match_indices('=') {
        let path = key_before(&written[..equals]);
        let mut keys = path
            .split('.')
            .map(|key| key.trim_matches(['"', '\'', ' ', '\t']));
        let last = keys.clone().next_back().unwrap_or_default();
        if (every_key || keys.any(means_password)) && !SOURCES.contains(&last) {
            let value = &written[equals + 1..];
            let start = equals + 1 + (value.len() - value.trim_start().len());
            return Some(line.start + start..line.start + written.trim_end().len().max(start));
        }
    }
    None
}

fn means_password(key: &str) -> bool {
    const WORDS: [&str; 3] = ["password", "passwort", "secret"];
    let key = key.trim_matches(['"', '\'', ' ']).to_lowercase();
    key.contains("pass")
        || key.contains("secret")
        || (key.contains("token") && key != "token_url")
        || matches!(key.as_str(), "pw" | "pwd" | "密码" | "授权码")
        || WORDS.iter().any(|word| strsim::jaro_winkler(word, &key) > 0.85)
}

/// The values between braces whose keys do not name a source, and where the braces end.
fn in_braces(text: &str, braces: Range<usize>) -> (Vec<Range<usize>>, usize) {
    let mut secrets = Vec::new();
    let written = &text[braces.clone()];
    let mut at = 1;
    while let Some(c) = written[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        if c == '}' {
            break;
        }
        let quoted = matches!(c, '"' | '\'');
        if !quoted && (c.is_whitespace() || matches!(c, '=' | ',')) {
            continue;
        }
        let ends = |end: char| {
            if quoted {
                end == c
            } else {
                end.is_whitespace() || "=,}".contains(end)
            }
        };
        let end = written[at..].find(ends).map_or(written.len(), |found| at + found);
        at = if quoted { (end + 1).min(written.len()) } else { end };
        let is_key = written[at..].trim_start().starts_with('=');
        let source = key_before(written[..start].trim_end().trim_end_matches('='));
        if !is_key && !SOURCES.contains(&source) {
            secrets.push(braces.start + start + usize::from(quoted)..braces.start + end);
        }
    }
    (secrets, braces.start + at)
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_password_is_starred_however_it_got_there() {
        for text in [
            "password = \"geheim\"",
            "password = 'geheim' # mine",
            "password = geheim",
            "password = \"geheim",
            "PASSWORD=\"geheim\"",
            "\"password\" = \"geheim\"",
            "pasword = \"geheim\"",
            "passwort = \"geheim\"",
            "smtp_password = \"geheim\"",
            "授权码 = \"geheim\"",
            "password.value = \"geheim\"",
            "relay.school.password = \"geheim\"",
            "password = \"\"\"\ngeheim\n\"\"\"\nuser = \"x\"",
            "password = '''geheim\ngeheim'''",
            "password = { \"geheim\" }",
            "password = { value = \"geheim\" }",
            "password = { env = \"X\", value = geheim }",
            "password = [\"geheim\"]",
            "a = { server = 5, password = \"geheim\" }",
            "a = { password = { is = \"geheim\" }, server = 5 }",
            "[relay.a.password]\nis = \"geheim\"",
            "server = \"smtps://ada:geheim@uni.example\"",
            "server = \"smtps://ada:geheim/@:x@uni.example\"",
            "server = \"smtps://ada:geheim@uni.example:99999\"",
            "server = \"smtps://ada:ge geheim@uni.example\"",
            "server = \"smtps://ada:x\"geheim@uni.example\"",
            "server = \"ada:geheim@uni.example\"",
            "server = \"ada:geheim\"",
            "server = \"smtps://uni.example:465:ada:geheim\"",
            "server = \"smtps://ada%3Ageheim%40uni.example\"",
            "server = \"smtps：//ada：geheim＠uni.example\"",
            "server = ada:geheim@uni.example",
            "server = [\"ada:geheim@uni.example\"]",
            "server = { url = \"ada:geheim@uni.example\" }",
            "server = \"\"\"\nada:geheim@uni.example\"\"\"",
            "sever = \"ada:geheim@uni.example\"",
            "smtp_host = \"ada:geheim@uni.example\"",
            "relay = \"ada:geheim@uni.example\"",
            "relay.a = { server = \"smtps://uni.example\", host = 'ada:geheim@uni.example' }",
            "# server = \"ada:geheim@uni.example\"",
            "ada:geheim@uni.example",
            "token_url = \"https://ada:geheim@uni.example/\"",
            "a = { url = \"https://x\", b = \"smtps://ada:geheim@uni.example\" }",
            "user = \"ada:geheim\"",
            "password = { command = \"echo geheim\" }",
            "password = { command = 'curl -u ada:geheim https://uni.example' }",
            "password.command = \"tool --token geheim\"",
            "password = { env = \"geheim\" }",
            "# password = \"geheim\"",
            "user = \"x\" password = \"geheim\"",
            "oauth2 = { client_id = \"x\", refresh_token = \"geheim\" }",
            "oauth2 = { client_secret = { env = \"X\" }, refresh_token = \"geheim\" }",
            "oauth2 = { client_secret = \"geheim\", refresh_token = { keyring = true } }",
            "oauth2 = { refresh_token = { env = \"X\" }, client_secret = { is = \"geheim\" } }",
            "[relay.a.oauth2]\nclient_secret = \"geheim\"",
            "[relay.a.oauth2.refresh_token]\nis = \"geheim\"",
            "oauth2.access_token = \"geheim\"",
            "key = \"-----BEGIN PRIVATE KEY-----\\ngeheim\\n-----END PRIVATE KEY-----\"",
            "key = \"\"\"\n-----BEGIN RSA PRIVATE KEY-----\nab\ngeheim\n\"\"\"",
            "key = MC4CAQAwBQYDK2VwBCIEIJgeheimJ1hsZ3v/VpguoRK9JLsLMREScVpe",
        ] {
            let shown = masked(text);
            assert!(!shown.contains("geheim"), "{text}: {shown}");
            assert_eq!(shown.len(), text.len(), "{text}: {shown}");
            assert_eq!(shown.matches('\n').count(), text.matches('\n').count());
        }
    }

    #[test]
    fn what_is_no_password_is_shown() {
        for text in [
            "password = { env = \"SMTP_PASSWORD\" }",
            "password = { command = \"pass show smtp/uni\" }",
            "password.file = \"password.txt\"",
            "[relay.a.password]\nenv = \"X\"\n[relay.b]\nserver = \"smtps://uni.example\"",
            "name = \"password-reset\"",
            "key = { file = \"/home/registrar/keys/dkim-of-the-university.pem\" }",
            "subject = \"Your password expires = soon\"",
            "text = \"notice.txt\"",
            "url = \"https://uni.example/{{ token }}\"",
            "server = \"smtps://smtp.uni.example:465\"",
            "server = \"smtp.uni.example\"",
            "relay.a = { server = \"smtps://uni.example\", user = \"ada@uni.example\" }",
            "user = \"ada@uni.example\"",
            "from = \"Ada <ada@uni.example>\" # see https://uni.example/",
            "oauth2 = { client_secret = { env = \"X\" }, refresh_token = { keyring = true }, token_url = \"https://login.example/\" }",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
