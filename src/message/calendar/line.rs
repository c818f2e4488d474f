//! Content lines (RFC 5545 §3.1): a name, parameters, a value.

use crate::render::marks::{self, Piece};
use crate::words::{Said, say};

use super::fault::{Fault, Mark, shown};
use super::kinds;
use super::mixed::Mixed;

/// A line as the template and the values in it come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// In capital letters.
    pub(super) name: String,
    pub(super) params: Vec<Param>,
    pub(super) value: Mixed,
    pub(super) mark: Option<Mark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Param {
    /// In capital letters.
    pub(super) name: String,
    pub(super) values: Vec<Quotable>,
}

/// A parameter's value, and whether the template has it in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotable {
    pub(super) text: Mixed,
    pub(super) quoted: bool,
}

impl Line {
    /// The first value of a parameter.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        let param = self.params.iter().find(|param| param.name == name)?;
        param.values.first().map(|value| value.text.as_str().trim())
    }
}

/// The lines of a marked text, unfolded and parsed.
pub(super) fn lines(marked: &str) -> Result<Vec<Line>, Fault> {
    let raw = raw_lines(marked);
    // A file that indents nested components does not fold lines with the same blanks.
    let indented = raw.iter().any(|(line, _)| {
        let text = line.as_str();
        let inner = text.trim_start();
        let word = inner.get(..6).unwrap_or_default();
        inner.len() < text.len()
            && (word.eq_ignore_ascii_case("BEGIN:")
                || inner.get(..4).unwrap_or_default().eq_ignore_ascii_case("END:"))
    });
    let mut whole: Vec<(Mixed, Option<Mark>)> = Vec::new();
    for (line, mark) in raw {
        let continues = line.as_str().starts_with([' ', '\t']) && !line.is_filled(0);
        let begins = indented && begins_property(line.as_str().trim_start());
        match whole.last_mut() {
            Some((last, _)) if continues && !begins => last.append(&line.slice(1..line.as_str().len())),
            Some(_) | None => whole.push((if begins { line.trimmed() } else { line }, mark)),
        }
    }
    whole
        .iter()
        .map(|(line, mark)| parsed(line, mark.as_ref()))
        .collect()
}

fn begins_property(text: &str) -> bool {
    let name = text.split([':', ';']).next().unwrap_or_default();
    name.len() < text.len()
        && (kinds::is_known(&name.to_ascii_uppercase()) || name.to_ascii_uppercase().starts_with("X-"))
}

/// Lines as written, without empty ones.
fn raw_lines(marked: &str) -> Vec<(Mixed, Option<Mark>)> {
    let mut lines = Vec::new();
    let mut line = (Mixed::default(), None);
    let mut done = |line: &mut (Mixed, Option<Mark>)| {
        let line = std::mem::take(line);
        if !line.0.as_str().trim().is_empty() {
            lines.push(line);
        }
    };
    for piece in marks::pieces(marked.trim_start_matches('\u{feff}')) {
        match piece {
            Piece::Value(text) => line.0.push(text, true),
            Piece::Line { name, at } => {
                if line.1.is_none() && line.0.as_str().trim().is_empty() {
                    line.1 = Some(Mark {
                        name: name.to_owned(),
                        at,
                    });
                }
            }
            Piece::Written(text) => {
                for (i, part) in text.split(['\n', '\r']).enumerate() {
                    if i > 0 {
                        done(&mut line);
                    }
                    line.0.push(part, false);
                }
            }
        }
    }
    done(&mut line);
    lines
}

fn parsed(line: &Mixed, mark: Option<&Mark>) -> Result<Line, Fault> {
    let text = line.as_str();
    let wrong = |help: Said| {
        let fault = Fault::new(say!("message-calendar-line", text = shown(text)), help);
        Err(fault.at(mark).of(line.first_value()))
    };
    let Some((mut at, mut separator)) = line.find(0, &[':', ';']) else {
        return wrong(say!("message-calendar-line-hint"));
    };
    let name = text.get(..at).unwrap_or_default();
    if !is_name(name) {
        return wrong(say!("message-calendar-name-hint"));
    }
    let mut params: Vec<Param> = Vec::new();
    while separator == ';' {
        let Some((equals, '=')) = line.find(at + 1, &['=', ':', ';']) else {
            return wrong(say!("message-calendar-parameter-hint"));
        };
        let param = text.get(at + 1..equals).unwrap_or_default();
        if !is_name(param) {
            return wrong(say!("message-calendar-parameter-hint"));
        }
        let mut values = Vec::new();
        at = equals;
        loop {
            let start = at + 1;
            let quoted =
                text.get(start..).is_some_and(|rest| rest.starts_with('"')) && !line.is_filled(start);
            let (value, end) = if quoted {
                let Some((end, _)) = line.find(start + 1, &['"']) else {
                    return wrong(say!("message-calendar-quote-hint"));
                };
                (start + 1..end, end + 1)
            } else {
                let Some((end, _)) = line.find(start, &[':', ';', ',']) else {
                    return wrong(say!("message-calendar-shape-hint"));
                };
                (start..end, end)
            };
            values.push(Quotable {
                text: line.slice(value),
                quoted,
            });
            let Some((next, found)) = line.find(end, &[':', ';', ',']).filter(|(next, _)| *next == end)
            else {
                return wrong(say!("message-calendar-after-quote-hint"));
            };
            (at, separator) = (next, found);
            if separator != ',' {
                break;
            }
        }
        params.push(Param {
            name: param.to_ascii_uppercase(),
            values,
        });
    }
    Ok(Line {
        name: name.to_ascii_uppercase(),
        params,
        value: line.slice(at + 1..text.len()).trimmed(),
        mark: mark.cloned(),
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}
