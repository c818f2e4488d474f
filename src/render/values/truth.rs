//! Whether a value is true: what `{% if active %}` tests.

use tera::{Kwargs, State, TeraResult, Value};

use crate::table::cell::{self, is_zero};
use crate::table::{Answer, Columns};

use super::asked::Asked;
use super::failure::Failure;
use super::operand::{Operand, is_nothing};
use super::sight;

/// A cell as a condition: as Tera takes it, except for what says no in words. Nothing comes of that,
/// as of an empty cell: `{{ active and "registered" }}` would write a `false`.
pub(super) fn truth(value: &Value, kwargs: &Kwargs, state: &State<'_>, columns: &Asked) -> TeraResult<Value> {
    if value.as_str().is_none() {
        return Ok(value.clone());
    }
    let column: Option<&str> = kwargs.get("c")?;
    let row: Option<&Value> = kwargs.get("of")?;
    let operand = Operand::new(value, column, row, false, state);
    Ok(if holds(&operand, columns)? {
        value.clone()
    } else {
        Value::from("")
    })
}

/// Whether a value holds.
pub(super) fn holds(of: &Operand<'_>, columns: &Asked) -> TeraResult<bool> {
    let Some(shown) = of.shown() else {
        return Ok(of.value.is_truthy());
    };
    if cell::is_empty(shown) || of.hidden().is_some_and(is_zero) {
        return Ok(false);
    }
    let fallback = Columns::default();
    let asked = columns.get().unwrap_or(&fallback);
    // A name that the template made may be that of no column.
    let named = of.column.and_then(|name| asked.position(name));
    let among = match named {
        _ if of.written => Vec::new(),
        Some(column) => vec![column],
        None => sight::columns_of(shown),
    };
    match asked.answer(&among, shown) {
        Answer::Yes => Ok(true),
        Answer::No => Ok(false),
        Answer::Unsure(answer, other) => {
            let at = among.first().copied();
            let name = at.and_then(|at| asked.name(at)).or(of.column);
            let column = name.unwrap_or_default().to_owned();
            Err(Failure::Unsure {
                column,
                answer,
                other,
            }
            .raise())
        }
    }
}

/// The value, or what is said instead where there is nothing in it.
pub(super) fn default(value: Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let instead: Value = kwargs.must_get("value")?;
    let falsy = kwargs.get::<bool>("boolean")?.unwrap_or_default() && !value.is_truthy();
    Ok(if falsy || is_nothing(&value) {
        instead
    } else {
        value
    })
}
