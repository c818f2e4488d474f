//! How likely it is that people wrote a text.
//!
//! Octets of one page that are read as another make letters that no language has beside each other,
//! capitals in the middle of words, boxes and daggers between letters. Here a text gets points for
//! words that an alphabet of Europe can contain, by how frequent their letters are, and loses some
//! for such signs. The points are tenths of values that were tuned by hand on names of sixteen
//! languages.

/// What a language writes beside a to z.
const ALPHABETS: [&str; 26] = [
    "äöüß",
    "éèêëàâçôùûîïœ",
    "áéíóúñü",
    "áâãàçéêíóôõú",
    "àèéìòù",
    "åäöé",
    "æøåé",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "áéíóöőúüű",
    "ăâîșțşţ",
    "çğıöşüiâî",
    "čćđšž",
    "ąčęėįšųūž",
    "āčēģīķļņšūž",
    "äõöüšž",
    "áðéíóúýþæö",
    "àçèéíïòóúü",
    "éëïèöü",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤأإآ",
];

/// Letters by how frequent they are in names and words, in tenths of a point.
const FREQUENT: [(&str, i32); 8] = [
    ("é", 34),
    ("üöäáó", 30),
    ("íñçãßåøł", 26),
    ("èêâúąęśćńżščžřışğěýů", 22),
    ("æôőűăõë", 17),
    ("àðþźėūāēīșțţēģķļņįųťďňľïî", 13),
    ("ûùìòœđ", 8),
    ("ĺŕÿªº", -10),
];

/// Points of a text, in tenths; only what is beyond ASCII counts.
pub(super) fn points(text: &str) -> i32 {
    let mut points = 0;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphabetic() {
            let mut end = at + c.len_utf8();
            while let Some((next, c)) = chars.next_if(|(_, c)| c.is_alphabetic()) {
                end = next + c.len_utf8();
                before = c;
            }
            let word = text.get(at..end).unwrap_or_default();
            if !word.is_ascii() {
                points += of_word(word);
            }
            if end == at + c.len_utf8() {
                before = c;
            }
            continue;
        }
        if !c.is_ascii() {
            let after = chars.peek().map_or(' ', |(_, c)| *c);
            points += of_sign(c, before.is_alphabetic(), after.is_alphabetic());
        }
        before = c;
    }
    points
}

/// Whether one language has all of its letters.
pub(super) fn is_of_one_alphabet(text: &str) -> bool {
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    let letters: Vec<char> = letters.flat_map(char::to_lowercase).collect();
    let all = |alphabet: &&str| letters.iter().all(|c| alphabet.contains(*c));
    !letters.is_empty() && ALPHABETS.iter().any(all)
}

/// A character that is not a letter, between these.
fn of_sign(c: char, letter_before: bool, letter_after: bool) -> i32 {
    match c {
        '\u{80}'..='\u{9f}' | '\u{fffd}' => -200,
        '’' | '´' | '·' | '‐' if letter_before && letter_after => 0,
        _ if letter_before && letter_after => -60,
        '\u{2200}'..='\u{25ff}' => -60,
        '“' | '”' | '‘' | '’' | '„' | '«' | '»' | '…' | '–' | '™' | '®' | 'º' | '°' | 'ª' | '\u{a0}'
        | '§' | '‚'
            if letter_before || letter_after =>
        {
            -10
        }
        _ if letter_before || letter_after => -50,
        '€' | '£' | '–' | '—' | '•' | '°' | '§' | '\u{a0}' | '“' | '”' | '„' | '‘' | '’' | '«' | '»'
        | '…' => 0,
        _ => -30,
    }
}

fn of_word(word: &str) -> i32 {
    let letters: Vec<char> = word.chars().collect();
    // The lower case of the Turkish I with a dot is two characters.
    let small = |c: &char| {
        if *c == 'İ' {
            'i'
        } else {
            c.to_lowercase().next().unwrap_or(*c)
        }
    };
    let low: Vec<char> = letters.iter().map(small).collect();
    let beyond: Vec<char> = low.iter().copied().filter(|c| !c.is_ascii()).collect();
    let mut points = of_case(&letters);
    let is_other_script = |c: &char| ('\u{370}'..='\u{6ff}').contains(c);
    let other_script = beyond.iter().any(is_other_script);
    let fits = |alphabet: &&str| beyond.iter().all(|c| alphabet.contains(*c));
    let count = i32::try_from(beyond.len()).unwrap_or(i32::MAX / 100);
    points += if count > 0 && !ALPHABETS.iter().any(fits) {
        -30 - 20 * count.min(20)
    } else if other_script {
        10 + 10 * count.min(6)
    } else {
        let sum: i32 = beyond.iter().map(frequency).sum();
        // More of them make it surer, each a little less.
        match count {
            0 | 1 => sum,
            2 => sum * 10 / 14,
            _ => sum * 10 / 17,
        }
    };
    if other_script {
        let latin = low.iter().any(char::is_ascii);
        return points + of_greek(&letters, &low) - if latin { 80 } else { 0 };
    }
    points + of_sounds(&low)
}

/// Greek words have an accent where they are not all capitals, and an end sigma nowhere but there.
fn of_greek(letters: &[char], low: &[char]) -> i32 {
    let greek = low.iter().all(|c| ('\u{384}'..='\u{3ce}').contains(c));
    if !greek || low.len() < 2 || letters.iter().all(|c| c.is_uppercase()) {
        return 0;
    }
    let accent = low.iter().any(|c| "άέήίόύώΐΰ".contains(*c));
    let inner = low.get(..low.len() - 1).unwrap_or_default();
    let sigma = inner.contains(&'ς');
    (if accent { 10 } else { -20 }) - if sigma { 30 } else { 0 }
}

/// A capital in the middle of a word, or two at its beginning.
fn of_case(letters: &[char]) -> i32 {
    let cased = letters.iter().filter(|c| c.is_uppercase() || c.is_lowercase());
    let upper: Vec<bool> = cased.map(|c| c.is_uppercase()).collect();
    let mut points = 0;
    if upper.windows(2).any(|pair| pair == [false, true]) {
        points -= 90;
    }
    if upper.len() > 2 && upper.starts_with(&[true, true]) && upper.contains(&false) {
        points -= 40;
    }
    points
}

fn frequency(c: &char) -> i32 {
    FREQUENT
        .iter()
        .find(|(letters, _)| letters.contains(*c))
        .map_or(0, |(_, points)| *points)
}

/// The letter without its accent, where that is one of ASCII.
fn base(c: char) -> char {
    match c {
        'ı' => 'i',
        'æ' | 'ø' | 'œ' | 'å' => 'o',
        c => unicode_normalization::UnicodeNormalization::nfd(std::iter::once(c))
            .next()
            .unwrap_or(c),
    }
}

/// Words without a vowel, heaps of consonants, vowels that do not meet.
fn of_sounds(low: &[char]) -> i32 {
    let bases: Vec<char> = low.iter().copied().map(base).collect();
    let vowel = |c: &char| "aeiouy".contains(*c);
    let mut points = 0;
    if low.len() > 2 && !bases.iter().any(vowel) {
        points -= 30;
    }
    let runs = |of: &dyn Fn(&char) -> bool| bases.split(|c| !of(c)).map(<[char]>::len).max().unwrap_or(0);
    let consonants = i32::try_from(runs(&|c| !vowel(c))).unwrap_or(100);
    points -= 20 * (consonants - 3).clamp(0, 5);
    if runs(&vowel) >= 4 {
        points -= 20;
    }
    if low.len() >= 3 && !bases.iter().take(3).any(vowel) {
        points -= 15;
    }
    for (pair, bare) in low.windows(2).zip(bases.windows(2)) {
        let ([one, next], [bare_one, bare_next]) = (pair, bare) else {
            continue;
        };
        if one == next {
            continue;
        }
        if bare_one == bare_next {
            points -= 20;
        }
        let both_vowels = vowel(bare_one) && vowel(bare_next);
        if both_vowels && !one.is_ascii() && !next.is_ascii() {
            points -= 20;
        }
        if both_vowels && ("űőů".contains(*one) || "űőů".contains(*next)) {
            points -= 15;
        }
        // `Franáois`: what Western names have there is a ç.
        if *one == 'á' && matches!(next, 'o' | 'u') {
            points -= 15;
        }
        // Portuguese has it in ão, ãe and at the end.
        if *one == 'ã' && !"oesnim".contains(*next) {
            points -= 25;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_has_more_points_than_what_was_read_wrongly() {
        for (right, wrong) in [
            ("Jürgen Müller", "JŸrgen MŸller"),
            ("François", "Fran‡ois"),
            ("König", "Kšnig"),
            ("König", "Kînig"),
            ("Łukasz Wiśniewski", "üukasz Wi\u{9c}niewski"),
            ("Иван Петров", "€ван Џетров"),
            ("Château", "ChÉteau"),
            ("Straße", "Straáe"),
            ("Ελένη", "Еленз"),
            ("José Núñez", "Jos‚ N£¤ez"),
        ] {
            assert!(
                points(right) > points(wrong),
                "{right} {} {wrong} {}",
                points(right),
                points(wrong)
            );
        }
    }
}
