//! The drafts of `dkim` -> the signatures that messages get.

use crate::campaign::draft::DkimDraft;
use crate::campaign::values::{DkimPlan, Problem, Problems, Text, Wrong, domain_name, selector_name};

pub(super) fn dkim(drafts: Vec<DkimDraft>, problems: &mut Problems) -> Vec<DkimPlan> {
    let mut plans: Vec<DkimPlan> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let Some(plan) = plan(draft, problems) else {
            continue;
        };
        let record = plan.record();
        if plans.iter().any(|before| before.record() == record) {
            problems.push(
                Problem::error(format!("two signatures name the same key, {record}"))
                    .at(plan.place.clone())
                    .help("each key has a selector of its own"),
            );
        }
        plans.push(plan);
    }
    plans
}

fn plan(draft: DkimDraft, problems: &mut Problems) -> Option<DkimPlan> {
    let there = [
        (
            draft.domain.is_some(),
            "domain",
            "write domain = \"uni.example\", the domain of the sender's address",
        ),
        (
            draft.selector.is_some(),
            "selector",
            "write selector = \"s1\", the name that the key's record has in the DNS",
        ),
        (
            draft.private_key.is_some(),
            "key",
            "write key = { file = \"dkim.pem\" }; mailshot dkim new makes such a file",
        ),
    ];
    for (there, key, help) in there {
        if !there && !problems.are_within(&format!("{}.{key}", draft.key)) {
            problems.push(
                Problem::error(format!("this signature has no `{key}`"))
                    .at(draft.place.clone())
                    .help(help),
            );
        }
    }
    let mut named = |text: Option<Text>, read: fn(&str) -> Option<String>, what: &str, help: &str| {
        let text = text?;
        let name = read(&text.value);
        if name.is_none() {
            let wrong = Wrong::new(format!("`{}` is not a {what}", text.value)).help(help);
            let key = format!("{}.{what}", draft.key);
            problems.push(Problem::from(wrong).about(key).at(text.place));
        }
        name
    };
    let domain = named(
        draft.domain,
        domain_name,
        "domain",
        "write a name such as \"uni.example\", without @ and without a dot at its end",
    );
    let selector = named(
        draft.selector,
        selector_name,
        "selector",
        "a selector has letters, digits and hyphens, for example \"s1\"; it stands before ._domainkey in the record's name",
    );
    let plan = DkimPlan {
        domain: domain?,
        selector: selector?,
        key: draft.private_key?.source,
        place: draft.place,
    };
    let entry = plan.record();
    Some(DkimPlan {
        key: plan.key.for_user(entry),
        ..plan
    })
}
