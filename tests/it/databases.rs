//! Recipients from SQLite.

use std::fs;

use rusqlite::Connection;

use crate::support::bench::Bench;

const CAMPAIGN: &str = r#"[recipients]
file = "school.db"
query = "select mail as email, name, room from people where term = 3 order by name"

[message]
from = "registrar@uni.example"
subject = "Room {{ room }}"
text = "notice.txt"
"#;

const SCHOOL: &str = "create table people (mail text, name text, room int, term int);
    insert into people values ('bob@example.org', 'Bob', 101, 3), ('ada@example.org', 'Ada', 102, 3),
        ('eve@example.org', 'Eve', 103, 2);
    create table rooms (number int, seats int);";

fn school(bench: &Bench, sql: &str) -> Connection {
    let connection = Connection::open(bench.path("school.db")).expect("a database");
    connection.execute_batch(sql).expect("its tables");
    connection
}

fn bench() -> Bench {
    let bench = Bench::new()
        .campaign(CAMPAIGN)
        .file("notice.txt", "Dear {{ name }}\n");
    drop(school(&bench, SCHOOL));
    bench
}

fn files(bench: &Bench) -> Vec<String> {
    let entries = fs::read_dir(bench.path("")).expect("the campaign's folder");
    let mut names: Vec<_> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("school"))
        .collect();
    names.sort();
    names
}

#[test]
fn the_rows_of_a_query_get_their_messages() {
    let bench = bench();
    let before = bench.bytes("school.db");
    bench.run(&["send", "--sandbox", "--yes"]).code(0);
    let report = bench.report("results/sandbox");
    let rows: Vec<_> = report
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                row["email"], row["name"], row["room"], row["mailshot_status"]
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "ada@example.org Ada 102 accepted",
            "bob@example.org Bob 101 accepted"
        ]
    );
    assert_eq!(files(&bench), ["school.db"]);
    assert!(bench.bytes("school.db") == before);
    // A flag lies over the file's query; stdin is a file as well.
    let query = [
        "--query",
        "select mail as email, name, 7 as room from people where term = 2",
    ];
    bench
        .run(&["preview", "--row", "1", query[0], query[1]])
        .code(0)
        .stdout_has("Subject: Room 7")
        .stdout_has("Dear Eve");
    bench
        .run_with_stdin(&["columns", "-", query[0], query[1]], &before)
        .code(0)
        .stdout_has("-: SQLite database\n1 row\n");
}

#[test]
fn a_database_that_is_in_use_is_read_and_left_as_it_is() {
    let bench = bench();
    let open = school(
        &bench,
        "pragma journal_mode = wal; insert into people values ('zoe@example.org', 'Zoe', 1, 3)",
    );
    let there = files(&bench);
    assert_eq!(there, ["school.db", "school.db-shm", "school.db-wal"]);
    let before = (bench.bytes("school.db"), bench.bytes("school.db-wal"));
    bench.run(&["check"]).code(0).stderr_has("3 rows checked");
    assert_eq!(files(&bench), there);
    assert!((bench.bytes("school.db"), bench.bytes("school.db-wal")) == before);
    drop(open);
    // Nobody has it open: the log is gone, and none is made.
    assert_eq!(files(&bench), ["school.db"]);
    bench.run(&["check"]).code(0).stderr_has("3 rows checked");
    assert_eq!(files(&bench), ["school.db"]);
}

#[test]
fn a_locked_database_says_so() {
    let bench = bench();
    let open = school(&bench, "begin exclusive");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("another program is writing to the database and has locked it");
    drop(open);
    bench.run(&["check"]).code(0);
}

#[test]
fn a_query_that_is_none_is_shown_where_it_stands() {
    let bench = bench();
    for (query, words, column) in [
        ("select mail from peple", "a table that does not exist: peple", 10),
        (
            "select mail as email, nmae from people",
            "a column that does not exist: nmae",
            32,
        ),
        ("delete from people", "the query does more than read", 10),
        ("select 1; drop table people", "several statements", 10),
    ] {
        bench.write(
            "mailshot.toml",
            CAMPAIGN.replace(
                "select mail as email, name, room from people where term = 3 order by name",
                query,
            ),
        );
        bench
            .run(&["check"])
            .code(2)
            .stderr_has(words)
            .stderr_has(&format!("mailshot.toml:3:{column}"));
    }
    bench.write("mailshot.toml", CAMPAIGN.replace("query = ", "# query = "));
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("the database has 2 tables: write a query that selects what to read")
        .stderr_has("people: mail, name, room, term")
        .stderr_has("query = 'select * from \"people\"'");
    bench
        .run(&["columns", "school.db", "--sheet", "rooms"])
        .code(0)
        .stdout_has("read: rooms; there are also people\n");
    bench.write("people.csv", "email,name,room\nada@example.org,Ada,1\n");
    bench.write("mailshot.toml", CAMPAIGN.replace("school.db", "people.csv"));
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("`query` reads from an SQLite database, and people.csv is not one")
        .stderr_has("mailshot.toml:3:10");
}

#[test]
fn a_value_that_is_no_text_is_a_fault_of_its_row() {
    let bench = bench();
    drop(school(
        &bench,
        "update people set name = x'00ff' where name = 'Bob'",
    ));
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("school.db:2:")
        .stderr_has("this value is binary (2 bytes), not text");
}
