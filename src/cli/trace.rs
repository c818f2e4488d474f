//! `-v` and `-vv`: the steps of the library, one line each.
//!
//! At `-v` these are the steps: what is opened, checked and waited for. At `-vv` the conversation
//! with relays is among them. Neither contains secrets: the code that writes a line leaves them
//! out, as in errors.

use std::fmt;

use crate::campaign::clock;
use crate::delivery;
use crate::words::say;
use jiff::tz::TimeZone;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::terminal::words;

/// Shows steps from now on, at this level of `-v`.
pub(super) fn show(level: u8) {
    let level = if level > 1 { Level::DEBUG } else { Level::INFO };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .event_format(Line)
        .init();
}

/// A step of the sending.
pub(super) fn event(event: &delivery::Event<'_>) {
    let step = match event {
        delivery::Event::Connected { relay } => say!("cli-trace-connected", relay = *relay),
        delivery::Event::Settled {
            key, outcome, relay, ..
        } => {
            let (status, reply) = (outcome.status(), outcome.reply().to_string());
            say!(
                "cli-trace-settled",
                relay = *relay,
                key = *key,
                status = status,
                reply = reply
            )
        }
        delivery::Event::RelayDown {
            relay, words, wait, ..
        } => {
            let reply = words.clone();
            match *wait {
                Some(time) => say!("cli-trace-rests", relay = *relay, reply = reply, time = time),
                None => say!("cli-trace-ended", relay = *relay, reply = reply),
            }
        }
        delivery::Event::Silent { relay, phase, since } => say!(
            "cli-trace-silent",
            relay = *relay,
            time = *since,
            phase = phase.to_string()
        ),
        // Said in any case.
        delivery::Event::Capped(_)
        | delivery::Event::Invalid { .. }
        | delivery::Event::Copy { .. }
        | delivery::Event::Learned(_)
        | delivery::Event::QuotaSpent { .. }
        | delivery::Event::Waiting { .. }
        | delivery::Event::Stopping(_) => return,
    };
    tracing::info!("{}", words(&step));
}

/// `14:05:31.123 here #1 < 250 2.0.0 taken`
struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        // What other libraries say of themselves is in nobody's interest, and may hold anything.
        if !event.metadata().target().starts_with(env!("CARGO_CRATE_NAME")) {
            return Ok(());
        }
        let now = clock::now().to_zoned_datetime(TimeZone::system());
        write!(writer, "{} ", now.strftime("%H:%M:%S%.3f"))?;
        context.format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}
