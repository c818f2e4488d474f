//! What the DNS says about the sender and the recipients' domains; queried only if the user asks
//! for it.
//!
//! Receivers judge a message by the records of its sender's domain: SPF names the relays, DKIM the
//! keys, DMARC what happens to mail that neither of them authenticates. They are examined here as a
//! receiver would, before it does. A missing answer never counts as "there is none": a server that
//! cannot be asked has said nothing.

mod answered;
mod answers;
mod asking;
mod constant;
mod dkim;
mod dmarc;
mod hosts;
mod questions;
mod reach;
mod recipients;
mod spf;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, Said, say};

use super::finding::Finding;

pub use asking::Asking;

use answers::{Named, Told};
use constant::constant_domain;
use hosts::Hosts;
use questions::Questions;
use recipients::Addressed;

/// The domains that recipients are most at, which are asked for.
pub const MOST: usize = 2_000;

/// All questions together take no longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks, and says what is wrong; `None` for `server`: the system's servers.
pub async fn findings(asking: &Asking<'_>, server: Option<SocketAddr>) -> Vec<Finding> {
    let message = &asking.campaign.message;
    let questions = match Questions::new(server, PATIENCE) {
        Ok(questions) => questions,
        Err(why) => {
            return vec![
                Problem::warning(say!("check-dns-not-asked", why = why.to_string()))
                    .code("sender-unanswered")
                    .help(say!("check-dns-server-hint"))
                    .into(),
            ];
        }
    };
    let named = |text: &crate::campaign::Text| {
        constant_domain(&text.value).map(|domain| Named {
            domain,
            place: text.place.clone(),
        })
    };
    let from = named(&message.from);
    let envelope = match &message.return_path {
        Some(text) => named(text),
        None => from.clone(),
    };
    let hosts = Hosts::new(&questions);
    let (own, servers) = tokio::join!(
        own(&questions, &hosts, from.as_ref(), envelope.as_ref(), asking),
        recipients::asked(&questions, asking.domains),
    );
    let recipients = recipients::reached(&hosts, asking.domains, servers).await;
    let mut findings = Vec::new();
    let (mut unanswered, mut late) = (Vec::new(), Vec::new());
    for told in own {
        findings.extend(told.problems.into_iter().map(Finding::from));
        unanswered.extend(told.unanswered);
        late.extend(told.late);
    }
    unanswered.dedup();
    findings.extend(recipients.findings(asking));
    findings.extend(not_answered(unanswered, &recipients, asking));
    findings.extend(sender_incomplete(&late, from.is_none(), asking));
    findings.extend(recipients_incomplete(&recipients, asking));
    findings
}

/// The sentence about the sender, whose records do not wait for the recipients'.
async fn own(
    questions: &Questions,
    hosts: &Hosts,
    from: Option<&Named>,
    envelope: Option<&Named>,
    asking: &Asking<'_>,
) -> Vec<Told> {
    let message = &asking.campaign.message;
    let told: Vec<_> = [from, envelope].into_iter().flatten().collect();
    let ((sender, exists), (spf, has_spf), dkim, answers) = tokio::join!(
        reach::sender(questions, hosts, from, envelope, message),
        spf::told(questions, envelope, &asking.campaign.relays),
        dkim::told(questions, hosts, &message.dkim, asking.keys),
        answered::told(questions, hosts, message, &told),
    );
    if !exists {
        // Of a domain that does not exist that much is enough.
        return vec![sender, answers];
    }
    let mut all = vec![sender, answers, spf, dkim];
    if let Some(from) = from {
        let envelope = envelope.map(|named| named.domain.as_str());
        all.push(dmarc::told(questions, from, envelope, has_spf, asking).await);
    }
    all
}

/// Questions without an answer are one finding for the sender's and one for
/// the recipients' domains.
fn not_answered(unanswered: Vec<Said>, recipients: &Addressed, asking: &Asking<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !unanswered.is_empty() {
        let what = say!("check-dns-sender-unanswered", questions = unanswered.len());
        let problem =
            Problem::warning(what)
                .code("sender-unanswered")
                .at(asking.campaign.message.from.place.clone());
        let problem = unanswered
            .into_iter()
            .take(super::SHOWN)
            .fold(problem, Problem::help);
        findings.push(problem.help(say!("check-dns-again-hint")).into());
    }
    findings.extend(recipients.unanswered(asking));
    findings
}

/// What was not asked about the sender.
fn sender_incomplete(late: &[String], varies: bool, asking: &Asking<'_>) -> Option<Finding> {
    let mut open = Vec::new();
    if varies {
        open.push(say!("check-dns-open-sender"));
    }
    if !late.is_empty() {
        open.push(say!(
            "check-dns-open-late",
            questions = Arg::commas(late),
            time = PATIENCE
        ));
    }
    not_asked(
        open,
        "sender-incomplete",
        asking.campaign.message.from.place.clone(),
    )
}

/// What was not asked about the recipients' domains.
fn recipients_incomplete(recipients: &Addressed, asking: &Asking<'_>) -> Option<Finding> {
    let mut open = Vec::new();
    if recipients.late > 0 {
        open.push(say!(
            "check-dns-open-recipients",
            domains = recipients.late,
            time = PATIENCE
        ));
    }
    let beyond = asking.all_domains.saturating_sub(asking.domains.len());
    if beyond > 0 {
        open.push(say!("check-dns-open-beyond", domains = beyond, most = MOST));
    }
    not_asked(
        open,
        "recipient-incomplete",
        Place::whole(Arc::clone(&asking.header.file)),
    )
}

fn not_asked(open: Vec<Said>, code: &'static str, place: Place) -> Option<Finding> {
    if open.is_empty() {
        return None;
    }
    let problem = Problem::warning(say!("check-dns-incomplete"))
        .code(code)
        .at(place);
    Some(open.into_iter().fold(problem, Problem::help).into())
}
