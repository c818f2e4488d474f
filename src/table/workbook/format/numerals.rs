//! Digits of other scripts, and numbers in the words of East Asia.

/// How the digits of a number are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Numerals {
    /// 0 to 9.
    #[default]
    Western,
    /// Those that follow this zero in Unicode.
    Following(char),
    /// Characters, and words for tens and thousands.
    East(&'static East),
}

/// Numbers as a language of East Asia writes them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct East {
    digits: [char; 10],
    /// Ten, a hundred, a thousand; ten thousand and its powers.
    units: [char; 6],
    /// Whether one ten is written with its one.
    one: bool,
    /// Whether a gap in the digits is written as zero.
    zero: bool,
}

const fn east(digits: [char; 10], units: [char; 6], one: bool, zero: bool) -> East {
    East {
        digits,
        units,
        one,
        zero,
    }
}

const PLAIN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const WIDE: [char; 10] = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'];
const HANGUL: [char; 10] = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
const UNITS: [char; 6] = ['十', '百', '千', '万', '亿', '兆'];
const OLD_UNITS: [char; 6] = ['十', '百', '千', '萬', '億', '兆'];
const JAPANESE_UNITS: [char; 6] = ['十', '百', '千', '万', '億', '兆'];

static SIMPLIFIED: [East; 3] = [
    east(PLAIN, UNITS, true, true),
    east(
        ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
        ['拾', '佰', '仟', '万', '亿', '兆'],
        true,
        true,
    ),
    east(WIDE, UNITS, true, true),
];
static TRADITIONAL: [East; 3] = [
    east(PLAIN, OLD_UNITS, true, true),
    east(
        ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
        ['拾', '佰', '仟', '萬', '億', '兆'],
        true,
        true,
    ),
    east(WIDE, OLD_UNITS, true, true),
];
static JAPANESE: [East; 3] = [
    east(PLAIN, JAPANESE_UNITS, false, false),
    east(
        ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
        ['拾', '百', '阡', '萬', '億', '兆'],
        true,
        false,
    ),
    east(WIDE, JAPANESE_UNITS, false, false),
];
static KOREAN: [East; 4] = [
    east(PLAIN, OLD_UNITS, true, false),
    east(
        ['零', '壹', '貳', '參', '四', '五', '六', '七', '八', '九'],
        ['拾', '百', '千', '萬', '億', '兆'],
        true,
        false,
    ),
    east(WIDE, OLD_UNITS, true, false),
    east(HANGUL, ['십', '백', '천', '만', '억', '조'], true, false),
];

impl Numerals {
    /// `[DBNum1]` to `[DBNum4]` in a language, by its tag; Chinese where none is named.
    pub(super) fn of_the_east(kind: usize, tag: &str) -> Self {
        let sets: &'static [East] = match tag.split('-').next().unwrap_or_default() {
            "ja" => &JAPANESE,
            "ko" => &KOREAN,
            _ if tag.starts_with("zh-TW") => &TRADITIONAL,
            _ => &SIMPLIFIED,
        };
        kind.checked_sub(1)
            .and_then(|at| sets.get(at))
            .map_or(Self::Western, Self::East)
    }

    /// The shape of digits that a code of Excel names in the highest octet of a language's number.
    pub(super) fn of_shape(shape: u32) -> Self {
        const ZEROS: [char; 18] = [
            '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '0', '០', '᠐',
        ];
        let nth = |sets: &'static [East], from: u32| {
            sets.get((shape - from) as usize)
                .map_or(Self::Western, Self::East)
        };
        match shape {
            2..=0x13 => match ZEROS.get(shape as usize - 2) {
                Some('0') | None => Self::Western,
                Some(zero) => Self::Following(*zero),
            },
            0x1b..=0x1d => nth(&JAPANESE, 0x1b),
            0x1e..=0x20 => nth(&SIMPLIFIED, 0x1e),
            0x21..=0x23 => nth(&TRADITIONAL, 0x21),
            0x24..=0x27 => nth(&KOREAN, 0x24),
            _ => Self::Western,
        }
    }

    /// One digit.
    pub(super) fn digit(self, digit: char) -> char {
        let Some(value) = digit.to_digit(10) else {
            return digit;
        };
        match self {
            Self::Western => digit,
            Self::Following(zero) => char::from_u32(u32::from(zero) + value).unwrap_or(digit),
            Self::East(set) => set.digits.get(value as usize).copied().unwrap_or(digit),
        }
    }

    /// Digit by digit.
    pub(super) fn digits(self, digits: &str) -> String {
        digits.chars().map(|digit| self.digit(digit)).collect()
    }

    /// A number as it is said, where this is a way to say it: 12 as 一十二.
    pub(super) fn said(self, number: &str) -> String {
        let (whole, behind) = number.split_once('.').unwrap_or((number, ""));
        let Self::East(set) = self else {
            return self.digits(number);
        };
        let Ok(value) = whole.parse::<u64>() else {
            return self.digits(number);
        };
        let mut said = set.said(value);
        if !behind.is_empty() {
            said.push('.');
            said.push_str(&self.digits(behind));
        }
        said
    }

    /// A month, a day or an hour: 12 as 十二, also where a plain number is 一十二. What is filled up
    /// with a zero keeps it.
    pub(super) fn of_the_day(self, number: &str) -> String {
        match self {
            Self::East(set) if number.starts_with('0') && number.len() > 1 => {
                let zero = set.digits.first().copied().unwrap_or('0').to_string();
                zero + &self.said(number.trim_start_matches('0'))
            }
            Self::East(set) => {
                let said = self.said(number);
                let (ten, one) = (set.units.first(), set.digits.get(1));
                let mut characters = said.chars();
                let both = (characters.next(), characters.next());
                // Not in the figures of banks, 壹拾.
                if set.units.first() == Some(&'十') && both.0.as_ref() == one && both.1.as_ref() == ten {
                    said.chars().skip(1).collect()
                } else {
                    said
                }
            }
            Self::Western | Self::Following(_) => self.digits(number),
        }
    }
}

impl East {
    fn said(&self, value: u64) -> String {
        let digit = |value: u64| {
            usize::try_from(value)
                .ok()
                .and_then(|at| self.digits.get(at))
                .copied()
        };
        if value == 0 {
            return digit(0).into_iter().collect();
        }
        let (mut said, mut gap) = (String::new(), false);
        for group in (0..5_u32).rev() {
            let four = value / 10_000_u64.pow(group) % 10_000;
            if four == 0 {
                gap = gap || !said.is_empty();
                continue;
            }
            for place in (0..4_u32).rev() {
                let here = four / 10_u64.pow(place) % 10;
                if here == 0 {
                    gap = gap || !said.is_empty();
                    continue;
                }
                if std::mem::take(&mut gap) && self.zero {
                    said.extend(digit(0));
                }
                if here > 1 || place == 0 || self.one {
                    said.extend(digit(here));
                }
                let unit = (place as usize).checked_sub(1).and_then(|at| self.units.get(at));
                said.extend(unit);
            }
            // A zero at the end of a group is said only before a smaller one.
            said.extend(
                (group as usize)
                    .checked_sub(1)
                    .and_then(|at| self.units.get(at + 3)),
            );
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::Numerals;

    #[test]
    fn numbers_are_said() {
        for (kind, tag, number, said) in [
            (1, "zh-CN", "12", "一十二"),
            (1, "zh-CN", "1002", "一千〇二"),
            (1, "zh-CN", "10500", "一万〇五百"),
            (1, "zh-CN", "0", "〇"),
            (2, "zh-CN", "1234.5", "壹仟贰佰叁拾肆.伍"),
            (2, "zh-TW", "1234", "壹仟貳佰參拾肆"),
            (3, "zh-CN", "123", "１百２十３"),
            (1, "ja-JP", "1234", "千二百三十四"),
            (1, "ja-JP", "10010", "一万十"),
            (2, "ja-JP", "12", "壱拾弐"),
            (1, "ko-KR", "123", "一百二十三"),
            (4, "ko-KR", "123", "일백이십삼"),
            (4, "zh-CN", "123", "123"),
        ] {
            assert_eq!(Numerals::of_the_east(kind, tag).said(number), said);
        }
        let day = |tag, kind, number| Numerals::of_the_east(kind, tag).of_the_day(number);
        assert_eq!(day("zh-CN", 1, "14"), "十四");
        assert_eq!(day("zh-CN", 1, "05"), "〇五");
        assert_eq!(day("zh-CN", 2, "14"), "壹拾肆");
        assert_eq!(Numerals::of_shape(0xd).digits("2569"), "๒๕๖๙");
    }
}
