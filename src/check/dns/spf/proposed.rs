//! Records to write: they keep everything that is there, there is never a second record, and none
//! needs more look-ups than receivers do.

use super::known::Known;
use super::terms::{Record, Sign, VERSION, written};
use super::walk::{LOOKUPS, Walk};

/// A record with these names included, before `all` or what else is its end.
pub(super) fn with_includes(record: &str, names: &[&str]) -> String {
    let is_all = |term: &str| {
        term.trim_start_matches(['+', '-', '~', '?'])
            .eq_ignore_ascii_case("all")
    };
    let names_one = |term: &str| {
        let include = term.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase();
        let name = include
            .strip_prefix("include:")
            .map(|name| name.trim_end_matches('.'));
        name.is_some_and(|name| names.contains(&name))
    };
    // What refuses them by name, or stands where nobody reads it, makes room.
    let kept: Vec<&str> = written(record).filter(|term| !names_one(term)).collect();
    let is_end = |term: &&str| is_all(term) || term.to_ascii_lowercase().starts_with("redirect=");
    let end = kept
        .iter()
        .position(|term| is_all(term))
        .or_else(|| kept.iter().position(is_end));
    let (before, after) = kept.split_at(end.unwrap_or(kept.len()));
    let includes: Vec<String> = names.iter().map(|name| format!("include:{name}")).collect();
    let all = [VERSION]
        .into_iter()
        .chain(before.iter().copied())
        .chain(includes.iter().map(String::as_str));
    all.chain(after.iter().copied()).collect::<Vec<_>>().join(" ")
}

/// One record of several: what each allows, with the mildest of their ends.
pub(super) fn merged(records: &[String]) -> Option<String> {
    let mut whole = vec![VERSION.to_owned()];
    let mut end: Option<(u8, &str)> = None;
    let read: Vec<Record> = records
        .iter()
        .map(|record| Record::read(record).ok())
        .collect::<Option<_>>()?;
    for (text, record) in records.iter().zip(&read) {
        if record.terms.len() != written(text).count() || !record.slips.is_empty() {
            return None;
        }
        let last = record.end()?;
        for term in record.terms.get(..last)? {
            if !whole.iter().any(|known| known.eq_ignore_ascii_case(&term.text)) {
                whole.push(term.text.clone());
            }
        }
        let all = record.terms.get(last)?;
        let mild = match all.sign {
            Sign::Pass => return None,
            Sign::Neutral => 2,
            Sign::SoftFail => 1,
            Sign::Fail => 0,
        };
        if end.is_none_or(|(milder, _)| mild > milder) {
            end = Some((mild, &all.text));
        }
    }
    whole.push(end?.1.to_owned());
    Some(whole.join(" "))
}

/// The look-ups that this record of a domain would need, where they are more than receivers do.
pub(super) fn too_many(known: &mut Known, domain: &str, record: &str) -> Option<usize> {
    let before = known.records.remove(domain);
    known.note(domain, vec![record.to_owned()]);
    let walk = Walk::of(known, domain);
    known.records.remove(domain);
    known
        .records
        .extend(before.map(|before| (domain.to_owned(), before)));
    (walk.lookups > LOOKUPS).then_some(walk.lookups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_include_goes_before_the_end_and_nothing_is_lost() {
        for (record, with) in [
            ("v=spf1 mx -all", "v=spf1 mx include:x.example -all"),
            (
                "V=SPF1 MX ?ALL exp=why.example",
                "v=spf1 MX include:x.example ?ALL exp=why.example",
            ),
            ("v=spf1 mx", "v=spf1 mx include:x.example"),
            (
                "v=spf1 redirect=y.example",
                "v=spf1 include:x.example redirect=y.example",
            ),
            (
                "v=spf1 redirect=y.example mx -all",
                "v=spf1 redirect=y.example mx include:x.example -all",
            ),
            (
                "v=spf1 -include:X.example. mx -all",
                "v=spf1 mx include:x.example -all",
            ),
            (
                "v=spf1 mx -all include:x.example",
                "v=spf1 mx include:x.example -all",
            ),
            ("v=spf1", "v=spf1 include:x.example"),
        ] {
            assert_eq!(with_includes(record, &["x.example"]), with, "{record}");
        }
    }

    #[test]
    fn several_records_are_one_that_allows_what_each_does() {
        for (records, one) in [
            (["v=spf1 a -all", "v=spf1 MX A ~all"], Some("v=spf1 a MX ~all")),
            (["v=spf1 a -all", "v=spf1 mx +all"], None),
            (["v=spf1 a -all", "v=spf1 mx redirect=x.example"], None),
            (["v=spf1 a -all", "v=spf1 mx -all exp=x.example"], None),
            (["v=spf1 a -all", "v=spf1 a:192.0.2.1 -all"], None),
        ] {
            assert_eq!(merged(&records.map(str::to_owned)).as_deref(), one, "{records:?}");
        }
    }
}
