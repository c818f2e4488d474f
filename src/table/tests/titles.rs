use super::*;

/// Data rows: the first person has no address.
const PEOPLE: &str = "s1,Bob,,80\ns2,Ada,ada@stu.test,90\ns3,Cy,cy@stu.test,70\n";

/// What may be above a header.
const TITLES: [&[&str]; 14] = [
    &["期末成绩登记表"],
    &["期末成绩登记表", "任课教师：李老师,,班级：计科2501"],
    &["任课教师：李老师,,班级：计科2501,"],
    &["某大学", "2026学年第一学期", "课程,数据结构,教师,李老师", ""],
    &[
        "某大学",
        "",
        "学院：计算机",
        "课程：数据结构,学分：3,人数：30",
        "",
    ],
    &["某大学", "教务处", "表1", "2026", "李老师,2501班", ""],
    &["Semester 1", "Course: Physics,,Teacher: Ann Lee", ""],
    &["Course: Physics,Teacher: Ann Lee"],
    &["Course,Physics 101,Teacher,Ann Lee"],
    &["Course list", "Contact: office@uni.test"],
    &["Teilnehmerliste", "Dozentin: Prof. Weiß,,Raum: 5"],
    // Headings above groups of names.
    &["学生,,联系方式,"],
    &["Student,,Contact,"],
    &["", "Liste\u{3000}der Gruppe", "", ""],
];

/// The header that is read of this text, or what is asked.
fn header(text: &str) -> Result<Option<u64>, String> {
    let folder = tempfile::tempdir().unwrap();
    match Table::open(&source(&folder, text.as_bytes())) {
        Ok(table) => Ok(table.header().row),
        Err(error) => Err(error.into_problems().to_string()),
    }
}

fn list(title: &[&str], names: &str) -> (String, u64) {
    let lines: String = title.iter().map(|line| format!("{line}\n")).collect();
    (format!("{lines}{names}\n{PEOPLE}"), title.len() as u64 + 1)
}

#[test]
fn the_header_is_the_row_that_names_the_addresses_whatever_is_above_it() {
    for title in TITLES {
        for names in [
            "学号,姓名,邮箱,成绩",
            "ID,Name,Email,Score",
            "Nr,Vorname,E-Mail-Adresse,Note",
            "番号,氏名,メールアドレス,点",
            "No,Nom,Courriel,Note",
            "№,Имя,Эл. почта,Балл",
        ] {
            let (text, row) = list(title, names);
            assert_eq!(header(&text), Ok(Some(row)), "{text}");
        }
    }
}

#[test]
fn where_no_name_tells_the_rows_are_shown_and_the_user_decides() {
    for title in TITLES {
        let (text, row) = list(title, "学号,姓名,联系方式,成绩");
        let asked = header(&text).expect_err(&text);
        let all = [
            format!("or use --header-row {row}"),
            format!("write header_row = {row} below [recipients]"),
            "学号|姓名|联系方式|成绩".to_owned(),
        ];
        assert!(all.iter().all(|words| asked.contains(words)), "{text}\n{asked}");
    }
    let asked = header("Course: Physics,,,\nNr,Who,Where,Points\nx,Ada,ada@stu.test,1\n").expect_err("asked");
    assert!(asked.contains("1 | / Course: Physics"), "{asked}");
    assert!(asked.contains("3 | | x|Ada|ada@stu.test|1"), "{asked}");
    // An address above the list is that of the teacher.
    let asked = header(&format!("Teacher,li@uni.test,,\nID,Name,Email,Score\n{PEOPLE}"));
    assert!(asked.expect_err("asked").contains("--header-row 2"));
}

#[test]
fn a_first_row_that_names_the_columns_is_the_header() {
    for names in [
        "ID,Name,Email,Score",
        "Nr,Wer,Kontaktweg,Punkte",
        // Two columns have no name; a name has a colon; one is a question of a form.
        "ID,Name,Email,",
        "ID:,Name:,Email:,Score:",
        "ID,Name,Email,How do you rate the course on a scale of one to a hundred?",
        "学号,姓名,联系方式,成绩",
    ] {
        assert_eq!(header(&format!("{names}\n{PEOPLE}")), Ok(Some(1)), "{names}");
    }
    // A cell that is called like a column of addresses is in another column.
    let text = "Wer,Wie,Kontaktweg\nBob,Email,\nAda,Email,ada@stu.test\n";
    assert_eq!(header(text), Ok(Some(1)));
    // Nobody without an address stands for the header.
    let text = "Name,Kontaktweg,Note,\nBob,,1,x\nCy,,2,y\nAda,ada@stu.test,3,z\n";
    assert_eq!(header(text), Ok(Some(1)));
}
