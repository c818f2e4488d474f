//! `mailshot sandbox`: a server for the tests of other programs.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::run::{End, RunError};
use crate::sandbox::{self, Sandbox};
use crate::words::{Arg, Said, say};

use super::explain::Outcome;
use super::{heading, signals, terminal, typed};

#[derive(Debug, clap::Args)]
pub(super) struct SandboxArgs {
    #[arg(long, value_name = "[HOST:]PORT", default_value = "127.0.0.1:2525", value_parser = typed::listen, help_heading = heading::RELAY)]
    pub(super) listen: SocketAddr,
    #[arg(long, value_name = "DIR", help_heading = heading::OUTPUT)]
    pub(super) output: Option<PathBuf>,
}

pub(super) fn run(args: &SandboxArgs) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let options = sandbox::Options {
        output: args.output.clone(),
        ..sandbox::Options::default()
    };
    let output = args.output.clone().unwrap_or_default();
    let tally = runtime.block_on(async {
        let sandbox = Sandbox::bind(args.listen, options)
            .await?
            .on_message(move |captured| {
                // Relative to the current folder, so that the path can be opened.
                let file = captured.file.as_deref().map(|file| output.join(file));
                let (to, size) = (captured.to.join(", "), Arg::plain(captured.size));
                let from = &captured.from;
                let said = match file {
                    Some(file) => say!(
                        "cli-sandbox-kept",
                        from = from,
                        to = to,
                        size = size,
                        file = file.as_path()
                    ),
                    None => say!("cli-sandbox-not-kept", from = from, to = to, size = size),
                };
                // The reader of this may have ended.
                let _ = writeln!(std::io::stdout().lock(), "{}", terminal::words(&said));
            });
        let address = Arg::plain(sandbox.local_addr());
        tell(&say!("cli-sandbox-listens", address = address));
        let mut stop = signals::listen();
        sandbox
            .serve(async move {
                // A closed channel is a stop as well.
                let _ = stop.changed().await;
            })
            .await
    })?;
    tell(&say!(
        "cli-sandbox-tally",
        messages = say!("cli-sandbox-messages", messages = tally.messages),
        connections = say!("cli-sandbox-connections", connections = tally.connections)
    ));
    Ok(End::Complete)
}

fn tell(said: &Said) {
    // A closed stderr is nothing to fail for.
    let _ = writeln!(anstream::stderr().lock(), "{}", terminal::words(said));
}
