//! The set-ups as `tests/fixtures/setups/*.toml` tell them, and the zones that they are.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use regex::{Captures, Regex};
use serde::Deserialize;

/// A string of a TXT record holds at most 255 octets.
const STRING: usize = 200;

/// A file of set-ups.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    base: Vec<String>,
    #[serde(default)]
    record_at: String,
    dkim: Option<String>,
    setup: Vec<Setup>,
}

/// One domain's records, a campaign that sends from it, and what is right to say of them.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Setup {
    /// Also the domain, below `example`: what `DOMAIN` stands for in all that follows.
    pub(super) name: String,
    /// Why that is right.
    pub(super) why: String,
    /// The text of a TXT record at `record_at` of the file.
    record: Option<String>,
    /// Lines of a zone file; names are below the domain.
    zone: String,
    /// Which of `mx`, `spf` and `dmarc` are there and in order: those of the file unless it says others,
    base: Option<Vec<String>>,
    /// except for these.
    without: Vec<String>,
    pub(super) from: Option<String>,
    pub(super) return_path: Option<String>,
    pub(super) reply_to: Option<String>,
    /// A value of TOML.
    pub(super) unsubscribe: Option<String>,
    /// The kind of the key that signs: `rsa` or `ed25519`.
    pub(super) dkim: Option<String>,
    /// Of the relay, which is never contacted.
    pub(super) preset: Option<String>,
    pub(super) region: Option<String>,
    /// The only recipient,
    pub(super) to: Option<String>,
    /// or the domain of 5,200.
    pub(super) many: Option<String>,
    /// Codes of the findings, in any order: `a|b` is one of them, `a?` may be there or not.
    pub(super) found: Vec<String>,
    /// What these findings say somewhere, and what they do not.
    pub(super) words: Vec<String>,
    pub(super) unsaid: Vec<String>,
    /// What pyspf says of `office@` the domain (or of `judge`) from a stranger's address, or from `ip`.
    pub(super) pyspf: Option<String>,
    pub(super) judge: Option<String>,
    pub(super) ip: Option<String>,
    /// The file it stands in.
    #[serde(skip)]
    pub(super) part: String,
    #[serde(skip)]
    record_at: String,
}

impl Setup {
    pub(super) fn domain(&self) -> String {
        format!("{}.example", self.name)
    }

    /// A text with the domain filled in.
    pub(super) fn filled(&self, text: &str) -> String {
        text.replace("DOMAIN", &self.domain())
    }

    /// Its records, as lines of a zone file.
    fn zone(&self, keys: &BTreeMap<&str, String>) -> String {
        let mut zone = format!("$ORIGIN {}.\n", self.domain());
        for part in self.base.iter().flatten() {
            if !self.without.contains(part) {
                zone.push_str(in_order(part));
            }
        }
        if let Some(record) = &self.record {
            let text = with_keys(&self.filled(record), keys);
            writeln!(zone, "{} TXT {}", self.record_at, strings(&text)).expect("a String takes all");
        }
        let more = with_keys(&self.filled(&self.zone), keys);
        zone + &short_strings(&more) + "\n$ORIGIN .\n"
    }
}

/// All set-ups of the folder.
pub(super) fn all() -> Vec<Setup> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the folder of the set-ups")
        .map(|entry| entry.expect("one of its entries").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Setup> {
    let text = fs::read_to_string(file).expect("a file of set-ups");
    let part: Part = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let complete = |mut setup: Setup| {
        setup.base.get_or_insert_with(|| part.base.clone());
        setup.dkim = setup.dkim.or_else(|| part.dkim.clone());
        setup.record_at.clone_from(&part.record_at);
        setup.part = name.clone().into_owned();
        setup
    };
    part.setup.into_iter().map(complete).collect()
}

/// The zones of all, with these public keys: what `p=` of a record holds.
pub(super) fn zones(setups: &[Setup], keys: &BTreeMap<&str, String>) -> String {
    let common = fs::read_to_string(folder().join("common.zone")).expect("what they share");
    setups
        .iter()
        .fold(common, |zones, setup| zones + &setup.zone(keys))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/setups")
}

fn in_order(part: &str) -> &'static str {
    match part {
        "mx" => "@ MX 10 mx\nmx A 192.0.2.25\n",
        "spf" => "@ TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n",
        "dmarc" => "_dmarc TXT \"v=DMARC1; p=none\"\n",
        part => panic!("there is no base `{part}`"),
    }
}

/// `RSA`, `OTHERRSA` and `ED25519` are keys; `RSA:10:20` is a piece of one.
fn with_keys(text: &str, keys: &BTreeMap<&str, String>) -> String {
    let named = Regex::new(r"(OTHERRSA|RSA|ED25519)(?::(\d*):(\d*))?").expect("a pattern");
    let key = |found: &Captures<'_>| {
        let key = keys.get(&found[1]).map_or("", String::as_str);
        let bound = |group, otherwise: usize| {
            let text = found.get(group).map_or("", |bound| bound.as_str());
            text.parse().unwrap_or(otherwise).min(key.len())
        };
        key[bound(2, 0)..bound(3, key.len())].to_owned()
    };
    named.replace_all(text, key).into_owned()
}

/// A text as the strings of a TXT record.
fn strings(text: &str) -> String {
    let mut written = String::new();
    for part in text.as_bytes().chunks(STRING) {
        written.push_str(" \"");
        for &octet in part {
            if matches!(octet, b'"' | b'\\') || !(b' '..=b'~').contains(&octet) {
                write!(written, "\\{octet:03}").expect("a String takes all");
            } else {
                written.push(char::from(octet));
            }
        }
        written.push('"');
    }
    written
}

/// Strings of a zone file that a key has made too long, as several.
fn short_strings(zone: &str) -> String {
    let quoted = Regex::new(r#""((?:[^"\\]|\\.)*)""#).expect("a pattern");
    let short = |found: &Captures<'_>| match &found[1] {
        text if text.len() > 255 => strings(text),
        _ => found[0].to_owned(),
    };
    quoted.replace_all(zone, short).into_owned()
}
