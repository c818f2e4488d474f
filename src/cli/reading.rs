//! The flags that say how a recipients file is read.

use crate::campaign::Overrides;

/// The heading of flags that lie over a campaign's file or take its place. `next_help_heading` would
/// take in all flags that follow.
pub(super) const OVER: &str = "Without a campaign file, or over it";

/// How the recipients file is read, where that is not to be found out.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArgs {
    /// The sheet of a workbook: its name, or its number from 1.
    #[arg(long, value_name = "NAME", help_heading = OVER)]
    sheet: Option<String>,
    /// The encoding of its text: gb18030, big5, windows-1252 …
    #[arg(long, value_name = "NAME", help_heading = OVER)]
    encoding: Option<String>,
    /// What separates its cells: one character, or tab.
    #[arg(long, value_name = "CHAR", help_heading = OVER)]
    delimiter: Option<String>,
    /// The row that names the columns, as the spreadsheet counts.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_048_576), help_heading = OVER)]
    header_row: Option<u64>,
    /// What to ask a database for: "select email, name from people".
    #[arg(long, value_name = "SQL", help_heading = OVER)]
    query: Option<String>,
}

impl ReadingArgs {
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
