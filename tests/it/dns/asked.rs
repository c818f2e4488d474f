//! How much is asked, and for how long.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::UdpSocket;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::servers::Dns;

/// Names without those of recipients that were asked for while nobody looked at hosts: of the sender, of what
/// its SPF record includes, and for DMARC and DKIM.
const BEFORE: usize = 38;

/// Names that may come on top.
const MORE: usize = 30;

/// All questions together take no longer, and the program starts and ends besides.
const PATIENCE: Duration = Duration::from_secs(32);

/// The domain that sends: as long as DMARC walks.
const FROM: &str = "a.b.c.d.e.f.g.w.example";

/// Whatever may be asked for is there, and has faults.
fn worst_zone() -> String {
    let mut terms: Vec<String> = Vec::new();
    for n in 0..12 {
        terms.push(format!(
            "mx:m{n}.w.example a:q{n}.w.example include:i{n}.w.example"
        ));
    }
    let mut zone = "$ORIGIN w.example.\na.b.c.d.e.f.g TXT \"v=spf1\"".to_owned();
    for term in terms {
        write!(zone, " \" {term}\"").expect("a String takes all");
    }
    zone.push_str(" \" -all\"\n");
    let mut line = |line: String| writeln!(zone, "{line}").expect("a String takes all");
    for n in 0..12 {
        line(format!(
            "i{n} TXT \"v=spf1 include:k{n}.w.example mx:m{n}.w.example -all\""
        ));
        line(format!("k{n} TXT \"v=spf1 a:z{n}.w.example -all\""));
        for server in 0..12 {
            line(format!("m{n} MX {server} h{n}-{server}"));
        }
        for at in ["a.b.c.d.e.f.g", "answers", "leave"] {
            line(format!("{at} MX {n} gone{n}.{at}"));
        }
    }
    zone + "$ORIGIN .\n"
}

fn worst() -> Bench {
    let keys: Vec<_> = (0..4)
        .map(|n| format!("{{ domain = '{FROM}', selector = 's{n}', key = {{ command = 'false' }} }}"))
        .collect();
    let more = format!(
        "reply_to = 'a@answers.w.example, b@r2.w.example, c@r3.w.example'\n\
         unsubscribe = {{ url = 'https://www.w.example/{{{{ token }}}}', mailto = 'leave@leave.w.example' }}\n\
         dkim = [{}]\n\
         [relay.here]\npreset = 'gmail'\nuser = 'office@{FROM}'\npassword = {{ env = 'SECRET' }}",
        keys.join(", ")
    );
    let bench = Bench::new().env("SECRET", "nobody logs in");
    super::filled(
        bench,
        &format!("office@{FROM}"),
        &more,
        "email,name\nada@uni.example,Ada\n",
    )
}

#[test]
fn no_set_up_makes_it_ask_for_many_names() {
    let Some(dns) = Dns::start(&worst_zone()) else {
        return;
    };
    let outcome = super::check(&worst(), &dns, &[]);
    outcome.code(0);
    let asked = dns.asked();
    let names: BTreeSet<_> = asked
        .iter()
        .filter_map(|line| line.split_whitespace().nth(1))
        .filter(|name| !name.ends_with("uni.example."))
        .collect();
    assert!(names.len() > BEFORE, "little was asked: {asked:#?}");
    assert!(names.len() <= BEFORE + MORE, "{}: {names:#?}", names.len());
}

/// A record that includes more than receivers follow, and each of those one that is gone.
fn broken_zone() -> String {
    let mut zone = "$ORIGIN w.example.\na.b.c.d.e.f.g TXT \"v=spf1\"".to_owned();
    for n in 0..12 {
        write!(zone, " \" include:i{n}.w.example\"").expect("a String takes all");
    }
    zone.push_str(" \" -all\"\na.b.c.d.e.f.g MX 10 mx\nmx A 192.0.2.25\n");
    for n in 0..12 {
        let gone = |at: &str| {
            (0..3)
                .map(|inner| format!("include:{at}{n}-{inner}.w.example "))
                .collect::<String>()
        };
        writeln!(zone, "i{n} TXT \"v=spf1 {}-all\"", gone("g")).expect("a String takes all");
    }
    zone + "$ORIGIN .\n"
}

/// Names that are asked for of that campaign where the first fault ends the reading of SPF.
const BEFORE_BROKEN: usize = 12;

#[test]
fn a_fault_inside_does_not_make_it_ask_for_many_names() {
    let Some(dns) = Dns::start(&broken_zone()) else {
        return;
    };
    let bench = super::bench(&format!("office@{FROM}"), "");
    super::check(&bench, &dns, &[]).code(0);
    let asked = dns.asked();
    let names: BTreeSet<_> = asked
        .iter()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    assert!(names.len() <= BEFORE_BROKEN + MORE, "{}: {names:#?}", names.len());
}

#[test]
fn a_server_that_never_answers_is_not_waited_for_longer_than_said() {
    let server = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let address = server.local_addr().expect("its address").to_string();
    let begun = Instant::now();
    let outcome = worst().run(&["check", "--dns", "--dns-server", &address, "--json"]);
    let took = begun.elapsed();
    assert!(took < PATIENCE, "{took:?}: {outcome}");
    outcome.code(0);
    let document: Value = serde_json::from_str(&outcome.stdout).expect("a page of JSON");
    let list = document["findings"].as_array().expect("a list of findings");
    let about_dns = ["spf-", "dmarc-", "dkim-record-", "mx-", "sender-", "recipient-"];
    let codes: BTreeSet<_> = list
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .filter(|code| about_dns.iter().any(|beginning| code.starts_with(beginning)))
        .collect();
    // Nothing is concluded from silence.
    let open = ["recipient-unanswered", "sender-incomplete", "sender-unanswered"];
    assert!(codes.iter().all(|code| open.contains(code)), "{outcome}");
    assert!(
        codes.contains("sender-unanswered") && codes.contains("recipient-unanswered"),
        "{outcome}"
    );
}
