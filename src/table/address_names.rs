//! Names of columns with e-mail addresses, in the languages and from the programs that lists come
//! from.
//!
//! Only the letters of names are compared: without case, accents, blanks, signs, numbers and text
//! in brackets. So `E-mail Address *`, `email_address` and `2. Email address (required)` are the
//! same.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the name of a column says of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// They are addresses.
    Addresses,
    /// They may be addresses: of some kind of people, or beside others.
    Likely,
    /// Nothing.
    Other,
}

/// What a column of addresses is called.
const NAMES: &str = "
    email, e-mail, mail, emails, e-mails, email address, e-mail address, mail address, email addr, mailto,
    mail to, email id, e-mail id, emailid, electronic mail, electronic mail address, email adress,
    e-mail-adresse, e-mailadresse, mailadresse, e-mail adressen, mailadressen, elektronische post,
    e-mailadres, e-mail adres, mailadres, elektronisch adres,
    adresse e-mail, adresse mail, adresse email, adresse électronique, adresse de courriel, courriel,
    adresse courriel, courrier électronique, adresse de messagerie, mél, adresse mél,
    correo, correo electrónico, dirección de correo electrónico, dirección de correo, direcció electrònica,
    dirección electrónica, dirección de email, dirección email, correo e, mail electrónico,
    correu electrònic, adreça electrònica, correo-e, enderezo electrónico, helbide elektronikoa,
    posta elektronikoa, indirizzo e-mail, indirizzo email, indirizzo mail, indirizzo di posta elettronica,
    posta elettronica, indirizzo di posta, endereço de e-mail, endereço de email, endereço eletrônico,
    endereço eletrónico, endereço e-mail, correio eletrônico, correio eletrónico,
    endereço de correio eletrônico, endereço de correio eletrónico,
    adres e-mail, adres email, adres mail, adres poczty elektronicznej, poczta elektroniczna, adres mailowy,
    e-mailová adresa, emailová adresa, adresa e-mail, adresa e-mailu, elektronická adresa, elektronická pošta,
    mailová adresa, e-mailova adresa, adresa de e-mail, adresă de e-mail, adresă e-mail, adresă email,
    poștă electronică, adresa electronică, e-mail cím, email cím, e-mail címe, levelezési e-mail, ímél,
    e-pošta, epošta, e-poštni naslov, elektronski naslov, elektronska pošta, e-mail adresa, email adresa,
    adresa e-pošte, adresa elektroničke pošte, elektronička pošta, имејл, е-пошта, е-маил, електронска пошта,
    имејл адреса, adresa e-poste, e-postadress, e-post, epost, e-postadresse, e-postadr, mejl, mejladress,
    mailadress, e-mailadress, netfang, tölvupóstur, tölvupóstfang, sähköposti, sähköpostiosoite, s-posti,
    e-posti aadress, e-posti aadressid, meiliaadress, meil, el. paštas, elektroninis paštas,
    el. pašto adresas, elektroninio pašto adresas, e-pasts, e-pasta adrese, epasts, e-pasta adreses,
    электронная почта, эл. почта, адрес электронной почты, электронный адрес, эл. адрес, почта, имейл,
    емейл, мейл, адрес эл. почты, электронная почта адрес, е-mail, е-мейл, е-мэйл, почтовый ящик,
    електронна пошта, ел. пошта, електронна адреса, адреса електронної пошти, имейл адрес, електронна поща,
    електронен адрес, е-поща, електронная пошта, электрондық пошта, электрондық пошта мекенжайы,
    цахим шуудан, имэйл, имэйл хаяг, e-posta, e-posta adresi, eposta, eposta adresi, elektronik posta,
    e-poçt, e-poçt ünvanı, elektron poçt, elektron pochta, e-pochta, posta elektronike, adresa e postës elektronike,
    ηλεκτρονικό ταχυδρομείο, διεύθυνση ηλεκτρονικού ταχυδρομείου, διεύθυνση email, διεύθυνση e-mail,
    ηλεκτρονική διεύθυνση, ημέιλ, ηλ. ταχυδρομείο, ელფოსტა, ელ. ფოსტა, ელექტრონული ფოსტა,
    ელ-ფოსტა, էլ. փոստ, էլփոստ, էլեկտրոնային փոստ, էլ. հասցե, דואר אלקטרוני, דוא״ל, דוא\"ל, אימייל, מייל,
    כתובת דואר אלקטרוני, כתובת אימייל, כתובת מייל, כתובת דוא״ל, البريد الإلكتروني, بريد إلكتروني, الإيميل,
    إيميل, عنوان البريد الإلكتروني, البريد, الايميل, ایمیل, پست الکترونیک, پست الکترونیکی, آدرس ایمیل,
    نشانی ایمیل, رایانامه, ای میل, ای میل پتہ, ईमेल, ई-मेल, ईमेल पता, ई-मेल पता, ईमेल आईडी, ইমেইল, ইমেল,
    ই-মেইল, ইমেইল ঠিকানা, மின்னஞ்சல், மின்னஞ்சல் முகவரி, ఇమెయిల్, ఇ-మెయిల్, ઇમેઇલ, ಇಮೇಲ್, ഇമെയിൽ, ਈਮੇਲ,
    อีเมล, อีเมล์, ที่อยู่อีเมล, ไปรษณีย์อิเล็กทรอนิกส์, thư điện tử, địa chỉ email, địa chỉ e-mail,
    địa chỉ thư điện tử, hòm thư, surel, alamat surel, alamat email, alamat e-mel, e-mel, emel, pos-el,
    e-posadres, barua pepe, ríomhphost, seoladh ríomhphoist, e-bost, cyfeiriad e-bost, retpoŝto,
    retpoŝtadreso, អ៊ីមែល, ອີເມວ, အီးမေးလ်, විද්‍යුත් තැපෑල, ඊමේල්, ኢሜይል, इमेल,
    邮箱, 电子邮件, 电子邮箱, 电邮, 邮件, 邮件地址, 邮箱地址, 电子邮件地址, 电子邮箱地址, 信箱, 邮箱账号,
    邮箱号, 邮箱帐号, 电子信箱, 电邮地址, 伊妹儿, 电子邮址, mail地址, email地址, e-mail地址, email邮箱,
    邮箱email, 邮箱e-mail, 邮箱mail, 电子邮箱email, 电子邮件email, qq邮箱,
    電子郵件, 電子信箱, 電郵, 郵箱, 電子郵件地址, 電郵地址, 郵箱地址, 電子郵箱, 電子郵件信箱, 郵件地址,
    電子郵址, メール, メールアドレス, eメール, eメールアドレス, 電子メール, 電子メールアドレス, メアド,
    メールaddress, e-メール, mailアドレス, emailアドレス, e-mailアドレス, 이메일, 이메일 주소, 메일, 메일 주소,
    전자우편, 전자우편 주소, 전자 메일, 전자 메일 주소, e메일, e-메일, e메일 주소";

/// Words around such a name that say no more of whose address it is.
const AROUND: &str = "
    your, my, please, enter, the, primary, main, default, preferred, value, wert, valeur, valor, required, optional,
    first, contact, bitte, ihre, deine, votre, tu, su, seu, il, tuo, din, uw, je, ваш, ваша, ваше, твой,
    您的, 你的, 请输入, 请填写, 填写, 输入, 常用, 主要, 首选, 有效, 必填, 选填, 您, 的, 常用的, 您常用的, 請輸入, 請填寫,
    あなたの, 귀하의, 本人, 主";

/// Names of columns that hold addresses in some exports and other things elsewhere.
const PERSONS: &str = "
    username, user name, user, login, login id, sis login id, user id, userid, account, to, recipient,
    recipients, subscriber, participant, attendee, invitee, member, upn, userprincipalname,
    user principal name, who, contact, empfänger, empfaenger, destinataire, destinatario, odbiorca,
    получатель, логин, 用户名, 账号, 帐号, 账户, 收件人, 登录名, 联系方式, 用戶名, 帳號, 收件者, 宛先, 受信者,
    ユーザー名, 수신자, 아이디, e, 企业微信账号";

/// Words beside `email` that make it another thing than an address.
const OTHERS: &str = "
    status, state, type, label, consent, optin, opt, optout, subscribed, unsubscribed, verified, verification,
    validated, valid, sent, opened, clicked, opens, clicks, count, date, time, at, subject, body, text, template,
    domain, server, host, provider, format, language, hash, md5, sha256, list, lists, campaign, password, quota,
    size, preference, preferences, frequency, bounce, bounced, notification, notifications, marketing, permission,
    display, merge, code, stop, on, off, cc, bcc, reply, number, 状态, 类型, 是否, 主题, 时间, 内容, 密码, 标题";

/// Words of other people than the one whom a row is about.
const ELSE: &str = "
    secondary, second, alternate, alternative, alt, other, additional, backup, recovery, owner, sender, from,
    agent, manager, supervisor, boss, parent, parents, guardian, mother, father, emergency, referrer, tutor,
    teacher, advisor, adviser, organizer, organiser, host, seller, betreuer, eltern, zweite, weitere,
    2, 3, 4, 备用, 次要, 其他, 家长, 导师, 老师, 上级, 经理, 发件人, 紧急联系人, 第二";

pub(super) fn letters(text: &str) -> String {
    let plain = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

pub(super) fn set(list: &'static str) -> HashSet<String> {
    let words = list.split([',', '\n']).map(letters);
    words.filter(|word| !word.is_empty()).collect()
}

static NAME: LazyLock<HashSet<String>> = LazyLock::new(|| set(NAMES));
static FILLER: LazyLock<HashSet<String>> = LazyLock::new(|| set(AROUND));
static PERSON: LazyLock<HashSet<String>> = LazyLock::new(|| set(PERSONS));
static OTHER: LazyLock<HashSet<String>> = LazyLock::new(|| set(OTHERS));
static SOMEBODY: LazyLock<HashSet<String>> = LazyLock::new(|| set(ELSE));

/// Longer than the name of a column is that says no more than what it holds.
const LONGEST: usize = 80;

/// What a column of this name holds, as far as names tell.
pub fn naming(column: &str) -> Naming {
    let column = column.trim();
    // A name that begins in this way is ours, or a mark of the user.
    if column.is_empty() || column.len() > LONGEST || column.starts_with('_') || column.contains('@') {
        return Naming::Other;
    }
    let copies = words(column)
        .iter()
        .any(|word| matches!(word.as_str(), "cc" | "bcc"));
    let words = words(without_brackets(column));
    let said = words.concat();
    if copies {
        return Naming::Other;
    }
    if NAME.contains(&said) {
        return Naming::Addresses;
    }
    let all = |set: &HashSet<String>| words.iter().any(|word| set.contains(word));
    if all(&OTHER) {
        return Naming::Other;
    }
    let number = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    let second = words
        .iter()
        .any(|word| number(word) && word.trim_start_matches('0') != "1");
    let first_only = words.first().is_some_and(number) && !words.iter().skip(1).any(number);
    if !second || first_only {
        let rest: Vec<&str> = words
            .iter()
            .filter(|word| !FILLER.contains(*word) && !number(word))
            .map(String::as_str)
            .collect();
        if NAME.contains(&rest.concat()) || NAME.contains(stripped(&rest.concat())) {
            return Naming::Addresses;
        }
    }
    let mail = |word: &String| {
        NAME.contains(word)
            || ["mail", "mails", "mailadresse", "epost", "email"]
                .iter()
                .any(|end| word.ends_with(end))
    };
    if words.iter().any(mail) || holds_a_name(&said) || PERSON.contains(&said) {
        return Naming::Likely;
    }
    Naming::Other
}

/// Whether a column of this name holds the addresses of other people than those whom the rows are about.
pub fn names_somebody_else(column: &str) -> bool {
    let words = words(column);
    let said = words.concat();
    let beyond_ascii = |word: &&String| !word.is_ascii() && said.contains(word.as_str());
    words.iter().any(|word| SOMEBODY.contains(word)) || SOMEBODY.iter().any(|word| beyond_ascii(&word))
}

/// Whether a column of this name holds addresses.
pub fn names_addresses(column: &str) -> bool {
    naming(column) == Naming::Addresses
}

/// The words of a name, by their letters: `RecipientEmail` is two, `E-Mail` is one.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in name.nfkc() {
        let camel = before.is_lowercase() && c.is_uppercase();
        let number = before.is_ascii_digit() != c.is_ascii_digit() && !word.is_empty();
        if !(c.is_alphanumeric() || is_combining_mark(c)) || camel || number {
            words.push(letters(&std::mem::take(&mut word)));
        }
        if c.is_alphanumeric() || is_combining_mark(c) {
            word.push(c);
        }
        before = c;
    }
    words.push(letters(&word));
    words.retain(|word| !word.is_empty());
    // `e mail`, `e-post`: the letter belongs to the word behind it.
    let mut joined: Vec<String> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(last)
                if matches!(last.as_str(), "e" | "е" | "el" | "эл" | "ел")
                    && word.chars().all(char::is_alphabetic) =>
            {
                last.push_str(&word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// A name without the fillers that scripts without blanks write right beside it.
fn stripped(said: &str) -> &str {
    let mut said = said;
    loop {
        let shorter = FILLER
            .iter()
            .filter(|filler| !filler.is_ascii())
            .find_map(|filler| {
                said.strip_prefix(filler.as_str())
                    .or_else(|| said.strip_suffix(filler.as_str()))
            });
        match shorter {
            Some(shorter) if !shorter.is_empty() => said = shorter,
            _ => return said,
        }
    }
}

/// Whether some name of a column of addresses is part of this one; of scripts whose words stand apart,
/// only long ones.
fn holds_a_name(said: &str) -> bool {
    let enough = |name: &&String| {
        let least = if name.is_ascii() {
            7
        } else if name.chars().any(|c| c as u32 >= 0x2e80) {
            2
        } else {
            5
        };
        name.chars().count() >= least
    };
    NAME.iter()
        .filter(enough)
        .any(|name| said.contains(name.as_str()))
}

/// A name without the text in brackets, if something else is left of it.
pub(super) fn without_brackets(name: &str) -> &str {
    let end = name.find(['(', '（', '[', '【', '［']).filter(|at| *at > 0);
    let start = name.find([')', '）', ']', '】', '］']);
    match (end, start) {
        (Some(end), _) if name.get(..end).is_some_and(|t| !letters(t).is_empty()) => {
            name.get(..end).unwrap_or(name)
        }
        (None, Some(start)) => name
            .get(start..)
            .filter(|rest| !letters(rest).is_empty())
            .unwrap_or(name),
        _ => name,
    }
}

#[cfg(test)]
mod tests;
