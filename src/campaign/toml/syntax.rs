//! What is not TOML, in words of ours.
//!
//! The parser has one sentence for each rule of its grammar. People make a few mistakes, over and
//! over: these have sentences and advice of their own here. The parser's words follow in brackets.

use std::ops::Range;

use crate::campaign::values::Problem;
use crate::words::{Said, say};

/// Quotation marks that word processors and input methods write.
const CURLY: [char; 12] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '「', '」', '＂'];

/// Characters of full width, and what TOML wants instead.
const WIDE: [(char, &str); 11] = [
    ('＝', "="),
    ('［', "["),
    ('］', "]"),
    ('【', "["),
    ('】', "]"),
    ('｛', "{"),
    ('｝', "}"),
    ('，', ","),
    ('、', ","),
    ('＃', "#"),
    ('：', "="),
];

/// What comments begin with elsewhere.
const COMMENTS: [&str; 5] = ["//", "/*", "--", ";", "<!--"];

/// The problem with a place of the file that is not TOML. `text` is the file, `shown` the same
/// without secrets, `own` what the parser says.
pub(super) fn problem(text: &str, shown: &str, own: &str, span: &Range<usize>) -> Problem {
    let line = line_at(text, span.start);
    let written = shown.get(span.clone()).unwrap_or_default().trim();
    let (what, hint) = typed(line).unwrap_or_else(|| by_rule(own, line, written));
    let own = own.replace('\n', ", ");
    Problem::of_campaign(say!("campaign-toml", what = what, own = own)).help(hint)
}

/// Characters that look right and are not, outside of quotes.
fn typed(line: &str) -> Option<(Said, Said)> {
    let begun = line.trim_start();
    if let Some(mark) = COMMENTS.iter().find(|mark| begun.starts_with(**mark)) {
        return Some((
            say!("campaign-toml-comment", mark = *mark),
            say!("campaign-toml-comment-hint"),
        ));
    }
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => continue,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '#' => return None,
            None if CURLY.contains(&c) => {
                return Some((
                    say!("campaign-toml-curly", mark = c),
                    say!("campaign-toml-curly-hint"),
                ));
            }
            None => {
                if let Some((_, plain)) = WIDE.iter().find(|(wide, _)| *wide == c) {
                    return Some((
                        say!("campaign-toml-wide", mark = c),
                        say!("campaign-toml-wide-hint", plain = *plain),
                    ));
                }
            }
        }
    }
    None
}

/// By what the parser expected.
fn by_rule(own: &str, line: &str, written: &str) -> (Said, Said) {
    let rule = own.split(", expected").next().unwrap_or(own);
    let wants = |what: &str| own.contains(what);
    match rule {
        _ if line.trim_end().ends_with('=') => (
            say!("campaign-toml-no-value"),
            say!("campaign-toml-no-value-hint"),
        ),
        "duplicate key" => (
            say!("campaign-toml-duplicate", key = written),
            say!("campaign-toml-duplicate-hint"),
        ),
        "missing escaped value" | "too few unicode value digits" => {
            (say!("campaign-toml-escape"), say!("campaign-toml-escape-hint"))
        }
        "invalid basic string" | "invalid literal string"
            if wants("expected `\"`") || wants("expected `'`") =>
        {
            (
                say!("campaign-toml-unclosed"),
                say!("campaign-toml-unclosed-hint"),
            )
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => (
            say!("campaign-toml-unclosed-lines"),
            say!("campaign-toml-unclosed-lines-hint"),
        ),
        "invalid basic string" | "invalid literal string" => {
            (say!("campaign-toml-control"), say!("campaign-toml-control-hint"))
        }
        "string values must be quoted" | "missing opening quote" | "invalid value" => (
            say!("campaign-toml-unquoted"),
            say!("campaign-toml-unquoted-hint"),
        ),
        "invalid boolean" => (say!("campaign-toml-boolean"), say!("campaign-toml-boolean-hint")),
        "missing value" | "missing value for key" => (
            say!("campaign-toml-no-value"),
            say!("campaign-toml-no-value-hint"),
        ),
        "invalid unquoted key" if !line.split('=').next().unwrap_or(line).is_ascii() => {
            (say!("campaign-toml-key"), say!("campaign-toml-key-hint"))
        }
        "key with no value" | "invalid key-value pair" | "invalid key" | "invalid unquoted key"
            if !line.contains('=') =>
        {
            (
                say!("campaign-toml-no-equals"),
                say!("campaign-toml-no-equals-hint"),
            )
        }
        "invalid unquoted key" | "unquoted keys cannot be empty" | "invalid key" => {
            (say!("campaign-toml-bad-key"), say!("campaign-toml-key-hint"))
        }
        "unclosed table" | "unclosed array table" | "missing table open" | "invalid table" => {
            (say!("campaign-toml-table"), say!("campaign-toml-table-hint"))
        }
        "unclosed array" => (
            say!("campaign-toml-open-list"),
            say!("campaign-toml-open-list-hint"),
        ),
        "unclosed inline table" | "missing inline table opening" => (
            say!("campaign-toml-open-braces"),
            say!("campaign-toml-open-braces-hint"),
        ),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            (say!("campaign-toml-comma"), say!("campaign-toml-comma-hint"))
        }
        "extra comma in array" | "extra comma in inline table" => (
            say!("campaign-toml-extra-comma"),
            say!("campaign-toml-extra-comma-hint"),
        ),
        "extra `=`" | "extra assignment between key-value pairs" | "unexpected `=` in array" => (
            say!("campaign-toml-extra-equals"),
            say!("campaign-toml-extra-equals-hint"),
        ),
        "unexpected key or value"
        | "unexpected content"
        | "unexpected content between comment and newline" => (
            say!("campaign-toml-after-value"),
            say!("campaign-toml-after-value-hint"),
        ),
        "carriage return must be followed by newline" => (
            say!("campaign-toml-line-end"),
            say!("campaign-toml-line-end-hint"),
        ),
        _ if rule.contains("dotted key") || rule.starts_with("existing ") => (
            say!("campaign-toml-not-a-table", key = written),
            say!("campaign-toml-not-a-table-hint"),
        ),
        _ if is_about_numbers(rule) => (say!("campaign-toml-number"), say!("campaign-toml-number-hint")),
        _ => (say!("campaign-toml-other"), say!("campaign-toml-other-hint")),
    }
}

fn is_about_numbers(rule: &str) -> bool {
    [
        "number",
        "integer",
        "float",
        "date",
        "mantissa",
        "fraction",
        "exponent",
        "leading zero",
        "sign",
        "digits",
        "radix",
    ]
    .iter()
    .any(|word| rule.contains(word))
}

fn line_at(text: &str, at: usize) -> &str {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    fn first(text: &str) -> String {
        let (_, mut errors) = DeTable::parse_recoverable(text);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        let error = errors.first().expect("an error");
        let span = error.span().unwrap_or(0..0);
        let problem = problem(text, text, error.message(), &span);
        let hints: Vec<_> = problem.help.iter().map(ToString::to_string).collect();
        format!("{} | {}", problem.what, hints.join(" | "))
    }

    #[test]
    fn what_people_get_wrong_is_said_in_words_of_ours() {
        for (text, words) in [
            ("a = \"x", "the text in quotes is not closed"),
            ("a = 'x", "the text in quotes is not closed"),
            ("a = \"\"\"x\ny", "\"\"\" or ''' is not closed"),
            ("file = \"C:\\Users\\li\"", "'C:\\Users\\li.xlsx'"),
            ("file = \"C:\\data\"", "'C:\\Users\\li.xlsx'"),
            ("a = “x”", "“ is not a straight quote"),
            ("a = 「x」", "「 is not a straight quote"),
            ("a ＝ \"x\"", "＝ is a full-width character"),
            ("［message］", "［ is a full-width character"),
            ("a = [\"x\"，\"y\"]", "， is a full-width character"),
            ("a = 1\na = 2", "`a` is there twice"),
            ("[b]\n[b]", "`b` is there twice"),
            ("姓名 = \"x\"", "must be in quotes"),
            ("a", "there is no = after the key"),
            ("a \"x\"", "there is no = after the key"),
            ("a: \"x\"", "there is no = after the key"),
            ("a =", "there is no value after the ="),
            ("a = x", "this text is not in quotes"),
            ("a = x@uni.example", "this text is not in quotes"),
            ("a = True", "neither true nor false"),
            ("a = \"x\" \"y\"", "after the value"),
            ("a == 1", "one = too many"),
            ("[b", "table is not closed"),
            ("a = [1, 2", "list is not closed"),
            ("a = [\"x\" \"y\"]", "comma is missing"),
            ("a = { b = 1", "braces are not closed"),
            ("a = 08", "this is not a number"),
            ("a = 1.2.3", "this is not a number"),
            ("a = 1\n[a.b]\nc = 2", "`a`"),
        ] {
            let said = first(text);
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
