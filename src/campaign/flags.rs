//! The flags that override a campaign file -> a draft.

use std::path::{Path, PathBuf};

use crate::storage::found;
use crate::words::{Said, say};

use super::draft::{
    AttachDraft, Draft, File, MessageDraft, RELAY_FLAG, RecipientsDraft, RelayDraft, STDIN, Secret,
};
use super::values::{Place, Problem, Problems, SecretSource, SheetChoice, Text, Wrong};

/// What the command line says over (or instead of) a campaign file. Paths are
/// relative to the current folder.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--recipients`; `-` is stdin.
    pub recipients: Option<PathBuf>,
    /// `--sheet`: a name, or a number from 1.
    pub sheet: Option<String>,
    /// `--encoding`
    pub encoding: Option<String>,
    /// `--delimiter`
    pub delimiter: Option<String>,
    /// `--header-row`
    pub header_row: Option<u64>,
    /// `--query`
    pub query: Option<String>,
    /// `--from`
    pub from: Option<String>,
    /// `--to`
    pub to: Option<String>,
    /// `--cc`
    pub cc: Option<String>,
    /// `--bcc`
    pub bcc: Option<String>,
    /// `--reply-to`
    pub reply_to: Option<String>,
    /// `--subject`
    pub subject: Option<String>,
    /// `--text`
    pub text: Option<PathBuf>,
    /// `--html`
    pub html: Option<PathBuf>,
    /// `--attach`; instead of the file's when given.
    pub attach: Vec<PathBuf>,
    /// `--relay`: a URL, or the name of a relay.
    pub relay: Option<String>,
    /// `--user`
    pub user: Option<String>,
    /// `--password-env` or `--password-command`
    pub password: Option<SecretSource>,
    /// `--connections`
    pub connections: Option<usize>,
    /// `--rate`; instead of the file's when given.
    pub rate: Vec<String>,
    /// `--name`
    pub name: Option<String>,
    /// `--no-campaign`: the campaign file of the folder is ignored.
    pub no_campaign: bool,
    /// A password for the one relay that has a user and says of none where it is.
    pub password_otherwise: Option<SecretSource>,
    /// The file of the user's settings; nobody's when absent.
    pub settings: Option<PathBuf>,
    /// Environment variables that some of this came from.
    pub variables: Vec<&'static str>,
    /// Environment variables that say nothing, and why.
    pub wrong: Vec<(&'static str, Said)>,
}

impl Overrides {
    /// Whether they describe one mail and no list: they name a mailbox, and nothing that it could come
    /// from.
    pub fn is_one_mail(&self) -> bool {
        let mailbox = self.to.as_ref().map(|to| Text::of_flag("--to", to));
        self.recipients.is_none() && mailbox.is_some_and(|to| !to.is_template())
    }

    /// Whether no campaign file is needed beside them.
    pub(super) fn suffice(&self) -> bool {
        self.recipients.is_some() || self.is_one_mail()
    }

    /// Whether the text is read from stdin.
    pub fn text_is_typed(&self) -> bool {
        self.text.as_deref() == Some(Path::new(STDIN))
    }
}

/// What cannot come from stdin: the HTML, and two things at once.
fn from_stdin(flags: &Overrides, problems: &mut Problems) {
    let is_stdin = |path: &Option<PathBuf>| path.as_deref() == Some(Path::new(STDIN));
    if is_stdin(&flags.html) {
        let place = Place::whole("--html");
        let problem = Problem::of_key("message.html", &place, say!("campaign-html-from-stdin"));
        problems.push(problem.help(say!("campaign-html-from-stdin-hint")));
    }
    if flags.text_is_typed() && is_stdin(&flags.recipients) {
        let place = Place::whole("--text");
        let problem = Problem::of_key("message.text", &place, say!("campaign-stdin-twice"));
        problems.push(problem.help(say!("campaign-stdin-twice-hint")));
    }
}

/// What the flags say about a campaign. Their values are in the draft like those of a file, with
/// the flag as their place.
pub(super) fn draft(flags: &Overrides, problems: &mut Problems) -> Draft {
    from_stdin(flags, problems);
    let text = |flag: &str, value: &Option<String>| value.as_ref().map(|value| Text::of_flag(flag, value));
    let file = |flag: &str, path: &Option<PathBuf>| {
        path.as_ref().map(|path| File {
            path: found(path),
            written: text_of_path(flag, path),
        })
    };
    Draft {
        name: text("--name", &flags.name),
        recipients: RecipientsDraft {
            file: file("--recipients", &flags.recipients),
            delimiter: text("--delimiter", &flags.delimiter),
            encoding: text("--encoding", &flags.encoding),
            sheet: text("--sheet", &flags.sheet).map(sheet),
            header_row: flags.header_row,
            query: text("--query", &flags.query),
            only: text("--to", &flags.to).filter(|_| flags.is_one_mail()),
            ..RecipientsDraft::default()
        },
        message: MessageDraft {
            from: text("--from", &flags.from),
            to: text("--to", &flags.to),
            cc: text("--cc", &flags.cc),
            bcc: text("--bcc", &flags.bcc),
            reply_to: text("--reply-to", &flags.reply_to),
            subject: text("--subject", &flags.subject),
            text: file("--text", &flags.text),
            html: file("--html", &flags.html),
            attach: (!flags.attach.is_empty())
                .then(|| flags.attach.iter().map(|path| attached(path)).collect()),
            ..MessageDraft::default()
        },
        any_relay: relay(flags, problems),
        chosen_relay: (flags.relay.as_ref())
            .filter(|relay| !is_url(relay))
            .map(|relay| relay_flag(flags, relay)),
        ..Draft::default()
    }
}

fn text_of_path(flag: &str, path: &Path) -> Text {
    Text::of_flag(flag, &path.display().to_string())
}

/// A small number is the number of a sheet; `2026` is a name.
fn sheet(text: Text) -> SheetChoice {
    match text.value.parse() {
        Ok(number @ 1..=999) => SheetChoice::Numbered(number, text.place),
        Ok(_) | Err(_) => SheetChoice::Named(text),
    }
}

fn attached(path: &Path) -> AttachDraft {
    AttachDraft {
        path: text_of_path("--attach", path),
        base: Some(PathBuf::new()),
        name: None,
        optional: None,
    }
}

/// Whether it is meant for one; else it is a name.
fn is_url(relay: &str) -> bool {
    relay.contains([':', '：', '/', '@', '＠'])
}

/// What was given to `--relay`, or the variable in its place. It is not shown: it may contain a
/// password.
fn relay_flag(flags: &Overrides, relay: &str) -> Text {
    Text {
        value: relay.to_owned(),
        place: Place::whole(label(flags, RELAY_FLAG, "MAILSHOT_RELAY")),
    }
}

/// What a value is from: the flag, or the variable in its place.
fn label(flags: &Overrides, flag: &'static str, variable: &'static str) -> &'static str {
    if flags.variables.contains(&variable) {
        variable
    } else {
        flag
    }
}

fn relay(flags: &Overrides, problems: &mut Problems) -> RelayDraft {
    // Neither a URL nor a user is shown with its place: it may contain a password.
    let wrong = |problems: &mut Problems, flag: &str, why: Wrong, place: &Place| {
        problems.push(Problem::of_wrong(flag, place, why));
    };
    let label = |flag, variable| label(flags, flag, variable);
    for (variable, why) in &flags.wrong {
        let place = Place::whole(*variable);
        problems.push(Problem::of_key(*variable, &place, why.clone()));
    }
    let url = flags.relay.as_ref().filter(|relay| is_url(relay));
    let server = url.and_then(|url| match url.parse() {
        Ok(server) => Some(server),
        Err(why) => {
            wrong(problems, RELAY_FLAG, why, &relay_flag(flags, url).place);
            None
        }
    });
    let mut rates = Vec::new();
    for text in &flags.rate {
        match text.parse() {
            Ok(rate) => rates.push(rate),
            Err(why) => {
                let place = Text::of_flag(label("--rate", "MAILSHOT_RATE"), text).place;
                wrong(problems, "--rate", why, &place);
            }
        }
    }
    RelayDraft {
        server,
        user: flags.user.as_ref().map(|user| Text {
            value: user.clone(),
            place: Place::whole(label("--user", "MAILSHOT_USER")),
        }),
        password: flags.password.as_ref().map(|source| Secret {
            source: source.clone(),
            place: Place::whole(password_flag(source)),
        }),
        connections: flags.connections.and_then(|n| u64::try_from(n).ok()),
        rates: (!flags.rate.is_empty()).then_some(rates),
        ..RelayDraft::default()
    }
}

fn password_flag(source: &SecretSource) -> &'static str {
    match source {
        SecretSource::Env(_) => "--password-env",
        SecretSource::Command(_) => "--password-command",
        SecretSource::File(_) | SecretSource::Keyring { .. } => "password",
    }
}
