//! Recipients from stdin: they are read twice, so they are kept.

use std::io::{self, Write};

use crate::campaign::{Place, Problem, Problems};

use super::environment::Environment;

/// Copies stdin to its end; `unwritable` says what it means that `to` cannot be written.
pub(super) fn copy<E: From<Problems>>(
    environment: &Environment,
    to: &mut dyn Write,
    unwritable: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = environment.read_stdin(&mut buffer).map_err(|e| {
            Problems::from(
                Problem::error(format!("stdin cannot be read: {e}"))
                    .code("recipients-file")
                    .at(Place::whole("-")),
            )
        })?;
        if n == 0 {
            return Ok(());
        }
        to.write_all(buffer.get(..n).unwrap_or_default())
            .map_err(&unwritable)?;
    }
}
