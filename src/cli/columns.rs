//! `columns`: the kind of a recipients file, and the names of its columns in templates.

use std::io::Write;
use std::path::PathBuf;

use crate::campaign::{Overrides, Problems};
use crate::run::{Distinct, End, Environment, Seen, Survey, survey};
use crate::words::{Arg, Said, Speak as _, printable, say};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::{Value, json};

use super::explain::{CAMPAIGN, Failure, Outcome};
use super::output::written;
use super::reading::ReadingArgs;
use super::{findings, heading, terminal};

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
    let lines = [heading(survey), sheets(survey), counts(survey)];
    let lines: Vec<_> = lines
        .into_iter()
        .flatten()
        .map(|said| terminal::words(&said))
        .collect();
    let to = terminal::words(&to(survey));
    format!("{}\n\n{}\n\n{to}\n", lines.join("\n"), table(survey))
}

/// What the file is.
fn heading(survey: &Survey) -> Option<Said> {
    let about = &survey.about;
    let format = about.format.said();
    let encoding = about
        .encoding
        .as_ref()
        .map(|name| Said::verbatim(name.to_string()));
    let cells = about.delimiter.map(|delimiter| match delimiter {
        ',' => say!("cli-columns-commas"),
        ';' => say!("cli-columns-semicolons"),
        '\t' => say!("cli-columns-tabs"),
        other => say!("cli-columns-separator", separator = other),
    });
    let what = [format].into_iter().chain(encoding).chain(cells);
    Some(say!(
        "cli-columns-file",
        file = &survey.file,
        what = Arg::commas(what)
    ))
}

/// Which sheet is read, and which there are besides.
fn sheets(survey: &Survey) -> Option<Said> {
    let about = &survey.about;
    let sheet = about.sheet.as_ref()?;
    let others: Vec<_> = about.sheets.iter().filter(|other| *other != sheet).collect();
    Some(if others.is_empty() {
        say!("cli-columns-sheet", sheet = sheet)
    } else {
        say!(
            "cli-columns-sheet-among",
            sheet = sheet,
            others = Arg::commas(others)
        )
    })
}

/// How many rows there are.
fn counts(survey: &Survey) -> Option<Said> {
    let (rows, faults) = (survey.rows, survey.faults);
    let counted = if faults > 0 {
        say!("cli-columns-rows-unread", rows = rows, unread = faults)
    } else {
        say!("cli-columns-rows", rows = rows)
    };
    Some(match survey.header_row {
        Some(row) => say!("cli-columns-header", rows = counted, row = Arg::plain(row)),
        None => counted,
    })
}

/// What the To address is filled in from.
fn to(survey: &Survey) -> Said {
    let name = |at: &usize| survey.columns.get(*at).map(|column| column.header.as_str());
    let named: Vec<_> = survey.to_columns.iter().filter_map(name).collect();
    let to = &survey.to;
    if !named.is_empty() {
        return say!("cli-columns-to", columns = Arg::commas(named), to = to);
    }
    match survey.addresses.and_then(|at| survey.columns.get(at)) {
        Some(column) => say!("cli-columns-to-suggested", to = to, template = &column.template),
        None => say!("cli-columns-to-unknown", to = to),
    }
}

fn table(survey: &Survey) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    let lettered = survey.columns.iter().any(|column| column.letter.is_some());
    let head = [
        say!("cli-columns-name"),
        say!("cli-columns-in-templates"),
        say!("cli-columns-looks-like"),
        say!("cli-columns-empty"),
        say!("cli-columns-distinct"),
        say!("cli-columns-examples"),
    ];
    let blank = || std::iter::repeat_n(String::new(), 1 + usize::from(lettered));
    table.set_header(blank().chain(head.iter().map(terminal::words)));
    for (at, column) in survey.columns.iter().enumerate() {
        let mark = if survey.to_columns.contains(&at) { "*" } else { "" };
        let mut cells = vec![
            mark.to_owned(),
            printable(column.header.clone()),
            printable(column.template.clone()),
            looks(column),
            number(column.empty),
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
        0 => terminal::words(&column.looks.said()),
        others => terminal::words(&say!(
            "cli-columns-but",
            looks = &column.looks,
            exceptions = others
        )),
    }
}

fn number(n: u64) -> String {
    terminal::words(&say!("cli-columns-number", n = n))
}

fn distinct(distinct: Distinct) -> String {
    match distinct {
        Distinct::Exactly(n) => number(n),
        Distinct::MoreThan(n) => terminal::words(&say!("cli-columns-over", values = n)),
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
        "rows_below_table": survey.below,
        "faulty_rows": survey.faults,
        "first_faults": problems(&survey.first_faults),
        "warnings": problems(&about.warnings),
        "to": survey.to,
        "columns": columns.collect::<Vec<_>>(),
    })
}
