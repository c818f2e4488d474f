//! Anything that a file called .csv may contain.

use std::collections::HashSet;

use super::*;

const WORDS: [&[u8]; 27] = [
    b"\"",
    b"\"\"",
    b"\"\n\"",
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\n\x1a",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xcd\xf5",
    b"mailshot_status",
    b"email",
    b"#",
    b"|",
    b"sep=;\n",
    b"a\0,\0",
    "\u{59d3}\u{540d}".as_bytes(),
    b"{{ name }}",
    b"=1+1",
    b"\x1b[2J",
    "\u{202e}".as_bytes(),
    "\u{85}\u{2028}".as_bytes(),
];

/// What a file was read as.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Reads it all and holds what is said about it against its octets.
fn read(source: &RecipientsSource, bytes: &[u8], kinds: &mut HashSet<String>) -> Option<Read> {
    // A row takes at least one line end, whichever; the last may lack its own.
    let lines = 1 + bytes.iter().filter(|b| matches!(b, b'\r' | b'\n')).count();
    let mut note = |problem: &Problem| {
        let place = problem.place.as_ref().expect("a problem has a place");
        assert_eq!(&*place.path, "people.csv");
        assert!(
            place.text.is_empty() || (1..=lines).contains(&place.line()),
            "{problem}"
        );
        let number = |word: &str| -> Option<usize> {
            let what = problem.what.to_string();
            let digits = what.split(word).nth(1)?;
            digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
        };
        if problem.what.to_string().starts_with("row ") {
            assert!(
                (1..=lines).contains(&number("row ").expect("a row")),
                "{problem:?}"
            );
        }
        // A column of ours is dropped, and the fault is its row's.
        let cell = place.cell.as_ref().filter(|cell| !cell.letter.is_empty());
        if let Some(cell) = cell.filter(|_| problem.code == "not-text") {
            assert!(cell.value.contains('\u{fffd}'), "{problem:?}");
        }
        assert!(
            !problem.what.to_string().contains(char::is_control),
            "{:?}",
            problem.what
        );
        let what = problem.what.to_string();
        let kind = what.chars().filter(|c| c.is_ascii_lowercase()).take(24);
        // To make a report takes longer than to read a file.
        if kinds.insert(kind.collect()) {
            let said = problem.to_string();
            assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
        }
    };
    let mut table = match Table::open(source) {
        Ok(table) => table,
        Err(error) => {
            error.into_problems().0.iter().for_each(note);
            return None;
        }
    };
    let header = Arc::clone(table.header());
    assert!(!header.columns.is_empty());
    let (mut last, mut rows) = (1, Vec::new());
    for row in table.by_ref() {
        let number = match row {
            Ok(Ok(row)) => {
                assert_eq!(row.fields.len(), header.columns.len());
                // Where only a column of ours says something, a rewritten row is empty and none.
                if row.fields.iter().any(|cell| !cell.trim().is_empty()) {
                    rows.push(row.fields);
                }
                row.number
            }
            Ok(Err(fault)) => {
                assert_eq!(fault.row.fields.len(), header.columns.len());
                fault.problems.0.iter().for_each(&mut note);
                fault.row.number
            }
            Err(error) => {
                error.into_problems().0.iter().for_each(&mut note);
                break;
            }
        };
        assert!(
            last < number && number <= lines as u64,
            "row {number} behind row {last}"
        );
        last = number;
    }
    Some(Read {
        columns: header.names.clone(),
        rows,
    })
}

#[test]
fn whatever_a_file_holds_is_read_as_it_was_written_or_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let source = source(&folder, b"");
    fuzzing::hold("csv", &WORDS, |bytes| {
        let mut kinds = HashSet::new();
        let mut source = source.clone();
        std::fs::write(&source.file, bytes).unwrap();
        let found = read(&source, bytes, &mut kinds);
        // A name that begins with the mark inside its quotes would lose it without them.
        if let Some(found) = found
            .as_ref()
            .filter(|f| !f.columns[0].starts_with(['\u{feff}', '{', '[']))
        {
            // Another program writes it again, as Excel does.
            let cells = || found.columns.iter().chain(found.rows.iter().flatten());
            let mut writer = csv::WriterBuilder::new();
            if cells().any(|cell| cell.ends_with('\u{1a}')) {
                // Without quotes it may be the end of a file of DOS.
                writer.quote_style(csv::QuoteStyle::Always);
            }
            let mut writer = writer.from_writer("\u{feff}".as_bytes().to_vec());
            for cells in std::iter::once(&found.columns).chain(&found.rows) {
                writer.write_record(cells).unwrap();
            }
            let again = writer.into_inner().unwrap();
            std::fs::write(&source.file, &again).unwrap();
            source.delimiter = Some(b',');
            source.header_row = Some(1);
            let reread = read(&source, &again, &mut HashSet::new());
            assert_eq!(reread.as_ref(), Some(found), "{}", again.escape_ascii());
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort();
        let size = |n: usize| n.checked_ilog2();
        (kinds, found.map(|f| (size(f.rows.len()), size(f.columns.len()))))
    });
}
