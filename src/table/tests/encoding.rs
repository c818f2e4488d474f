use std::io::BufReader;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1252,
};

use super::*;

fn read(octets: &[u8], encoding: &'static Encoding, at_a_time: usize) -> Vec<u8> {
    let mut made = Vec::new();
    let input = BufReader::with_capacity(at_a_time, octets);
    Decoding::new(input, encoding.into())
        .read_to_end(&mut made)
        .unwrap();
    made
}

#[test]
fn what_cannot_be_decoded_is_marked_and_the_rest_is_read() {
    for (octets, encoding, expected) in [
        (&b"\xcd\xf5,\xff,a"[..], GB18030, "王,\u{1},a"),
        // An octet that begins a pair, and a comma: the comma is there.
        (b"\xcd,a", GB18030, "\u{1},a"),
        (b"\xa7\xf5,\xa7", BIG5, "李,\u{1}"),
        (b"\x83\x41\x80a", SHIFT_JIS, "ア\u{80}a"),
        (b"\xb1\xe8\xff", EUC_KR, "김\u{1}"),
        (b"J\xfcrgen\x81", WINDOWS_1252, "Jürgen\u{1}"),
        (b"\0a\xd8\0\0b", UTF_16BE, "a\u{1}b"),
        (b"a\0b", UTF_16LE, "a\u{1}"),
        (b"a\xff", UTF_8, "a\u{1}"),
    ] {
        let expected: Vec<u8> = expected
            .bytes()
            .map(|b| if b == 1 { UNDECODABLE } else { b })
            .collect();
        let got = read(octets, encoding, 64);
        assert_eq!(got, expected, "{}: {}", encoding.name(), got.escape_ascii());
    }
}

#[test]
fn however_few_octets_come_at_a_time_the_text_is_the_same() {
    let encodings = [
        GB18030,
        BIG5,
        SHIFT_JIS,
        EUC_KR,
        WINDOWS_1252,
        UTF_16LE,
        UTF_16BE,
        UTF_8,
    ];
    fuzzing::hold(
        "decoding",
        &[b"\xcd\xf5", b"\xff", b"\0", b",", b"\n", b"\x81\x30\x81\x30"],
        |octets| {
            for encoding in encodings {
                let whole = read(octets, encoding, 1 << 16);
                assert_eq!(read(octets, encoding, 1), whole);
                assert_eq!(read(octets, encoding, 7), whole);
                let start = decoded(octets, encoding.into());
                assert!(whole.starts_with(&start) && whole.len() <= start.len() + 1);
            }
            octets.len().checked_ilog2()
        },
    );
}

#[test]
fn what_is_larger_than_the_buffer_is_read_whole() {
    let text = "王小明,a@x.test\r\n".repeat(20_000);
    let octets = GB18030.encode(&text).0;
    assert_eq!(read(&octets, GB18030, 1 << 16), text.as_bytes());
    assert_eq!(decoded(&octets, GB18030.into()), text.as_bytes());
}

#[test]
fn from_every_place_the_text_is_read_again_as_it_was() {
    let words: [&[u8]; 16] = [
        b"\xcd\xf5",
        b"\xff",
        b"\0",
        b"\n",
        b"\n\0",
        b"\0\n",
        b"\r\n",
        b"\xd8\0",
        b"\0\xd8",
        b"\x81",
        b"\x81\x30\x81\x30",
        b"\x1b(B",
        b"\x1b(J",
        b"\x1b$B",
        b"\x1b(",
        b"$AB\\~",
    ];
    let encodings = [
        GB18030,
        BIG5,
        SHIFT_JIS,
        EUC_KR,
        ISO_2022_JP,
        REPLACEMENT,
        WINDOWS_1252,
        UTF_16LE,
        UTF_16BE,
        UTF_8,
    ];
    fuzzing::hold("decoding", &words, |octets| {
        let octets = octets.get(..200).unwrap_or(octets);
        let mut places = 0_usize;
        for encoding in encodings {
            let whole = read(octets, encoding, 1 << 16);
            for at_a_time in [1, 5, 64] {
                let mut text = Decoding::new(BufReader::with_capacity(at_a_time, octets), encoding.into());
                let mut read = 0;
                loop {
                    let Rest { octet, made } = text.place();
                    places += usize::from(octet > 0);
                    let rest = octets.get(usize::try_from(octet).unwrap()..).unwrap();
                    let mut again = Decoding::at(octet, BufReader::with_capacity(64, rest), encoding.into());
                    again.skip(made).unwrap();
                    let mut found = Vec::new();
                    again.read_to_end(&mut found).unwrap();
                    assert_eq!(found, whole[read..], "{} {octet} {made}", encoding.name());
                    if text.fill_buf().unwrap().is_empty() {
                        break;
                    }
                    text.consume(1);
                    read += 1;
                }
            }
        }
        places.checked_ilog2()
    });
}
