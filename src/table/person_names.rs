//! Names of columns with the names of people, in the languages that lists come in.

use super::address_names::{letters, set, without_brackets};

use std::collections::HashSet;
use std::sync::LazyLock;

/// A whole name.
const FULL: &str = "
    full name, fullname, display name, real name, contact name, customer name, student name, recipient name,
    member name, participant name, guest name, employee name, your name, first and last name, name surname,
    vor- und nachname, vollständiger name, name vorname, vorname nachname, nom complet, nom et prénom,
    nom prénom, prénom et nom, prénom nom, nombre completo, nombre y apellidos, nombre y apellido,
    apellidos y nombre, nome completo, nome e cognome, cognome e nome, nome e sobrenome, imię i nazwisko,
    nazwisko i imię, jméno a příjmení, meno a priezvisko, ime i prezime, volledige naam, för- och efternamn,
    fullt navn, fornavn og etternavn, koko nimi, ad soyad, adı soyadı, ad-soyad, isim soyisim, фио, ф.и.о.,
    имя и фамилия, фамилия и имя, фамилия имя отчество, піб, ονοματεπώνυμο, họ tên, họ và tên, nama lengkap,
    الاسم الكامل, שם מלא, ชื่อ-นามสกุล, ชื่อ-สกุล,
    姓名, 学生姓名, 同学姓名, 真实姓名, 员工姓名, 客户姓名, 会员姓名, 收件人姓名, 老师姓名, 教师姓名, 联系人姓名, 考生姓名,
    您的姓名, 你的姓名, 姓名全称, 學生姓名, 真實姓名, 員工姓名, 客戶姓名, 收件人, 联系人, 聯絡人, 氏名, お名前, 姓名漢字,
    ご氏名, 御氏名, 성명, 성함, 이름, 학생 이름, 받는 사람";

/// A whole name, unless a column has the other half of it.
const EITHER: &str = "
    name, names, student, member, guest, person, recipient, contact, nom, nombre, nome, jméno, meno, ime, naam,
    navn, namn, nimi, nafn, név, nume, emri, vardas, vārds, nama, ism, isim, ad, adı, имя, име, ім'я, όνομα,
    الاسم, اسم, نام, שם, नाम, নাম, ชื่อ, tên, 名字, 名, 名前, 称呼";

/// A given name.
const GIVEN: &str = "
    first name, firstname, given name, givenname, forename, fname, vorname, rufname, prénom, prenom,
    nombre de pila, primer nombre, nome próprio, primeiro nome, imię, křestní jméno, voornaam, förnamn, fornavn,
    fornafn, etunimi, eesnimi, keresztnév, utónév, prenume, vardas, μικρό όνομα, ad, adı, 名, given names";

/// A family name.
const FAMILY: &str = "
    last name, lastname, surname, family name, familyname, lname, nachname, familienname, zuname,
    nom de famille, apellido, apellidos, primer apellido, cognome, sobrenome, apelido, nazwisko, příjmení,
    priezvisko, prezime, priimek, achternaam, efternamn, etternavn, efternavn, eftirnafn, sukunimi, perekonnanimi,
    vezetéknév, nume de familie, pavardė, uzvārds, soyad, soyadı, soyisim, фамилия, фамилно име, прізвище,
    επώνυμο, επίθετο, اسم العائلة, שם משפחה, นามสกุล, họ, 姓, 姓氏, 苗字, 名字(姓), 성";

static WHOLE: LazyLock<HashSet<String>> = LazyLock::new(|| set(FULL));
static PERHAPS: LazyLock<HashSet<String>> = LazyLock::new(|| set(EITHER));
static FIRST: LazyLock<HashSet<String>> = LazyLock::new(|| set(GIVEN));
static LAST: LazyLock<HashSet<String>> = LazyLock::new(|| set(FAMILY));

/// The columns with the names of the people, and how to write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonColumns {
    /// Their positions, in the order in which they are written; at least one.
    pub columns: Vec<usize>,
    /// What is between them.
    pub between: &'static str,
}

/// The columns that hold the name of the person in a row, as far as their own names tell.
pub fn person_columns<'a>(names: impl Iterator<Item = &'a str>) -> Option<PersonColumns> {
    let names: Vec<String> = names.map(|name| letters(without_brackets(name.trim()))).collect();
    let of = |set: &HashSet<String>| names.iter().position(|name| set.contains(name));
    let one = |column: usize| PersonColumns {
        columns: vec![column],
        between: " ",
    };
    if let Some(whole) = of(&WHOLE) {
        return Some(one(whole));
    }
    let (given, family) = (of(&FIRST), of(&LAST));
    let perhaps = of(&PERHAPS);
    let other = |not: usize| perhaps.filter(|column| *column != not);
    let pair = match (given, family) {
        (Some(given), Some(family)) if given != family => Some((given, family)),
        (None, Some(family)) => other(family).map(|given| (given, family)),
        // `Nom` beside `Prénom` is the family name.
        (Some(given), None) => other(given).map(|family| (given, family)),
        (Some(_), Some(_)) | (None, None) => None,
    };
    if let Some((given, family)) = pair {
        let is_han = |at: usize| names.get(at).is_some_and(|name| name.chars().all(is_han));
        return Some(if is_han(given) && is_han(family) {
            PersonColumns {
                columns: vec![family, given],
                between: "",
            }
        } else {
            PersonColumns {
                columns: vec![given, family],
                between: " ",
            }
        });
    }
    perhaps.or(given).map(one)
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_name_are_found_in_the_order_in_which_they_are_written() {
        for (names, columns) in [
            (&["学号", "姓名", "邮箱"][..], &[1][..]),
            (&["Name", "E-Mail"], &[0]),
            (&["E-Mail", "Nachname", "Vorname"], &[2, 1]),
            (&["Nom", "Prénom", "Courriel"], &[1, 0]),
            (&["Nombre", "Apellidos", "Correo"], &[0, 1]),
            (&["First Name", "Last Name", "Email"], &[0, 1]),
            (&["email", "first_name"], &[1]),
            (&["姓", "名", "邮箱"], &[0, 1]),
            (&["公司名称", "邮箱"], &[]),
            (&["email", "username", "file name", "course name"], &[]),
            (&["Фамилия", "Имя", "Почта"], &[1, 0]),
            (&["氏名（漢字）", "メール"], &[0]),
        ] {
            let found = person_columns(names.iter().copied());
            assert_eq!(
                found.map(|found| found.columns).unwrap_or_default(),
                columns,
                "{names:?}"
            );
        }
    }
}
