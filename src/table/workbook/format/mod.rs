//! What the code of a number format (ECMA-376 part 1, §18.8.31) makes of a number, a date or a text.
//!
//! Excel's rules decide where other programs differ. What it takes from the computer it runs on (the
//! decimal point, the names of months where no language is said) is that of an English one.

mod calendar;
mod code;
mod condition;
mod date;
mod decimal;
mod figures;
mod fraction;
mod moment;
mod names;
mod numerals;
mod section;
mod tags;
mod tokens;

pub(super) use code::{Code, Outcome};
pub(super) use moment::{Moment, serial};
