//! What a signature covers, and how it is written.

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::*;
use crate::message::content::Shared;
use crate::message::{KeyKind, generate_key};

const HEADER: &str = "From: Registrar <registrar@uni.example>\r\n\
    To: =?utf-8?b?546L5bCP5piO?=\r\n <ada@example.org>\r\n\
    Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n\
    X-Course: CS 101\r\n\
    List-Id: one\r\nList-Id: two\r\n\
    Subject:  two  spaces \r\n";

fn signer() -> Signer {
    let key = generate_key(KeyKind::Ed25519).unwrap();
    Signer::new("uni.example", "s1", key.expose_secret()).unwrap()
}

fn date() -> Timestamp {
    Timestamp::from_second(1_700_000_000).unwrap()
}

fn content(own: &str) -> Content {
    Content::new(own.as_bytes().to_vec(), Vec::new())
}

/// Its tags, unfolded.
fn tags(message: &[u8]) -> std::collections::BTreeMap<String, String> {
    let text = String::from_utf8(message.to_vec()).unwrap();
    let (field, _) = text.split_once("\r\nFrom:").unwrap();
    let unfolded = field
        .replace("\r\n\t", "")
        .replace("DKIM-Signature:", "")
        .replace(' ', "");
    unfolded
        .split(';')
        .filter_map(|tag| tag.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn who_wrote_is_listed_once_more_than_it_is_there() {
    let (listed, fields) = chosen(&fields(HEADER.as_bytes()), &[]);
    assert_eq!(
        listed.join(":"),
        "From:From:Sender:Reply-To:To:To:Cc:Subject:Subject:Date:Date:List-Id:List-Id:List-Id:\
         List-Unsubscribe:List-Unsubscribe-Post"
    );
    let values: Vec<_> = fields.iter().map(|(_, value)| value.len()).collect();
    assert_eq!(values.len(), 6);
    assert_eq!(fields[4].1, b" two\r\n", "the last counts first");
}

#[test]
fn what_the_relay_writes_itself_is_left_out_but_for_who_wrote() {
    let out = ["date", "LIST-ID", "List-Unsubscribe", "From"].map(str::to_owned);
    let (listed, fields) = chosen(&fields(HEADER.as_bytes()), &out);
    assert_eq!(
        listed.join(":"),
        "From:From:Sender:Reply-To:To:To:Cc:Subject:Subject:List-Unsubscribe-Post"
    );
    assert_eq!(fields.len(), 3);
}

#[test]
fn the_same_message_is_signed_the_same() {
    let signing = Signing::new(vec![signer(), signer()], Vec::new());
    let unsigned = content(&format!("{HEADER}\r\nbody\r\n"));
    let (mut one, mut two) = (unsigned.clone(), unsigned.clone());
    signing.sign(&mut one, date()).unwrap();
    signing.sign(&mut two, date()).unwrap();
    assert_eq!(one, two);
    assert_ne!(one.digest, unsigned.digest);
    let text = String::from_utf8(one.to_vec()).unwrap();
    assert!(text.ends_with(std::str::from_utf8(&unsigned.own).unwrap()));
    assert_eq!(text.matches("DKIM-Signature: v=1;").count(), 2);
    assert_eq!(tags(&one.own)["t"], "1700000000");
    let mut later = unsigned.clone();
    signing
        .sign(&mut later, Timestamp::from_second(1_700_000_001).unwrap())
        .unwrap();
    assert_ne!(later.digest, one.digest);
}

#[test]
fn shared_octets_stay_where_they_belong_and_are_signed() {
    let signing = Signing::new(vec![signer()], Vec::new());
    let own = format!("{HEADER}\r\n--b\r\n\r\n\r\n--b--\r\n");
    let place = own.len() - "\r\n--b--\r\n".len();
    let shared = Shared::new(b"QUJD\r\nQUJD".to_vec());
    let mut apart = Content::new(own.into_bytes(), vec![(place, shared)]);
    let mut whole = content(std::str::from_utf8(&apart.to_vec()).unwrap());
    signing.sign(&mut apart, date()).unwrap();
    signing.sign(&mut whole, date()).unwrap();
    assert_eq!(apart.to_vec(), whole.to_vec());
}

#[test]
fn lines_are_short_unless_a_name_is_long() {
    let key = generate_key(KeyKind::Rsa).unwrap();
    for length in 1..40 {
        let domain = format!("{}.uni.example", "d".repeat(length));
        let selector = format!("s{}", "x".repeat(length % 17));
        let signer = Signer::new(&domain, &selector, key.expose_secret()).unwrap();
        let most = "Message-ID: <a@uni.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\
            Content-Transfer-Encoding: 7bit\r\n";
        let mut signed = content(&format!("{most}{HEADER}\r\nbody\r\n"));
        let before = signed.len();
        Signing::new(vec![signer], Vec::new())
            .sign(&mut signed, date())
            .unwrap();
        let text = String::from_utf8(signed.to_vec()).unwrap();
        for line in text.lines() {
            assert!(line.len() <= LINE, "{line}");
        }
        let added = (signed.len() - before) as u64;
        let told = Signing::octets(&domain, &selector);
        assert!(added.abs_diff(told) < 60, "{added} octets, told {told}");
    }
}

/// RFC 6376 §3.4.4, the slow and obvious way.
fn relaxed(body: &str) -> String {
    let mut lines: Vec<String> = body
        .split("\r\n")
        .map(|line| {
            let mut out = String::new();
            for c in line.chars() {
                match c {
                    ' ' | '\t' if out.ends_with(' ') => {}
                    ' ' | '\t' => out.push(' '),
                    _ => out.push(c),
                }
            }
            out.trim_end_matches(' ').to_owned()
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.into_iter().map(|line| line + "\r\n").collect()
}

fn digest(text: &str) -> Vec<u8> {
    let mut hash = Sha256::hasher();
    Writer::write(&mut hash, text.as_bytes());
    hash.complete().as_ref().to_vec()
}

proptest! {
    #[test]
    fn bodies_are_hashed_as_the_rfc_says(
        before in "([a. \t]{0,4}\r\n){0,4}[a. \t]{0,9}",
        shared in "[QD]{1,9}(\r\n[QD]{1,9}){0,2}",
        behind in "(\r\n[a. \t]{0,3}){0,4}\r\n",
    ) {
        let own = format!("A: b\r\n\r\n{before}{behind}");
        let alone = content(&own);
        prop_assert_eq!(body_digest(&alone, 8), digest(&relaxed(&format!("{before}{behind}"))));
        let behind = format!("\r\n--b--{behind}");
        let set_in = Content::new(
            format!("A: b\r\n\r\n{before}{behind}").into_bytes(),
            vec![(8 + before.len(), Shared::new(shared.as_bytes().to_vec()))],
        );
        let whole = format!("{before}{shared}{behind}");
        prop_assert_eq!(body_digest(&set_in, 8), digest(&relaxed(&whole)));
    }
}
