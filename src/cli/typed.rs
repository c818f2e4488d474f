//! Values as typed after flags, and what is wrong with a value that cannot be understood.

use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::campaign::{Wrong, clock, domain_name, selector_name};
use crate::ledger::Status;
use crate::words::{Arg, say};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use lettre::Address;

/// A whole number in a range; nobody needs to see a bound that is only the largest number of its
/// type.
pub(super) fn number<N>(lowest: N, highest: N) -> impl Fn(&str) -> Result<N, Wrong> + Clone
where
    N: TryFrom<u64> + Into<u64> + Copy + Display,
{
    move |text| {
        let number = text.parse::<u64>().ok();
        let within = number.filter(|n| (lowest.into()..=highest.into()).contains(n));
        within.and_then(|n| N::try_from(n).ok()).ok_or_else(|| {
            let hint = match (lowest.into(), highest.into()) {
                (0, u64::MAX) => say!("usage-write-number"),
                (lowest, u64::MAX) => say!("usage-write-number-from", lowest = Arg::plain(lowest)),
                (lowest, highest) => say!(
                    "usage-write-number-between",
                    lowest = Arg::plain(lowest),
                    highest = Arg::plain(highest)
                ),
            };
            let what = match number {
                Some(_) => say!("usage-number-out-of-range", text = text),
                None => say!("usage-no-number", text = text),
            };
            Wrong::new(what).help(hint)
        })
    }
}

/// `30s`, `5m`, `1h`.
pub(super) fn duration(text: &str) -> Result<Duration, Wrong> {
    let wrong = || Wrong::new(say!("usage-no-duration", text = text)).help(say!("usage-write-duration"));
    let duration: SignedDuration = text.replace("min", "m").parse().map_err(|_| wrong())?;
    Duration::try_from(duration).map_err(|_| wrong())
}

/// The moment that an age ago was, as people write ages: `90d`, `6 months`, `1y`.
pub(super) fn ago(text: &str) -> Result<Timestamp, Wrong> {
    let wrong = || Wrong::new(say!("usage-no-age", text = text)).help(say!("usage-write-age"));
    let span: Span = text.parse().map_err(|_| wrong())?;
    let now = clock::now().to_zoned_datetime(TimeZone::UTC);
    // Counted back, whichever way it was written.
    let then = now.checked_sub(span.abs()).map_err(|_| wrong())?;
    Ok(then.timestamp())
}

/// The address in `Boss <boss@uni.example>`, or the whole text.
pub(super) fn mailbox(text: &str) -> Result<Address, Wrong> {
    let bare = match text.trim().rsplit_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or(rest),
        None => text,
    };
    if text.matches('@').count() > 1 {
        return Err(
            Wrong::new(say!("usage-several-addresses", text = text)).help(say!("usage-write-one-address"))
        );
    }
    let wrong = |_| Wrong::new(say!("usage-no-address", text = text)).help(say!("usage-write-address"));
    bare.trim().parse().map_err(wrong)
}

/// A status, also as a run says it on the screen.
pub(super) fn status(text: &str) -> Result<Status, Wrong> {
    let text = match text {
        "refused" => "rejected",
        "in-doubt" | "in doubt" => "in_doubt",
        other => other,
    };
    Status::ALL
        .into_iter()
        .find(|status| status.name() == text)
        .ok_or_else(|| {
            let names = Arg::and(Status::ALL.iter().map(|status| status.name()));
            Wrong::new(say!("usage-no-status", text = text)).help(say!("usage-statuses", names = names))
        })
}

/// `2525`, `localhost:2525`, `127.0.0.1:2525`, `[::1]:2525`.
pub(super) fn listen(text: &str) -> Result<SocketAddr, Wrong> {
    let here = |port: &str| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().ok()?)));
    let named = text.strip_prefix("localhost").unwrap_or(text);
    let short = here(named.strip_prefix(':').unwrap_or(named));
    let wrong = || Wrong::new(say!("usage-no-listen", text = text)).help(say!("usage-write-listen"));
    short.or_else(|| text.parse().ok()).ok_or_else(wrong)
}

/// An address with its port, or on the port of DNS.
pub(super) fn dns_server(text: &str) -> Result<SocketAddr, Wrong> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53));
    let wrong = |_| Wrong::new(say!("usage-no-dns-server", text = text)).help(say!("usage-write-dns-server"));
    address.or_else(|_| text.parse()).map_err(wrong)
}

/// A domain, as the DNS has it.
pub(super) fn domain(text: &str) -> Result<String, Wrong> {
    let wrong = || Wrong::new(say!("usage-no-domain", text = text)).help(say!("usage-write-domain"));
    domain_name(text).ok_or_else(wrong)
}

/// The name of a key among those of a domain.
pub(super) fn selector(text: &str) -> Result<String, Wrong> {
    let wrong = || Wrong::new(say!("usage-no-selector", text = text)).help(say!("usage-write-selector"));
    selector_name(text).ok_or_else(wrong)
}
