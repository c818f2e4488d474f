//! Tera: templates are compiled once and rendered for each row.
//!
//! Every template of a campaign is here: bodies, subject, headers, and the pieces that address
//! templates are split into. An error in a template becomes a [`Problem`] with the file, line and
//! column where the user wrote it, even if it is inside `mailshot.toml`.
//!
//! Cells are values, never templates: nothing from a spreadsheet is compiled. `.html` is escaped by
//! Tera, everything else is not; the code that puts a rendered text into a header guards it there.

mod bounded;
mod budget;
mod compiler;
mod dates;
mod engine_errors;
mod escape;
mod files;
mod filters;
mod grouped;
mod included;
mod inclusions;
mod input;
mod language;
pub mod marks;
mod misfits;
mod mistakes;
mod names;
mod numbers;
mod page;
mod spelling;
mod templates;
mod tongues;
mod values;
mod whole_rows;
mod written_rows;

pub use compiler::Compiler;
pub use escape::{Escape, Seam, sealed};
pub use grouped::named_at;
pub use included::{leads_out, spoken_in};
pub use input::Input;
pub use language::{Spoken, best, languages, reads_traditional, spoken};
pub use names::{OWN_VARIABLES, ROWS, Written, column_of, in_list, in_template, unknown_name};
pub use numbers::compared_with;
pub use page::Page;
pub use spelling::{Spelled, spelled, written_name};
pub use templates::{RowContext, TOO_LONG, TemplateId, Templates};

#[cfg(test)]
mod tests;
