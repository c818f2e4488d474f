//! The drafts of `dkim` -> the signatures that messages get.

use crate::campaign::draft::DkimDraft;
use crate::campaign::values::{DkimPlan, Problem, Problems, Text, domain_name, selector_name};

use super::missing::missing_in;
use crate::words::{Said, say};

pub(super) fn dkim(drafts: Vec<DkimDraft>, problems: &mut Problems) -> Vec<DkimPlan> {
    let mut plans: Vec<DkimPlan> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let Some(plan) = plan(draft, problems) else {
            continue;
        };
        let record = plan.record();
        if plans.iter().any(|before| before.record() == record) {
            let what = say!("campaign-dkim-same-key", record = record);
            let problem = Problem::of_key("message.dkim", &plan.place, what);
            problems.push(problem.help(say!("campaign-dkim-same-key-hint")));
        }
        plans.push(plan);
    }
    plans
}

fn plan(draft: DkimDraft, problems: &mut Problems) -> Option<DkimPlan> {
    let table = draft.table;
    let keys = vec![
        (
            "domain",
            draft.domain.is_some(),
            say!("campaign-dkim-lacks", key = "domain"),
            say!("campaign-dkim-lacks-domain-hint"),
        ),
        (
            "selector",
            draft.selector.is_some(),
            say!("campaign-dkim-lacks", key = "selector"),
            say!("campaign-dkim-lacks-selector-hint"),
        ),
        (
            "key",
            draft.private_key.is_some(),
            say!("campaign-dkim-lacks", key = "key"),
            say!("campaign-dkim-lacks-key-hint"),
        ),
    ];
    missing_in(&table, keys, problems);
    let mut wrong = |key: &str, text: &Text, what: Said, help: Said| {
        problems.push(Problem::of_key(table.key_of(key), &text.place, what).help(help));
    };
    let domain = draft.domain.and_then(|text| {
        let name = domain_name(&text.value);
        if name.is_none() {
            let what = say!("campaign-dkim-not-a-domain", written = &text.value);
            wrong("domain", &text, what, say!("campaign-dkim-not-a-domain-hint"));
        }
        name
    });
    let selector = draft.selector.and_then(|text| {
        let name = selector_name(&text.value);
        if name.is_none() {
            let what = say!("campaign-dkim-not-a-selector", written = &text.value);
            wrong("selector", &text, what, say!("campaign-dkim-not-a-selector-hint"));
        }
        name
    });
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
