//! The time of day in a text that a person wrote, and the words around it.

use jiff::civil::Time;

use super::months;

/// A number, a word in small letters, or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// And how many digits it has.
    Number(i16, usize),
    Word(String),
    Mark(char),
}

impl Token {
    pub(super) fn number(&self) -> Option<(i16, usize)> {
        match self {
            Self::Number(number, digits) => Some((*number, *digits)),
            Self::Word(_) | Self::Mark(_) => None,
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Number(..) | Self::Mark(_) => None,
        }
    }

    pub(super) fn mark(&self) -> Option<char> {
        match self {
            Self::Mark(mark) => Some(*mark),
            Self::Number(..) | Self::Word(_) => None,
        }
    }

    fn is_word(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.contains(&word))
    }
}

/// Single characters after or between the numbers of a date or a time.
const UNITS: [char; 17] = [
    '年', '月', '日', '号', '년', '월', '일', '時', '时', '点', '點', '분', '시', '分', '秒', '초', '상',
];

/// A text in tokens; `None` if it is too long for a date.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > 120 {
        return None;
    }
    let mut found = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() {
            let mut digits = String::from(c);
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            found.push(Token::Number(digits.parse().ok()?, digits.len()));
        } else if UNITS.contains(&c) {
            found.push(Token::Mark(c));
        } else if c.is_alphabetic() {
            let mut word = c.to_lowercase().collect::<String>();
            while let Some(letter) =
                chars.next_if(|c| (c.is_alphabetic() || *c == '\'' || is_accent(*c)) && !UNITS.contains(c))
            {
                word.extend(letter.to_lowercase());
            }
            found.push(Token::Word(word));
        } else if !c.is_whitespace() {
            found.push(Token::Mark(c));
        }
    }
    Some(found)
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

const MORNING: [&str; 6] = ["am", "a", "上午", "午前", "오전", "早上"];
const EVENING: [&str; 6] = ["pm", "p", "下午", "午後", "오후", "晚上"];

/// The time in what is left of a text, and whether it says that it is UTC; `None` where something else is in it.
pub(super) fn take(tokens: &[Token]) -> Option<(Option<Time>, bool)> {
    let utc = tokens.iter().any(|token| token.is_word(&["utc", "gmt", "z"]));
    let Some(start) = tokens.iter().position(|token| token.number().is_some()) else {
        return tokens.iter().all(says_nothing).then_some((None, utc));
    };
    let (before, rest) = tokens.split_at(start);
    let (hour, hour_digits) = rest.first()?.number()?;
    let mut at = 1;
    let mark = |at: usize, wanted: &[char]| {
        rest.get(at)
            .and_then(Token::mark)
            .is_some_and(|c| wanted.contains(&c))
    };
    let two = |at: usize| {
        rest.get(at)
            .and_then(Token::number)
            .filter(|(_, digits)| *digits == 2)
            .map(|(n, _)| n)
    };
    let (mut minute, mut second) = (0, 0);
    let mut clock = hour_digits <= 2;
    let spoken = rest.get(at).is_some_and(|token| token.is_word(&["h", "uhr"]))
        || mark(at, &['時', '时', '点', '點', '시']);
    if spoken || (mark(at, &[':', '.']) && two(at + 1).is_some()) {
        at += 1;
        if let Some(number) = two(at) {
            (minute, at) = (number, at + 1);
            if mark(at, &[':', '.'])
                && let Some(number) = two(at + 1)
            {
                (second, at) = (number, at + 2);
                // A fraction of a second.
                if mark(at, &['.', ',']) && rest.get(at + 1).and_then(Token::number).is_some() {
                    at += 2;
                }
            } else if mark(at, &['分', '분']) {
                at += 1;
                if let Some(number) = two(at) {
                    (second, at) = (number, at + 1);
                    at += usize::from(mark(at, &['秒', '초']));
                }
            }
        }
    } else {
        // `10 am` is a time, and `10` alone is not.
        clock = false;
    }
    // `a.m.` is two letters and two points.
    let letters: Vec<&Token> = rest
        .iter()
        .skip(at)
        .filter(|token| token.mark() != Some('.'))
        .collect();
    let (half, used) = match letters.as_slice() {
        [first, second, ..] if first.is_word(&["a", "p"]) && second.is_word(&["m"]) => (first.word(), 2),
        [first, ..] if first.is_word(&MORNING) || first.is_word(&EVENING) => (first.word(), 1),
        _ => (
            before.iter().find_map(|token| {
                token
                    .word()
                    .filter(|w| MORNING.contains(w) || EVENING.contains(w))
                    .filter(|w| !w.is_ascii())
            }),
            0,
        ),
    };
    let rest_says_nothing = letters.iter().skip(used).all(|token| says_nothing(token));
    if !rest_says_nothing
        || !before
            .iter()
            .all(|token| says_nothing(token) || token.word() == half)
    {
        return None;
    }
    let hour = match half {
        Some(word) if MORNING.contains(&word) && (1..=12).contains(&hour) => hour % 12,
        Some(word) if EVENING.contains(&word) && (1..=12).contains(&hour) => hour % 12 + 12,
        Some(word) if EVENING.contains(&word) && (13..24).contains(&hour) => hour,
        Some(_) => return None,
        None if clock => hour,
        None => return None,
    };
    let part = |n: i16| i8::try_from(n).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
    Some((Some(time), utc))
}

/// What may stand around a date and a time: it adds nothing.
fn says_nothing(token: &Token) -> bool {
    const FILLERS: [&str; 26] = [
        "t", "at", "um", "à", "a", "las", "alle", "ore", "kl", "uhr", "h", "den", "the", "on", "am", "le",
        "el", "o'clock", "utc", "gmt", "z", "om", "de", "às", "в", "o",
    ];
    match token {
        Token::Number(..) => false,
        Token::Mark(c) => matches!(c, ',' | '.' | '(' | ')' | '、' | '，'),
        Token::Word(word) => FILLERS.contains(&word.as_str()) || months::is_weekday(word),
    }
}
