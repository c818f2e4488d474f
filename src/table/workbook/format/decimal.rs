//! A number as the fifteen decimal digits that spreadsheets calculate with, so that 1.005 has a
//! five that is rounded up.

/// What is 0 or more: `0.d₁d₂d₃… × 10^point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    /// From 0 to 9, without zeros at either end; none of 0.
    digits: Vec<u8>,
    /// Digits before the decimal point; below 0, zeros behind it.
    point: i32,
}

impl Decimal {
    /// The size of a number, without its sign.
    pub(super) fn of(number: f64) -> Self {
        let written = format!("{:.14e}", number.abs());
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let digits = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|digit| digit - b'0');
        let point = exponent.parse().unwrap_or(0) + 1;
        Self {
            digits: digits.collect(),
            point,
        }
        .trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point = match self.digits.is_empty() {
            true => 0,
            false => self.point - i32::try_from(zeros).unwrap_or(0),
        };
        self
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The power of ten of its first digit.
    pub(super) fn magnitude(&self) -> i32 {
        self.point - 1
    }

    /// Times a power of ten.
    pub(super) fn shifted(mut self, by: i32) -> Self {
        if !self.is_zero() {
            self.point += by;
        }
        self
    }

    /// Rounded to this many decimals, half away from zero.
    pub(super) fn rounded(mut self, decimals: usize) -> Self {
        let kept = self
            .point
            .saturating_add(i32::try_from(decimals).unwrap_or(i32::MAX));
        let Ok(kept) = usize::try_from(kept) else {
            self.digits.clear();
            return self.trimmed();
        };
        let up = self.digits.get(kept).is_some_and(|digit| *digit >= 5);
        self.digits.truncate(kept);
        if up {
            match self.digits.iter().rposition(|digit| *digit < 9) {
                Some(at) => {
                    self.digits.truncate(at + 1);
                    if let Some(last) = self.digits.last_mut() {
                        *last += 1;
                    }
                }
                None => {
                    self.digits = vec![1];
                    self.point += 1;
                }
            }
        }
        self.trimmed()
    }

    fn digit(&self, at: i32) -> char {
        let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at));
        char::from(b'0' + digit.copied().unwrap_or(0))
    }

    /// The digits before the decimal point; none of what is less than 1.
    pub(super) fn whole(&self) -> String {
        (0..self.point.max(0)).map(|at| self.digit(at)).collect()
    }

    /// This many digits after it.
    pub(super) fn behind(&self, decimals: usize) -> String {
        let decimals = i32::try_from(decimals).unwrap_or(i32::MAX);
        (0..decimals)
            .map(|at| self.digit(self.point.saturating_add(at)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn fifteen_digits_are_rounded_half_away_from_zero() {
        for (number, decimals, whole, behind) in [
            (1.005, 2, "1", "01"),
            (10.155, 2, "10", "16"),
            (150.075, 2, "150", "08"),
            (652.685, 2, "652", "69"),
            (0.5, 0, "1", ""),
            (2.5, 0, "3", ""),
            (0.49, 0, "", ""),
            (999.995, 2, "1000", "00"),
            (0.0004, 2, "", "00"),
            (0.1 + 0.2, 15, "", "300000000000000"),
            (1e20, 0, "100000000000000000000", ""),
            (0.0, 1, "", "0"),
        ] {
            let rounded = Decimal::of(number).rounded(decimals);
            assert_eq!(
                (rounded.whole().as_str(), rounded.behind(decimals).as_str()),
                (whole, behind),
                "{number}"
            );
        }
    }
}
