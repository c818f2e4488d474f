//! The check pass against the loop that anybody would write first: csv, Tera and lettre's builder
//! in one thread, each row rendered and built, nothing else looked at. Both in this process, over
//! the same file and the same templates.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use mailshot::campaign::{Overrides, Relay};
use mailshot::check::{Allowed, Checked};
use mailshot::delivery::{Event, StopRequest};
use mailshot::run::{Environment, Front, Question, RunError, Stage, check_only, open};
use secrecy::SecretString;
use serde_json::json;
use tera::{Context, Tera};
use tokio::sync::watch;

use super::Result;

/// The templates of a message's short parts, as `mailshot.toml` of the benchmarks has them.
const TO: &str = "{{ name }} <{{ email }}>";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The campaign's folder: mailshot.toml, people.csv, notice.txt, notice.html.
    campaign: PathBuf,
    /// Its sender.
    #[arg(long)]
    from: Mailbox,
    /// Its subject, a template.
    #[arg(long)]
    subject: String,
    /// A small campaign of the same kind, for both to warm up with.
    #[arg(long, value_name = "FOLDER")]
    warm_up: Option<PathBuf>,
    /// The bare loop goes first.
    #[arg(long)]
    bare_first: bool,
}

/// What one pass took.
struct Pass {
    seconds: f64,
    rows: u64,
    octets: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(folder) = &arguments.warm_up {
        check(folder)?;
        bare(arguments, folder)?;
    }
    let folder = &arguments.campaign;
    let (ours, bare) = if arguments.bare_first {
        let bare = bare(arguments, folder)?;
        (check(folder)?, bare)
    } else {
        (check(folder)?, bare(arguments, folder)?)
    };
    if ours.rows != bare.rows {
        return Err(format!("{} rows checked, {} in the bare loop", ours.rows, bare.rows).into());
    }
    let shown = |pass: &Pass| json!({"seconds": pass.seconds, "rows": pass.rows, "octets": pass.octets});
    println!("{}", json!({"mailshot": shown(&ours), "bare": shown(&bare)}));
    Ok(())
}

fn check(folder: &Path) -> Result<Pass> {
    let began = Instant::now();
    let prepared = open(folder, &Overrides::default(), &Environment::of_process())?;
    let checked = check_only(&prepared, Allowed::default(), None, &mut Silent)?;
    let seconds = began.elapsed().as_secs_f64();
    if checked.has_errors() {
        return Err("the check pass found errors: `mailshot check` says which".into());
    }
    Ok(Pass {
        seconds,
        rows: checked.recipients,
        octets: checked.octets,
    })
}

fn bare(arguments: &Arguments, folder: &Path) -> Result<Pass> {
    let began = Instant::now();
    let mut tera = Tera::new();
    let text = fs::read_to_string(folder.join("notice.txt"))?;
    let html = fs::read_to_string(folder.join("notice.html"))?;
    tera.add_raw_templates([
        ("to", TO),
        ("subject", &arguments.subject),
        ("notice.txt", &text),
        ("notice.html", &html),
    ])?;
    let mut reader = csv::Reader::from_reader(File::open(folder.join("people.csv"))?);
    let columns = reader.headers()?.clone();
    let (mut rows, mut octets) = (0, 0);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let mut context = Context::new();
        for (column, field) in columns.iter().zip(&record) {
            context.insert(column.to_owned(), field);
        }
        let message = Message::builder()
            .from(arguments.from.clone())
            .to(tera.render("to", &context)?.parse()?)
            .subject(tera.render("subject", &context)?)
            .multipart(MultiPart::alternative_plain_html(
                tera.render("notice.txt", &context)?,
                tera.render("notice.html", &context)?,
            ))?;
        octets += message.formatted().len() as u64;
        rows += 1;
    }
    Ok(Pass {
        seconds: began.elapsed().as_secs_f64(),
        rows,
        octets,
    })
}

/// Nobody in front.
struct Silent;

impl Front for Silent {
    fn stage(&mut self, _: Stage, _: Option<u64>) {}
    fn done(&mut self, _: u64) {}
    fn note(&mut self, _: &str) {}
    fn checked(&mut self, _: &Checked) {}
    fn confirm(&mut self, _: &Question<'_>) -> std::result::Result<bool, RunError> {
        Ok(false)
    }
    fn ask_password(&mut self, _: &Relay) -> std::result::Result<SecretString, RunError> {
        Err(RunError::Declined)
    }
    fn event(&mut self, _: &Event<'_>) {}
    fn stop_requests(&mut self) -> watch::Receiver<StopRequest> {
        watch::channel(StopRequest::None).1
    }
}
