//! The check pass against the loop that anybody would write first: csv, Tera and lettre's builder
//! in one thread, each row rendered and built, nothing else looked at. Both in this process, over
//! the same file and the same templates.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use mailshot::{Campaign, Environment, Options};
use serde_json::json;
use tera::{Context, Tera};

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
    let campaign = Campaign::load(folder, &Environment::of_process())?;
    let checked = campaign.check_blocking(&Options::default(), &mut ())?;
    let seconds = began.elapsed().as_secs_f64();
    if !checked.is_ok() {
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
