//! Which column holds the addresses, if the campaign does not say.

use crate::campaign::{Problem, RecipientsSource, Text};
use crate::render::in_template;
use crate::table::{Header, Naming, Table, names_somebody_else, naming};
use crate::words::{Arg, Said, say};

use super::reading::is_address;

/// The column that needs no looking for.
const USUAL: &str = "email";

/// Rows whose cells are looked at where names do not tell.
const LOOKED_AT: usize = 100;

/// For the `to` of a campaign that gives none, where there is no column `email`, takes the one column that is
/// called something like it; the note says which. A name that only suggests it must be borne out by
/// the cells, and what cells alone suggest is asked about.
///
/// # Errors
/// There is none, or there are several.
pub fn find_addresses(
    to: &mut Text,
    source: &RecipientsSource,
    header: &Header,
) -> Result<Option<Said>, Box<Problem>> {
    // Of columns nobody knows, nothing can be said.
    if header.columns.is_empty() {
        return Ok(None);
    }
    let columns = Columns { header };
    let named: Vec<usize> = columns
        .all()
        .filter(|i| columns.naming(*i) == Naming::Addresses)
        .collect();
    let problem = |what: Said| {
        Problem::error(what)
            .code("no-address-column")
            .at(to.place.clone())
    };
    if let Some(usual) = header.position(USUAL) {
        return match columns.beside_empty(usual, source) {
            Some(other) => Err(Box::new(columns.empty(usual, other, problem))),
            None => Ok(None),
        };
    }
    if let Some(person) = header.names.iter().find(|name| is_address(name)) {
        let what = say!(
            "recipients-first-row",
            file = &*header.file,
            address = person.as_str()
        );
        return Err(Box::new(problem(what).help(say!("recipients-first-row-help"))));
    }
    let found = match named.as_slice() {
        [one] => match columns.beside_empty(*one, source) {
            Some(other) => return Err(Box::new(columns.empty(*one, other, problem))),
            None => named,
        },
        [] => {
            let held = columns.held(source);
            if let [one] = held.as_slice()
                && (columns.naming(*one) != Naming::Likely || names_somebody_else(columns.name(*one)))
            {
                let what = say!(
                    "recipients-no-email-column-but",
                    file = &*header.file,
                    column = columns.name(*one)
                );
                return Err(Box::new(problem(what).help(columns.lines(&held))));
            }
            held
        }
        several => return Err(Box::new(columns.several(several, problem))),
    };
    match found.as_slice() {
        [one] => {
            let note = say!(
                "recipients-default-to",
                file = &*header.file,
                column = columns.name(*one)
            );
            *to = Text::of_flag("[message].to", &columns.to(*one));
            Ok(Some(note))
        }
        [] => {
            let list = header.columns.iter();
            let list = list.map(|column| in_template(column, header).into_owned());
            let problem = problem(say!("recipients-no-email-column", file = &*header.file))
                .help(say!("recipients-columns-are", columns = Arg::commas(list)))
                .help(say!("recipients-name-the-column"));
            Err(Box::new(problem))
        }
        several => Err(Box::new(columns.several(several, problem))),
    }
}

/// The columns of a list, by their positions.
struct Columns<'h> {
    header: &'h Header,
}

impl Columns<'_> {
    fn all(&self) -> std::ops::Range<usize> {
        0..self.header.columns.len()
    }

    /// What people call it; one without a name is called as templates call it.
    fn name(&self, column: usize) -> &str {
        let named = self.header.names.get(column).filter(|name| !name.is_empty());
        named
            .or_else(|| self.header.columns.get(column))
            .map_or("", String::as_str)
    }

    fn naming(&self, column: usize) -> Naming {
        naming(self.name(column))
    }

    fn template(&self, column: usize) -> String {
        let name = self.header.columns.get(column).map_or("", String::as_str);
        format!("{{{{ {} }}}}", in_template(name, self.header))
    }

    /// The `to` that is taken. The content lock holds its words: mailings that began with them go on
    /// with them, so what is not ASCII is named as it was then, by `row`.
    fn to(&self, column: usize) -> String {
        let name = self.header.columns.get(column).map_or("", String::as_str);
        match in_template(name, self.header) {
            word if word.is_ascii() || word.starts_with("row[") => format!("{{{{ {word} }}}}"),
            word => format!("{{{{ row['{word}'] }}}}"),
        }
    }

    /// What to write for each of these, whichever is meant.
    fn lines(&self, columns: &[usize]) -> Said {
        let lines = columns
            .iter()
            .map(|column| format!("to = {}", in_toml(&self.template(*column))));
        say!("recipients-write-below-message", lines = Arg::or(lines))
    }

    fn several(&self, several: &[usize], problem: impl Fn(Said) -> Problem) -> Problem {
        let names: Vec<_> = several.iter().map(|column| self.name(*column)).collect();
        let file = &*self.header.file;
        let alike = names.iter().all(|name| *name == names[0]);
        let what = if alike {
            say!("recipients-columns-alike", file = file, column = names[0])
        } else {
            let names = names.iter().map(|name| format!("`{name}`"));
            say!(
                "recipients-several-may",
                file = file,
                columns = Arg::commas(names)
            )
        };
        problem(what).help(self.lines(several))
    }

    /// The column whose first cells are addresses, where those of the usual one are all empty. The list
    /// is read for it where some other is named like one.
    fn beside_empty(&self, usual: usize, source: &RecipientsSource) -> Option<usize> {
        let like = |column: &usize| *column != usual && self.naming(*column) != Naming::Other;
        let others: Vec<usize> = self.all().filter(like).collect();
        if others.is_empty() {
            return None;
        }
        let cells = Cells::of(source, self.all().len());
        let empty = cells.filled.get(usual) == Some(&0);
        let held = |column: &usize| empty && cells.are_addresses(*column);
        others.into_iter().find(held)
    }

    fn empty(&self, usual: usize, other: usize, problem: impl Fn(Said) -> Problem) -> Problem {
        let what = say!(
            "recipients-column-empty",
            column = self.name(usual),
            file = &*self.header.file,
            other = self.name(other)
        );
        problem(what).help(self.lines(&[other, usual]))
    }

    /// The columns that hold addresses, by the look of their first cells: those that are named like
    /// it, if any are.
    fn held(&self, source: &RecipientsSource) -> Vec<usize> {
        let cells = Cells::of(source, self.all().len());
        // The recipients of copies are other people.
        let ours = |column: &usize| self.name(*column).starts_with('_');
        self.all()
            .filter(|column| cells.are_addresses(*column) && !ours(column))
            .collect()
    }
}

/// What was seen of the first cells of each column.
struct Cells {
    filled: Vec<usize>,
    addresses: Vec<usize>,
}

impl Cells {
    fn of(source: &RecipientsSource, columns: usize) -> Self {
        let mut cells = Self {
            filled: vec![0; columns],
            addresses: vec![0; columns],
        };
        let rows = Table::open(source).into_iter().flatten().take(LOOKED_AT);
        for row in rows.flatten().flatten() {
            for (column, cell) in row.fields.iter().enumerate() {
                if cell.trim().is_empty() {
                    continue;
                }
                if let (Some(filled), Some(addresses)) =
                    (cells.filled.get_mut(column), cells.addresses.get_mut(column))
                {
                    *filled += 1;
                    *addresses += usize::from(cell.contains(['@', '＠']) && is_address(cell));
                }
            }
        }
        cells
    }

    /// Most of them are.
    fn are_addresses(&self, column: usize) -> bool {
        let of = |counts: &[usize]| counts.get(column).copied().unwrap_or(0);
        of(&self.addresses) * 2 > of(&self.filled)
    }
}

/// A template or a condition as a value of the campaign file.
pub fn in_toml(template: &str) -> String {
    if !template.contains(['"', '\\']) {
        return format!("\"{template}\"");
    }
    if !template.contains('\'') {
        return format!("'{template}'");
    }
    format!("\"{}\"", template.replace('\\', "\\\\").replace('"', "\\\""))
}
