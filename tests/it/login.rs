//! `mailshot login` for a relay of no campaign: it goes into the user's settings, and serves all.

#![cfg(target_os = "linux")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::bench::Bench;
use crate::support::notice::people;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::terminal::{at_a_terminal, with_a_keyring};

/// PLAIN: NUL registrar NUL right-One
const RIGHT: &str = "AHJlZ2lzdHJhcgByaWdodC1PbmU=";

const PROMPT: &str = "Password for registrar at localhost: ";

fn peer() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Auth(said) if !said.iter().any(|line| line.contains(RIGHT)) => {
            Some(Answer::say("535 5.7.8 authentication failed"))
        }
        _ => None,
    })
}

/// A campaign without a relay.
fn bench() -> Bench {
    Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.csv'\n\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
             subject = 'Room change'\ntext = 'notice.txt'\n",
        )
        .csv("people.csv", people(1..=2))
        .file("notice.txt", "Dear {{ name }},\n")
}

fn settings(bench: &Bench) -> String {
    fs::read_to_string(bench.settings_file()).unwrap_or_default()
}

#[test]
fn a_login_is_saved_once_and_serves_every_campaign() {
    let peer = peer();
    let url = peer.url();
    let bench = bench();
    let login = ["login", &url, "--user", "registrar"];
    let Some((code, screen)) = with_a_keyring(&bench, &[[PROMPT, "wrong-One\n"]], &login) else {
        return;
    };
    assert_eq!(code, 2, "{screen}");
    assert_eq!(settings(&bench), "", "what does not work is not saved");
    let right = [[PROMPT, "right-One\n"]];
    let file = bench.settings_file();
    for (arguments, words) in [
        (
            &login[..],
            format!("[relay.localhost] is in your settings now: {}", file.display()),
        ),
        (&login[..], "and the password is in the keyring".to_owned()),
        (
            &["login", "localhost"],
            "and the password is in the keyring".to_owned(),
        ),
    ] {
        let Some((code, screen)) = with_a_keyring(&bench, &right, arguments) else {
            return;
        };
        assert_eq!(code, 0, "{screen}");
        assert!(screen.contains(&words), "{words}: {screen}");
        assert!(
            !screen.contains("hint") && !screen.contains("right-One"),
            "{screen}"
        );
        assert_eq!(
            settings(&bench),
            format!(
                "[relay.localhost]\nserver = \"{url}\"\nuser = \"registrar\"\npassword = {{ keyring = true }}\n"
            )
        );
    }
    let mode = |path: &std::path::Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().expect("its folder")), 0o700);
    let Some((code, screen)) = with_a_keyring(&bench, &[], &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert_eq!(peer.finish().accepted.len(), 2);
}

/// Without a keyring the password is asked for each time, and the screen says so.
#[test]
fn without_a_keyring_the_relay_is_saved_all_the_same() {
    let peer = peer();
    let url = peer.url();
    let bench = bench();
    let right = [[PROMPT, "right-One\n"]];
    let Some((code, screen)) = at_a_terminal(&bench, &right, &["login", &url, "--user", "registrar"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    for words in [
        "The login works, but the password is not stored: the keyring entry `mailshot` of registrar@localhost cannot be saved",
        "[relay.localhost] is in your settings now, without a password: mailshot asks for it",
        "A campaign that names no relay is sent through it.",
        "hint: to read it from elsewhere, write in the table of the relay: password = { command =",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    let saved = format!("[relay.localhost]\nserver = \"{url}\"\nuser = \"registrar\"\n");
    assert_eq!(settings(&bench), saved);
    let Some((code, screen)) = at_a_terminal(&bench, &right, &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    // Without --user, the user is asked for as well.
    let both = [
        ["User at localhost, often the whole mail address: ", "registrar\n"],
        right[0],
    ];
    let Some((code, screen)) = at_a_terminal(&bench, &both, &["login", &url]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert_eq!(settings(&bench), saved);
    bench
        .run(&["login", &url])
        .code(2)
        .stderr_has(&format!("hint: name the user: mailshot login {url} --user …\n"));
    // Another account there is another relay, and from then on it is asked which.
    let other = [["Password for boss@uni.example at localhost: ", "right-One\n"]];
    let second = ["login", &url, "--user", "boss@uni.example"];
    let Some((code, _)) = at_a_terminal(&bench, &other, &second) else {
        return;
    };
    assert_eq!(code, 2, "the peer knows nobody else");
    assert_eq!(settings(&bench), saved);
    peer.finish();
}

#[test]
fn a_second_account_is_a_relay_of_its_own() {
    let peer = Peer::policy(|_| None);
    let url = peer.url();
    let bench = bench();
    for (user, words) in [
        ("registrar", "A campaign that names no relay is sent through it."),
        (
            "boss@uni.example",
            "Your settings have 2 relays: a campaign that names none asks which, and --relay localhost-boss chooses this one.",
        ),
    ] {
        let prompt = format!("Password for {user} at localhost: ");
        let play = [[prompt.as_str(), "some-One\n"]];
        let Some((code, screen)) = at_a_terminal(&bench, &play, &["login", &url, "--user", user]) else {
            return;
        };
        assert_eq!(code, 0, "{screen}");
        assert!(screen.contains(words), "{screen}");
    }
    let saved = settings(&bench);
    assert_eq!(saved.matches("[relay.").count(), 2, "{saved}");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("your settings have 2: localhost, localhost-boss");
    bench.run(&["check", "--relay", "localhost-boss"]).code(0);
    peer.finish();
}

/// What somebody wrote stays, and a link to it as well.
#[test]
fn a_table_that_is_there_gets_the_login_and_keeps_the_rest() {
    let peer = peer();
    let mine = format!(
        "# mine\nlang = \"en\" # 中文也可以\n\n[relay.school] # since May\nserver = \"{}\"\n",
        peer.url()
    );
    let bench = bench().settings(&mine);
    let kept = bench.path("kept.toml");
    fs::rename(bench.settings_file(), &kept).expect("the settings");
    std::os::unix::fs::symlink(&kept, bench.settings_file()).expect("a link");
    let both = [
        ["User at localhost, often the whole mail address: ", "registrar\n"],
        [PROMPT, "right-One\n"],
    ];
    let Some((code, screen)) = with_a_keyring(&bench, &both, &["login", "school"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(
        screen.contains("[relay.school] in your settings has this login now"),
        "{screen}"
    );
    let heading = "[relay.school] # since May\n";
    let expected = mine.replace(
        heading,
        &format!("{heading}user = \"registrar\"\npassword = {{ keyring = true }}\n"),
    );
    assert_eq!(fs::read_to_string(&kept).expect("the settings"), expected);
    assert!(bench.settings_file().is_symlink());
    let Some((code, screen)) = with_a_keyring(&bench, &[], &["send", "--yes"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    peer.finish();
}

#[test]
fn nothing_is_added_to_settings_that_are_wrong_and_nobody_is_asked() {
    for (settings, words) in [
        ("lang = 'de'\n", "`lang` must be"),
        ("[relay.school\n", "the heading of this table is not closed"),
    ] {
        let bench = bench().settings(settings);
        bench
            .run(&["login", "163", "--user", "registrar@163.com"])
            .code(2)
            .stderr_has(words)
            .stderr_has("config.toml:1:");
        assert_eq!(self::settings(&bench), settings);
    }
    let bench = bench().settings("[relay.school]\nserver = 'smtps://smtp.uni.example'\nuser = 'registrar'\n");
    bench
        .run(&["login", "school", "--user", "boss"])
        .code(2)
        .stderr_has("the relay `school` of your settings is for the user registrar")
        .stderr_has("mailshot login school\n")
        .stderr_has("mailshot login smtps://smtp.uni.example:465 --user boss");
    bench
        .run(&["login", "scool"])
        .code(2)
        .stderr_has("did you mean `school`?")
        .stderr_has("the relays of your settings are: school\n");
}

/// A table that leaves everything to the settings is the settings' relay.
#[test]
fn a_campaign_that_names_a_relay_of_the_settings_logs_in_there() {
    let peer = peer();
    let settings = format!("[relay.school]\nserver = '{}'\nuser = 'registrar'\n", peer.url());
    let bench = bench().settings(&settings);
    let toml = bench.read("mailshot.toml") + "\n[relay.school]\nconnections = 1\n";
    bench.write("mailshot.toml", toml);
    let Some((code, screen)) = with_a_keyring(&bench, &[[PROMPT, "right-One\n"]], &["login", "school"])
    else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(
        screen.contains("[relay.school] in your settings has this login now"),
        "{screen}"
    );
    let Some((code, screen)) = with_a_keyring(&bench, &[], &["check", "--connect"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    peer.finish();
}
