//! What the names in a tag mean, and how they are written for the engine.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::changed::Doubt;
use super::columns::{Columns, mangled};
use super::lexer::{End, Kind, Token};

/// Names that templates have besides the columns: of each a column may be called so, too.
const OWN: [&str; 6] = ["row", "rows", "row_number", "campaign", "verp", "bounce"];

/// What the engine prints all that it knows by.
const EVERYTHING: &str = "__tera_context";

/// Words that are values of their own.
const VALUES: [&str; 7] = ["true", "True", "false", "False", "none", "None", "null"];

/// Words without a meaning of their own.
const EMPTY_WORDS: [&str; 8] = ["and", "or", "not", "in", "is", "if", "else", "for"];

/// Filters of one argument that other template languages have without its name, and that do the same
/// there (`truncate` and `date` do not).
const ARGUMENTS: [(&str, &str); 3] = [("default", "value"), ("join", "sep"), ("round", "precision")];

/// The tokens of a tag, and what is known around them.
pub(super) struct Meaning<'a, 'h> {
    pub(super) tokens: &'a [Token],
    pub(super) end: End,
    pub(super) columns: &'a Columns<'h>,
    /// Variables that the template makes itself.
    pub(super) declared: &'a HashSet<String>,
}

/// What is to be written for a stretch of tokens, and how many they are.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) tokens: usize,
}

/// The variables that a tag makes: those of a loop, those that are set.
pub(super) fn declares(tokens: &[Token]) -> impl Iterator<Item = &str> {
    let first = tokens.iter().find(|token| !token.is("-"));
    let sets = first.is_some_and(|first| first.word("set") || first.word("set_global"));
    let made = tokens.iter().enumerate().filter(move |(at, token)| {
        let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
        let is_name = matches!(token.kind, Kind::Name);
        let of_set = sets && before(1).is_some_and(|token| token.word("set") || token.word("set_global"));
        let of_loop = before(1).is_some_and(|token| token.word("for"));
        let second =
            before(1).is_some_and(|token| token.is(",")) && before(3).is_some_and(|token| token.word("for"));
        is_name && (of_set || of_loop || second)
    });
    made.map(|(_, token)| token.text.as_str())
}

impl Meaning<'_, '_> {
    fn get(&self, at: Option<usize>) -> Option<&Token> {
        at.and_then(|at| self.tokens.get(at))
    }

    fn before(&self, at: usize) -> Option<&Token> {
        self.get(at.checked_sub(1))
    }

    /// What is written for the token at `at` and those behind it that belong to it.
    pub(super) fn written(&self, at: usize) -> Written {
        let one = |text: String| Written { text, tokens: 1 };
        let Some(token) = self.tokens.get(at) else {
            return one(String::new());
        };
        let next = self.tokens.get(at + 1);
        match token.kind {
            Kind::Markup => one(String::new()),
            Kind::Mark if (token.is(".") || token.is("?.")) => match next.and_then(|next| self.part(next)) {
                Some(name) => Written {
                    text: format!("{}[{}]", token.text.trim_end_matches('.'), quoted(&name)),
                    tokens: 2,
                },
                None => one(token.text.clone()),
            },
            // `=` is how a spreadsheet compares.
            Kind::Mark if token.is("=") && self.compares(at) => one("==".to_owned()),
            // As other languages write it; before a comparison it could mean two things.
            Kind::Mark if token.is("!") && self.denies(at) => one("not ".to_owned()),
            Kind::Quoted if self.is_index(at) => one(self.index(&token.text)),
            Kind::Quoted | Kind::Number if self.argument(at).is_some() => {
                let name = self.argument(at).unwrap_or_default();
                one(format!("{name}={}", token.text))
            }
            Kind::Column(_) | Kind::Quoted | Kind::Mark => one(token.text.clone()),
            Kind::Number if self.is_alone(at) => match self.columns.called(&token.text) {
                Some(column) => one(self.columns.alias(column)),
                None => one(token.text.clone()),
            },
            Kind::Number => one(token.text.clone()),
            Kind::Name => match (
                self.is_statement(at),
                token.text.as_str(),
                next.map(|next| next.text.as_str()),
            ) {
                (true, "else", Some("if")) => Written {
                    text: "elif".to_owned(),
                    tokens: 2,
                },
                (true, "elseif" | "elsif", _) => one("elif".to_owned()),
                (false, "is", _) if self.is_value(at + 1) => one("==".to_owned()),
                (false, "is", Some("not")) if self.is_value(at + 2) => Written {
                    text: "!=".to_owned(),
                    tokens: 2,
                },
                (true, "end", Some(of @ ("if" | "for"))) => Written {
                    text: format!("end{of}"),
                    tokens: 2,
                },
                _ => one(self.name(at, token)),
            },
        }
    }

    /// What can mean two things at this token.
    pub(super) fn doubt(&self, at: usize) -> Option<Doubt> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Name)?;
        let name = token.text.as_str();
        if name == EVERYTHING {
            return Some(Doubt::Everything);
        }
        if !self.is_variable(at) || self.declared.contains(name) || self.columns.called(name).is_none() {
            return None;
        }
        if VALUES.contains(&name) {
            return self.is_alone(at).then(|| Doubt::Word(name.to_owned()));
        }
        let next = self.tokens.get(at + 1);
        let taken_from = next.is_some_and(|next| [".", "[", "?.", "?["].iter().any(|mark| next.is(mark)));
        let looped = self.before(at).is_some_and(|before| before.word("in"))
            && self.tokens.iter().any(|token| token.word("for"));
        let table = matches!(name, "row" | "rows") && (taken_from || looped);
        (OWN.contains(&name) && !table).then(|| Doubt::Own(name.to_owned()))
    }

    fn name(&self, at: usize, token: &Token) -> String {
        let name = token.text.as_str();
        let is_variable = self.is_variable(at);
        if matches!(name, "AND" | "OR" | "NOT") && !self.is_alone(at) && self.columns.called(name).is_none() {
            return name.to_ascii_lowercase();
        }
        if name.is_ascii() {
            let word = EMPTY_WORDS.contains(&name) && self.is_alone(at)
                || matches!(name, "loop" | "self")
                    && is_variable
                    && !self.tokens.get(at + 1).is_some_and(|next| next.is("."));
            return match self.columns.called(name).filter(|_| word) {
                Some(column) => self.columns.alias(column),
                None => name.to_owned(),
            };
        }
        if self.declared.contains(name) {
            return mangled(name);
        }
        if is_variable && let Some(column) = self.columns.meant(name) {
            return self.columns.alias(column);
        }
        // Full-width letters.
        let narrow: String = name.nfkc().collect();
        if narrow.is_ascii() { narrow } else { mangled(name) }
    }

    /// The name behind a point, where the engine cannot take it there.
    fn part(&self, next: &Token) -> Option<String> {
        let name = next.text.as_str();
        match next.kind {
            Kind::Name if name.is_ascii() => {
                let column = self.columns.of_alias(name)?;
                Some(self.columns.name(column).to_owned())
            }
            Kind::Name => {
                let column = self.columns.meant(name);
                Some(column.map_or(name, |column| self.columns.name(column)).to_owned())
            }
            Kind::Column(column) => Some(self.columns.name(column).to_owned()),
            Kind::Number | Kind::Quoted | Kind::Mark | Kind::Markup => None,
        }
    }

    /// Whether a name is that of a variable, and no filter, test, function or argument.
    fn is_variable(&self, at: usize) -> bool {
        let before = self.before(at);
        let next = self.tokens.get(at + 1);
        let taken = before.is_some_and(|before| [".", "?.", "|"].iter().any(|mark| before.is(mark)));
        let of_test = before.is_some_and(|before| before.word("is"))
            || before.is_some_and(|before| before.word("not"))
                && self.get(at.checked_sub(2)).is_some_and(|token| token.word("is"));
        let called = next.is_some_and(|next| next.is("(") || next.is("=") && !self.compares(at + 1));
        !(taken || of_test || called || self.is_statement(at))
    }

    /// Whether a token says what a block does.
    fn is_statement(&self, at: usize) -> bool {
        self.end == End::Block && Some(at) == self.tokens.iter().position(|token| !token.is("-"))
    }

    /// Whether a `=` is in a condition, and does not name the argument of a filter.
    fn compares(&self, at: usize) -> bool {
        let start = self.tokens.iter().find(|token| !token.is("-"));
        let asks = start.is_some_and(|start| {
            ["if", "elif", "elseif", "elsif"]
                .iter()
                .any(|word| start.word(word))
        });
        let mut calls = Vec::new();
        for (i, token) in self.tokens.iter().enumerate().take(at) {
            if token.is("(") {
                let before = self.before(i).filter(|before| before.kind == Kind::Name);
                calls.push(before.is_some_and(|before| !is_operator(&before.text)));
            } else if token.is(")") {
                calls.pop();
            }
        }
        (asks || self.end == End::Text) && !calls.last().copied().unwrap_or_default()
    }

    /// The name of the only argument of a filter, where it is written without: `default("x")`.
    fn argument(&self, at: usize) -> Option<&'static str> {
        let opens = self.before(at)?.is("(") && self.tokens.get(at + 1)?.is(")");
        let filter = self.get(at.checked_sub(2)).filter(|_| opens)?;
        let applied = self.get(at.checked_sub(3))?.is("|");
        let known = ARGUMENTS.iter().find(|(name, _)| filter.word(name) && applied)?;
        Some(known.1)
    }

    /// Whether a token is a value that is written out, which no test is.
    fn is_value(&self, at: usize) -> bool {
        self.get(Some(at))
            .is_some_and(|token| matches!(token.kind, Kind::Quoted | Kind::Number))
    }

    /// Whether a `!` is followed by a condition of one name.
    fn denies(&self, at: usize) -> bool {
        let name = self.tokens.get(at + 1);
        let next = self.tokens.get(at + 2);
        let starts = self.before(at).is_none_or(|before| {
            before.is("(")
                || before.kind == Kind::Name && is_operator(&before.text)
                || matches!(before.text.as_str(), " and " | " or ")
        });
        starts
            && name.is_some_and(|name| matches!(name.kind, Kind::Name | Kind::Column(_)))
            && next.is_none_or(|next| {
                next.is(")")
                    || next.is("-")
                    || next.word("and")
                    || next.word("or")
                    || matches!(next.text.as_str(), " and " | " or ")
            })
    }

    /// Whether a token is all that a value or a condition is made of, except for filters.
    fn is_alone(&self, at: usize) -> bool {
        let is_dash = |token: &Token| token.is("-") || token.kind == Kind::Markup;
        let start = self.tokens.iter().position(|token| !is_dash(token));
        let first = match self.end {
            End::Value | End::Text => start,
            End::Block => start
                .filter(|start| {
                    self.get(Some(*start))
                        .is_some_and(|word| word.word("if") || word.word("elif"))
                })
                .map(|start| start + 1),
        };
        let mut rest = self.tokens.iter().skip(at + 1).skip_while(|token| is_dash(token));
        first == Some(at) && rest.next().is_none_or(|next| next.is("|"))
    }

    /// Whether a string says which part is taken out of something.
    fn is_index(&self, at: usize) -> bool {
        let of = self.get(at.checked_sub(2));
        let value = of.is_some_and(|of| matches!(of.kind, Kind::Name | Kind::Column(_)) || of.is("]"));
        let word = of.is_some_and(|of| EMPTY_WORDS.contains(&of.text.as_str()));
        let brackets = self
            .before(at)
            .is_some_and(|before| before.is("[") || before.is("?["))
            && self.tokens.get(at + 1).is_some_and(|next| next.is("]"));
        value && !word && brackets
    }

    /// The name of a column in quotation marks, as the column is called.
    fn index(&self, written: &str) -> String {
        let name = unquoted(written);
        match self.columns.meant(&name).map(|column| self.columns.name(column)) {
            Some(column) if column != name => quoted(column),
            Some(_) | None => written.to_owned(),
        }
    }
}

fn is_operator(word: &str) -> bool {
    matches!(
        word,
        "and" | "or" | "not" | "in" | "is" | "if" | "elif" | "elseif" | "else" | "AND" | "OR" | "NOT"
    )
}

/// What a string of the engine holds.
fn unquoted(written: &str) -> String {
    let inner = written
        .get(1..written.len().saturating_sub(1))
        .unwrap_or_default();
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}

/// A text as a string of the engine.
fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            written.push('\\');
        }
        written.push(c);
    }
    written.push('"');
    written
}

/// Where the tags of HTML stand that go before the tag and behind it.
pub(super) fn markup(tokens: &[Token]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let inside = |token: &&Token| token.kind == Kind::Markup;
    let leading = tokens
        .iter()
        .take_while(|token| token.kind == Kind::Markup || token.is("-"));
    let leading: Vec<_> = leading.filter(inside).map(|token| token.at.clone()).collect();
    let rest = tokens.iter().filter(inside).map(|token| token.at.clone());
    let rest = rest.skip(leading.len()).collect();
    (leading, rest)
}
