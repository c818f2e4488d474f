//! Lines -> nested components (RFC 5545 §3.6).

use crate::words::say;

use super::fault::{Fault, Mark};
use super::line::Line;

/// A component as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// In capital letters.
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
    pub(super) inner: Vec<Component>,
    pub(super) mark: Option<Mark>,
}

impl Component {
    pub(super) fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }
}

/// The one VCALENDAR that the lines are.
pub(super) fn of(lines: Vec<Line>) -> Result<Component, Fault> {
    let mut open: Vec<Component> = Vec::new();
    let mut whole = None;
    for line in lines {
        let word = line.value.as_str().trim().to_ascii_uppercase();
        let at = line.mark.clone();
        match line.name.as_str() {
            "BEGIN" if open.is_empty() && (word != "VCALENDAR" || whole.is_some()) => {
                let what = if whole.is_some() {
                    say!("message-calendar-second")
                } else {
                    say!("message-calendar-begins-with", word = word)
                };
                return Err(Fault::new(what, say!("message-calendar-outline-hint")).at(at.as_ref()));
            }
            "BEGIN" => open.push(Component {
                name: word,
                lines: Vec::new(),
                inner: Vec::new(),
                mark: at,
            }),
            "END" => match open.pop() {
                Some(done) if done.name == word => match open.last_mut() {
                    Some(outer) => outer.inner.push(done),
                    None => whole = Some(done),
                },
                Some(other) => {
                    let what = say!("message-calendar-ends-other", word = word, open = &other.name);
                    return Err(Fault::new(
                        what,
                        say!("message-calendar-ends-other-hint", open = &other.name),
                    )
                    .at(at.as_ref()));
                }
                None => {
                    let what = say!("message-calendar-ends-nothing", word = &word);
                    return Err(
                        Fault::new(what, say!("message-calendar-ends-nothing-hint", word = word))
                            .at(at.as_ref()),
                    );
                }
            },
            name => match open.last_mut() {
                Some(inside) => inside.lines.push(line),
                None => {
                    let what = say!("message-calendar-outside", name = name);
                    return Err(Fault::new(what, say!("message-calendar-outline-hint")).at(at.as_ref()));
                }
            },
        }
    }
    match (open.pop(), whole) {
        (Some(never), _) => {
            let what = say!("message-calendar-never-ended", name = &never.name);
            Err(Fault::new(
                what,
                say!("message-calendar-never-ended-hint", name = &never.name),
            )
            .at(never.mark.as_ref()))
        }
        (None, Some(whole)) => Ok(whole),
        (None, None) => Err(Fault::new(
            say!("message-calendar-nothing"),
            say!("message-calendar-outline-hint"),
        )),
    }
}
