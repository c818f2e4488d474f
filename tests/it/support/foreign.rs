//! Which words of a Chinese text are English: what a reader of Chinese alone would not understand.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Names that are the same in every language.
const NAMES: [&str; 22] = [
    "mailshot",
    "Mailshot",
    "mailmerge",
    "Excel",
    "PowerShell",
    "Elvish",
    "Bash",
    "bash",
    "fish",
    "Zsh",
    "Ctrl-C",
    "Ctrl-D",
    "Gmail",
    "Outlook",
    "Office",
    "Postfix",
    "Windows",
    "macOS",
    "Linux",
    "Python",
    "Tera",
    "tab",
];

/// What a relay answers, and what is recorded in the place of an answer.
static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[2-5]\d\d[ -][ -~]*|end of message: [ -~]*").expect("a regular expression")
});

/// A text without the replies of relays in it.
pub(crate) fn without_replies(text: &str) -> Cow<'_, str> {
    REPLY.replace_all(text, "")
}

/// The English words of a text, in its order. Left out are what is in brackets or braces, between backticks
/// or quotation marks of ASCII; flags, addresses, names of files and all that has a digit, a slash, a
/// dot or a low line in it; words in capitals, which are names of values; what begins a line of a list
/// (`  accepted  已接收`); commands (`mailshot check my-campaign`); excerpts of files (`3 | …`, `--> …`);
/// and the names that are given.
pub(crate) fn english_words(text: &str, names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut text = without(&without(text, '（', '）'), '“', '”');
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('`', '`'), ('"', '"')] {
        text = without(&text, open, close);
    }
    for line in text.lines().filter(|line| !is_excerpt(line)) {
        let words = without_commands(without_name(line));
        let words = without_settings(&words);
        let words = words
            .split(|c: char| c.is_whitespace() || !c.is_ascii())
            .map(|word| {
                word.trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '-' | '.' | '/' | '$'))
            })
            .map(|word| word.trim_end_matches('.'));
        let english = words.filter(|word| is_english(word) && !NAMES.contains(word) && !names.contains(word));
        found.extend(english.map(str::to_owned));
    }
    found
}

fn is_english(word: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '\'');
    word.len() > 1
        && !word.starts_with('-')
        && !word.starts_with("mailshot-")
        && word.chars().all(letters)
        && word.chars().any(|c| c.is_ascii_lowercase())
}

/// The text without what stands between two marks. What is never closed stays.
fn without(text: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        // Nothing is quoted over several paragraphs.
        let paragraph = after.find("\n\n").unwrap_or(after.len());
        let Some(end) = after[..paragraph].find(close) else {
            kept.push_str(before);
            kept.push(' ');
            rest = after;
            continue;
        };
        kept.push_str(before);
        kept.push(' ');
        rest = &after[end + close.len_utf8()..];
    }
    kept + rest
}

/// A line of a file, or where it is.
fn is_excerpt(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    numbered.starts_with('|') || line.starts_with("--> ") || line.starts_with(":::")
}

/// A line of a list without the name that it begins with.
fn without_name(line: &str) -> &str {
    let bare = line.trim_start();
    match bare.split_once("  ") {
        Some((_, what)) if bare.len() < line.len() => what,
        None if line.starts_with("  ") && bare.is_ascii() => "",
        Some(_) | None => line,
    }
}

/// A line without settings of the campaign file: `key = true`.
fn without_settings(line: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut words = line.split(' ').peekable();
    while let Some(word) = words.next() {
        if words.peek() == Some(&"=") {
            words.next();
            words.next();
            let before = word.trim_end_matches(|c: char| c.is_ascii());
            kept.push(before);
        } else {
            kept.push(word);
        }
    }
    kept.join(" ")
}

/// A line without commands that can be typed: `mailshot`, and what comes behind it in ASCII.
fn without_commands(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("mailshot ") {
        kept.push_str(&rest[..at]);
        let command = &rest[at..];
        let end = command.find(|c: char| !c.is_ascii()).unwrap_or(command.len());
        let end = command.find("  ").unwrap_or(end).min(end);
        kept.push(' ');
        rest = &command[end..];
    }
    kept + rest
}

#[test]
fn english_words_are_found_and_names_and_codes_are_not() {
    for (text, found) in [
        ("名单里有 3 个 recipients。", "recipients"),
        ("error: 名单里没有收件人", "error"),
        ("发信服务器 didn't 答复", "didn't"),
        ("没有这个文件（permission denied）", ""),
        ("发信服务器 school 拒绝 (550 no such user)", "school"),
        ("列 `name` 没有值；写 \"default value\"", ""),
        (
            "用 --dry-run、-y 或 smtps://mail.example 和 a@b.example，编码 gb18030，键 in_doubt",
            "",
        ),
        ("运行 mailshot send my-campaign --yes 继续", ""),
        ("  accepted  已接收\n  deferred  暂缓 later", "later"),
        ("3 | Dear {{ nmae }}\n --> notice.txt:3:4", ""),
        ("Excel 和 CSV，DKIM 与 FILE，.toml", ""),
        ("错误[bad-address]：请写 password = { keyring = true }", ""),
        ("请写 optional = true，或 attempts = 5", ""),
    ] {
        assert_eq!(english_words(text, &[]).join(" "), found, "{text}");
    }
    assert!(english_words("发信服务器 school 拒绝", &["school"]).is_empty());
}
