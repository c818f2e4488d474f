//! The relay of a page, in place of the servers and presets that its campaign files name.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::support::bench::Bench;
use crate::support::peer::Peer;

/// The servers and presets of the campaign files that lead to the peer while a command runs.
#[derive(Default)]
pub(super) struct Replaced {
    /// The name of the first server.
    pub(super) host: Option<String>,
    files: Vec<(PathBuf, Vec<String>, String)>,
}

static SERVERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?m)^(server|preset) = "([^"]*)""#).expect("a regular expression"));
static FLAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"--relay (smtps?://[^\s]+)").expect("a regular expression"));

impl Replaced {
    pub(super) fn begin(&mut self, bench: &Bench, peer: &Peer) {
        let to = format!("server = \"{}\"", peer.url());
        let mut files = Vec::new();
        campaigns(&bench.path(""), &mut files);
        campaigns(&bench.path("../config"), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).unwrap_or_default();
            let found: Vec<String> = SERVERS.find_iter(&text).map(|m| m.as_str().to_owned()).collect();
            let first = SERVERS.captures_iter(&text).next();
            if let (None, Some(first)) = (&self.host, first) {
                self.host = Some(host(&first[1], &first[2]));
            }
            let text = SERVERS.replace_all(&text, regex::NoExpand(&to)).into_owned();
            replace(&file, &text);
            self.files.push((file, found, to.clone()));
        }
    }

    pub(super) fn in_text(&mut self, command: &str, url: &str) -> String {
        if let Some(found) = FLAG.captures(command) {
            self.host = Some(host("server", &found[1]));
        }
        FLAG.replace_all(command, format!("--relay {url}")).into_owned()
    }

    pub(super) fn end(&self) {
        for (file, found, to) in &self.files {
            let mut text = fs::read_to_string(file).unwrap_or_default();
            for from in found {
                text = text.replacen(to, from, 1);
            }
            replace(file, &text);
        }
    }
}

/// A file with another text, and the time it had: nobody saved it.
fn replace(path: &Path, text: &str) {
    let time = fs::metadata(path)
        .and_then(|found| found.modified())
        .expect("a file");
    fs::write(path, text).expect("a file of the page");
    let file = fs::File::options().write(true).open(path).expect("a file");
    file.set_modified(time).expect("its time");
}

fn campaigns(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            campaigns(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
}

/// The host of a server's URL, or of a preset.
fn host(key: &str, value: &str) -> String {
    let url = if key == "server" {
        value.to_owned()
    } else {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/campaign/values/presets.toml");
        let presets: toml::Table = fs::read_to_string(path).expect("presets").parse().expect("TOML");
        presets[value]["server"].as_str().expect("a server").to_owned()
    };
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    rest.split(':').next().unwrap_or(rest).to_owned()
}
