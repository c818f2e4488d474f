//! One row's addresses: rendered piece by piece, and each piece checked by itself.

use lettre::Address;
use lettre::message::Mailbox;

use crate::campaign::{Problem, Problems};
use crate::render::{RowContext, TemplateId, Templates};

use super::address;
use super::mailboxes::{self, Piece};

/// The mailboxes of one header, taken apart and compiled.
pub(super) struct MailboxesTemplate {
    /// What the header is called, for messages.
    pub(super) header: &'static str,
    pub(super) boxes: Vec<MailboxTemplate>,
}

pub(super) struct MailboxTemplate {
    pub(super) phrase: Option<TemplateId>,
    pub(super) address: TemplateId,
    /// A bare `{{ … }}`: its value may hold a list.
    pub(super) bare: bool,
}

/// The addresses being filled in.
pub(super) struct Form<'a> {
    templates: &'a Templates,
    context: &'a RowContext<'a>,
    /// The template of the address at hand; `None` for one that a cell lists.
    template: Option<TemplateId>,
    pub(super) problems: Problems,
}

impl<'a> Form<'a> {
    pub(super) fn new(templates: &'a Templates, context: &'a RowContext<'a>) -> Self {
        Self {
            templates,
            context,
            template: None,
            problems: Problems::default(),
        }
    }

    fn render(&mut self, id: TemplateId) -> Option<String> {
        match self.templates.render(id, self.context) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(problems) => {
                self.problems.0.extend(problems.0);
                None
            }
        }
    }

    fn fault(&mut self, what: String, value: &str, help: &str) {
        let place = self.templates.place_of(self.template, self.context.row(), value);
        self.problems
            .push(Problem::error(what).code("bad-address").at(place).help(help));
    }

    pub(super) fn one(&mut self, template: Option<&MailboxesTemplate>) -> Option<Mailbox> {
        let template = template?;
        let template_box = template.boxes.first()?;
        let (name, value) = self.pieces(template_box)?;
        self.mailbox(template.header, name, &value)
    }

    /// The mailboxes behind the first.
    pub(super) fn others(&mut self, template: Option<&MailboxesTemplate>) -> Vec<Mailbox> {
        let mut found = Vec::new();
        let Some(template) = template else { return found };
        for template_box in template.boxes.iter().skip(1) {
            if let Some((name, value)) = self.pieces(template_box) {
                found.extend(self.mailbox(template.header, name, &value));
            }
        }
        found
    }

    pub(super) fn many(&mut self, template: Option<&MailboxesTemplate>) -> Vec<Mailbox> {
        let mut found = Vec::new();
        let Some(template) = template else { return found };
        for template_box in &template.boxes {
            let Some((name, value)) = self.pieces(template_box) else {
                continue;
            };
            if value.is_empty() {
                // An empty cc cell means no cc, also with a name before it.
                continue;
            }
            if !template_box.bare {
                found.extend(self.mailbox(template.header, name, &value));
                continue;
            }
            found.extend(self.list(template.header, &value));
        }
        found
    }

    /// The mailboxes that a column lists, in all rows of the message.
    pub(super) fn of_cells(&mut self, header: &str, column: usize) -> Vec<Mailbox> {
        self.template = None;
        let row = self.context.row();
        let cells = row.members().filter_map(|row| row.fields.get(column));
        cells.flat_map(|cell| self.list(header, cell.trim())).collect()
    }

    fn list(&mut self, header: &str, value: &str) -> Vec<Mailbox> {
        let mut found = Vec::new();
        if value.is_empty() {
            return found;
        }
        for piece in mailboxes::split(value, false) {
            match piece {
                Ok(Piece { phrase, address }) => {
                    let name = phrase.and_then(|p| value.get(p)).map(mailboxes::unquote);
                    let address = value.get(address).unwrap_or_default().trim().to_owned();
                    found.extend(self.mailbox(header, name, &address));
                }
                Err(why) => self.fault(
                    format!("`{}` in `{header}` is no list of addresses: {why}", shown(value)),
                    value,
                    "separate addresses with , or ;",
                ),
            }
        }
        found
    }

    fn pieces(&mut self, template: &MailboxTemplate) -> Option<(Option<String>, String)> {
        // Both, also when the first fails: all problems are told at once.
        let name = template.phrase.map(|id| self.render(id));
        self.template = Some(template.address);
        let address = self.render(template.address)?;
        match name {
            Some(name) => Some((Some(name?), address)),
            None => Some((None, address)),
        }
    }

    fn mailbox(&mut self, header: &str, name: Option<String>, address: &str) -> Option<Mailbox> {
        if let Some(name) = name.as_deref()
            && name.chars().any(char::is_control)
        {
            self.fault(
                format!(
                    "the name `{}` in `{header}` holds a line break or another control character",
                    shown(name)
                ),
                name,
                "a name is one line; take the line break out of the cell",
            );
            return None;
        }
        let email = self.checked(header, address)?;
        Some(Mailbox::new(name.filter(|n| !n.is_empty()), email))
    }

    pub(super) fn address(&mut self, header: &str, id: TemplateId) -> Option<Address> {
        self.template = Some(id);
        let value = self.render(id)?;
        self.checked(header, &value)
    }

    fn checked(&mut self, header: &str, value: &str) -> Option<Address> {
        match address::parse(value) {
            Ok(address) => Some(address),
            Err(why) if value.is_empty() => {
                self.fault(format!("the address in `{header}` is empty"), value, why.mend());
                None
            }
            Err(why) => {
                self.fault(
                    format!("`{}` is not an e-mail address: {why}", shown(value)),
                    value,
                    why.mend(),
                );
                None
            }
        }
    }
}

/// A value as a message may show it: one line, no longer than a line.
pub(super) fn shown(value: &str) -> String {
    let mut text: String = value
        .chars()
        .take(60)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if value.chars().count() > 60 {
        text.push('…');
    }
    text
}
