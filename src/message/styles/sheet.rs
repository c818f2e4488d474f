//! A style sheet as rules, with the places of what can be changed in it.

use std::ops::Range;

use cssparser::{ParseError, Parser, Token};

use super::longhands::{self, Longhands};
use super::selecting::{self, Selector};
use super::values::{is_certain, is_closed, tidy};

/// What style sheets, or one of them, hold.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// In their order.
    pub(super) rules: Vec<Rule>,
    /// What its animations change.
    pub(super) animated: Vec<String>,
    /// It orders its rules in a way of its own (`@layer`), or names elements in one.
    pub(super) ordered: bool,
}

/// A rule for elements.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) selectors: Vec<Selector>,
    pub(super) declarations: Vec<Declaration>,
    /// It counts sometimes only (`@media`), or for some programs.
    pub(super) conditional: bool,
    /// All of it.
    pub(super) span: Range<usize>,
    /// It stands by itself: nothing is lost when its declarations are.
    pub(super) alone: bool,
}

/// A property that is set.
#[derive(Debug, Clone)]
pub(super) struct Declaration {
    /// In lower case, unless it is a variable.
    pub(super) name: String,
    /// On one line, without comments, its strings in single quotes where that is possible.
    pub(super) value: String,
    pub(super) important: bool,
    /// Where it ends, without blanks and its semicolon.
    pub(super) end: usize,
    pub(super) sets: Longhands,
    /// Every program understands it, as far as this can be seen: it sets what it says.
    pub(super) certain: bool,
}

impl Declaration {
    /// A variable, which is for those who read style sheets.
    pub(super) fn is_variable(&self) -> bool {
        self.name.starts_with("--")
    }
}

/// Rules that hold rules, which count sometimes only.
const CONDITIONS: [&str; 8] = [
    "media",
    "supports",
    "container",
    "scope",
    "starting-style",
    "document",
    "-moz-document",
    "when",
];

/// Reads a style sheet; every place in it counts from `base`.
pub(super) fn read(text: &str, base: usize, conditional: bool, sheet: &mut Sheet) {
    let mut input = Parser::new(text);
    let mut reading = Reading { base, sheet };
    reading.rules(&mut input, conditional);
}

/// The declarations of an attribute `style`, with the places of their ends; `None` where it does not
/// end as it begins, so that nothing can be written behind it.
pub(super) fn of_attribute(style: &str) -> Option<Vec<Declaration>> {
    let mut input = Parser::new(style);
    let mut sheet = Sheet::default();
    let mut body = Body::default();
    let mut reading = Reading {
        base: 0,
        sheet: &mut sheet,
    };
    reading.body(&mut input, &mut body, None);
    let closed = body.closed && !body.nested && style.matches("/*").count() == style.matches("*/").count();
    closed.then_some(body.declarations)
}

struct Reading<'s> {
    base: usize,
    sheet: &'s mut Sheet,
}

/// The text between the braces of a rule.
#[derive(Debug)]
struct Body {
    declarations: Vec<Declaration>,
    nested: bool,
    closed: bool,
}

impl Default for Body {
    fn default() -> Self {
        Self {
            declarations: Vec::new(),
            nested: false,
            closed: true,
        }
    }
}

/// What a run of tokens ended at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Block,
    Semicolon,
    Nothing,
}

impl Reading<'_> {
    fn at(&self, input: &Parser<'_>) -> usize {
        self.base + input.position().byte_index()
    }

    fn rules(&mut self, input: &mut Parser<'_>, conditional: bool) {
        loop {
            input.skip_whitespace();
            let start = input.state();
            let from = self.at(input);
            let Ok(token) = input.next_including_whitespace_and_comments() else {
                return;
            };
            if let Token::AtKeyword(name) = token {
                let name = name.to_ascii_lowercase();
                self.at_rule(input, &name, None);
            } else if !matches!(token, Token::CDO | Token::CDC | Token::CloseCurlyBracket) {
                input.reset(&start);
                self.rule(input, from, conditional, None);
            }
        }
    }

    /// A rule of a name; inside a rule for elements, with what that is about.
    fn at_rule(&mut self, input: &mut Parser<'_>, name: &str, within: Option<&str>) {
        self.sheet.ordered |= matches!(name, "layer" | "namespace");
        let (_, end) = prelude(input, true);
        if end != End::Block {
            return;
        }
        let from = self.at(input);
        let _ = input.parse_nested_block(|input| {
            if CONDITIONS.contains(&name) {
                match within {
                    None => self.rules(input, true),
                    Some(parent) => self.nested(input, from, parent),
                }
            } else if name.ends_with("keyframes") {
                let mut steps = Sheet::default();
                let mut reading = Reading {
                    base: 0,
                    sheet: &mut steps,
                };
                reading.rules(input, true);
                let rules = steps.rules.into_iter();
                let changed = rules.flat_map(|rule| rule.declarations);
                self.sheet
                    .animated
                    .extend(changed.flat_map(|declaration| declaration.sets.names));
            }
            skip(input)
        });
    }

    /// Declarations in a condition in a rule.
    fn nested(&mut self, input: &mut Parser<'_>, from: usize, parent: &str) {
        let mut body = Body::default();
        self.body(input, &mut body, Some(parent));
        self.sheet.rules.push(Rule {
            selectors: selecting::parsed(parent).unwrap_or_default(),
            declarations: body.declarations,
            conditional: true,
            span: from..self.at(input),
            alone: false,
        });
    }

    fn rule(&mut self, input: &mut Parser<'_>, from: usize, conditional: bool, within: Option<&str>) {
        let (list, end) = prelude(input, within.is_some());
        if end != End::Block {
            return;
        }
        let list = match within {
            None => list.to_owned(),
            Some(parent) => within_rule(list, parent),
        };
        let at = self.sheet.rules.len();
        let mut body = Body::default();
        let _ = input.parse_nested_block(|input| {
            self.body(input, &mut body, Some(&list));
            skip(input)
        });
        let selectors = selecting::parsed(&list).unwrap_or_default();
        let conditional = conditional || selectors.iter().any(|selector| selector.foreign);
        // In front of those inside it.
        self.sheet.rules.insert(
            at,
            Rule {
                selectors,
                declarations: body.declarations,
                conditional,
                span: from..self.at(input),
                alone: !body.nested && within.is_none(),
            },
        );
    }

    /// The text between braces; `own`: the selectors before them.
    fn body(&mut self, input: &mut Parser<'_>, body: &mut Body, own: Option<&str>) {
        loop {
            input.skip_whitespace();
            let start = input.state();
            let from = self.at(input);
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else {
                return;
            };
            if let Token::AtKeyword(name) = &token {
                body.nested = true;
                let name = name.to_ascii_lowercase();
                self.at_rule(input, &name, Some(own.unwrap_or("*")));
                continue;
            }
            if matches!(token, Token::Semicolon | Token::CloseCurlyBracket) {
                continue;
            }
            if let Token::Ident(name) = &token
                && let Some(found) = self.declaration(input, name, &mut body.closed)
            {
                body.declarations.extend(found);
                continue;
            }
            // A rule inside this one, or something that is not a declaration.
            input.reset(&start);
            let before = self.sheet.rules.len();
            self.rule(input, from, true, Some(own.unwrap_or("*")));
            body.nested |= self.sheet.rules.len() > before;
        }
    }

    /// A declaration, if what follows is one: `Some(None)` for one that sets nothing.
    fn declaration(
        &self,
        input: &mut Parser<'_>,
        name: &str,
        closed: &mut bool,
    ) -> Option<Option<Declaration>> {
        if input.expect_colon().is_err() {
            return None;
        }
        let is_variable = name.starts_with("--");
        let start = input.position();
        let end = loop {
            let before = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else {
                break before;
            };
            if *token == Token::Semicolon {
                break before;
            }
            let of_rule = *token == Token::CurlyBracketBlock && !is_variable;
            let broken = matches!(
                token,
                Token::BadString(_)
                    | Token::BadUrl(_)
                    | Token::CloseParenthesis
                    | Token::CloseSquareBracket
                    | Token::CloseCurlyBracket
            );
            if of_rule {
                return None;
            }
            *closed &= !broken;
            if opens(token) {
                let _ = input.parse_nested_block(skip);
                *closed &= input.slice_from(start).ends_with([')', ']', '}']);
            }
        };
        let text = input.slice(start..end);
        *closed &= is_closed(text);
        let end = self.base + start.byte_index() + text.trim_end().len();
        let (value, important) = match text.rsplit_once('!') {
            Some((value, word)) if tidy(word).eq_ignore_ascii_case("important") => (value, true),
            _ => (text, false),
        };
        let value = tidy(value);
        if value.is_empty() && !is_variable {
            return Some(None);
        }
        let name = if is_variable {
            name.to_owned()
        } else {
            name.to_ascii_lowercase()
        };
        let sets = longhands::of(&name);
        Some(Some(Declaration {
            certain: sets.exact && is_certain(&value),
            name,
            value,
            important,
            end,
            sets,
        }))
    }
}

/// The text up to a block, or a semicolon where one ends it.
fn prelude<'i>(input: &mut Parser<'i>, ends: bool) -> (&'i str, End) {
    let start = input.position();
    loop {
        let before = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else {
            return (input.slice(start..before), End::Nothing);
        };
        if *token == Token::CurlyBracketBlock {
            return (input.slice(start..before), End::Block);
        }
        if *token == Token::Semicolon && ends {
            return (input.slice(start..before), End::Semicolon);
        }
        if opens(token) {
            let _ = input.parse_nested_block(skip);
        }
    }
}

fn opens(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock
    )
}

fn skip(input: &mut Parser<'_>) -> Result<(), ParseError<()>> {
    while input.next().is_ok() {}
    Ok(())
}

/// The selectors of a rule in a rule (CSS Nesting): `&` is the one around it, and is added in front
/// if it is not written.
fn within_rule(list: &str, parent: &str) -> String {
    let around = format!(":is({parent})");
    if list.contains('&') {
        list.replace('&', &around)
    } else {
        format!("{around} {list}")
    }
}
