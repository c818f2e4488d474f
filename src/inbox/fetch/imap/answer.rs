//! What the first line of an answer says by itself: whose it is, and the result of a command.

/// The kind of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'f> {
    /// The result of the command with this tag.
    Done(&'f str, Result3, &'f str),
    /// The server waits for more.
    Continue(&'f str),
    /// The server hangs up.
    Bye(&'f str),
    /// Words, or a code: `* OK [UIDVALIDITY 1]`.
    Status(Result3, &'f str),
    /// A login is not needed.
    PreAuth(&'f str),
    /// Data: what follows the star.
    Data(&'f str),
    /// None of them.
    Unknown,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Result3 {
    Ok,
    No,
    Bad,
}

/// The kind of the answer that begins with this line.
pub(super) fn kind(line: &str) -> Kind<'_> {
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (word, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let result = |word: &str| {
        [("OK", Result3::Ok), ("NO", Result3::No), ("BAD", Result3::Bad)]
            .into_iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name))
            .map(|(_, result)| result)
    };
    match first {
        "+" => Kind::Continue(rest.trim()),
        "*" if word.eq_ignore_ascii_case("BYE") => Kind::Bye(text.trim()),
        "*" if word.eq_ignore_ascii_case("PREAUTH") => Kind::PreAuth(text.trim()),
        "*" => match result(word) {
            Some(result) => Kind::Status(result, text.trim()),
            None if rest.is_empty() => Kind::Unknown,
            None => Kind::Data(rest.trim()),
        },
        tag if !tag.is_empty() => match result(word) {
            Some(result) => Kind::Done(tag, result, text.trim()),
            None => Kind::Unknown,
        },
        _ => Kind::Unknown,
    }
}

/// The value of a code in brackets: 7 of `[UIDVALIDITY 7] ready`.
pub(super) fn coded(text: &str, code: &str) -> Option<u32> {
    let (found, rest) = in_brackets(text)?.split_once(' ')?;
    (found.eq_ignore_ascii_case(code))
        .then(|| rest.trim().parse().ok())
        .flatten()
}

/// Whether the text begins with this code, alone or with arguments.
pub(super) fn has_code(text: &str, codes: &[&str]) -> bool {
    let code = in_brackets(text).and_then(|inner| inner.split(' ').next());
    code.is_some_and(|found| codes.iter().any(|code| found.eq_ignore_ascii_case(code)))
}

/// The capabilities in `[CAPABILITY …]`.
pub(super) fn capabilities(text: &str) -> Option<Vec<String>> {
    let inner = in_brackets(text)?;
    let (word, rest) = inner.split_once(' ')?;
    word.eq_ignore_ascii_case("CAPABILITY").then(|| words(rest))
}

/// Words in capital letters.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split_ascii_whitespace()
        .take(200)
        .map(str::to_ascii_uppercase)
        .collect()
}

fn in_brackets(text: &str) -> Option<&str> {
    Some(text.strip_prefix('[')?.split_once(']')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(kind("a1 OK done"), Kind::Done("a1", Result3::Ok, "done"));
        assert_eq!(kind("a1 no"), Kind::Done("a1", Result3::No, ""));
        assert_eq!(kind("* BYE"), Kind::Bye(""));
        assert_eq!(kind("+"), Kind::Continue(""));
        assert_eq!(kind("+ idling"), Kind::Continue("idling"));
        assert_eq!(kind("* 3 EXISTS"), Kind::Data("3 EXISTS"));
        assert_eq!(kind("* ok [UIDNEXT 7]"), Kind::Status(Result3::Ok, "[UIDNEXT 7]"));
        assert_eq!(kind("+OK POP3"), Kind::Unknown);
        assert_eq!(kind(""), Kind::Unknown);
        assert_eq!(
            coded("[UIDVALIDITY 3857529045] UIDs valid", "uidvalidity"),
            Some(3_857_529_045)
        );
        assert_eq!(coded("[HIGHESTMODSEQ 5]", "UIDVALIDITY"), None);
        assert!(has_code("[IN-USE] busy", &["IN-USE"]) && !has_code("busy", &["IN-USE"]));
        assert_eq!(
            capabilities("[CAPABILITY IMAP4rev1 id] hi").unwrap(),
            ["IMAP4REV1", "ID"]
        );
    }
}
