//! The flags that say how a recipients file is read.

use crate::campaign::Overrides;
use crate::import::toml_text;

use super::{heading, typed};

/// How the recipients file is read, where that is not to be found out.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArgs {
    #[arg(long, value_name = "NAME", help_heading = heading::WHOM)]
    sheet: Option<String>,
    #[arg(long, value_name = "NAME", help_heading = heading::WHOM)]
    encoding: Option<String>,
    #[arg(long, value_name = "CHAR", help_heading = heading::WHOM)]
    delimiter: Option<String>,
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(1, 1_048_576), help_heading = heading::WHOM)]
    header_row: Option<u64>,
    #[arg(long, value_name = "SQL", help_heading = heading::WHOM)]
    query: Option<String>,
}

impl ReadingArgs {
    /// The same as lines of a campaign file.
    pub(super) fn lines(&self) -> Vec<String> {
        let texts = [
            ("sheet", &self.sheet),
            ("encoding", &self.encoding),
            ("delimiter", &self.delimiter),
            ("query", &self.query),
        ];
        let texts = texts
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key} = {}", toml_text(value.as_ref()?))));
        let row = self.header_row.map(|row| format!("header_row = {row}"));
        texts.chain(row).collect()
    }

    /// Lays them over the other flags.
    pub(super) fn over(&self, overrides: Overrides) -> Overrides {
        Overrides {
            sheet: self.sheet.clone(),
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.clone(),
            header_row: self.header_row,
            query: self.query.clone(),
            ..overrides
        }
    }
}
