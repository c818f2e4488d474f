//! What the check pass found, on the screen.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::campaign::{Place, Problem, Problems, Severity};
use crate::check::{Checked, Extras, Finding, MANY_COPIES};

use super::terminal::lang;
use super::wording::{count, size, thousands};

/// Whether problems may be drawn in colour.
fn colored() -> bool {
    match anstream::ColorChoice::global() {
        anstream::ColorChoice::Never => false,
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
        anstream::ColorChoice::Auto => {
            anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
        }
    }
}

/// Columns of the terminal in front, where there is one. Narrower ones are taken for so many.
fn columns() -> Option<usize> {
    const LEAST: u16 = 40;
    let stderr = std::io::stderr();
    let size = stderr
        .is_terminal()
        .then(|| terminal_size::terminal_size_of(stderr));
    size.flatten()
        .map(|(terminal_size::Width(columns), _)| usize::from(columns.max(LEAST)))
}

/// A problem for the screen in front.
pub(super) fn problem(problem: &Problem) -> String {
    problem.render_within(lang(), columns(), colored())
}

/// All problems, one under the other.
pub(super) fn problems(problems: &Problems) -> String {
    let shown: Vec<_> = problems.0.iter().map(problem).collect();
    shown.join("\n\n")
}

/// Between what stops the sending and what does not.
const BETWEEN: &str = "──── the following stops nothing ────";

/// Lists the findings on stderr: the errors, a line, the warnings.
pub(super) fn show(checked: &Checked) {
    // A closed stderr is nothing to fail for.
    let _ = write!(
        anstream::stderr().lock(),
        "{}",
        page(&checked.findings, checked.unshown, checked.faults.as_deref())
    );
}

/// The same, with a line for each warning: enough for who wants to send.
pub(super) fn show_shortly(checked: &Checked) {
    let (errors, warnings) = by_severity(&checked.findings);
    let mut text = page_of(&errors);
    text.push_str(&more(checked.unshown, checked.faults.as_deref()));
    for Finding { problem, rows, .. } in warnings {
        let place = problem
            .place
            .as_ref()
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        let rows = if *rows > 1 {
            format!(", {} rows", thousands(*rows))
        } else {
            String::new()
        };
        text.push_str(&format!("warning: {}{place}{rows}\n", problem.what));
    }
    let _ = write!(anstream::stderr().lock(), "{text}");
}

/// All findings on one page.
pub(super) fn page(findings: &[Finding], unshown: u64, faults: Option<&Path>) -> String {
    let (errors, warnings) = by_severity(findings);
    let mut text = page_of(&errors);
    text.push_str(&more(unshown, faults));
    if !text.is_empty() && !warnings.is_empty() {
        text.push_str(&format!("{BETWEEN}\n\n"));
    }
    text.push_str(&page_of(&warnings));
    text
}

fn by_severity(findings: &[Finding]) -> (Vec<&Finding>, Vec<&Finding>) {
    findings
        .iter()
        .partition(|f| f.problem.severity == Severity::Error)
}

fn page_of(findings: &[&Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        text.push_str(&problem(&finding.problem));
        text.push_str(&rows_of(finding));
        text.push_str("\n\n");
    }
    text
}

/// What is not shown, and where all of it is.
fn more(unshown: u64, faults: Option<&Path>) -> String {
    if unshown == 0 {
        return String::new();
    }
    let more = count(unshown, "more problem", "more problems");
    let all = faults.map_or_else(String::new, |path| format!("; all of them: {}", path.display()));
    format!("… and {more} like these{all}\n\n")
}

/// Which rows have it, where its place does not say so.
fn rows_of(finding: &Finding) -> String {
    if finding.rows <= 1 {
        let line = finding.problem.place.as_ref().map(Place::line);
        return match finding.first_rows.as_slice() {
            [row] if usize::try_from(*row).ok() != line => format!("\n  (in row {row})"),
            _ => String::new(),
        };
    }
    let rows = thousands(finding.rows);
    let mut first: Vec<_> = finding.first_rows.iter().map(ToString::to_string).collect();
    if first.is_empty() {
        return format!("\n  (in {rows} rows)");
    }
    if finding.rows > first.len() as u64 {
        first.push("…".to_owned());
    }
    format!("\n  (in {rows} rows: {})", first.join(", "))
}

/// One line: what was checked and what was found.
pub(super) fn verdict(checked: &Checked) -> String {
    let rows = count(checked.rows, "row", "rows");
    let (errors, warnings) = checked.counts();
    if errors > 0 {
        return format!(
            "{rows} checked: {}{}. Nothing was sent.",
            count(errors, "problem", "problems"),
            if warnings > 0 {
                format!(", {}", count(warnings, "warning", "warnings"))
            } else {
                String::new()
            },
        );
    }
    let mut text = format!(
        "{rows} checked: {} of {} in all",
        count(checked.recipients, "message", "messages"),
        size(checked.octets)
    );
    for (n, what) in [
        (checked.left_out, "not wanted (where, _skip)"),
        (checked.invalid, "left out as invalid"),
        (checked.duplicates, "left out as duplicates"),
        (checked.suppressed, "suppressed"),
        (warnings, if warnings == 1 { "warning" } else { "warnings" }),
    ] {
        if n > 0 {
            text.push_str(&format!(", {} {what}", thousands(n)));
        }
    }
    text.push('.');
    text
}

/// What goes out beside the messages themselves: a line for each. Whoever sends is told in the
/// question, of those who are chosen.
pub(super) fn extras(extras: &Extras) -> Vec<String> {
    let messages = |n| count(n, "message", "messages");
    let mut lines = Vec::new();
    if let Some(column) = extras.attached {
        let files = count(column.count, "file", "files");
        lines.push(format!(
            "Column `_attach` attaches {files} to {}.",
            messages(column.messages)
        ));
    }
    if let Some(column) = extras.copied {
        lines.push(format!(
            "Column `_cc` adds copies to {}.",
            messages(column.messages)
        ));
    }
    if extras.copies > 0 {
        let copies = count(extras.copies, "copy goes", "copies go");
        lines.push(format!("{copies} out besides, by Cc and Bcc."));
    }
    if extras.has_of_all() {
        let of_all: Vec<_> = extras.of_all.iter().map(ToString::to_string).collect();
        lines.push(format!("Every message goes to {}, too (Bcc).", of_all.join(", ")));
    }
    if extras.with_many > 0 {
        let many = if extras.with_many == 1 {
            "1 message has".to_owned()
        } else {
            format!("{} messages have", thousands(extras.with_many))
        };
        let most = thousands(extras.most);
        lines.push(format!("{many} {MANY_COPIES} copies or more, at most {most}."));
    }
    lines
}
