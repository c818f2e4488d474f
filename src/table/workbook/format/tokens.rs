//! A section of a code, token by token.

use super::condition::Condition;
use super::tags::Tags;

/// What a code consists of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// What is shown as it is.
    Text(String),
    /// As wide as another character.
    Blank,
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` shows the sign of a positive exponent too, `E-` does not.
    Exponent {
        letter: char,
        plus: bool,
    },
    Slash,
    General,
    /// The text of the cell.
    At,
    Date(Part),
}

impl Token {
    /// `0`, `#` or `?`, where it is one.
    pub(super) fn place(&self) -> Option<char> {
        if let Self::Digit(place) = self {
            Some(*place)
        } else {
            None
        }
    }

    pub(super) fn literal(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(super) fn part(&self) -> Option<Part> {
        if let Self::Date(part) = self {
            Some(*part)
        } else {
            None
        }
    }

    pub(super) fn is_digit(&self) -> bool {
        self.place().is_some()
    }
}

/// A part of a date or a time; the number is how often its letter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Year(usize),
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Decimals of a second.
    Fraction(usize),
    /// Hours, minutes or seconds that do not begin again with the next day.
    Elapsed(Unit, usize),
    /// AM/PM in the words of a language.
    Half,
    /// The letters themselves: A/P, 上午/下午.
    Halves(&'static str, &'static str),
    /// The day of the week, as East Asia writes it.
    Weekday(usize),
    /// The era.
    Era(usize),
    /// The year of the era.
    EraYear(usize),
    /// The year of Buddha.
    Buddha(usize),
}

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hours,
    Minutes,
    Seconds,
}

/// The tokens of a section, what it says in brackets, and its condition.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) tags: Tags,
    pub(super) condition: Option<Condition>,
    /// `b2`: the years of the Hijra.
    pub(super) hijri: bool,
}

const HALVES: [(&str, Part); 7] = [
    ("am/pm", Part::Half),
    ("上午/下午", Part::Halves("上午", "下午")),
    ("午前/午後", Part::Halves("午前", "午後")),
    ("오전/오후", Part::Halves("오전", "오후")),
    ("A/P", Part::Halves("A", "P")),
    ("a/p", Part::Halves("a", "p")),
    ("A/p", Part::Halves("A", "p")),
];

impl Tokens {
    /// `None` where quotes or brackets are never closed.
    pub(super) fn of(section: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut rest = section;
        while let Some(first) = rest.chars().next() {
            let length = found.next(first, rest)?;
            rest = rest.get(length..)?;
        }
        found.tags.close();
        found.tell_minutes();
        Some(found)
    }

    fn text(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Text(before)) => before.push_str(text),
            _ => self.tokens.push(Token::Text(text.to_owned())),
        }
    }

    /// Takes the token that `rest` begins with; how many octets it has.
    fn next(&mut self, first: char, rest: &str) -> Option<usize> {
        let second = || rest.chars().nth(1);
        let single = first.len_utf8();
        let token = match first {
            '"' => {
                let end = rest.get(1..)?.find('"')? + 1;
                self.text(rest.get(1..end)?);
                return Some(end + 1);
            }
            '[' => {
                let end = rest.find(']')?;
                self.bracket(rest.get(1..end)?);
                return Some(end + 1);
            }
            '\\' | '_' | '*' => {
                let Some(next) = second() else { return Some(single) };
                match first {
                    '\\' => self.text(next.encode_utf8(&mut [0; 4])),
                    '_' => self.tokens.push(Token::Blank),
                    // Fills a column, whose width is unknown.
                    _ => {}
                }
                return Some(single + next.len_utf8());
            }
            '0' | '#' | '?' => Token::Digit(first),
            '.' => {
                if let Some(length) = self.fraction_of_a_second(rest) {
                    return Some(length);
                }
                Token::Point
            }
            ',' => Token::Comma,
            '%' => Token::Percent,
            '/' => Token::Slash,
            '@' => Token::At,
            'E' | 'e' if matches!(second(), Some('+' | '-')) => {
                self.tokens.push(Token::Exponent {
                    letter: first,
                    plus: second() == Some('+'),
                });
                return Some(2);
            }
            _ => return Some(self.word(first, rest)),
        };
        self.tokens.push(token);
        Some(single)
    }

    /// Words and letters that mean something; any other character is shown.
    fn word(&mut self, first: char, rest: &str) -> usize {
        let begins = |word: &str| {
            rest.get(..word.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        };
        if begins("general") {
            self.tokens.push(Token::General);
            return "general".len();
        }
        for (word, part) in HALVES {
            let exact = word.len() == 3;
            if exact && rest.starts_with(word) || !exact && begins(word) {
                self.tokens.push(Token::Date(part));
                return word.len();
            }
        }
        if begins("b1") || begins("b2") {
            self.hijri = begins("b2");
            return 2;
        }
        let run = rest
            .chars()
            .take_while(|c| c.eq_ignore_ascii_case(&first))
            .count();
        let part = match first.to_ascii_lowercase() {
            'y' => Part::Year(run),
            'm' => Part::Month(run),
            'd' => Part::Day(run),
            'h' => Part::Hour(run),
            's' => Part::Second(run),
            'g' => Part::Era(run),
            'e' => Part::EraYear(run),
            'b' => Part::Buddha(run),
            'a' if run >= 3 => Part::Weekday(run),
            _ => {
                self.text(first.encode_utf8(&mut [0; 4]));
                return first.len_utf8();
            }
        };
        self.tokens.push(Token::Date(part));
        run
    }

    /// `.00` behind seconds.
    fn fraction_of_a_second(&mut self, rest: &str) -> Option<usize> {
        let zeros = rest.get(1..)?.bytes().take_while(|c| *c == b'0').count();
        let last = self.tokens.iter().rev().find_map(Token::part);
        let seconds = matches!(last, Some(Part::Second(_) | Part::Elapsed(Unit::Seconds, _)));
        if !seconds || zeros == 0 {
            return None;
        }
        self.tokens.push(Token::Date(Part::Fraction(zeros)));
        Some(zeros + 1)
    }

    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_ascii_lowercase();
        let all = |letter: char| !lower.is_empty() && lower.chars().all(|c| c == letter);
        for (letter, unit) in [('h', Unit::Hours), ('m', Unit::Minutes), ('s', Unit::Seconds)] {
            if all(letter) {
                self.tokens.push(Token::Date(Part::Elapsed(unit, lower.len())));
                return;
            }
        }
        if let Some(tag) = inside.strip_prefix('$') {
            let currency = self.tags.take(tag);
            if !currency.is_empty() {
                self.text(&currency);
            }
        } else if let Some(kind) = lower.strip_prefix("dbnum") {
            self.tags.east(kind.parse().unwrap_or(0));
        } else if let Some(condition) = Condition::of(inside) {
            self.condition = Some(condition);
        }
        // A colour, or what only the program knows that wrote it.
    }

    /// An `m` is a minute behind hours and before seconds.
    fn tell_minutes(&mut self) {
        let parts: Vec<(usize, Part)> = self
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| Some((at, token.part()?)))
            .filter(|(_, part)| !matches!(part, Part::Half | Part::Halves(..)))
            .collect();
        for (nth, (at, part)) in parts.iter().enumerate() {
            let Part::Month(length @ (1 | 2)) = *part else {
                continue;
            };
            let before = nth.checked_sub(1).and_then(|before| parts.get(before));
            let behind_hours =
                before.is_some_and(|(_, part)| matches!(part, Part::Hour(_) | Part::Elapsed(Unit::Hours, _)));
            let before_seconds = parts
                .get(nth + 1)
                .is_some_and(|(_, part)| matches!(part, Part::Second(_) | Part::Elapsed(Unit::Seconds, _)));
            if (behind_hours || before_seconds)
                && let Some(token) = self.tokens.get_mut(*at)
            {
                *token = Token::Date(Part::Minute(length));
            }
        }
    }
}
