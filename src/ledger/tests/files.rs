//! The file of a ledger: older ones, newer ones, and other files.

use rusqlite::Connection;

use super::super::*;

#[test]
fn an_older_ledger_becomes_what_a_new_one_is() {
    let columns = |connection: &Connection| -> Vec<String> {
        let sql = "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\"
                   FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1";
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.query_map([], |row| row.get(0)).unwrap();
        columns.collect::<rusqlite::Result<_>>().unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let new = Ledger::open(&folder.path().join("new.db")).unwrap();
    for (name, sql) in [
        ("1.db", include_str!("../../../tests/ledgers/version-1.sql")),
        (
            "3.db",
            include_str!("../../../tests/ledgers/version-3/ledger.sql"),
        ),
        (
            "5.db",
            include_str!("../../../tests/ledgers/version-5/ledger.sql"),
        ),
        (
            "6.db",
            include_str!("../../../tests/ledgers/version-6/ledger.sql"),
        ),
    ] {
        let older = folder.path().join(name);
        Connection::open(&older).unwrap().execute_batch(sql).unwrap();
        let older = Ledger::open(&older).unwrap();
        assert_eq!(columns(&older.connection), columns(&new.connection), "{name}");
    }
}

#[test]
fn a_foreign_or_damaged_file_is_refused_with_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    std::fs::write(
        &path,
        "this is a diary, not a ledger, and it is long enough to be looked at".repeat(20),
    )
    .unwrap();
    assert!(matches!(Ledger::open(&path), Err(LedgerError::Foreign(_))));
    let other = folder.path().join("b.db");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    assert!(matches!(Ledger::open(&other), Err(LedgerError::Foreign(_))));
    let newer = folder.path().join("c.db");
    drop(Ledger::open(&newer).unwrap());
    Connection::open(&newer)
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    assert!(matches!(Ledger::open(&newer), Err(LedgerError::Newer { .. })));
    assert!(matches!(
        Reader::open(&folder.path().join("d.db")),
        Err(LedgerError::None(_))
    ));
}
