//! `mailshot report`: the result of every row.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use crate::ledger::Status;
use crate::report::{Format, ReportError, Rows};
use crate::run::End;
use crate::storage::private_file;
use crate::words::{Arg, say, system};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::explain::{Failure, Outcome};
use super::output::written;
use super::status::reader;
use super::{heading, typed};

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, value_name = "FORM", default_value = "csv", value_parser = format(), help_heading = heading::OUTPUT)]
    pub(super) format: Format,
    #[arg(long, value_name = "STATUS", value_parser = typed::status, help_heading = heading::WHOM)]
    pub(super) only: Option<Status>,
    #[arg(long, value_name = "FILE", help_heading = heading::OUTPUT)]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(1, u64::MAX), help_heading = heading::CAMPAIGN)]
    pub(super) mailing: Option<u64>,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    pub(super) name: Option<String>,
}

/// The forms there are, by name.
fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
        .try_map(|name| Format::named(&name).ok_or(std::fmt::Error))
}

pub(super) fn run(args: &ReportArgs) -> Outcome {
    let (reader, _) = reader(&args.campaign, args.name.as_deref())?;
    let Some((mailing, _, _)) = reader.mailing(args.mailing)? else {
        let number = Arg::plain(args.mailing.unwrap_or(1));
        return Err(Failure::of(match reader.mailings()? {
            0 => say!("cli-status-none"),
            1 => say!("cli-report-only-mailing", number = number),
            last => say!(
                "cli-report-no-such-mailing",
                number = number,
                last = Arg::plain(last)
            ),
        }));
    };
    if let Some(day) = reader.purged_at(mailing)? {
        return Err(Failure::of(say!("cli-report-purged", day = Arg::minute(&day))));
    }
    let only = args.only.map(|status| [status]);
    let rows = Rows::of(&reader, mailing, only.as_ref().map(<[Status; 1]>::as_slice));
    match &args.output {
        Some(path) => {
            let file = path.as_path();
            let failed = |e: std::io::Error| {
                Failure::of(say!("cli-report-not-written", file = file, error = system(&e)))
            };
            // Not replaced: it may be a pipe, or a link to where it is wanted.
            let file = private_file().create(true).truncate(true).open(path);
            let mut file = BufWriter::new(file.map_err(failed)?);
            args.format.write(&rows, &mut file)?;
            file.flush().map_err(failed)?;
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            let gone = |error: &ReportError| matches!(error, ReportError::Stream(source) if source.kind() == ErrorKind::BrokenPipe);
            match args.format.write(&rows, &mut out) {
                Err(error) if !gone(&error) => return Err(error.into()),
                Ok(()) | Err(_) => written(out.flush())?,
            }
        }
    }
    Ok(End::Complete)
}
