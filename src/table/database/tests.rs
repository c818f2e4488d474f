use std::path::PathBuf;

use crate::campaign::SheetChoice;

use super::super::Table;
use super::*;

struct Base {
    folder: tempfile::TempDir,
    source: RecipientsSource,
}

impl Base {
    fn new(sql: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people ?#%.db");
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let source = RecipientsSource {
            file: path,
            shown: "people.db".to_owned(),
            ..RecipientsSource::default()
        };
        Self { folder, source }
    }

    fn asked(mut self, query: &str) -> Self {
        let text = format!("[recipients]\nquery = \"{query}\"\n");
        let start = text.find(query).unwrap();
        self.source.query = Some(Text {
            value: query.to_owned(),
            place: Place::in_file("mailshot.toml", text.into(), start..start + query.len()),
        });
        self
    }

    fn open(&self) -> Table {
        Table::open(&self.source).unwrap_or_else(|error| panic!("{}", error.into_problems()))
    }

    fn rows(&self) -> Vec<(u64, Vec<String>)> {
        let rows = self.open().map(|row| match row.unwrap() {
            Ok(row) => (row.number, row.fields),
            Err(fault) => (
                fault.row.number,
                fault.problems.0.into_iter().map(|p| p.what.to_string()).collect(),
            ),
        });
        rows.collect()
    }

    fn refused(&self) -> String {
        match Table::open(&self.source) {
            Ok(table) => table
                .filter_map(Result::err)
                .next()
                .map(|error| error.into_problems().to_string())
                .unwrap_or_default(),
            Err(error) => error.into_problems().to_string(),
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
    }
}

fn strings(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

const PEOPLE: &str = "create table people (email text, name text);
    insert into people values ('ada@x.test', 'Ada'), ('bob@x.test', null);";

#[test]
fn a_query_gives_columns_and_rows() {
    let base =
        Base::new(PEOPLE).asked("select name as Name, email, 1 + 1, '' from people order by email desc");
    let mut table = base.open();
    assert_eq!(table.header().columns, ["Name", "email", "1 + 1", "''"]);
    assert!(table.by_ref().all(|row| row.unwrap().is_ok()));
    let whole: [u8; 32] = Sha256::digest(std::fs::read(&base.source.file).unwrap()).into();
    assert_eq!(table.digest(), Some(whole));
    assert_eq!(
        base.rows(),
        [
            (1, strings(&["", "bob@x.test", "2", ""])),
            (2, strings(&["Ada", "ada@x.test", "2", ""]))
        ]
    );
}

#[test]
fn the_only_table_needs_no_query() {
    let base = Base::new(PEOPLE);
    let table = base.open();
    assert_eq!(
        (table.about().format, table.about().sheet.as_deref()),
        (Format::Sqlite, Some("people"))
    );
    assert_eq!(table.count(), 2);
    let mut base = Base::new(&format!(
        "{PEOPLE} create table \"a \"\"b\"\"\" (c, d); create view mine as select 1 as x"
    ));
    let said = base.refused();
    for words in [
        "the database has 3 tables",
        "a \"b\": c, d",
        "people: email, name",
        "mine: x",
        "query = 'select * from \"people\"'",
    ] {
        assert!(said.contains(words), "{said}");
    }
    base.source.sheet = Some(SheetChoice::Named(Text::of_flag("--sheet", "a \"b\"")));
    assert_eq!(base.open().header().columns, ["c", "d"]);
    base.source.sheet = Some(SheetChoice::Numbered(9, Place::whole("--sheet")));
    assert!(base.refused().contains("no such table"));
    assert!(
        Base::new("pragma user_version = 1")
            .refused()
            .contains("no tables")
    );
}

#[test]
fn values_are_shown_without_exponents_and_blobs_are_faults() {
    let base = Base::new(PEOPLE)
        .asked("select 9007199254740993, 1.0, 0.1, 1e15, 1e300, 1e-9, -2.5, null union all select x'00ff', cast(x'ff' as text), 1, 1, 1, 1, 1, 1");
    assert_eq!(
        base.rows(),
        [
            (
                1,
                strings(&[
                    "9007199254740993",
                    "1",
                    "0.1",
                    "1000000000000000",
                    "1e300",
                    "1e-9",
                    "-2.5",
                    ""
                ])
            ),
            (
                2,
                strings(&[
                    "this value is binary (2 bytes), not text",
                    "this text is not UTF-8"
                ])
            ),
        ]
    );
}

#[test]
fn a_query_only_reads_and_is_one() {
    for (query, words) in [
        ("delete from people", "does more than read"),
        ("delete from people returning email", "does more than read"),
        ("attach 'x.db' as x", "does more than read"),
        ("begin", "does more than read"),
        ("select 1; delete from people", "several statements"),
        ("select 1; select 2", "several statements"),
        (" -- nothing", "the query is empty"),
        ("select email from peple", "a table that does not exist: peple"),
        ("select emial from people", "a column that does not exist: emial"),
        ("selekt 1", "a syntax error at `selekt`"),
        ("select abs(-9223372036854775808)", "integer overflow"),
    ] {
        let base = Base::new(PEOPLE).asked(query);
        let said = base.refused();
        assert!(
            said.contains(words) && said.contains("mailshot.toml:2:"),
            "{query}: {said}"
        );
        assert_eq!(base.files().len(), 1);
    }
    assert!(
        Base::new(PEOPLE)
            .asked("select emial from people")
            .refused()
            .contains("mailshot.toml:2:17")
    );
    // A semicolon and a comment behind it are no other statement.
    assert_eq!(Base::new(PEOPLE).asked("select 1; -- one").rows().len(), 1);
}

#[test]
fn a_query_that_never_ends_ends_with_its_reader() {
    let endless = "with recursive n(i) as (select 1 union all select i + 1 from n)";
    let base = Base::new(PEOPLE).asked(&format!("{endless} select i from n"));
    assert_eq!(base.open().next().unwrap().unwrap().unwrap().number, 1);
    // Not a single row.
    let base = base.asked(&format!("{endless} select i from n where i < 0"));
    let table = base.open();
    let thread = table_thread();
    drop(table);
    thread.ended();
}

/// Waits for the thread that reads to be gone, on systems that tell.
struct Threads(usize);

fn table_thread() -> Threads {
    Threads(reading())
}

fn reading() -> usize {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return 0;
    };
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.filter(|name| name.trim() == "reading").count()
}

impl Threads {
    fn ended(self) {
        // Other tests read, too: only a thread that never ends keeps the number up for ever.
        while self.0 > 0 && reading() >= self.0 {
            std::thread::yield_now();
        }
    }
}

#[test]
fn nothing_is_left_beside_the_file() {
    let base = Base::new(&format!("pragma journal_mode = wal; {PEOPLE}"));
    assert_eq!(base.files().len(), 1);
    let before = std::fs::read(&base.source.file).unwrap();
    assert_eq!(base.rows().len(), 2);
    assert_eq!(base.files().len(), 1);
    assert_eq!(std::fs::read(&base.source.file).unwrap(), before);
}

#[test]
fn what_another_program_has_written_last_is_read() {
    let base = Base::new(&format!("pragma journal_mode = wal; {PEOPLE}"));
    let writer = Connection::open(&base.source.file).unwrap();
    writer
        .execute_batch("insert into people values ('eve@x.test', 'Eve')")
        .unwrap();
    let files = base.files();
    assert_eq!(files.len(), 3);
    assert_eq!(base.rows().len(), 3);
    assert_eq!(base.files(), files);
    // A copy without the index of the log, as backups make it.
    let copy = Base::new("");
    for (from, to) in [("", ""), ("-wal", "-wal")] {
        let name = |path: &PathBuf, suffix| format!("{}{suffix}", path.display());
        std::fs::copy(name(&base.source.file, from), name(&copy.source.file, to)).unwrap();
    }
    assert_eq!(copy.rows().len(), 3);
    assert_eq!(copy.files().len(), 2);
}

#[test]
fn what_is_no_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = RecipientsSource {
        file: folder.path().join("people.sqlite"),
        shown: "people.sqlite".to_owned(),
        ..RecipientsSource::default()
    };
    let mut refused = |bytes: &[u8], query: Option<Text>| {
        std::fs::write(&source.file, bytes).unwrap();
        source.query = query;
        Base {
            folder: tempfile::tempdir().unwrap(),
            source: source.clone(),
        }
        .refused()
    };
    assert!(
        refused(&[0x9c, 0x81, 0, 7].repeat(500), None).contains("not an SQLite database, or it is encrypted")
    );
    let whole = std::fs::read(Base::new(PEOPLE).source.file).unwrap();
    let mut damaged = whole.clone();
    damaged[100..].fill(0xaa);
    assert!(refused(&damaged, None).contains("the database is damaged"));
    assert!(!refused(&whole[..1000], None).is_empty());
    let query = Some(Text::of_flag("--query", "select 1"));
    let said = refused(b"email\na@x.test\n", query);
    assert!(
        said.contains("`query` reads from an SQLite database, and people.sqlite is not one")
            && said.contains("--query:1:1")
    );
}
