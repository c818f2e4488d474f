//! Codes of number formats: what programs know by a number, and what is filled in by the value.

use jiff::civil::Weekday;

use super::number::plain;

/// The code of a format that has a number and stands in no file (ECMA-376 part 1, §18.8.30). Some
/// depend on the computer that shows them: its short date is written as ISO 8601 has it, its
/// currency is left out, and those of East Asia are those of Chinese programs.
pub(super) fn of_number(id: u32) -> &'static str {
    match id {
        5..=8 => "#,##0.00",
        14 | 30 => "yyyy-mm-dd",
        22 => "yyyy-mm-dd hh:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        id => ssfmt::format_code_from_id(id).unwrap_or_default(),
    }
}

/// What the library that formats numbers does not know of a code.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beyond {
    /// `General` with something around it.
    pub(super) general: bool,
    /// The day of the week in an East Asian language.
    pub(super) weekday: bool,
    /// 上午 and 下午.
    pub(super) noon: bool,
    /// Years of an era.
    pub(super) era: bool,
    /// Nothing is shown of 0.
    pub(super) no_zero: bool,
}

const GENERAL: &str = "general";
const NOON: &str = "上午/下午";

impl Beyond {
    pub(super) fn of(code: &str) -> Self {
        let mut bare = String::new();
        for part in parts(code) {
            if let Part::Code(text) = part {
                bare.push_str(&text.to_ascii_lowercase());
            } else {
                // That something is there.
                bare.push('"');
            }
        }
        let general = bare.contains(GENERAL);
        let rest = bare.replace(GENERAL, "");
        Self {
            general,
            weekday: rest.contains("aaa"),
            noon: rest.contains(NOON),
            era: rest.contains('g'),
            no_zero: bare.split(';').nth(2) == Some(""),
        }
    }

    pub(super) fn fills_in(self) -> bool {
        self.general || self.weekday || self.noon
    }
}

/// The code with what it has of a value filled in, as text in quotes. The number is without its
/// sign where the code has a section for negative ones.
pub(super) fn filled(code: &str, number: f64, weekday: Option<Weekday>) -> String {
    let mut filled = String::new();
    for part in parts(code) {
        let text = match part {
            Part::Literal(text) => {
                filled.push_str(text);
                continue;
            }
            Part::Code(text) => text.replace(NOON, "AM/PM"),
        };
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let begins = |word: &str| {
                rest.get(..word.len())
                    .is_some_and(|begin| begin.eq_ignore_ascii_case(word))
            };
            let (length, value) = if begins(GENERAL) {
                (GENERAL.len(), plain(number))
            } else if begins("aaaa") {
                (4, weekday.map_or(String::new(), |day| day_of(code, day, true)))
            } else if begins("aaa") {
                (3, weekday.map_or(String::new(), |day| day_of(code, day, false)))
            } else {
                filled.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            };
            filled.push_str(&format!("\"{value}\""));
            rest = &rest[length..];
        }
    }
    filled
}

/// A day of the week in the language of the code, Chinese where it names none.
fn day_of(code: &str, day: Weekday, long: bool) -> String {
    let at = usize::from(day.to_monday_zero_offset().unsigned_abs());
    let of = |days: &str| days.chars().nth(at).map_or(String::new(), String::from);
    let code = code.to_ascii_lowercase();
    let (chinese, japanese, korean) = (of("一二三四五六日"), of("月火水木金土日"), of("월화수목금토일"));
    match long {
        _ if code.contains("[$-411]") => japanese + if long { "曜日" } else { "" },
        _ if code.contains("[$-412]") => korean + if long { "요일" } else { "" },
        true => format!("星期{chinese}"),
        false if code.contains("[$-404]") => format!("週{chinese}"),
        false => format!("周{chinese}"),
    }
}

/// A part of a code.
enum Part<'c> {
    /// Text in quotes, what stands in brackets, a character behind a backslash, `_` or `*`.
    Literal(&'c str),
    Code(&'c str),
}

fn parts(code: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let closed = |close: char| rest[1..].find(close).map_or(rest.len(), |at| at + 2);
        let length = match first {
            '"' => closed('"'),
            '[' => closed(']'),
            '\\' | '_' | '*' => rest.chars().take(2).map(char::len_utf8).sum(),
            _ => {
                let end = rest.find(['"', '[', '\\', '_', '*']).unwrap_or(rest.len());
                let (code, behind) = rest.split_at(end);
                parts.push(Part::Code(code));
                rest = behind;
                continue;
            }
        };
        let (literal, behind) = rest.split_at(length.min(rest.len()));
        parts.push(Part::Literal(literal));
        rest = behind;
    }
    parts
}
