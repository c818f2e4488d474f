//! The engine's functions and filters that make large results from small input, within the budget
//! of a message.

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::words::say;

use super::budget::{self, MOST_WRITTEN, Spent};
use super::numbers::{BOUNDED, TICK};
use super::values::refusal;

/// Octets that a value counts for in a list: what it takes, and what is done with it.
const OF_A_VALUE: u64 = 512;

/// What a round of a loop counts for, in addition to its contents.
const OF_A_ROUND: u64 = 256;

/// What one `range` yields, as the engine has it.
const LONGEST_RANGE: i128 = 100_000;

/// Puts ours into the place of the engine's, and adds those that [`guards`](super::numbers) calls.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter(BOUNDED, bounded);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_function("range", range);
    tera.register_function(TICK, tick);
}

fn spent(_: Spent) -> Error {
    refusal(say!("render-makes-too-much"))
}

/// A round of a loop, or a call of a component, with `n` octets in it.
fn tick(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let octets: u64 = kwargs.must_get("n")?;
    budget::make(octets.saturating_add(OF_A_ROUND)).map_err(spent)?;
    // Safe: nothing is escaped, and nothing marked.
    Ok(Value::safe_string(""))
}

/// A value that is kept.
fn bounded(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let octets = match (value.as_str(), value.as_array()) {
        (Some(text), _) => text.len() as u64,
        (None, Some(values)) => values.len() as u64 * OF_A_VALUE,
        (None, None) => 0,
    };
    budget::value(octets).map_err(spent)?;
    Ok(value.clone())
}

fn replace(value: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from: &str = kwargs.must_get("from")?;
    let to: StringInput<'_> = kwargs.must_get("to")?;
    let safe = state.autoescaping_enabled() && (value.is_safe() || to.is_safe());
    let (text, with) = if safe {
        (value.rendered(state)?, to.rendered(state)?)
    } else {
        (value.as_str().into(), to.as_str().into())
    };
    let times = text.matches(from).count() as u64;
    budget::value(
        times
            .saturating_mul(with.len() as u64)
            .saturating_add(text.len() as u64),
    )
    .map_err(spent)?;
    let replaced = text.replace(from, &with);
    Ok(if safe {
        Value::safe_string(&replaced)
    } else {
        Value::from(replaced)
    })
}

fn join(values: &[Value], kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let separator: Option<StringInput<'_>> = kwargs.get("sep")?;
    let safe = state.autoescaping_enabled()
        && (values.iter().any(|value| value.is_string() && value.is_safe())
            || separator.as_ref().is_some_and(StringInput::is_safe));
    let between = match &separator {
        Some(separator) if safe => separator.rendered(state)?,
        Some(separator) => separator.as_str().into(),
        None => "".into(),
    };
    let mut joined = String::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            joined.push_str(&between);
        }
        match value.as_str() {
            _ if safe && value.is_undefined() => {}
            _ if safe => joined.push_str(&state.escape_if_needed(value)?),
            Some(text) => joined.push_str(text),
            None => joined.push_str(&value.to_string()),
        }
        if joined.len() as u64 > u64::from(MOST_WRITTEN) {
            budget::value(joined.len() as u64).map_err(spent)?;
        }
    }
    budget::value(joined.len() as u64).map_err(spent)?;
    Ok(if safe {
        Value::safe_string(&joined)
    } else {
        Value::from(joined)
    })
}

fn range(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<i128>> {
    let start = kwargs.get::<i128>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i128>("end")?;
    let step = kwargs.get::<i128>("step_by")?.unwrap_or(1);
    if start > end && step > 0 {
        return Err(refusal(say!("render-range-backwards")));
    }
    if step == 0 {
        return Err(refusal(say!("render-range-stands-still")));
    }
    let mut values = Vec::new();
    let mut next = start;
    while (step > 0 && next < end) || (step < 0 && next > end) {
        values.push(next);
        if values.len() as i128 > LONGEST_RANGE {
            return Err(refusal(say!(
                "render-range-too-long",
                most = LONGEST_RANGE as u64
            )));
        }
        let Some(following) = next.checked_add(step) else {
            break;
        };
        next = following;
    }
    budget::make(values.len() as u64 * OF_A_VALUE).map_err(spent)?;
    Ok(values)
}
