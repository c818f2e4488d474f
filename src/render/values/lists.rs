//! Sorting lists of rows and of cells: numbers by their value, before texts.

use std::cmp::Ordering;

use tera::{Kwargs, State, TeraResult, Value};

use crate::table::cell::{Moment, Number};
use crate::table::dated;
use crate::words::{Arg, say};

use super::failure::refusal;
use super::operand::{Operand, composed, is_nothing};

/// What a value is sorted by.
enum Key {
    Number(Number),
    Moment(Moment),
    Text(String),
    Nothing,
}

impl Key {
    fn of(operand: &Operand<'_>) -> Self {
        if operand.is_nothing() {
            return Self::Nothing;
        }
        if let Some(number) = operand.number() {
            return Self::Number(number);
        }
        match operand.text().and_then(dated::moment) {
            Some(Ok(moment)) => Self::Moment(moment),
            Some(Err(_)) | None => Self::Text(composed(operand.text().unwrap_or_default()).to_lowercase()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Moment(_) => 1,
            Self::Text(_) => 2,
            Self::Nothing => 3,
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.order(*other),
            (Self::Moment(one), Self::Moment(other)) => one.order(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

/// A list in its order, by `attribute` of its values or by themselves.
pub(super) fn sort(values: &[Value], kwargs: Kwargs, state: &State<'_>) -> TeraResult<Vec<Value>> {
    let attribute: Option<&str> = kwargs.get("attribute")?;
    let mut keyed = Vec::with_capacity(values.len());
    let mut all_cells = true;
    for (at, value) in values.iter().enumerate() {
        let by = match attribute {
            Some(path) => value.get_from_path(path).ok_or_else(|| {
                refusal(say!("render-no-attribute", at = Arg::plain(at), type = value.name(), path = path))
            })?,
            None => value,
        };
        all_cells &= by.as_str().is_some() || by.is_number() || is_nothing(by);
        let operand = Operand::new(by, attribute, Some(value), false, state);
        keyed.push((Key::of(&operand), by, value));
    }
    if all_cells {
        keyed.sort_by(|(one, ..), (other, ..)| one.order(other));
    } else {
        keyed.sort_by_key(|(_, by, _)| *by);
    }
    Ok(keyed.into_iter().map(|(.., value)| value.clone()).collect())
}
