//! Cells that a template calculates with.
//!
//! A cell is text, as the sheet shows it: `007` stays that, and `group == "2"` is true of a cell 2.
//! Where an expression calculates with a cell or compares it with a number, it is a number. The
//! template engine knows nothing of cells, so those places are written anew before it compiles the
//! template: `score >= 60` becomes `(score | _plain(column="score", of=_cells)) >= 60`. Where it asks
//! whether a cell holds, `nein` is no: `{% if active %}` becomes `{% if active | _truth %}`. What was
//! inserted is noted ([`Rewritten`]), so that every message points to what the user wrote.

mod conditions;
mod guards;
mod lines;
mod operands;
mod rewritten;
mod tables;
mod tokens;
mod writing;

pub(super) use guards::{BOUNDED, TICK, guarded};
pub(super) use lines::numbered;
pub(super) use rewritten::{CELLS, PLAIN, Rewritten, Source, TRUTH, calls};
pub(super) use tables::{AS_TEXT, VISIBLE, suspect};
pub(super) use writing::{condition, only_conditions, template};

#[cfg(test)]
mod tests;
