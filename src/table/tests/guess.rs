use super::*;

/// Names of a language, and the pages they were saved in.
const NAMES: &[(&str, &[&str])] = &[
    (
        "Jürgen Müller|Björn König|Jörg Schäfer|Käthe Groß|Günther Weiß|Bärbel Böhm|Ömer Özil|Ulla Schön",
        &["macintosh", "cp850", "cp437"],
    ),
    (
        "François Lefèvre|Hélène Bérard|Zoé Çelik|Noël Gérard|Benoît Château|Éric Fauré|Loïc Guérin|Anaïs Côté",
        &["macintosh", "cp850", "cp437"],
    ),
    (
        "José García|María Núñez|Iñaki Peña|Ángel Muñoz|Sofía Martínez|Raúl Gómez",
        &["macintosh", "cp850"],
    ),
    (
        "João Conceição|Luís Simões|Inês Gonçalves|André Magalhães",
        &["macintosh", "cp850", "cp860"],
    ),
    (
        "Łukasz Wiśniewski|Małgorzata Dąbrowska|Grażyna Źródło|Józef Kołodziej|Żaneta Ćwik",
        &["MacCE", "cp852"],
    ),
    (
        "Jiří Dvořák|Tomáš Černý|Lucie Říhová|Božena Němcová|Petr Šťastný",
        &["MacCE", "cp852"],
    ),
    (
        "Gyöngyi Szőke|László Nagy|Ákos Őri|Zsófia Kőszegi|Gergő Fűzfa",
        &["MacCE", "cp852"],
    ),
    (
        "Åsa Öberg|Björn Ström|Jörgen Åkesson|Märta Sjöström",
        &["macintosh", "cp850", "cp437"],
    ),
    (
        "Søren Kjær|Jørgen Ågård|Bjørn Østergaard|Mærsk Hansen",
        &["macintosh", "cp850", "cp865"],
    ),
    (
        "Ayşe Yıldız|Gökçe Öztürk|İbrahim Şahin|Çağla Güneş",
        &["MacTurkish", "cp857"],
    ),
    (
        "Иван Петров|Мария Сидорова|Алексей Щукин|Юлия Яковлева",
        &["x-mac-cyrillic", "ibm866"],
    ),
    (
        "Γιάννης Παπαδόπουλος|Ελένη Νικολάου|Σοφία Γεωργίου",
        &["MacGreek", "cp737"],
    ),
];

fn saved(text: &str, page: &str) -> Vec<u8> {
    match PAGES.into_iter().find(|known| known.name == page) {
        Some(page) => {
            let upper: Vec<char> = page.upper().collect();
            converter::in_page(text, &upper).expect("the page has all of its letters")
        }
        None => Encoding::for_label(page.as_bytes())
            .unwrap()
            .encode(text)
            .0
            .into_owned(),
    }
}

/// A list is read right; a single name is, or it is asked about, or so it is in most cases.
#[test]
fn pages_of_the_mac_and_of_dos_are_told_by_their_words() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (names, pages) in NAMES {
        for page in *pages {
            let all: Vec<&str> = names.split('|').collect();
            let alone = all.iter().map(|name| (*name).to_owned());
            for names in alone.chain([all.join("\n")]) {
                let many = names.contains('\n');
                let octets = saved(&format!("email;name\nada@example.org;{names}\n"), page);
                let Guess { charset, rivals } = guess(&octets, None);
                tried += 1;
                if !rivals.is_empty() && !many {
                    continue;
                }
                let read = text(&octets, charset);
                if !read.contains(&names) || !rivals.is_empty() {
                    assert!(!many, "{page}: {read} {rivals:?}");
                    wrong.push(format!("{page} {names} as {}", charset.name()));
                }
            }
        }
    }
    assert!(
        wrong.len() * 12 < tried,
        "{} of {tried}: {}",
        wrong.len(),
        wrong.join("\n")
    );
}
