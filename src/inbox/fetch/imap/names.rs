//! Names of folders: modified UTF-7 (RFC 3501 §5.1.3) on the wire, and quoted.

use data_encoding::BASE64_NOPAD;

/// A name as it is written on the wire.
pub(super) fn encoded(name: &str) -> String {
    let mut wire = String::with_capacity(name.len());
    let mut shifted: Vec<u8> = Vec::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            flush(&mut wire, &mut shifted);
            wire.push(c);
            if c == '&' {
                wire.push('-');
            }
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                shifted.extend(unit.to_be_bytes());
            }
        }
    }
    flush(&mut wire, &mut shifted);
    wire
}

fn flush(wire: &mut String, shifted: &mut Vec<u8>) {
    if !shifted.is_empty() {
        wire.push('&');
        wire.push_str(&BASE64_NOPAD.encode(shifted).replace('/', ","));
        wire.push('-');
        shifted.clear();
    }
}

/// A name of the wire, for people. What is not encoded rightly stays as it is: some servers write UTF-8.
pub(super) fn decoded(wire: &str) -> String {
    let mut name = String::with_capacity(wire.len());
    let mut rest = wire;
    while let Some((before, behind)) = rest.split_once('&') {
        name.push_str(before);
        let Some((inner, after)) = behind.split_once('-') else {
            name.push('&');
            rest = behind;
            continue;
        };
        match unshifted(inner) {
            Some(text) => {
                name.push_str(&text);
                rest = after;
            }
            None => {
                name.push('&');
                rest = behind;
            }
        }
    }
    name.push_str(rest);
    name
}

fn unshifted(inner: &str) -> Option<String> {
    if inner.is_empty() {
        return Some("&".to_owned());
    }
    let octets = BASE64_NOPAD.decode(inner.replace(',', "/").as_bytes()).ok()?;
    if octets.len() % 2 != 0 {
        return None;
    }
    let units: Vec<u16> = octets
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(&units).ok()
}

/// A string in quotes; `None` where it cannot be said so.
pub(super) fn quoted(text: &str) -> Option<String> {
    let fits = text.bytes().all(|octet| matches!(octet, b' '..=b'~'));
    fits.then(|| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_there_and_back() {
        for (name, wire) in [
            ("INBOX", "INBOX"),
            ("Sent & done", "Sent &- done"),
            ("台北", "&U,BTFw-"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Gel\u{f6}scht", "Gel&APY-scht"),
            ("\u{1f4e7}", "&2D3c5w-"),
        ] {
            assert_eq!(encoded(name), wire);
            assert_eq!(decoded(wire), name);
        }
        for odd in ["a & b", "&U,BTFw", "&!!-", "已发送"] {
            assert_eq!(decoded(odd), odd);
        }
        assert_eq!(quoted("a\"b\\c").unwrap(), "\"a\\\"b\\\\c\"");
        assert_eq!((quoted("密"), quoted("a\r\nb")), (None, None));
    }
}
