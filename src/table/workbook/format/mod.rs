//! How the code of a number format (ECMA-376 part 1, §18.8.31) shows a number, a date or a text.
//!
//! If other programs differ, Excel's rules decide. What Excel takes from the computer (the decimal
//! point, the names of months if no language is given) is that of an English one.

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
