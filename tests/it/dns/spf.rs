//! SPF as receivers judge it (RFC 7208): what they cannot read, where they give up, whom a record lets by,
//! and what to write instead.

mod limits;
mod relays;
mod terms;
mod whom;

use std::fmt::Write as _;

use crate::support::servers::Dns;

use super::{findings, with_people};

/// One sender, what the DNS says of it, and what is right to say.
#[derive(Default)]
struct Case {
    /// Its domain, `spf-NAME.example`; `{D}` stands for it in what follows.
    name: &'static str,
    /// The text of its TXT record.
    record: &'static str,
    /// More lines of a zone file.
    zone: &'static [&'static str],
    /// What its DMARC record asks for, where that is anything.
    policy: &'static str,
    /// The preset of its relay.
    preset: &'static str,
    /// Codes of what is found.
    found: &'static [&'static str],
    says: &'static [&'static str],
    says_not: &'static [&'static str],
}

impl Case {
    fn filled(&self, text: &str) -> String {
        text.replace("{D}", &format!("spf-{}.example", self.name))
    }

    fn zone(&self) -> String {
        let policy = if self.policy.is_empty() {
            "none"
        } else {
            self.policy
        };
        let mut zone = self.filled(&format!(
            "{{D}}. 300 IN MX 10 mx.uni.example.\n_dmarc.{{D}}. 300 IN TXT \"v=DMARC1; p={policy}\"\n\
             h.{{D}}. 300 IN A 192.0.2.9\n"
        ));
        if !self.record.is_empty() {
            let text: String = self
                .filled(self.record)
                .bytes()
                .map(|octet| format!("\\{octet:03}"))
                .collect();
            let strings: Vec<String> = text
                .as_bytes()
                .chunks(4 * 200)
                .map(|part| format!("\"{}\"", String::from_utf8_lossy(part)))
                .collect();
            writeln!(zone, "{}. 300 IN TXT {}", self.filled("{D}"), strings.join(" "))
                .expect("a String takes all");
        }
        for line in self.zone {
            writeln!(zone, "{}", self.filled(line)).expect("a String takes all");
        }
        zone
    }

    fn relay(&self) -> String {
        let region = match self.preset {
            "" => return String::new(),
            "ses" => "region = 'eu-west-1'\n",
            _ => "",
        };
        self.filled(&format!(
            "[relay.here]\npreset = '{}'\n{region}user = 'office@{{D}}'\npassword = {{ env = 'PW' }}",
            self.preset
        ))
    }

    fn play(&self, dns: &Dns) {
        let people = "email,name\nada@uni.example,Ada\n";
        let campaign = with_people(&self.filled("office@{D}"), &self.relay(), people);
        let (found, outcome) = findings(&campaign, dns);
        let codes: Vec<_> = found
            .iter()
            .filter_map(|finding| finding["code"].as_str())
            .collect();
        assert_eq!(codes, self.found, "{}: {outcome}", self.name);
        for finding in &found {
            assert!(
                finding["help"].as_array().is_some_and(|mends| !mends.is_empty()),
                "{}: {outcome}",
                self.name
            );
        }
        for words in self.says {
            outcome.stderr_has(&self.filled(words));
        }
        for words in self.says_not {
            assert!(
                !outcome.stderr.contains(&self.filled(words)),
                "{}: `{words}` in {outcome}",
                self.name
            );
        }
    }
}

/// Plays each of them.
fn play(cases: &[Case]) {
    let zone: String = cases.iter().map(Case::zone).collect();
    let Some(dns) = Dns::start(&zone) else { return };
    for case in cases {
        case.play(&dns);
    }
}
