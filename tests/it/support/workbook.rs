//! Workbooks that no spreadsheet program would write.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A zip archive of these parts: their names, their beginning and then so many octets of one kind.
pub(crate) fn zipped(parts: &[(&str, &str, u64)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    let blanks = vec![b' '; 1 << 20];
    for (name, text, more) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
        for _ in 0..more >> 20 {
            zip.write_all(&blanks).expect("its blanks");
        }
    }
    zip.finish().expect("an archive").into_inner()
}

/// An .xlsx of one sheet, with these shared strings.
pub(crate) fn xlsx(rows: &str, strings: (&str, u64)) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zipped(&[
        ("_rels/.rels", PACKAGE, 0),
        ("xl/workbook.xml", BOOK, 0),
        ("xl/_rels/workbook.xml.rels", RELATIONS, 0),
        ("xl/sharedStrings.xml", strings.0, strings.1),
        ("xl/worksheets/sheet1.xml", &sheet, 0),
    ])
}

/// An .xlsx of these sheets, by name, and further parts.
pub(crate) fn sheets(sheets: &[(&str, &str)], further: &[(&str, &str)]) -> Vec<u8> {
    let (mut names, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (name, _)) in (1..).zip(sheets) {
        names += &format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
        relations += &format!(
            "<Relationship Id=\"rId{at}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        );
        parts.push(format!("xl/worksheets/sheet{at}.xml"));
    }
    let one = "<sheet name=\"List\" sheetId=\"1\" r:id=\"rId1\"/>";
    let book = BOOK.replace(one, &names);
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    );
    let mut all = vec![
        ("_rels/.rels", PACKAGE, 0),
        ("xl/workbook.xml", book.as_str(), 0),
        ("xl/_rels/workbook.xml.rels", relations.as_str(), 0),
    ];
    all.extend(
        parts
            .iter()
            .zip(sheets)
            .map(|(part, (_, sheet))| (part.as_str(), *sheet, 0)),
    );
    all.extend(further.iter().map(|(part, text)| (*part, *text, 0)));
    zipped(&all)
}

/// A row of texts.
pub(crate) fn row(number: u64, cells: &[(&str, &str)]) -> String {
    let cells: String = cells
        .iter()
        .map(|(column, text)| format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#))
        .collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// An .ods whose content this is, and then so many blanks.
pub(crate) fn ods(tables: &str, blanks: u64) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0),
        ("content.xml", &content, blanks),
    ])
}
