//! Whether mail to a domain can arrive (RFC 5321 §5.1, RFC 7505).

use hickory_resolver::proto::rr::RecordType;

use crate::campaign::Problem;

use super::answers::{Named, Told};
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
    /// There is no such domain.
    Missing,
    /// Nobody said.
    Silent(String),
    /// There was no time to ask.
    Late,
}

/// Looks for the servers of a domain.
pub(super) async fn reach(questions: &Questions, domain: &str) -> Reach {
    match questions.mx(domain).await {
        Answer::Found(servers) if servers.iter().all(String::is_empty) => return Reach::Refuses,
        Answer::Found(_) => return Reach::Served,
        Answer::NoSuchName => return Reach::Missing,
        Answer::Silent(why) => return Reach::Silent(why),
        Answer::Late => return Reach::Late,
        Answer::Nothing => {}
    }
    for kind in [RecordType::A, RecordType::AAAA] {
        match questions.address(domain, kind).await {
            Answer::Found(_) => return Reach::Served,
            Answer::Silent(why) => return Reach::Silent(why),
            Answer::Late => return Reach::Late,
            Answer::Nothing | Answer::NoSuchName => {}
        }
    }
    Reach::Nowhere
}

/// The sender's domain and the one that bounces go to; and whether the first
/// is there at all.
pub(super) async fn sender(
    questions: &Questions,
    from: Option<&Named>,
    envelope: Option<&Named>,
) -> (Told, bool) {
    let mut told = Told::default();
    let mut exists = true;
    if let Some(from) = from {
        let domain = &from.domain;
        let reach = reach(questions, domain).await;
        exists = reach != Reach::Missing;
        if exists {
            let so = "replies and bounces to the sender cannot arrive";
            no_mail(&mut told, from, reach, "mx-sender", so);
        } else {
            told.say(
                Problem::error(format!(
                    "the sender's domain {domain} does not exist: receivers refuse mail from it"
                ))
                .code("sender-domain-missing")
                .at(from.place.clone())
                .help("look for a typing error in `from`, or send from a domain of yours"),
            );
        }
    }
    if let Some(envelope) = envelope.filter(|named| from.is_none_or(|from| from.domain != named.domain)) {
        let reach = reach(questions, &envelope.domain).await;
        no_mail(
            &mut told,
            envelope,
            reach,
            "mx-return-path",
            "bounces cannot arrive, and some receivers refuse such mail",
        );
    }
    (told, exists)
}

fn no_mail(told: &mut Told, named: &Named, reach: Reach, code: &'static str, so: &str) {
    let domain = &named.domain;
    let what = match reach {
        Reach::Served => return,
        Reach::Silent(why) => return told.unanswered.push(format!("{domain} MX: {why}")),
        Reach::Late => return told.late.push(format!("{domain} MX")),
        Reach::Refuses => format!("{domain} takes no mail (its MX record says so, RFC 7505)"),
        Reach::Nowhere => format!("{domain} has no mail server, neither an MX record nor an address"),
        Reach::Missing => format!("{domain} does not exist"),
    };
    told.say(
        Problem::warning(format!("{what}: {so}"))
            .code(code)
            .at(named.place.clone())
            .help(format!(
                "have an MX record made for {domain}, or take an address where mail arrives"
            )),
    );
}
