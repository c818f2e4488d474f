//! Inserts calls into a template that count what it does: at the beginning of each round of a loop
//! and of each component, and where a joined value is kept.

use super::rewritten::{Edit, Rewritten};
use super::tables;
use super::tokens::{Kind, Token, tags, tokens};

/// The function that counts a round.
pub(in crate::render) const TICK: &str = "_tick";

/// The filter that looks at a value that is kept.
pub(in crate::render) const BOUNDED: &str = "_bounded";

/// The same template, with these calls.
pub(in crate::render) fn guarded(of: Rewritten) -> Rewritten {
    let mut insertions: Vec<(usize, String)> = Vec::new();
    // Loops and components that are open: where their insides begin, and their number in the list.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (inside, block) in tags(&of.text) {
        if !block {
            continue;
        }
        let (start, end) = (inside.start - 2, inside.end + 2);
        let all = tokens(&of.text, inside);
        let dash = all.last().is_some_and(|last| last.is("-"));
        let words: Vec<_> = all.iter().skip_while(|token| token.is("-")).collect();
        match words.first() {
            Some(first) if first.word("for") || first.word("component") => {
                open.push((end, insertions.len()));
                // Blanks behind the tag go where they went before.
                insertions.push((end, (if dash { " -}}" } else { " }}" }).to_owned()));
            }
            Some(first) if first.word("endfor") || first.word("endcomponent") => {
                if let Some((from, at)) = open.pop()
                    && let Some((_, words)) = insertions.get_mut(at)
                {
                    *words = format!("{{{{ {TICK}(n={}){words}", start.saturating_sub(from));
                }
            }
            Some(first) if first.word("set") || first.word("set_global") => {
                let words = words.get(..words.len() - usize::from(dash)).unwrap_or_default();
                insertions.extend(kept(words));
            }
            Some(_) | None => {}
        }
    }
    // What is never closed, the engine refuses.
    for (_, at) in open {
        if let Some((_, words)) = insertions.get_mut(at) {
            words.clear();
        }
    }
    insertions.extend(tables::insertions(&of.text));
    with(of, &insertions)
}

/// What makes a `set` look at its value, where that may be larger than what it is made of.
fn kept(words: &[&Token<'_>]) -> Vec<(usize, String)> {
    let Some(last) = words.last() else {
        return Vec::new();
    };
    let filter = format!(" | {BOUNDED}");
    match words.get(2) {
        Some(equals) if equals.is("=") => {
            let value = words.get(3..).unwrap_or_default();
            let grows = |token: &&&Token<'_>| {
                let mark = token.kind == Kind::Mark && matches!(token.text, "~" | "+" | "|" | "[" | "...");
                mark || token.word("for")
            };
            match value.iter().find(grows) {
                Some(_) => vec![
                    (equals.end(), " (".to_owned()),
                    (last.end(), format!("){filter}")),
                ],
                None => Vec::new(),
            }
        }
        // A block, with filters or without.
        _ => vec![(last.end(), filter)],
    }
}

/// A text with more inserted.
pub(super) fn with(of: Rewritten, insertions: &[(usize, String)]) -> Rewritten {
    let mut sorted: Vec<_> = insertions.iter().filter(|(_, words)| !words.is_empty()).collect();
    sorted.sort_by_key(|(at, _)| *at);
    let (mut text, mut done) = (String::with_capacity(of.text.len() + 32), 0);
    let mut edits = Vec::with_capacity(of.edits.len() + sorted.len());
    for (at, words) in &sorted {
        text.push_str(of.text.get(done..*at).unwrap_or_default());
        edits.push(Edit {
            at: text.len()..text.len() + words.len(),
            of: 0,
        });
        text.push_str(words);
        done = *at;
    }
    text.push_str(of.text.get(done..).unwrap_or_default());
    let shift = |at: usize| -> usize {
        let before = sorted.iter().take_while(|(insertion, _)| *insertion <= at);
        before.map(|(_, words)| words.len()).sum()
    };
    edits.extend(of.edits.iter().map(|edit| {
        let by = shift(edit.at.start);
        Edit {
            at: edit.at.start + by..edit.at.end + by,
            of: edit.of,
        }
    }));
    edits.sort_by_key(|edit| edit.at.start);
    Rewritten {
        text,
        edits,
        asks: of.asks,
    }
}

#[cfg(test)]
mod tests {
    use super::super::template;
    use super::*;

    #[test]
    fn rounds_and_values_are_counted() {
        for (text, expected) in [
            ("a {{ b }}", "a {{ b }}"),
            (
                "{% for x in xs %}ab{% endfor %}",
                "{% for x in xs %}{{ _tick(n=2) }}ab{% endfor %}",
            ),
            (
                "{%- for x in xs -%} ab {%- endfor -%}",
                "{%- for x in xs -%}{{ _tick(n=4) -}} ab {%- endfor -%}",
            ),
            ("{% set a = b %}", "{% set a = b %}"),
            ("{% set a = b ~ b %}", "{% set a = ( b ~ b) | _bounded %}"),
            (
                "{%- set_global a = b ~ b -%}",
                "{%- set_global a = ( b ~ b) | _bounded -%}",
            ),
            ("{% set a %}b{% endset %}", "{% set a | _bounded %}b{% endset %}"),
            (
                "{% set a | upper %}b{% endset %}",
                "{% set a | upper | _bounded %}b{% endset %}",
            ),
            ("{% for x in xs %}", "{% for x in xs %}"),
        ] {
            assert_eq!(guarded(template(text)).text, expected);
        }
    }

    #[test]
    fn what_was_written_is_found_where_it_stands() {
        let text = "{% for x in xs %}{{ fee * 2 }}{% set a = b ~ c %}{% endfor %}d";
        let rewritten = guarded(template(text));
        for part in ["fee", "b ~", "endfor", "}d"] {
            let (there, here) = (rewritten.text.find(part), text.find(part));
            assert_eq!(
                there.map(|at| rewritten.original(at + 1)),
                here.map(|at| at + 1),
                "{part}"
            );
        }
    }
}
