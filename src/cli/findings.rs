//! What the check pass found, on the screen.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::campaign::{Place, Problem, Problems, Severity};
use crate::check::{Checked, Extras, Finding, MANY_COPIES};
use crate::words::{Arg, Said, say};

use super::terminal::{lang, words};
use super::when::row_numbers;

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

/// Columns of the terminal, if there is one. A narrower terminal counts as this wide.
pub(super) fn columns() -> Option<usize> {
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
    let [errors, warnings, _] = by_severity(&checked.findings);
    let mut text = page_of(&errors);
    text.push_str(&more(checked.unshown, checked.faults.as_deref()));
    for Finding { problem, rows, .. } in warnings {
        let mut what = problem.what.clone();
        if let Some(place) = &problem.place {
            what = say!("cli-check-at", what = what, place = place.to_string());
        }
        if *rows > 1 {
            what = say!("cli-check-in-rows-too", what = what, rows = *rows);
        }
        text.push_str(&words(&one_line(problem, what)));
        text.push('\n');
    }
    let _ = write!(anstream::stderr().lock(), "{text}");
}

/// All findings on one page.
pub(super) fn page(findings: &[Finding], unshown: u64, faults: Option<&Path>) -> String {
    let [errors, warnings, notes] = by_severity(findings);
    let mut text = page_of(&errors);
    text.push_str(&more(unshown, faults));
    if !text.is_empty() && !warnings.is_empty() {
        text.push_str(&words(&say!("cli-check-warnings-begin")));
        text.push_str("\n\n");
    }
    text.push_str(&page_of(&warnings));
    for Finding { problem, .. } in &notes {
        text.push_str(&words(&one_line(problem, problem.what.clone())));
        text.push('\n');
    }
    if !notes.is_empty() {
        text.push('\n');
    }
    text
}

/// A problem in one line.
fn one_line(problem: &Problem, what: Said) -> Said {
    say!("cli-check-warning", label = problem.label(), what = what)
}

/// The errors, the warnings, the notes.
fn by_severity(findings: &[Finding]) -> [Vec<&Finding>; 3] {
    let of = |severity| {
        let found = findings.iter().filter(|f| f.problem.severity == severity);
        found.collect()
    };
    [Severity::Error, Severity::Warning, Severity::Note].map(of)
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
    let more = match faults {
        _ if unshown == 0 => return String::new(),
        None => say!("cli-check-more", problems = unshown),
        Some(file) => say!("cli-check-more-in-file", problems = unshown, file = file),
    };
    words(&more) + "\n\n"
}

/// Which rows have it, where its place does not say so.
fn rows_of(finding: &Finding) -> String {
    if finding.rows <= 1 {
        let line = finding.problem.place.as_ref().map(Place::line);
        return match finding.first_rows.as_slice() {
            [row] if usize::try_from(*row).ok() != line => {
                below(&say!("cli-check-in-row", row = Arg::plain(row)))
            }
            _ => String::new(),
        };
    }
    let first = &finding.first_rows;
    below(&if first.is_empty() {
        say!("cli-check-in-rows", rows = finding.rows)
    } else if finding.rows > first.len() as u64 {
        say!(
            "cli-check-in-rows-first",
            rows = finding.rows,
            first = row_numbers(first)
        )
    } else {
        say!(
            "cli-check-in-rows-all",
            rows = finding.rows,
            all = row_numbers(first)
        )
    })
}

fn below(said: &Said) -> String {
    format!("\n  {}", words(said))
}

/// How many errors and warnings, and what follows from the errors.
pub(super) fn counted(errors: u64, warnings: u64) -> Said {
    if warnings == 0 {
        say!("cli-check-errors", errors = errors)
    } else {
        say!(
            "cli-check-errors-and-warnings",
            errors = errors,
            warnings = warnings
        )
    }
}

/// One line: what was checked and what was found.
pub(super) fn verdict(checked: &Checked) -> Said {
    let (errors, warnings) = checked.counts();
    if errors > 0 {
        let found = counted(errors, warnings);
        return say!("cli-check-failed", rows = checked.rows, found = found);
    }
    let mut parts = vec![say!(
        "cli-check-messages",
        messages = checked.recipients,
        size = Arg::Size(checked.octets)
    )];
    let others = [
        (checked.below, say!("cli-check-below", rows = checked.below)),
        (
            checked.left_out,
            say!("cli-check-left-out", rows = checked.left_out),
        ),
        (checked.invalid, say!("cli-check-invalid", rows = checked.invalid)),
        (
            checked.duplicates,
            say!("cli-check-duplicates", rows = checked.duplicates),
        ),
        (
            checked.suppressed,
            say!("cli-check-suppressed", rows = checked.suppressed),
        ),
        (warnings, say!("cli-check-warnings", warnings = warnings)),
    ];
    parts.extend(others.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| part));
    say!(
        "cli-check-passed",
        rows = checked.rows,
        parts = Arg::commas(parts)
    )
}

/// What is sent in addition to the messages: one line for each. `send` says this in its question,
/// for the chosen recipients.
pub(super) fn extras(extras: &Extras) -> Vec<Said> {
    let mut lines = Vec::new();
    if let Some(column) = extras.attached {
        let (files, messages) = (column.count, column.messages);
        lines.push(say!("cli-check-attached", files = files, messages = messages));
    }
    if let Some(column) = extras.copied {
        lines.push(say!("cli-check-copied", messages = column.messages));
    }
    if extras.copies > 0 {
        lines.push(say!("cli-check-copies", copies = extras.copies));
    }
    if extras.has_of_all() {
        let to = extras.of_all.iter().map(ToString::to_string);
        lines.push(say!("cli-check-copied-all", addresses = Arg::commas(to)));
    }
    if extras.with_many > 0 {
        let (messages, most) = (extras.with_many, extras.most);
        lines.push(say!(
            "cli-check-many-copies",
            messages = messages,
            many = MANY_COPIES,
            most = most
        ));
    }
    lines
}
