//! The ledger years later: older versions, reports without the campaign, and what is forgotten on purpose.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::support::bench::Bench;
use crate::support::notice::{address, bench, people};
use crate::support::peer::Peer;

/// A ledger as version 1 left it, with people accepted, refused, in doubt and invalid.
fn of_version_1(bench: &Bench) {
    let sql = include_str!("../ledgers/version-1.sql");
    fs::create_dir_all(bench.path(".mailshot")).expect("the ledger's folder");
    let ledger = Connection::open(bench.path(".mailshot/notice.db")).expect("a ledger");
    ledger.execute_batch(sql).expect("its tables and rows");
}

/// Versions whose whole campaign is kept.
const KEPT: [u32; 4] = [3, 4, 5, 6];

/// From this version on, messages are composed as they are now.
const COMPOSED_AS_NOW: u32 = 6;

const SEND: &[&str] = &["send", "--yes", "--skip-invalid"];

const GO_ON: &[&str] = &["--accept-changes"];

/// From version 5 on it is known whom `--where` left out.
fn whom(version: u32) -> &'static [&'static str] {
    if version < 5 { &[] } else { &["--where", "true"] }
}

/// The campaign, the ledger and the user's state as a version with ledgers of that number left them
/// (tests/ledgers/make.py), with this peer for the relay, and as if it had been a moment ago.
fn of_version(version: u32, peer: &Peer) -> Bench {
    let folder = format!("tests/ledgers/version-{version}");
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder).join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let bench = Bench::new()
        .copy_of(format!("{folder}/campaign"))
        .file("../state/suppressed.csv", read("suppressed.csv"))
        .file("../state/unsubscribe.key", read("unsubscribe.key"));
    let there = peer.url().replace("smtp+plain://", "");
    let toml = bench.read("mailshot.toml").replace("127.0.0.1:2525", &there);
    bench.write("mailshot.toml", toml);
    let kept = |name: &str, sql: &str| {
        let path = bench.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let database = Connection::open(path).expect("a database");
        database
            .execute_batch(&sql.replace("127.0.0.1:2525", &there))
            .expect("its tables and rows");
        database
    };
    kept(".mailshot/notice.db", &read("ledger.sql"));
    kept("../state/accounts.db", &read("accounts.sql"))
        .execute_batch(
            "CREATE TEMP TABLE later AS SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER) - seen AS by FROM clock;
             UPDATE reservation SET until = until + (SELECT by FROM later);
             UPDATE relay SET expires = expires + (SELECT by FROM later);
             UPDATE clock SET seen = seen + (SELECT by FROM later);",
        )
        .expect("a later time");
    bench
}

#[test]
fn an_older_ledger_is_read_and_gone_on_with() {
    let bench = Bench::new();
    of_version_1(&bench);
    // No campaign, no recipients file, no templates.
    let report = bench.run(&["report", "--name", "notice"]);
    report
        .code(0)
        .stdout_has(
            "ada@example.org,Ada,accepted,250,2.0.0 taken,1,<kfwp3u7m5qdq5bickzzmih7jho@uni.example>,here,",
        )
        .stdout_has("cyd@example.org,Cyd,rejected,550,5.1.1 no such user,")
        .stdout_has("nobody,Dan,invalid,")
        .stdout_has("王@example.org,王小明,rejected,");
    bench
        .run(&["status", "--name", "notice", "--in-doubt"])
        .code(0)
        .stdout_has("bob@example.org (row 3)")
        .stdout_has("<mqywjfh4y6tsnfh2fgoaxwxl34@uni.example>");
    bench
        .run(&["settle", "--name", "notice", "bob@example.org", "--sent"])
        .code(0);
    bench
        .run(&["report", "--name", "notice", "--only", "in_doubt"])
        .code(0);

    let peer = Peer::policy(|_| None);
    let bench = bench.campaign(&format!(
        "name = 'notice'\n[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
         to = '{{{{ name }}}} <{{{{ email }}}}>'\nsubject = 'Room change, {{{{ name }}}}'\ntext = 'notice.txt'\n\
         [relay.here]\nserver = '{}'\n",
        peer.url()
    ));
    bench.write("notice.txt", "Dear {{ name }},\n");
    bench.write(
        "people.csv",
        "email,name\nada@example.org,Ada\nbob@example.org,Bob\neve@example.org,Eve\n",
    );
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().recipients(), ["eve@example.org"]);
}

#[test]
fn what_older_versions_left_is_read() {
    for version in KEPT {
        let peer = Peer::policy(|_| None);
        let bench = of_version(version, &peer);
        bench
            .run(&["report"])
            .code(0)
            .stdout_has("ada@example.org,Ada,,Algebra,101,accepted,250,2.0.0 taken,1,<")
            .stdout_has("ada@example.org,Ada,,Botany,102,accepted,250,2.0.0 taken,1,<")
            .stdout_has("bob@example.org,Bob,,Botany,102,in_doubt,,")
            .stdout_has("cyd@example.org,Cyd,,Chess,103,rejected,550,5.1.1 no such user,")
            .stdout_has("dan@example.org,Dan,,Drama,104,deferred,451,4.3.0 try again later,")
            .stdout_has("but refused for gone@example.org: 550 5.1.1 no such user")
            .stdout_has("nobody,Gil,,German,106,invalid,")
            .stdout_has("kim@example.org,Kim,,Karate,107,suppressed,")
            .stdout_has("iva@example.org,Iva,,Italian,111,pending,");
        // Whoever was handed over when the run was killed is in doubt.
        bench
            .run(&["status", "--in-doubt"])
            .code(0)
            .stdout_has("bob@example.org (row 3)")
            .stdout_has("eve@example.org (row 12)");
        let first = bench.run(&["report", "--mailing", "1"]);
        first.code(2).stderr_has("this mailing was purged on");
        bench
            .run(&["report", "--mailing", "2"])
            .code(0)
            .stdout_has("bob@example.org,Bob,,accepted,,settled by hand: it was sent,1,<")
            .stdout_has("ada@example.org,Ada,,duplicate,");
        peer.finish();
    }
}

/// Whom the killed run had claimed is in doubt on this machine, which started anew since then; left
/// are Dan, who was deferred, and Iva, whom that run was not about.
#[test]
fn what_older_versions_left_is_gone_on_with() {
    for version in KEPT {
        let peer = Peer::policy(|_| None);
        let bench = of_version(version, &peer);
        if version < COMPOSED_AS_NOW {
            // It was begun by other composing rules.
            bench
                .run(&[SEND, whom(version)].concat())
                .code(2)
                .stderr_has("the version of the rules that messages are built by ");
        }
        bench.run(&[SEND, whom(version), GO_ON].concat()).code(1);
        assert_eq!(peer.finish().recipients(), ["dan@example.org", "iva@example.org"]);
        let statuses = bench.statuses();
        let of = |status: &str| statuses.get(status).copied().unwrap_or_default();
        assert_eq!(
            (of("accepted"), of("in_doubt"), of("suppressed"), of("rejected")),
            (5, 3, 2, 2),
            "{statuses:?}"
        );
        let settled = bench.run(&["settle", "eve@example.org", "--unsent"]);
        settled.code(0);
    }
}

/// What is called in a message: the left part of its Message-ID, and its X-Mailshot-Id.
fn called(content: &[u8]) -> (String, Option<String>) {
    let content = String::from_utf8_lossy(content);
    let field = |name: &str| content.lines().find_map(|line| line.strip_prefix(name));
    let id = field("Message-ID: <").and_then(|id| id.split('@').next());
    (
        id.expect("a Message-ID").to_owned(),
        field("X-Mailshot-Id: ").map(str::to_owned),
    )
}

/// A message in doubt is sent again as it was, octet for octet, or not at all; so a mailing keeps the
/// form of the Message-IDs it began with, and the next one has the form of today.
#[test]
fn a_mailing_keeps_the_form_of_its_message_ids() {
    for version in KEPT.into_iter().filter(|version| *version < COMPOSED_AS_NOW) {
        let peer = Peer::policy(|_| None);
        let bench = of_version(version, &peer);
        let in_doubt: &[&str] = &["--in-doubt", "resend"];
        bench
            .run(&[SEND, whom(version), GO_ON, in_doubt].concat())
            .code(1);
        let before = bench.run(&["report"]).stdout;
        bench
            .run(&["send", "--yes", "--skip-invalid", "--new", "--abandon"])
            .code(1);
        let log = peer.finish();
        let (old, new): (Vec<_>, Vec<_>) = (log.accepted.iter())
            .map(|one| (one.recipients[0].as_str(), called(&one.content)))
            .partition(|(_, (id, _))| !id.contains('.'));
        let mut again: Vec<_> = old.iter().map(|(to, _)| *to).collect();
        again.sort_unstable();
        assert_eq!(
            again,
            ["bob", "dan", "eve", "hal", "iva"].map(|who| format!("{who}@example.org")),
            "version {version}"
        );
        for (to, (id, token)) in &old {
            assert_eq!((id.len(), token), (26, &None), "version {version}, {to}");
            assert!(
                before.contains(&format!("<{id}@uni.example>")),
                "version {version}, {to}"
            );
        }
        assert!(!new.is_empty());
        for (to, (id, token)) in &new {
            assert_eq!(id.find('.'), Some(13), "version {version}, {to}");
            assert_eq!(Some(id.replace('.', "")), *token, "version {version}, {to}");
        }
    }
}

/// Twenty-seven were sent to within the day, and a killed run held permits for more.
#[test]
fn the_limits_and_lists_of_an_older_state_folder_hold() {
    for version in KEPT {
        let peer = Peer::policy(|_| None);
        let bench = of_version(version, &peer);
        let list = bench.run(&["unsubscribe", "--list"]);
        list.code(0).stdout_has("@spam.test,20");
        let toml = bench.read("mailshot.toml");
        bench.write("mailshot.toml", toml.replace("2000/day", "20/day"));
        bench
            .run(&[SEND, whom(version), GO_ON].concat())
            .code(4)
            .stderr_has("a limit is used up (20/day)");
        // The token on the list is Kim's only with the key that made it.
        bench.write("mailshot.toml", toml);
        bench
            .run(&["send", "--yes", "--skip-invalid", "--new", "--abandon"])
            .code(1);
        let kept = peer.finish();
        assert!(kept.recipients().iter().all(|who| !who.starts_with("kim@")));
        assert_eq!(bench.statuses().get("suppressed"), Some(&2));
    }
}

#[test]
fn a_report_needs_nothing_but_the_ledger() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes"]).code(0);
    let before = bench.run(&["report"]).stdout;
    for file in ["people.csv", "notice.txt"] {
        fs::remove_file(bench.path(file)).expect("an input");
    }
    fs::remove_dir_all(bench.path("results")).expect("the reports");
    assert_eq!(bench.run(&["report"]).code(0).stdout, before);
    fs::remove_file(bench.path("mailshot.toml")).expect("the campaign file");
    assert_eq!(
        bench.run(&["report"]).code(0).stdout,
        before,
        "the only ledger there"
    );
    assert_eq!(
        bench.run(&["report", "--name", "campaign"]).code(0).stdout,
        before
    );
    peer.finish();
}

/// Every file below the campaign that holds these octets.
fn files_with(bench: &Bench, octets: &[u8]) -> Vec<String> {
    let folders = [".mailshot", "results"].map(|folder| bench.path(folder));
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    files
        .filter(|file| {
            let content = fs::read(file.path()).unwrap_or_default();
            content.windows(octets.len()).any(|window| window == octets)
        })
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn purged_people_are_in_no_file_and_the_numbers_stay() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 200, "");
    bench.run(&["send", "--yes", "--limit", "150"]).code(0);
    bench
        .run(&["purge", "--mailing", "1", "--yes"])
        .code(2)
        .stderr_has("is not finished")
        .stderr_has("--abandon");
    bench
        .run(&["purge", "--older-than", "0s", "--yes"])
        .code(0)
        .stderr_has("is not finished and was not changed")
        .stderr_has("Nothing was purged");
    bench.run(&["send", "--yes"]).code(0);
    bench
        .run(&["purge", "--older-than", "90d", "--yes"])
        .code(0)
        .stderr_has("Nothing was purged");
    bench
        .run(&["purge", "--mailing", "1"])
        .code(2)
        .stderr_has("--yes");
    assert!(!files_with(&bench, address(7).as_bytes()).is_empty());

    bench
        .run(&["purge", "--mailing", "1", "--yes"])
        .code(0)
        .stderr_has("is deleted; its totals are kept");
    assert_eq!(files_with(&bench, address(7).as_bytes()), [""; 0]);
    assert_eq!(files_with(&bench, b"Person 7"), [""; 0]);
    let status = bench.run(&["status"]);
    status
        .code(0)
        .stdout_has("purged")
        .stdout_has("accepted          200");
    bench
        .run(&["report"])
        .code(2)
        .stderr_has("who got it is no longer recorded");

    // To go on would be to send to all of them again.
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("no longer known")
        .stderr_has("--new");
    bench.write("people.csv", people(1..=2));
    bench.run(&["send", "--yes", "--new"]).code(0);
    bench
        .run(&["purge", "--mailing", "1", "--yes"])
        .code(2)
        .stderr_has("there is no mailing 1 that could be purged");
    bench.run(&["report"]).code(0).stdout_has(&address(2));
    assert_eq!(peer.finish().accepted.len(), 202);
}
