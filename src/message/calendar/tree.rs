//! Lines -> nested components (RFC 5545 §3.6).

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
                    "the calendar file holds a second VCALENDAR, and a message has one".to_owned()
                } else {
                    format!("the calendar file begins with BEGIN:{word}, not with BEGIN:VCALENDAR")
                };
                return Err(
                    Fault::new(what, "write BEGIN:VCALENDAR, the events, END:VCALENDAR").at(at.as_ref()),
                );
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
                    let what = format!("END:{word} stands where BEGIN:{} is not ended yet", other.name);
                    return Err(
                        Fault::new(what, format!("write END:{} in front of it", other.name)).at(at.as_ref()),
                    );
                }
                None => {
                    let what = format!("END:{word} ends nothing that has begun");
                    return Err(Fault::new(
                        what,
                        format!("take it out, or write BEGIN:{word} where it begins"),
                    )
                    .at(at.as_ref()));
                }
            },
            name => match open.last_mut() {
                Some(inside) => inside.lines.push(line),
                None => {
                    let what =
                        format!("the calendar file has {name} outside of BEGIN:VCALENDAR and END:VCALENDAR");
                    return Err(
                        Fault::new(what, "write BEGIN:VCALENDAR, the events, END:VCALENDAR").at(at.as_ref()),
                    );
                }
            },
        }
    }
    match (open.pop(), whole) {
        (Some(never), _) => {
            let what = format!("BEGIN:{} is never ended", never.name);
            Err(Fault::new(what, format!("write END:{} behind it", never.name)).at(never.mark.as_ref()))
        }
        (None, Some(whole)) => Ok(whole),
        (None, None) => Err(Fault::new(
            "the calendar file of this row is empty",
            "write BEGIN:VCALENDAR, the events, END:VCALENDAR",
        )),
    }
}
