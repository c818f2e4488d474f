//! What the cells of a column are together: answers, words, or both.

use super::cell::{self, Number};
use super::names::is_text;
use super::yes_no::{self, Kind, Word, letters};

/// A cell that was seen, and its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it shows, shortened.
    pub text: String,
    /// Its row.
    pub row: u64,
}

/// What a column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// Yes and no.
    YesNo(Signs),
    /// Words, which are not answers.
    Words,
    /// Answers and other words: the first of each.
    Both(Seen, Seen),
}

/// What signs stand for that mean one thing here and another there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs {
    cross_is_no: bool,
    circle_is_no: bool,
}

impl Signs {
    pub(super) fn says(self, word: Word) -> bool {
        match word.kind {
            Kind::Cross => !self.cross_is_no,
            Kind::Circle => !self.circle_is_no,
            Kind::Value | Kind::Word | Kind::Letter | Kind::Nothing => word.yes,
        }
    }
}

/// What was seen of a column so far.
#[derive(Debug, Clone)]
pub struct Tally {
    yes: bool,
    no: Option<Seen>,
    /// Single letters.
    letters: Vec<char>,
    letter: Option<Seen>,
    other: Option<Seen>,
    /// A tick, a circle, a full circle, a cross.
    tick: bool,
    circle: bool,
    disc: bool,
    cross: Option<Seen>,
    /// All of it has two letters, is a country, has one letter.
    pairs: bool,
    countries: bool,
    singles: bool,
    /// The first few different answers.
    different: Vec<String>,
    /// Cells that are answers in words, or signs.
    answers: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            yes: false,
            no: None,
            letters: Vec::new(),
            letter: None,
            other: None,
            tick: false,
            circle: false,
            disc: false,
            cross: None,
            pairs: true,
            countries: true,
            singles: true,
            different: Vec::new(),
            answers: 0,
        }
    }
}

/// Characters of a cell that are shown of it.
const SHOWN: usize = 30;

impl Tally {
    /// Looks at a cell.
    pub fn see(&mut self, cell: &str, row: u64) {
        let bare = cell::bare(cell);
        if bare.is_empty() {
            return;
        }
        let seen = || Seen {
            text: bare.chars().take(SHOWN).collect(),
            row,
        };
        let word = yes_no::word(bare);
        self.shape(bare, word);
        let Some(word) = word else {
            if !matches!(Number::of(bare), Some(Number::Whole(0 | 1))) {
                self.other.get_or_insert_with(seen);
            }
            return;
        };
        self.answers += u64::from(word.kind != Kind::Nothing);
        if self.different.len() < 3 && !self.different.iter().any(|other| other == bare) {
            self.different.push(bare.to_owned());
        }
        match word.kind {
            Kind::Value | Kind::Nothing => {}
            Kind::Letter => {
                let letter = bare.chars().flat_map(char::to_lowercase).next();
                let letter = letter.filter(|letter| !self.letters.contains(letter));
                self.letters.extend(letter);
                self.letter.get_or_insert_with(seen);
            }
            Kind::Cross => {
                self.cross.get_or_insert_with(seen);
            }
            Kind::Circle => self.circle = true,
            Kind::Word if word.yes && !bare.starts_with(char::is_alphabetic) => {
                self.disc |= bare.starts_with('●');
                self.tick = true;
            }
            // Ontario is not an answer beside NO.
            Kind::Word if word.yes => self.yes |= !bare.eq_ignore_ascii_case("on"),
            Kind::Word => {
                self.no.get_or_insert_with(seen);
            }
        }
    }

    /// Notes of what form a cell is.
    fn shape(&mut self, bare: &str, word: Option<Word>) {
        if word.is_some_and(|word| word.kind == Kind::Nothing) || !(self.pairs || self.singles) {
            return;
        }
        let letters = bare.bytes().all(|octet| octet.is_ascii_alphabetic());
        self.pairs &= letters && bare.len() == 2;
        self.countries &= self.pairs && is_country(bare);
        self.singles &= bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic);
    }

    /// How many cells are answers, unless they are words among words.
    pub fn answers(&self, column: &str) -> u64 {
        match self.says(is_text(column)) {
            Says::YesNo(_) | Says::Both(..) => self.answers,
            Says::Words => 0,
        }
    }

    /// What the column says; all of it has been seen.
    pub(super) fn says(&self, named_as_text: bool) -> Says {
        // Of an F alone nobody knows that there are T, too.
        let alone = self
            .letters
            .iter()
            .all(|letter| matches!(letter, 'n' | 'н' | 'ο'));
        let letters_answer = letters().any(|(yes, no)| {
            let one = |letter: &char| yes.starts_with(*letter) || no.starts_with(*letter);
            let all = self.letters.iter().all(one);
            all && (alone || self.letters.iter().any(|letter| yes.starts_with(*letter)))
        });
        let circled = self.letters == ['o'] && self.cross.is_some();
        let (letter, mut other) = match self.letter.clone() {
            letter if letters_answer => (letter, self.other.clone()),
            letter => (None, self.other.clone().or(letter)),
        };
        let marked = self.tick || self.circle || circled;
        let cross_is_no = marked && self.no.is_none() && !self.yes;
        // A cross beside words for yes: nobody can tell which it is.
        if self.yes && !marked && other.is_none() {
            other = self.cross.clone();
        }
        let no = self.no.clone().or(letter);
        let both = self.yes && self.no.is_some();
        let only_answers = other.is_none();
        // A yes and a no, and nothing else: whatever the column is called.
        let two = both && only_answers && self.different.len() == 2;
        if named_as_text && !two {
            return Says::Words;
        }
        let Some(other) = other else {
            return Says::YesNo(Signs {
                cross_is_no,
                circle_is_no: self.disc,
            });
        };
        let codes = self.pairs && (self.countries || !self.yes) && !both;
        let grades = self.singles && !self.letters.iter().any(|letter| matches!(letter, 'y' | 'j'));
        match no {
            Some(answer) if !codes && !grades => Says::Both(answer, other),
            Some(_) | None => Says::Words,
        }
    }
}

/// Countries by the two letters of ISO 3166-1.
const COUNTRIES: &str = "
    ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCU
    CVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIE
    ILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMT
    MUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSM
    SNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUKUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

fn is_country(code: &str) -> bool {
    let lines = COUNTRIES.split_whitespace();
    let mut codes = lines.flat_map(|line| line.as_bytes().chunks(2));
    codes.any(|one| one.eq_ignore_ascii_case(code.as_bytes()))
}
