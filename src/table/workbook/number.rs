//! A number as text, if there is no format.

/// A number without an exponent, to the fifteen digits that spreadsheets calculate with: a long id
/// stays one, and 0.1 + 0.2 is 0.3.
pub(super) fn plain(number: f64) -> String {
    const WHOLE: f64 = 1e21;
    if !number.is_finite() {
        return number.to_string();
    }
    if number.abs() >= WHOLE || (number != 0.0 && number.abs() < 1e-9) {
        return format!("{number:E}");
    }
    if number.fract() == 0.0 {
        // No sign for what is nothing.
        return format!("{}", number + 0.0);
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A number as a cell without a format shows it: eleven characters at most where it has decimals. Of
/// a whole one every digit is shown, however narrow a column may be: it may be an id.
pub(super) fn general(number: f64) -> String {
    const WIDE: f64 = 1e11;
    const SMALL: f64 = 1e-4;
    const CHARACTERS: usize = 11;
    let written = plain(number);
    let short = written.trim_start_matches('-').len() <= CHARACTERS;
    if short || number.fract() == 0.0 || !(SMALL..WIDE).contains(&number.abs()) {
        return written;
    }
    let whole = written.trim_start_matches('-').find('.').unwrap_or(CHARACTERS);
    let decimals = (CHARACTERS - 1).saturating_sub(whole);
    let rounded: f64 = written.parse().unwrap_or(number);
    plain(format!("{rounded:.decimals$}").parse().unwrap_or(number))
}
