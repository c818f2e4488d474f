//! The list of a new campaign: what is in it, and how its columns make an address and a greeting.

use std::path::{Path, PathBuf};

use crate::campaign::{Overrides, Problems, RecipientsSource, nearest};
use crate::recipients::is_address;
use crate::run::{Environment, Looks, Seen, Survey, survey};
use crate::table::{PersonColumns, Table, person_columns};
use crate::words::{Arg, Said, say, system};

/// A list that was read.
#[derive(Debug)]
pub(super) struct List {
    pub(super) path: PathBuf,
    pub(super) survey: Survey,
    /// The template of the address; `None` where nobody knows which column holds it.
    pub(super) address: Option<String>,
    /// The columns with the names of the people.
    names: Option<PersonColumns>,
    /// Every cell is an address and nothing else, so that a name fits before it.
    bare: bool,
}

/// Why a file cannot be a list.
#[derive(Debug)]
pub(super) enum Unfit {
    /// What is wrong with the path, and what to do about it.
    Path(Said, Vec<Said>),
    /// What is wrong with the file.
    Problems(Problems),
}

impl List {
    /// Reads it to its end.
    pub(super) fn read(path: &Path, overrides: &Overrides) -> Result<Self, Unfit> {
        is_a_file(path)?;
        let survey = survey(path, overrides, &Environment::of_process()).map_err(Unfit::Problems)?;
        if survey.rows == 0 {
            return Err(Unfit::Path(say!("cli-new-list-empty", list = path), Vec::new()));
        }
        let mut list = Self {
            path: path.to_owned(),
            address: (!survey.to_columns.is_empty()).then(|| survey.to.clone()),
            names: None,
            bare: false,
            survey,
        };
        list.names = person_columns(list.survey.columns.iter().map(|column| column.header.as_str()))
            .filter(|names| names.columns.iter().all(|at| list.is_a_name(*at)));
        list.bare = list.is_bare(overrides);
        Ok(list)
    }

    /// The same with the addresses in this column: its number or its name.
    pub(super) fn addressed_by(&mut self, typed: &str) -> Result<(), Said> {
        let columns = &self.survey.columns;
        let named = |column: &&Seen| column.header.trim() == typed || column.template == typed;
        let found = columns.iter().find(named);
        let number = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let found = found.or_else(|| columns.get(number?));
        if let Some(column) = found {
            self.address = Some(column.template.clone());
            return Ok(());
        }
        let headers = columns.iter().map(|column| column.header.as_str());
        Err(match nearest(typed, headers) {
            Some(near) => say!("cli-did-you-mean", meant = near),
            None => say!("cli-new-no-column", column = typed),
        })
    }

    fn is_a_name(&self, at: usize) -> bool {
        let column = self.survey.columns.get(at);
        column.is_some_and(|column| column.looks == Looks::Text)
    }

    /// Whether the cells of the address hold addresses alone: beside a name, nothing else is accepted.
    fn is_bare(&self, overrides: &Overrides) -> bool {
        let [at] = self.survey.to_columns[..] else {
            return false;
        };
        let overrides = Overrides {
            recipients: Some(self.path.clone()),
            ..overrides.clone()
        };
        let source = RecipientsSource::of_flags(&overrides).ok();
        let rows = source.and_then(|source| Table::open(&source).ok());
        let mut rows = rows.into_iter().flatten().flatten().flatten();
        let has_more = |cell: &str| {
            let odd = |c: char| c.is_whitespace() || "<>()（）＜＞＠:：;；,，\"".contains(c);
            is_address(cell) && cell.trim().contains(odd)
        };
        !rows.any(|row| row.fields.get(at).is_some_and(|cell| has_more(cell)))
    }

    /// How the names are written in a template, and what is asked of a row where one may be missing.
    pub(super) fn name(&self) -> Option<(String, Option<String>)> {
        let names = self.names.as_ref()?;
        let columns: Vec<&Seen> = names
            .columns
            .iter()
            .filter_map(|at| self.survey.columns.get(*at))
            .collect();
        let templates: Vec<&str> = columns.iter().map(|column| column.template.as_str()).collect();
        let empty = columns.iter().find(|column| column.empty > 0);
        let condition = empty.map(|column| bare(&column.template).to_owned());
        Some((templates.join(names.between), condition))
    }

    /// The `to` of the campaign.
    pub(super) fn to(&self) -> Option<String> {
        let address = self.address.as_ref()?;
        match self.name() {
            Some((name, _)) if self.bare => Some(format!("{name} <{address}>")),
            Some(_) | None => Some(address.clone()),
        }
    }

    /// Columns as they are written in a text.
    pub(super) fn templates(&self) -> impl Iterator<Item = &str> {
        let columns = self.survey.columns.iter().map(|column| column.template.as_str());
        columns.filter(|template| !template.contains("#}") && !template.contains(char::is_control))
    }

    /// What was found, for a person.
    pub(super) fn told(&self) -> Vec<Said> {
        let headers = self.survey.columns.iter().map(|column| column.header.as_str());
        let rows = say!("cli-new-rows", rows = self.survey.rows);
        let counted = match self.survey.header_row {
            Some(row) if row > 1 => say!("cli-columns-header", rows = rows, row = Arg::plain(row)),
            Some(_) | None => rows,
        };
        let mut told = vec![say!(
            "cli-new-found",
            list = self.path.as_path(),
            rows = counted,
            columns = Arg::commas(headers)
        )];
        if let Some(sheet) = &self.survey.about.sheet
            && self.survey.about.sheets.len() > 1
        {
            told.push(say!("cli-new-found-sheet", sheet = sheet));
        }
        match (self.to(), self.name()) {
            (Some(to), Some(_)) => told.push(say!("cli-new-found-to", to = to)),
            (Some(to), None) => told.push(say!("cli-new-found-no-name", to = to)),
            (None, _) => {}
        }
        told
    }
}

/// `name` of `{{ name }}`
fn bare(template: &str) -> &str {
    let inner = template
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"));
    inner.unwrap_or(template).trim()
}

/// A file that is there; of a folder, the lists in it.
fn is_a_file(path: &Path) -> Result<(), Unfit> {
    if path == Path::new("-") {
        return Err(Unfit::Path(say!("cli-new-list-stdin"), Vec::new()));
    }
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(error) => {
            let what = say!("cli-new-no-list", list = path, why = system(&error));
            let near = near(path).map(|near| say!("cli-did-you-mean", meant = near));
            return Err(Unfit::Path(what, near.into_iter().collect()));
        }
    };
    if found.is_dir() {
        let lists = lists(path);
        let within = (!lists.is_empty()).then(|| say!("cli-new-lists-within", lists = Arg::commas(lists)));
        let what = say!("cli-new-list-folder", list = path);
        return Err(Unfit::Path(what, within.into_iter().collect()));
    }
    if path.extension().is_some_and(|suffix| suffix == "toml") {
        return Err(Unfit::Path(
            say!("cli-new-list-campaign", list = path),
            Vec::new(),
        ));
    }
    Ok(())
}

/// The file beside it that was meant.
fn near(path: &Path) -> Option<String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let names = lists(here);
    let name = path.file_name()?.to_string_lossy().into_owned();
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let same = |other: &&String| Path::new(other).file_stem().is_some_and(|other| *other == *stem);
    let near = names.iter().find(same).map(String::as_str);
    let near = near.or_else(|| nearest(&name, names.iter().map(String::as_str)))?;
    Some(folder.join(near).display().to_string())
}

/// Files of a folder that may be lists.
fn lists(folder: &Path) -> Vec<String> {
    const SUFFIXES: [&str; 9] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "jsonl", "json"];
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_list = |name: &String| {
        let suffix = Path::new(name)
            .extension()
            .map(|suffix| suffix.to_ascii_lowercase());
        suffix.is_some_and(|suffix| SUFFIXES.iter().any(|known| suffix == *known))
            && !name.starts_with(['.', '~'])
    };
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(is_list).collect();
    names.sort();
    names
}
