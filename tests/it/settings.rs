//! The user's settings: the relays and the language of all campaigns.

use crate::support::bench::Bench;
use crate::support::notice::people;
use crate::support::peer::Peer;

const MESSAGE: &str = "[recipients]\nfile = 'people.csv'\n\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
    subject = 'Room change, {{ name }}'\ntext = 'notice.txt'\n";

/// A campaign with these tables behind its message.
fn bench(tables: &str) -> Bench {
    Bench::new()
        .campaign(&format!("{MESSAGE}{tables}"))
        .csv("people.csv", people(1..=2))
        .file("notice.txt", "Dear {{ name }},\n")
}

fn peer() -> Peer {
    Peer::policy(|_| None)
}

fn relay(name: &str, peer: &Peer) -> String {
    format!("[relay.{name}]\nserver = '{}'\n", peer.url())
}

/// How many messages each of them took.
fn taken(peers: Vec<Peer>) -> Vec<usize> {
    peers
        .into_iter()
        .map(|peer| peer.finish().accepted.len())
        .collect()
}

#[test]
fn a_campaign_without_a_relay_is_sent_through_that_of_the_settings() {
    let peer = peer();
    let bench = bench("").settings(&relay("school", &peer));
    let file = bench.settings_file();
    let origin = format!("From your settings ({}): school\n", file.display());
    bench.run(&["check"]).code(0).stderr_has(&origin);
    bench.run(&["send", "--yes"]).code(0).stderr_has(&origin);
    assert_eq!(bench.statuses()["accepted"], 2);
    assert_eq!(bench.report("results")[0]["mailshot_relay"], "school");
    assert_eq!(taken(vec![peer]), [2]);
}

/// Nothing leaves through an account that the campaign does not name, and no login goes to a server that
/// the settings do not name.
#[test]
fn a_campaigns_own_relays_and_a_url_go_before_the_settings() {
    let (own, theirs, other) = (peer(), peer(), peer());
    let login = format!(
        "{}user = 'registrar'\npassword = {{ env = 'SECRET' }}\n",
        relay("here", &theirs)
    );
    let bench = bench(&relay("here", &own))
        .settings(&login)
        .env("SECRET", "the-Passw0rd");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_lacks("From your settings");
    let bench = self::bench("").settings(&login).env("SECRET", "the-Passw0rd");
    bench.run(&["send", "--yes", "--relay", &other.url()]).code(0);
    for peer in [own, other] {
        let log = peer.finish();
        assert_eq!(log.accepted.len(), 2);
        let lines = log.connections[0].lines();
        assert!(!lines.iter().any(|line| line.starts_with("AUTH")), "{lines:?}");
    }
    assert_eq!(taken(vec![theirs]), [0]);
}

#[test]
fn of_several_relays_of_the_settings_one_is_asked_for() {
    let (first, second) = (peer(), peer());
    let settings = relay("school", &first) + &relay("\"smtp.club.example\"", &second);
    let bench = bench("").settings(&settings);
    for command in [
        &["check"][..],
        &["send", "--yes"],
        &["send", "--test-to", "boss@uni.example", "--yes"],
    ] {
        bench
            .run(command)
            .code(2)
            .stderr_has("this campaign names no relay, and your settings have 2: school, smtp.club.example")
            .stderr_has("hint: choose one for this run: --relay school\n")
            .stderr_has("write [relay.school] in the campaign file, with nothing below it\n");
    }
    let spaced = self::bench("").settings(&settings.replace("school", "\"my school\""));
    spaced
        .run(&["check"])
        .code(2)
        .stderr_has("for this run: --relay 'my school'\n")
        .stderr_has("write [relay.\"my school\"] in");
    // Who needs no relay is not asked.
    bench.run(&["send", "--sandbox"]).code(0);
    bench.run(&["send", "--dry-run"]).code(0);
    bench.run(&["columns", "."]).code(0);
    // To the letter, one and the other.
    bench
        .run(&["send", "--yes", "--relay", "smtp.club.example"])
        .code(0);
    bench.write("mailshot.toml", format!("{MESSAGE}\n[relay.school]\n"));
    bench.run(&["send", "--yes", "--new"]).code(0);
    assert_eq!(taken(vec![first, second]), [2, 2]);
}

/// With flags alone there is no file to write into.
#[test]
fn flags_alone_use_the_settings_as_well() {
    let (first, second) = (peer(), peer());
    let bench = bench("").settings(&relay("school", &first));
    std::fs::remove_file(bench.path("mailshot.toml")).expect("the campaign file");
    let flags = [
        "send",
        "--recipients",
        "people.csv",
        "--from",
        "registrar@uni.example",
        "--subject",
        "Hello",
        "--text",
        "notice.txt",
        "--yes",
    ];
    bench.run(&flags).code(0);
    let bench = bench.settings(&(relay("school", &first) + &relay("club", &second)));
    bench
        .run(&[&flags[..], &["--new"]].concat())
        .code(2)
        .stderr_has("choose one for this run: --relay school\n")
        .stderr_lacks("campaign file");
    // The variable names one, too.
    let bench = bench.env("MAILSHOT_RELAY", "club");
    bench.run(&[&flags[..], &["--new"]].concat()).code(0);
    assert_eq!(taken(vec![first, second]), [2, 2]);
}

#[test]
fn a_table_without_a_server_is_the_settings_relay_with_the_campaigns_keys_over_it() {
    let peer = peer();
    let bench = bench("\n[relay.school]\nconnections = 1\nrate = '50/s'\n").settings(&format!(
        "{}connections = 3\nrate = '1/day'\n",
        relay("school", &peer)
    ));
    bench
        .run(&["send", "--yes", "-v"])
        .code(0)
        .stderr_has("connections: up to 1, ")
        .stderr_has("50/s")
        .stderr_has("From your settings");
    assert_eq!(taken(vec![peer]), [2]);
    // A name that the settings do not have is what it was before: a table that lacks something.
    bench.write(
        "mailshot.toml",
        format!("{MESSAGE}\n[relay.scool]\nconnections = 1\n"),
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("the relay `scool` has no `server`")
        .stderr_has("hint: did you mean [relay.school], which is in your settings?");
}

#[test]
fn a_relay_is_chosen_by_its_name_wherever_it_is() {
    let (own, other, theirs) = (peer(), peer(), peer());
    let bench = bench(&(relay("one", &own) + &relay("two", &other))).settings(&relay("school", &theirs));
    bench.run(&["send", "--yes", "--relay", "two"]).code(0);
    bench
        .run(&["send", "--yes", "--new", "--relay", "school"])
        .code(0);
    for (name, words) in [
        ("scholl", "hint: did you mean `school`?"),
        ("scholl", "hint: the relays here are: one, two, school\n"),
        ("smtp.uni.example", "`smtp.uni.example` is not the URL of a relay"),
        ("ses", "the preset `ses` needs a region"),
        ("17", "hint: with --user, a preset serves as a relay: 126, "),
        ("17", "smtps://HOST"),
    ] {
        bench
            .run(&["send", "--yes", "--new", "--relay", name])
            .code(2)
            .stderr_has(words);
    }
    assert_eq!(taken(vec![own, other, theirs]), [0, 2, 2]);
    // A preset is a relay as soon as there is a user.
    bench
        .run(&["check", "--relay", "163", "--user", "registrar@163.com"])
        .stderr_has("163 (smtp.163.com)");
}

/// What is wrong there stops those who need it, and nobody else.
#[test]
fn a_mistake_in_the_settings_has_its_own_file_line_and_column() {
    let peer = peer();
    let url = peer.url();
    let bench = bench("").settings(&format!(
        "lang = 'en'\n[relay.school]\nsrver = '{url}'\npassword = 'the-Passw0rd'\n"
    ));
    let file = bench.settings_file().display().to_string();
    for command in [&["check"][..], &["send", "--yes"]] {
        bench
            .run(command)
            .code(2)
            .stderr_has("unknown key `relay.school.srver`")
            .stderr_has(&format!("{file}:3:1"))
            .stderr_has("did you mean `server`?")
            .stderr_has("a password does not belong in this file")
            .stderr_has(&format!("{file}:4:12"))
            .stderr_lacks("the-Passw0rd")
            .stderr_lacks("has no `server`");
    }
    let note = format!("Your settings are wrong, and what is wrong there is not used: {file}:3:1");
    let own = ["send", "--yes", "--relay", &url];
    for command in [&["send", "--sandbox"][..], &["send", "--dry-run"]] {
        bench.run(command).code(0);
    }
    bench.run(&own).code(0).stderr_has(&note);
    bench.run(&["columns", "."]).code(0).stderr_has(&note);
    bench.run(&["--version"]).code(0).stderr_lacks("settings");
    bench.run(&["help"]).code(0).stderr_lacks("settings");
    peer.finish();
}

#[test]
fn what_a_settings_file_may_be_and_have() {
    let bench = bench("");
    for (settings, words) in [
        (
            "[recipients]\nfile = 'people.csv'\n",
            "`recipients` belongs to a campaign (mailshot.toml)",
        ),
        ("langs = 'zh'\n", "did you mean `lang`?"),
        (
            "colour = true\n",
            "the settings have [relay.NAME] tables, an [inbox] table and lang = \"en\" or \"zh\"",
        ),
        ("lang = 'de'\n", "`lang` must be \"en\" or \"zh\""),
        ("lang = “zh”\n", "“ is not a straight quote"),
        (
            "[relay]\nserver = 'smtps://uni.example'\n",
            "every relay has a name",
        ),
        (
            "[inbox]\nservr = 'imaps://imap.uni.example'\n",
            "unknown key `inbox.servr`",
        ),
    ] {
        let bench = self::bench("").settings(settings);
        bench.run(&["check"]).code(2).stderr_has(words);
        bench.run(&["send", "--yes"]).code(2).stderr_has(words);
    }
    // What sending does not need.
    let later = "[inbox]\nserver = 'imaps://imap.uni.example'\nuser = 'li'\npassword = { keyring = true }\n\
        folder = ['INBOX', 'Junk']\nsince = '2026-12-01'\n";
    let bench = bench.settings(later);
    bench.run(&["check"]).code(0);
    std::fs::write(bench.settings_file(), b"lang = 'zh'\n# caf\xe9\n").expect("the settings");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("the settings file is not UTF-8 text (line 2)");
    std::fs::remove_file(bench.settings_file()).expect("the settings");
    std::fs::create_dir(bench.settings_file()).expect("a folder in their place");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("the settings file cannot be read: it is a folder");
}

#[test]
fn the_language_of_the_settings_goes_before_the_locale_and_behind_the_flag() {
    let bench = bench("").settings("lang = 'zh'\n").env("LC_ALL", "en_US.UTF-8");
    bench.run(&["check"]).code(0).stderr_has("检查了");
    bench.run(&["--help"]).code(0).stdout_has("用法");
    bench
        .run(&["check", "--lang", "en"])
        .code(0)
        .stderr_has("checked");
    let bench = bench.settings("lang = 'en'\n").env("LC_ALL", "zh_CN.UTF-8");
    bench.run(&["check"]).code(0).stderr_has("checked");
    let bench = bench.settings("# nothing\n");
    bench.run(&["check"]).code(0).stderr_has("检查了");
}

/// Paths in the settings are those beside them, and their secrets stay here.
#[test]
fn paths_in_the_settings_begin_in_their_folder() {
    let peer = peer();
    let login = "user = 'registrar'\npassword = { file = 'password.txt' }\n";
    let bench = bench("").settings(&(relay("school", &peer) + login));
    let password = bench.settings_file().with_file_name("password.txt");
    std::fs::write(&password, "the-Passw0rd\n").expect("a password");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&password, mode).expect("its mode");
    }
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    let lines = log.connections[0].lines();
    assert!(lines.iter().any(|line| line.starts_with("AUTH")), "{lines:?}");
    bench.write(
        "mailshot.toml",
        format!("{MESSAGE}attach = [{:?}]\n", password.display().to_string()),
    );
    bench
        .run(&["send", "--dry-run"])
        .code(2)
        .stderr_has("it contains a secret");
}
