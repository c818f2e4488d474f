//! A file in which every row is wrong in another way: all of it is told at once, each where it stands.

use crate::support::bench::Bench;

const CAMPAIGN: &str = "\
[recipients]
file = 'people.csv'

[message]
from = 'Registrar <registrar@uni.example>'
to = '{{ name }} <{{ email }}>'
reply_to = '{{ tutor }}'
subject = 'Result of {{ course }}'
text = 'notice.txt'
attach = ['{{ file }}']
";

const NOTICE: &str = "\
Dear {{ name }}, {{ course }} on {{ day | date(format='%d.%m.%Y') }}:
{% if score >= 60 %}passed{% endif %} {{ fee | money }}
";

/// Rows, each with the column in which something is wrong, and the words of that. A row is `email,name,course,day,score,fee,tutor,file,_cc,_attach,_lang`.
const ROWS: [(&[u8], &str, &str); 30] = [
    (b"nobody,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "the @ is missing"),
    (b",N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "the address in `to` is empty"),
    (b"a@b@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "it contains several addresses"),
    (b"a b@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "it contains a space"),
    (b"a@,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "the part after the @ is not a domain name"),
    (b"@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "there is nothing before the @"),
    (b"a@example..org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "`a@example..org` is not"),
    (b"a@-example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "`a@-example.org` is not"),
    (b"a.@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "two dots in a row"),
    (b"a@example.org;b@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "it contains several addresses"),
    (b"a\xe2\x80\x93b@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "U+2013"),
    (b"=?utf-8?q?a?=@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "an encoded word"),
    (b"a\x01@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "control character"),
    (b"0123456789012345678901234567890123456789012345678901234567890123456789@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "A", "longer than 64 bytes"),
    (b"p15@example.org,N,\"Art\nHistory\",2026-03-09,80,1,t@uni.example,a.pdf,,,", "C", "the subject of this row contains a line break"),
    (b"p16@example.org,N,Art,3/9/2026,80,1,t@uni.example,a.pdf,,,", "D", "`3/9/2026` cannot be read as a date"),
    (b"p17@example.org,N,Art,2026-02-30,80,1,t@uni.example,a.pdf,,,", "D", "`2026-02-30` cannot be read as a date"),
    (b"p18@example.org,N,Art,,80,1,t@uni.example,a.pdf,,,", "D", "this cell is empty, and notice.txt:1:43"),
    (b"p19@example.org,N,Art,2026-03-09,n/a,1,t@uni.example,a.pdf,,,", "E", "`n/a` is not a number, and notice.txt:2:7 calculates with it"),
    (b"p20@example.org,N,Art,2026-03-09,,1,t@uni.example,a.pdf,,,", "E", "this cell is empty, and notice.txt:2:7"),
    (b"p21@example.org,N,Art,2026-03-09,80,free,t@uni.example,a.pdf,,,", "F", "`free` is not a number"),
    (b"p22@example.org,N,Art,2026-03-09,80,1,tutor,a.pdf,,,", "G", "`tutor` is not an e-mail address"),
    (b"p23@example.org,N,Art,2026-03-09,80,1,t@uni.example,b.pdf,,,", "H", "`b.pdf` of this row cannot be used: it does not exist"),
    (b"p24@example.org,N,Art,2026-03-09,80,1,t@uni.example,../a.pdf,,,", "H", "`../a.pdf` of this row cannot be used: it is outside the campaign's folder"),
    (b"p25@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,boss,,", "I", "`boss` is not an e-mail address"),
    (b"p26@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,c.pdf,", "J", "`c.pdf` of this row cannot be used: it does not exist"),
    (b"p27@example.org,\"N\nN\",Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "B", "in `to` contains a line break"),
    (b"p28@example.org,N,Art,2026-03-09,80,1,t@uni.example", "", "this row has 7 cells, the header has 11"),
    (b"p29@example.org,N,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,,more", "", "this row has 12 cells, the header has 11"),
    (b"p30@example.org,N\xff,Art,2026-03-09,80,1,t@uni.example,a.pdf,,,", "B", "this cell is not valid UTF-8"),
];

#[test]
fn thirty_different_faults_are_all_told_each_at_its_cell() {
    let header = "email,name,course,day,score,fee,tutor,file,_cc,_attach,_lang";
    let mut people = format!("{header}\n").into_bytes();
    for (row, _, _) in ROWS {
        people.extend_from_slice(row);
        people.push(b'\n');
    }
    let bench = Bench::new()
        .campaign(CAMPAIGN)
        .csv("people.csv", people)
        .file("notice.txt", NOTICE)
        .file("a.pdf", "%PDF-1.4");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("nobody,N,Art,2026-03-09,80,1,t@uni.example,a.pdf")
        .stderr_has("score, cell E21\n")
        .stderr_has("… and 10 more problems like these; all of them: ./results/faults.csv")
        .stderr_has("30 rows checked: 30 errors");
    let faults = bench.table("results/faults.csv");
    assert_eq!(faults.len(), ROWS.len(), "{faults:#?}");
    for (number, ((_, letter, words), fault)) in (2..).zip(ROWS.iter().zip(&faults)) {
        let column = letter.bytes().next().map(|letter| usize::from(letter - b'A'));
        let name = column
            .and_then(|at| header.split(',').nth(at))
            .unwrap_or_default();
        let cell = column.map_or(String::new(), |_| format!("{letter}{number}"));
        assert_eq!(fault["row"], number.to_string(), "{fault:#?}");
        assert_eq!(
            (fault["cell"].as_str(), fault["column"].as_str()),
            (cell.as_str(), name),
            "{fault:#?}"
        );
        assert!(fault["problem"].contains(words), "{words}: {fault:#?}");
        assert!(!fault["mend"].is_empty(), "{fault:#?}");
        assert!(
            fault["place"].starts_with(&format!("people.csv:{number}:")),
            "{fault:#?}"
        );
    }
}
