//! What spreadsheet programs write if there is no value.

use super::kinds::Broken;

/// Errors of formulas, behind `#`: Excel's in its languages, those of Google Sheets, LibreOffice and WPS.
const ERRORS: &str = "
    N/A REF! VALUE! NAME? DIV/0! NULL! NUM! SPILL! CALC! GETTING_DATA FIELD! BLOCKED! UNKNOWN! CONNECT! BUSY!
    EXTERNAL! PYTHON! TIMEOUT! ERROR! ERR! CYCLE! CIRC! MACRO? DIM!
    NV BEZUG! WERT! ZAHL! LEER! ÜBERLAUF! BLOCKIERT! FELD! KALK! UNBEKANNT! VERBINDEN!
    N/D VALEUR! NOM? NOMBRE! NUL! CHAMP! CALCUL! PROPAGATION! BLOQUE! INCONNU!
    ¡VALOR! ¡REF! ¡NUM! ¡DIV/0! ¡NULO! ¿NOMBRE? ¡DESBORDAMIENTO! ¡CALC! ¡CAMPO! VALOR! NULO! NOME? NÚM! DESPEJAR!
    ¿REF! ¿VALOR! ¡ERROR! CAMPO! BLOQUEADO! DERRAMAMENTO! DESPEJO!
    RIF! VALORE! NULLO! ESPANSIONE! CALCOLO! BLOCCATO!
    N/B VERW! WAARDE! NAAM? GETAL! DEEL/0! LEEG! OVERLOOP! VELD! GEBLOKKEERD! BEREKENING!
    I/T VERDI! NAVN? VÆRDI! REFERENCE! DIVISION/0! OVERFLYT! FELT! OVERLØB! BEREGN!
    SAKNAS! SAKNAS REFERENS! VÄRDEFEL! NAMN? OGILTIGT! SKÄRNING! SPILL! FÄLT! TOM!
    PUUTTUU! PUUTTUU VIITTAUS! ARVO! NIMI? LUKU! JAKO/0! TYHJÄ! KENTTÄ! ESTETTY! LASKE!
    N/D! ADR! ARG! NAZWA? LICZBA! DZIEL/0! ZERO! ROZLANIE! POLE! OBL! ZABLOKOWANE!
    NENÍ_K_DISPOZICI ODKAZ! HODNOTA! NÁZEV? ČÍSLO! DĚLENÍ_NULOU! PŘESAH! VÝPOČET! POLE! NEPLATNÝ!
    NEDOSTUPNÝ NÁZOV? DELENIENULOU! NEDOSTUPNÝ!
    HIÁNYZIK HIV! ÉRTÉK! NÉV? SZÁM! ZÉRÓOSZTÓ! NULLA! KIBONTÁS! SZÁMÍTÁS! MEZŐ!
    Н/Д ССЫЛКА! ЗНАЧ! ИМЯ? ЧИСЛО! ДЕЛ/0! ПУСТО! ПЕРЕНОС! ПОЛЕ! ВЫЧИСЛ! ЗАБЛОКИРОВАНО! ПОСИЛАННЯ! ІМ'Я? ІМ’Я?
    ЗНАЧЕННЯ! НД СТОЙНОСТ! ИМЕ? РЕФ! ЧИСЛО!
    YOK BAŞV! DEĞER! AD? SAYI! SAYI/0! BOŞ! TAŞMA! ALAN! HESAPLA! ENGELLENDİ!
    Δ/Υ ΑΝΑΦ! ΤΙΜΗ! ΟΝΟΜΑ? ΑΡΙΘ! ΔΙΑΙΡ/0! ΔΙΑΙΡ./0! ΚΕΝΟ!
    VALOARE! NUME? VRIJEDNOST! BROJ! DIJ/0! NAZIV? VREDNOST! VREDN! ŠTEV! DEL/0! IME? N/V SKLIC! NIČ!
    VÄÄRTUS! NIMI? ARV! VĒRTĪBA! REIKŠMĖ! VARDAS?";

/// What LibreOffice writes before the number of an error.
const BEFORE_NUMBERS: [&str; 20] = [
    "err",
    "fehler",
    "erreur",
    "erro",
    "error",
    "errore",
    "fout",
    "fejl",
    "feil",
    "fel",
    "virhe",
    "błąd",
    "chyba",
    "hiba",
    "ошибка",
    "hata",
    "错误",
    "錯誤",
    "エラー",
    "오류",
];

/// What is shown while a value is loading, without the dots after it.
const LOADING: &str = "
    loading, loading data, wird geladen, daten werden geladen, wird geladen bitte warten, chargement,
    chargement en cours, cargando, cargando datos, carregando, a carregar, caricamento, caricamento in corso,
    laden, bezig met laden, wordt geladen, indlæser, laster, laster inn, läser in, ladataan, ładowanie,
    wczytywanie, načítání, načítá se, načítava sa, betöltés, se încarcă, yükleniyor, загрузка,
    идет загрузка, идёт загрузка, завантаження, φόρτωση, đang tải, memuat, กำลังโหลด, טוען, جار التحميل,
    加载中, 正在加载, 載入中, 正在載入, 读取中, 読み込み中, 読み込んでいます, ロード中, 로드 중, 로딩 중, 로딩중,
    getting data, retrieving data";

/// What failed, if it did.
pub(super) fn failed(cell: &str) -> Option<Broken> {
    if let Some(name) = cell.strip_prefix('#').or_else(|| cell.strip_prefix('＃')) {
        if !name.is_empty() && name.chars().all(|c| c == '#') {
            return Some(Broken::Narrow);
        }
        let known = || ERRORS.split_ascii_whitespace().any(|error| error == name);
        // So long is the longest.
        return (name.len() <= 40 && known()).then_some(Broken::Formula);
    }
    if cell.len() > 64 {
        return None;
    }
    if is_numbered(cell) {
        return Some(Broken::Formula);
    }
    is_loading(cell).then_some(Broken::Loading)
}

/// `Err:502`: LibreOffice has errors from 501 on, and some in the hundreds below.
fn is_numbered(cell: &str) -> bool {
    let Some(words) = cell.get(..cell.len().saturating_sub(3)) else {
        return false;
    };
    let number = cell.get(words.len()..).unwrap_or_default();
    let is_number = number.starts_with('5') && number.bytes().all(|b| b.is_ascii_digit());
    let Some(word) = words.trim_end().strip_suffix([':', '：']).filter(|_| is_number) else {
        return false;
    };
    let word = word.trim_end().to_lowercase();
    BEFORE_NUMBERS.contains(&word.as_str())
}

fn is_loading(cell: &str) -> bool {
    let words = cell.trim_end_matches(['.', '…', ' ', '。']);
    // Of what needs no dots, nobody means anything else.
    let whole = words.len() == cell.len();
    if whole && cell.is_ascii() {
        return false;
    }
    let lower = words.to_lowercase();
    let known = |word: &str| word == lower && (!whole || !word.chars().all(|c| c < '\u{3000}'));
    LOADING.split(',').map(str::trim).any(known)
}

/// A number that a spreadsheet has cut to the width of its column. Codes such as 1E5 are not cut:
/// they have no sign, and hardly ever a point.
pub(super) fn lost_digits(cell: &str) -> bool {
    let octets = cell.as_bytes();
    if !octets.first().is_some_and(|b| b.is_ascii_digit() || *b == b'-') || octets.len() > 32 {
        return false;
    }
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let (signed, power) = match exponent.strip_prefix('+') {
        Some(power) => (true, power),
        None => (false, exponent),
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let is_one = whole.len() == 1 && digits(whole) && digits(decimals) && power.len() == 2 && digits(power);
    let written = signed || !decimals.is_empty();
    // Twelve digits are what Excel begins with; numbers of parcels and accounts have up to 23, and
    // from there on it is physics.
    let power = power.parse().unwrap_or(0_usize);
    is_one && written && (11..23).contains(&power) && decimals.len() < power
}
