//! How recipients leave, and how a bounce finds its recipient: the fields and
//! parameters that other programs act on.

use mail_parser::MessageParser;

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::Policy;

const PEOPLE: &str = "email,name\nada@example.org,Ada\nBob+x@Example.org,Bob\n";

/// A campaign with these further lines below `[message]`.
fn bench(name: &str, message: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            "name = '{name}'\n[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'News <news@uni.example>'\n\
             subject = 'News'\ntext = 'news.txt'\n{message}\n"
        ))
        .csv("people.csv", PEOPLE)
        .file("news.txt", "Dear {{ name }}\n")
}

/// The values of a field in each message of a dry run.
fn field(bench: &Bench, name: &str) -> Vec<Option<String>> {
    bench.run(&["send", "--dry-run"]).code(0);
    let value = |file: &std::path::PathBuf| {
        let octets = std::fs::read(file).expect("a message");
        let message = MessageParser::new().parse(&octets).expect("a message");
        message.header_raw(name).map(|value| value.trim().to_owned())
    };
    bench.eml("results/preview").iter().map(value).collect()
}

#[test]
fn a_token_is_one_persons_everywhere_and_leaves_by_it() {
    let unsubscribe = "unsubscribe = { url = 'https://uni.example/leave/{{ token }}', mailto = 'leave@uni.example?subject={{ token }}' }";
    let first =
        bench("first", unsubscribe).file("news.txt", "Leave: https://uni.example/leave/{{ token }}\n");
    let fields: Vec<_> = field(&first, "List-Unsubscribe").into_iter().flatten().collect();
    assert_eq!(fields.len(), 2);
    assert_eq!(
        field(&first, "List-Unsubscribe-Post"),
        vec![Some("List-Unsubscribe=One-Click".to_owned()); 2]
    );
    let bob = fields[1]
        .split("/leave/")
        .nth(1)
        .expect("a link")
        .split('>')
        .next()
        .expect("its end");
    assert_eq!(
        fields[1],
        format!("<https://uni.example/leave/{bob}>,\r\n <mailto:leave@uni.example?subject={bob}>")
    );
    assert!(bob.len() == 26 && !fields[0].contains(bob), "{fields:?}");
    let body = std::fs::read_to_string(&first.eml("results/preview")[1]).expect("a message");
    assert!(
        body.contains(&format!("Leave: https://uni.example/leave/{bob}")),
        "{body}"
    );

    // In another campaign of the same user, under another spelling of the address.
    first.run(&["unsubscribe", bob]).code(0);
    first.write(
        "people.csv",
        "email,name\nbob+X@example.ORG,Robert\nada@example.org,Ada\n",
    );
    let toml = first.read("mailshot.toml").replace("'first'", "'second'");
    first.write("mailshot.toml", toml);
    first
        .run(&["send", "--sandbox"])
        .code(0)
        .stderr_has("accepted 1 of 1 message")
        .stderr_has("1 suppressed, skipped");
}

#[test]
fn a_page_that_only_answers_who_looks_has_no_one_click() {
    let page = bench(
        "page",
        "unsubscribe = { url = 'http://uni.example/leave', one_click = false }",
    );
    assert_eq!(
        field(&page, "List-Unsubscribe"),
        vec![Some("<http://uni.example/leave>".to_owned()); 2]
    );
    assert_eq!(field(&page, "List-Unsubscribe-Post"), [None, None]);
    let address = bench("address", "unsubscribe = { mailto = 'leave@uni.example' }");
    assert_eq!(
        field(&address, "List-Unsubscribe"),
        vec![Some("<mailto:leave@uni.example>".to_owned()); 2]
    );
    assert_eq!(field(&address, "List-Unsubscribe-Post"), [None, None]);
}

#[test]
fn a_way_out_that_leads_nowhere_is_told_before_anything_is_sent() {
    for (unsubscribe, words) in [
        (
            "{ url = 'http://uni.example/leave' }",
            "must be https:// (RFC 8058)",
        ),
        (
            "{ url = 'https://{{ name }}' , mailto = 'leave' }",
            "`leave`, from `unsubscribe.mailto`, is not an e-mail address",
        ),
        (
            "{ url = '{{ name }}' }",
            "`Ada`, from `unsubscribe.url`, is not a web address",
        ),
        ("{ one_click = true }", "has neither a `url` nor a `mailto`"),
    ] {
        let wrong = bench("wrong", &format!("unsubscribe = {unsubscribe}"));
        wrong.run(&["check"]).code(2).stderr_has(words);
    }
    // What is wrong for every row is told once, of the campaign file.
    for unsubscribe in [
        "{ url = 'http://uni.example/leave' }",
        "{ url = 'https://' }",
        "{ url = 'ftp://uni.example/leave', one_click = false }",
        "{ url = 'uni.example/leave/{{ token }}' }",
        "{ url = '' }",
        "{ mailto = 'leave' }",
        "{ mailto = '' }",
    ] {
        let wrong = bench("once", &format!("unsubscribe = {unsubscribe}")).run(&["check", "--json"]);
        let document: serde_json::Value = serde_json::from_str(&wrong.code(2).stdout).expect("JSON");
        let codes: Vec<_> = document["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| finding["code"].as_str().unwrap_or_default())
            .collect();
        assert_eq!(codes, ["campaign-file"], "{unsubscribe}: {wrong}");
    }
    for unsubscribe in [
        "{ url = 'HTTPS://uni.example/leave/{{ token }}' }",
        "{ url = ' https://uni.example/leave/{{ token }}' }",
        "{ mailto = 'MAILTO:leave@uni.example' }",
    ] {
        bench("right", &format!("unsubscribe = {unsubscribe}"))
            .run(&["check"])
            .code(0);
    }
    let token = bench(
        "column",
        "unsubscribe = { url = 'https://uni.example/{{ token }}' }",
    )
    .csv("people.csv", "email,name,token\nada@example.org,Ada,1\n");
    token.run(&["check"]).code(2).stderr_has("has a column `token`");
    // Without `unsubscribe`, a column of that name is a column.
    let column = bench("column", "")
        .csv("people.csv", "email,name,token\nada@example.org,Ada,A-17\n")
        .file("news.txt", "{{ token }}\n");
    column.run(&["send", "--dry-run"]).code(0);
    let file = std::fs::read_to_string(&column.eml("results/preview")[0]).expect("a message");
    assert!(file.contains("A-17"), "{file}");
}

#[test]
fn a_bounce_finds_its_recipient() {
    let lines = "return_path = 'bounces+{{ verp }}@uni.example'\ndsn = { notify = ['failure', 'delay'] }";
    let peer = Policy::new(|_| None)
        .capabilities(&["PIPELINING", "DSN", "8BITMIME"])
        .start();
    let relay = |peer: &Peer| format!("[relay.here]\nserver = '{}'\nconnections = 1", peer.url());
    let news = bench("verp", &format!("{lines}\n{}", relay(&peer)));
    news.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    let said = |start: &str| -> Vec<String> {
        let lines = log.connections.iter().flat_map(|connection| connection.lines());
        lines
            .filter(|line| line.starts_with(start))
            .map(str::to_owned)
            .collect()
    };
    let mail = said("MAIL");
    assert!(
        mail[1].starts_with("MAIL FROM:<bounces+Bob+x=Example.org@uni.example> RET=HDRS ENVID="),
        "{mail:?}"
    );
    assert!(
        mail[0].ends_with("@uni.example") && !mail[0].contains("ada@"),
        "{mail:?}"
    );
    assert_eq!(
        said("RCPT"),
        [
            "RCPT TO:<ada@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ada@example.org",
            "RCPT TO:<Bob+x@Example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;Bob+2Bx@Example.org"
        ]
    );
    // A relay that does not know of it is asked for nothing.
    let silent = Policy::new(|_| None).capabilities(&["PIPELINING"]).start();
    let news = bench("silent", &format!("{lines}\n{}", relay(&silent)));
    news.run(&["send", "--yes"]).code(0);
    let log = silent.finish();
    let lines: Vec<_> = log
        .connections
        .iter()
        .flat_map(|connection| connection.lines())
        .collect();
    assert!(lines.contains(&"RCPT TO:<ada@example.org>"), "{lines:?}");
}

#[test]
fn several_who_write_have_one_who_sends() {
    let from = "from = 'Ada <ada@uni.example>, Bob <bob@uni.example>'";
    let with = |more: &str| {
        let news = bench("together", more);
        let toml = news.read("mailshot.toml");
        news.write(
            "mailshot.toml",
            toml.replace("from = 'News <news@uni.example>'", from),
        );
        news
    };
    with("")
        .run(&["check"])
        .code(2)
        .stderr_has("`from` must be one mailbox, but it contains 2");
    let together = with("sender = 'ada@uni.example'");
    let both = Some("Ada <ada@uni.example>, Bob <bob@uni.example>".to_owned());
    assert_eq!(field(&together, "From"), vec![both; 2]);
    assert_eq!(
        field(&together, "Sender"),
        vec![Some("ada@uni.example".to_owned()); 2]
    );
}

#[test]
fn a_return_path_may_hold_the_token_of_the_message() {
    let return_path = "return_path = 'bounces+{{ bounce }}@uni.example'";
    let peer = Policy::new(|_| None).capabilities(&["PIPELINING", "DSN"]).start();
    let relay = format!("[relay.here]\nserver = '{}'\nconnections = 1", peer.url());
    let news = bench("bounce", &format!("{return_path}\n{relay}")).file("news.txt", "{{ bounce }}\n");
    news.run(&["check"]).code(0);
    news.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    let token = |content: &[u8]| {
        let content = String::from_utf8_lossy(content).into_owned();
        let token = content
            .lines()
            .find_map(|line| line.strip_prefix("X-Mailshot-Id: "));
        (token.expect("a token").to_owned(), content)
    };
    for accepted in &log.accepted {
        let (token, content) = token(&accepted.content);
        let path = format!("MAIL FROM:<bounces+{token}@uni.example>");
        let lines: Vec<_> = log
            .connections
            .iter()
            .flat_map(|connection| connection.lines())
            .collect();
        assert!(
            lines.iter().any(|line| line.starts_with(&path)),
            "{path}: {lines:?}"
        );
        assert!(content.trim_end().ends_with(&token), "{content}");
    }
    assert_eq!(log.accepted.len(), 2);
    // The same in each dry run, and another one than in the mailing.
    let previews = || -> Vec<Vec<u8>> {
        news.run(&["send", "--dry-run"]).code(0);
        let files = news.eml("results/preview");
        files
            .iter()
            .map(|file| std::fs::read(file).expect("a message"))
            .collect()
    };
    let first = previews();
    assert_eq!(first, previews());
    assert_ne!(token(&first[0]).0, token(&log.accepted[0].content).0);
    // It is not known before the To address is.
    let to = bench("to", "to = '{{ bounce }}@uni.example'");
    to.run(&["check"]).code(2).stderr_has("no column `bounce`");
}
