//! The commands that are a few calls of the library.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use mailshot::campaign::Relay;
use mailshot::check::Allowed;
use mailshot::ledger::{Status, Totals};
use mailshot::report;
use mailshot::run::{DryRun, Mode, SendOptions, Sent, dry_run, open};
use mailshot::sandbox::{self, Sandbox};
use serde_json::json;

use super::Outcome;
use super::args::{Args, ReportArgs, ReportFormat, SandboxArgs, SendArgs};
use super::explain::{self, Failure};
use super::screen::Screen;
use super::status::reader;
use super::wording::{count, moment, thousands, time};

pub(super) fn say(args: &Args, line: &str) {
    if !args.quiet {
        // A closed stderr is nothing to fail for.
        let _ = writeln!(anstream::stderr().lock(), "{line}");
    }
}

pub(super) fn send(args: &Args, send: &SendArgs) -> Outcome {
    let prepared = open(&send.campaign.campaign, &send.campaign.overrides())?;
    // The sandbox has no use for a relay's hints.
    let relays: &[Relay] = if send.sandbox {
        &[]
    } else {
        &prepared.campaign.relays
    };
    let mut screen = Screen::new(args.quiet, send.yes, send.events).through(relays);
    let allowed = Allowed {
        skip_invalid: send.skip_invalid,
        skip_duplicates: send.skip_duplicates,
    };
    let choice = send.choice.choice();
    if send.dry_run {
        let options = DryRun {
            output: send.output.clone(),
            allowed,
            choice,
        };
        let written = dry_run(&prepared, &options, &mut screen)?;
        say(
            args,
            &format!(
                "{} in {}",
                count(written.messages, "message", "messages"),
                written.output.display()
            ),
        );
        return Ok(i32::from(written.checked.invalid > 0));
    }
    let options = SendOptions {
        mode: match (&send.test_to, send.sandbox) {
            (Some(address), _) => Mode::TestTo(address.clone()),
            (None, true) => Mode::Sandbox,
            (None, false) => Mode::Relay,
        },
        allowed,
        choice,
        new: send.new,
        abandon: send.abandon,
        accept_changes: send.accept_changes,
        in_doubt: send.in_doubt(),
        retry_rejected: send.retry_rejected,
        max_failures: send.max_failures,
        drain: send.drain,
        rates_by_flag: !send.campaign.rate.is_empty(),
        wait: send.wait,
    };
    let sent = mailshot::run::send(&prepared, &options, &mut screen)?;
    if send.events {
        let line =
            json!({"event": "finished", "exit_code": sent.exit_code, "statuses": sent.summary.statuses});
        // Whoever reads the events may have gone away.
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }
    conclude(args, &send.campaign.campaign, &sent, &options.mode, relays);
    Ok(sent.exit_code)
}

/// How it ended, in words a teacher understands.
fn conclude(args: &Args, campaign: &Path, sent: &Sent, mode: &Mode, relays: &[Relay]) {
    if let Some(stop) = &sent.stop {
        let _ = writeln!(anstream::stderr().lock(), "{}", explain::stop(stop, relays));
    }
    if args.quiet {
        return;
    }
    if sent.exit_code == 2 {
        say(args, "Nothing was sent.");
        return;
    }
    let total: u64 = sent.summary.recipients;
    let of = |status| sent.totals.get(&status).copied().unwrap_or(0);
    let accepted = of(Status::Accepted);
    if let Mode::TestTo(address) = mode {
        say(
            args,
            &format!(
                "{} sent to {address} alone; nobody else got anything.",
                count(accepted, "test message", "test messages")
            ),
        );
        return;
    }
    if sent.messages == 0 && sent.stop.is_none() {
        say(
            args,
            "Nothing to send: nobody in the list is left to be sent to. (--new sends a new mailing to everybody.)",
        );
    }
    let seconds = sent.summary.send_seconds;
    let speed = if sent.messages > 0 && seconds > 0.0 {
        format!(
            ", in {} ({:.0} a second)",
            time(std::time::Duration::from_secs_f64(seconds)),
            sent.summary.messages_per_second
        )
    } else {
        String::new()
    };
    let taker = if *mode == Mode::Sandbox {
        "The sandbox"
    } else {
        "The relay"
    };
    say(
        args,
        &format!(
            "{taker} accepted {} of {}{speed}.",
            thousands(accepted),
            count(total, "message", "messages")
        ),
    );
    for line in others(&sent.totals) {
        say(args, &line);
    }
    for doubt in &sent.in_doubt {
        say(args, &format!("  in doubt: {}: {}", doubt.key, doubt.reply));
    }
    if sent.vanished > 0 {
        say(
            args,
            &format!(
                "{} no longer in the recipients file.",
                count(
                    sent.vanished,
                    "recipient of earlier runs is",
                    "recipients of earlier runs are"
                )
            ),
        );
    }
    if let Some(results) = &sent.results {
        if *mode == Mode::Sandbox {
            say(
                args,
                &format!(
                    "Nothing left this machine. The messages: {}",
                    results.join("messages").display()
                ),
            );
        }
        say(
            args,
            &format!("Who got it, row by row: {}", results.join("report.csv").display()),
        );
    }
    if sent.exit_code == 3 {
        say(
            args,
            &format!(
                "Run the same command again to go on (mailshot send {}); nobody is sent to twice.",
                campaign.display()
            ),
        );
    }
}

/// A line for each status that needs one.
fn others(totals: &Totals) -> Vec<String> {
    let lines = [
        (
            Status::Rejected,
            "refused for good by the relay; its words are in the report",
        ),
        (
            Status::Deferred,
            "refused for now; run the same command again later",
        ),
        (
            Status::InDoubt,
            "in doubt: handed over, but no reply came; they may have it. mailshot status --in-doubt tells more",
        ),
        (Status::Pending, "still to be sent to"),
        (Status::Invalid, "invalid and left out"),
        (Status::Duplicate, "duplicates and left out"),
        (Status::Suppressed, "suppressed and left out"),
        (Status::Bounced, "accepted, and came back"),
    ];
    lines
        .into_iter()
        .filter_map(|(status, words)| {
            totals
                .get(&status)
                .filter(|n| **n > 0)
                .map(|n| format!("{} {words}.", thousands(*n)))
        })
        .collect()
}

pub(super) fn report(args: &ReportArgs) -> Outcome {
    if matches!(args.format, ReportFormat::Html | ReportFormat::Xlsx) {
        return Err(Failure::not_yet("a report as html or xlsx"));
    }
    let (reader, _) = reader(&args.campaign, args.name.as_deref())?;
    let Some((mailing, _, _)) = reader.mailing(args.mailing)? else {
        let there = reader.mailings()?;
        return Err(Failure::Words(format!(
            "there is no such mailing; this campaign has {there}"
        )));
    };
    if let Some(day) = reader.purged_at(mailing)? {
        return Err(Failure::Words(format!(
            "this mailing was purged on {}: who got it is not kept any more, only how many did (mailshot status)",
            moment(&day)
        )));
    }
    let only = args.only.map(|status| [status]);
    let only = only.as_ref().map(<[Status; 1]>::as_slice);
    let write = |out: &mut dyn Write| match args.format {
        ReportFormat::Json => report::write_json(&reader, mailing, only, out),
        ReportFormat::Csv | ReportFormat::Html | ReportFormat::Xlsx => {
            report::write_csv(&reader, mailing, only, out)
        }
    };
    match &args.output {
        Some(path) => {
            let failed =
                |e: std::io::Error| Failure::Words(format!("{} cannot be written: {e}", path.display()));
            let mut file = BufWriter::new(private(path).map_err(failed)?);
            write(&mut file)?;
            file.flush().map_err(failed)?;
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            write(&mut out)?;
            out.flush()
                .map_err(|e| Failure::Words(format!("stdout cannot be written: {e}")))?;
        }
    }
    Ok(0)
}

/// A report names people: where it makes the file, nobody else may read it.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(super) fn sandbox(args: &SandboxArgs) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::Words(format!("the program's threads cannot be started: {e}")))?;
    let options = sandbox::Options {
        output: args.output.clone(),
        ..sandbox::Options::default()
    };
    let tally = runtime.block_on(async {
        let sandbox = Sandbox::bind(args.listen, options).await?.on_message(|captured| {
            let file = captured.file.as_deref().unwrap_or("not kept");
            // Whoever reads this may have gone away.
            let _ = writeln!(std::io::stdout().lock(), "{} -> {} ({} bytes): {file}", captured.from, captured.to.join(", "), captured.size);
        });
        let _ = writeln!(
            anstream::stderr().lock(),
            "The sandbox listens on {} (smtp+plain://{0}); it keeps messages and delivers none. Ctrl-C ends it.",
            sandbox.local_addr()
        );
        let mut stop = super::signals::listen();
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
    Ok(0)
}
