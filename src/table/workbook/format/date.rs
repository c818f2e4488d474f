//! A date or a time as a section of a code writes it.

use super::calendar::{Calendar, Dated, Era};
use super::moment::Moment;
use super::names::Names;
use super::section::Section;
use super::tokens::{Part, Token, Unit};

/// The moment in words and numbers; `None` where nobody is certain how.
pub(super) fn write(section: &Section, moment: Moment) -> Option<String> {
    let calendar = if section.hijri {
        Calendar::Other
    } else {
        section.tags.calendar
    };
    let has = |part: fn(&Part) -> bool| {
        section
            .tokens
            .iter()
            .any(|token| matches!(token, Token::Date(found) if part(found)))
    };
    let writer = Writer {
        section,
        moment,
        calendar,
        date: calendar.date(moment)?,
        halves: has(|part| matches!(part, Part::Half | Part::Halves(..))),
        beside_a_day: section.tags.beside_a_day || has(|part| matches!(part, Part::Day(1 | 2))),
    };
    let mut written = String::new();
    for (at, token) in section.tokens.iter().enumerate() {
        match token {
            Token::Date(part) => written.push_str(&writer.part(*part, at)?),
            Token::Text(text) => written.push_str(text),
            Token::Digit(character) => written.push(*character),
            Token::Point => written.push('.'),
            Token::Comma => written.push(','),
            Token::Percent => written.push('%'),
            Token::Slash => written.push('/'),
            Token::Blank => written.push(' '),
            Token::Exponent { letter, plus } => {
                written.push(*letter);
                written.push(if *plus { '+' } else { '-' });
            }
            Token::General | Token::At => {}
        }
    }
    Some(written)
}

struct Writer<'s> {
    section: &'s Section,
    moment: Moment,
    calendar: Calendar,
    date: Dated,
    /// Hours are counted to twelve.
    halves: bool,
    beside_a_day: bool,
}

impl Writer<'_> {
    fn part(&self, part: Part, at: usize) -> Option<String> {
        let numerals = self.section.tags.numerals;
        let number = |value: i64, width: usize| numerals.of_the_day(&format!("{value:0width$}"));
        let (hour, minute, second) = self.moment.time();
        Some(match part {
            Part::Year(1 | 2) => numerals.digits(&format!("{:02}", self.date.year.rem_euclid(100))),
            Part::Year(_) => numerals.digits(&format!("{:04}", self.date.year)),
            Part::Month(width @ (1 | 2)) => number(i64::from(self.date.month), width),
            Part::Month(length) => self.month(length, at),
            Part::Day(width @ (1 | 2)) => number(i64::from(self.date.day), width),
            Part::Day(3) => self.names().short_day(self.moment.weekday()).to_owned(),
            Part::Day(_) => self.names().day(self.moment.weekday()).to_owned(),
            Part::Hour(width) if self.halves => number((hour + 11) % 12 + 1, width.min(2)),
            Part::Hour(width) => number(hour, width.min(2)),
            Part::Minute(width) => number(minute, width),
            Part::Second(width) => number(second, width.min(2)),
            Part::Fraction(decimals) => {
                let shown = self.section.decimals().min(6);
                let all = format!("{:0shown$}", self.moment.fraction);
                let decimals = all.get(..decimals.min(shown)).unwrap_or(&all);
                format!(".{}", numerals.digits(decimals))
            }
            Part::Elapsed(unit, width) => {
                let seconds = self.moment.elapsed();
                let value = match unit {
                    Unit::Hours => seconds / 3600,
                    Unit::Minutes => seconds / 60,
                    Unit::Seconds => seconds,
                };
                numerals.digits(&format!("{value:0width$}"))
            }
            Part::Half => self.names().half(hour >= 12).to_owned(),
            Part::Halves(morning, afternoon) => if hour < 12 { morning } else { afternoon }.to_owned(),
            Part::Weekday(length) => self.weekday(length),
            Part::Era(length) => {
                let names = self.era()?.names;
                names
                    .get(length.min(3) - 1)
                    .copied()
                    .unwrap_or_default()
                    .to_owned()
            }
            Part::EraYear(width) => match self.era() {
                Some(era) if era.year == 1 && self.section.tags.first_year => "元".to_owned(),
                Some(era) => number(era.year, width.min(2)),
                None => numerals.digits(&format!("{:04}", self.date.year)),
            },
            Part::Buddha(length) => {
                let year = Calendar::Buddhist.date(self.moment)?.year;
                numerals.digits(&match length {
                    1 | 2 => format!("{:02}", year % 100),
                    _ => year.to_string(),
                })
            }
        })
    }

    /// A month by its name.
    fn month(&self, length: usize, at: usize) -> String {
        let month = self.date.month;
        let names = self.names();
        // `mmmm"ta"`: if the code writes an ending, the word before it has none.
        let next = self.section.tokens.get(at + 1).and_then(Token::literal);
        let ending = next.is_some_and(|text| text.starts_with(char::is_alphabetic));
        let full = names.month(month, self.beside_a_day && !ending);
        match length {
            3 => names.short_month(month).to_owned(),
            5 => full.chars().take(1).collect(),
            _ => full.to_owned(),
        }
    }

    /// A day of the week in a language of East Asia, Chinese where the code names none of them.
    fn weekday(&self, length: usize) -> String {
        let names = match self.section.tags.language() {
            "ja" | "ko" | "zh" => self.names(),
            _ => Names::chinese(),
        };
        let day = self.moment.weekday();
        if length == 3 {
            names.short_day(day)
        } else {
            names.day(day)
        }
        .to_owned()
    }

    /// The era of the calendar, or the one that years are counted by in the language.
    fn era(&self) -> Option<Era> {
        let tag = self.section.tags.names.as_ref().map_or("", |names| names.tag);
        let calendar = if self.calendar != Calendar::Gregorian {
            self.calendar
        } else if tag.starts_with("ja") {
            Calendar::Japanese
        } else if tag.starts_with("zh-TW") {
            Calendar::Taiwan
        } else {
            Calendar::Gregorian
        };
        calendar.era(self.moment)
    }

    fn names(&self) -> &Names {
        self.section
            .tags
            .names
            .as_ref()
            .unwrap_or_else(|| Names::english())
    }
}
