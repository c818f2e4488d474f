//! `mailshot report`: what became of every row.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use crate::ledger::Status;
use crate::report::{Format, ReportError, Rows};
use crate::run::End;
use crate::storage::private_file;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::explain::{Failure, Outcome};
use super::output::written;
use super::status::reader;
use super::wording::moment;

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// The campaign's folder, or its .toml file.
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    /// The form.
    #[arg(long, value_name = "FORM", default_value = "csv", value_parser = format())]
    pub(super) format: Format,
    /// Rows of this status alone.
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(super) only: Option<Status>,
    /// Write to a file instead of stdout.
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// An earlier mailing, counted from 1 [default: the latest].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) mailing: Option<u64>,
    /// The campaign's name, where it has no file.
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
}

/// The forms there are, by name.
fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
        .try_map(|name| Format::named(&name).ok_or("there is no such form"))
}

fn status(text: &str) -> Result<Status, String> {
    // As a run says it on the screen.
    let text = match text {
        "refused" => "rejected",
        "in-doubt" | "in doubt" => "in_doubt",
        other => other,
    };
    Status::ALL.into_iter().find(|s| s.name() == text).ok_or_else(|| {
        let names: Vec<_> = Status::ALL.iter().map(|s| s.name()).collect();
        format!("the statuses are {}", names.join(", "))
    })
}

pub(super) fn run(args: &ReportArgs) -> Outcome {
    let (reader, _) = reader(&args.campaign, args.name.as_deref())?;
    let Some((mailing, _, _)) = reader.mailing(args.mailing)? else {
        let there = reader.mailings()?;
        return Err(Failure::Words(format!(
            "there is no such mailing; this campaign has {there}"
        )));
    };
    if let Some(day) = reader.purged_at(mailing)? {
        return Err(Failure::Words(format!(
            "this mailing was purged on {}: who got it is not kept any more, only how many did (mailshot status)",
            moment(&day)
        )));
    }
    let only = args.only.map(|status| [status]);
    let rows = Rows::of(&reader, mailing, only.as_ref().map(<[Status; 1]>::as_slice));
    match &args.output {
        Some(path) => {
            let failed =
                |e: std::io::Error| Failure::Words(format!("{} cannot be written: {e}", path.display()));
            // Not replaced: it may be a pipe, or a link to where it is wanted.
            let file = private_file().create(true).truncate(true).open(path);
            let mut file = BufWriter::new(file.map_err(failed)?);
            args.format.write(&rows, &mut file)?;
            file.flush().map_err(failed)?;
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            let gone = |error: &ReportError| matches!(error, ReportError::Write { source, .. } if source.kind() == ErrorKind::BrokenPipe);
            match args.format.write(&rows, &mut out) {
                Err(error) if !gone(&error) => return Err(error.into()),
                Ok(()) | Err(_) => written(out.flush())?,
            }
        }
    }
    Ok(End::Complete)
}
