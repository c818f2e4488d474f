//! What is no workbook that can be read, or no workbook at all.

use crate::support::memory;
use crate::support::workbook::{ods, row, xlsx, zipped};

use super::{MOST_MEMORY, NO_STRINGS, file, kept};

#[test]
fn what_is_no_readable_workbook_is_told_by_what_it_is() {
    for locked in ["locked.xlsx", "locked.ods", "locked.xls"] {
        file(locked, kept(locked))
            .run(&["columns", locked])
            .code(2)
            .stderr_has("this workbook is protected by a password")
            .stderr_has("save it without a password (File");
    }
    let cut = |file: &str| {
        let whole = kept(file);
        whole[..whole.len() / 2].to_vec()
    };
    let odt = "application/vnd.oasis.opendocument.text";
    for (octets, words) in [
        (
            zipped(&[("[Content_Types].xml", "", 0), ("word/document.xml", "", 0)]),
            "a Word document",
        ),
        (
            zipped(&[("Index/Document.iwa", "", 0)]),
            "a file of Apple Numbers",
        ),
        (
            zipped(&[("[Content_Types].xml", "", 0), ("xl/workbook.bin", "", 0)]),
            "a binary Excel workbook (.xlsb)",
        ),
        (
            zipped(&[("mimetype", odt, 0), ("content.xml", "", 0)]),
            "an OpenDocument text",
        ),
        (zipped(&[("holiday.jpg", "", 0)]), "a zip archive, not a workbook"),
        (cut("office.xlsx"), "this workbook cannot be read"),
        (cut("office.ods"), "this workbook cannot be read"),
        (cut("office.xls"), "this workbook cannot be read"),
        (
            xlsx("<row r='1'><c r='A1'><v>x</row>", NO_STRINGS),
            "this workbook cannot be read",
        ),
        (xlsx("", NO_STRINGS), "every sheet of this workbook is empty"),
    ] {
        file("people.xlsx", octets)
            .run(&["columns", "people.xlsx"])
            .code(2)
            .stderr_has(words)
            .stderr_has("--> people.xlsx")
            .stderr_has("hint: ");
    }
}

/// What web sites and programs call a workbook.
#[test]
fn what_is_called_a_workbook_and_is_something_else_is_told() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>email</td></tr></table></html>";
    let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
    for (octets, words) in [
        (
            page.as_bytes().to_vec(),
            "this is a web page (HTML), although its name says that it is a table",
        ),
        (
            ["\u{feff} <TABLE>", page].concat().into_bytes(),
            "a web page (HTML)",
        ),
        ([b"\xff\xfe".to_vec(), utf16].concat(), "a web page (HTML)"),
        (
            old.as_bytes().to_vec(),
            "a workbook in the XML format of Excel 2003",
        ),
        (
            b"<?xml version=\"1.0\"?><people/>".to_vec(),
            "an XML file, not a table",
        ),
        (b"%PDF-1.7\n".to_vec(), "a PDF document, not a table"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related".to_vec(),
            "a web archive",
        ),
        (b"\x1f\x8b\x08\0".to_vec(), "a compressed file (gzip)"),
    ] {
        let bench = file("people.xls", octets.clone());
        bench
            .run(&["columns", "people.xls"])
            .code(2)
            .stderr_has(words)
            .stderr_has("--> people.xls")
            .stderr_has("save it as .xlsx or .ods, or as \"CSV UTF-8\"");
    }
    // Tabs under that name are a table.
    file("people.xls", "email\tname\nada@example.org\t<b>\n")
        .run(&["columns", "people.xls"])
        .code(0)
        .stdout_has("cells separated by tabs");
    file("people.csv", "<name>,email\nAda,ada@example.org\n")
        .run(&["columns", "people.csv"])
        .code(0)
        .stdout_has("{{ row['<name>'] }}");
}

/// In bounded memory, and before anything is done with the rows.
#[test]
fn a_workbook_that_grows_without_end_is_refused() {
    const GIB: u64 = 1 << 30;
    let header = row(1, &[("A", "email"), ("B", "name")]);
    let repeated = |rows: u64, columns: u64| {
        let cell = format!(
            "<table:table-cell table:number-columns-repeated=\"{columns}\"><text:p>a@example.org</text:p></table:table-cell>"
        );
        ods(
            &format!(
                "<table:table table:name=\"x\"><table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row></table:table>"
            ),
            0,
        )
    };
    let entities = r#"<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst><si><t>&c;</t></si></sst>"#;
    for (what, octets, words) in [
        (
            "shared strings",
            xlsx(&header, ("<sst><si><t>", 200 << 20)),
            "its part `xl/sharedStrings.xml` contains a text of more than 16 MiB",
        ),
        (
            "content",
            ods("", GIB + (1 << 20)),
            "its part `content.xml` contains a text of more than 16 MiB",
        ),
        ("rows", repeated(1_000_000_000, 1), "more than 30,000,000 cells"),
        (
            "columns",
            repeated(2, 1_000_000_000),
            "more than 30,000,000 cells",
        ),
        (
            "a column",
            xlsx(&(header.clone() + &row(2, &[("XFE", "x")])), NO_STRINGS),
            "more than 16,384 columns",
        ),
    ] {
        let bench = file("people.xlsx", octets);
        let Some(run) = memory::measured(&bench, &["columns", "people.xlsx"]) else {
            return;
        };
        assert_eq!(run.code, 2, "{what}: {}", run.stderr);
        assert!(
            run.stderr.contains("this workbook is too large: "),
            "{what}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(words), "{what}: {}", run.stderr);
        assert!(
            run.stderr.contains("save the sheet as \"CSV UTF-8\""),
            "{what}: {}",
            run.stderr
        );
        assert!(run.peak < MOST_MEMORY, "{what}: {} octets", run.peak);
    }
    // Empty rows up to the last that a sheet may have are none.
    let far = header.clone() + &row(1_048_576, &[("A", "last@example.org")]);
    file("people.xlsx", xlsx(&far, NO_STRINGS))
        .run(&["columns", "people.xlsx"])
        .code(0)
        .stdout_has("1 row; row 1");
    file("people.xlsx", xlsx(&header, (entities, 0)))
        .run(&["columns", "people.xlsx"])
        .code(2)
        .stderr_has("unrecognized entity `&c;`");
}
