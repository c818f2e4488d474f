//! Names of months and days, as languages have them (CLDR).

/// The months of a language, in small letters; forms that are used in dates.
const MONTHS: [[&str; 12]; 16] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "jänner", "feber", "mrz", "apr", "mai", "jun", "jul", "aug", "sept", "okt", "nov", "dez",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    [
        "tammikuuta",
        "helmikuuta",
        "maaliskuuta",
        "huhtikuuta",
        "toukokuuta",
        "kesäkuuta",
        "heinäkuuta",
        "elokuuta",
        "syyskuuta",
        "lokakuuta",
        "marraskuuta",
        "joulukuuta",
    ],
    [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    [
        "styczeń",
        "luty",
        "marzec",
        "kwiecień",
        "maj",
        "czerwiec",
        "lipiec",
        "sierpień",
        "wrzesień",
        "październik",
        "listopad",
        "grudzień",
    ],
    [
        "ledna",
        "února",
        "března",
        "dubna",
        "května",
        "června",
        "července",
        "srpna",
        "září",
        "října",
        "listopadu",
        "prosince",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım",
        "aralık",
    ],
    [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
];

/// Beginnings of the days' names, in small letters.
const WEEKDAYS: [&str; 61] = [
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "poniedziałek",
    "wtorek",
    "środa",
    "czwartek",
    "piątek",
    "sobota",
    "niedziela",
    "星期",
    "周",
    "週",
    "礼拜",
    "요",
];

/// Short forms that are not the beginning of those.
const SHORT_DAYS: [&str; 24] = [
    "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "tues",
    "thur", "thurs", "ma", "wo", "vr", "za", "zo", "mié", "sáb",
];

/// The month that a word names, and whether it is the whole of a name; none where two are meant.
pub(super) fn month(word: &str) -> Option<(i8, bool)> {
    if word.chars().count() < 3 {
        return None;
    }
    let named = |fits: &dyn Fn(usize, &str) -> bool| {
        let all = MONTHS.iter().enumerate();
        all.flat_map(|(language, names)| {
            let of = (1_i8..).zip(names);
            of.filter(|(_, name)| fits(language, name))
                .map(|(number, _)| number)
                .collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
    };
    if let Some(whole) = named(&|_, name| name == word).first() {
        return Some((*whole, true));
    }
    // `mar` is not a Finnish month.
    let found = named(&|language, name| name.starts_with(word) && (language != FINNISH || word.len() > 5));
    let first = found.first()?;
    found
        .iter()
        .all(|month| month == first)
        .then_some((*first, false))
}

/// The language whose months are not shortened to three letters.
const FINNISH: usize = 9;

/// Whether a word is a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    let known = |day: &str| word.starts_with(day) || (word.chars().count() >= 3 && day.starts_with(word));
    SHORT_DAYS.contains(&word)
        || WEEKDAYS.iter().any(|day| known(day))
        || matches!(
            word,
            "月" | "火"
                | "水"
                | "木"
                | "金"
                | "土"
                | "日"
                | "曜日"
                | "요일"
                | "曜"
                | "一"
                | "二"
                | "三"
                | "四"
                | "五"
                | "六"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_its_month() {
        for language in MONTHS {
            for (number, name) in (1..).zip(language) {
                assert_eq!(month(name), Some((number, true)), "{name}");
            }
        }
        for (word, number) in [
            ("mar", Some(3)),
            ("sept", Some(9)),
            ("okt", Some(10)),
            ("dez", Some(12)),
            ("xyz", None),
            ("ma", None),
        ] {
            assert_eq!(month(word).map(|(number, _)| number), number, "{word}");
        }
    }
}
