//! Words for yes and no, in the languages that people and spreadsheet programs write them in.
//!
//! `NO` is Norway and `No` a family name, so a word alone decides nothing: the whole column does
//! ([`columns`](super::columns)). This is the only list of these words.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// How far a word can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// TRUE and FALSE, which files of every kind have for a value: always that.
    Value,
    /// A word of people, or of a spreadsheet program in their language: Faux and Salah are names, too.
    Word,
    /// A single letter, which may be an abbreviation, a grade, a direction.
    Letter,
    /// What stands for nothing where others say yes: `-`, `n/a`.
    Nothing,
    /// A cross, which is made for yes, or for no beside a tick or a circle.
    Cross,
    /// An empty circle: yes beside a cross, no beside a full one.
    Circle,
}

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) yes: bool,
    pub(super) kind: Kind,
}

/// What Excel, LibreOffice and Google Sheets write for TRUE and for FALSE, a language a pair.
const VALUES: &str = "
    wahr|falsch  vrai|faux  verdadero|falso  vero|falso  verdadeiro|falso  waar|onwaar
    sand|falsk  sant|falskt  sann|usann  sant|usant  tosi|epätosi  prawda|fałsz  pravda|nepravda
    igaz|hamis  doğru|yanlış  doğru|yanliş  dogru|yanlis  истина|ложь  істина|хибність
    истина|лъжа  вярно|невярно  тачно|нетачно  tačno|netačno  točno|netočno  istina|neistina
    istina|laž  αληθές|ψευδές  αληθής|ψευδής  αληθεσ|ψευδεσ  αληθησ|ψευδησ  adevărat|fals  cert|fals
    tõene|väär  patiess|aplams  teisinga|klaidinga  tiesa|netiesa  resnično|neresnično
    egia|gezurra  egiazkoa|faltsua  satt|ósatt  benar|salah  đúng|sai  จริง|เท็จ  真|假  참|거짓
    सत्य|असत्य  אמת|שקר  صحيح|خطأ  صواب|خطأ  праўда|хлусня  vera|malvera  gwir|anwir
    fíor|bréagach  ճշմարիտ|սխալ  ჭეშმარიტი|მცდარი  ақиқат|жалған  үнэн|худал";

/// What people write, one pair per language; several words for one thing are separated by commas.
const WORDS: &str = "
    yes,yep,yeah,yup|no,nope,nah  ja,jawohl,jo,joa|nein,nö,nee  ja|nee  ja|nej  ja|nei  oui,ouais|non
    sí,si|no  sim|não,nao  sì,si|no  tak|nie  ano|ne  áno,ano|nie  igen|nem  da|nu  да|не  да|нет  так|ні
    так|не  da|ne  ja|ne  ναι,nai|όχι,οχι,όχὶ,oxi,ochi  evet|hayır,hayir  bəli|xeyr  kyllä,kylla,joo|ei
    jah|ei  jā|nē  taip|ne  já|nei  bai|ez  sí|non  jes|ne  ya|tidak,tdk,bukan  có|không,khong
    ใช่|ไม่ใช่,ไม่  はい,ハイ|いいえ,イイエ  예,네|아니오,아니요,아뇨  是,是的,對,对,有,好,好的|否,不,不是,不是的,錯,错,无,無,没有,沒有
    有り,あり|無し,なし,無い  נכון,כן|לא  نعم,اي|لا  بله,آری|خیر,نه  हाँ,हां|नहीं  ہاں|نہیں  ndiyo|hapana
    այո|ոչ  კი,დიახ|არა  иә|жоқ  тийм|үгүй  হ্যাঁ|না  ஆம்|இல்லை
    on|off  checked|unchecked  ticked|unticked  selected|unselected  an|aus  ein|aus
    ✓,✔,☑,✅,🗹,√,■,●,👍|✗,✘,×,✖,❌,☐,□,⬜,👎,⨯,❎";

/// Their first letters, as forms have them.
const LETTERS: &str = "y|n  j|n  o|n  s|n  t|n  a|n  i|n  d|n  t|f  v|f  w|f  e|h  д|н  т|н  ν|ο";

/// The pairs of letters that say yes and no in one language.
pub(super) fn letters() -> impl Iterator<Item = (&'static str, &'static str)> {
    pairs(LETTERS)
}

/// The pairs of a list.
fn pairs(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.split_whitespace().filter_map(|pair| pair.split_once('|'))
}

static LIST: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut list = HashMap::new();
    let mut add = |words: &str, yes: bool, kind: Kind| {
        for word in words.split(',') {
            let word: String = word.nfkc().collect();
            list.entry(folded(&word)).or_insert(Word { yes, kind });
        }
    };
    let lists = [
        ("true|false", Kind::Value),
        (VALUES, Kind::Word),
        (WORDS, Kind::Word),
        (LETTERS, Kind::Letter),
    ];
    for (list, kind) in lists {
        for (yes, no) in pairs(list) {
            add(yes, true, kind);
            add(no, false, kind);
        }
    }
    for nothing in ["-", "–", "—", "n/a", "none", "null", "nan", "nil"] {
        add(nothing, false, Kind::Nothing);
    }
    add("x", true, Kind::Cross);
    add("☒", true, Kind::Cross);
    for circle in ["○", "◯", "〇", "⭕"] {
        add(circle, true, Kind::Circle);
    }
    list
});

/// The most octets of a word in the list, with a sign behind it.
const LONGEST: usize = 32;

/// What a word says, whatever its case; without what nobody sees around it. Nearly every cell of a
/// column that is asked comes by here.
pub(super) fn word(bare: &str) -> Option<Word> {
    if bare.is_empty() || bare.len() > LONGEST {
        return None;
    }
    let spoken = bare.trim_end_matches(['.', '!', '。', '！', ',', ';', '；']);
    if spoken.is_ascii() {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..spoken.len())?;
        lower.copy_from_slice(spoken.as_bytes());
        lower.make_ascii_lowercase();
        return LIST.get(std::str::from_utf8(lower).ok()?).copied();
    }
    let lower: String = spoken.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    LIST.get(&folded(&lower)).copied()
}

/// A word in lower case, with one sigma, and without the Turkish dot that the lower case leaves behind.
fn folded(lower: &str) -> String {
    lower.replace('ς', "σ").replace("i\u{307}", "i")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_says_the_same_in_capitals_and_with_a_sign_behind_it() {
        for list in [VALUES, WORDS] {
            for (yes, no) in pairs(list) {
                let yes = yes.split(',').map(|word| (word, true));
                for (text, expected) in yes.chain(no.split(',').map(|word| (word, false))) {
                    for written in [text.to_owned(), text.to_uppercase(), format!("{text}!")] {
                        let found = word(&written).map(|word| (word.yes, word.kind));
                        assert_eq!(found, Some((expected, Kind::Word)), "{written}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_words_say_nothing() {
        for other in [
            "nope, thanks",
            "Norway",
            "maybe",
            "vielleicht",
            "2",
            "10",
            "ok",
            "January",
        ] {
            assert_eq!(word(other), None, "{other}");
        }
        assert_eq!(word("ＹＥＳ").map(|word| word.yes), Some(true));
        assert_eq!(word("na\u{303}o").map(|word| word.yes), Some(false));
    }
}
