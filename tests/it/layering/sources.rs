//! The files of the house, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder of the package: its path below that folder, with `/`, and its text.
pub(crate) fn below(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the package") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let below = path.strip_prefix(&root).expect("it lies below the folder");
            (below.display().to_string().replace('\\', "/"), text)
        })
        .collect()
}

/// The room of a file below src/: `campaign` for `campaign/file.rs`, `render` for `render.rs`.
pub(crate) fn room_of(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs")
}
