use super::*;

fn number(cell: &str) -> Option<f64> {
    Number::of(cell).map(Number::size)
}

#[test]
fn a_word_for_yes_or_no_is_one_however_it_is_written() {
    for (word, yes) in [
        ("yes", true),
        ("No", false),
        ("n", false),
        ("TRUE", true),
        ("否", false),
    ] {
        for written in [
            word.to_owned(),
            word.to_uppercase(),
            format!(" {word}\t"),
            format!("\u{a0}{word}\u{3000}"),
            format!("\u{feff}{word}\u{200b}"),
        ] {
            assert_eq!(Meaning::of(&written), Meaning::YesNo(yes), "{written:?}");
        }
    }
    for other in ["no way", "none", "Norway", "January", "x", "-", "F"] {
        assert_eq!(Meaning::of(other), Meaning::Text, "{other}");
    }
    for zero in ["0", "0.00", "0,00 €", "-0%", "$0.0"] {
        assert!(is_zero(zero), "{zero}");
    }
    for other in ["", "00", "007", "0.5", "0.", "10", "-", "0x0"] {
        assert!(!is_zero(other), "{other}");
    }
}

#[test]
fn a_number_is_digits_with_a_sign_a_point_and_a_percent_sign_at_most() {
    for (cell, expected) in [
        ("85", Some(85.0)),
        ("007", Some(7.0)),
        ("-1.50", Some(-1.5)),
        ("48.00", Some(48.0)),
        (".5", Some(0.5)),
        ("5.", Some(5.0)),
        ("-.5", Some(-0.5)),
        ("85%", Some(0.85)),
        ("8.5 %", Some(0.085)),
        ("100%", Some(1.0)),
        (" 12\u{a0}", Some(12.0)),
        ("1,234.50", None),
        ("1.234,50", None),
        ("1 234", None),
        ("1,5", None),
        ("+5", None),
        ("1e5", None),
        ("12 kg", None),
        ("1.2.3", None),
        ("--1", None),
        ("-", None),
        (".", None),
        ("%", None),
        ("", None),
        ("\u{ff11}", None),
    ] {
        assert_eq!(number(cell), expected, "{cell:?}");
    }
    assert_eq!(Number::of("48.00"), Some(Number::Whole(48)));
    let id = 123_456_789_012_345_678_901_234_567;
    assert_eq!(Number::of(&id.to_string()), Some(Number::Whole(id)));
    assert_eq!(Number::of(&"9".repeat(400)), None, "no number is as large");
}

#[test]
fn a_date_begins_with_its_year() {
    for cell in [
        "2026-03-09",
        "2026-03-09T10:00",
        "2026-03-09 10:00:30",
        "2026-03-09T10:00:00Z",
        "2026-03-09T10:00+08:00",
        "2026-03-09T10:00+08:00[Asia/Shanghai]",
        "\u{a0}2026-03-09 ",
    ] {
        assert!(matches!(Meaning::of(cell), Meaning::Date(_)), "{cell}");
    }
    for cell in [
        "3/9/2026",
        "9.3.2026",
        "2026/03/09",
        "2026-13-09",
        "2026-03",
        "10:00",
        "March 9",
        "9 March 2026",
        "2026\u{5e74}3\u{6708}9\u{65e5}",
    ] {
        assert_eq!(Meaning::of(cell), Meaning::Text, "{cell}");
    }
    // Digits alone are a number.
    assert_eq!(
        Meaning::of("20260309"),
        Meaning::Number(Number::Whole(20_260_309))
    );
    assert!(is_time(" 10:00") && !is_time("ten"));
}

#[test]
fn what_is_neither_is_its_text() {
    assert_eq!(Meaning::of("Ada"), Meaning::Text);
    assert_eq!(Meaning::of(" \u{200b}\u{a0}"), Meaning::Empty);
    assert!(is_empty("\u{3000}") && !is_empty("-"));
}
