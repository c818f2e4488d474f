//! Recipients from stdin: they are read twice, so they are saved.

use std::io::{self, Write};

use crate::campaign::{Place, Problem, Problems};
use crate::words::{say, system};

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

/// To run a command again, the list has to be given again.
fn nothing() -> Problem {
    Problem::error(say!("run-stdin-empty"))
        .code("recipients-file")
        .at(Place::whole("-"))
        .help(say!("run-hint-stdin-empty"))
}
