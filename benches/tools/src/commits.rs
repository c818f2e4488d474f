//! What the disk can do: durable commits a second, one after the other.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::json;

use super::Result;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A folder on the disk in question.
    folder: PathBuf,
    /// Seconds for each kind.
    #[arg(long)]
    seconds: f64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let limit = Duration::from_secs_f64(arguments.seconds);
    let sqlite = sqlite(&arguments.folder, limit)?;
    let fdatasync = fdatasync(&arguments.folder, limit)?;
    println!("{}", json!({"sqlite": sqlite, "fdatasync": fdatasync}));
    Ok(())
}

/// One row a transaction, WAL, `synchronous=FULL`.
fn sqlite(folder: &Path, limit: Duration) -> Result<f64> {
    let database = Connection::open(folder.join("commits.db"))?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE commits (number INTEGER PRIMARY KEY, words TEXT NOT NULL);",
    )?;
    let mut insert = database.prepare("INSERT INTO commits (words) VALUES ('2.0.0 Ok: queued')")?;
    rate(limit, || Ok(insert.execute([]).map(drop)?))
}

/// 4 kB at the end of a file, and to the disk.
fn fdatasync(folder: &Path, limit: Duration) -> Result<f64> {
    let path = folder.join("appended");
    let mut file = OpenOptions::new().create_new(true).append(true).open(path)?;
    let block = [b'.'; 4096];
    rate(limit, || {
        file.write_all(&block)?;
        Ok(file.sync_data()?)
    })
}

/// How often a second.
fn rate(limit: Duration, mut once: impl FnMut() -> Result<()>) -> Result<f64> {
    let began = Instant::now();
    let mut count = 0.0;
    while began.elapsed() < limit {
        once()?;
        count += 1.0;
    }
    Ok(count / began.elapsed().as_secs_f64())
}
