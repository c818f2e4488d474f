//! The draft of `unsubscribe` -> how a recipient leaves the list. What is the same for everybody is
//! checked here, once; what a row fills in is checked with the row.

use url::Url;

use crate::campaign::draft::UnsubscribeDraft;
use crate::campaign::values::{Place, Problem, Problems, Text, UnsubscribePlan, hidden};
use crate::words::{Said, say};

pub(super) fn unsubscribe(draft: UnsubscribeDraft, problems: &mut Problems) -> UnsubscribePlan {
    let mut told = false;
    let mut problem = |key: &str, place: &Place, what: Said, help: Said| {
        told = true;
        problems.push(Problem::of_key(format!("message.{key}"), place, what).help(help));
    };
    if draft.url.is_none() && draft.mailto.is_none() {
        problem(
            "unsubscribe",
            &draft.table.place,
            say!("campaign-unsubscribe-empty"),
            say!("campaign-unsubscribe-empty-hint"),
        );
    }
    if let Some(url) = &draft.url {
        match page(url) {
            Page::Secure | Page::Filled => {}
            Page::Open if draft.one_click == Some(false) => {}
            Page::Open => problem(
                "unsubscribe.url",
                &url.place,
                say!("campaign-unsubscribe-open-page"),
                say!("campaign-unsubscribe-open-page-hint"),
            ),
            Page::Wrong => problem(
                "unsubscribe.url",
                &url.place,
                say!(
                    "campaign-unsubscribe-bad-url",
                    written = hidden::urls(&url.value.escape_debug().to_string())
                ),
                say!("campaign-unsubscribe-bad-url-hint"),
            ),
        }
    } else if draft.one_click == Some(true) && draft.mailto.is_some() {
        problem(
            "unsubscribe",
            &draft.table.place,
            say!("campaign-unsubscribe-one-click-without-url"),
            say!("campaign-unsubscribe-one-click-without-url-hint"),
        );
    }
    if let Some(mailto) = draft.mailto.as_ref().filter(|mailto| is_no_address(mailto)) {
        problem(
            "unsubscribe.mailto",
            &mailto.place,
            say!(
                "campaign-unsubscribe-bad-mailto",
                written = mailto.value.escape_debug().to_string()
            ),
            say!("campaign-unsubscribe-bad-mailto-hint"),
        );
    }
    UnsubscribePlan {
        one_click: draft.url.is_some() && draft.one_click.unwrap_or(true),
        url: draft.url,
        mailto: draft.mailto,
        place: draft.table.place,
        told,
    }
}

/// What kind of page an address leads to, by what is the same for everybody.
enum Page {
    Secure,
    /// http://, which everybody can read and change on the way.
    Open,
    Wrong,
    /// A row fills in what tells.
    Filled,
}

fn page(url: &Text) -> Page {
    let text = url.value.trim_start();
    let constant = text.split(['{', '}']).next().unwrap_or_default();
    // What is filled in may be, or end, the scheme.
    let begins = constant
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if text.contains("{%") || (text.contains('{') && begins) {
        return Page::Filled;
    }
    let Some(filled) = filled(text) else {
        return Page::Filled;
    };
    match Url::parse(&filled) {
        Ok(url) if url.scheme() == "https" => Page::Secure,
        Ok(url) if url.scheme() == "http" => Page::Open,
        Ok(_) => Page::Wrong,
        // A value may make it one: a port.
        Err(_) if text.contains('{') && !constant.ends_with("//") && constant.contains("://") => Page::Filled,
        Err(_) => Page::Wrong,
    }
}

/// A template with a letter in place of each value; `None` where a value is not closed.
fn filled(text: &str) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, value)) = rest.split_once("{{") {
        filled.push_str(before);
        filled.push('x');
        rest = value.split_once("}}")?.1;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Whether this cannot be an e-mail address, whatever the values in it are.
fn is_no_address(mailto: &Text) -> bool {
    let text = mailto.value.as_str();
    let text = match text.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => rest,
        _ => text,
    };
    let to = text.split('?').next().unwrap_or_default();
    !to.contains(['{', '}']) && to.parse::<lettre::Address>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_for_everybody_is_judged() {
        for (url, kind) in [
            ("https://uni.example/leave/{{ token }}", "secure"),
            ("HTTPS://uni.example", "secure"),
            (" https://uni.example", "secure"),
            ("https://{{ host }}/leave", "secure"),
            ("https://uni.example:{{ port }}/leave", "filled"),
            ("http://uni.example/{{ nme }}", "open"),
            ("{{ page }}", "filled"),
            ("{{ scheme }}://uni.example", "filled"),
            ("{% if a %}https{% else %}http{% endif %}://uni.example", "filled"),
            ("https://", "wrong"),
            ("ftp://uni.example", "wrong"),
            ("mailto:leave@uni.example", "wrong"),
            ("uni.example/leave", "wrong"),
            ("uni.example/leave/{{ token }}", "wrong"),
            ("//uni.example/leave", "wrong"),
            ("", "wrong"),
        ] {
            let told = match page(&Text::of_flag("url", url)) {
                Page::Secure => "secure",
                Page::Open => "open",
                Page::Wrong => "wrong",
                Page::Filled => "filled",
            };
            assert_eq!(told, kind, "{url}");
        }
        for (mailto, wrong) in [
            ("leave@uni.example", false),
            ("MAILTO:leave@uni.example?subject=x", false),
            ("leave+{{ token }}@uni.example", false),
            ("{{ office }}", false),
            ("leave", true),
            ("", true),
            ("https://uni.example", true),
        ] {
            assert_eq!(is_no_address(&Text::of_flag("mailto", mailto)), wrong, "{mailto}");
        }
    }
}
