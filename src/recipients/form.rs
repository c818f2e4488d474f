//! One row's addresses: rendered piece by piece, and each piece checked by itself.

use lettre::Address;
use lettre::message::Mailbox;

use crate::campaign::{Problem, Problems};
use crate::render::{RowContext, TemplateId, Templates};
use crate::storage::composed;
use crate::words::{Said, say};

use super::address;
use super::mend::mend;
use super::reading::{self, Read};
use super::why::Why;

/// The mailboxes of one header, parsed and compiled.
pub(super) struct MailboxesTemplate {
    /// What the header is called, for messages.
    pub(super) header: &'static str,
    pub(super) boxes: Vec<MailboxTemplate>,
}

pub(super) struct MailboxTemplate {
    pub(super) phrase: Option<TemplateId>,
    pub(super) address: TemplateId,
    /// Nothing but a cell: it may hold a name beside the address, and a list where lists are taken.
    pub(super) whole: bool,
}

/// The addresses being filled in.
pub(super) struct Form<'a> {
    templates: &'a Templates,
    context: &'a RowContext<'a>,
    /// The template of the current address; `None` for one that a cell lists.
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

    fn fault(&mut self, what: Said, value: &str, help: Said) {
        let place = self.templates.place_of(self.template, self.context.row(), value);
        self.problems
            .push(Problem::error(what).code("bad-address").at(place).help(help));
    }

    pub(super) fn one(&mut self, template: Option<&MailboxesTemplate>) -> Option<Mailbox> {
        let template = template?;
        let template_box = template.boxes.first()?;
        let (name, value) = self.pieces(template_box)?;
        self.mailbox(template.header, name, &value, template_box.whole)
    }

    /// The mailboxes behind the first.
    pub(super) fn others(&mut self, template: Option<&MailboxesTemplate>) -> Vec<Mailbox> {
        let mut found = Vec::new();
        let Some(template) = template else { return found };
        for template_box in template.boxes.iter().skip(1) {
            if let Some((name, value)) = self.pieces(template_box) {
                found.extend(self.mailbox(template.header, name, &value, template_box.whole));
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
            if !template_box.whole || name.is_some() {
                found.extend(self.mailbox(template.header, name, &value, template_box.whole));
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
        for (written, read) in reading::all(value) {
            found.extend(self.read(header, None, &written, read));
        }
        found
    }

    fn pieces(&mut self, template: &MailboxTemplate) -> Option<(Option<String>, String)> {
        // Both, even if the first fails: all problems are reported at once.
        let name = template.phrase.map(|id| self.render(id));
        self.template = Some(template.address);
        let address = self.render(template.address)?;
        match name {
            Some(name) => Some((Some(name?), address)),
            None => Some((None, address)),
        }
    }

    /// `whole`: the value is an unchanged cell.
    fn mailbox(&mut self, header: &str, name: Option<String>, value: &str, whole: bool) -> Option<Mailbox> {
        let read = if whole {
            reading::one(value)
        } else {
            address::parse(value).map(|address| Read { name: None, address })
        };
        self.read(header, name, value, read)
    }

    /// A mailbox that was read; a name of the template's goes before the one that the cell has.
    fn read(
        &mut self,
        header: &str,
        name: Option<String>,
        value: &str,
        read: Result<Read, Why>,
    ) -> Option<Mailbox> {
        let read = self.checked(header, value, read);
        let beside = read.as_ref().and_then(|read| read.name.clone());
        let name = name.filter(|name| !name.is_empty()).or(beside);
        // What goes out has its accents composed, that of a cell with an address, too.
        let name = name.map(|name| composed(&name).into_owned());
        if let Some(name) = name.as_deref()
            && name.chars().any(char::is_control)
        {
            self.fault(
                say!("recipients-name-control", name = shown(name), header = header),
                name,
                say!("recipients-name-one-line"),
            );
            return None;
        }
        Some(Mailbox::new(name, read?.address))
    }

    pub(super) fn address(&mut self, header: &str, id: TemplateId) -> Option<Address> {
        self.template = Some(id);
        let value = self.render(id)?;
        let read = address::parse(&value).map(|address| Read { name: None, address });
        self.checked(header, &value, read).map(|read| read.address)
    }

    fn checked(&mut self, header: &str, value: &str, read: Result<Read, Why>) -> Option<Read> {
        match read {
            Ok(read) => Some(read),
            Err(why) if value.is_empty() => {
                let what = say!("recipients-address-empty", header = header);
                self.fault(what, value, mend(why, value));
                None
            }
            Err(why) => {
                let what = say!("recipients-not-an-address", value = shown(value), why = &why);
                self.fault(what, value, mend(why, value));
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
