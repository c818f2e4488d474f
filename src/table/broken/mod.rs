//! Text that was broken before it came here: what a spreadsheet writes when a formula fails, letters
//! that were read in another encoding than they were written in, numbers that lost digits.
//!
//! Nothing is mended here: what was meant is told, where it can be made out.

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
