//! Relays as a campaign names them: tried by `check --connect`, by preset, with access tokens.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use crate::support::bench::Bench;
use crate::support::notice;
use crate::support::peer::policy::{Answer, Policy, Step};
use crate::support::peer::token_endpoint::TokenEndpoint;
use crate::support::peer::{Log, Peer};

/// Secrets of these tests; no run may show them.
const SECRETS: [&str; 4] = ["the-passw0rd", "refresh-One", "client-One", "access-One"];

const TOKEN: &str = r#"{"access_token":"access-One","token_type":"Bearer","expires_in":3600}"#;

/// XOAUTH2: user=registrar ^A auth=Bearer access-One ^A ^A
const SHOWN: &str = "dXNlcj1yZWdpc3RyYXIBYXV0aD1CZWFyZXIgYWNjZXNzLU9uZQEB";

fn refusing() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Auth(_) => Some(Answer::say("535 5.7.8 authentication failed")),
        _ => None,
    })
}

fn bench(peer: &Peer, count: usize, relay: &str) -> Bench {
    notice::bench(peer, count, relay)
        .file("ca.pem", peer.ca_pem())
        .env("RELAY_PASSWORD", "the-passw0rd")
        .env("REFRESH_TOKEN", "refresh-One")
        .env("CLIENT_SECRET", "client-One")
}

/// Nothing but the login was tried.
fn assert_nothing_sent(log: &Log) {
    for connection in &log.connections {
        let lines = connection.lines();
        assert!(
            lines.iter().any(|line| line.starts_with("EHLO"))
                && !lines.iter().any(|line| line.starts_with("MAIL")),
            "{lines:?}"
        );
    }
}

fn assert_no_secret(bench: &Bench, arguments: &[&str], code: i32) -> String {
    let outcome = bench.run(arguments);
    outcome.code(code);
    let told = format!("{}{}", outcome.stdout, outcome.stderr);
    for secret in SECRETS {
        assert!(!told.contains(secret), "{secret} is shown: {outcome}");
    }
    outcome.stderr
}

const LOGIN: &str = "user = 'registrar'\npassword = { env = 'RELAY_PASSWORD' }";

#[test]
fn connect_tells_what_each_relay_is_like_and_sends_nothing() {
    let (one, other) = (
        Policy::new(|_| None).tls().start(),
        Policy::new(|_| None).capabilities(&["8BITMIME"]).start(),
    );
    let bench = bench(
        &one,
        2,
        &format!(
            "{LOGIN}\nca_file = 'ca.pem'\nweight = 3\nrate = ['10/s', '500/h', '2000/day']\n[relay.spare]\nserver = '{}'",
            other.url()
        ),
    );
    let said = assert_no_secret(&bench, &["check", "--connect"], 0);
    for words in [
        format!(
            "here: localhost:{}: TLS, login as registrar works, messages up to 33.6 MB (SIZE), PIPELINING.",
            one.port()
        ),
        format!(
            "spare: localhost:{}: no TLS, no login, no limit on the size of messages, no PIPELINING.",
            other.port()
        ),
    ] {
        assert!(said.contains(&words), "{words}: {said}");
    }
    assert!(!bench.path(".mailshot").exists() && !bench.path("results").exists());
    for log in [one.finish(), other.finish()] {
        assert_eq!(log.connections.len(), 1);
        assert_eq!(log.connections[0].lines().last(), Some(&"QUIT"));
        assert_nothing_sent(&log);
    }
}

#[test]
fn connect_tries_the_others_when_a_relay_refuses() {
    let (refusing, taking) = (refusing(), Peer::policy(|_| None));
    let bench = bench(
        &refusing,
        1,
        &format!("{LOGIN}\n[relay.spare]\nserver = '{}'", taking.url()),
    );
    let said = assert_no_secret(&bench, &["check", "--connect"], 2);
    for words in [
        "here: The relay cannot be used: login (AUTH): the relay answered \"535 5.7.8 authentication failed\"",
        "check `user` and the password",
        "spare: localhost:",
        "2 relays checked: 1 problem. Nothing was sent.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(refusing.finish().connections.len(), 1);
    assert_nothing_sent(&taking.finish());
}

#[test]
fn connect_finds_a_message_the_relay_will_not_take() {
    let peer = Policy::new(|_| None).capabilities(&["SIZE 200"]).start();
    let said = assert_no_secret(&bench(&peer, 1, ""), &["check", "--connect"], 2);
    assert!(
        said.contains("accepts at most 200 B (SIZE)") && said.contains("make the attachments smaller"),
        "{said}"
    );
    assert_nothing_sent(&peer.finish());
}

/// `send` and `check --connect` say the same, and a `server` that is written goes before the preset's.
#[test]
fn a_refused_login_brings_the_words_of_the_preset() {
    let peer = refusing();
    let bench = bench(&peer, 1, &format!("preset = '163'\n{LOGIN}"));
    for arguments in [&["check", "--connect"][..], &["send", "--yes"]] {
        let said = assert_no_secret(&bench, arguments, 2);
        assert!(
            said.contains("535 5.7.8") && said.contains("163 takes a 授权码"),
            "{said}"
        );
    }
    assert_eq!(peer.finish().connections.len(), 2);
}

/// A preset's limits are told with their source, and what a campaign writes goes before them.
#[test]
fn the_limits_of_a_preset_are_told_unless_the_campaign_has_its_own() {
    let peer = Peer::policy(|_| None);
    let said = assert_no_secret(&bench(&peer, 1, "preset = 'gmail'"), &["check", "--connect"], 0);
    assert!(
        said.contains("at most 500/day (preset gmail, looked up 20") && said.contains("support.google.com"),
        "{said}"
    );
    let own = bench(&peer, 1, "preset = 'gmail'\nrate = '2000/day'");
    let said = assert_no_secret(&own, &["check", "--connect"], 0);
    assert!(!said.contains("preset gmail"), "{said}");
}

/// The refresh token goes to the token endpoint alone, the access token to the relay.
#[test]
fn a_login_by_oauth2_gets_an_access_token_first() {
    for tls in [false, true] {
        let endpoint = TokenEndpoint::start(tls, &[(200, TOKEN)]);
        let peer = Policy::new(|event| match event.step {
            Step::Auth(said) if !said.iter().any(|line| line.contains(SHOWN)) => {
                Some(Answer::say("535 5.7.8 authentication failed"))
            }
            _ => None,
        });
        let peer = peer.tls().start();
        let oauth2 = format!(
            "user = 'registrar'\nca_file = 'ca.pem'\n[relay.here.oauth2]\nclient_id = 'mailshot'\n\
             client_secret = {{ env = 'CLIENT_SECRET' }}\nrefresh_token = {{ env = 'REFRESH_TOKEN' }}\n\
             token_url = '{}'\nscope = 'mail'",
            endpoint.url()
        );
        let bench = bench(&peer, 3, &oauth2);
        let said = assert_no_secret(&bench, &["check", "--connect"], 0);
        assert!(said.contains("login as registrar works"), "{said}");
        assert_no_secret(&bench, &["send", "--yes"], 0);
        let asked = endpoint.asked();
        // One for each run, however many sessions it opens.
        assert_eq!(asked.len(), 2, "{asked:?}");
        for pair in [
            "grant_type=refresh_token",
            "refresh_token=refresh-One",
            "client_secret=client-One",
            "scope=mail",
        ] {
            assert!(
                asked[0].split('&').any(|given| given == pair),
                "{pair}: {asked:?}"
            );
        }
        assert_eq!(peer.finish().accepted.len(), 3);
    }
}

#[test]
fn a_refresh_token_that_has_ended_stops_before_anything_is_sent() {
    let ended = r#"{"error":"invalid_grant","error_description":"Token refresh-One has been revoked."}"#;
    let endpoint = TokenEndpoint::start(false, &[(400, ended)]);
    let peer = Peer::policy(|_| None);
    let oauth2 = format!(
        "user = 'registrar'\noauth2 = {{ client_id = 'mailshot', refresh_token = {{ env = 'REFRESH_TOKEN' }}, token_url = '{}' }}",
        endpoint.url()
    );
    let bench = bench(&peer, 1, &oauth2);
    for arguments in [&["check", "--connect"][..], &["send", "--yes"]] {
        let said = assert_no_secret(&bench, arguments, 2);
        assert!(
            said.contains("invalid_grant") && said.contains("hint: log in again: mailshot login here .\n"),
            "{said}"
        );
    }
    assert_eq!(peer.finish().connections.len(), 0);
}

/// A house CA is not enough for everything: an endpoint it did not sign for is not trusted.
#[test]
fn a_token_endpoint_must_have_a_certificate_to_be_trusted() {
    let endpoint = TokenEndpoint::start(true, &[(200, TOKEN)]);
    let peer = Peer::policy(|_| None);
    // No `ca_file` here.
    let oauth2 = format!(
        "user = 'registrar'\noauth2 = {{ client_id = 'mailshot', refresh_token = {{ env = 'REFRESH_TOKEN' }}, token_url = '{}' }}",
        endpoint.url()
    );
    let said = assert_no_secret(&bench(&peer, 1, &oauth2), &["check", "--connect"], 2);
    assert!(
        said.contains("localhost cannot be asked for an access token") || said.contains("CA"),
        "{said}"
    );
    assert_eq!(endpoint.asked().len(), 0);
}

/// Where the environment names a proxy, an endpoint that has TLS is reached through it alone.
#[test]
fn a_token_endpoint_is_asked_through_the_proxy_of_the_environment() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port of 127.0.0.1");
    let proxy = format!(
        "http://{}",
        listener.local_addr().expect("the address just bound")
    );
    let asked = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("the program comes to its proxy");
        let mut lines = BufReader::new(client.try_clone().expect("a second handle")).lines();
        let asked = lines.next().expect("a request").expect("its first line");
        while lines.next().is_some_and(|line| !line.expect("a line").is_empty()) {}
        write!(client, "HTTP/1.1 403 no\r\nContent-Length: 0\r\n\r\n").expect("the answer");
        asked
    });
    let endpoint = TokenEndpoint::start(true, &[(200, TOKEN)]);
    let peer = Peer::policy(|_| None);
    let oauth2 = format!(
        "user = 'registrar'\nca_file = 'ca.pem'\noauth2 = {{ client_id = 'mailshot', refresh_token = {{ env = 'REFRESH_TOKEN' }}, token_url = '{}' }}",
        endpoint.url()
    );
    let bench = bench(&peer, 1, &oauth2)
        .env("HTTPS_PROXY", &proxy)
        .env("NO_PROXY", "other.example");
    let said = assert_no_secret(&bench, &["check", "--connect"], 4);
    assert!(
        said.contains("localhost cannot be asked for an access token"),
        "{said}"
    );
    let port = endpoint.url();
    let port = port.rsplit(':').next().and_then(|rest| rest.split('/').next());
    assert_eq!(
        asked.join().expect("the proxy ends"),
        format!("CONNECT localhost:{} HTTP/1.1", port.expect("a port"))
    );
    // An exempted host is asked itself.
    assert_no_secret(&bench.env("NO_PROXY", "localhost"), &["check", "--connect"], 0);
    assert_eq!(endpoint.asked().len(), 1);
}

/// Several relays are not sent through yet; one that is named by flag is.
#[test]
fn a_relay_by_flag_replaces_several_in_the_file() {
    let peer = Peer::policy(|_| None);
    let bench = bench(
        &peer,
        2,
        &format!("{LOGIN}\n[relay.spare]\nserver = 'smtps://spare.uni.example'"),
    );
    let url = peer.url();
    bench.run(&["send", "--yes", "--relay", &url]).code(0);
    let report = bench.report("results");
    assert!(
        report.iter().all(|row| row["mailshot_relay"] == "relay"),
        "{report:?}"
    );
    let log = peer.finish();
    assert_eq!(log.accepted.len(), 2);
    let lines: Vec<_> = log.connections.iter().flat_map(|one| one.lines()).collect();
    assert!(!lines.iter().any(|line| line.starts_with("AUTH")), "{lines:?}");
}
