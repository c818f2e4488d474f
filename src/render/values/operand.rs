//! A value in an expression: what it is, and the cell that it comes from.

use std::borrow::Cow;

use tera::{Kwargs, State, TeraResult, Value};

use crate::render::filters::HIDDEN;
use crate::render::numbers::CELLS;
use crate::storage;
use crate::table::cell::{self, Number};

use super::failure::{Culprit, Failure};
use super::sight;

/// A value, with what is known of it.
pub(super) struct Operand<'v> {
    pub(super) value: &'v Value,
    /// Its column, where the template names one.
    pub(super) column: Option<&'v str>,
    /// What it is, where it shows something else.
    plain: Option<String>,
    /// The author wrote it: a text in quotation marks.
    pub(super) written: bool,
}

impl<'v> Operand<'v> {
    /// The argument `value` of a call, of the column and the row in two more.
    pub(super) fn of(
        kwargs: &'v Kwargs,
        [value, column, of]: [&'v str; 3],
        written: bool,
        state: &State<'_>,
    ) -> TeraResult<Self> {
        let value: &Value = kwargs.must_get(value)?;
        let column: Option<&str> = kwargs.get(column)?;
        if value.is_undefined()
            && let Some(column) = column
        {
            return Err(Failure::Unknown(column.to_owned()).raise());
        }
        let row: Option<&Value> = kwargs.get(of)?;
        Ok(Self::new(value, column, row, written, state))
    }

    /// A value of `column`, taken from `row`.
    pub(super) fn new(
        value: &'v Value,
        column: Option<&'v str>,
        row: Option<&Value>,
        written: bool,
        state: &State<'_>,
    ) -> Self {
        let plain = match (value.as_str(), column) {
            (None, _) => None,
            (Some(_), _) if written => None,
            (Some(_), Some(column)) => match row {
                Some(row) => plain(row, column),
                None => state
                    .get::<Value>(CELLS)
                    .ok()
                    .flatten()
                    .and_then(|cells| plain(&cells, column)),
            },
            (Some(text), None) => sight::plain_of(text),
        };
        Self {
            value,
            column,
            plain,
            written,
        }
    }

    /// Its text, as the sheet shows it.
    pub(super) fn shown(&self) -> Option<&'v str> {
        self.value.as_str()
    }

    /// Its text, whatever it shows.
    pub(super) fn text(&self) -> Option<&str> {
        self.plain.as_deref().or(self.value.as_str())
    }

    /// Its text where that is not what it shows.
    pub(super) fn hidden(&self) -> Option<&str> {
        self.plain.as_deref()
    }

    pub(super) fn number(&self) -> Option<Number> {
        match self.text() {
            Some(text) => Number::of(text),
            None => number(self.value),
        }
    }

    /// Whether there is nothing in it.
    pub(super) fn is_nothing(&self) -> bool {
        is_nothing(self.value)
    }

    /// What is to be said of it.
    pub(super) fn culprit(&self) -> Culprit {
        let text = self.text().map(|text| cell::bare(text).to_owned());
        Culprit {
            column: self.column.map(str::to_owned),
            text: text.unwrap_or_else(|| self.value.to_string()),
        }
    }
}

/// What the cell of a column is, among those of `row` that show something else.
pub(super) fn plain(row: &Value, column: &str) -> Option<String> {
    let hidden = row.as_map()?.get(&HIDDEN.into())?.as_map()?;
    let (_, plain) = hidden.iter().find(|(name, _)| name.as_str() == Some(column))?;
    plain.as_str().map(str::to_owned)
}

/// The number of a value that is not text.
fn number(value: &Value) -> Option<Number> {
    match value.as_number()? {
        tera::Number::Integer(whole) => Some(Number::Whole(whole)),
        tera::Number::Float(fraction) => Some(Number::from_float(fraction)),
        _ => None,
    }
}

/// Whether there is nothing in a value.
pub(super) fn is_nothing(value: &Value) -> bool {
    value.is_undefined() || value.is_none() || value.as_str().is_some_and(cell::is_empty)
}

/// Whether two texts are one to the eye, whatever stands around them and however accents are encoded.
pub(super) fn alike(one: &str, other: &str) -> bool {
    one == other || composed(one) == composed(other)
}

/// A text as it is compared.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    storage::composed(cell::bare(text))
}
