//! A bare loop that writes files: what is read beforehand goes into as many files again.

use std::path::PathBuf;
use std::time::Instant;

use serde_json::json;

use super::Result;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder to read.
    from: PathBuf,
    /// The folder to make and write.
    to: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&arguments.from)? {
        let entry = entry?;
        files.push((arguments.to.join(entry.file_name()), std::fs::read(entry.path())?));
    }
    // In the order of their names, as a program that makes them one after another does.
    files.sort();
    let began = Instant::now();
    std::fs::create_dir(&arguments.to)?;
    for (path, content) in &files {
        std::fs::write(path, content)?;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("{}", json!({"seconds": seconds, "files": files.len()}));
    Ok(())
}
