//! Tables in a text part made from HTML: no word of a cell is torn, and none is left out.

use std::fmt::Write as _;

use super::markup::body;
use super::texts;

/// What stands in a table, and the whole text that is made of it; `^` is a text that is longer than a line,
/// `§` an address of 57 characters.
const CASES: &[(&str, &str)] = &[
    // The marks of what is bold have room of their own.
    (
        "<tr><td><b>Room</b></td><td>A1</td></tr><tr><td><b>Seat</b></td><td>7</td></tr>",
        "**Room** A1\n**Seat** 7",
    ),
    (
        "<tr><td><strong><span>Code</span></strong></td><td><i>x</i>, <em>y</em></td></tr>",
        "**Code** *x*, *y*",
    ),
    (
        "<tr><td>Old</td><td><s>18:30</s></td></tr><tr><td>New</td><td><del>x</del> 19:00</td></tr>",
        "Old ~~18:30~~\nNew ~~x~~ 19:00",
    ),
    // The lines of a long cell take no room from a short one.
    (
        "<tr><td>Time</td><td>18:30</td><td>^</td></tr>",
        "Time 18:30 and so on and so on and so on and so on and so on and so on and\n           so on",
    ),
    (
        "<tr><td><b>Room</b>:</td><td>^</td></tr>",
        "**Room**: and so on and so on and so on and so on and so on and so on and\n          so on",
    ),
    (
        "<tr><th>日期</th><th><b>时间</b></th></tr><tr><td>2026-11-27</td><td>14:00</td></tr>",
        "日期       **时间**\n2026-11-27 14:00",
    ),
    (
        "<tr><td>Fee</td><td>5&nbsp;000&nbsp;€</td><td>^</td></tr>",
        "Fee 5\u{a0}000\u{a0}€ and so on and so on and so on and so on and so on and so on\n            and so on",
    ),
    // Cells that would be torn stand below each other, and rows apart.
    (
        "<tr><td>Register</td><td>§</td><td>^</td></tr>",
        "Register\n§\nand so on and so on and so on and so on and so on and so on and so on",
    ),
    (
        "<tr><td>Mail</td><td>firstname.lastname@department.university.example</td><td>Confirmation-2026-11-27</td></tr>\
         <tr><td>Mail</td><td>x@y.example</td><td>None</td></tr>",
        "Mail\nfirstname.lastname@department.university.example\nConfirmation-2026-11-27\n\nMail\nx@y.example\nNone",
    ),
    (
        "<tr><td>Monday</td><td>Tuesday</td><td>Wednesday</td><td>Thursday</td><td>Friday</td><td>Saturday</td>\
         <td>Sunday</td><td>Holidays</td><td>Examinations</td></tr>",
        "Monday\nTuesday\nWednesday\nThursday\nFriday\nSaturday\nSunday\nHolidays\nExaminations",
    ),
    // A column alone is none.
    ("<tr><td><b>Buy tickets</b></td></tr>", "**Buy tickets**"),
    ("<tr><td>One</td></tr><tr><td>Two</td></tr>", "One\nTwo"),
    // What is over a table, and nothing in it.
    (
        "<caption>The hall</caption><tr><th>Seat</th><th>Row</th></tr><tr><td>7</td><td>12</td></tr>",
        "The hall\n\nSeat Row\n7    12",
    ),
    (
        "<tr><td>A</td><td></td><td>B</td></tr><tr><td></td><td></td><td></td></tr><tr><td>C</td><td></td><td>D</td></tr>",
        "A B\nC D",
    ),
    (
        "<tr><td>Bring</td><td><ul><li>Passport<li>Confirmation of the university</ul></td></tr>",
        "Bring * Passport\n      * Confirmation of the university",
    ),
];

#[test]
fn no_word_of_a_table_is_torn() {
    let address = format!("https://d.example/{}", "a".repeat(39));
    let long = "and so on ".repeat(7);
    let filled = |text: &str| text.replace('^', long.trim()).replace('§', &address);
    let (mut people, mut page) = ("email,n\n".to_owned(), String::new());
    for (n, (html, _)) in CASES.iter().enumerate() {
        let _ = writeln!(people, "a{n}@example.org,{n}");
        let html = html.replace('^', long.trim()).replace('§', &address);
        let _ = write!(page, "{{% if n == {n} %}}<table>{html}</table>{{% endif %}}");
    }
    let found = texts(&body(&people, "html = 'n.html'", "n.html", &page));
    assert_eq!(found.len(), CASES.len());
    let wrong: Vec<_> = std::iter::zip(CASES, &found)
        .filter(|((_, expected), text)| **text != filled(expected))
        .map(|((html, expected), text)| format!("{html}\n  {expected:?}\n  {text:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
