//! Text that was damaged before it came here: formula errors of spreadsheets, letters that were
//! read in the wrong encoding, numbers that lost digits.
//!
//! Nothing is repaired here: the original is reported, if it can be recognised.

mod formulas;
mod kinds;
mod markup;
mod mojibake;
mod pages;

pub use kinds::Broken;
pub use mojibake::undone;

/// What is the matter with a cell, if anything is.
pub fn broken(cell: &str) -> Option<Broken> {
    let cell = cell.trim();
    if let Some(failed) = formulas::failed(cell) {
        return Some(failed);
    }
    if formulas::lost_digits(cell) {
        return Some(Broken::Digits);
    }
    if let Some(markup) = markup::found(cell) {
        return Some(markup);
    }
    if cell.is_ascii() {
        return None;
    }
    if let Some(meant) = undone(cell) {
        return Some(Broken::Misread(meant));
    }
    cell.contains('\u{fffd}').then_some(Broken::Lost)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
