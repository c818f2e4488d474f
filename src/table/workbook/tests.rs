use std::collections::HashSet;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::campaign::{Problem, RecipientsSource};

use super::super::cell::{Meaning, Number, is_time};
use super::super::{RowFault, Table, TableError, letter};
use super::shown::{self, Shown};

mod formats;

const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, octets) in parts {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(octets).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook that holds this: a whole file, an OpenDocument's content or a sheet of Excel.
fn workbook(octets: &[u8]) -> Vec<u8> {
    if octets.starts_with(b"\xd0\xcf") || octets.starts_with(b"PK") {
        return octets.to_vec();
    }
    if memchr::memmem::find(octets, b"office:document").is_some() {
        return zipped(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet".as_slice(),
            ),
            ("content.xml", octets),
        ]);
    }
    zipped(&[
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/worksheets/sheet1.xml", octets),
    ])
}

/// What was found of a table: its size, and what was said.
type Found = (Option<u32>, Option<u32>, Vec<String>);

fn read(source: &RecipientsSource) -> Result<Found, TableError> {
    let mut table = Table::open(source)?;
    let columns = table.header().columns.clone();
    assert!(!columns.is_empty());
    let distinct: HashSet<_> = columns.iter().collect();
    assert_eq!(distinct.len(), columns.len(), "{columns:?}");
    let (mut before, mut rows) = (table.header().row.unwrap_or(0), 0_u64);
    let mut said = HashSet::new();
    for row in table.by_ref() {
        let row = match row? {
            Ok(row) => row,
            Err(RowFault { row, problems }) => {
                said.extend(problems.0.iter().map(|problem| problem.code.to_owned()));
                row
            }
        };
        assert!(row.number > before, "{} after {before}", row.number);
        before = row.number;
        assert_eq!(row.fields.len(), columns.len());
        for (at, plain) in &row.plain {
            assert!(
                row.fields[*at] != *plain && !plain.is_empty(),
                "{} is {plain}",
                row.fields[*at]
            );
        }
        rows += 1;
    }
    said.extend(table.warnings().iter().map(|problem| problem.code.to_owned()));
    let mut said: Vec<_> = said.into_iter().collect();
    said.sort();
    Ok((rows.checked_ilog2(), columns.len().checked_ilog2(), said))
}

#[test]
fn hostile_workbooks_are_read_or_refused() {
    const WORDS: [&[u8]; 22] = [
        b"<c r=\"B2\" s=\"1\"><v>0.5</v></c>",
        b" t=\"s\"",
        b" t=\"inlineStr\"",
        b"<is><t>a@example.org</t></is>",
        b" t=\"e\"",
        b"<f>A1</f>",
        b"<row r=\"1048577\">",
        b"XFE1",
        b"<mergeCell ref=\"A2:B3\"/>",
        b"<!DOCTYPE a [<!ENTITY b \"cc\">]>",
        b"&b;&#0;&#x110000;&amp;",
        b"<![CDATA[a@b]]>",
        b" table:number-rows-repeated=\"4294967296\"",
        b" table:number-columns-repeated=\"18446744073709551615\"",
        b" office:value=\"-1e308\"",
        b" office:value-type=\"date\" office:date-value=\"9999-99-99\"",
        b" office:value-type=\"percentage\"",
        b"<table:covered-table-cell/>",
        b"</table:table><table:table table:name=\"x\">",
        b"\0\xff",
        b"1e400",
        b"\x09\x08\x10\x00",
    ];
    let folder = tempfile::tempdir().unwrap();
    let source = RecipientsSource {
        file: folder.path().join("people.xlsx"),
        shown: "people.xlsx".to_owned(),
        ..RecipientsSource::default()
    };
    fuzzing::hold("workbook", &WORDS, |octets| {
        std::fs::write(&source.file, workbook(octets)).unwrap();
        read(&source).map_err(|error| {
            let problems = error.into_problems();
            for problem in &problems.0 {
                assert!(
                    !problem.what.to_string().is_empty() && !problem.help.is_empty(),
                    "{problem}"
                );
            }
            let words = |problem: Problem| problem.what.to_string().replace(|c: char| !c.is_alphabetic(), "");
            problems.0.into_iter().map(words).collect::<Vec<_>>()
        })
    });
}

/// As LibreOffice and Excel show them; the first column of the table is the code.
#[test]
fn numbers_are_shown_as_their_formats_say() {
    const DAY: f64 = 46_090.0;
    for (code, number, shown, plain) in [
        ("General", 0.1 + 0.2, "0.3", ""),
        ("General", 123_456_789_012_345.0, "123456789012345", ""),
        ("General\"元\"", 5.0, "5元", "5"),
        ("General\"元\"", -5.0, "-5元", "-5"),
        ("General;[Red]-General", -5.0, "-5", ""),
        ("General;[Red]-General", 5.5, "5.5", ""),
        ("[DBNum1][$-804]General", 12.0, "一十二", "12"),
        ("0;-0;;@", 0.0, "", ""),
        ("0;-0;;@", -3.0, "-3", ""),
        ("0.00", -0.001, "0.00", "-0.001"),
        ("#,##0.00", 1234.5, "1,234.50", "1234.5"),
        ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50", "1234.5"),
        ("_(* #,##0.00_)", 1234.5, "1,234.50", "1234.5"),
        ("00000", 42.0, "00042", "42"),
        ("0%", 0.85, "85%", "0.85"),
        ("# ?/?", 1.5, "1 1/2", "1.5"),
        ("0.00E+00", 12_345.678, "1.23E+04", "12345.678"),
        ("\"No. \"0", 7.0, "No. 7", "7"),
        ("yyyy/m/d;@", DAY, "2026/3/9", "2026-03-09"),
        ("d. mmmm yyyy", DAY, "9. March 2026", "2026-03-09"),
        (
            "[$-804]yyyy\"年\"m\"月\"d\"日\"",
            DAY,
            "2026年3月9日",
            "2026-03-09",
        ),
        ("[$-804]aaaa;@", DAY, "星期一", "2026-03-09"),
        ("[$-804]aaa;@", DAY, "周一", "2026-03-09"),
        ("m\"月\"d\"日\"aaaa", DAY, "3月9日星期一", "2026-03-09"),
        ("[$-411]aaaa", DAY, "月曜日", "2026-03-09"),
        ("上午/下午h\"时\"mm\"分\"", 0.75, "下午6时00分", "18:00:00"),
        ("[$-F800]dddd, mmmm dd, yyyy", DAY, "2026-03-09", ""),
        ("ggge\"年\"", DAY, "2026-03-09", ""),
        ("[h]:mm", 1.104_166_666_666, "26:30", "1900-01-01T02:30:00"),
        ("h:mm AM/PM", 0.5, "12:00 PM", "12:00:00"),
        ("0\"open", 5.0, "5", ""),
    ] {
        let found = shown::Style::new(code).show(number, false);
        let plain = (!plain.is_empty()).then(|| plain.to_owned());
        assert_eq!((found.text.as_str(), found.plain), (shown, plain), "{code}");
    }
}

/// Excel writes no code for a format that it knows by its number.
#[test]
fn formats_that_have_a_number_alone_are_known() {
    let formats = [14, 22, 31, 27, 58, 32, 55, 5, 44, 10];
    let xfs: String = formats
        .iter()
        .map(|id| format!("<xf numFmtId=\"{id}\"/>"))
        .collect();
    let styles = STYLES.replace(
        &STYLES[STYLES.find("<cellXfs").unwrap()..STYLES.find("</cellXfs>").unwrap()],
        &format!("<cellXfs count=\"{}\">{xfs}", formats.len()),
    );
    let cell = |at: usize, row: u32, inside: &str| format!("<c r=\"{}{row}\" {inside}</c>", letter(at));
    let header = (0..formats.len()).map(|at| cell(at, 1, &format!("t=\"str\"><v>f{at}</v>")));
    let values = (0..formats.len()).map(|at| cell(at, 2, &format!("s=\"{at}\"><v>46090.75</v>")));
    let (header, values): (String, String) = (header.collect(), values.collect());
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{header}</row><row r=\"2\">{values}</row></sheetData></worksheet>"
    );
    let folder = tempfile::tempdir().unwrap();
    let source = RecipientsSource {
        file: folder.path().join("people.xlsx"),
        shown: "people.xlsx".to_owned(),
        ..RecipientsSource::default()
    };
    let octets = zipped(&[
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    std::fs::write(&source.file, octets).unwrap();
    let mut table = Table::open(&source).unwrap_or_else(|error| panic!("{}", error.into_problems()));
    let row = table.next().unwrap().unwrap().unwrap();
    assert_eq!(
        row.fields,
        [
            "2026-03-09",
            "2026-03-09 18:00",
            "2026年3月9日",
            "2026年3月",
            "3月9日",
            "18时00分",
            "下午6时00分",
            "46,090.75",
            "46,090.75",
            "4609075.00%"
        ]
    );
}

/// What no program writes and no memory should hold is refused before it is read.
#[test]
fn blanks_and_sheets_without_end_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let source = RecipientsSource {
        file: folder.path().join("people.xlsx"),
        shown: "people.xlsx".to_owned(),
        ..RecipientsSource::default()
    };
    let refused = |octets: Vec<u8>| {
        std::fs::write(&source.file, octets).unwrap();
        let Err(error) = Table::open(&source) else {
            panic!("it was read")
        };
        error.into_problems().to_string()
    };
    let blanks = " ".repeat(17 << 20);
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{blanks}<row r=\"1\"/></sheetData></worksheet>"
    );
    let words = refused(workbook(sheet.as_bytes()));
    assert!(words.contains("contains a text of more than 16 MiB"), "{words}");
    let one = "<sheet name=\"List\" sheetId=\"1\" r:id=\"rId1\"/>";
    let many: String = (0..1_001)
        .map(|at| one.replace("List", &format!("List {at}")))
        .collect();
    let octets = zipped(&[
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/workbook.xml", BOOK.replace(one, &many).as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
    ]);
    let words = refused(octets);
    assert!(
        words.contains("it has 1,001 sheets, and at most 1,000 are supported"),
        "{words}"
    );
}

/// What a sheet has is written so that it means the same everywhere else.
#[test]
fn what_is_read_from_a_sheet_is_what_a_cell_means() {
    let plain = |code: &str, number: f64| {
        let shown = shown::Style::new(code).show(number, false);
        shown.plain.unwrap_or(shown.text)
    };
    for number in [
        0.0,
        7.0,
        -1.5,
        0.1 + 0.2,
        1234.5,
        4.2e17,
        1e-6,
        123_456_789_012_345.0,
    ] {
        for code in ["General", "0.00", "#,##0", "0%", "\"€\" 0"] {
            let read = Number::of(&plain(code, number)).map(Number::size);
            assert!(
                read.is_some_and(|read| (read - number).abs() < 1e-9),
                "{code}: {number}"
            );
        }
    }
    for code in ["d.m.yyyy", "yyyy-mm-dd hh:mm", "d mmmm yyyy"] {
        for days in [46090.0, 46090.75, 1.0] {
            let read = plain(code, days);
            assert!(matches!(Meaning::of(&read), Meaning::Date(_)), "{code}: {read}");
        }
        assert!(is_time(&plain(code, 0.5)));
    }
    for yes in [true, false] {
        assert_eq!(Meaning::of(&Shown::yes_or_no(yes).text), Meaning::YesNo(yes));
    }
}
