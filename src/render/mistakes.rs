//! What the engine cannot read, named as the mistake that it is.
//!
//! The engine has but English words for these, made of what its parser hopes for. Most mistakes are
//! habits of another template language, of a spreadsheet or of plain speech; where the text at the
//! place shows which, the message says so and how it is written here. A test fails if a version of
//! the engine has other words.

use std::ops::Range;

use crate::campaign::{Place, Problem};
use crate::table::is_invisible;
use crate::words::{Said, say};

/// Of a character that belongs to nothing, and of a comment without an end.
const UNEXPECTED: &str = "Unexpected character";
const UNCLOSED_COMMENT: &str = "Closing comment tag `#}` not found";

/// Of a template that is over before its tags are.
const END: &str = "Unexpected end of input";

/// Of a `{% … %}` with a word that the language has not, or not at this place.
const UNKNOWN_TAG: &str = "Unknown tag";

/// Of quotation marks, at the beginning and the end.
const OPEN_STRING: [&str; 2] = ["String opened with ", "missing its closing"];

/// Of `name.upper()`.
const CALL: &str = "Function calls are only allowed";

/// Of a word or a mark behind a value that is whole; of one brace at the end.
const BEHIND_A_VALUE: [&str; 2] = ["but expected }}", "but expected %}"];

/// Of a list in round brackets.
const IN_BRACKETS: &str = "but expected )";

/// Of anything where a value must stand.
const NO_VALUE: &str = "but expected one of: integer";

/// Words for which the language has signs, and the signs.
const SIGNS: [(&str, &str); 16] = [
    ("equals", "=="),
    ("equal", "=="),
    ("eq", "=="),
    ("ne", "!="),
    ("neq", "!="),
    ("gt", ">"),
    ("ge", ">="),
    ("gte", ">="),
    ("lt", "<"),
    ("le", "<="),
    ("lte", "<="),
    ("contains", "in"),
    ("plus", "+"),
    ("minus", "-"),
    ("等于", "=="),
    ("大于", ">"),
];

/// What the engine cannot read at a place, and how it is written.
pub(super) fn syntax(message: &str, place: Place) -> Problem {
    let (what, hint) = named(message, &place);
    let place = match what {
        Named::Elsewhere(_, ref span) => place.at(span.clone()),
        Named::Here(_) => place,
    };
    let (Named::Here(said) | Named::Elsewhere(said, _)) = what;
    Problem::error(said).code("template").at(place).help(hint)
}

enum Named {
    Here(Said),
    /// At another place than the one that the engine stumbles over.
    Elsewhere(Said, Range<usize>),
}

fn named(message: &str, place: &Place) -> (Named, Said) {
    let text: &str = &place.text;
    let here = text.get(place.span.start..).unwrap_or_default();
    let before = text.get(..place.span.start).unwrap_or_default();
    let word = word_of(here);
    let behind_a_value = BEHIND_A_VALUE.iter().any(|end| message.ends_with(end));
    let is_condition = !before.contains("{{") && !before.contains("{%");
    let usual = || {
        if is_condition {
            say!("render-condition-hint")
        } else {
            say!("render-syntax-hint")
        }
    };
    if message == UNCLOSED_COMMENT {
        let said = Named::Here(say!("render-open-comment"));
        return (said, say!("render-open-comment-hint"));
    }
    if OPEN_STRING.iter().all(|part| message.contains(part)) {
        return (
            Named::Here(say!("render-open-string")),
            say!("render-open-string-hint"),
        );
    }
    if message == END || message.starts_with("Found end of input") {
        return match open_tag(text) {
            Some(span) => {
                let close = if text.get(span.clone()) == Some("{%") {
                    "%}"
                } else {
                    "}}"
                };
                let said = say!("render-open-tag", close = close);
                (Named::Elsewhere(said, span), usual())
            }
            None => match open_blocks(text).pop() {
                Some((word, span)) => {
                    let said = say!("render-open-block", name = word);
                    (
                        Named::Elsewhere(said, span),
                        say!("render-open-block-hint", name = word),
                    )
                }
                None => (Named::Here(say!("render-syntax", own = message)), usual()),
            },
        };
    }
    if message == UNKNOWN_TAG {
        return unknown_tag(word, before);
    }
    if message.starts_with(CALL) {
        let said = Named::Here(say!("render-call"));
        return (said, say!("render-call-hint", name = word));
    }
    let c = here.chars().next();
    if is_condition && before.ends_with('{') {
        return (Named::Here(say!("render-braces-in-condition")), usual());
    }
    if message.ends_with(IN_BRACKETS) && c == Some(',') {
        return (
            Named::Here(say!("render-list-brackets")),
            say!("render-list-brackets-hint"),
        );
    }
    if behind_a_value && c == Some('}') {
        return (Named::Here(say!("render-one-brace")), usual());
    }
    if behind_a_value && !word.is_empty() {
        return (
            Named::Here(say!("render-no-sign", name = word)),
            behind(word, before),
        );
    }
    match c {
        Some(':') if behind_a_value => (
            Named::Here(say!("render-character-in-tag", character = ":")),
            say!("render-argument-hint"),
        ),
        Some('?') => (
            Named::Here(say!("render-character-in-tag", character = "?")),
            say!("render-choice-hint"),
        ),
        Some('#') => (
            Named::Here(say!("render-character-in-tag", character = "#")),
            say!("render-block-hint"),
        ),
        Some('!') => (
            Named::Here(say!("render-character-in-tag", character = "!")),
            say!("render-not-hint"),
        ),
        Some(c @ ('$' | '@' | '.')) => (
            Named::Here(say!("render-character-in-tag", character = c.to_string())),
            say!("render-name-alone-hint"),
        ),
        _ if before.ends_with("{{{") => (Named::Here(say!("render-three-braces")), usual()),
        Some(c) if message == UNEXPECTED => (
            Named::Here(say!("render-character-in-tag", character = shown(c))),
            usual(),
        ),
        _ if message.contains(NO_VALUE) && !behind_a_value => (Named::Here(say!("render-no-value")), usual()),
        _ => (Named::Here(say!("render-syntax", own = message)), usual()),
    }
}

/// A `{% word %}` that does not exist, or has no block that it belongs to.
fn unknown_tag(word: &str, before: &str) -> (Named, Said) {
    let of = match word {
        "else" | "elif" | "elseif" | "endif" => Some("if"),
        word => word.strip_prefix("end").filter(|of| BLOCKS.contains(of)),
    };
    match (of, open_blocks(before).pop()) {
        (Some(_), Some((open, _))) => (
            Named::Here(say!("render-other-block", name = word, open = open)),
            say!("render-open-block-hint", name = open),
        ),
        (Some(of), None) => (
            Named::Here(say!("render-no-block", name = word, of = of)),
            say!("render-syntax-hint"),
        ),
        (None, _) => (
            Named::Here(say!("render-unknown-tag", name = word)),
            say!("render-unknown-tag-hint", name = word),
        ),
    }
}

/// What to write where a word follows a value.
fn behind(word: &str, before: &str) -> Said {
    let lower = word.to_lowercase();
    if let Some((_, sign)) = SIGNS.iter().find(|(of, _)| *of == lower) {
        return match *sign {
            "in" => say!("render-in-hint"),
            sign => say!("render-sign-hint", sign = sign),
        };
    }
    if lower == "then" {
        return say!("render-then-hint");
    }
    let first = before
        .rsplit_once("{{")
        .map(|(_, inside)| word_of(inside.trim_start()));
    match first {
        Some(tag @ ("if" | "for" | "else" | "elif" | "set" | "include")) => {
            say!("render-block-tag-hint", name = tag)
        }
        Some(_) | None => say!("render-no-sign-hint"),
    }
}

/// The word that a text begins with.
fn word_of(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Tags that have an end of their own.
const BLOCKS: [&str; 4] = ["if", "for", "filter", "block"];

/// The last tag that nothing closes.
fn open_tag(text: &str) -> Option<Range<usize>> {
    let (value, block) = (text.rfind("{{"), text.rfind("{%"));
    let (start, close) = if value > block {
        (value?, "}}")
    } else {
        (block?, "%}")
    };
    let closed = text.get(start + 2..).is_some_and(|rest| rest.contains(close));
    (!closed).then_some(start..start + 2)
}

/// The blocks that are open at the end of a text, and where their words stand.
fn open_blocks(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, _) in text.match_indices("{%") {
        let inside = text.get(at + 2..).unwrap_or_default();
        let trimmed = inside.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        let start = at + 2 + (inside.len() - trimmed.len());
        let word = word_of(trimmed);
        if BLOCKS.contains(&word) {
            open.push((word, start..start + word.len()));
        } else if let Some(of) = word.strip_prefix("end") {
            open.pop_if(|(word, _)| *word == of || of.is_empty());
        }
    }
    open
}

/// A character that may not show anything.
fn shown(c: char) -> String {
    if c.is_control() || c.is_whitespace() || is_invisible(c) {
        format!("U+{:04X}", u32::from(c))
    } else {
        c.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence and the hint about a template that the engine refuses.
    fn said(template: &str) -> String {
        let mut tera = tera::Tera::new();
        let error = tera
            .add_raw_template("a.txt", template)
            .expect_err("the template is at fault");
        let tera::ErrorKind::SyntaxError(report) = error.kind() else {
            panic!("{template}: {error}");
        };
        let place = Place::in_file("a.txt", template.into(), report.span().range.clone());
        let problem = syntax(report.message().trim_end_matches('.'), place);
        let at = problem.place.map(|place| place.span.start).unwrap_or_default();
        let help: Vec<String> = problem.help.iter().map(ToString::to_string).collect();
        format!("{at}: {} / {}", problem.what, help.join(" / "))
    }

    #[test]
    fn a_mistake_is_named_as_what_it_is() {
        for (template, what, hint) in [
            (
                "Dear {{ name",
                "5: this tag has no }} at its end",
                "a value is written",
            ),
            (
                "{% if a %}x",
                "3: `if` has no {% endif %}",
                "behind the text it is for",
            ),
            ("{% if a", "0: this tag has no %} at its end", ""),
            ("{{ name }", "a tag that begins with two braces ends with two", ""),
            ("{{ }}", "a value is missing here", ""),
            ("{% if a == %}x{% endif %}", "a value is missing here", ""),
            ("{% endif %}", "`endif` has no {% if %} before it", ""),
            (
                "{% if a %}x{% endfor %}",
                "`endfor` is here while `if` is still open",
                "{% endif %}",
            ),
            ("{% unless a %}", "there is no tag {% unless %}", "{{ unless }}"),
            (
                "{{ name paid }}",
                "`paid` follows a value, with no sign between",
                "row['First Name']",
            ),
            ("{% if a equals 'x' %}y{% endif %}", "`equals`", "write =="),
            ("{% if a then %}y{% endif %}", "`then`", "without `then`"),
            ("{{ if a }}", "`a`", "{% if … %}"),
            ("{{ \"x }}", "the text in quotation marks is not closed", ""),
            ("{{ name | default:'x' }}", "`:`", "default(value="),
            ("{{ name ? 'a' : 'b' }}", "`?`", "{% else %}"),
            ("{{#if a}}", "`#`", "{% if"),
            ("{{ $name }}", "`$`", "the name alone"),
            ("{{ .name }}", "`.`", "the name alone"),
            ("{{ name.upper() }}", "filters", "name | upper"),
            ("{{{name}}}", "two braces", ""),
            ("{{ a; }}", "`;` has no meaning", ""),
            ("{# a", "this comment is not closed", ""),
            (
                "{% if a in ('x', 'y') %}z{% endif %}",
                "a list has square brackets",
                "['yes', 'no']",
            ),
        ] {
            let said = said(template);
            assert!(said.contains(what) && said.contains(hint), "{template}: {said}");
            assert!(!said.contains("expected"), "{template}: {said}");
        }
    }
}
