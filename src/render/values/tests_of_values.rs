//! The engine's tests of a value (`is none`, `is defined`), for cells: an empty cell is `none`.

use tera::{Kwargs, State, Tera, Value};

use super::operand::is_nothing;

/// Puts ours into the place of the engine's. Those for numbers ask what a cell is already.
pub(super) fn register(tera: &mut Tera) {
    tera.register_test("none", |value: &Value, _: Kwargs, _: &State<'_>| {
        is_nothing(value)
    });
    tera.register_test("undefined", |value: &Value, _: Kwargs, _: &State<'_>| {
        is_nothing(value)
    });
    tera.register_test("defined", |value: &Value, _: Kwargs, _: &State<'_>| {
        !is_nothing(value)
    });
}
