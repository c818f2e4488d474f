//! Anything that a file called mailshot.toml may contain.

use std::collections::BTreeSet;

use super::*;

const WORDS: [&[u8]; 42] = [
    b"[recipients]\n",
    b"[message]\n",
    b"[relay.here]\n",
    b"[[relay]]\n",
    b"[delivery]\n",
    b"[message.headers]\n",
    b"name = ",
    b"file = \"people.csv\"\n",
    b"key = [\"email\"]\n",
    b"from = \"a@x.test\"\n",
    b"subject = \"x\"\n",
    b"text = \"body.txt\"\n",
    b"attach = [{ path = \"x\", name = \"{{ y }}\", optional = true }]\n",
    b"dkim = { domain = \"x.test\", selector = \"s\", key = { file = \"x\" } }\n",
    b"dkim = [{ domain = 5 }, \"x\"]\n",
    b"server = \"smtps://x.test\"\n",
    b"server = \"smtp+plain://[::1]:99999\"\n",
    b"user = \"u\"\n",
    b"password = { env = \"X\" }\n",
    b"password = { command = \"x\", file = \"y\" }\n",
    b"oauth2 = { client_id = \"x\", token_url = \"https://x.test\" }\n",
    b"preset = \"gmail\"\n",
    b"rate = [\"10/s\", \"2000/day\"]\n",
    b"rate = \"99999999999999999999/s\"\n",
    b"retry = { first = \"1m\", max = \"1h\", greylist = \"5m\" }\n",
    b"attempts = -1\n",
    b"connections = 9223372036854775807\n",
    b"timeout = { connect = \"999999999999h\" }\n",
    b"\"",
    b"'",
    b"[",
    b"]",
    b"{",
    b"}",
    b" = ",
    b"\n",
    b"\r",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\\u001b",
    "\u{9b}\u{202e}".as_bytes(),
];

/// In no word of the program, and in no seed.
const SECRET: &str = "Qz7-geheim-7Qz";

fn drives_a_terminal(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Loads a campaign file; the kinds of its problems, and every word and line that may be shown.
fn problems(folder: &tempfile::TempDir, bytes: &[u8]) -> (BTreeSet<String>, String) {
    let file = folder.path().join(FILE_NAME);
    std::fs::write(&file, bytes).unwrap();
    let (campaign, problems) = Campaign::load(folder.path(), &Overrides::default());
    let _ = Campaign::relays_of(&file, None);
    let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
    let (mut kinds, mut said) = (BTreeSet::new(), String::new());
    for problem in &problems.0 {
        let place = problem.place.as_ref().expect("a problem has a place");
        assert!(!place.path.is_empty(), "{problem:?}");
        assert!(
            place.text.is_empty() || (1..=lines).contains(&place.line()),
            "{problem:?}"
        );
        said.push_str(&place.text);
        for words in std::iter::once(&problem.what)
            .chain(&problem.help)
            .map(ToString::to_string)
        {
            assert!(!words.contains(drives_a_terminal), "{words:?}");
            said.push_str(&words);
        }
        let what = problem.what.to_string();
        let kind = what.chars().filter(|c| c.is_ascii_lowercase()).take(20);
        // To make a report takes longer than to read a file.
        if kinds.insert(kind.collect()) {
            let shown = problem.render(false).replace('\n', " ");
            assert!(!shown.contains(drives_a_terminal), "{shown:?}");
        }
    }
    assert!(
        campaign.is_some() || problems.has_errors(),
        "no campaign, and no word why"
    );
    said.push_str(&format!("{campaign:?}"));
    (kinds, said)
}

/// Lines in which a password has no business, in a file that is hostile around them.
fn with_a_password(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    // Within a text of several lines it would be that text's, and may be shown with it.
    if text.contains("\"\"\"") || text.contains("'''") || text.contains(SECRET) {
        return None;
    }
    let lines = [
        format!("password = \"{SECRET}\""),
        format!("password = '{SECRET}'"),
        format!("password = {SECRET}"),
        format!("passwort = \"{SECRET}\""),
        format!("password = {{ value = \"{SECRET}\" }}"),
        format!("relay.here.password = \"{SECRET}\""),
        format!("server = \"smtps://ada:{SECRET}@x.test\""),
        format!("oauth2 = {{ client_id = \"x\", refresh_token = \"{SECRET}\" }}"),
        format!("[relay.here.password]\nis = \"{SECRET}\""),
        format!("[relay.here]\nserver = 5\npassword = \"{SECRET}\""),
    ];
    let at = bytes.len() / 2;
    let (from, _) = text
        .match_indices('\n')
        .find(|(i, _)| *i >= at)
        .unwrap_or((text.len(), ""));
    let line = &lines[bytes.iter().map(|b| usize::from(*b)).sum::<usize>() % lines.len()];
    Some(format!("{}\n{line}\n{}", &text[..from], &text[from..]))
}

#[test]
fn whatever_a_campaign_file_holds_is_answered_with_places_and_without_passwords() {
    let folder = tempfile::tempdir().unwrap();
    fuzzing::hold("campaign", &WORDS, |bytes| {
        let (kinds, _) = problems(&folder, bytes);
        if let Some(text) = with_a_password(bytes) {
            let (_, said) = problems(&folder, text.as_bytes());
            assert!(!said.contains(SECRET), "{said}\n\n{text}");
        }
        kinds
    });
}
