//! Which declarations go into elements, and which rules of the style sheet have to become
//! `!important` for that, so that every element looks as before, whatever a reader's screen and
//! pointer do.
//!
//! Of the declarations that set one property of one element, those that always apply *can be
//! written* into it; those that apply sometimes (`@media`, `:hover`) stay in the sheet. The sheet
//! is weaker than the attribute `style`, and the same is true among `!important` declarations. So a
//! declaration that stays and was stronger than a written one has to be important; one that stays
//! and was weaker must not be, or the written one has to be important as well. One such decision
//! affects a declaration of the sheet and many elements: it is made step by step until nothing
//! changes. If it cannot be made, the properties that it is about stay in the sheet unchanged.

use std::collections::{BTreeMap, HashSet};

use super::sheet::{Declaration, Rule};

/// A declaration: of a rule, or of the attribute of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Source {
    /// `None`: of the attribute.
    pub(super) rule: Option<usize>,
    pub(super) at: usize,
}

/// A declaration as it is about an element, weakest first when sorted by its weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) source: Source,
    pub(super) weight: Weight,
    /// It always counts.
    pub(super) always: bool,
    /// It does set what it says.
    pub(super) certain: bool,
}

/// How strong a declaration is: important or not, in the attribute or not, and within a sheet by
/// how closely a selector describes the element, and by order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight {
    pub(super) important: bool,
    pub(super) own: bool,
    pub(super) in_sheet: (u32, usize, usize),
}

/// Elements that the same declarations are about.
#[derive(Debug)]
pub(super) struct Group {
    /// Something can be written into them.
    pub(super) writable: bool,
    /// By what they set, weakest first.
    pub(super) entries: BTreeMap<u16, Vec<Entry>>,
}

/// What is decided.
#[derive(Debug)]
pub(super) struct Decision {
    /// Of each rule, whether it stays in the sheet.
    pub(super) stays: Vec<bool>,
    /// Declarations of rules that become important.
    pub(super) raised: HashSet<(usize, usize)>,
    /// What is written into a group of elements as important.
    pub(super) strong: HashSet<(usize, Source)>,
    /// Families of properties that are left in the sheet.
    pub(super) left: HashSet<u16>,
}

/// More rounds than any sheet needs: each makes one declaration more important at least.
const MOST_ROUNDS: usize = 1_000;

pub(super) struct Cascade<'c> {
    pub(super) rules: &'c [Rule],
    pub(super) groups: &'c [Group],
    /// Of each thing that can be set, the family of those that are set together.
    pub(super) family: &'c [u16],
    /// Families that animations change: what is important would beat those.
    pub(super) animated: HashSet<u16>,
}

impl Cascade<'_> {
    /// `stays`: the rules that stay, whatever is decided.
    pub(super) fn decide(&self, stays: Vec<bool>) -> Option<Decision> {
        let mut decision = Decision {
            stays,
            raised: HashSet::new(),
            strong: HashSet::new(),
            left: HashSet::new(),
        };
        for _ in 0..MOST_ROUNDS {
            let mut round = Round {
                cascade: self,
                decision: &mut decision,
                changed: false,
            };
            round.play();
            if !round.changed {
                return Some(decision);
            }
        }
        None
    }

    fn declaration(&self, rule: usize, at: usize) -> Option<&Declaration> {
        self.rules.get(rule)?.declarations.get(at)
    }
}

struct Round<'r, 'c> {
    cascade: &'r Cascade<'c>,
    decision: &'r mut Decision,
    changed: bool,
}

impl Round<'_, '_> {
    fn play(&mut self) {
        let cascade = self.cascade;
        for (number, group) in cascade.groups.iter().enumerate() {
            for (set, entries) in &group.entries {
                let family = cascade.family[usize::from(*set)];
                if self.decision.left.contains(&family) {
                    continue;
                }
                let possible = if group.writable {
                    self.write(number, entries)
                } else {
                    self.keep_order(entries)
                };
                let touched = self.touched(number, entries);
                if possible.is_none() || (touched && cascade.animated.contains(&family)) {
                    self.leave(family);
                }
            }
        }
    }

    /// Whether one of these is more important than it was.
    fn touched(&self, group: usize, entries: &[Entry]) -> bool {
        entries.iter().any(|entry| {
            let raised = |rule| self.decision.raised.contains(&(rule, entry.source.at));
            entry.source.rule.is_some_and(raised) || self.decision.strong.contains(&(group, entry.source))
        })
    }

    /// Leaves all of a family in the sheet, as it was.
    fn leave(&mut self, family: u16) {
        self.changed = true;
        self.decision.left.insert(family);
        let cascade = self.cascade;
        let (mut of_family, mut stay) = (HashSet::new(), Vec::new());
        for group in cascade.groups {
            for (set, entries) in &group.entries {
                if cascade.family[usize::from(*set)] == family {
                    of_family.extend(entries.iter().map(|entry| entry.source));
                    stay.extend(entries.iter().filter_map(|entry| entry.source.rule));
                }
            }
        }
        for rule in stay {
            self.decision.stays[rule] = true;
        }
        self.decision.raised.retain(|(rule, at)| {
            !of_family.contains(&Source {
                rule: Some(*rule),
                at: *at,
            })
        });
        self.decision
            .strong
            .retain(|(_, source)| !of_family.contains(source));
    }

    /// Whether a declaration is in the sheet, and important there.
    fn is_strong_in_sheet(&self, entry: &Entry) -> bool {
        let Some(rule) = entry.source.rule else {
            return false;
        };
        let at = entry.source.at;
        let important = |declaration: &Declaration| declaration.important;
        self.decision.stays[rule]
            && (self.decision.raised.contains(&(rule, at))
                || self.cascade.declaration(rule, at).is_some_and(important))
    }

    fn raise(&mut self, entry: &Entry) -> Option<()> {
        let rule = entry.source.rule?;
        self.changed |= !self.is_strong_in_sheet(entry);
        self.decision.stays[rule] = true;
        if self
            .cascade
            .declaration(rule, entry.source.at)
            .is_some_and(|declaration| !declaration.important)
        {
            self.decision.raised.insert((rule, entry.source.at));
        }
        Some(())
    }

    /// Whether those that are important in the sheet keep their order.
    fn in_order(&self, entries: &[Entry]) -> Option<()> {
        let strong = entries.iter().filter(|entry| self.is_strong_in_sheet(entry));
        strong
            .map(|entry| entry.weight.in_sheet)
            .is_sorted()
            .then_some(())
    }

    /// Nothing is written: whatever is stronger than something important has to be important.
    fn keep_order(&mut self, entries: &[Entry]) -> Option<()> {
        let raised = |round: &Self, entry: &Entry| {
            entry
                .source
                .rule
                .is_some_and(|rule| round.decision.raised.contains(&(rule, entry.source.at)))
        };
        let Some(first) = entries.iter().position(|entry| raised(self, entry)) else {
            return Some(());
        };
        for entry in &entries[first..] {
            if !entry.weight.important {
                self.raise(entry)?;
            }
        }
        self.in_order(entries)
    }

    /// The strongest that always counts is written.
    fn write(&mut self, group: usize, entries: &[Entry]) -> Option<()> {
        let certainly = |entry: &Entry| entry.always && entry.certain;
        let always = |entry: &Entry| entry.always;
        let Some(top) = entries
            .iter()
            .rposition(certainly)
            .or_else(|| entries.iter().rposition(always))
        else {
            return self.keep_order(entries);
        };
        let (weaker, rest) = entries.split_at(top);
        let (own, stronger) = rest.split_first()?;
        // A declaration between them that applies only sometimes: neither way is right.
        let doubtful = stronger.iter().rposition(always);
        if doubtful.is_some_and(|doubtful| stronger[..doubtful].iter().any(|entry| !entry.always)) {
            return None;
        }
        let mut before = weaker.iter().skip_while(|entry| !entry.always);
        if !own.certain && before.any(|entry| !entry.always) {
            return None;
        }
        let stronger = stronger
            .get(doubtful.map_or(0, |at| at + 1)..)
            .unwrap_or_default();
        if !stronger.is_empty() && self.decision.strong.contains(&(group, own.source)) {
            return None;
        }
        for entry in stronger {
            self.raise(entry)?;
        }
        let strong_weaker = weaker.iter().any(|entry| {
            self.is_strong_in_sheet(entry) || self.decision.strong.contains(&(group, entry.source))
        });
        if strong_weaker && !(own.weight.important && own.weight.own) {
            if stronger.is_empty() {
                let written = std::iter::once(own)
                    .chain(&rest[1..])
                    .filter(|entry| entry.always);
                for entry in written {
                    self.changed |= self.decision.strong.insert((group, entry.source));
                }
            } else if weaker
                .iter()
                .any(|entry| self.decision.strong.contains(&(group, entry.source)))
            {
                return None;
            } else {
                self.raise(own)?;
            }
        }
        self.in_order(entries)
    }
}
