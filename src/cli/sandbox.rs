//! `mailshot sandbox`: a server for the tests of other programs.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::run::End;
use crate::sandbox::{self, Sandbox};

use super::explain::{Failure, Outcome};
use super::wording::count;
use super::{heading, signals, typed};

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
        .map_err(|e| Failure::Words(format!("the program's threads cannot be started: {e}")))?;
    let options = sandbox::Options {
        output: args.output.clone(),
        ..sandbox::Options::default()
    };
    let output = args.output.clone().unwrap_or_default();
    let tally = runtime.block_on(async {
        let sandbox = Sandbox::bind(args.listen, options).await?.on_message(move |captured| {
            // Relative to the current folder, so that the path can be opened.
            let file = captured.file.as_deref().map(|file| output.join(file));
            let file = file.map_or_else(|| "not kept".to_owned(), |file| file.display().to_string());
            // The reader of this may have ended.
            let _ = writeln!(std::io::stdout().lock(), "{} -> {} ({} bytes): {file}", captured.from, captured.to.join(", "), captured.size);
        });
        let _ = writeln!(
            anstream::stderr().lock(),
            "The sandbox listens on {} (smtp+plain://{0}); it keeps messages and delivers none. Ctrl-C ends it.",
            sandbox.local_addr()
        );
        let mut stop = signals::listen();
        sandbox
            .serve(async move {
                // A closed channel is a stop as well.
                let _ = stop.changed().await;
            })
            .await
    })?;
    let _ = writeln!(
        anstream::stderr().lock(),
        "{} over {}.",
        count(tally.messages, "message", "messages"),
        count(tally.connections, "connection", "connections")
    );
    Ok(End::Complete)
}
