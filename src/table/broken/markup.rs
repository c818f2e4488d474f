//! HTML entities and encoded words of mail, in lists where the source was taken for the text.

use mail_parser::MessageParser;

use super::kinds::Broken;

/// Entities of letters and signs that people's names and titles have.
const ENTITIES: &str = "
    amp:& lt:< gt:> quot:\" apos:' nbsp:\u{a0} copy:© reg:® trade:™ euro:€ pound:£ cent:¢ yen:¥ sect:§ deg:° middot:· bull:•
    hellip:… ndash:– mdash:— lsquo:‘ rsquo:’ ldquo:“ rdquo:” sbquo:‚ bdquo:„ laquo:« raquo:» lsaquo:‹ rsaquo:›
    iexcl:¡ iquest:¿ ordf:ª ordm:º times:× divide:÷ plusmn:± micro:µ para:¶ frac12:½ frac14:¼ frac34:¾ sup2:² sup3:³
    Agrave:À Aacute:Á Acirc:Â Atilde:Ã Auml:Ä Aring:Å AElig:Æ Ccedil:Ç Egrave:È Eacute:É Ecirc:Ê Euml:Ë
    Igrave:Ì Iacute:Í Icirc:Î Iuml:Ï ETH:Ð Ntilde:Ñ Ograve:Ò Oacute:Ó Ocirc:Ô Otilde:Õ Ouml:Ö Oslash:Ø
    Ugrave:Ù Uacute:Ú Ucirc:Û Uuml:Ü Yacute:Ý THORN:Þ szlig:ß agrave:à aacute:á acirc:â atilde:ã auml:ä
    aring:å aelig:æ ccedil:ç egrave:è eacute:é ecirc:ê euml:ë igrave:ì iacute:í icirc:î iuml:ï eth:ð
    ntilde:ñ ograve:ò oacute:ó ocirc:ô otilde:õ ouml:ö oslash:ø ugrave:ù uacute:ú ucirc:û uuml:ü yacute:ý
    thorn:þ yuml:ÿ Yuml:Ÿ OElig:Œ oelig:œ Scaron:Š scaron:š Zcaron:Ž zcaron:ž Ccaron:Č ccaron:č
    Lstrok:Ł lstrok:ł Aogon:Ą aogon:ą Eogon:Ę eogon:ę Sacute:Ś sacute:ś Zacute:Ź zacute:ź Zdot:Ż zdot:ż
    Cacute:Ć cacute:ć Nacute:Ń nacute:ń Rcaron:Ř rcaron:ř ecaron:ě Odblac:Ő odblac:ő Udblac:Ű udblac:ű
    inodot:ı Scedil:Ş scedil:ş Gbreve:Ğ gbreve:ğ Idot:İ abreve:ă Abreve:Ă";

/// What stands for another text in a cell.
pub(super) fn found(cell: &str) -> Option<Broken> {
    if memchr::memchr(b'&', cell.as_bytes()).is_some()
        && let Some(meant) = entities(cell)
    {
        return Some(Broken::Entities(meant));
    }
    let is_word = |cell: &str| {
        let rest = cell.split_once("=?").map(|(_, rest)| rest)?;
        let (_, rest) = rest.split_once('?')?;
        rest.starts_with(['b', 'B', 'q', 'Q']).then_some(())?;
        rest.get(1..)?.strip_prefix('?')?.contains("?=").then_some(())
    };
    is_word(cell)?;
    let octets = format!("Subject: {}\r\n\r\n", cell.replace(['\r', '\n'], " "));
    let message = MessageParser::new().parse(octets.as_bytes())?;
    let meant = message.subject()?.to_owned();
    (meant != cell).then_some(Broken::EncodedWord(meant))
}

/// The text that the entities of a cell stand for; `None` where it has none.
fn entities(cell: &str) -> Option<String> {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    let mut any = false;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let entity = after
            .split_once(';')
            .and_then(|(name, behind)| Some((entity(name)?, behind)));
        rest = match entity {
            Some((c, behind)) => {
                any = true;
                text.push(c);
                behind
            }
            None => {
                text.push('&');
                after
            }
        };
    }
    text.push_str(rest);
    any.then_some(text)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    let of = |entry: &str| {
        let c = entry.strip_prefix(name)?.strip_prefix(':')?;
        c.chars().next()
    };
    // `nbsp` is the one whose character is a blank itself.
    if name == "nbsp" {
        return Some('\u{a0}');
    }
    (name.len() <= 8).then(|| ENTITIES.split_ascii_whitespace().find_map(of))?
}
