//! The public interface, used as other programs use it.

use std::path::Path;
use std::sync::{Arc, Mutex};

use super::*;
use crate::ledger::Status;
use crate::run::{End, Environment, Reason};

fn environment(folder: &Path) -> Environment {
    Environment::new(folder.join("state"))
}

fn campaign(folder: &Path, people: impl IntoIterator<Item = (String, String)>) -> Campaign {
    Campaign::builder(folder)
        .name("rooms")
        .from("Registrar <registrar@uni.example>")
        .to("{{ name }} <{{ email }}>")
        .subject("Hello {{ name }}")
        .text("Dear {{ name }},\n")
        .rows(
            ["email", "name"],
            people.into_iter().map(|(email, name)| [email, name]),
        )
        .build(&environment(folder))
        .unwrap()
}

fn people(count: usize) -> impl Iterator<Item = (String, String)> {
    (1..=count).map(|n| (format!("p{n}@example.org"), format!("Person {n}")))
}

fn to_sandbox() -> Options {
    Options {
        to: To::Sandbox,
        ..Options::default()
    }
}

/// Remembers which recipients were settled, and ends the run after a number of checked rows.
#[derive(Clone, Default)]
struct Notes {
    settled: Arc<Mutex<Vec<(String, Status)>>>,
    stop_at_rows: Option<(u64, Stopper)>,
}

impl Observer for Notes {
    fn checked_rows(&mut self, rows: u64) {
        if let Some((at, stopper)) = &self.stop_at_rows
            && rows >= *at
        {
            stopper.stop();
        }
    }

    fn settled(&mut self, settled: &Settled<'_>) {
        let settled = (settled.key.to_owned(), settled.status);
        self.settled.lock().unwrap().push(settled);
    }
}

#[tokio::test]
async fn a_campaign_from_memory_is_sent_from_async_code() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = campaign(folder.path(), people(3));
    let notes = Notes::default();
    let sent = campaign.send(to_sandbox(), notes.clone()).await.unwrap();
    assert_eq!((sent.end, sent.messages, sent.accepted()), (End::Complete, 3, 3));
    let mut settled = notes.settled.lock().unwrap().clone();
    settled.sort();
    let expected = people(3).map(|(email, _)| (email, Status::Accepted));
    assert_eq!(settled, expected.collect::<Vec<_>>());
    let report = std::fs::read_to_string(sent.report().unwrap()).unwrap();
    assert!(report.contains("p2@example.org"), "{report}");
}

/// Waiting is possible from async code, too: tokio would panic on a runtime inside another.
#[tokio::test]
async fn waiting_for_a_run_does_no_harm_in_async_code() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = campaign(folder.path(), people(1));
    let sent = campaign.send_blocking(&to_sandbox(), &mut ()).unwrap();
    assert_eq!(sent.accepted(), 1);
}

#[test]
fn what_is_missing_is_listed_together() {
    let folder = tempfile::tempdir().unwrap();
    let error = Campaign::builder(folder.path())
        .rows(["email"], [["ada@example.org"]])
        .build(&environment(folder.path()))
        .unwrap_err();
    let what: Vec<String> = error
        .problems()
        .into_iter()
        .map(|problem| problem.what.to_string())
        .collect();
    assert_eq!(
        what,
        [
            "the sender is missing",
            "the subject is missing",
            "the body is missing"
        ]
    );
    assert_eq!(error.end(), End::NothingSent);
}

#[test]
fn no_relay_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let error = campaign(folder.path(), people(1))
        .send_blocking(&Options::default(), &mut ())
        .unwrap_err();
    assert_eq!(error.to_string(), "the campaign has no relay");
}

/// Only who names the file of the settings has them read.
#[test]
fn the_settings_serve_where_the_environment_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("config.toml");
    let server = "server = 'smtp+plain://127.0.0.1:1'";
    std::fs::write(&settings, format!("[relay.a]\n{server}\n[relay.b]\n{server}\n")).unwrap();
    std::fs::write(folder.path().join("people.csv"), "email\nada@example.org\n").unwrap();
    let build = |relay: Option<&str>| {
        let builder = Campaign::builder(folder.path())
            .from("registrar@uni.example")
            .subject("Hello")
            .text("Hello\n")
            .recipients(folder.path().join("people.csv"));
        let builder = match relay {
            Some(relay) => builder.relay(relay),
            None => builder,
        };
        builder
            .build(&environment(folder.path()).with_settings(&settings))
            .unwrap()
    };
    let send = |campaign: &Campaign| campaign.send_blocking(&Options::default(), &mut ());
    let error = send(&build(None)).unwrap_err().to_string();
    assert!(
        error.contains("this campaign names no relay, and your settings have 2: a, b"),
        "{error}"
    );
    assert_eq!(send(&build(Some("a"))).unwrap().reason, Reason::RelayDown);
}

#[test]
fn a_check_knows_all_rows_of_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let rows = (1..=2000).map(|n| match n {
        7 | 1900 => ("nobody".to_owned(), "X".to_owned()),
        n if n % 3 == 0 => (format!("p{n}@example.org"), String::new()),
        n => (format!("p{n}@example.org"), "Ada".to_owned()),
    });
    let campaign = campaign(folder.path(), rows);
    let checked = campaign.check_blocking(&Options::default(), &mut ()).unwrap();
    assert!(!checked.is_ok());
    // Row 1 is the header.
    assert_eq!(checked.rows_with("bad-address").collect::<Vec<_>>(), [8, 1901]);
    let every_third: Vec<u64> = (1..=2000).filter(|n| n % 3 == 0).map(|n| n + 1).collect();
    assert_eq!(checked.rows_with("empty-cell").collect::<Vec<_>>(), every_third);
    assert_eq!(checked.rows_with("no-such-code").count(), 0);
}

#[test]
fn a_check_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = campaign(folder.path(), people(20_000));
    let options = Options::default();
    let mut notes = Notes {
        stop_at_rows: Some((1000, options.stopper.clone())),
        ..Notes::default()
    };
    let error = campaign.check_blocking(&options, &mut notes).unwrap_err();
    assert_eq!(error.to_string(), "stopped on request; nothing was sent");
    let again = campaign.check_blocking(&Options::default(), &mut ()).unwrap();
    assert_eq!(again.recipients, 20_000);
}

/// By the index of a pass, every row is what it is when all before it are read.
#[test]
fn a_message_is_the_same_before_and_after_a_pass() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("people.csv");
    let mut rows = "email,name,_skip\n".to_owned();
    for n in 2..=3000 {
        let skip = if n % 7 == 0 { "yes" } else { "" };
        rows.push_str(&format!("p{n}@example.org,\"Ada, {n}\",{skip}\n"));
    }
    std::fs::write(&list, rows).unwrap();
    let build = || {
        Campaign::builder(folder.path())
            .from("registrar@uni.example")
            .to("{{ email }}")
            .subject("Hello")
            .text("Dear {{ name }},\n")
            .recipients(&list)
            .build(&environment(folder.path()).with_clock(|| jiff::Timestamp::UNIX_EPOCH))
            .unwrap()
    };
    let (by_scan, by_index) = (build(), build());
    by_index.check_blocking(&Options::default(), &mut ()).unwrap();
    for number in [1, 2, 5, 7, 8, 699, 700, 701, 1500, 2999, 3000, 3001, 9999] {
        let expected = by_scan.message(number).unwrap();
        let absent = !(2..=3000).contains(&number) || number % 7 == 0;
        assert_eq!(expected.is_none(), absent, "row {number}");
        assert_eq!(by_index.message(number).unwrap(), expected, "row {number}");
    }
}

/// A panic in an observer is not our fault, and neither is a lost ledger.
#[tokio::test]
async fn a_run_that_panics_is_an_internal_error() {
    struct Clumsy;
    impl Observer for Clumsy {
        fn checked(&mut self, _: &Checked) {
            panic!("a page that nobody can draw")
        }
    }

    let folder = tempfile::tempdir().unwrap();
    let campaign = campaign(folder.path(), people(1));
    for error in [
        campaign.send(to_sandbox(), Clumsy).await.unwrap_err(),
        campaign.send_blocking(&to_sandbox(), &mut Clumsy).unwrap_err(),
    ] {
        assert_eq!(
            (error.end(), error.reason()),
            (End::Interrupted, Reason::Internal)
        );
        assert!(error.to_string().starts_with("an internal error"), "{error}");
    }
}
