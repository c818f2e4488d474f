//! At a terminal: the question, and the password that nobody sees.

#![cfg(unix)]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::peer::token_endpoint::TokenEndpoint;
use crate::support::terminal::{at_a_terminal, with_a_keyring};

#[test]
fn the_question_says_what_will_happen_and_no_means_no() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 12, "rate = '2/s'");
    for typed in ["n\n", "\n", "what?\n"] {
        let Some((code, screen)) = at_a_terminal(&bench, &[["[y/N]", typed]], &["send"]) else {
            return;
        };
        assert_eq!(code, 2, "{screen}");
        assert!(
            screen.contains(
                "Send 12 messages through here (localhost) as Registrar <registrar@uni.example>, about 6 s (until "
            ),
            "{screen}"
        );
        assert!(
            screen.contains("From Registrar <registrar@uni.example>"),
            "{screen}"
        );
        assert!(screen.contains(")? [y/N] "), "{screen}");
        assert!(
            screen.contains("First to Person 1 <p0001@example.org>"),
            "{screen}"
        );
        assert!(screen.contains("Nothing was sent."), "{screen}");
    }
    assert_eq!(peer.finish().connections.len(), 0);
}

#[test]
fn the_end_of_input_is_a_no_on_a_line_of_its_own() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 2, "");
    let Some((code, screen)) = at_a_terminal(&bench, &[["[y/N]", "\u{4}"]], &["send"]) else {
        return;
    };
    assert_eq!(code, 2, "{screen}");
    assert!(screen.contains("\nNothing was sent."), "{screen}");
    assert_eq!(peer.finish().connections.len(), 0);
}

/// Ctrl-C at the question is told as any other end.
#[test]
fn an_interrupt_at_the_question_sends_nothing_and_says_so() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 2, "");
    let Some((code, screen)) = at_a_terminal(&bench, &[["[y/N]", "\u{3}"]], &["send", "--events"]) else {
        return;
    };
    assert_eq!(code, 4, "{screen}");
    for words in [
        "Stopped on request. Nothing was sent.",
        "hint: run the command again: mailshot send",
        "\"reason\":\"signal\"",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    assert_eq!(peer.finish().connections.len(), 0);
}

#[test]
fn yes_sends_and_the_password_is_asked_for_and_not_shown() {
    // PLAIN: NUL registrar NUL right-One
    let right = "AHJlZ2lzdHJhcgByaWdodC1PbmU=";
    let peer = Peer::policy(move |event| match event.step {
        Step::Auth(said) if !said.iter().any(|line| line.contains(right)) => {
            Some(Answer::say("535 5.7.8 authentication failed"))
        }
        _ => None,
    });
    let bench = bench(&peer, 3, "user = 'registrar'");
    let prompt = "Password for registrar at localhost: ";
    let Some((code, screen)) = at_a_terminal(&bench, &[[prompt, "wrong-One\n"], ["[y/N]", "y\n"]], &["send"])
    else {
        return;
    };
    assert_eq!(code, 2, "{screen}");
    assert!(!screen.contains("wrong-One"), "{screen}");
    let Some((code, screen)) = at_a_terminal(&bench, &[[prompt, "right-One\n"], ["[y/N]", "y\n"]], &["send"])
    else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(!screen.contains("right-One"), "{screen}");
    assert!(
        screen.contains("Send 3 messages through here (localhost) as registrar"),
        "{screen}"
    );
    assert!(screen.contains("accepted 3 of 3"), "{screen}");
    assert_eq!(peer.finish().accepted.len(), 3);
}

#[test]
fn with_yes_nothing_is_asked_but_the_password() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "user = 'registrar'");
    // Without a terminal there is nobody to ask for it.
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("has a user but no source for the password")
        .stderr_has("set MAILSHOT_PASSWORD, or write password = { command =");
    let play = [["Password for registrar", "some-One\n"]];
    let Some((code, screen)) = at_a_terminal(&bench, &play, &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(
        !screen.contains("[y/N]") && !screen.contains("some-One"),
        "{screen}"
    );
}

#[test]
fn a_variable_that_is_not_set_is_asked_for() {
    let peer = Peer::policy(|_| None);
    let bench = bench(
        &peer,
        3,
        "user = 'registrar'\npassword = { env = 'NOT_SET_HERE' }",
    );
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("the environment variable NOT_SET_HERE is not set, or empty");
    let play = [["Password for registrar", "some-One\n"]];
    let Some((code, screen)) = at_a_terminal(&bench, &play, &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert_eq!(peer.finish().accepted.len(), 3);
}

/// A password that works, and from then on nobody is asked.
#[cfg(target_os = "linux")]
#[test]
fn a_password_that_works_is_stored_where_the_campaign_reads_it() {
    // PLAIN: NUL registrar NUL right-One
    let right = "AHJlZ2lzdHJhcgByaWdodC1PbmU=";
    let peer = Peer::policy(move |event| match event.step {
        Step::Auth(said) if !said.iter().any(|line| line.contains(right)) => {
            Some(Answer::say("535 5.7.8 authentication failed"))
        }
        _ => None,
    });
    let bench = bench(&peer, 2, "user = 'registrar'\npassword = { keyring = true }");
    let prompt = "Password for registrar at localhost: ";
    for (typed, code, words) in [
        ("wrong-One\n", 2, "535"),
        (
            "right-One\n",
            0,
            "The login works, and the password is in the keyring.",
        ),
    ] {
        let Some((before, screen)) = with_a_keyring(&bench, &[], &["check", "--connect"]) else {
            return;
        };
        assert_eq!(before, 2, "nothing is stored yet: {screen}");
        assert!(screen.contains("`mailshot login` saves it"), "{screen}");
        let Some((ended, screen)) = with_a_keyring(&bench, &[[prompt, typed]], &["login", "here"]) else {
            return;
        };
        assert_eq!(ended, code, "{screen}");
        assert!(
            screen.contains(words) && !screen.contains(typed.trim()),
            "{screen}"
        );
    }
    let Some((code, screen)) = with_a_keyring(&bench, &[], &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert_eq!(peer.finish().accepted.len(), 2);
}

/// Providers may replace a refresh token whenever it is used; the old one is then good for nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_replaced_refresh_token_is_kept_in_the_keyring() {
    let answer = |refresh: &str| {
        format!(
            r#"{{"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"{refresh}"}}"#
        )
    };
    let (second, third) = (answer("refresh-Two"), answer("refresh-Three"));
    let endpoint = TokenEndpoint::start(false, &[(200, &second), (200, &third)]);
    let peer = Peer::policy(|_| None);
    let relay = format!(
        "user = 'registrar'\noauth2 = {{ client_id = 'mailshot', refresh_token = {{ keyring = true }}, token_url = '{}' }}",
        endpoint.url()
    );
    let bench = bench(&peer, 1, &relay);
    let prompt = "Refresh token for registrar at localhost: ";
    for (play, arguments) in [
        (&[[prompt, "refresh-One\n"]][..], &["login", "here"][..]),
        (&[], &["check", "--connect"]),
        (&[], &["check", "--connect"]),
    ] {
        let Some((code, screen)) = with_a_keyring(&bench, play, arguments) else {
            return;
        };
        assert_eq!(code, 0, "{screen}");
        assert!(!screen.contains("refresh-"), "{screen}");
    }
    let asked = endpoint.asked();
    for (form, token) in asked.iter().zip(["refresh-One", "refresh-Two", "refresh-Three"]) {
        assert!(
            form.contains(&format!("refresh_token={token}")),
            "{token}: {form}"
        );
    }
    assert_eq!(asked.len(), 3);
}

/// Elsewhere than on Linux there is always a keyring, and it is the user's own.
#[cfg(target_os = "linux")]
#[test]
fn login_tries_a_password_and_says_where_else_to_put_it_when_there_is_no_keyring() {
    // PLAIN: NUL registrar NUL right-One
    let right = "AHJlZ2lzdHJhcgByaWdodC1PbmU=";
    let peer = Peer::policy(move |event| match event.step {
        Step::Auth(said) if !said.iter().any(|line| line.contains(right)) => {
            Some(Answer::say("535 5.7.8 authentication failed"))
        }
        _ => None,
    });
    let bench = bench(
        &peer,
        1,
        "user = 'registrar'\npreset = '163'\npassword = { keyring = true }",
    );
    // The rest of the campaign need not be there yet.
    std::fs::remove_file(bench.path("people.csv")).expect("the recipients");
    let prompt = "Password for registrar at localhost: ";
    let Some((code, screen)) = at_a_terminal(&bench, &[[prompt, "wrong-One\n"]], &["login", "here"]) else {
        return;
    };
    assert_eq!(code, 2, "{screen}");
    assert!(screen.contains("535") && screen.contains("授权码"), "{screen}");
    assert!(
        !screen.contains("wrong-One") && !screen.contains("works"),
        "{screen}"
    );

    let url = peer.url();
    for arguments in [
        &["login", "here"][..],
        &["login", "here", "."],
        &["login", &url, "--user", "registrar"],
    ] {
        let Some((code, screen)) = at_a_terminal(&bench, &[[prompt, "right-One\n"]], arguments) else {
            return;
        };
        assert_eq!(code, 0, "{screen}");
        assert!(!screen.contains("right-One"), "{screen}");
        for words in [
            "login as registrar works",
            "The login works, but the password is not stored",
            "no keyring service is running",
            "password = { command =",
        ] {
            assert!(screen.contains(words), "{words}: {screen}");
        }
    }
    let log = peer.finish();
    assert_eq!(log.connections.len(), 4);
    for connection in log.connections {
        let lines = connection.lines();
        assert!(!lines.iter().any(|line| line.starts_with("MAIL")), "{lines:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn login_with_a_refresh_token_asks_for_it_and_shows_the_relay_an_access_token() {
    let endpoint = TokenEndpoint::start(
        false,
        &[(
            200,
            r#"{"access_token":"access-One","token_type":"Bearer","expires_in":3600}"#,
        )],
    );
    let peer = Peer::policy(|_| None);
    let relay = format!(
        "user = 'registrar'\noauth2 = {{ client_id = 'mailshot', refresh_token = {{ keyring = true }}, token_url = '{}' }}",
        endpoint.url()
    );
    let bench = bench(&peer, 1, &relay);
    let prompt = "Refresh token for registrar at localhost: ";
    let Some((code, screen)) = at_a_terminal(&bench, &[[prompt, "refresh-One\n"]], &["login", "here"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("the refresh token is not stored"), "{screen}");
    assert!(screen.contains("refresh_token = { command ="), "{screen}");
    assert!(
        !screen.contains("refresh-One") && !screen.contains("access-One"),
        "{screen}"
    );
    assert!(endpoint.asked()[0].contains("refresh_token=refresh-One"));
    // XOAUTH2: user=registrar ^A auth=Bearer access-One ^A ^A
    let shown = "dXNlcj1yZWdpc3RyYXIBYXV0aD1CZWFyZXIgYWNjZXNzLU9uZQEB";
    let log = peer.finish();
    let lines = log.connections[0].lines();
    assert!(lines.iter().any(|line| line.contains(shown)), "{lines:?}");
}
