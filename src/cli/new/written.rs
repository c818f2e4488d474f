//! A campaign file and a letter for a list, and the sender and the relay in those of a template.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::campaign::{FILE_NAME, Per, Rate};
use crate::import::toml_text;
use crate::words::{Said, say};

use unicode_width::UnicodeWidthStr as _;

use super::super::terminal::words;
use super::super::wrapped::wrapped;
use super::beside::Beside;
use super::list::List;
use super::place;
use super::provider::Provider;
use super::sender::Sender;
use super::templates::{self, Contents};

/// Columns of a line of comments, and of a template's.
const WIDTH: usize = 76;

/// Messages that a mailbox may send, where its provider publishes no number for so short a time.
const CAREFUL: &str = "20/min";

/// Who sends, and by way of whom.
pub(super) struct Sending {
    pub(super) sender: Sender,
    pub(super) provider: Provider,
    pub(super) user: Option<String>,
}

/// The files of a campaign for a list. `reading` are the lines that say how the list is read.
pub(super) fn of_list(
    dir: &Path,
    list: &List,
    reading: &[String],
    sending: &Sending,
) -> Option<Vec<Contents>> {
    let letter = place::free_name(dir, "letter", "txt");
    let mut file = comment(&say!(
        "cli-new-file-head",
        letter = letter.as_str(),
        sender = sending.sender.address.as_str()
    ));
    let shown = place::seen_from(dir, &list.path)?;
    file.push_str("\n[recipients]\n");
    file.push_str(&comment(&say!("cli-new-file-list")));
    line(&mut file, "file", &shown);
    for key in reading {
        let _ = writeln!(file, "{key}");
    }
    file.push_str("\n[message]\n");
    line(&mut file, "from", &sending.sender.text());
    file.push('\n');
    file.push_str(&comment(&say!("cli-new-file-to")));
    line(&mut file, "to", &list.to()?);
    line(&mut file, "subject", &subject(dir));
    file.push('\n');
    file.push_str(&comment(&say!("cli-new-file-text")));
    line(&mut file, "text", &letter);
    file.push('\n');
    attachments(&mut file, dir, list);
    file.push('\n');
    file.push_str(&relay(sending));
    let mut files = vec![
        (PathBuf::from(FILE_NAME), file.into_bytes()),
        (PathBuf::from(&letter), text(list, &sending.sender).into_bytes()),
    ];
    let ignored = templates::ignored(super::super::terminal::lang());
    files.extend(ignored.filter(|(name, _)| !dir.join(name).exists()));
    Some(files)
}

/// The same template with another sender and another relay.
pub(super) fn over_template(files: &mut [Contents], sending: &Sending) {
    let file = files.iter_mut().find(|(name, _)| name == Path::new(FILE_NAME));
    let Some((_, contents)) = file else { return };
    let text = String::from_utf8_lossy(contents).into_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for line in &mut lines {
        if line.starts_with("from = ") {
            *line = format!("from = {}", toml_text(&sending.sender.text()));
        }
    }
    // The relay is the last table; what is said about it is right above.
    if let Some(table) = lines.iter().position(|line| line.starts_with("[relay.")) {
        let above = lines.iter().take(table).rposition(|line| !line.starts_with('#'));
        lines.truncate(above.map_or(table, |above| above + 1));
    }
    *contents = format!("{}\n{}", lines.join("\n"), relay(sending)).into_bytes();
}

fn line(file: &mut String, key: &str, value: &str) {
    let _ = writeln!(file, "{key} = {}", toml_text(value));
}

/// Words as comments of the file; lines that are indented stay as they are.
fn comment(said: &Said) -> String {
    let mut lines = String::new();
    for line in words(said).lines() {
        let wrapped = if line.starts_with(' ') || line.is_empty() {
            line.to_owned()
        } else {
            wrapped(line, WIDTH)
        };
        for line in wrapped.lines() {
            let _ = writeln!(lines, "{}", format!("# {line}").trim_end());
        }
    }
    lines
}

/// The folder's name: the words that the user chose for it.
fn subject(dir: &Path) -> String {
    let whole = dir.canonicalize().or_else(|_| std::path::absolute(dir));
    let name = whole
        .ok()
        .and_then(|whole| whole.file_name().map(|name| name.to_string_lossy().into_owned()));
    let name = name.unwrap_or_default();
    // Braces would be a template.
    let name = name.replace(['{', '}'], "");
    if name.trim().is_empty() {
        words(&say!("cli-new-subject"))
    } else {
        name.trim().to_owned()
    }
}

fn attachments(file: &mut String, dir: &Path, list: &List) {
    let found = Beside::of(list);
    let column = list.templates().next().unwrap_or("{{ name }}");
    let path = found
        .as_ref()
        .map_or_else(|| format!("letters/{column}.pdf"), |found| found.path.clone());
    let said = match &found {
        Some(_) => say!("cli-new-file-attach-found"),
        None => say!("cli-new-file-attach"),
    };
    file.push_str(&comment(&said));
    let folder = list.path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let root = found.and_then(|_| place::seen_from(dir, folder.unwrap_or(Path::new("."))));
    if let Some(root) = root.filter(|root| root != ".") {
        let _ = writeln!(file, "# attach_root = {}", toml_text(&root));
    }
    let _ = writeln!(file, "# attach = [{}]", toml_text(&path));
}

/// The table of the relay, with what is to be known about it.
fn relay(sending: &Sending) -> String {
    let Sending { provider, user, .. } = sending;
    let table = provider.table();
    let mut file = String::new();
    match provider {
        Provider::Own(name) => {
            file.push_str(&comment(&say!("cli-new-file-own", relay = name.as_str())));
            let _ = writeln!(file, "[relay.{}]", key(&table));
            return file;
        }
        Provider::Preset { preset, .. } => {
            let title = preset.title.as_str();
            let login = preset.login.clone();
            file.push_str(&comment(&say!(
                "cli-new-file-preset",
                title = title,
                login = login
            )));
        }
        Provider::Server(_) => file.push_str(&comment(&say!("cli-new-file-server"))),
    }
    let logs_in = user.is_some() || matches!(provider, Provider::Preset { .. });
    if logs_in {
        file.push_str(&comment(&say!("cli-new-file-password", relay = table.as_str())));
    }
    let _ = writeln!(file, "[relay.{}]", key(&table));
    match provider {
        Provider::Own(_) => {}
        Provider::Preset { preset, region } => {
            line(&mut file, "preset", &preset.name);
            if let Some(region) = region {
                line(&mut file, "region", region);
            }
        }
        Provider::Server(server) => line(&mut file, "server", &server.to_string()),
    }
    if let Some(user) = user {
        line(&mut file, "user", user);
    }
    let rates = rates(provider);
    if !rates.is_empty() {
        let rates: Vec<_> = rates.iter().map(|rate| toml_text(rate)).collect();
        file.push('\n');
        file.push_str(&comment(&say!("cli-new-file-rate")));
        let _ = writeln!(file, "rate = [{}]", rates.join(", "));
    }
    file
}

/// A careful rate of our own beside what is published, if that leaves the minute open.
fn rates(provider: &Provider) -> Vec<String> {
    match provider {
        Provider::Own(_) => Vec::new(),
        Provider::Server(server) if server.is_loopback() => Vec::new(),
        Provider::Server(_) => vec![CAREFUL.to_owned()],
        Provider::Preset { preset, .. } => {
            let short = |rate: &Rate| matches!(rate.per, Per::Second | Per::Minute);
            // Services for many messages say themselves what is too fast.
            if preset.imap.is_none() || preset.rates.iter().any(short) {
                return Vec::new();
            }
            let published = preset.rates.iter().map(|rate| rate.to_string());
            std::iter::once(CAREFUL.to_owned()).chain(published).collect()
        }
    }
}

/// A key of a table.
fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(plain) {
        name.to_owned()
    } else {
        toml_text(name)
    }
}

/// The letter: a greeting, a place for the text, and the sender.
fn text(list: &List, sender: &Sender) -> String {
    let mut columns = String::new();
    let mut at = 0;
    for column in list.templates() {
        let width = column.width() + 2;
        if at > 0 && at + width > WIDTH {
            columns.push_str("\n      ");
            at = 0;
        }
        columns.push_str(if at > 0 { "  " } else { "" });
        columns.push_str(column);
        at += width;
    }
    let head = words(&say!("cli-new-letter-head")).replace('\n', "\n    ");
    let hello = words(&say!("cli-new-letter-hello"));
    let greeting = match list.name() {
        None => hello,
        Some((name, condition)) => {
            let named = words(&say!("cli-new-letter-greeting", name = name));
            match condition {
                None => named,
                Some(name) => format!("{{% if {name} %}}{named}{{% else %}}{hello}{{% endif %}}"),
            }
        }
    };
    let body = words(&say!("cli-new-letter-body"));
    let by = sender.name.as_deref().unwrap_or(&sender.address);
    let end = words(&say!("cli-new-letter-end", sender = by));
    format!("{{#- {head}\n      {columns} -#}}\n{greeting}\n\n{{# {body} #}}\n\n{end}\n")
}
