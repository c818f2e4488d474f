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
