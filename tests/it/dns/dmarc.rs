//! DMARC as receivers judge it (RFC 9989): which record holds, what it asks for, and whether what is
//! sent speaks for its sender.

mod holding;
mod reading;
mod speaking;

use std::fmt::Write as _;

use crate::support::bench::Bench;
use crate::support::servers::Dns;

use super::{findings, with_people};

/// One sender, what the DNS says of it, and what is right to say.
#[derive(Default)]
struct Case {
    /// Its domain, below `example`; `D` stands for it in what follows.
    name: &'static str,
    /// What is before its domain in the sender's.
    below: &'static str,
    /// TXT records: where, and what.
    records: &'static [(&'static str, &'static str)],
    /// More lines of the campaign.
    more: &'static str,
    /// The domain of 5,200 recipients.
    many: &'static str,
    /// Codes of what is found about DMARC.
    found: &'static [&'static str],
    says: &'static [&'static str],
    says_not: &'static [&'static str],
}

/// A return path that is somebody else's.
const ELSEWHERE: &str = "return_path = 'b@bounces.uni.example'";
const SES: &str = "[relay.here]\npreset = 'ses'\nregion = 'eu-west-1'\nuser = 'u'\npassword = { env = 'PW' }";
const BOTH: &str = "[relay.here]\npreset = 'sendgrid'\nuser = 'apikey'\npassword = { env = 'PW' }\n\
                    [relay.there]\nserver = 'smtps://smtp.relay.example'\nuser = 'u'\npassword = { env = 'PW' }";
const MAILGUN: &str = "[relay.here]\npreset = 'mailgun'\nuser = 'postmaster@mg.D'\npassword = { env = 'PW' }";
const SIGNED_ABOVE: &str = "dkim = { domain = 'D', selector = 's', key = { command = 'false' } }";

impl Case {
    fn domain(&self) -> String {
        format!("{}.example", self.name)
    }

    fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        // `D` as a word of its own: neither that of DMARC nor that of DKIM.
        for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            match word.strip_prefix('D') {
                Some(rest) if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                    filled.push_str(&self.domain());
                    filled.push_str(rest);
                }
                _ => filled.push_str(word),
            }
        }
        filled
    }

    fn sender(&self) -> String {
        format!("{}{}", self.below, self.domain())
    }

    fn zone(&self) -> String {
        let sender = self.sender();
        let mut zone = format!(
            "{sender}. 300 IN MX 10 mx.uni.example.\n{sender}. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
        );
        for (at, text) in self.records {
            let text = self
                .filled(text)
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\t', "\\009");
            writeln!(zone, "{}. 300 IN TXT \"{text}\"", self.filled(at)).expect("a String takes all");
        }
        zone
    }

    fn campaign(&self) -> Bench {
        let mut people = "email,name\nada@uni.example,Ada\n".to_owned();
        if !self.many.is_empty() {
            for n in 0..5_200 {
                writeln!(people, "p{n}@{},P", self.many).expect("a String takes all");
            }
        }
        with_people(
            &format!("office@{}", self.sender()),
            &self.filled(self.more),
            &people,
        )
    }
}

fn judge(cases: &[Case]) {
    let providers = ["gmail.com", "outlook.com", "gmx.de", "qq.com"];
    let more = providers.map(|provider| format!("{provider}. 300 IN MX 10 mx.uni.example.\n"));
    let zones: Vec<_> = cases.iter().map(Case::zone).collect();
    let Some(dns) = Dns::start(&(more.concat() + &zones.concat())) else {
        return;
    };
    for case in cases {
        let (found, outcome) = findings(&case.campaign(), &dns);
        let about: Vec<_> = found
            .iter()
            .filter(|finding| {
                finding["code"]
                    .as_str()
                    .is_some_and(|code| code.starts_with("dmarc-"))
            })
            .collect();
        let codes: Vec<_> = about
            .iter()
            .filter_map(|finding| finding["code"].as_str())
            .collect();
        assert_eq!(codes, case.found, "{}: {outcome}", case.name);
        let mut text = String::new();
        for finding in about {
            assert_eq!(finding["line"], 5, "{}", case.name);
            assert_eq!(finding["severity"], "warning", "{}", case.name);
            let help = finding["help"].as_array().expect("mends");
            assert!(!help.is_empty(), "{}: {outcome}", case.name);
            for words in [&finding["what"]].into_iter().chain(help) {
                writeln!(text, "{}", words.as_str().expect("words")).expect("a String takes all");
            }
        }
        for words in case.says {
            assert!(
                text.contains(&case.filled(words)),
                "{}: no `{words}` in\n{text}",
                case.name
            );
        }
        for words in case.says_not {
            assert!(
                !text.contains(&case.filled(words)),
                "{}: `{words}` in\n{text}",
                case.name
            );
        }
    }
}

#[test]
fn the_records_of_a_mail_provider_are_not_for_its_users_to_change() {
    let zone = "
outlook.com. 300 IN MX 10 mx.uni.example.
outlook.com. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"
qq.com. 300 IN MX 10 mx.uni.example.
qq.com. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"
_dmarc.qq.com. 300 IN TXT \"v=DMARC1; p=block\"
yahoo.com. 300 IN MX 10 mx.uni.example.
yahoo.com. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"
_dmarc.yahoo.com. 300 IN TXT \"v=DMARC1; p=reject\"
";
    let Some(dns) = Dns::start(zone) else { return };
    for (from, more, codes) in [
        ("office@outlook.com", "", &[][..]),
        ("office@qq.com", "", &[]),
        ("office@yahoo.com", "", &[]),
        ("office@yahoo.com", ELSEWHERE, &["dmarc-unaligned"]),
        (
            "office@yahoo.com",
            SES,
            &["from-of-another-provider", "dmarc-by-relay"],
        ),
    ] {
        let people = "email,name\nada@uni.example,Ada\n";
        let (found, outcome) = findings(&with_people(from, more, people), &dns);
        let found: Vec<_> = found
            .iter()
            .filter_map(|finding| finding["code"].as_str())
            .collect();
        assert_eq!(found, codes, "{from}: {outcome}");
        if !codes.is_empty() {
            outcome.stderr_has("send from an address at a domain of yours");
            for words in ["publish", "set up the signature"] {
                assert!(!outcome.stderr.contains(words), "{outcome}");
            }
        }
    }
}

#[test]
fn few_names_are_asked_for_dmarc() {
    let zone = "
cs.many.example. 300 IN MX 10 mx.uni.example.
cs.many.example. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"
";
    let Some(dns) = Dns::start(zone) else { return };
    let people = "email,name\nada@uni.example,Ada\n";
    let (found, outcome) = findings(&with_people("office@cs.many.example", ELSEWHERE, people), &dns);
    assert_eq!(found[0]["code"], "dmarc-missing", "{outcome}");
    let asked = dns.asked();
    let about: Vec<_> = asked
        .iter()
        .filter(|line| line.ends_with(" TXT") && line.contains("many.example"))
        .collect();
    // The way up, and four names where a record is put by mistake.
    assert_eq!(about.len(), 2 + 4, "{asked:#?}");
}
