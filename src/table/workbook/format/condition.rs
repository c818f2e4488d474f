//! The numbers that a section is for, if its code says so: `[>=100]`.

/// For which numbers a section is: `[>=100]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    sign: Sign,
    limit: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    pub(super) fn of(inside: &str) -> Option<Self> {
        const SIGNS: [(&str, Sign); 6] = [
            ("<=", Sign::LessOrEqual),
            (">=", Sign::GreaterOrEqual),
            ("<>", Sign::NotEqual),
            ("<", Sign::Less),
            (">", Sign::Greater),
            ("=", Sign::Equal),
        ];
        SIGNS.iter().find_map(|(written, sign)| {
            let limit = inside.trim().strip_prefix(written)?.trim().parse().ok()?;
            Some(Self { sign: *sign, limit })
        })
    }

    #[expect(clippy::float_cmp, reason = "a condition is about the very number")]
    pub(super) fn holds(self, number: f64) -> bool {
        match self.sign {
            Sign::Less => number < self.limit,
            Sign::LessOrEqual => number <= self.limit,
            Sign::Equal => number == self.limit,
            Sign::NotEqual => number != self.limit,
            Sign::Greater => number > self.limit,
            Sign::GreaterOrEqual => number >= self.limit,
        }
    }

    /// Whether it holds of no positive number: the sign goes without saying.
    pub(super) fn of_negative_ones(self) -> bool {
        match self.sign {
            Sign::Less | Sign::LessOrEqual => self.limit <= 0.0,
            Sign::Equal => self.limit < 0.0,
            Sign::NotEqual | Sign::Greater | Sign::GreaterOrEqual => false,
        }
    }

    /// Whether what it does not hold of is negative.
    pub(super) fn of_others(self) -> bool {
        matches!(self.sign, Sign::Greater | Sign::GreaterOrEqual) && self.limit == 0.0
    }
}
