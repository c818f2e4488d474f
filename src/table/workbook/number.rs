//! A number as text, where no format has a say.

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
    if number.fract() == 0.0 || !(SMALL..WIDE).contains(&number.abs()) {
        return plain(number);
    }
    let digits = plain(number.trunc().abs()).len();
    let decimals = 10_usize.saturating_sub(digits);
    let rounded: f64 = plain(number).parse().unwrap_or(number);
    plain(format!("{rounded:.decimals$}").parse().unwrap_or(number))
}
