//! What is below a list and does not belong to it: totals, who made it, a signature.

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::workbook::{ods, row, xlsx};

/// Two title lines, the header in row 4, three students, a blank row, two lines below the table.
const GRID: [&[&str]; 10] = [
    &["期末成绩登记表"],
    &["任课教师：李老师", "", "班级：2501"],
    &[],
    &["学号", "姓名", "邮箱", "成绩", "通过"],
    &["s01", "王小明", "wang@stu.example", "90", "是"],
    &["s02", "李四", "li@stu.example", "50", "否"],
    &["s03", "孙三", "sun@stu.example", "70", "是"],
    &[],
    &["", "", "", "", "2 人通过"],
    &["制表人：李老师", "", "", "", ""],
];

const CAMPAIGN: &str = "\
[recipients]
file = 'FILE'

[message]
from = 'Li <li@uni.example>'
subject = '{{ 成绩 }}'
text = 'notice.txt'
";

const NOTICE: &str = "{{ 姓名 }} ({{ 学号 }}): {% if 通过 %}passed{% endif %}\n";

const LETTERS: [&str; 5] = ["A", "B", "C", "D", "E"];

fn as_csv(grid: &[&[&str]]) -> Vec<u8> {
    let line = |cells: &&[&str]| {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        format!("{}\n", (0..5).map(cell).collect::<Vec<_>>().join(","))
    };
    grid.iter().map(line).collect::<String>().into_bytes()
}

fn as_xlsx(grid: &[&[&str]]) -> Vec<u8> {
    let rows = (1..).zip(grid).map(|(number, cells)| {
        let cells = LETTERS.into_iter().zip(cells.iter().copied());
        let cells: Vec<_> = cells.filter(|(_, text)| !text.is_empty()).collect();
        row(number, &cells)
    });
    xlsx(&rows.collect::<String>(), ("<sst/>", 0))
}

fn as_ods(grid: &[&[&str]]) -> Vec<u8> {
    let rows = grid.iter().map(|cells| {
        let cell = |text: &&str| match *text {
            "" => "<table:table-cell/>".to_owned(),
            text => format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            ),
        };
        let cells: String = cells.iter().map(cell).collect();
        let cells = if cells.is_empty() {
            "<table:table-cell/>"
        } else {
            &cells
        };
        format!("<table:table-row>{cells}</table:table-row>")
    });
    let rows: String = rows.collect();
    ods(
        &format!("<table:table table:name=\"成绩\">{rows}</table:table>"),
        0,
    )
}

fn bench(list: &str, octets: Vec<u8>) -> Bench {
    Bench::new()
        .file(list, octets)
        .campaign(&CAMPAIGN.replace("FILE", list))
        .file("notice.txt", NOTICE)
}

/// A list of `学号,姓名,邮箱,成绩,通过` with these rows.
fn of_rows(rows: &str) -> Bench {
    bench(
        "list.csv",
        format!("学号,姓名,邮箱,成绩,通过\n{rows}").into_bytes(),
    )
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn lines_below_a_list_are_skipped_and_shown_in_every_format() {
    let lists = [
        ("list.csv", as_csv(&GRID)),
        ("list.xlsx", as_xlsx(&GRID)),
        ("list.ods", as_ods(&GRID)),
    ];
    for (list, octets) in lists {
        let bench = bench(list, octets);
        let checked = bench.run(&["check", "--json"]);
        checked
            .code(0)
            .stderr_lacks("error")
            .stderr_has("2 rows below the table are skipped: row 9 (2 人通过), row 10 (制表人：李老师)")
            .stderr_has(&format!("--> {list}:9:1"))
            .stderr_has("3 rows checked: 3 messages")
            .stderr_has("2 rows below the table skipped");
        let document = json(&checked.stdout);
        assert_eq!(document["rows"], 3, "{list}");
        assert_eq!(document["rows_below_table"], 2, "{list}");
        // The words below the table are not answers of its column.
        let columns = bench.run(&["columns", list, "--json"]);
        columns.code(0).stderr_has("2 rows below the table are skipped");
        let document = json(&columns.stdout);
        assert_eq!(
            (&document["rows"], &document["header_row"]),
            (&3.into(), &4.into())
        );
        assert_eq!(document["columns"][4]["looks"], "yes-no", "{list}");
        assert_eq!(document["columns"][4]["others"], 0, "{list}");
        bench.run(&["send", "--dry-run"]).code(0);
        assert_eq!(bench.eml("results/preview").len(), 3, "{list}");
    }
}

#[test]
fn a_run_sends_to_the_list_alone_and_records_nothing_of_what_is_below() {
    let bench = bench("list.xlsx", as_xlsx(&GRID));
    let sent = bench.run(&["send", "--sandbox"]);
    sent.code(0).stderr_has("rows below the table");
    let rows = bench.report("results/sandbox");
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows.iter().all(|row| row["mailshot_status"] == "accepted"));
    // Sorted, grouped and filtered lists have the same lines below them.
    for key in ["sort = ['-成绩']", "group_by = ['学号']", "where = \"成绩 > 0\""] {
        let campaign = CAMPAIGN.replace("FILE", "list.xlsx");
        bench.write(
            "mailshot.toml",
            campaign.replace("'\n\n", &format!("'\n{key}\n\n")),
        );
        bench
            .run(&["check"])
            .code(0)
            .stderr_has("2 rows below the table are skipped")
            .stderr_has("3 rows checked: 3 messages");
    }
}

#[test]
fn nobody_who_may_be_a_person_is_skipped() {
    let list = "s01,王小明,wang@stu.example,90,是\n";
    let many = format!("{list}\n{}", "补考,,,,\n".repeat(21));
    for (rows, row) in [
        // Directly below the list, without a blank row.
        (format!("{list}制表人：李老师,,,,\n"), 3),
        // Most cells are filled in.
        (format!("{list}\ns02,李四,,50,否\n"), 4),
        // The list goes on below.
        (format!("{list}\n二班,,,,\ns02,李四,li@stu.example,50,否\n"), 4),
        (format!("{list}\n二班,,,,\n\ns02,李四,li@stu.example,50,否\n"), 4),
        (format!("{list}\n二班,,,,\ns02,李四,,50,否\n"), 4),
        // Nobody is above it.
        (format!("\n二班,,,,\n{list}"), 3),
        (many, 4),
    ] {
        of_rows(&rows)
            .run(&["check"])
            .code(2)
            .stderr_lacks("below the table")
            .stderr_has(&format!(" --> list.csv:{row}:"))
            .stderr_has("the address in `to` is empty");
    }
    // A line that is torn in two is no line below the list.
    of_rows(&format!("{list}\n\"a, b\",c,,d,e,f,g\n"))
        .run(&["check"])
        .code(2)
        .stderr_has("list.csv:4:1")
        .stderr_has("this row has 7 cells, the header has 5");
}

#[test]
fn a_heading_within_a_list_is_left_out_by_the_condition_that_is_suggested() {
    let rows = "s01,王小明,wang@stu.example,90,是\n\n二班,,,,\ns02,李四,li@stu.example,50,否\n";
    let bench = of_rows(rows);
    let told = bench.run(&["check"]);
    let where_ = "where = \"姓名 != ''\"";
    told.code(2).stderr_has(where_);
    let campaign = CAMPAIGN.replace("FILE", "list.csv");
    bench.write(
        "mailshot.toml",
        campaign.replace("'\n\n", &format!("'\n{where_}\n\n")),
    );
    bench.run(&["check"]).code(0).stderr_has("2 messages");
    // A person without an address is not left out by it.
    bench.write(
        "list.csv",
        format!("学号,姓名,邮箱,成绩,通过\n{rows}s03,赵五,,60,是\n"),
    );
    bench.run(&["check"]).code(2).stderr_has("list.csv:6:");
    // The address is made of a cell that a heading fills in.
    let made = of_rows(&rows.replace("二班", "Class 2"));
    made.write(
        "mailshot.toml",
        CAMPAIGN
            .replace("FILE", "list.csv")
            .replace("subject", "to = '{{ 学号 }}@stu.example'\nsubject"),
    );
    made.run(&["check"])
        .code(2)
        .stderr_has("list.csv:4:")
        .stderr_has(where_);
    // Another condition is kept.
    let campaign = CAMPAIGN.replace("FILE", "list.csv");
    let both = of_rows(rows);
    both.write(
        "mailshot.toml",
        campaign.replace("'\n\n", "'\nwhere = \"row_number > 1\"\n\n"),
    );
    both.run(&["check"])
        .code(2)
        .stderr_has("where = \"(row_number > 1) and 姓名 != ''\"");
    // No condition is certain: nothing is suggested.
    let nobody = of_rows("s01,,wang@stu.example,,\n二班,,,,\ns02,李四,li@stu.example,,否\n");
    nobody.run(&["check"]).code(2).stderr_lacks("where = ");
}

#[test]
fn short_lines_and_broken_formulas_below_a_list_are_skipped() {
    of_rows("s01,王小明,wang@stu.example,90,是\n\n合计 1 人\n平均分,,,#REF!,\n")
        .run(&["check"])
        .code(0)
        .stderr_has("2 rows below the table are skipped: row 4 (合计 1 人), row 5 (平均分 | #REF!)");
    // An address is made of the number of a student, and not of a word.
    let made = of_rows("s01,王小明,,90,是\ns02,李四,,80,是\n\n合计,,,,\n制表人：李老师,,,,\n");
    made.write(
        "mailshot.toml",
        CAMPAIGN
            .replace("FILE", "list.csv")
            .replace("subject", "to = '{{ 学号 }}@stu.example'\nsubject"),
    );
    made.run(&["check"])
        .code(0)
        .stderr_has("2 rows checked: 2 messages")
        .stderr_has("2 rows below the table are skipped: row 5 (合计), row 6 (制表人：李老师)");
    made.write(
        "list.csv",
        "学号,姓名,邮箱,成绩,通过\ns01,王小明,,90,是\n\ns02,,,,\n",
    );
    made.run(&["check"])
        .code(0)
        .stderr_has("2 rows checked: 2 messages");
    // Of more than three, the others are counted.
    of_rows("s01,王小明,wang@stu.example,90,是\n\nA\nB\n\nC\nD\nE\n")
        .run(&["check"])
        .code(0)
        .stderr_has("row 4 (A), row 5 (B), row 7 (C), 2 more");
}

#[test]
fn columns_that_nothing_uses_are_a_note_and_nearly_right_names_a_warning() {
    let bench = Bench::new()
        .campaign(
            CAMPAIGN
                .replace("FILE", "list.csv")
                .replace("{{ 成绩 }}", "Hello")
                .as_str(),
        )
        .csv(
            "list.csv",
            "email,Nickname,town,_skp,tel\nada@example.org,Ada,Rome,x,1\n",
        )
        .file(
            "notice.txt",
            "Dear {{ nickname2 | default(value='reader') }},\n{{ Nickname }} {{ tel }}\n",
        );
    let told = bench.run(&["check", "--json"]);
    // `_skp` leaves nobody out, and is meant to.
    told.code(0)
        .stderr_has("warning[unused-column]: the column `_skp` is not used anywhere")
        .stderr_has("hint: if it is meant to be `_skip`, rename the column `_skp`")
        .stderr_has("\nnote[unused-column]: the column `town` is not used anywhere\n");
    let document = json(&told.stdout);
    assert_eq!(
        (&document["warnings"], &document["notes"]),
        (&1.into(), &1.into())
    );
    bench.write(
        "notice.txt",
        "Dear {{ nickname2 | default(value='reader') }},\n{{ tel }}\n",
    );
    bench.run(&["check"]).code(0).stderr_has(
        "hint: a template asks for `nickname2`, which is not a column: write {{ Nickname }} there if this one is meant",
    );
    bench
        .run(&["--lang", "zh", "check"])
        .code(0)
        .stderr_has("说明[unused-column]：列 `town` 没有用到\n");
}

#[test]
fn a_later_run_goes_on_with_the_list_alone() {
    let peer = Peer::policy(|_| None);
    let rows = "s01,王小明,wang@stu.example,90,是\ns02,李四,li@stu.example,50,否\n";
    let below = "\n,,,,合计 2 人\n";
    let bench = of_rows(&format!("{rows}{below}"));
    let relay = format!("\n[relay.here]\nserver = '{}'\n", peer.url());
    bench.write("mailshot.toml", CAMPAIGN.replace("FILE", "list.csv") + &relay);
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    // A line more below the list, and a student more in it.
    let more = "s03,孙三,sun@stu.example,70,是\n";
    let list = format!("学号,姓名,邮箱,成绩,通过\n{rows}{more}{below}制表人：李老师,,,,\n");
    bench.write("list.csv", list);
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("2 rows below the table are skipped: row 6 (合计 2 人), row 7 (制表人：李老师)");
    assert_eq!(bench.report("results").len(), 3);
    bench.run(&["status"]).code(0).stdout_lacks("invalid");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.recipients().len(), 3);
}
