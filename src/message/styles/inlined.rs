//! A page with its style sheets in its elements. Everything else that the author wrote stays
//! unchanged, octet for octet: the doctype, comments that only some programs read, entities,
//! missing tags.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use html5ever::local_name;
use selectors::context::SelectorCaches;

use super::super::tags::{self, StartTag};
use super::cascade::{Cascade, Decision, Entry, Group, Source, Weight};
use super::page::{Element, NodeId, Page};
use super::selecting::Match;
use super::sets::Sets;
use super::sheet::{self, Declaration, Rule, Sheet};
use super::writing::{self, Edit, Written, edited};

/// An attribute with which an author leaves an element, or a style sheet, as it is.
const WISH: &str = "data-css-inline";

/// The page with its styles in its elements; `None` where it is better left alone.
pub(super) fn inlined(html: &str) -> Option<String> {
    let tags = tags::start_tags(html);
    let page = Page::of(html, &tags);
    let (sheet, kept) = sheets(html, &tags, &page);
    if sheet.ordered || sheet.rules.is_empty() {
        return None;
    }
    let all = sheet.rules.iter().flat_map(|rule| &rule.declarations);
    if all.clone().any(|declaration| declaration.name == "all") {
        return None;
    }
    let styling = Styling {
        html,
        tags: &tags,
        page: &page,
        rules: &sheet.rules,
        shared: shared(&page),
    };
    let (matched, idle) = styling.matched();
    let (groups, sets) = styling.grouped(&matched);
    let family = sets.families();
    let animated = sheet.animated.iter();
    let animated = animated.filter_map(|name| family.get(usize::from(*sets.numbers.get(name)?)).copied());
    let cascade = Cascade {
        rules: &sheet.rules,
        groups: &groups.cascades,
        animated: animated.collect(),
        family: &family,
    };
    let mut stays = styling.staying(&matched, &idle);
    for (rule, stays) in sheet.rules.iter().zip(&mut stays) {
        *stays |= kept.iter().any(|kept| kept.contains(&rule.span.start));
    }
    let decision = cascade.decide(stays)?;
    let written = styling.written(&groups, &sets, &family, &decision);
    let mut edits = styling.elements(&groups, &written);
    edits.extend(styling.sheet(&decision));
    let styled = edited(html, edits);
    (!sheet.rules.iter().any(asks_for_style) || same_about_styles(&sheet.rules, &page, &styled))
        .then_some(styled)
}

/// The start tags that make several elements.
fn shared(page: &Page) -> HashSet<usize> {
    let mut seen = HashSet::new();
    let tags = page.all().filter_map(|(_, element)| element.tag);
    tags.filter(|tag| !seen.insert(*tag)).collect()
}

/// The rules of all style sheets, in order, and the sheets that shall stay whole.
fn sheets(html: &str, tags: &[StartTag], page: &Page) -> (Sheet, Vec<Range<usize>>) {
    let mut sheet = Sheet::default();
    let mut kept = Vec::new();
    for (id, element) in page.all() {
        let Some(tag) = element.tag.and_then(|tag| tags.get(tag)) else {
            continue;
        };
        let Some(content) = tag.content.clone().filter(|_| &*element.name.local == "style") else {
            continue;
        };
        let of = |name: &str| {
            let mut attributes = element.attributes.iter();
            let found = attributes.find(|attribute| &*attribute.name.local == name);
            found.map(|attribute| attribute.value.trim().to_ascii_lowercase())
        };
        if of("type").is_some_and(|kind| !kind.is_empty() && kind != "text/css") {
            continue;
        }
        let wish = of(WISH);
        if wish.as_deref() == Some("keep") {
            kept.push(content.clone());
        }
        let media = of("media").unwrap_or_default();
        let mut ancestors = std::iter::successors(page.parent(id), |id| page.parent(*id));
        let aside = ancestors.any(|id| {
            page.element(id)
                .is_some_and(|e| ["noscript", "template"].contains(&&*e.name.local))
        });
        let conditional = tag.revealed
            || aside
            || wish.as_deref() == Some("ignore")
            || !(media.is_empty() || media == "all");
        let text = html.get(content.clone()).unwrap_or_default();
        sheet::read(text, content.start, conditional, &mut sheet);
    }
    (sheet, kept)
}

/// What rules are about an element: the rule, how, and how closely.
type Matched = Vec<(usize, Match, u32)>;

struct Styling<'p> {
    html: &'p str,
    tags: &'p [StartTag],
    page: &'p Page,
    rules: &'p [Rule],
    /// Start tags that make several elements, as wrongly nested ones do: what is written into one
    /// of them is in all.
    shared: HashSet<usize>,
}

/// Elements by what is about them.
struct Groups {
    cascades: Vec<Group>,
    own: Vec<Vec<Declaration>>,
    of: Vec<(NodeId, usize)>,
}

impl Styling<'_> {
    /// What the rules are about, and which of them have a selector that is about nothing.
    fn matched(&self) -> (Vec<(NodeId, Matched)>, Vec<bool>) {
        let mut caches = SelectorCaches::default();
        let of_rule = |rule: &Rule| vec![false; rule.selectors.len()];
        let mut used: Vec<Vec<bool>> = self.rules.iter().map(of_rule).collect();
        let mut all = Vec::new();
        for (id, _) in self.page.all() {
            let mut found = Matched::new();
            for (number, rule) in self.rules.iter().enumerate() {
                let (mut surely, mut perhaps) = (None, None);
                for (selector, used) in rule.selectors.iter().zip(&mut used[number]) {
                    let Some(how) = selector.matches(self.page, id, &mut caches) else {
                        continue;
                    };
                    *used = true;
                    let close = Some(selector.specificity());
                    if how == Match::Surely && !rule.conditional {
                        surely = surely.max(close);
                    } else {
                        perhaps = perhaps.max(close);
                    }
                }
                found.extend(surely.map(|close| (number, Match::Surely, close)));
                let perhaps = perhaps.filter(|close| surely.is_none_or(|surely| surely < *close));
                found.extend(perhaps.map(|close| (number, Match::Perhaps, close)));
            }
            all.push((id, found));
        }
        let idle = used.iter().map(|used| used.is_empty() || used.contains(&false));
        (all, idle.collect())
    }

    fn tag(&self, element: &Element) -> Option<&StartTag> {
        self.tags.get(element.tag?)
    }

    /// Whether styles can be written into an element.
    fn is_writable(&self, id: NodeId, element: &Element) -> bool {
        let shown = || {
            let mut up = std::iter::successors(Some(id), |id| self.page.parent(*id));
            !up.any(|id| {
                self.page
                    .element(id)
                    .is_some_and(|e| UNSEEN.contains(&&*e.name.local))
            })
        };
        let wish = || {
            element
                .attributes
                .iter()
                .any(|a| &*a.name.local == WISH && &*a.value == "ignore")
        };
        element.tag.is_some_and(|tag| !self.shared.contains(&tag)) && !wish() && shown()
    }

    /// Elements in groups, and what is set in them.
    fn grouped(&self, matched: &[(NodeId, Matched)]) -> (Groups, Sets) {
        let mut sets = Sets::default();
        let of_rules: Vec<Vec<Vec<u16>>> = self
            .rules
            .iter()
            .map(|rule| rule.declarations.iter().map(|d| sets.numbers(d)).collect())
            .collect();
        let mut known: HashMap<(bool, &str, &Matched), usize> = HashMap::new();
        let mut groups = Groups {
            cascades: Vec::new(),
            own: Vec::new(),
            of: Vec::new(),
        };
        for (id, matched) in matched {
            let Some(element) = self.page.element(*id).filter(|_| !matched.is_empty()) else {
                continue;
            };
            let style = element.attribute(&local_name!("style")).unwrap_or_default();
            let own = sheet::of_attribute(style);
            let writable = own.is_some() && self.is_writable(*id, element);
            let next = groups.cascades.len();
            let number = *known.entry((writable, style, matched)).or_insert(next);
            groups.of.push((*id, number));
            if number < next {
                continue;
            }
            let own = own.unwrap_or_default();
            let mut entries: BTreeMap<u16, Vec<Entry>> = BTreeMap::new();
            for (rule, how, close) in matched {
                for (at, declaration) in self.rules[*rule].declarations.iter().enumerate() {
                    if declaration.is_variable() {
                        continue; // It stays where it is.
                    }
                    let entry = Entry {
                        source: Source {
                            rule: Some(*rule),
                            at,
                        },
                        weight: Weight {
                            important: declaration.important,
                            own: false,
                            in_sheet: (*close, *rule, at),
                        },
                        always: *how == Match::Surely,
                        certain: declaration.certain,
                    };
                    for set in &of_rules[*rule][at] {
                        entries.entry(*set).or_default().push(entry);
                    }
                }
            }
            for (at, declaration) in own.iter().enumerate() {
                let entry = Entry {
                    source: Source { rule: None, at },
                    weight: Weight {
                        important: declaration.important,
                        own: true,
                        in_sheet: (0, 0, at),
                    },
                    always: true,
                    certain: declaration.certain,
                };
                for set in sets.numbers(declaration) {
                    entries.entry(set).or_default().push(entry);
                }
            }
            for entries in entries.values_mut() {
                entries.sort_by_key(|entry| entry.weight);
            }
            groups.cascades.push(Group { writable, entries });
            groups.own.push(own);
        }
        (groups, sets)
    }

    /// Of each rule, whether it stays in the sheet whatever goes into elements: it counts for some
    /// programs, or is about nothing that is there, or about what nothing can be written into.
    fn staying(&self, matched: &[(NodeId, Matched)], idle: &[bool]) -> Vec<bool> {
        let stays = self.rules.iter().zip(idle);
        let variable = |rule: &Rule| rule.declarations.iter().any(Declaration::is_variable);
        let mut stays: Vec<_> = stays
            .map(|(rule, idle)| *idle || rule.conditional || !rule.alone || variable(rule))
            .collect();
        for (id, matched) in matched {
            let element = self.page.element(*id);
            let style = element.and_then(|element| element.attribute(&local_name!("style")));
            let writable = element.is_some_and(|element| self.is_writable(*id, element))
                && sheet::of_attribute(style.unwrap_or_default()).is_some();
            for (rule, how, _) in matched {
                stays[*rule] |= *how == Match::Perhaps || !writable;
            }
        }
        stays
    }

    /// What is written into each group of elements: in front of what its author wrote there, behind
    /// it, and which of the latter becomes important.
    fn written(&self, groups: &Groups, sets: &Sets, family: &[u16], decision: &Decision) -> Vec<Written> {
        let left = |declaration: &Declaration| {
            let mut names = declaration.sets.names.iter();
            names.any(|name| {
                let number = sets.numbers.get(name).copied().unwrap_or_default();
                decision.left.contains(&family[usize::from(number)])
            })
        };
        let each = groups.cascades.iter().zip(&groups.own).enumerate();
        each.map(|(number, (group, own))| {
            let mut written = Written::default();
            if !group.writable {
                return written;
            }
            for (at, declaration) in own.iter().enumerate() {
                let source = Source { rule: None, at };
                if decision.strong.contains(&(number, source)) && !declaration.important {
                    written.raised.push(declaration.end);
                }
            }
            let mut all: Vec<Entry> = Vec::new();
            for entries in group.entries.values() {
                for (at, entry) in entries.iter().enumerate() {
                    // Nothing stronger is sure to take its place.
                    let stands = !entries[at + 1..]
                        .iter()
                        .any(|later| later.always && later.certain);
                    let there = || all.iter().any(|known| known.source == entry.source);
                    if entry.always && entry.source.rule.is_some() && stands && !there() {
                        all.push(*entry);
                    }
                }
            }
            all.sort_by_key(|entry| entry.weight);
            for entry in all {
                let Some(rule) = entry.source.rule else {
                    continue;
                };
                let declaration = &self.rules[rule].declarations[entry.source.at];
                if left(declaration) {
                    continue;
                }
                let strong = decision.strong.contains(&(number, entry.source));
                let important = if strong { " !important" } else { "" };
                let text = format!("{}: {}{important};", declaration.name, declaration.value);
                let place = if entry.weight.important {
                    &mut written.behind
                } else {
                    &mut written.before
                };
                if !place.ends_with(&text) {
                    place.push_str(&text);
                }
            }
            written
        })
        .collect()
    }

    /// The attributes of all elements.
    fn elements(&self, groups: &Groups, written: &[Written]) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (id, group) in &groups.of {
            let (Some(element), Some(written)) = (self.page.element(*id), written.get(*group)) else {
                continue;
            };
            if let Some(tag) = self.tag(element).filter(|_| !written.is_empty()) {
                edits.push(writing::attribute(self.html, element, tag, written));
            }
        }
        edits
    }

    /// What changes in the style sheets.
    fn sheet(&self, decision: &Decision) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            if !decision.stays[number] {
                let behind = self.html.get(rule.span.end..).unwrap_or_default();
                let blanks = behind.len() - behind.trim_ascii_start().len();
                edits.push((rule.span.start..rule.span.end + blanks, String::new()));
                continue;
            }
            for (at, declaration) in rule.declarations.iter().enumerate() {
                if decision.raised.contains(&(number, at)) {
                    edits.push((declaration.end..declaration.end, " !important".to_owned()));
                }
            }
        }
        edits
    }
}

/// Elements that nobody sees, nor what is in them.
const UNSEEN: [&str; 4] = ["head", "script", "style", "template"];

fn asks_for_style(rule: &Rule) -> bool {
    rule.selectors.iter().any(|selector| selector.of_style)
}

/// Whether the selectors that ask for the attribute `style` are about the elements they were about.
fn same_about_styles(rules: &[Rule], page: &Page, styled: &str) -> bool {
    let after = Page::of(styled, &tags::start_tags(styled));
    let selectors = rules.iter().flat_map(|rule| &rule.selectors);
    let asking = || selectors.clone().filter(|selector| selector.of_style);
    let about = |page: &Page| -> Vec<Option<Match>> {
        let mut caches = SelectorCaches::default();
        let mut found = Vec::new();
        for selector in asking() {
            found.extend(page.all().map(|(id, _)| selector.matches(page, id, &mut caches)));
        }
        found
    };
    about(page) == about(&after)
}
