//! Rows of a file that changed, or that the pass did not read to its end.

use crate::table::{RowIndex, Table};

use super::super::Marks;
use super::{kept, pass};

const PEOPLE: &str = "email,name\na@x.test,A\n\nb@x.test,B\nc@x.test,C\n";

fn name(index: &RowIndex, number: u64) -> Option<String> {
    index
        .row(number)
        .unwrap()
        .map(|row| row.unwrap().fields[1].clone())
}

#[test]
fn a_row_that_the_pass_did_not_reach_is_found_too() {
    let kept = kept("people.csv", PEOPLE.as_bytes());
    let mut table = Table::open(&kept.source).unwrap();
    let none_read = RowIndex::of(&table);
    table.next();
    let one_read = RowIndex::of(&table);
    for index in [none_read, one_read] {
        let names = [1, 2, 3, 4, 5, 6].map(|number| name(&index, number));
        let expected = [None, Some("A"), None, Some("B"), Some("C"), None];
        assert_eq!(names, expected.map(|name| name.map(str::to_owned)));
    }
}

/// The same people, of whom one has a longer address and one a shorter: rows begin elsewhere.
fn moved() -> String {
    PEOPLE.replace("a@x", "aaa@x").replace("c@x.test", "c@x.te")
}

#[test]
fn of_a_file_that_changed_the_row_is_that_of_now() {
    let kept = kept("people.csv", PEOPLE.as_bytes());
    let index = pass(&kept.source, Marks::new(1, 16)).unwrap().index;
    assert_eq!(name(&index, 4).as_deref(), Some("B"));
    std::fs::write(&kept.source.file, moved() + "d@x.test,D\n").unwrap();
    assert_eq!(name(&index, 4).as_deref(), Some("B"));
    assert_eq!(name(&index, 3), None);
    assert_eq!(name(&index, 6).as_deref(), Some("D"));
    std::fs::remove_file(&kept.source.file).unwrap();
    let gone = index.row(4).unwrap_err().into_problems().to_string();
    assert!(gone.contains("cannot be read"), "{gone}");
}

/// Programs that put a file in another's place may give it its time.
#[cfg(unix)]
#[test]
fn a_file_in_the_place_of_another_is_seen_though_length_and_time_are_the_same() {
    let kept = kept("people.csv", PEOPLE.as_bytes());
    let index = pass(&kept.source, Marks::new(1, 16)).unwrap().index;
    let time = std::fs::metadata(&kept.source.file).unwrap().modified().unwrap();
    let other = kept.source.file.with_extension("new");
    std::fs::write(&other, moved()).unwrap();
    let file = std::fs::File::options().write(true).open(&other).unwrap();
    file.set_modified(time).unwrap();
    assert_eq!(file.metadata().unwrap().len(), PEOPLE.len() as u64);
    std::fs::rename(&other, &kept.source.file).unwrap();
    assert_eq!(name(&index, 4).as_deref(), Some("B"));
}

/// The templates that a row is for were compiled for its columns.
#[test]
fn a_file_whose_columns_changed_has_no_rows() {
    let kept = kept("people.csv", PEOPLE.as_bytes());
    let index = pass(&kept.source, Marks::default()).unwrap().index;
    std::fs::write(&kept.source.file, "name,email\nA,a@x.test\n").unwrap();
    let words = index.row(2).unwrap_err().into_problems().to_string();
    assert!(words.contains("the columns of this file have changed"), "{words}");
}

#[test]
fn rows_of_a_database_are_found_by_reading_them() {
    let kept = kept("people.db", b"");
    let database = rusqlite::Connection::open(&kept.source.file).unwrap();
    database
        .execute_batch("CREATE TABLE people (email, name); INSERT INTO people VALUES ('a@x.test', 'A'), ('b@x.test', 'B');")
        .unwrap();
    drop(database);
    let pass = pass(&kept.source, Marks::default()).unwrap();
    assert_eq!(pass.rows.len(), 2);
    for number in 0..=pass.last() + 1 {
        pass.hold(number);
    }
}
