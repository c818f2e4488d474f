//! Servers of other hands that keep a line for each message: chasquid and Net::Server::Mail.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::Server;

/// A chasquid: a relay in Go that throws away what stands behind a content.
pub(crate) struct Chasquid(Server);

impl Chasquid {
    /// Login on the port that asks for one.
    pub(crate) const USER: &str = "registrar@uni.example";
    /// Its password.
    pub(crate) const PASSWORD: &str = "s3cret-Passw0rd";

    /// One that takes everything for example.org and uni.example.
    pub(crate) fn start() -> Option<Self> {
        Server::start("chasquid", &["--dir", "{dir}/chasquid"], &[]).map(Self)
    }

    /// `server = "…"` of a relay: STARTTLS, login.
    pub(crate) fn submission(&self) -> String {
        format!("smtp://localhost:{}", self.0.port("submission"))
    }

    /// The authority of its certificate, for `ca_file`.
    pub(crate) fn ca_file(&self) -> &Path {
        Path::new(self.0.text("ca"))
    }

    /// The Message-IDs it has delivered, in the order of their delivery, once there are so many.
    ///
    /// It answers 250 before it delivers. Panics after a minute without a new one.
    pub(crate) fn wait_for_delivery(&self, count: usize) -> Vec<String> {
        let (mut before, mut idle) = (0, 0);
        loop {
            let kept = lines(&self.0);
            if kept.len() >= count {
                return kept;
            }
            idle = if kept.len() == before { idle + 1 } else { 0 };
            before = kept.len();
            assert!(idle < 600, "{before} of {count} messages were delivered");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A server of Perl's Net::Server::Mail, whose replies wait for acknowledgements.
pub(crate) struct NetServerMail(Server);

impl NetServerMail {
    /// Without TLS and login; it takes everything.
    pub(crate) fn start() -> Option<Self> {
        Server::start("net_server_mail", &["--dir", "{dir}/perl"], &[]).map(Self)
    }

    /// `server = "…"` of a relay.
    pub(crate) fn url(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.0.port("plain"))
    }

    /// What it has taken so far, a line each: the recipient, a space, the Message-ID.
    pub(crate) fn kept(&self) -> Vec<String> {
        lines(&self.0)
    }
}

fn lines(server: &Server) -> Vec<String> {
    let kept = fs::read_to_string(server.text("kept")).expect("the file is there from the start");
    kept.lines().map(str::to_owned).collect()
}
