//! Relays that answer in another way than the campaign file says: another protocol, TLS where none
//! is expected, a certificate that nobody vouches for, no login where one is wanted.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::support::bench::Bench;
use crate::support::notice;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Policy, Step};
#[cfg(unix)]
use crate::support::python;

/// The notice to two people through this server.
fn bench(server: &str, relay: &str) -> Bench {
    Bench::new()
        .campaign(&notice::campaign(&format!("server = '{server}'\n{relay}")))
        .csv("people.csv", notice::people(1..=2))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        )
}

#[test]
fn a_relay_that_waits_for_tls_is_named_after_a_moment() {
    for scheme in ["smtp", "smtp+plain"] {
        let peer = Policy::new(|_| None).tls().start();
        let server = format!("{scheme}://localhost:{}", peer.port());
        let bench = bench(&server, "timeouts = { greeting = '1s' }");
        for arguments in [&["check", "--connect"][..], &["send", "--yes"]] {
            bench
                .run(arguments)
                .code(2)
                .stderr_has("expects TLS from the start")
                .stderr_has(&format!("server = \"smtps://localhost:{}\"", peer.port()));
        }
    }
}

#[test]
fn servers_of_other_protocols_are_named() {
    for (banner, name) in [
        ("* OK [CAPABILITY IMAP4rev1] ready", "IMAP"),
        ("+OK POP3 ready <1@mail.example>", "POP3"),
        ("SSH-2.0-OpenSSH_9.6", "SSH"),
    ] {
        let peer = Peer::script(&format!("> {banner}\nhang"));
        bench(&peer.url(), "")
            .run(&["send", "--yes"])
            .code(2)
            .stderr_has(&format!("the server on this port speaks {name}, not SMTP"))
            .stderr_has(banner)
            .stderr_has("hint: messages are handed in at port");
    }
    let web = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = web.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        for mut client in web.incoming().flatten() {
            let _ = client.read(&mut [0; 512]);
            let _ = client.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    bench(
        &format!("smtp+plain://localhost:{port}"),
        "timeouts = { greeting = '1s' }",
    )
    .run(&["send", "--yes"])
    .code(2)
    .stderr_has("the server on this port speaks HTTP, not SMTP");
}

#[test]
fn a_port_of_the_other_way_is_warned_of() {
    for (server, meant) in [
        ("smtp://relay.uni.example:465", "smtps://relay.uni.example:465"),
        ("smtps://relay.uni.example:587", "smtp://relay.uni.example:587"),
    ] {
        bench(server, "")
            .run(&["check"])
            .code(0)
            .stderr_has(&format!("write server = \"{meant}\""));
    }
    bench("smtp://relay.uni.example", "")
        .run(&["check"])
        .stderr_lacks("usually");
}

#[test]
fn a_certificate_is_trusted_by_its_fingerprint_alone() {
    let peer = Policy::new(|_| None).tls().start();
    let bench = bench(&peer.url(), "");
    let outcome = bench.run(&["check", "--connect"]);
    outcome.code(2).stderr_has("unknown CA");
    let (_, rest) = outcome
        .stderr
        .split_once("tls_fingerprint = \"sha256:")
        .expect("the line to write");
    let (digits, _) = rest.split_once('"').expect("its end");
    assert_eq!(digits.len(), 64, "{outcome}");
    let toml = bench.read("mailshot.toml");
    let colons: Vec<_> = digits.as_bytes().chunks(2).map(String::from_utf8_lossy).collect();
    for written in [format!("sha256:{digits}"), colons.join(":").to_uppercase()] {
        bench.write("mailshot.toml", format!("{toml}tls_fingerprint = '{written}'\n"));
        bench.run(&["check", "--connect"]).code(0);
    }
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(bench.statuses().get("accepted"), Some(&2));
    let other = "0".repeat(64);
    bench.write(
        "mailshot.toml",
        format!("{toml}tls_fingerprint = 'sha256:{other}'\n"),
    );
    bench
        .run(&["check", "--connect"])
        .code(2)
        .stderr_has("is not the one that `tls_fingerprint` names");
    bench.write("mailshot.toml", format!("{toml}tls_fingerprint = 'sha1:abcd'\n"));
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("mailshot.toml:")
        .stderr_has("a SHA-256 fingerprint is needed");
    let plain = toml.replace("smtps://", "smtp+plain://");
    bench.write(
        "mailshot.toml",
        format!("{plain}tls_fingerprint = 'sha256:{other}'\n"),
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("has no effect without TLS");
    for connection in peer.finish().connections.iter().take(1) {
        assert!(connection.lines().is_empty(), "nothing is said to a stranger");
    }
}

#[test]
fn where_no_login_is_given_that_is_what_is_said() {
    for words in [
        "530 5.7.0 Authentication required",
        "530 5.7.57 Client not authenticated to send mail",
        "550 5.7.1 Client was not authenticated",
    ] {
        let peer = Peer::policy(move |event| match event.step {
            Step::Mail { .. } => Some(Answer::say(words)),
            _ => None,
        });
        bench(&peer.url(), "connections = 1")
            .run(&["send", "--yes"])
            .stderr_has(words)
            .stderr_has("no login is given: write `user` and `password`");
    }
    let peer = Peer::policy(|event| match event.step {
        Step::Mail { .. } => Some(Answer::say("530 5.7.0 Must issue a STARTTLS command first")),
        _ => None,
    });
    bench(&peer.url(), "connections = 1")
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("the relay requires TLS");
}

#[test]
fn a_refusal_that_is_not_about_the_password_does_not_blame_it() {
    for (words, hint) in [
        ("504 5.7.4 Unrecognized authentication type", "the way to log in"),
        ("538 5.7.11 Encryption required", "requires TLS"),
        (
            "535 5.7.8 Username and Password not accepted",
            "check `user` and the password",
        ),
        ("550 5.7.1 Account disabled", "about the account"),
        ("454 4.7.0 Temporary authentication failure", "may work later"),
    ] {
        let peer = Peer::policy(move |event| match event.step {
            Step::Auth(_) => Some(Answer::say(words)),
            _ => None,
        });
        let login = "user = 'registrar'\npassword = { env = 'RELAY_PASSWORD' }\nauth = 'plain'";
        let bench = bench(&peer.url(), login).env("RELAY_PASSWORD", "the-passw0rd");
        let outcome = bench.run(&["check", "--connect"]);
        outcome.stderr_has(words).stderr_has(hint);
        assert_eq!(
            words.starts_with("535"),
            outcome.stderr.contains("and the password;"),
            "{outcome}"
        );
    }
}

#[test]
fn a_firewall_that_masks_what_a_relay_offers_is_named() {
    let peer = Peer::script(
        "> 220 ****************2******\n< EHLO\n> 250-relay\n> 250-PIPELINING\n> 250-XXXXXXXA\n> 250 SIZE\nhang",
    );
    bench(&format!("smtp://localhost:{}", peer.port()), "")
        .run(&["check", "--connect"])
        .code(2)
        .stderr_has("does not offer STARTTLS")
        .stderr_has("masked (XXXX, ****)");
}

/// argv: the program, its folder, what is wrong. A relay of Python's, whose TLS does what no library here does.
#[cfg(unix)]
const OLD_RELAY: &str = r#"
import json, os, shutil, socket, ssl, subprocess, sys, tempfile, threading
program, folder, kind = sys.argv[1:]
if not shutil.which("openssl"):
    print("null"); sys.exit()
bits = "1024" if kind == "short" else "2048"
files = tempfile.mkdtemp(dir=folder)
key, cert = files + "/key.pem", files + "/cert.pem"
subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:" + bits, "-nodes", "-days", "30", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", cert], check=True, stderr=subprocess.DEVNULL)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.set_ciphers("ALL:@SECLEVEL=0")
context.load_cert_chain(cert, key)
if kind == "old":
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
listener = socket.create_server(("127.0.0.1", 0))
def serve():
    while True:
        plain, _ = listener.accept()
        try:
            context.wrap_socket(plain, server_side=True).sendall(b"220 relay.example ESMTP\r\n")
        except OSError:
            plain.close()
threading.Thread(target=serve, daemon=True).start()
url = "smtps://localhost:%d" % listener.getsockname()[1]
env = dict(os.environ, MAILSHOT_STATE=folder + "/state", MAILSHOT_CONFIG=folder + "/no-settings", NO_COLOR="1")
ran = subprocess.run([program, "send", folder, "--yes", "--relay", url], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
print(json.dumps({"code": ran.returncode, "stderr": ran.stderr}))
"#;

#[cfg(unix)]
#[test]
fn what_is_too_old_to_protect_anything_is_named() {
    for (kind, words, hint) in [
        (
            "old",
            "the server's TLS is too old: it does not support TLS 1.2",
            "administrator has to renew its TLS",
        ),
        (
            "short",
            "1024 bits",
            "administrator has to make a new certificate",
        ),
    ] {
        let bench = bench("smtps://localhost:1", "");
        let folder = bench.path("").display().to_string();
        let arguments = [env!("CARGO_BIN_EXE_mailshot"), &folder, kind];
        let Some(ran) = python::snippet(OLD_RELAY, &arguments).filter(|ran| !ran.is_null()) else {
            crate::support::skip("Python or openssl is not installed");
            return;
        };
        let said = ran["stderr"].as_str().unwrap_or_default();
        assert_eq!(ran["code"], 2, "{said}");
        for words in [words, hint, "2 still to be sent to"] {
            assert!(said.contains(words), "{kind}: {said}");
        }
    }
}
