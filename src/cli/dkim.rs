//! `mailshot dkim`: a key to sign with, and the record that goes into the DNS.
//!
//! The record is data and goes to stdout; stderr says what to do with it. The private key is never
//! shown: it is written to its file.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::campaign::clock;
use crate::message::{KeyKind, PublicKey, generate_key};
use crate::run::End;
use crate::storage::{LARGEST_TEXT, private_file, read_regular};
use crate::words::{Speak, hints_of, say, system};
use clap::{Subcommand, ValueEnum};
use secrecy::{ExposeSecret, SecretString};

use super::explain::{Failure, Outcome};
use super::output::{Globals, tell, written};
use super::shell::{self, quoted};
use super::{heading, typed};

/// A string of a TXT record holds no more octets (RFC 1035 §3.3).
const STRING: usize = 255;

#[derive(Debug, clap::Args)]
pub(super) struct DkimArgs {
    #[command(subcommand)]
    command: DkimCommand,
}

#[derive(Debug, Subcommand)]
enum DkimCommand {
    New(NewKeyArgs),
    Record(RecordArgs),
}

#[derive(Debug, clap::Args)]
struct NewKeyArgs {
    #[command(flatten)]
    named: Named,
    #[arg(long, value_name = "KIND", default_value = "rsa", help_heading = heading::KEY)]
    r#type: Kind,
    #[arg(long, value_name = "FILE", default_value = "dkim.pem", help_heading = heading::OUTPUT)]
    output: PathBuf,
}

#[derive(Debug, clap::Args)]
struct RecordArgs {
    file: PathBuf,
    #[command(flatten)]
    named: Named,
}

#[derive(Debug, clap::Args)]
struct Named {
    #[arg(long, value_name = "DOMAIN", value_parser = typed::domain, help_heading = heading::KEY)]
    domain: Option<String>,
    #[arg(long, value_name = "NAME", value_parser = typed::selector, help_heading = heading::KEY)]
    selector: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Rsa,
    Ed25519,
}

pub(super) fn run(globals: &Globals, dkim: &DkimArgs) -> Outcome {
    match &dkim.command {
        DkimCommand::New(new) => make(globals, new),
        DkimCommand::Record(record) => again(globals, record),
    }
}

fn make(globals: &Globals, new: &NewKeyArgs) -> Outcome {
    let kind = match new.r#type {
        Kind::Rsa => KeyKind::Rsa,
        Kind::Ed25519 => KeyKind::Ed25519,
    };
    // Before the key is made, which takes a moment.
    if new.output.symlink_metadata().is_ok() {
        return Err(taken(&new.output));
    }
    let key = generate_key(kind).map_err(unmade)?;
    let public = PublicKey::of(key.expose_secret()).map_err(unmade)?;
    store(&new.output, &key)?;
    let selector = new.named.selector.clone().unwrap_or_else(this_month);
    tell(globals, &say!("cli-dkim-made", file = new.output.as_path()));
    show(
        globals,
        &new.output,
        new.named.domain.as_deref(),
        &selector,
        &public,
    )
}

fn again(globals: &Globals, record: &RecordArgs) -> Outcome {
    let text = read_regular(&record.file, LARGEST_TEXT)
        .map_err(|why| system(&why))
        .and_then(|octets| String::from_utf8(octets).map_err(|_| say!("cli-dkim-no-text")))
        .map(SecretString::from)
        .map_err(|why| {
            let said = say!("cli-not-read", path = record.file.as_path(), why = why);
            Failure::hinted(said, say!("cli-dkim-hint-new"))
        })?;
    let public = PublicKey::of(text.expose_secret())
        .map_err(|why| Failure::of(say!("cli-dkim-bad-key", file = record.file.as_path(), why = &why)))?;
    let Some(selector) = &record.named.selector else {
        return Err(Failure::hinted(
            say!("cli-dkim-no-selector"),
            say!("cli-dkim-hint-selector"),
        ));
    };
    show(
        globals,
        &record.file,
        record.named.domain.as_deref(),
        selector,
        &public,
    )
}

/// `mailshot202611`: a key a month is more than enough, and its age can be seen.
fn this_month() -> String {
    clock::now().strftime("mailshot%Y%m").to_string()
}

fn taken(path: &Path) -> Failure {
    let record = say!("cli-dkim-hint-record", file = quoted(shell::path(path)));
    Failure::Hinted(
        say!("cli-dkim-taken", file = path),
        vec![say!("cli-dkim-hint-output"), record],
    )
}

/// Writes the key to a new file that only its owner can read.
fn store(path: &Path, key: &SecretString) -> Result<(), Failure> {
    private_file()
        .create_new(true)
        .open(path)
        .and_then(|mut file| {
            file.write_all(key.expose_secret().as_bytes())?;
            file.sync_all()
        })
        .map_err(|why| {
            if why.kind() == std::io::ErrorKind::AlreadyExists {
                taken(path)
            } else {
                let said = say!("cli-not-written", path = path, why = system(&why));
                Failure::Hinted(said, hints_of(&why))
            }
        })
}

/// The record on stdout, what to do with it on stderr.
fn show(globals: &Globals, file: &Path, domain: Option<&str>, selector: &str, public: &PublicKey) -> Outcome {
    let name = match domain {
        Some(domain) => format!("{selector}._domainkey.{domain}"),
        None => format!("{selector}._domainkey"),
    };
    let value = public.to_string();
    let strings: Vec<_> = value
        .as_bytes()
        .chunks(STRING)
        .map(|part| format!("\"{}\"", String::from_utf8_lossy(part)))
        .collect();
    // In a zone file a name with a dot at its end is complete.
    let zone_name = if domain.is_some() {
        format!("{name}.")
    } else {
        name.clone()
    };
    let zone = format!("{zone_name} IN TXT ( {} )", strings.join(" "));
    written(writeln!(
        anstream::stdout().lock(),
        "name:  {name}\ntype:  TXT\nvalue: {value}\n\nzone:  {zone}"
    ))?;
    let file = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let line = format!(
        "dkim = {{ domain = \"{}\", selector = \"{selector}\", key = {{ file = \"{file}\" }} }}",
        domain.unwrap_or("uni.example")
    );
    let next = match domain {
        Some(domain) => say!("cli-dkim-next", domain = domain, line = line),
        None => say!("cli-dkim-next-of-sender", line = line),
    };
    tell(globals, &next);
    Ok(End::Complete)
}

/// A key cannot be made.
fn unmade(why: impl Speak) -> Failure {
    Failure::spoken(&why)
}
