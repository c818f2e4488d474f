//! What templates do with the values of cells: compare them, calculate with them, test them.
//! [`numbers`](super::numbers) writes the calls of these functions into templates.

mod asked;
mod calculating;
mod comparing;
mod failure;
mod lists;
mod operand;
mod sight;
mod tests_of_values;
mod truth;

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::numbers::{CALCULATE, COMPARE, TRUTH};

pub(super) use asked::Asked;
pub(super) use failure::{Culprit, Failure, refusal, said_in, take as take_failure};
pub(super) use sight::show;

/// Registers all of them.
pub(super) fn register(tera: &mut Tera, columns: &Asked) {
    let asked = Arc::clone(columns);
    tera.register_function(COMPARE, move |kwargs: Kwargs, state: &State<'_>| {
        comparing::compare(&kwargs, state, &asked)
    });
    tera.register_function(CALCULATE, |kwargs: Kwargs, state: &State<'_>| {
        calculating::calculate(&kwargs, state)
    });
    let asked = Arc::clone(columns);
    tera.register_filter(
        TRUTH,
        move |value: &Value, kwargs: Kwargs, state: &State<'_>| -> TeraResult<Value> {
            truth::truth(value, &kwargs, state, &asked)
        },
    );
    tests_of_values::register(tera);
    tera.register_filter("default", truth::default);
    tera.register_filter("sort", lists::sort);
    let asked = Arc::clone(columns);
    tera.register_filter(
        "filter",
        move |values: &[Value], kwargs: Kwargs, state: &State<'_>| -> TeraResult<Vec<Value>> {
            comparing::filter(values, &kwargs, state, &asked)
        },
    );
}
