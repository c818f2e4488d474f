//! At a terminal: the question, and the password that nobody sees.
//!
//! Python's `pty` plays the person: it waits for words on the screen and types.

#![cfg(unix)]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::peer::token_endpoint::TokenEndpoint;
use crate::support::python;

/// argv: the folder, a JSON list of [words to wait for, what to type], the program and its arguments.
/// Prints the exit code and the screen. Everything is over after a minute.
const PERSON: &str = r#"
import json, os, pty, signal, sys, termios, time
folder, play, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(folder)
    os.environ.update(MAILSHOT_STATE=os.path.join(folder, "state"), NO_COLOR="1", TERM="xterm", COLUMNS="200")
    # No test may get at a real keyring.
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + os.path.join(folder, "no-bus")
    os.execv(command[0], command)
signal.alarm(60)
screen, seen = b"", 0
def read():
    global screen
    try:
        more = os.read(terminal, 65536)
    except OSError:
        return False
    screen += more
    return bool(more)
for words, typed in json.loads(play):
    while words.encode() not in screen[seen:]:
        if not read():
            break
    seen = len(screen)
    # The prompt is there a moment before the terminal's echo is gone, which a person is too slow to notice.
    while ("Password" in words or "token" in words) and termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.001)
    os.write(terminal, typed.encode())
while read():
    pass
_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "screen": screen.decode("utf-8", "replace")}))
"#;

/// Runs the program at a terminal; its exit code and what was on the screen.
fn at_a_terminal(bench: &Bench, play: &[[&str; 2]], arguments: &[&str]) -> Option<(Value, String)> {
    let folder = bench.path("").display().to_string();
    let play = serde_json::to_string(play).expect("words are JSON");
    let given: Vec<&str> = [folder.as_str(), &play, env!("CARGO_BIN_EXE_mailshot")]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let told = python::snippet(PERSON, &given)?;
    let screen = told["screen"].as_str().unwrap_or_default().to_owned();
    Some((told["code"].clone(), screen))
}

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
                "Send 12 messages through localhost as Registrar <registrar@uni.example>, about 6 s? [y/N]"
            ),
            "{screen}"
        );
        assert!(
            screen.contains("From Registrar <registrar@uni.example>"),
            "{screen}"
        );
        assert!(screen.contains("First to "), "{screen}");
        assert!(screen.contains("Nothing was sent."), "{screen}");
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
    let prompt = "Password of registrar at localhost: ";
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
        screen.contains("Send 3 messages through localhost as registrar"),
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
        .stderr_has("has a user and no password source")
        .stderr_has("password = { env =");
    let play = [["Password of registrar", "some-One\n"]];
    let Some((code, screen)) = at_a_terminal(&bench, &play, &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(
        !screen.contains("[y/N]") && !screen.contains("some-One"),
        "{screen}"
    );
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
    let prompt = "Password of registrar at localhost: ";
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
            "login as registrar ok",
            "The login works, but the password is not stored",
            "this machine has no keyring",
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
    let prompt = "Refresh token of registrar at localhost: ";
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
