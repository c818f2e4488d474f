//! Address templates, split into parts before anything is filled in.

use lettre::Address;

use crate::campaign::{AddressField, Problem, Problems, RecipientsSource, Text};
use crate::render::{Compiler, RowContext, TemplateId, Templates};
use crate::table::{Header, Row};
use crate::words::say;

use super::form::{Form, MailboxTemplate, MailboxesTemplate};
use super::mailboxes::{self, Piece};
use super::reading;
use super::why::Why;
use super::{Key, Recipient, TokenKey, address, columns};

/// The address templates of a campaign.
pub struct Addressing {
    /// In the order of [`AddressField::ALL`]; the reverse-path is not among them.
    mailboxes: [Option<MailboxesTemplate>; AddressField::ALL.len()],
    return_path: Option<TemplateId>,
    key_columns: Vec<usize>,
    /// The column of further Cc mailboxes.
    cc_column: Option<usize>,
    tokens: Option<TokenKey>,
}

impl Addressing {
    /// Takes the address templates apart and compiles the pieces.
    ///
    /// # Errors
    /// Templates with unbalanced brackets, several mailboxes where one is
    /// wanted, key columns that do not exist.
    pub fn compile(
        compiler: &mut Compiler,
        templates: &[(AddressField, &Text)],
        source: &RecipientsSource,
        header: &Header,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut mailboxes = [const { None }; AddressField::ALL.len()];
        let mut return_path = None;
        for (field, text) in templates {
            if *field == AddressField::ReturnPath {
                return_path = Some(*text);
            } else if let Some(place) = mailboxes.get_mut(*field as usize) {
                *place = Some(mailboxes_template(compiler, field.key(), text, &mut problems));
            }
        }
        let several_write = templates.iter().any(|(field, _)| *field == AddressField::Sender);
        for (field, text) in templates {
            let single = match field {
                AddressField::To | AddressField::Sender => true,
                // Several people may write together, if one of them (or another person for them)
                // sends.
                AddressField::From => !several_write,
                AddressField::Cc | AddressField::Bcc | AddressField::ReplyTo | AddressField::ReturnPath => {
                    false
                }
            };
            // Of a broken one, it was said above why.
            if single
                && let Some(Some(template)) = mailboxes.get(*field as usize)
                && (template.boxes.len() > 1 || !names_somebody(text))
            {
                problems.push(not_one(template, text, source.only.is_some()));
            }
        }
        if let Some(text) = return_path
            && let Some(why) = wrong_for_everybody(text.value.trim())
        {
            problems.push(
                Problem::error(say!("recipients-return-path", why = &why))
                    .code("bad-address")
                    .at(text.place.clone())
                    .help(say!("recipients-return-path-help")),
            );
        }
        let key_columns = columns::positions(&source.key, header, &mut problems);
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(Self {
            mailboxes,
            return_path: return_path.map(|text| compiler.text(text)),
            key_columns,
            cc_column: header.position(CC_COLUMN),
            tokens: None,
        })
    }

    fn of(&self, field: AddressField) -> Option<&MailboxesTemplate> {
        self.mailboxes.get(field as usize)?.as_ref()
    }

    /// The same, with a `{{ token }}` for each recipient.
    #[must_use]
    pub fn with_tokens(self, key: TokenKey) -> Self {
        Self {
            tokens: Some(key),
            ..self
        }
    }

    /// The recipient of a row.
    ///
    /// # Errors
    /// Everything wrong with the row's addresses.
    pub fn recipient(
        &self,
        templates: &Templates,
        context: &mut RowContext<'_>,
        naming: &Naming<'_>,
    ) -> Result<Recipient, Problems> {
        let mut form = Form::new(templates, context);
        let to = form.one(self.of(AddressField::To));
        let problems = form.problems;
        // A wrong address was already reported; nothing more is reported about what uses it.
        let known = |of: &dyn Fn(&Address) -> String| to.as_ref().map(|to| of(&to.email)).unwrap_or_default();
        if templates.uses(VERP) {
            context.know(VERP, known(&verp));
        }
        if let Some(tokens) = &self.tokens {
            context.know(TOKEN, known(&|address| tokens.token(address)));
        }
        if templates.uses(BOUNCE) {
            let row = context.row();
            let name = known(&|address| naming(&self.key(address, row)));
            context.know(BOUNCE, name);
        }
        let mut form = Form::new(templates, context);
        form.problems = problems;
        let from = form.one(self.of(AddressField::From));
        let more_from = form.others(self.of(AddressField::From));
        let sender = form.one(self.of(AddressField::Sender));
        let mut cc = form.many(self.of(AddressField::Cc));
        if let Some(column) = self.cc_column {
            for mailbox in form.of_cells(CC_COLUMN, column) {
                let key = Key::of_address(&mailbox.email);
                if !cc.iter().any(|known| Key::of_address(&known.email) == key) {
                    cc.push(mailbox);
                }
            }
        }
        let bcc = form.many(self.of(AddressField::Bcc));
        let reply_to = form.many(self.of(AddressField::ReplyTo));
        let return_path = match self.return_path {
            Some(id) => form.address("return_path", id),
            None => from.as_ref().map(|m| m.email.clone()),
        };
        let row = context.row();
        for column in &self.key_columns {
            if row.shared(*column).is_none() {
                form.problems
                    .push(columns::disagreement(templates.header(), row, *column));
            }
        }
        match (from, to, return_path) {
            (Some(from), Some(to), Some(return_path)) if !form.problems.has_errors() => Ok(Recipient {
                row: row.number,
                key: self.key(&to.email, row),
                sender: sender.filter(|sender| *sender != from || !more_from.is_empty()),
                from,
                more_from,
                to,
                cc,
                bcc,
                reply_to,
                return_path,
            }),
            _ => Err(form.problems),
        }
    }

    fn key(&self, to: &Address, row: &Row) -> Key {
        if self.key_columns.is_empty() {
            return Key::of_address(to);
        }
        let values = self
            .key_columns
            .iter()
            .map(|i| row.fields.get(*i).map_or("", String::as_str));
        Key::of_values(values)
    }
}

/// The column of further Cc mailboxes.
pub const CC_COLUMN: &str = "_cc";

/// The variable that holds the recipient's unsubscribe token.
pub const TOKEN: &str = "token";

/// The variable that holds the To address as a part of another one.
const VERP: &str = "verp";

/// The variable that holds the token of the message: in a return path such as
/// `bounces+{{ bounce }}@uni.example` it tells which message a bounce is about, and nobody can make it up.
const BOUNCE: &str = "bounce";

/// What the message to a recipient is called: its token.
pub type Naming<'n> = dyn Fn(&Key) -> String + Sync + 'n;

/// What a message is called while nobody composes it: as long as a token.
pub fn unnamed(_: &Key) -> String {
    "a".repeat(super::token::LENGTH)
}

/// `ada=example.org`: in a return path such as `bounces+{{ verp }}@uni.example`
/// it tells who a bounce is about (variable envelope return path).
fn verp(address: &Address) -> String {
    format!("{}={}", address.user(), address.domain())
}

/// Several mailboxes (or none) where one is wanted; `alone`: of one mail without a list.
fn not_one(template: &MailboxesTemplate, text: &Text, alone: bool) -> Problem {
    let count = template.boxes.len();
    let what = say!("recipients-not-one", header = template.header, count = count);
    let problem = Problem::error(what)
        .code("bad-address")
        .at(text.place.clone())
        .help(if alone {
            say!("recipients-not-one-alone")
        } else {
            say!("recipients-not-one-help")
        });
    if template.header == "from" && count > 1 {
        problem.help(say!("recipients-several-from"))
    } else {
        problem
    }
}

/// Whether there is anything between the separators.
fn names_somebody(text: &Text) -> bool {
    !mailboxes::split(&text.value, true).is_empty()
}

fn mailboxes_template(
    compiler: &mut Compiler,
    header: &'static str,
    text: &Text,
    problems: &mut Problems,
) -> MailboxesTemplate {
    if !text.is_template() {
        return constant(compiler, header, text, problems);
    }
    let mut boxes = Vec::new();
    for piece in mailboxes::split(&text.value, true) {
        match piece {
            Ok(Piece { phrase, address }) => {
                let written = text.value.get(address.clone()).unwrap_or_default().trim();
                if let Some(why) = wrong_for_everybody(written) {
                    problems.push(not_an_address(header, written, why, text));
                }
                boxes.push(MailboxTemplate {
                    phrase: phrase.map(|piece| phrase_template(compiler, text, piece)),
                    whole: is_whole(written),
                    address: compiler.inline(text, address),
                });
            }
            Err(why) => problems.push(
                Problem::error(say!("recipients-not-a-mailbox", header = header, why = &why))
                    .code("bad-address")
                    .at(text.place.clone())
                    .help(say!("recipients-not-a-mailbox-help")),
            ),
        }
    }
    MailboxesTemplate { header, boxes }
}

/// Mailboxes with nothing to fill in, as they come from address books.
fn constant(
    compiler: &mut Compiler,
    header: &'static str,
    text: &Text,
    problems: &mut Problems,
) -> MailboxesTemplate {
    let mut boxes = Vec::new();
    let mut whole = |value: String| {
        compiler.text(&Text {
            value,
            place: text.place.clone(),
        })
    };
    for (written, read) in reading::all(&text.value) {
        match read {
            Ok(read) => boxes.push(MailboxTemplate {
                phrase: read.name.map(&mut whole),
                address: whole(read.address.to_string()),
                whole: false,
            }),
            Err(why) => problems.push(not_an_address(header, &written, why, text)),
        }
    }
    // `undisclosed-recipients:;` and nothing but separators name nobody.
    if boxes.is_empty() && !problems.has_errors() && !text.value.trim().is_empty() {
        problems.push(not_an_address(header, text.value.trim(), Why::NoAt, text));
    }
    MailboxesTemplate { header, boxes }
}

fn not_an_address(header: &str, written: &str, why: Why, text: &Text) -> Problem {
    let what = say!(
        "recipients-written-not-an-address",
        written = written,
        header = header,
        why = &why
    );
    Problem::error(what)
        .code("bad-address")
        .at(text.place.clone())
        .help(say!("recipients-written-help"))
}

/// Whether the address of a template is an unchanged cell: nothing is written around the tags, and
/// nothing is joined within them. So no cell becomes a part of an address that it changes.
fn is_whole(written: &str) -> bool {
    let mut rest = written;
    while let Some((open, close)) = rest.get(..2).and_then(|open| match open {
        "{{" => Some((open, "}}")),
        "{%" => Some((open, "%}")),
        _ => None,
    }) {
        let Some((tag, behind)) = rest.split_once(close) else {
            return false;
        };
        if open == "{{" && tag.contains(['~', '+']) {
            return false;
        }
        rest = behind.trim_start();
    }
    rest.is_empty() && !written.is_empty()
}

/// A phrase; one that is a quoted string without its backslashes, where there
/// is nothing to fill in.
fn phrase_template(compiler: &mut Compiler, text: &Text, piece: std::ops::Range<usize>) -> TemplateId {
    let before = text.value.get(..piece.start).unwrap_or_default();
    let phrase = Text {
        value: mailboxes::unquote(text.value.get(piece.clone()).unwrap_or_default()),
        place: text.place.clone(),
    };
    if phrase.is_template() || !before.ends_with('"') {
        compiler.inline(text, piece)
    } else {
        compiler.text(&phrase)
    }
}

/// What is wrong with an address that has nothing to fill in: no row is to
/// blame for it, and none need be read to find it.
fn wrong_for_everybody(written: &str) -> Option<Why> {
    let constant = !["{{", "{%", "｛｛"].iter().any(|tag| written.contains(tag));
    address::parse(written).err().filter(|_| constant)
}
