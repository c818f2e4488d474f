//! Dovecot, with folders, ports and users of its own, for the length of a test.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The password of every user.
pub(crate) const PASSWORD: &str = "hunter22-Secret";

/// A mail server that is up.
pub(crate) struct Dovecot {
    child: Child,
    folder: TempDir,
    /// Ports of IMAP, IMAP under TLS, POP3, POP3 under TLS.
    ports: [u16; 4],
}

impl Dovecot {
    /// Starts it; `None` where it is not installed, or where the user may not start it.
    pub(crate) fn start() -> Option<Self> {
        let is_root = cfg!(unix) && output("id", &["-u"]).as_deref() == Some("0");
        if output("dovecot", &["--version"]).is_none() || !is_root {
            super::skip("Dovecot is not installed, or this is not root");
            return None;
        }
        let folder = TempDir::with_prefix("mailshot-dovecot-").expect("a temporary folder");
        let certificate =
            rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        fs::write(folder.path().join("cert.pem"), certificate.cert.pem()).expect("the certificate");
        let key = certificate.signing_key.serialize_pem();
        fs::write(folder.path().join("key.pem"), key).expect("the key");
        let mail = folder.path().join("mail");
        fs::create_dir_all(&mail).expect("the mailboxes");
        output("chmod", &["755", &shown(folder.path())]).expect("a folder for others");
        output("chown", &["nobody", &shown(&mail)]).expect("the mailboxes are nobody's");
        let ports = [(); 4].map(|()| free_port());
        let file = folder.path().join("dovecot.conf");
        fs::write(&file, configuration(folder.path(), ports)).expect("the configuration");
        let child = Command::new("dovecot")
            .args(["-F", "-c", &shown(&file)])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dovecot starts");
        let dovecot = Self { child, folder, ports };
        for port in ports {
            crate::support::dovecot::wait_for(port);
        }
        Some(dovecot)
    }

    /// The URLs of a mailbox: IMAP and POP3, each under TLS from the beginning and after it began.
    pub(crate) fn urls(&self) -> [String; 4] {
        let [imap, imaps, pop3, pop3s] = self.ports;
        [
            format!("imaps://localhost:{imaps}"),
            format!("imap://localhost:{imap}"),
            format!("pop3s://localhost:{pop3s}"),
            format!("pop3://localhost:{pop3}"),
        ]
    }

    /// The file with its certificate.
    pub(crate) fn certificate(&self) -> String {
        shown(&self.folder.path().join("cert.pem"))
    }

    /// Puts a mail into the INBOX of a user.
    pub(crate) fn deliver(&self, user: &str, name: &str, mail: &str) {
        let folder = self.folder.path().join("mail").join(user);
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(folder.join(part)).expect("a Maildir");
        }
        fs::write(folder.join("new").join(name), mail).expect("the mail");
        output("chown", &["-R", "nobody", &shown(&folder)]).expect("the mails are nobody's");
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // It ends its own children when it is asked to.
        let _ = output("kill", &[&self.child.id().to_string()]);
        let _ = self.child.wait();
    }
}

/// Waits until a port is listened on.
pub(crate) fn wait_for(port: u16) {
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::yield_now();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address").port()
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn shown(path: &Path) -> String {
    path.to_str()
        .expect("temporary folders have plain names")
        .to_owned()
}

fn configuration(folder: &Path, [imap, imaps, pop3, pop3s]: [u16; 4]) -> String {
    let folder = shown(folder);
    let listener = |name: &str, port: u16| {
        format!("  inet_listener {name} {{\n    port = {port}\n    address = 127.0.0.1\n  }}\n")
    };
    format!(
        "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\nprotocols = imap pop3\n\
         first_valid_uid = 0\nmail_location = maildir:{folder}/mail/%u\nssl = yes\nssl_cert = <{folder}/cert.pem\n\
         ssl_key = <{folder}/key.pem\nauth_mechanisms = plain login\n\
         passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
         userdb {{\n  driver = static\n  args = uid=nobody gid=nogroup home={folder}/mail/%u\n}}\n\
         service anvil {{\n  chroot =\n}}\n\
         service imap-login {{\n  chroot =\n{}{}}}\nservice pop3-login {{\n  chroot =\n{}{}}}\n",
        listener("imap", imap),
        listener("imaps", imaps),
        listener("pop3", pop3),
        listener("pop3s", pop3s),
    )
}
