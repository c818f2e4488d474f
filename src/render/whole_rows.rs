//! Rows and lists as values of templates: cells can be taken from them, and they never become text.
//!
//! A row has a mark among its cells, which is only seen if the whole row is written, in any way: by
//! itself, joined to a text, in a list. A message that contains it is refused.

use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

use crate::words::say;

use super::filters::HIDDEN;
use super::numbers::{AS_TEXT, VISIBLE};
use super::values::refusal;

/// The mark: two characters for private use that no text has, and nothing escapes.
pub(super) const MARK: &str = "\u{10ffc0}\u{10ffc1}";

/// The mark, as what is hidden in a row.
pub(super) fn mark() -> Value {
    Value::bytes(MARK.as_bytes())
}

/// Registers what goes through rows and lists.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter(VISIBLE, visible);
    tera.register_filter(AS_TEXT, as_text);
    tera.register_filter("length", length);
    tera.register_filter(
        "keys",
        |cells: &Map, _: Kwargs, _: &State<'_>| -> TeraResult<Vec<Value>> {
            Ok(seen(cells).map(|(key, _)| key.clone().into()).collect())
        },
    );
    tera.register_filter(
        "values",
        |cells: &Map, _: Kwargs, _: &State<'_>| -> TeraResult<Vec<Value>> {
            Ok(seen(cells).map(|(_, cell)| cell.clone()).collect())
        },
    );
    tera.register_filter(
        "pairs",
        |cells: &Map, _: Kwargs, _: &State<'_>| -> TeraResult<Vec<Value>> {
            let pair =
                |(key, cell): (&Key, &Value)| Value::from(vec![Value::from(key.clone()), cell.clone()]);
            Ok(seen(cells).map(pair).collect())
        },
    );
}

type Key = tera::value::Key<'static>;

/// What a row shows.
fn seen(cells: &Map) -> impl Iterator<Item = (&Key, &Value)> {
    cells.iter().filter(|(key, _)| key.as_str() != Some(HIDDEN))
}

fn visible(value: &Value, _: Kwargs, _: &State<'_>) -> Value {
    match value.as_map() {
        Some(cells) => Value::from(
            seen(cells)
                .map(|(key, cell)| (key.clone(), cell.clone()))
                .collect::<Map>(),
        ),
        None => value.clone(),
    }
}

fn as_text(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    if value.as_map().is_some() {
        return Err(refusal(say!("render-row-is-no-text")));
    }
    if let Some(values) = value.as_array() {
        let rows = values.iter().any(|value| value.as_map().is_some());
        return Err(refusal(if rows {
            say!("render-rows-are-no-text")
        } else {
            say!("render-list-is-no-text")
        }));
    }
    Ok(value.clone())
}

fn length(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<usize> {
    if let Some(cells) = value.as_map() {
        return Ok(seen(cells).count());
    }
    let length = value.len();
    length.ok_or_else(|| refusal(say!("render-no-length")))
}
