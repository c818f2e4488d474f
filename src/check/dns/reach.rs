//! Whether mail to a domain can arrive (RFC 5321 §5.1, RFC 7505).

use hickory_resolver::proto::rr::RecordType;

use crate::campaign::{MessagePlan, Problem, Text};
use crate::words::{Said, say};

use super::answers::{Named, Told};
use super::constant::constant_domain;
use super::hosts::{BEST, Host, Hosts, at_useless_address, leads_somewhere, written_wrong};
use super::questions::{Answer, Questions};

/// What becomes of mail to a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// There is a server for it.
    Served,
    /// The domain says that it takes none.
    Refuses,
    /// The domain exists, without a server.
    Nowhere,
    /// Nobody is at its servers: why not at the best one, and what to write instead where that is known.
    Unserved(Said, Option<Said>),
    /// There is no such domain.
    Missing,
    /// Nobody said.
    Silent(Said),
    /// There was no time to ask.
    Late,
}

/// What a domain says of its mail servers.
#[derive(Debug)]
pub(super) enum Servers {
    /// Their names, the best first.
    Named(Vec<String>),
    /// That much is known without any.
    Known(Reach),
}

/// Asks a domain for its servers.
pub(super) async fn servers(questions: &Questions, domain: &str) -> Servers {
    let none = match questions.servers(domain).await {
        Answer::Found(servers) => {
            let mut named: Vec<_> = servers.into_iter().map(|(_, host)| host).collect();
            named.retain(|host| !host.is_empty());
            if named.is_empty() {
                Reach::Refuses
            } else {
                return Servers::Named(named);
            }
        }
        Answer::NoSuchName => Reach::Missing,
        Answer::Silent(why) => Reach::Silent(why),
        Answer::Late => Reach::Late,
        Answer::Nothing => by_address(questions, domain).await,
    };
    Servers::Known(none)
}

/// Without an MX record the domain's own address is its server.
async fn by_address(questions: &Questions, domain: &str) -> Reach {
    let mut reach = Reach::Nowhere;
    for kind in [RecordType::A, RecordType::AAAA] {
        match questions.address(domain, kind).await {
            Answer::Found(addresses) => {
                if addresses.iter().any(|address| leads_somewhere(*address)) {
                    return Reach::Served;
                }
                if let Some(address) = addresses.first() {
                    reach = Reach::Unserved(at_useless_address(domain, *address), None);
                }
            }
            Answer::Silent(why) => return Reach::Silent(why),
            Answer::Late => return Reach::Late,
            Answer::Nothing | Answer::NoSuchName => {}
        }
    }
    reach
}

/// Whether one of the best servers exists; the others are not reported.
pub(super) async fn reached(hosts: &Hosts, domain: &str, servers: Servers) -> Reach {
    let named = match servers {
        Servers::Named(named) => named,
        Servers::Known(reach) => return reach,
    };
    let mut best = None;
    let mut open = None;
    for host in named.iter().take(BEST) {
        match hosts.host(host).await {
            Host::Somebody | Host::Unasked => return Reach::Served,
            Host::Nobody(why) => {
                best.get_or_insert_with(|| Reach::Unserved(why, written_wrong(host, domain)));
            }
            Host::Silent(why) => open = Some(Reach::Silent(why)),
            Host::Late => open = Some(Reach::Late),
        }
    }
    if named.len() > BEST {
        return Reach::Served;
    }
    open.or(best).unwrap_or(Reach::Served)
}

/// Looks for the servers of a domain.
pub(super) async fn reach(questions: &Questions, hosts: &Hosts, domain: &str) -> Reach {
    let servers = servers(questions, domain).await;
    reached(hosts, domain, servers).await
}

/// What an address is for, where mail to it does not arrive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Purpose {
    pub(super) code: &'static str,
    /// Where the campaign names it.
    pub(super) key: &'static str,
    /// The result.
    pub(super) so: fn() -> Said,
}

/// The sender's domain and the one that bounces go to; and whether the first
/// is there at all.
pub(super) async fn sender(
    questions: &Questions,
    hosts: &Hosts,
    from: Option<&Named>,
    envelope: Option<&Named>,
    message: &MessagePlan,
) -> (Told, bool) {
    let mut told = Told::default();
    let mut exists = true;
    if let Some(from) = from {
        let domain = &from.domain;
        let reach = reach(questions, hosts, domain).await;
        exists = reach != Reach::Missing;
        if exists {
            let elsewhere = |text: Option<&Text>| {
                text.is_some_and(|text| constant_domain(&text.value).as_ref() != Some(domain))
            };
            let so: fn() -> Said = match (
                elsewhere(message.reply_to.as_ref()),
                elsewhere(message.return_path.as_ref()),
            ) {
                (false, false) => || say!("check-so-no-replies-no-bounces"),
                (false, true) => || say!("check-so-no-replies-rejected"),
                (true, false) => || say!("check-so-no-bounces-rejected"),
                (true, true) => || say!("check-so-rejected"),
            };
            let purpose = Purpose {
                code: "mx-sender",
                key: "from",
                so,
            };
            no_mail(&mut told, from, reach, purpose);
        } else {
            told.say(
                Problem::error(say!("check-sender-domain-missing", domain = domain))
                    .code("sender-domain-missing")
                    .at(from.place.clone())
                    .help(say!("check-sender-domain-missing-hint")),
            );
        }
    }
    if let Some(envelope) = envelope.filter(|named| from.is_none_or(|from| from.domain != named.domain)) {
        let reach = reach(questions, hosts, &envelope.domain).await;
        let purpose = Purpose {
            code: "mx-return-path",
            key: "return_path",
            so: || say!("check-so-no-bounces-rejected"),
        };
        no_mail(&mut told, envelope, reach, purpose);
    }
    (told, exists)
}

/// Says why mail does not arrive at a domain that the campaign names.
pub(super) fn no_mail(told: &mut Told, named: &Named, reach: Reach, purpose: Purpose) {
    let domain = &named.domain;
    let (what, mend) = match reach {
        Reach::Served => return,
        Reach::Silent(why) => {
            let question = format!("{domain} MX");
            let open = say!("check-dns-unanswered", question = question, why = why);
            return told.unanswered.push(open);
        }
        Reach::Late => return told.late.push(format!("{domain} MX")),
        Reach::Refuses => (
            say!("check-mx-refuses", domain = domain),
            say!("check-mx-refuses-hint", domain = domain),
        ),
        Reach::Nowhere => (
            say!("check-mx-nowhere", domain = domain),
            say!("check-mx-nowhere-hint", domain = domain),
        ),
        Reach::Unserved(why, mend) => (
            say!("check-mx-unserved", domain = domain, why = why),
            mend.unwrap_or_else(|| say!("check-mx-unserved-hint", domain = domain)),
        ),
        Reach::Missing => (
            say!("check-mx-missing", domain = domain),
            say!("check-mx-missing-hint", key = purpose.key),
        ),
    };
    told.say(
        Problem::warning(say!("check-no-mail", what = what, so = (purpose.so)()))
            .code(purpose.code)
            .at(named.place.clone())
            .help(mend)
            .help(match purpose.key {
                "from" => say!("check-mx-from-hint"),
                key => say!("check-mx-other-hint", key = key),
            }),
    );
}
