//! `dkim` below [message]: with which keys the messages are signed.
//!
//! A table for one signature, a list of tables for several (RSA, which
//! everybody verifies, and Ed25519 besides).

use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use crate::campaign::values::{DkimPlan, Text, domain_name, selector_name};

use super::reader::Section;
use super::secret::secret;

/// The signatures that `message` asks for.
pub(super) fn dkim(message: &Section<'_>, folder: &Path) -> Vec<DkimPlan> {
    let Some(value) = message.value("dkim") else {
        return Vec::new();
    };
    let one;
    let tables = match value.get_ref().as_array() {
        Some(list) => list.iter().collect::<Vec<_>>(),
        None => {
            one = [value];
            one.to_vec()
        }
    };
    let plans: Vec<_> = tables
        .into_iter()
        .filter_map(|table| plan(message, table, folder))
        .collect();
    for (at, plan) in plans.iter().enumerate() {
        if plans
            .iter()
            .take(at)
            .any(|before| before.record() == plan.record())
        {
            message
                .document
                .problem(
                    plan.place.span.clone(),
                    format!("two signatures name the same key, {}", plan.record()),
                )
                .help("each key has a selector of its own");
        }
    }
    plans
}

fn plan<'d>(message: &Section<'d>, value: &'d Spanned<DeValue<'d>>, folder: &Path) -> Option<DkimPlan> {
    if !value.get_ref().is_table() {
        message
            .document
            .problem(value.span(), "a signature is a table")
            .help("write dkim = { domain = \"uni.example\", selector = \"s1\", key = { file = \"dkim.pem\" } }; mailshot dkim new makes the key and tells the line");
        return None;
    }
    let table = message.open("dkim", value)?;
    let (domain, selector) = (table.text("domain"), table.text("selector"));
    let written = table.has("key");
    let key = secret(&table, "key", folder);
    table.finish();
    for (missing, name, help) in [
        (
            !table.has("domain"),
            "domain",
            "write domain = \"uni.example\", the domain of the sender's address",
        ),
        (
            !table.has("selector"),
            "selector",
            "write selector = \"s1\", the name that the key's record has in the DNS",
        ),
        (
            !written,
            "key",
            "write key = { file = \"dkim.pem\" }; mailshot dkim new makes such a file",
        ),
    ] {
        if missing {
            message
                .document
                .problem(value.span(), format!("this signature has no `{name}`"))
                .help(help);
        }
    }
    let domain = domain.and_then(|text| named(&table, &text, "domain"));
    let selector = selector.and_then(|text| named(&table, &text, "selector"));
    let place = table.place();
    let plan = DkimPlan {
        domain: domain?,
        selector: selector?,
        key: key?,
        place,
    };
    let entry = plan.record();
    Some(DkimPlan {
        key: plan.key.for_user(entry),
        ..plan
    })
}

/// A name as the DNS has it; another is a problem.
fn named(table: &Section<'_>, text: &Text, key: &str) -> Option<String> {
    let name = if key == "domain" {
        domain_name(&text.value)
    } else {
        selector_name(&text.value)
    };
    if name.is_none() {
        let (what, help) = if key == "domain" {
            (
                "is not a domain",
                "write a name such as \"uni.example\", without @ and without a dot at its end",
            )
        } else {
            (
                "is not a selector",
                "a selector has letters, digits and hyphens, for example \"s1\"; it stands before ._domainkey in the record's name",
            )
        };
        table
            .document
            .problem(text.place.span.clone(), format!("`{}` {what}", text.value))
            .help(help);
    }
    name
}
