//! The house keeps its order: a room names only rooms before it, and inside a room files do not
//! import each other in a circle.
//!
//! The sources are read as Rust tokens, so paths in `use` groups, in code and
//! in the arguments of macros all count, and what stands in comments, strings
//! and documentation does not. `super::` counts as far as it climbs.

mod circles;
mod paths;
pub(crate) mod sources;

use sources::{below, room_of};

/// The rooms in their order: each may name those before it. One that is not built yet is absent.
const ORDER: [&str; 22] = [
    "storage",
    "words",
    "smtp",
    "sandbox",
    "campaign",
    "table",
    "render",
    "recipients",
    "audience",
    "message",
    "delivery",
    "userdata",
    "ledger",
    "report",
    "pass",
    "check",
    "import",
    "inbox",
    "run",
    "api",
    "page",
    "cli",
];

/// Rooms that could be crates of their own, and the few others that they name: the ground that their
/// files stand on, and the words that people read.
const ALONE: [(&str, &[&str]); 2] = [("smtp", &["words"]), ("sandbox", &["storage", "words"])];

/// Names under which everything ends up for which nobody found a place.
const HOMELESS: [&str; 7] = ["utils", "common", "helpers", "shared", "misc", "types", "errors"];

/// No file is longer: one noun, one reason to open it.
const LONGEST: usize = 400;

/// The rooms of the library that are built, in their order.
pub(crate) fn rooms() -> impl Iterator<Item = &'static str> {
    let sources = below("src");
    let built = move |room: &&str| sources.iter().any(|(path, _)| room_of(path) == *room);
    ORDER.into_iter().filter(built)
}

#[test]
fn imports_go_one_way() {
    let faults: Vec<String> = below("src")
        .iter()
        .flat_map(|(path, text)| faults_of(path, text))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_room_has_its_place_in_the_order() {
    for (path, _) in below("src") {
        let room = room_of(&path);
        assert!(
            matches!(room, "lib" | "main") || ORDER.contains(&room),
            "src/{path} belongs to the room `{room}`, which has no place in the order of tests/it/layering.rs"
        );
    }
}

#[test]
fn every_file_has_a_name_that_says_something() {
    let mut faults = Vec::new();
    for (path, _) in below("src") {
        for part in path.trim_end_matches(".rs").split('/') {
            if HOMELESS.contains(&part) {
                faults.push(format!(
                    "src/{path}: `{part}` says nothing of what it is for; a type lives with the module that makes it"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_has_a_size_one_can_hold_in_the_head() {
    let mut faults = Vec::new();
    for folder in ["src", "tests"] {
        for (path, text) in below(folder) {
            let (path, lines) = (format!("{folder}/{path}"), text.lines().count());
            if lines > LONGEST {
                faults.push(format!(
                    "{path} has {lines} lines; more than {LONGEST} is two files"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every way to name a room is seen, and nothing that only looks like one.
#[test]
fn the_walk_sees_every_way_to_name_a_room() {
    let text = r##"
//! [`crate::run`] in documentation is no import.
use crate::{check::{Checked, Finding}, run, ledger as record};
// crate::run::send
pub(in crate::table) fn f() -> crate::report::Summary {
    let _ = "crate::sandbox";
    println!("{}", crate::smtp::Session::new::<crate::cli::Args>());
    super::delivery::start();
    self::inner::g();
}
mod inner {
    use super::super::message;
    use super::f;
}
"##;
    let expected = [
        ("check", 3),
        ("run", 3),
        ("ledger", 3),
        ("table", 5),
        ("report", 5),
        ("smtp", 7),
        ("cli", 7),
        ("delivery", 8),
        ("message", 12),
    ];
    assert_eq!(
        rooms_named("render.rs", text),
        expected.map(|(room, line)| (room.to_owned(), line))
    );
}

#[test]
fn a_wrong_import_is_named_in_a_sentence() {
    let late = faults_of("render.rs", "fn f() {}\nuse crate::{table::Row, run::send};\n");
    assert_eq!(
        late,
        ["src/render.rs:2: `render` names `run`, which comes after it in the order of imports"]
    );
    let alone = faults_of("smtp/wire.rs", "use crate::storage::open; use crate::words::say;");
    assert_eq!(
        alone,
        ["src/smtp/wire.rs:1: `smtp` names `storage`, and `smtp` must name no room of ours but `words`"]
    );
    let front = faults_of("run/mod.rs", "use crate::cli::Args;");
    assert_eq!(
        front,
        ["src/run/mod.rs:1: `run` names `cli`, which comes after it in the order of imports"]
    );
    let itself = faults_of("run/mod.rs", "use mailshot::Campaign;");
    assert_eq!(
        itself,
        ["src/run/mod.rs:1: `run` names the crate as others do; in it write `crate::…`"]
    );
    assert!(faults_of("run/mod.rs", "use crate::{table::Row, run::Mode};").is_empty());
    assert!(faults_of("cli/mod.rs", "use crate::run::send; use crate::cli::args;").is_empty());
}

/// What a file names that it must not.
fn faults_of(path: &str, text: &str) -> Vec<String> {
    let own = room_of(path);
    if matches!(own, "lib" | "main") {
        return Vec::new(); // They name the rooms they are made of.
    }
    let place = |room: &str| {
        ORDER
            .iter()
            .position(|known| *known == room)
            .unwrap_or(ORDER.len())
    };
    let mut faults = Vec::new();
    for (room, line) in rooms_named(path, text) {
        let why = if room == "mailshot" {
            format!("`{own}` names the crate as others do; in it write `crate::…`")
        } else if let Some((_, named)) = ALONE.iter().find(|(alone, _)| *alone == own)
            && !named.contains(&room.as_str())
        {
            let named = named.join("` and `");
            format!("`{own}` names `{room}`, and `{own}` must name no room of ours but `{named}`")
        } else if place(&room) > place(own) {
            format!("`{own}` names `{room}`, which comes after it in the order of imports")
        } else {
            continue;
        };
        faults.push(format!("src/{path}:{line}: {why}"));
    }
    faults
}

/// Every other room that the file at `path` (below src/) names, and in which line; `mailshot` where
/// it names the crate.
fn rooms_named(path: &str, text: &str) -> Vec<(String, usize)> {
    let mut rooms: Vec<(String, usize)> = Vec::new();
    for named in paths::parse(path, text).named {
        let Some(rooted) = named.rooted() else {
            continue;
        };
        let room = match rooted.as_slice() {
            [room, ..] if room != room_of(path) => room.clone(),
            _ => continue,
        };
        if rooms.last() != Some(&(room.clone(), named.line)) {
            rooms.push((room, named.line));
        }
    }
    rooms
}
