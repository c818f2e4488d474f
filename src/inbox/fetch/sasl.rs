//! What is said to log in, whatever the protocol, and what refusals are about.

use secrecy::ExposeSecret as _;

use crate::smtp::Login;

/// PLAIN (RFC 4616).
pub(super) fn plain(login: &Login) -> Vec<u8> {
    format!("\0{}\0{}", login.user, login.secret.expose_secret()).into_bytes()
}

/// XOAUTH2, as Google and Microsoft want it.
pub(super) fn xoauth2(login: &Login) -> Vec<u8> {
    let token = login.secret.expose_secret();
    format!("user={}\u{1}auth=Bearer {token}\u{1}\u{1}", login.user).into_bytes()
}

/// Whether a refused login may work later with the same password.
pub(super) fn is_about_now(text: &str) -> bool {
    let text = text.to_lowercase();
    let about_now = [
        "temporar",
        "try again",
        "try later",
        "too many simultaneous",
        "too many connections",
        "maximum number of connections",
        "already in use",
        "is locked by",
        "mailbox is locked",
        "unable to lock",
        "lock busy",
        "maildrop already locked",
        "server busy",
        "system busy",
        "rate limit",
        "系统繁忙",
        "稍后再试",
    ];
    about_now.iter().any(|words| text.contains(words))
}

/// Whether it is about the way to log in.
pub(super) fn is_about_the_way(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "mechanism",
        "unsupported",
        "not supported",
        "disabled",
        "unknown command",
    ]
    .iter()
    .any(|words| text.contains(words))
}
