//! What of a text must not be shown, because it is, or may be, a password: the login in a relay's
//! URL (also in one that cannot be read), what a command is given as a password.
//!
//! Ranges are octets of the text, so that a caller can star them out in place or leave them out.
//! Rather too much is hidden than too little.

use std::ops::Range;

/// What must not be shown of a text that is meant to name a server: all before the last `@`, and
/// what cannot be a host and a port after it.
pub(crate) fn in_server(text: &str) -> Vec<Range<usize>> {
    let start = scheme_end(text);
    let mut hidden = Vec::new();
    let host = match last_at(&text[start..]) {
        Some(at) => {
            hidden.push(start..start + at.start);
            start + at.end
        }
        None => start,
    };
    let end = host + host_and_port(&text[host..]);
    if !text[end..].trim().is_empty() {
        hidden.push(end..text.len());
    }
    hidden.retain(|range| !range.is_empty());
    hidden
}

/// A text that is meant to name a server, as it may be shown.
pub(crate) fn server(text: &str) -> String {
    without(text, &in_server(text))
}

/// A text in which URLs with logins may be.
pub(crate) fn urls(text: &str) -> String {
    without(text, &in_urls(text))
}

/// The logins of URLs in one line of text: `ada:secret` of `https://ada:secret@uni.example`.
pub(crate) fn in_urls(line: &str) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let mut from = 0;
    while let Some(found) = ["://", "：//"]
        .iter()
        .filter_map(|mark| Some((line[from..].find(mark)?, mark.len())))
        .min()
    {
        let start = from + found.0 + found.1;
        let end = end_of_value(line, start);
        from = start;
        let written = &line[start..end];
        let Some(at) = last_at(written) else { continue };
        let authority = written.find(['/', '?', '#']).unwrap_or(written.len());
        let before = &written[..at.start];
        if at.start <= authority || before.contains([':', '：']) || before.contains("%3") {
            hidden.push(start..start + at.start);
        }
    }
    hidden
}

/// What looks like `ada:secret@host` among words without a key.
pub(crate) fn in_bare_words(line: &str) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        if let Some(end) = last_at(word)
            && word[..end.start].contains([':', '：'])
        {
            hidden.push(at..at + end.start);
        }
        at += word.len();
    }
    hidden
}

/// A command, as it may be shown.
pub(crate) fn command(text: &str) -> String {
    without(text, &in_command(text))
}

/// What must not be shown of a command: what `echo` prints, the values of flags and variables that
/// are called passwords, the logins of URLs.
pub(crate) fn in_command(text: &str) -> Vec<Range<usize>> {
    let mut hidden = in_urls(text);
    let mut program = true;
    let (mut prints, mut next_is_secret) = (false, false);
    for word in words(text) {
        let written = &text[word.clone()];
        if matches!(written, "|" | "||" | "&&" | "&" | ";") {
            (program, prints, next_is_secret) = (true, false, false);
            continue;
        }
        let bare = written.trim_matches(['"', '\'']);
        if next_is_secret {
            hidden.push(word);
            next_is_secret = false;
        } else if let Some((name, _)) = bare.split_once('=').filter(|(name, _)| is_secret_name(name)) {
            hidden.push(word.start + written.find(name).unwrap_or_default() + name.len() + 1..word.end);
        } else if program {
            let name = bare.rsplit(['/', '\\']).next().unwrap_or(bare);
            prints = matches!(name, "echo" | "printf" | "print" | "Write-Output");
            program = bare.contains('=');
        } else if prints && !written.starts_with(['>', '<']) {
            hidden.push(word);
        } else if bare == "-p" || bare == "-u" || bare == "<<<" || bare.eq_ignore_ascii_case("bearer") {
            next_is_secret = true;
        } else if bare.starts_with("-p") {
            hidden.push(word.start + written.find("-p").unwrap_or_default() + 2..word.end);
        } else if bare.starts_with('-') {
            next_is_secret = is_secret_name(bare) || matches!(bare, "--user" | "--login");
        }
    }
    hidden
}

/// Whether the name of a flag or a variable is that of a secret.
fn is_secret_name(name: &str) -> bool {
    let name = name.trim_start_matches('-').to_ascii_lowercase();
    ["pass", "pwd", "secret", "token", "auth"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether this is what environment variables are called, and not a password that was written in
/// the place of the name of one.
pub(crate) fn is_variable(name: &str) -> bool {
    let usual = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(usual) && (name.len() < 10 || name.contains('_'))
}

/// The name of a variable, as it may be shown.
pub(crate) fn variable(name: &str) -> &str {
    if is_variable(name) { name } else { "***" }
}

/// Where the scheme of a URL ends, however it was typed.
fn scheme_end(text: &str) -> usize {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') || c.is_whitespace();
    let rest = text.trim_start_matches(letters);
    let slashes = rest.trim_start_matches([':', '：']);
    let host = slashes.trim_start_matches(['/', '／']);
    if slashes.len() < rest.len() && host.len() < slashes.len() {
        text.len() - host.len()
    } else if text.starts_with("//") {
        2
    } else {
        0
    }
}

/// The last `@`, also one of full width or an encoded one.
fn last_at(text: &str) -> Option<Range<usize>> {
    ["@", "＠", "%40"]
        .iter()
        .filter_map(|at| text.rfind(at).map(|start| start..start + at.len()))
        .max_by_key(|range| range.start)
}

/// How far a text is a host with a port.
fn host_and_port(text: &str) -> usize {
    let in_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '。');
    let rest = match text.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, rest)) if address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c)) => rest,
        _ => text.trim_start_matches(in_host),
    };
    let port = rest.strip_prefix([':', '：']).map(|port| {
        let after = port.trim_start_matches(|c: char| c.is_ascii_digit());
        (port.len() - after.len(), after)
    });
    let rest = match port {
        Some((0..=5, after)) if after.is_empty() || after.starts_with('/') => after,
        _ => rest,
    };
    let rest = if rest == "/" { "" } else { rest };
    text.len() - rest.len()
}

/// Where the value that holds this place ends: at its closing quote, or at a blank.
pub(crate) fn end_of_value(line: &str, at: usize) -> usize {
    let mut open: Option<char> = None;
    let mut escaped = false;
    for (i, c) in line.char_indices() {
        match open {
            None if i >= at && c.is_whitespace() => return i,
            None if matches!(c, '"' | '\'') => open = Some(c),
            Some('"') if c == '\\' && !escaped => {
                escaped = true;
                continue;
            }
            Some(quote) if c == quote && !escaped && closes(&line[i + 1..]) => {
                if i >= at {
                    return i;
                }
                open = None;
            }
            _ => {}
        }
        escaped = false;
    }
    line.len()
}

/// Whether a quote in front of this ends a value of TOML, and is not one in the middle of it.
fn closes(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', '}', ']', '#', ')', '.', '=', '|', ';', '&'])
}

/// The words of a command, quotes and all.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut open) = (None, None);
    for (i, c) in text.char_indices() {
        match open {
            Some(quote) => {
                if c == quote {
                    open = None;
                }
            }
            None if c.is_whitespace() => words.extend(start.take().map(|start| start..i)),
            None if matches!(c, ';' | '|' | '&') && start.is_none() => start = Some(i),
            None if matches!(c, ';' | '|' | '&') => {
                let operator =
                    start.is_some_and(|start| text[start..i].bytes().all(|b| b == b'|' || b == b'&'));
                if !operator {
                    words.extend(start.replace(i).map(|start| start..i));
                }
            }
            None => {
                let operator = start.is_some_and(|start| text[start..i].bytes().all(|b| b";|&".contains(&b)));
                if operator {
                    words.extend(start.take().map(|start| start..i));
                }
                start = start.or(Some(i));
                if matches!(c, '"' | '\'') {
                    open = Some(c);
                }
            }
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// The same text, octet for octet in place, with stars for what must not be shown.
pub(crate) fn starred(text: &str, secrets: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        if c != '\n' && secrets.iter().any(|secret| secret.contains(&i)) {
            // As many octets as before: places are octets of the text.
            shown.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            shown.push(c);
        }
    }
    shown
}

fn without(text: &str, hidden: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = false;
    for (i, c) in text.char_indices() {
        let hide = hidden.iter().any(|range| range.contains(&i));
        if !hide {
            shown.push(c);
        } else if !before {
            shown.push_str("***");
        }
        before = hide;
    }
    shown
}

#[cfg(test)]
mod tests;
