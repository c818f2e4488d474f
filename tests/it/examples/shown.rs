//! The examples and templates as two programs show them: GMime, which takes encoded words apart at their
//! padding, must read the same as Python.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::{notmuch, python};

#[test]
fn notmuch_and_python_show_the_same() {
    let mut count = 0;
    for folder in super::folders() {
        let bench = Bench::new().copy_of(folder);
        bench.run(&["send", "--dry-run", "--limit", "40"]).code(0);
        let files = bench.eml("results/preview");
        are_shown_alike(&files);
        count += files.len();
    }
    assert!(count > 50, "{count} messages");
}

fn are_shown_alike(files: &[PathBuf]) {
    let (Some(shown), Some(read)) = (notmuch::show(files), python::read_eml(files)) else {
        return;
    };
    for ((file, shown), read) in files.iter().zip(shown).zip(read) {
        let place = file.display();
        for (ours, theirs) in [("Subject", "subject"), ("From", "from"), ("To", "to")] {
            let (one, other) = (&shown.headers[ours], &read["headers"][theirs]);
            assert_eq!(unquoted(one), unquoted(other), "{ours} of {place}");
        }
        let parts = read["parts"].as_array().expect("parts");
        let names: Vec<_> = parts
            .iter()
            .filter_map(|part| part["filename"].as_str())
            .collect();
        assert_eq!(shown.file_names, names, "{place}");
    }
}

/// Names with what needs quotation marks are shown with them by one, and without them by the other.
fn unquoted(header: &Value) -> String {
    header.as_str().expect("a header").replace('"', "")
}
