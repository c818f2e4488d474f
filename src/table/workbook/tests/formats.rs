//! Number formats: beside SheetJS and LibreOffice, and by Excel's rules where those differ.

use std::path::Path;

use serde_json::Value;

use super::super::shown::Style;

/// Code, value and what is shown, a line each.
fn kept(file: &str) -> Vec<(String, Value, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    let lines = std::fs::read_to_string(folder.join(file)).unwrap();
    let read = |line: &str| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default().to_owned();
        (next(), serde_json::from_str(&next()).unwrap(), next())
    };
    lines.lines().map(read).collect()
}

fn shown(code: &str, value: &Value) -> String {
    let style = Style::new(code);
    match value.as_f64() {
        Some(number) => style.show(number, false).text,
        None => style.text(value.as_str().unwrap()).text,
    }
}

/// Whatever the code and the number are: 3,700 that were made up at random, kept.
#[test]
fn formats_are_shown_as_sheetjs_shows_them() {
    let kept = kept("ssf.tsv");
    assert!(kept.len() > 3_000);
    let wrong: Vec<_> = kept
        .iter()
        .map(|(code, value, expected)| (code, value, expected, shown(code, value)))
        .filter(|(_, _, expected, shown)| *expected != shown)
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), kept.len());
}

/// What LibreOffice shows otherwise, and why not.
const EXCEL: [(&str, f64, &str); 2] = [
    // Microsoft calls months so in Japanese; LibreOffice says 三月.
    ("[$-411]d mmmm yyyy", 46_090.0, "9 3月 2026"),
    // The order of sorting that 40A stands for (MS-LCID) makes no other language of Spanish.
    ("[$-40A]d\" de \"mmmm\" de \"yyyy", 46_090.0, "9 de marzo de 2026"),
];

#[test]
fn formats_are_shown_as_libreoffice_shows_them_or_as_excel_does() {
    let mut wrong = Vec::new();
    for (code, value, libre) in kept("libreoffice.tsv") {
        let of_excel = EXCEL
            .iter()
            .find(|(known, of, _)| *known == code && Some(*of) == value.as_f64());
        let expected = of_excel.map_or(libre.as_str(), |(_, _, shown)| shown);
        assert!(of_excel.is_none() || expected != libre, "{code}: they are alike");
        let shown = shown(&code, &value);
        if shown != expected {
            wrong.push((code, value, expected.to_owned(), shown));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Rules of Excel that neither of the two has.
#[test]
fn formats_are_shown_by_the_rules_of_excel() {
    const DAY: f64 = 46_090.0;
    for (code, number, expected) in [
        // Fifteen digits, half away from zero, also behind a percent sign (KB 78113).
        ("0%", 0.145, "15%"),
        ("0%", 0.565, "57%"),
        ("0%", 0.575, "58%"),
        ("0.0%", 0.0725, "7.3%"),
        ("0.00", 2.675, "2.68"),
        ("0", 2.5, "3"),
        ("0", -2.5, "-3"),
        ("0.0,", 1_250.0, "1.3"),
        ("0.0E+0", 12_500.0, "1.3E+4"),
        ("0.00E-00", 4.2, "4.20E00"),
        // Zeros also fill the places before a point (ECMA-376 part 1, §18.8.31).
        ("00000.00", 9.2, "00009.20"),
        ("000.0?", 1.0, "001.0"),
        // A date and its time are of one number.
        ("d/m/yyyy h:mm:ss", 46_090.999_999, "10/3/2026 0:00:00"),
        ("d/m/yyyy", 46_090.999_9, "9/3/2026"),
        ("[h]:mm:ss", 0.999_999_999_9, "24:00:00"),
        // 1900 has a 29 February and begins with a day 0 (KB 214326); what is before is not shown.
        ("yyyy-mm-dd dddd", 60.0, "1900-02-29 Wednesday"),
        ("yyyy-mm-dd", 0.0, "1900-01-00"),
        ("ddd", 1.0, "Sun"),
        ("yyyy-mm-dd", -1.0, "########"),
        ("[h]:mm", -0.5, "########"),
        ("yyyy-mm-dd", 2_958_466.0, "########"),
        // A number that no condition is for (Excel fills the cell), or none of the only one.
        ("[<=100]0;[>200]0.0", 150.0, "########"),
        ("[>=100]0.0;0.00", -5.0, "-5.00"),
        ("[=1]\"one\";[=2]\"two\";0", -3.0, "-3"),
        // The genitive that Excel offers for Russian, Ukrainian and Belarusian.
        ("[$-FC19]dd mmmm yyyy", DAY, "09 марта 2026"),
        ("[$-FC19]mmmm", DAY, "марта"),
        ("[$-419]mmmm yyyy", DAY, "март 2026"),
        ("[$-FC22]d mmmm yyyy", DAY, "9 березня 2026"),
        // Tags of Excel 365, with the digits and the calendar behind a comma.
        ("[$-de-DE]d. mmmm", DAY, "9. März"),
        ("[$-pt-BR]dddd, d \"de\" mmmm", DAY, "segunda-feira, 9 de março"),
        ("[$-th-TH,D07]d mmmm yyyy", DAY, "๙ มีนาคม ๒๕๖๙"),
        ("[$-,107]d/m/yyyy", DAY, "9/3/2569"),
        ("[$-ja-JP-x-gannen]ggge\"年\"", 43_586.0, "令和元年"),
        ("[$-ja-JP-x-gannen,80]ggge\"年\"", DAY, "令和8年"),
        ("[$-x-sysdate]dddd, mmmm dd, yyyy", DAY, "2026-03-09"),
        ("[$-30411]gggyy", DAY, "令和08"),
        // Digit by digit where there are places, as it is said where there are none.
        ("[DBNum1][$-804]0", 12.0, "一二"),
        ("[DBNum2][$-804]General", 1234.5, "壹仟贰佰叁拾肆.伍"),
        ("[DBNum1][$-411]General", 1234.0, "千二百三十四"),
        ("[DBNum3][$-411]0", 12.0, "１２"),
        ("[DBNum1][$-411]ggge\"年\"m\"月\"d\"日\"", DAY, "令和八年三月九日"),
        ("[DBNum1][$-804]上午/下午h\"时\"mm\"分\"", 0.5, "下午十二时〇分"),
        ("e", DAY, "2026"),
        ("bbbb", DAY, "2569"),
        ("yyyy\"年\"m\"月\"d\"日\"aaaa", DAY, "2026年3月9日星期一"),
        ("[$-411]m/d(aaa)", DAY, "3/9(月)"),
        ("h:mm A/P", 0.75, "6:00 P"),
        ("[$-408]h:mm AM/PM", 0.75, "6:00 μ.μ."),
        ("[$-409]mmm d, yyyy h:mm am/pm", DAY + 0.75, "Mar 9, 2026 6:00 PM"),
        ("General", 1.0 / 3.0, "0.333333333"),
        ("# ?/?", 0.3, "2/7"),
        ("[$-40B]d. mmmm\"ta \"yyyy", DAY, "9. maaliskuuta 2026"),
        // No spreadsheet writes such codes; others do.
        ("0 kg", 5.0, "5 kg"),
        ("[Rot]0.0", 5.0, "5.0"),
    ] {
        let found = Style::new(code).show(number, false);
        assert_eq!(found.text, expected, "{code}: {number}");
        assert!(!found.unsure, "{code}");
    }
    for code in [
        "b2d/m/yyyy",
        "[$-60401]d/m/yyyy",
        "[$-1170000]d/m/yyyy",
        "[$-8040D]d/m/yy",
        "ggge\"年\"",
    ] {
        let found = Style::new(code).show(DAY, false);
        assert!(found.unsure || code.starts_with('g'), "{code}");
        assert!(found.text.contains("2026"), "{code}: {}", found.text);
    }
    for (code, text, expected) in [
        ("\"Dr. \"@", "Ada", "Dr. Ada"),
        ("_(@_)", "Ada", "Ada"),
        ("0.00", "Ada", "Ada"),
        ("0;0;0;", "Ada", ""),
        (";;;", "Ada", ""),
        ("0;0;0;\"n/a\"", "Ada", "n/a"),
        ("General;General;General;@ \"(guest)\"", "Ada", "Ada (guest)"),
        ("@\\ @", "Ada", "Ada Ada"),
        ("yyyy-mm-dd;@", "soon", "soon"),
    ] {
        assert_eq!(Style::new(code).text(text).text, expected, "{code}");
    }
    // Since 1904, what is before is shown with a sign.
    assert_eq!(Style::new("[h]:mm").show(-1.5, true).text, "-36:00");
    assert_eq!(Style::new("yyyy-mm-dd").show(44_628.0, true).text, "2026-03-09");
}

/// Codes as nobody writes them, and numbers at the edges.
#[test]
fn no_code_and_no_number_is_too_odd() {
    let pieces = [
        "0", "#", "?", ".", ",", "%", "/", "E+", "e-", "@", "General", "d", "mm", "yyyy", "h", "ss", ".00",
        "[h]", "[$-407]", "[$€-x]", "[DBNum1]", "[>", "]", "\"", "\\", "_", "*", ";", "AM/PM", "g", "aaa",
        "b2", "名",
    ];
    let numbers = [
        0.0,
        -0.0,
        1.5,
        -1e300,
        1e-300,
        f64::MAX,
        f64::NAN,
        f64::INFINITY,
        46_090.5,
        2_958_465.999_999_9,
    ];
    for (first, second, third) in (0..pieces.len()).flat_map(|a| {
        (0..pieces.len()).flat_map(move |b| (0..pieces.len()).step_by(5).map(move |c| (a, b, c)))
    }) {
        let code = [pieces[first], pieces[second], pieces[third], pieces[first]].concat();
        let style = Style::new(&code);
        for number in numbers {
            assert!(style.show(number, first % 2 == 0).text.len() < 4_000, "{code}");
        }
        let _ = style.text("x");
    }
}
