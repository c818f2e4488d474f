//! `explain`: what a code means, why it matters, and what to do.
//!
//! Codes are for programs and do not change with the words: codes of findings and errors, statuses
//! of recipients, reasons for the end of a run. Their explanations are in the catalogue, and
//! docs/findings is made from the same texts.

mod codes;
mod page;
#[cfg(test)]
mod tests;

use std::io::Write;

use crate::campaign::nearest;
use crate::run::End;
use crate::words::{Lang, Said, say};

use super::explain::{Failure, Outcome};
use super::output::written;
use super::terminal;

use codes::{Code, GROUPS};

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

pub(super) fn run(args: &ExplainArgs) -> Outcome {
    let (lang, columns) = (terminal::lang(), super::page::columns());
    let text = if args.codes.is_empty() {
        page::list(lang, columns)
    } else {
        explained(&args.codes, lang, columns)?
    };
    written(std::io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(End::Complete)
}

fn explained(asked: &[String], lang: Lang, columns: usize) -> Result<String, Failure> {
    let mut pages = Vec::new();
    for asked in asked {
        let page = match (Code::named(asked), of_reply(asked)) {
            (Some(code), _) => page::of(code, lang, columns),
            (None, Some(code)) => page::of_reply(asked, code, lang, columns),
            (None, None) => return Err(unknown(asked)),
        };
        pages.push(page);
    }
    Ok(pages.join("\n\n"))
}

/// What becomes of a recipient by a code of a relay, such as 550 or 5.1.1.
fn of_reply(asked: &str) -> Option<&'static Code> {
    let digits = asked.split('.').next().unwrap_or_default();
    let written = asked.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !written || (digits.len() != 3 && !asked.contains('.')) {
        return None;
    }
    match digits.as_bytes().first()? {
        b'2' => Code::named("accepted"),
        b'4' => Code::named("deferred"),
        b'5' => Code::named("rejected"),
        _ => None,
    }
}

fn unknown(asked: &str) -> Failure {
    let known = GROUPS.iter().flat_map(|group| group.codes).map(|code| code.name);
    let (said, step) = (
        say!("cli-explain-unknown", code = asked),
        match nearest(asked, known) {
            Some(near) => format!("mailshot explain {near}"),
            None => "mailshot explain".to_owned(),
        },
    );
    Failure::hinted(said, Said::verbatim(step))
}
