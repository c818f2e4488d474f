//! `mailshot new`: creates a campaign for a list, from the templates in the binary, or from mailmerge's
//! files. At a terminal it asks for what is missing.

mod answers;
mod beside;
mod list;
mod place;
mod provider;
mod sender;
mod templates;
mod typed_path;
mod written;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::campaign::{Overrides, Problems, nearest};
use crate::import;
use crate::run::End;
use crate::words::{Arg, Said, say};

use super::explain::{CAMPAIGN, Failure, Outcome};
use super::reading::ReadingArgs;
use super::shell::{self, quoted};
use super::{findings, heading, terminal};
use answers::{Answers, Given, gather};
use place::{failed, must_be_free};
use templates::Contents;

/// The template where none is named.
const USUAL: &str = "plain-text";

/// What was typed after `mailshot new`.
#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    dir: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help_heading = heading::WHOM)]
    list: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
    #[arg(long, value_name = "TEMPLATE", help_heading = heading::WHOM)]
    to: Option<String>,
    #[arg(long, value_name = "MAILBOX", help_heading = heading::CAMPAIGN)]
    from: Option<String>,
    #[arg(long, value_name = "NAME", conflicts_with = "relay", help_heading = heading::RELAY)]
    preset: Option<String>,
    #[arg(long, value_name = "NAME", help_heading = heading::RELAY)]
    region: Option<String>,
    #[arg(long, value_name = "URL", help_heading = heading::RELAY)]
    relay: Option<String>,
    #[arg(long, help_heading = heading::RELAY)]
    user: Option<String>,
    #[arg(long, value_name = "NAME", conflicts_with = "list", help_heading = heading::CAMPAIGN)]
    template: Option<String>,
    #[arg(long, value_name = "OLD_DIR", conflicts_with_all = ["template", "list", "from", "preset", "relay", "user", "to", "region"], help_heading = heading::CAMPAIGN)]
    from_mailmerge: Option<PathBuf>,
}

impl NewArgs {
    /// Whether anything is said of who sends what to whom.
    fn says_anything(&self) -> bool {
        let said = [
            &self.list,
            &self.from,
            &self.preset,
            &self.relay,
            &self.user,
            &self.to,
        ];
        said.iter().any(|said| said.is_some())
    }

    /// A template as it is: it has its own list, sender and relay.
    fn is_sample(&self) -> bool {
        let named = self.template.is_some() || (self.dir.is_some() && !terminal::can_ask());
        named && !self.says_anything()
    }
}

/// What `--template` may name.
pub(super) fn names() -> Vec<&'static str> {
    templates::names()
}

pub(super) fn run(args: &NewArgs) -> Outcome {
    match (&args.from_mailmerge, &args.dir) {
        (Some(old), Some(dir)) => from_mailmerge(old, dir),
        (Some(old), None) => from_mailmerge(old, &beside(old)),
        (None, dir) if args.is_sample() => {
            let template = args.template.as_deref().unwrap_or(USUAL);
            let named = || place::named_after(Path::new(template));
            sample(template, &dir.clone().unwrap_or_else(named))
        }
        (None, dir) => of_answers(args, dir.as_deref()),
    }
}

/// The files of a template, or which templates there are.
fn template_files(template: &str) -> Result<Vec<Contents>, Failure> {
    templates::files(template, terminal::lang()).ok_or_else(|| {
        let names = names();
        let meant = nearest(template, names.iter().copied());
        let meant = meant.map(|meant| say!("cli-did-you-mean", meant = meant));
        let all = say!("cli-new-hint-templates", templates = Arg::commas(names));
        let hints = meant.into_iter().chain([all]).collect();
        Failure::Hinted(say!("cli-new-no-template", template = template), hints)
    })
}

fn sample(template: &str, dir: &Path) -> Outcome {
    let files = template_files(template)?;
    must_be_free(dir, false)?;
    place::write(dir, &files)?;
    show(&say!(
        "cli-new-made",
        folder = dir,
        template = template,
        word = quoted(shell::path(dir))
    ));
    Ok(End::Complete)
}

/// A campaign for a list, or for the sample of a template with another sender.
fn of_answers(args: &NewArgs, dir: Option<&Path>) -> Outcome {
    let template = args.template.as_deref().unwrap_or(USUAL);
    let sample = template_files(template)?;
    if let Some(dir) = dir {
        must_be_free(dir, args.template.is_none())?;
    }
    let given = Given {
        list: args.list.as_deref(),
        overrides: args.reading.over(Overrides::default()),
        to: args.to.as_deref(),
        from: args.from.as_deref(),
        provider: args.preset.as_deref().or(args.relay.as_deref()),
        region: args.region.as_deref(),
        user: args.user.as_deref(),
        sample: args.template.is_some(),
        command: command(args),
    };
    let answers = gather(&given)?;
    let list = answers.list.as_ref().map(|list| list.path.as_path());
    let dir = dir.map_or_else(
        || place::named_after(list.unwrap_or(Path::new(template))),
        Path::to_owned,
    );
    must_be_free(&dir, list.is_some())?;
    let files = match &answers.list {
        None => {
            let mut files = sample;
            written::over_template(&mut files, &answers.sending);
            files
        }
        Some(list) => {
            let files = written::of_list(&dir, list, &reading(args, &answers), &answers.sending);
            files.ok_or_else(|| Failure::of(say!("cli-new-odd-path", list = list.path.as_path())))?
        }
    };
    place::write(&dir, &files)?;
    made(&dir, &files, &answers);
    Ok(End::Complete)
}

/// What was typed, for a hint that adds to it.
fn command(args: &NewArgs) -> String {
    let dir = args.dir.as_deref().map(shell::path);
    let mut words = vec!["mailshot new".to_owned()];
    words.extend(dir.map(quoted));
    let flags = [
        ("--template", &args.template),
        ("--list", &args.list),
        ("--from", &args.from),
        ("--preset", &args.preset),
        ("--relay", &args.relay),
        ("--region", &args.region),
        ("--user", &args.user),
        ("--to", &args.to),
    ];
    for (flag, value) in flags {
        words.extend(value.as_ref().map(|value| format!("{flag} {}", quoted(value))));
    }
    words.join(" ")
}

/// The lines of the campaign file that say how the list is read.
fn reading(args: &NewArgs, answers: &Answers) -> Vec<String> {
    let mut lines = args.reading.lines();
    lines.extend(answers.header_row.map(|row| format!("header_row = {row}")));
    lines
}

/// What there is now, and the next command.
fn made(dir: &Path, files: &[Contents], answers: &Answers) {
    let here = dir.canonicalize().ok() == Path::new(".").canonicalize().ok();
    let word = if here {
        String::new()
    } else {
        format!(" {}", quoted(shell::path(dir)))
    };
    let sender = answers.sending.sender.address.as_str();
    let relay = answers.sending.provider.shown();
    let name = |(name, _): &Contents| name.extension().is_some_and(|suffix| suffix == "txt");
    let letter = files
        .iter()
        .find(|file| name(file))
        .map(|(name, _)| dir.join(name));
    let letter = letter.unwrap_or_default();
    let said = match &answers.list {
        Some(list) => say!(
            "cli-new-made-list",
            folder = dir,
            list = list.path.as_path(),
            relay = relay,
            letter = letter.as_path(),
            word = word,
            sender = sender
        ),
        None => say!(
            "cli-new-made-sample",
            folder = dir,
            relay = relay,
            word = word,
            sender = sender
        ),
    };
    show(&said);
}

fn from_mailmerge(old: &Path, dir: &Path) -> Outcome {
    must_be_free(dir, false)?;
    let made = import::convert(old).map_err(|problems| {
        let made_not = terminal::words(&say!("cli-new-not-made", folder = dir));
        let words = format!("{}\n\n{made_not}", findings::problems(&problems));
        Failure::Plain(words, CAMPAIGN)
    })?;
    let path = |name: &Path| -> Result<PathBuf, Failure> {
        let target = dir.join(name);
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
        Ok(target)
    };
    for (name, text) in &made.files {
        let target = path(name)?;
        fs::write(&target, text).map_err(|e| failed(&target, &e))?;
    }
    for (from, name) in &made.copies {
        let target = path(name)?;
        fs::copy(from, &target).map_err(|e| failed(&target, &e))?;
    }
    if let Some((name, ignored)) = templates::ignored(terminal::lang()) {
        let target = dir.join(name);
        fs::write(&target, ignored).map_err(|e| failed(&target, &e))?;
    }
    let (rows, warnings) = (made.rows, made.warnings.len());
    let made_of = say!("cli-new-from-mailmerge", folder = dir, rows = rows, old = old);
    let mut words = terminal::words(&made_of);
    if warnings > 0 {
        words = format!(
            "{}\n\n{words}\n{}",
            findings::problems(&Problems(made.warnings)),
            terminal::words(&say!("cli-new-warnings", warnings = warnings))
        );
    }
    let next = terminal::words(&say!("cli-new-next", word = quoted(shell::path(dir))));
    shown(&format!("{words}\n\n{next}"));
    Ok(End::Complete)
}

/// Beside mailmerge's folder, with a name of its own.
fn beside(old: &Path) -> PathBuf {
    // `.` and `..` have a name, too.
    let whole = old.canonicalize().unwrap_or_else(|_| old.to_owned());
    let mut name: OsString = whole.file_name().unwrap_or_default().to_owned();
    name.push("-mailshot");
    if old.file_name().is_some() {
        old.with_file_name(name)
    } else {
        whole.with_file_name(name)
    }
}

fn show(said: &Said) {
    shown(&terminal::words(said));
}

fn shown(words: &str) {
    // A closed stderr is nothing to fail for.
    let _ = writeln!(anstream::stderr().lock(), "{words}");
}
