//! What counts against the limits of an account, read from the store.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use crate::campaign::{Per, Rate};

/// The limits that are counted here; shorter ones are a matter of pace.
pub(super) fn windows(limits: &[Rate]) -> impl Iterator<Item = Rate> {
    limits
        .iter()
        .copied()
        .filter(|limit| matches!(limit.per, Per::Hour | Per::Day))
}

pub(super) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

pub(super) fn seen(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT seen FROM clock")?
        .query_row([], |row| row.get(0))
        .optional()
}

/// Envelope recipients that count in the half-open window that ends now: what
/// was sent at its very beginning is out of it.
pub(super) fn used(connection: &Connection, account: &str, limit: Rate, now: i64) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(sum(recipients), 0) FROM reservation WHERE account = ?1 AND until > ?2",
        )?
        .query_row(params![account, now - micros(limit.per.duration())], |row| {
            row.get(0)
        })
}

/// The same, by when they count no more.
pub(super) fn frees(
    connection: &Connection,
    account: &str,
    limit: Rate,
    now: i64,
) -> rusqlite::Result<Vec<(Duration, u64)>> {
    let window = micros(limit.per.duration());
    let mut statement = connection.prepare_cached(
        "SELECT until, recipients FROM reservation
         WHERE account = ?1 AND until > ?2 AND recipients > 0 ORDER BY until",
    )?;
    let rows = statement.query_map(params![account, now - window], |row| {
        let free_at = row.get::<_, i64>(0)? + window;
        let wait = Duration::from_micros(u64::try_from(free_at - now).unwrap_or(0));
        Ok((wait, row.get(1)?))
    })?;
    rows.collect()
}

/// Envelope recipients in open reservations.
pub(super) fn held(connection: &Connection, account: &str, now: i64) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(sum(recipients), 0) FROM reservation WHERE account = ?1 AND open = 1 AND until > ?2",
        )?
        .query_row(params![account, now], |row| row.get(0))
}

/// When this many permits are free if nobody closes or takes anything.
pub(super) fn wait(
    connection: &Connection,
    account: &str,
    limit: Rate,
    least: u32,
    now: i64,
) -> rusqlite::Result<Duration> {
    let window = micros(limit.per.duration());
    let mut used = used(connection, account, limit, now)?;
    let room = u64::from(limit.count.get().saturating_sub(least));
    let mut statement = connection.prepare_cached(
        "SELECT until, recipients FROM reservation WHERE account = ?1 AND until > ?2 ORDER BY until",
    )?;
    let mut rows = statement.query(params![account, now - window])?;
    let mut free_at = now;
    while used > room
        && let Some(row) = rows.next()?
    {
        free_at = row.get::<_, i64>(0)? + window;
        used = used.saturating_sub(row.get(1)?);
    }
    Ok(Duration::from_micros(u64::try_from(free_at - now).unwrap_or(0)))
}
