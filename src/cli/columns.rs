//! `columns`: the kind of a recipients file, and the names of its columns in templates.

use std::io::Write;
use std::path::PathBuf;

use crate::campaign::{Overrides, Problems};
use crate::run::{Distinct, End, Environment, Seen, Survey, survey};
use crate::words::printable;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::{Value, json};

use super::explain::{CAMPAIGN, Failure, Outcome};
use super::output::written;
use super::reading::ReadingArgs;
use super::wording::{count, thousands};
use super::{findings, heading};

/// Characters of an example in the table.
const EXAMPLE: usize = 24;

#[derive(Debug, clap::Args)]
pub(super) struct ColumnsArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
    #[arg(long, help_heading = heading::OUTPUT)]
    json: bool,
}

pub(super) fn run(args: &ColumnsArgs) -> Outcome {
    let overrides = args.reading.over(Overrides::default());
    let survey = survey(&args.file, &overrides, &Environment::of_process())
        .map_err(|problems| Failure::Plain(findings::problems(&problems), CAMPAIGN))?;
    let text = if args.json {
        format!("{:#}\n", document(&survey))
    } else {
        page(&survey)
    };
    written(std::io::stdout().lock().write_all(text.as_bytes()))?;
    let told: Vec<_> = survey
        .about
        .warnings
        .iter()
        .chain(&survey.first_faults)
        .cloned()
        .collect();
    if !told.is_empty() {
        // A closed stderr is nothing to fail for.
        let _ = writeln!(
            anstream::stderr().lock(),
            "{}",
            findings::problems(&Problems(told))
        );
    }
    Ok(End::of(survey.faults == 0))
}

fn page(survey: &Survey) -> String {
    let about = &survey.about;
    let mut text = format!("{}: {}", printable(survey.file.clone()), about.format);
    if let Some(encoding) = &about.encoding {
        text.push_str(&format!(", {encoding}"));
    }
    match about.delimiter {
        Some(',') => text.push_str(", cells separated by commas"),
        Some(';') => text.push_str(", cells separated by semicolons"),
        Some('\t') => text.push_str(", cells separated by tabs"),
        Some(other) => text.push_str(&format!(", cells separated by `{other}`")),
        None => {}
    }
    text.push('\n');
    if let Some(sheet) = &about.sheet {
        text.push_str(&format!("read: {sheet}"));
        let others: Vec<_> = about
            .sheets
            .iter()
            .filter(|other| *other != sheet)
            .cloned()
            .collect();
        if !others.is_empty() {
            text.push_str(&format!("; there are also {}", others.join(", ")));
        }
        text = printable_line(text);
    }
    text.push_str(&count(survey.rows, "row", "rows"));
    if survey.faults > 0 {
        text.push_str(&format!(", {} of them cannot be read", thousands(survey.faults)));
    }
    if let Some(row) = survey.header_row {
        text.push_str(&format!("; row {row} names the columns"));
    }
    text.push_str(&format!("\n\n{}\n\n", table(survey)));
    text.push_str(&to(survey));
    text
}

/// The text so far, its last line free of what would drive a terminal.
fn printable_line(text: String) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| printable(line.to_owned())).collect();
    format!("{}\n", lines.join("\n"))
}

/// What the To address is filled in from.
fn to(survey: &Survey) -> String {
    let name = |at: usize| {
        survey
            .columns
            .get(at)
            .map(|column| printable(column.header.clone()))
    };
    let named: Vec<_> = survey.to_columns.iter().filter_map(|at| name(*at)).collect();
    if !named.is_empty() {
        return format!("* `to` is filled in from {}: {}\n", named.join(", "), survey.to);
    }
    let suggested = survey.addresses.and_then(|at| survey.columns.get(at));
    match suggested {
        Some(column) => format!(
            "`to` is {}, which is no column here; these look like addresses: to = \"{}\"\n",
            survey.to,
            printable(column.template.clone())
        ),
        None => format!("`to` is {}, which is no column here\n", survey.to),
    }
}

fn table(survey: &Survey) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    let lettered = survey.columns.iter().any(|column| column.letter.is_some());
    let mut head = vec![
        "",
        "column",
        "in templates",
        "looks like",
        "empty",
        "distinct",
        "examples",
    ];
    if lettered {
        head.insert(1, "");
    }
    table.set_header(head);
    for (at, column) in survey.columns.iter().enumerate() {
        let mark = if survey.to_columns.contains(&at) { "*" } else { "" };
        let mut cells = vec![
            mark.to_owned(),
            printable(column.header.clone()),
            printable(column.template.clone()),
            looks(column),
            thousands(column.empty),
            distinct(column.distinct),
            examples(column),
        ];
        if lettered {
            cells.insert(1, column.letter.clone().unwrap_or_default());
        }
        table.add_row(cells);
    }
    let right = usize::from(lettered);
    for at in [4 + right, 5 + right] {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn looks(column: &Seen) -> String {
    match column.others {
        0 => column.looks.to_string(),
        others => format!("{}, {} not", column.looks, thousands(others)),
    }
}

fn distinct(distinct: Distinct) -> String {
    match distinct {
        Distinct::Exactly(n) => thousands(n),
        Distinct::MoreThan(n) => format!("over {}", thousands(n)),
    }
}

fn examples(column: &Seen) -> String {
    let shown = column.examples.iter().map(|example| {
        // A line break in a cell is one blank here.
        let line: String = example
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        if line.chars().count() > EXAMPLE {
            let short: String = line.chars().take(EXAMPLE - 1).collect();
            format!("{short}…")
        } else {
            line
        }
    });
    printable(shown.collect::<Vec<_>>().join(" | "))
}

fn document(survey: &Survey) -> Value {
    let about = &survey.about;
    let columns = survey.columns.iter().enumerate().map(|(at, column)| {
        let (distinct, exact) = match column.distinct {
            Distinct::Exactly(n) => (n, true),
            Distinct::MoreThan(n) => (n, false),
        };
        json!({
            "letter": column.letter,
            "name": column.header,
            "template": column.template,
            "looks": column.looks.name(),
            "others": column.others,
            "empty": column.empty,
            "distinct": distinct,
            "distinct_exact": exact,
            "examples": column.examples,
            "to": survey.to_columns.contains(&at),
        })
    });
    let problems = |problems: &[crate::campaign::Problem]| -> Vec<Value> {
        let problem = |problem: &crate::campaign::Problem| {
            let place = problem.place.as_ref().filter(|place| !place.text.is_empty());
            json!({
                "code": problem.code,
                "what": problem.what,
                "line": place.map(|place| place.line()),
                "column": place.map(|place| place.column()),
                "help": problem.help,
            })
        };
        problems.iter().map(problem).collect()
    };
    json!({
        "file": survey.file,
        "format": about.format.to_string(),
        "encoding": about.encoding,
        "delimiter": about.delimiter,
        "sheet": about.sheet,
        "sheets": about.sheets,
        "header_row": survey.header_row,
        "rows": survey.rows,
        "faulty_rows": survey.faults,
        "first_faults": problems(&survey.first_faults),
        "warnings": problems(&about.warnings),
        "to": survey.to,
        "columns": columns.collect::<Vec<_>>(),
    })
}
