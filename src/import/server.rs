//! mailmerge_server.conf -> the table of a relay.

use std::path::Path;

use crate::campaign::Server;
use crate::words::{Speak, say};
use configparser::ini::Ini;

use super::folder::SERVER;
use super::source::{Source, Warnings};

/// The only section there is.
const SECTION: &str = "smtp_server";
/// What the sample's user name is.
const SAMPLE_USER: &str = "YOUR_USERNAME_HERE";

/// What becomes of the settings.
#[derive(Debug, Default)]
pub(super) struct RelayTable {
    /// A URL.
    pub(super) server: String,
    pub(super) user: Option<String>,
    pub(super) xoauth2: bool,
    pub(super) allow_plaintext: bool,
    /// Messages a minute.
    pub(super) rate: Option<i64>,
}

/// `None` if there are no settings that could be read, which is reported.
pub(super) fn read(old: &Path, warnings: &mut Warnings) -> Option<RelayTable> {
    let help = || say!("import-relay-help");
    let source = match Source::read(old, SERVER, help()) {
        Ok(source) => source,
        Err(problem) => {
            warnings.add(crate::campaign::Problem {
                severity: crate::campaign::Severity::Warning,
                ..*problem
            });
            return None;
        }
    };
    let mut ini = Ini::new_cs();
    // As Python's: a comment has a line of its own.
    ini.set_comment_symbols(&['#', ';']);
    ini.set_inline_comment_symbols(Some(&[]));
    let read = ini.read(source.text.to_string());
    let get = |key: &str| {
        let section = ini.get_map_ref().get(SECTION)?;
        // Keys are without case, sections are not.
        let (_, value) = section.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        value.as_deref().map(str::trim).filter(|value| !value.is_empty())
    };
    let span = |key: &str| line_of(&source.text, key);
    if let Err(error) = read {
        warnings.at(
            &source,
            0..0,
            say!("import-settings-unreadable", own = error),
            help(),
        );
        return None;
    }
    let Some(host) = get("host") else {
        warnings.at(&source, 0..0, say!("import-no-host", section = SECTION), help());
        return None;
    };
    let mut relay = RelayTable {
        user: get("username").map(str::to_owned),
        ..RelayTable::default()
    };
    let local = Server {
        host: host.to_owned(),
        port: 25,
        security: crate::smtp::Security::Plaintext,
    }
    .is_loopback();
    let scheme = match get("security") {
        None | Some("Never") => {
            relay.user = None;
            relay.allow_plaintext = !local;
            "smtp+plain"
        }
        Some("SSL/TLS") => "smtps",
        Some("STARTTLS") => "smtp",
        Some("XOAUTH") => {
            relay.xoauth2 = true;
            "smtp"
        }
        Some("PLAIN") if local => "smtp+plain",
        Some("PLAIN") => {
            warnings.at(
                &source,
                span("security"),
                say!("import-plain"),
                say!("import-plain-help"),
            );
            "smtp"
        }
        Some(other) => {
            warnings.at(
                &source,
                span("security"),
                say!("import-security", value = other),
                say!("import-security-help"),
            );
            "smtp"
        }
    };
    let bracketed = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    relay.server = match get("port") {
        Some(port) => format!("{scheme}://{bracketed}:{port}"),
        None => format!("{scheme}://{bracketed}"),
    };
    if let Err(error) = relay.server.parse::<Server>() {
        warnings.at(&source, span("host"), error.said(), say!("import-server-help"));
    }
    if relay.user.as_deref() == Some(SAMPLE_USER) {
        warnings.at(
            &source,
            span("username"),
            say!("import-sample-user"),
            say!("import-sample-user-help"),
        );
    }
    match get("ratelimit").map(str::parse::<i64>) {
        None | Some(Ok(0)) => {}
        Some(Ok(rate)) if rate > 0 => relay.rate = Some(rate),
        Some(_) => warnings.at(
            &source,
            span("ratelimit"),
            say!("import-rate"),
            say!("import-rate-help"),
        ),
    }
    Some(relay)
}

/// The line that sets a key.
fn line_of(text: &str, key: &str) -> std::ops::Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let name = line.split(['=', ':']).next().unwrap_or_default().trim();
        if name.eq_ignore_ascii_case(key) {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}
