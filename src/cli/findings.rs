//! What the check pass found, on the screen.

use std::io::Write;

use mailshot::campaign::Problems;
use mailshot::check::Checked;

use super::wording::{count, size, thousands};

/// Whether problems may be drawn in colour.
pub(super) fn colored() -> bool {
    match anstream::ColorChoice::global() {
        anstream::ColorChoice::Never => false,
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
        anstream::ColorChoice::Auto => {
            anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
        }
    }
}

/// All problems, one under the other.
pub(super) fn problems(problems: &Problems) -> String {
    let shown: Vec<_> = problems.0.iter().map(|p| p.render(colored())).collect();
    shown.join("\n\n")
}

/// Lists the findings on stderr.
pub(super) fn show(checked: &Checked) {
    let mut stderr = anstream::stderr().lock();
    for finding in &checked.findings {
        let mut text = finding.problem.render(colored());
        if finding.rows > 1 {
            text.push_str(&format!("\n  (in {} rows)", thousands(finding.rows)));
        }
        // A closed stderr is nothing to fail for.
        let _ = writeln!(stderr, "{text}\n");
    }
    if checked.unshown > 0 {
        let _ = writeln!(
            stderr,
            "… and {} like these\n",
            count(checked.unshown, "more problem", "more problems")
        );
    }
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
        (checked.invalid, "left out as invalid"),
        (checked.duplicates, "left out as duplicates"),
        (checked.suppressed, "suppressed"),
        (warnings, "warnings"),
    ] {
        if n > 0 {
            text.push_str(&format!(", {} {what}", thousands(n)));
        }
    }
    text.push('.');
    text
}
