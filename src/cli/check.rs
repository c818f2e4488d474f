//! `check`: one page of findings, or one JSON document.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use crate::campaign::{Campaign, Severity};
use crate::check::{Allowed, Checked, Finding};
use crate::run::{DnsServer, End, Ended, Environment, Reason, RunError, check_only, lints, open};
use crate::words::say;
use serde_json::{Value, json};

use super::advice::Advice;
use super::campaign::CampaignArgs;
use super::events::Events;
use super::explain::{CAMPAIGN, Failure, Outcome};
use super::output::{Globals, tell, written};
use super::screen::Screen;
use super::terminal;
use super::when::takes;
use super::{connect, findings, heading, question, settings, typed};

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) campaign: CampaignArgs,
    #[arg(long, help_heading = heading::WHOM)]
    pub(super) skip_invalid: bool,
    #[arg(long, help_heading = heading::WHOM)]
    pub(super) skip_duplicates: bool,
    #[arg(long, help_heading = heading::RELAY)]
    pub(super) connect: bool,
    #[arg(long, help_heading = heading::RELAY)]
    dns: bool,
    #[arg(long, value_name = "ADDR[:PORT]", requires = "dns", value_parser = typed::dns_server, help_heading = heading::RELAY)]
    dns_server: Option<SocketAddr>,
    #[arg(long, help_heading = heading::OUTPUT)]
    pub(super) json: bool,
}

impl CheckArgs {
    /// Whom to ask, where the DNS is to be asked.
    pub(super) fn dns_server(&self) -> Option<DnsServer> {
        self.dns
            .then(|| self.dns_server.map_or(DnsServer::System, DnsServer::At))
    }
}

pub(super) fn run(globals: &Globals, check: &CheckArgs, advice: &Advice) -> Outcome {
    let overrides = check.campaign.overrides();
    terminal::tell_typed(&check.campaign.campaign, &overrides);
    let prepared = match open(&check.campaign.campaign, &overrides, &Environment::of_process()) {
        Ok(prepared) => prepared,
        Err(RunError::Problems(problems)) => {
            let mut all: Vec<Finding> = problems.0.into_iter().map(Finding::from).collect();
            for finding in lints(&check.campaign.campaign, &overrides) {
                if !all.iter().any(|known| known.problem == finding.problem) {
                    all.push(finding);
                }
            }
            return refused(check, all);
        }
        Err(other) => return Err(other.into()),
    };
    let mut screen = Screen::new(globals.quiet, true, Events::new(false))
        .of_check()
        .through(&prepared.campaign.relays)
        .with_steps(globals.verbose > 0);
    let allowed = Allowed {
        skip_invalid: check.skip_invalid,
        skip_duplicates: check.skip_duplicates,
    };
    let mut checked = check_only(&prepared, allowed, check.dns_server(), &mut screen)?;
    let mut outcome = Ok(End::Complete);
    if checked.has_errors() {
        let ended = Ended::nothing_sent(Reason::Findings);
        outcome = Err(Failure::Plain(
            terminal::words(&findings::verdict(&checked)),
            ended,
        ));
    } else {
        if let Some(origin) = settings::told(&prepared.campaign.relays) {
            tell(globals, &origin);
        }
        if let Some(estimate) = checked.estimate.filter(|estimate| *estimate < Duration::MAX) {
            let relays = question::through(&prepared.campaign.relays);
            tell(
                globals,
                &say!("cli-check-takes", time = takes(estimate), relays = relays),
            );
        }
        if check.connect {
            let tried = connect::all(globals, &prepared.campaign.relays, &checked, &mut screen, advice)?;
            checked.findings.extend(tried.findings);
            outcome = tried.outcome;
        }
    }
    if check.json {
        print(&document(
            Some(&prepared.campaign.name),
            Some(&checked),
            &checked.findings,
        ))?;
    }
    outcome
}

/// A campaign of which no row can be checked.
fn refused(check: &CheckArgs, all: Vec<Finding>) -> Outcome {
    if check.json {
        let folders = Campaign::folders(&check.campaign.campaign, &check.campaign.overrides());
        let name = folders.as_ref().map(|folders| folders.name.as_str());
        print(&document(name, None, &all))?;
    }
    let of = |severity| all.iter().filter(|f| f.problem.severity == severity).count() as u64;
    let found = findings::counted(of(Severity::Error), of(Severity::Warning));
    let words = findings::page(&all, 0, None) + &terminal::words(&say!("cli-check-refused", found = found));
    Err(Failure::Plain(words, CAMPAIGN))
}

fn document(campaign: Option<&str>, checked: Option<&Checked>, all: &[Finding]) -> Value {
    let of = |severity| all.iter().filter(|f| f.problem.severity == severity).count() as u64;
    let estimate = checked
        .and_then(|checked| checked.estimate)
        .filter(|estimate| *estimate < Duration::MAX);
    json!({
        "campaign": campaign,
        "rows": checked.map(|checked| checked.rows),
        "rows_below_table": checked.map(|checked| checked.below),
        "recipients": checked.map(|checked| checked.recipients),
        "copies": checked.map(|checked| checked.extras.copies),
        "octets": checked.map(|checked| checked.octets),
        "largest": checked.map(|checked| checked.largest),
        "estimate_seconds": estimate.map(|estimate| estimate.as_secs_f64()),
        "errors": of(Severity::Error) + checked.map_or(0, |checked| checked.unshown),
        "warnings": of(Severity::Warning),
        "notes": of(Severity::Note),
        "findings": all.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    let problem = &finding.problem;
    let place = problem.place.as_ref();
    // A file as a whole has no line.
    let exact = place.filter(|place| !place.text.is_empty());
    let cell = place.and_then(|place| place.cell.as_deref());
    json!({
        "code": problem.code,
        "severity": match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "what": problem.what,
        "file": place.map(|place| &*place.path),
        "line": exact.map(|place| place.line()),
        "column": exact.map(|place| place.column()),
        "sheet": cell.and_then(|cell| cell.sheet.as_deref()),
        "cell": cell.filter(|cell| !cell.letter.is_empty()).zip(exact)
            .map(|(cell, place)| format!("{}{}", cell.letter, place.line())),
        "header": cell.map(|cell| cell.header.as_str()).filter(|header| !header.is_empty()),
        "rows": finding.rows,
        "first_rows": finding.first_rows,
        "help": problem.help,
    })
}

fn print(document: &Value) -> Result<(), Failure> {
    written(writeln!(std::io::stdout().lock(), "{document:#}"))
}
