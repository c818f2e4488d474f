//! Real servers of other hands, each a child process of one test.
//!
//! The scripts of `tests/servers/` start them; this side keeps the pipe to
//! their stdin. Dropping a server closes it, and the script ends what it
//! started; so does the death of the test. A server whose program is missing
//! is `None`: the test says so and returns (see [`super::skip`]).

mod keeping;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::python;

pub(crate) use keeping::{Chasquid, NetServerMail};

/// A script says by this exit code that a program is not installed.
const NOT_INSTALLED: i32 = 3;

/// The same, and that `tests/run` does not install it here.
const NOT_FOR_THIS_MACHINE: i32 = 4;

/// A server that is up, and the line of JSON with which it said so.
struct Server {
    child: Child,
    facts: Value,
    /// What it was given to work in; goes with it.
    folder: TempDir,
}

impl Server {
    /// Starts `tests/servers/<script>`; `{dir}` in an argument is a fresh folder.
    fn start(script: &str, arguments: &[&str], files: &[(&str, &str)]) -> Option<Self> {
        let Some(python) = python::interpreter().filter(|_| cfg!(unix)) else {
            super::skip(&format!("{script} needs Python 3 on a Unix"));
            return None;
        };
        let folder = TempDir::with_prefix("mailshot-server-").expect("a temporary folder");
        open_to_others(folder.path());
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file of the server");
        }
        let dir = folder
            .path()
            .to_str()
            .expect("temporary folders have plain names");
        let words = folder.path().join("stderr");
        let mut child = Command::new(python)
            .arg(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("tests/servers")
                    .join(script),
            )
            .args(arguments.iter().map(|argument| argument.replace("{dir}", dir)))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(&words).expect("a file for its words"))
            .spawn()
            .expect("Python starts: it did a moment ago");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("stdout is a pipe");
        // The scripts bound their own start: they print the line, or end.
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the server's line of JSON");
        if let Ok(facts) = serde_json::from_str(&line) {
            return Some(Self { child, facts, folder });
        }
        let status = child.wait().expect("the end of the script");
        let words = fs::read_to_string(&words).unwrap_or_default();
        if status.code() == Some(NOT_FOR_THIS_MACHINE) {
            super::pass_over(words.trim());
            return None;
        }
        assert_eq!(
            status.code(),
            Some(NOT_INSTALLED),
            "tests/servers/{script} failed:\n{words}"
        );
        super::skip(words.trim());
        None
    }

    fn text(&self, name: &str) -> &str {
        self.facts[name]
            .as_str()
            .unwrap_or_else(|| panic!("the server says no {name}: {}", self.facts))
    }

    fn port(&self, name: &str) -> u64 {
        self.facts["ports"][name]
            .as_u64()
            .unwrap_or_else(|| panic!("the server says no port {name}: {}", self.facts))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().ok();
    }
}

/// A private Postfix: TLS, login, Maildirs (see `tests/servers/postfix`).
pub(crate) struct Postfix(Server);

/// One delivered message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Delivered {
    /// The envelope recipient, in small letters; what is not plain in a file name stands as %XX.
    pub(crate) to: String,
    pub(crate) file: PathBuf,
}

impl Postfix {
    /// Login on the ports that ask for one.
    pub(crate) const USER: &str = "registrar@uni.example";
    /// Its password.
    pub(crate) const PASSWORD: &str = "s3cret-Passw0rd";

    /// A Postfix where exactly these addresses exist, in their domains, uni.example and example.org.
    pub(crate) fn start(addresses: &[&str]) -> Option<Self> {
        Self::start_with(addresses, &[])
    }

    /// The same with more settings for main.cf, as `name=value`.
    pub(crate) fn start_with(addresses: &[&str], settings: &[&str]) -> Option<Self> {
        let mut arguments = vec!["--dir", "{dir}/postfix", "--users", "{dir}/addresses"];
        for setting in settings {
            arguments.extend(["--set", setting]);
        }
        Server::start("postfix", &arguments, &[("addresses", &addresses.join("\n"))]).map(Self)
    }

    /// `server = "…"` of a relay: TLS from the first byte, login.
    pub(crate) fn smtps(&self) -> String {
        format!("smtps://localhost:{}", self.0.port("smtps"))
    }

    /// STARTTLS, login.
    pub(crate) fn submission(&self) -> String {
        format!("smtp://localhost:{}", self.0.port("submission"))
    }

    /// Neither.
    pub(crate) fn plain(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.0.port("plain"))
    }

    /// Like plain, with three processes: who comes fourth is greeted when one of them is free.
    pub(crate) fn few(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.0.port("few"))
    }

    /// Like plain, with three connections at a time: a fourth one is answered 421.
    pub(crate) fn counted(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.0.port("counted"))
    }

    /// Like smtps, with a certificate that ended in 2020.
    pub(crate) fn expired(&self) -> String {
        format!("smtps://localhost:{}", self.0.port("expired"))
    }

    /// Like smtps, with a certificate for relay.elsewhere.example.
    pub(crate) fn wrong_name(&self) -> String {
        format!("smtps://localhost:{}", self.0.port("wrong_name"))
    }

    /// The authority of its certificates, for `ca_file`.
    pub(crate) fn ca_file(&self) -> &Path {
        Path::new(self.0.text("ca"))
    }

    /// What has been delivered so far, sorted by recipient.
    pub(crate) fn delivered(&self) -> Vec<Delivered> {
        let mut all = Vec::new();
        for maildir in entries(Path::new(self.0.text("maildirs"))) {
            let to = maildir
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            all.extend(
                entries(&maildir.join("new"))
                    .into_iter()
                    .map(|file| Delivered { to: to.clone(), file }),
            );
        }
        all.sort();
        all
    }

    /// Waits until so many messages are delivered. Panics after a minute without a new one.
    ///
    /// Postfix answers 250 before it delivers: a run that has ended is not yet a Maildir that is full.
    pub(crate) fn wait_for_delivery(&self, count: usize) -> Vec<Delivered> {
        let (mut before, mut idle) = (0, 0);
        loop {
            let delivered = self.delivered();
            if delivered.len() >= count {
                return delivered;
            }
            idle = if delivered.len() == before { idle + 1 } else { 0 };
            before = delivered.len();
            assert!(
                idle < 600,
                "{before} of {count} messages were delivered; Postfix says:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Postfix's log so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.0.text("log")).unwrap_or_default()
    }

    /// How many connections its log counts on a port, by its name in `tests/servers/postfix`.
    pub(crate) fn connections(&self, port: &str) -> usize {
        let service = format!(" postfix/{port}/smtpd[");
        self.log()
            .lines()
            .filter(|line| line.contains(&service) && line.contains("]: connect from "))
            .count()
    }
}

/// Postfix's smtp-sink: takes or refuses as its options say, and forgets.
pub(crate) struct Sink(Server);

impl Sink {
    /// With these options of smtp-sink(1).
    pub(crate) fn start(options: &[&str]) -> Option<Self> {
        Server::start("sink", options, &[]).map(Self)
    }

    /// `server = "…"` of a relay.
    pub(crate) fn url(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.0.port("plain"))
    }
}

/// A Haraka: takes everything, but no envelope behind a content.
pub(crate) struct Haraka(Server);

impl Haraka {
    /// Without TLS and login.
    pub(crate) fn start() -> Option<Self> {
        Server::start("haraka", &["--dir", "{dir}/haraka"], &[]).map(Self)
    }

    /// `server = "…"` of a relay.
    pub(crate) fn url(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.0.port("plain"))
    }

    /// What it has taken so far, a line each: the recipient, a space, the Message-ID.
    pub(crate) fn kept(&self) -> Vec<String> {
        let kept = fs::read_to_string(self.0.text("kept")).expect("the file is there from the start");
        kept.lines().map(str::to_owned).collect()
    }

    /// How many of its replies so far begin so.
    pub(crate) fn replies(&self, beginning: &str) -> usize {
        let log = fs::read(self.0.text("log")).expect("its log");
        let said = format!("S: {beginning}");
        String::from_utf8_lossy(&log)
            .lines()
            .filter(|line| line.contains(&said))
            .count()
    }
}

/// An aiosmtpd server (see `tests/servers/aiosmtpd_peer.py` for its options).
pub(crate) struct Aiosmtpd(Server);

/// One message as aiosmtpd took it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// `mail_from`, `rcpt_tos`, `options`, `session` (the number of the connection).
    pub(crate) envelope: Value,
    pub(crate) file: PathBuf,
}

impl Aiosmtpd {
    /// With these options.
    pub(crate) fn start(options: &[&str]) -> Option<Self> {
        let arguments: Vec<&str> = ["--dir", "{dir}/aiosmtpd"]
            .iter()
            .chain(options)
            .copied()
            .collect();
        Server::start("aiosmtpd_peer.py", &arguments, &[]).map(Self)
    }

    /// `server = "…"` of a relay.
    pub(crate) fn url(&self) -> String {
        let ports = &self.0.facts["ports"];
        match (&ports["smtps"], &ports["starttls"], &ports["plain"]) {
            (Value::Number(port), ..) => format!("smtps://localhost:{port}"),
            (_, Value::Number(port), _) => format!("smtp://localhost:{port}"),
            (.., port) => format!("smtp+plain://127.0.0.1:{port}"),
        }
    }

    /// The authority of its certificate, for `ca_file`; only with `--tls`.
    pub(crate) fn ca_file(&self) -> &Path {
        Path::new(self.0.text("ca"))
    }

    /// What it has taken so far, in order.
    pub(crate) fn messages(&self) -> Vec<Kept> {
        let mut files = entries(Path::new(self.0.text("messages")));
        files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
        let kept = |file: PathBuf| {
            let envelope =
                fs::read_to_string(file.with_extension("json")).expect("an envelope beside each message");
            Kept {
                envelope: serde_json::from_str(&envelope).expect("the envelope is JSON"),
                file,
            }
        };
        files.into_iter().map(kept).collect()
    }
}

/// A DNS server with the zone of `tests/fixtures/dns.zone` (see `tests/servers/dns_peer.py`).
pub(crate) struct Dns(Server);

impl Dns {
    /// With these lines of a zone file besides.
    pub(crate) fn start(more: &str) -> Option<Self> {
        let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dns.zone");
        let zone = fs::read_to_string(zone).expect("the zone file");
        let arguments = ["--log", "{dir}/log", "{dir}/zone", "{dir}/more"];
        Server::start("dns_peer.py", &arguments, &[("zone", &zone), ("more", more)]).map(Self)
    }

    /// For `--dns-server`.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.0.port("dns"))
    }

    /// What it was asked so far, as `udp uni.example. MX`.
    pub(crate) fn asked(&self) -> Vec<String> {
        let log = fs::read_to_string(self.0.text("log")).expect("its log");
        log.lines().map(str::to_owned).collect()
    }
}

/// Postfix works as a user of its own, which has to pass through the folder.
#[cfg(unix)]
fn open_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("the folder is ours");
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) {}

/// What lies in a folder, sorted; nothing where there is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}
