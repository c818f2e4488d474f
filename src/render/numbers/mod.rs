//! Cells that a template calculates with.
//!
//! A cell is text, as the sheet shows it: `007` stays that, and `group == "2"` is true of a cell 2.
//! Where an expression calculates with a cell, compares it or asks whether it holds, it is what the
//! sheet has there. The template engine knows nothing of cells, so those places are written anew
//! before it compiles the template: `score >= 60` becomes `_compare(a=score, …, op=">=", b=60)`,
//! `a * b` a call of `_calculate`, `{% if active %}` becomes `{% if active | _truth(…) %}`. What was
//! inserted or replaced is noted ([`Rewritten`]), so that every message points to what the user wrote.

mod expression;
mod guards;
mod lines;
mod operands;
mod origins;
mod parser;
mod rewritten;
mod tables;
mod tokens;
mod writing;

pub(super) use guards::{BOUNDED, TICK, guarded};
pub(super) use lines::numbered;
pub(super) use rewritten::{Asks, CALCULATE, CELLS, COMPARE, PLAIN, Rewritten, Source, TRUTH, calls};
pub(super) use tables::{AS_TEXT, VISIBLE, suspect, taken};
pub(super) use writing::{condition, only_conditions, template};

#[cfg(test)]
mod tests;
