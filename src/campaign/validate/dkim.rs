//! The drafts of `dkim` -> the signatures that messages get.

use crate::campaign::draft::DkimDraft;
use crate::campaign::values::{DkimPlan, Problem, Problems, Text, domain_name, selector_name};

use super::missing::missing_in;

pub(super) fn dkim(drafts: Vec<DkimDraft>, problems: &mut Problems) -> Vec<DkimPlan> {
    let mut plans: Vec<DkimPlan> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let Some(plan) = plan(draft, problems) else {
            continue;
        };
        let record = plan.record();
        if plans.iter().any(|before| before.record() == record) {
            let what = format!("two signatures name the same key, {record}");
            let problem = Problem::of_key("message.dkim", &plan.place, what);
            problems.push(problem.help("each key has a selector of its own"));
        }
        plans.push(plan);
    }
    plans
}

fn plan(draft: DkimDraft, problems: &mut Problems) -> Option<DkimPlan> {
    let table = draft.table;
    let keys = [
        (
            "domain",
            draft.domain.is_some(),
            "write domain = \"uni.example\", the domain of the sender's address",
        ),
        (
            "selector",
            draft.selector.is_some(),
            "write selector = \"s1\", the name that the key's record has in the DNS",
        ),
        (
            "key",
            draft.private_key.is_some(),
            "write key = { file = \"dkim.pem\" }; mailshot dkim new makes such a file",
        ),
    ];
    missing_in(&table, "this signature", &keys, problems);
    let mut named = |text: Option<Text>, read: fn(&str) -> Option<String>, what: &str, help: &str| {
        let text = text?;
        let name = read(&text.value);
        if name.is_none() {
            let is_not = format!("`{}` is not a {what}", text.value);
            problems.push(Problem::of_key(table.key_of(what), &text.place, is_not).help(help));
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
        place: table.place,
    };
    let entry = plan.record();
    Some(DkimPlan {
        key: plan.key.for_user(entry),
        ..plan
    })
}
