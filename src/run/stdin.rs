//! What comes from stdin: recipients, which are read twice, so they are saved; or a text.

use std::io::{self, Write};

use crate::campaign::{Place, Problem, Problems};
use crate::storage::LARGEST_TEXT;
use crate::words::{Arg, Said, say, system};

use super::environment::Environment;

/// Copies stdin to its end, which holds something; `unwritable` says what it means that `to` cannot be written.
pub(super) fn copy<E: From<Problems>>(
    environment: &Environment,
    to: &mut dyn Write,
    unwritable: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    let mut buffer = vec![0; 1 << 16];
    let mut blank = true;
    loop {
        let n = environment.read_stdin(&mut buffer).map_err(|e| {
            Problems::from(
                Problem::error(say!("run-stdin-unreadable", why = system(&e)))
                    .code("recipients-file")
                    .at(Place::whole("-")),
            )
        })?;
        if n == 0 && blank {
            return Err(Problems::from(nothing()).into());
        }
        if n == 0 {
            return Ok(());
        }
        let read = buffer.get(..n).unwrap_or_default();
        blank &= read.iter().all(u8::is_ascii_whitespace);
        to.write_all(read).map_err(&unwritable)?;
    }
}

/// Reads a text from stdin to its end.
pub(super) fn text(environment: &Environment) -> Result<Vec<u8>, Problems> {
    let mut text = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let problem = |what: Said| Problem::error(what).code("template").at(Place::whole("-"));
    loop {
        let n = environment
            .read_stdin(&mut buffer)
            .map_err(|e| Problems::from(problem(say!("run-stdin-unreadable", why = system(&e)))))?;
        text.extend_from_slice(buffer.get(..n).unwrap_or_default());
        if text.len() as u64 > LARGEST_TEXT {
            let large = say!("run-text-too-large", most = Arg::Size(LARGEST_TEXT));
            return Err(problem(large).into());
        }
        if n == 0 {
            break;
        }
    }
    if text.iter().all(u8::is_ascii_whitespace) {
        let empty = problem(say!("run-text-empty")).code("empty-template");
        return Err(empty.help(say!("run-hint-text-empty")).into());
    }
    Ok(text)
}

/// To run a command again, the list has to be given again.
fn nothing() -> Problem {
    Problem::error(say!("run-stdin-empty"))
        .code("recipients-file")
        .at(Place::whole("-"))
        .help(say!("run-hint-stdin-empty"))
}
