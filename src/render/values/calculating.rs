//! Calculating as a spreadsheet does: with 15 decimal digits.

use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};
use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::table::cell::Number;
use crate::words::say;

use super::failure::Failure;
use super::operand::Operand;

/// Digits that a spreadsheet shows of a number, and calculates with.
const DIGITS: u32 = 15;

/// And after something was calculated from a number that takes all of them: of a third times three,
/// the last ones are wrong.
const SURE: u32 = 13;

/// Calculates from left to right: `v0`, then by each letter of `op` the next.
pub(super) fn calculate(kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let operators: &str = kwargs.must_get("op")?;
    let mut digits = DIGITS;
    let mut result = taken(kwargs, state, 0, |first| number(first, None, &mut digits))?;
    for (at, operator) in operators.chars().enumerate() {
        result = taken(kwargs, state, at + 1, |next| {
            let other = number(next, Some(operator), &mut digits)?;
            result.then(operator, other).map_err(|wrong| match wrong {
                Wrong::Zero => Failure::Zero(next.culprit()).raise(),
                Wrong::TooLarge => too_large(),
            })
        })?;
    }
    result.settled(digits).map(value).map_err(|_| too_large())
}

fn too_large() -> Error {
    let failure = Failure::Other {
        what: say!("render-too-large"),
        help: say!("render-too-large-hint"),
    };
    failure.raise()
}

/// Does something with the operand of this place.
fn taken<T>(
    kwargs: &Kwargs,
    state: &State<'_>,
    at: usize,
    with: impl FnOnce(&Operand<'_>) -> TeraResult<T>,
) -> TeraResult<T> {
    const FIRST: [[&str; 3]; 3] = [["v0", "c0", "o0"], ["v1", "c1", "o1"], ["v2", "c2", "o2"]];
    match FIRST.get(at) {
        Some(names) => with(&Operand::of(kwargs, *names, false, state)?),
        None => {
            let names = ["v", "c", "o"].map(|letter| format!("{letter}{at}"));
            let [value, column, of] = &names;
            with(&Operand::of(kwargs, [value, column, of], false, state)?)
        }
    }
}

fn number(of: &Operand<'_>, operator: Option<char>, digits: &mut u32) -> TeraResult<Amount> {
    if let Some(number) = of.number() {
        let amount = Amount::of(number);
        if amount.takes_all_digits() {
            *digits = SURE;
        }
        return Ok(amount);
    }
    let culprit = of.culprit();
    Err(if of.is_nothing() {
        Failure::Empty(culprit)
    } else if culprit.column.is_none() && operator.is_none_or(|operator| operator == '+') {
        Failure::Other {
            what: say!("render-calculates-with-text", text = culprit.text),
            help: say!("render-join-texts-hint"),
        }
    } else {
        Failure::NoNumber(culprit)
    }
    .raise())
}

/// Why nothing comes of it.
enum Wrong {
    Zero,
    TooLarge,
}

/// A number on the way: whole ones are exact, others have 28 decimal digits, or what a
/// floating-point number has.
#[derive(Clone, Copy)]
enum Amount {
    Whole(i128),
    Decimal(Decimal),
    Float(f64),
}

impl Amount {
    fn of(number: Number) -> Self {
        match number {
            Number::Whole(whole) => Self::Whole(whole),
            // As it is written: 0.1 is a tenth.
            Number::Fraction(fraction) => {
                let decimal = fraction.to_string().parse();
                decimal.map_or(Self::Float(fraction), Self::Decimal)
            }
        }
    }

    fn takes_all_digits(self) -> bool {
        match self {
            Self::Decimal(decimal) => {
                let digits = decimal.mantissa().unsigned_abs().checked_ilog10();
                digits.is_some_and(|digits| digits + 1 >= DIGITS)
            }
            Self::Whole(_) | Self::Float(_) => false,
        }
    }

    fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Whole(whole) => Decimal::from_i128(whole),
            Self::Decimal(decimal) => Some(decimal),
            Self::Float(_) => None,
        }
    }

    fn float(self) -> f64 {
        match self {
            Self::Whole(whole) => Number::Whole(whole).size(),
            Self::Decimal(decimal) => decimal.to_f64().unwrap_or(f64::NAN),
            Self::Float(float) => float,
        }
    }

    fn then(self, operator: char, other: Self) -> Result<Self, Wrong> {
        if matches!(operator, '/' | '%' | 'f') && other.float() == 0.0 {
            return Err(Wrong::Zero);
        }
        if let (Self::Whole(one), Self::Whole(other)) = (self, other) {
            let whole = match operator {
                '+' => Some(one.checked_add(other)),
                '-' => Some(one.checked_sub(other)),
                '*' => Some(one.checked_mul(other)),
                '%' => Some(one.checked_rem_euclid(other)),
                'f' => Some(one.checked_div_euclid(other)),
                '/' if one.checked_rem(other) == Some(0) => Some(one.checked_div(other)),
                '^' => u32::try_from(other).ok().map(|power| one.checked_pow(power)),
                _ => None,
            };
            if let Some(whole) = whole {
                return whole.map(Self::Whole).ok_or(Wrong::TooLarge);
            }
        }
        let exact = match (self.decimal(), other.decimal()) {
            (Some(one), Some(other)) => in_decimals(operator, one, other),
            _ => None,
        };
        match exact {
            Some(exact) => Ok(Self::Decimal(exact)),
            None => floating(operator, self.float(), other.float()).map(Self::Float),
        }
    }

    /// The number with this many digits, and as a whole number if it is one.
    fn settled(self, digits: u32) -> Result<Number, Wrong> {
        match self {
            Self::Whole(whole) => Ok(Number::Whole(whole)),
            Self::Float(float) => Ok(Number::from_float(float).rounded()),
            Self::Decimal(exact) => {
                let rounded = exact.round_sf_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
                let rounded = rounded.unwrap_or(exact).normalize();
                if rounded.scale() == 0 {
                    return rounded.to_i128().map(Number::Whole).ok_or(Wrong::TooLarge);
                }
                let float: Option<f64> = rounded.to_string().parse().ok();
                float.map(Number::from_float).ok_or(Wrong::TooLarge)
            }
        }
    }
}

fn in_decimals(operator: char, one: Decimal, other: Decimal) -> Option<Decimal> {
    let rest = || {
        let rest = one.checked_rem(other)?;
        if rest.is_sign_negative() && !rest.is_zero() {
            rest.checked_add(other.abs())
        } else {
            Some(rest)
        }
    };
    match operator {
        '+' => one.checked_add(other),
        '-' => one.checked_sub(other),
        '*' => one.checked_mul(other),
        '/' => one.checked_div(other),
        '%' => rest(),
        'f' => Some(one.checked_sub(rest()?)?.checked_div(other)?.round()),
        _ => None,
    }
}

fn floating(operator: char, one: f64, other: f64) -> Result<f64, Wrong> {
    let float = match operator {
        '+' => one + other,
        '-' => one - other,
        '*' => one * other,
        '/' => one / other,
        '%' => one.rem_euclid(other),
        'f' => one.div_euclid(other),
        _ => one.powf(other),
    };
    if float.is_finite() {
        Ok(float)
    } else {
        Err(Wrong::TooLarge)
    }
}

/// A number as the engine has it.
fn value(number: Number) -> Value {
    match number {
        Number::Whole(whole) => i64::try_from(whole).map_or_else(|_| Value::from(whole), Value::from),
        Number::Fraction(fraction) => Value::from(fraction),
    }
}
