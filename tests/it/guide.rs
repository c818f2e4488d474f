//! README and the guide in docs/ are true: every command in them is run, and prints what they show.
//!
//! `UPDATE=1 cargo test --test it guide` writes what the commands print now into the pages; read the
//! difference. How a page marks what is run, see [`page`].

#![cfg(unix)]

mod page;
mod play;
mod reference;
mod replaced;

use std::fs;
use std::path::Path;

/// A test for each page.
macro_rules! pages {
    ($($name:ident: $path:literal,)*) => {
        const PAGES: &[&str] = &[$($path),*];
        $(
            #[test]
            fn $name() {
                let faults = play::play($path);
                assert!(faults.is_empty(), "\n{}", faults.join("\n"));
            }
        )*
    };
}

pages! {
    readme: "README.md",
    index: "docs/README.md",
    automation: "docs/automation.md",
    backup: "docs/backup.md",
    campaign_file: "docs/campaign-file.md",
    checking: "docs/checking.md",
    commands: "docs/commands.md",
    deliverability: "docs/deliverability.md",
    files: "docs/files.md",
    in_doubt: "docs/in-doubt.md",
    inbox: "docs/inbox.md",
    install: "docs/install.md",
    languages: "docs/languages.md",
    library: "docs/library.md",
    mailmerge: "docs/mailmerge.md",
    one_mail: "docs/one-mail.md",
    providers: "docs/providers.md",
    quickstart: "docs/quickstart.md",
    recipients: "docs/recipients.md",
    relays: "docs/relays.md",
    sending: "docs/sending.md",
    settings: "docs/settings.md",
    speed: "docs/speed.md",
    suppression: "docs/suppression.md",
    templates: "docs/templates.md",
    zh_providers: "docs/zh/providers.md",
    zh_quickstart: "docs/zh/quickstart.md",
}

/// The folders whose pages other tests make or read.
const NOT_THE_GUIDE: [&str; 2] = ["docs/findings", "docs/decisions"];

#[test]
fn every_page_is_played() {
    let mut found = vec!["README.md".to_owned()];
    below("docs", &mut found);
    found.sort();
    let mut played: Vec<&str> = PAGES.to_vec();
    played.sort_unstable();
    assert_eq!(found, played);
}

fn below(folder: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(package(folder)).expect("a folder").flatten() {
        let name = format!("{folder}/{}", entry.file_name().display());
        if entry.path().is_dir() {
            if !NOT_THE_GUIDE.contains(&name.as_str()) {
                below(&name, found);
            }
        } else if name.ends_with(".md") {
            found.push(name);
        }
    }
}

fn package(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
