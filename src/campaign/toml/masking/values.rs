//! Values that are not passwords, but may contain one: a server with a login, a command, a user
//! with the password behind it, a password in the place of the name of a variable.

use std::ops::Range;

use crate::campaign::values::hidden;

use super::keys::key_before;

/// What must not be shown of the values whose keys are in this line.
pub(super) fn hidden_in(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let written = &text[line.clone()];
    let mut found: Vec<_> = moved(hidden::in_urls(written), line.start).collect();
    if !written.contains('=') && !written.trim_start().starts_with('[') {
        found.extend(moved(hidden::in_bare_words(written), line.start));
    }
    for (equals, _) in written.match_indices('=') {
        let path = key_before(&written[..equals]);
        let key = path.rsplit('.').next().unwrap_or(path);
        let key = key.trim_matches(['"', '\'', ' ', '\t']).to_lowercase();
        let (value, quoted) = value_at(text, line.start + equals + 1, line.end);
        found.extend(moved(of_key(&key, &text[value.clone()], quoted), value.start));
    }
    found
}

fn of_key(key: &str, value: &str, quoted: bool) -> Vec<Range<usize>> {
    match key {
        "command" => hidden::in_command(value),
        "env" if quoted && !hidden::is_variable(value) => std::iter::once(0..value.len()).collect(),
        "user" | "username" if quoted => {
            let colon = value.find([':', '：']);
            colon.map(|colon| colon..value.len()).into_iter().collect()
        }
        "relay" if value.starts_with('{') => Vec::new(),
        _ if !means_server(key) => Vec::new(),
        _ if value.starts_with(['{', '[']) && !value.contains(['@', '＠']) => Vec::new(),
        _ => hidden::in_server(value),
    }
}

fn means_server(key: &str) -> bool {
    ["server", "host", "smtp", "relay", "preset", "服务器", "主机"]
        .iter()
        .any(|word| key.contains(word))
        || strsim::jaro_winkler("server", key) > 0.85
}

/// The value that begins here, without its quotes, and whether it has any.
fn value_at(text: &str, from: usize, line_end: usize) -> (Range<usize>, bool) {
    let rest = &text[from..line_end];
    let start = from + (rest.len() - rest.trim_start().len());
    let written = &text[start..];
    for quotes in ["\"\"\"", "'''"] {
        if let Some(inner) = written.strip_prefix(quotes) {
            let end = inner.find(quotes).unwrap_or(inner.len());
            return (start + quotes.len()..start + quotes.len() + end, true);
        }
    }
    let written = &text[start..line_end];
    if written.starts_with(['"', '\'']) {
        return (start + 1..start + hidden::end_of_value(written, 1).max(1), true);
    }
    let end = written.find(" #").unwrap_or(written.len());
    let end = written[..end].trim_end().len();
    (start..start + end, false)
}

fn moved(ranges: Vec<Range<usize>>, by: usize) -> impl Iterator<Item = Range<usize>> {
    ranges
        .into_iter()
        .map(move |range| range.start + by..range.end + by)
}
