//! Explanations on a terminal.

use crate::words::{Lang, say};

use super::super::wrapped::{wrapped, wrapped_behind};
use super::codes::{Code, GROUPS};

/// Begins a line to be pasted, in the catalogue and on the screen.
const PASTED: (&str, &str) = ("  ", "    ");

/// Columns for codes in the list.
const CODES: usize = 24;

/// All codes, with a line about each.
pub(super) fn list(lang: Lang, columns: usize) -> String {
    let mut text = String::new();
    for group in GROUPS {
        text.push_str(&format!("{}\n", group.title().in_lang(lang)));
        for code in group.codes {
            let begin = format!("  {:<1$}  ", code.name, CODES);
            let line = wrapped_behind(&begin, &code.title().in_lang(lang), columns);
            text.push_str(&format!("{line}\n"));
        }
        text.push('\n');
    }
    let more = say!("cli-explain-list").in_lang(lang);
    text.push_str(&format!("{}\n", wrapped(&more, columns)));
    text
}

/// All that is known of a code.
pub(super) fn of(code: &Code, lang: Lang, columns: usize) -> String {
    let title = say!("cli-explain-title", code = code.name, title = code.title()).in_lang(lang);
    format!("{}\n\n{}", wrapped(&title, columns), parts(code, lang, columns))
}

/// The same of what a relay's own code comes to.
pub(super) fn of_reply(reply: &str, code: &Code, lang: Lang, columns: usize) -> String {
    let said = match code.name {
        "accepted" => say!("cli-explain-reply-accepted", code = reply),
        "deferred" => say!("cli-explain-reply-deferred", code = reply),
        _ => say!("cli-explain-reply-rejected", code = reply),
    };
    format!(
        "{}\n\n{}",
        wrapped(&said.in_lang(lang), columns),
        of(code, lang, columns)
    )
}

fn parts(code: &Code, lang: Lang, columns: usize) -> String {
    let [means, why, what_to_do] = code.parts();
    let parts = [
        say!("cli-explain-means", text = means),
        say!("cli-explain-why", text = why),
        say!("cli-explain-do", text = what_to_do),
    ];
    let parts = parts.map(|said| part(&said.in_lang(lang), columns));
    parts.join("\n")
}

/// Paragraphs, and between blank lines what is to be pasted.
fn part(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut pasted = false;
    for line in text.lines() {
        let code = line.strip_prefix(PASTED.0);
        if code.is_some() != pasted {
            out.push('\n');
        }
        pasted = code.is_some();
        match code {
            Some(code) => out.push_str(&format!("{}{code}\n", PASTED.1)),
            None => out.push_str(&format!("{}\n", wrapped(line, columns))),
        }
    }
    out
}
