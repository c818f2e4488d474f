//! A Jinja2 template -> the same in Tera, tag by tag.
//!
//! Text between the tags stays unchanged, octet for octet, and so does every tag that means the
//! same in both. A tag that cannot be translated stays, too, and is reported with its place:
//! `mailshot check` then reports it as an error.

use std::collections::BTreeSet;
use std::ops::Range;

use minijinja::machinery::ast::Expr;
use minijinja::machinery::parse_expr;

use crate::words::say;

use super::scope::Scope;
use super::source::{Source, Warnings};
use super::written::{Kind, Refusal};

/// What a template becomes: whether its values are escaped, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A value of the campaign file.
    Field,
    /// A plain text.
    Text,
    /// HTML or Markdown: cells are made harmless in it.
    Markup,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, comments, and raw blocks.
    Plain(Range<usize>),
    /// `{{ … }}`: all of it, and what is inside.
    Value(Range<usize>, Range<usize>),
    /// `{% … %}`.
    Statement(Range<usize>, Range<usize>),
}

/// Takes `range` of a text apart.
pub(super) fn pieces(text: &str, range: Range<usize>) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = range.start;
    let mut plain = at;
    while at < range.end {
        let rest = text.get(at..range.end).unwrap_or_default();
        let Some(open) = rest.find("{").filter(|_| !rest.is_empty()) else {
            break;
        };
        at += open;
        let rest = text.get(at..range.end).unwrap_or_default();
        let Some(end) = tag_end(rest) else {
            at += 1;
            continue;
        };
        let end = at + end;
        if rest.starts_with("{#") {
            at = end;
            continue;
        }
        let inner = inner(text, at + 2..end - 2);
        if rest.starts_with("{%") && text.get(inner.clone()).is_some_and(|t| t.trim() == "raw") {
            at = raw_end(text, end, range.end);
            continue;
        }
        if plain < at {
            found.push(Piece::Plain(plain..at));
        }
        found.push(if rest.starts_with("{{") {
            Piece::Value(at..end, inner)
        } else {
            Piece::Statement(at..end, inner)
        });
        at = end;
        plain = end;
    }
    if plain < range.end {
        found.push(Piece::Plain(plain..range.end));
    }
    found
}

/// Where the tag or comment that `text` begins with ends; `None` if it begins with none.
pub(super) fn tag_end(text: &str) -> Option<usize> {
    let close = match text.get(..2)? {
        "{#" => return Some(text.find("#}").map_or(text.len(), |i| i + 2)),
        "{{" => "}}",
        "{%" => "%}",
        _ => return None,
    };
    let mut quote = None;
    let mut escaped = false;
    let mut braces = 0_usize;
    for (i, c) in text.char_indices().skip(2) {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => braces += 1,
            (None, '}') if braces > 0 => braces -= 1,
            (None, _) if text.get(i..).is_some_and(|rest| rest.starts_with(close)) => return Some(i + 2),
            (None, _) => {}
        }
    }
    None
}

/// Without the marks of whitespace control.
fn inner(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let within = text.get(range).unwrap_or_default();
    if within.starts_with(['-', '+']) {
        start += 1;
    }
    if within.len() > 1 && within.ends_with(['-', '+']) {
        end -= 1;
    }
    start..end.max(start)
}

fn raw_end(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    while let Some(open) = text.get(at..end).and_then(|rest| rest.find("{%")) {
        let start = at + open;
        let Some(length) = text.get(start..end).and_then(tag_end) else {
            return end;
        };
        let within = text.get(start + 2..start + length - 2).unwrap_or_default();
        if within.trim_matches(['-', '+', ' ', '\t', '\n']) == "endraw" {
            return start + length;
        }
        at = start + length;
    }
    end
}

/// Translates the templates of one folder.
pub(super) struct Translator<'a> {
    pub(super) scope: Scope,
    pub(super) warnings: &'a mut Warnings,
    /// Files that templates include, as they are named.
    pub(super) included: BTreeSet<String>,
}

impl Translator<'_> {
    /// `range` of a source in Tera's words.
    pub(super) fn translate(&mut self, source: &Source, range: Range<usize>, mode: Mode) -> String {
        self.scope.escapes = mode == Mode::Markup;
        self.scope.in_file = mode == Mode::Field;
        let mut out = String::new();
        for piece in pieces(&source.text, range) {
            match piece {
                Piece::Plain(plain) => out.push_str(source.get(plain)),
                Piece::Value(tag, inner) => {
                    let written = self.value(source.get(inner.clone()));
                    self.put(&mut out, source, tag, inner, written);
                }
                Piece::Statement(tag, inner) => {
                    let written = self.statement(source.get(inner.clone()));
                    self.put(&mut out, source, tag, inner, written);
                }
            }
        }
        out
    }

    /// A tag with what its inside became, or as it was.
    fn put(
        &mut self,
        out: &mut String,
        source: &Source,
        tag: Range<usize>,
        inner: Range<usize>,
        written: Result<String, Refusal>,
    ) {
        let trimmed = source.get(inner.clone());
        let start = inner.start + (trimmed.len() - trimmed.trim_start().len());
        let place = start..start + trimmed.trim().len();
        for doubt in std::mem::take(&mut self.scope.doubts) {
            self.warnings.at(source, place.clone(), doubt.what, doubt.help);
        }
        let whole = source.get(tag.clone());
        let written = match written {
            Ok(written) if !same(&written, trimmed) => written,
            Ok(_) => trimmed.trim().to_owned(),
            Err(refusal) => {
                self.warnings.at(source, place, refusal.what, refusal.help);
                out.push_str(whole);
                return;
            }
        };
        if written == trimmed.trim() && !whole.contains('+') {
            out.push_str(whole);
            return;
        }
        let minus = |yes: bool| if yes { "-" } else { "" };
        let (open, close) = (
            whole.get(..2).unwrap_or_default(),
            whole.get(whole.len() - 2..).unwrap_or_default(),
        );
        let before = minus(whole.get(2..).is_some_and(|w| w.starts_with('-')));
        let after = minus(whole.get(..whole.len() - 2).is_some_and(|w| w.ends_with('-')));
        out.push_str(&format!("{open}{before} {written} {after}{close}"));
    }

    fn value(&mut self, text: &str) -> Result<String, Refusal> {
        let expr = parsed(text)?;
        self.scope.emitted(&expr).map(|written| written.text)
    }

    fn statement(&mut self, text: &str) -> Result<String, Refusal> {
        let text = text.trim();
        let word = text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default();
        let rest = text.get(word.len()..).unwrap_or_default().trim();
        match word {
            "if" | "elif" => {
                let expr = parsed(rest)?;
                Ok(format!("{word} {}", self.scope.write(&expr)?.text))
            }
            "else" | "endif" | "endfor" | "endset" | "endfilter" | "endblock" | "block"
                if !rest.contains(' ') =>
            {
                Ok(text.to_owned())
            }
            "for" => self.for_loop(rest),
            "set" => self.set(rest),
            "filter" => {
                let expr = format!("filtered | {rest}");
                let written = self.scope.write(&parsed(&expr)?)?.text;
                Ok(format!("filter {}", written.trim_start_matches("filtered | ")))
            }
            "include" | "extends" => {
                let name = rest
                    .trim_end_matches("with context")
                    .trim_end_matches("without context")
                    .trim();
                let expr = parsed(name)?;
                let Some(file) = expr
                    .as_const()
                    .and_then(|value| value.as_str().map(str::to_owned))
                else {
                    return Err(Refusal::new(
                        say!("import-include-name"),
                        say!("import-include-name-help"),
                    ));
                };
                let written = format!("{word} {}", self.scope.literal(&file));
                self.included.insert(file);
                Ok(written)
            }
            "macro" | "endmacro" | "call" | "endcall" | "import" | "from" => Err(Refusal::new(
                say!("import-no-statement", word = word),
                say!("import-macro-help"),
            )),
            "with" | "endwith" => Err(Refusal::new(
                say!("import-no-statement", word = word),
                say!("import-with-help"),
            )),
            _ => Err(Refusal::new(
                say!("import-statement-form", word = word),
                say!("import-statement-form-help"),
            )),
        }
    }

    fn for_loop(&mut self, rest: &str) -> Result<String, Refusal> {
        let Some((targets, rest)) = rest.split_once(" in ") else {
            return Err(unreadable());
        };
        let name = targets.trim();
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            || rest.trim_end().ends_with(" recursive")
        {
            return Err(Refusal::new(
                say!("import-loop-names"),
                say!("import-loop-names-help"),
            ));
        }
        // `list if condition` reads as a choice without an else.
        let expr = parsed(rest)?;
        let (list, condition) = if let Expr::IfExpr(choice) = &expr
            && choice.false_expr.is_none()
        {
            (&choice.true_expr, Some(&choice.test_expr))
        } else {
            (&expr, None)
        };
        let list = self.scope.write(list)?;
        let kind = if list.kind == Kind::Text {
            Kind::Text
        } else {
            Kind::Other
        };
        self.scope.locals.insert(name.to_owned(), kind);
        let Some(condition) = condition else {
            return Ok(format!("for {name} in {}", list.text));
        };
        let condition = self.scope.write(condition)?;
        Ok(format!(
            "for {name} in [{name} for {name} in {} if {}]",
            list.inner(),
            condition.text
        ))
    }

    fn set(&mut self, rest: &str) -> Result<String, Refusal> {
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let after = rest.get(name.len()..).unwrap_or_default().trim_start();
        if name.is_empty() || after.starts_with([',', '.']) {
            return Err(Refusal::new(
                say!("import-set-names"),
                say!("import-set-names-help"),
            ));
        }
        let Some(value) = after.strip_prefix('=') else {
            let filter = if after.is_empty() {
                String::new()
            } else {
                let expr = format!("{name} {after}");
                self.scope.locals.insert(name.clone(), Kind::Text);
                let written = self.scope.write(&parsed(&expr)?)?.text;
                format!(" {}", written.trim_start_matches(name.as_str()).trim_start())
            };
            self.scope.locals.insert(name.clone(), Kind::Text);
            return Ok(format!("set {name}{filter}"));
        };
        let written = self.scope.write(&parsed(value)?)?;
        self.scope.locals.insert(name.clone(), written.kind);
        Ok(format!("set {name} = {}", written.text))
    }
}

fn parsed(text: &str) -> Result<Expr<'_>, Refusal> {
    parse_expr(text.trim()).map_err(|_| unreadable())
}

fn unreadable() -> Refusal {
    Refusal::new(say!("import-not-jinja"), say!("import-not-jinja-help"))
}

/// Whether the translation differs in nothing but spaces, quotes and
/// parentheses, so that the user's own words can stay. Where the two languages
/// disagree on what binds tighter, the parentheses count.
fn same(written: &str, original: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')'))
            .map(|c| if c == '\'' { '"' } else { c })
            .collect()
    };
    !original.contains(['~', '\\']) && !original.contains("**") && bare(written) == bare(original)
}
