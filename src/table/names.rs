//! Columns whose name says that their cells are words: of people, countries, languages.

/// Words that such a name is made of, in lower case: each of its words is one of these.
const WORDS: &str = "
    name names surname surnames lastname firstname forename last first middle family given maiden full
    nickname initial initials nachname familienname vorname rufname anrede titel title kürzel
    nom noms prénom prenom famille de apellido apellidos nombre nombres cognome nome sobrenome apelido
    achternaam voornaam naam efternamn förnamn namn efternavn fornavn etternavn navn sukunimi etunimi nimi
    nazwisko imię imie příjmení jméno priezvisko meno vezetéknév keresztnév név prenume nume
    фамилия имя отчество прізвище ім'я επώνυμο όνομα soyadı soyad adı ad isim
    姓名 姓 名 名字 氏名 名前 お名前 이름 성명 성
    country countries nation nationality land länder ländercode landeskennung staat herkunftsland
    pays pais país países paese nazione kraj država země krajina ország țara tara ülke maa riik valsts šalis
    страна країна χώρα 国 国家 國家 国籍 國籍 国名 국가 나라 code codes iso iso2 kennzeichen
    state province region canton kanton bundesland provinz provincia provincie estado departement
    city town ort stadt ville ciudad cidade città miasto město place origin destination of residence birth
    language languages lang locale sprache langue idioma lingua língua taal språk sprog kieli język jazyk
    nyelv limba dil язык мова γλώσσα 语言 語言 言語 언어
    key id kennung abbreviation kürzel abkürzung sigle symbol element company firma firm brand marke";

/// Whether a column of this name holds words, whatever they look like.
pub(super) fn is_text(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | '/' | ':' | '*'));
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| WORDS.split_whitespace().any(|word| word == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_countries_are_words_and_questions_are_none() {
        for name in [
            "Last Name",
            "surname",
            "COUNTRY",
            "country_code",
            "Land",
            "姓名",
            "_lang",
            "Pays",
        ] {
            assert!(is_text(name), "{name}");
        }
        for name in [
            "paid",
            "name confirmed",
            "bezahlt",
            "",
            "country visited",
            "_skip",
        ] {
            assert!(!is_text(name), "{name}");
        }
    }
}
