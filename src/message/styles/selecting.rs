//! Which elements of a page a selector matches: always, or sometimes.
//!
//! A selector that depends on the reader (`:hover`, `:visited`) or on the program
//! (`.ExternalClass p`, `[data-ogsc] p`: names that no element of the page has, and that the mail
//! program puts around it) matches sometimes.

use cssparser::{ParseError, Parser as CssParser};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector;
use selectors::parser::{Component, SelectorParseErrorKind};

use super::candidate::Candidate;
use super::grammar::{Selectors, Understood};
use super::page::{NodeId, Page};

/// One selector of a rule.
#[derive(Debug)]
pub(super) struct Selector {
    parsed: selectors::parser::Selector<Selectors>,
    /// A pseudo-class in it depends on the reader.
    dynamic: bool,
    /// A part of it is only known to one browser; the others ignore the whole rule.
    pub(super) foreign: bool,
    /// It asks for the attribute `style`.
    pub(super) of_style: bool,
}

/// How a selector is about an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Match {
    Perhaps,
    Surely,
}

/// The selectors of a list; `None` where one cannot be understood.
pub(super) fn parsed(list: &str) -> Option<Vec<Selector>> {
    let mut input = CssParser::new(list);
    let mut understood = Understood::default();
    let found = input.parse_comma_separated(|input| {
        understood = Understood::default();
        let from = input.position();
        let parsed = selectors::parser::Selector::parse(&understood, input)?;
        Ok::<_, ParseError<SelectorParseErrorKind>>(Selector {
            dynamic: understood.dynamic.get(),
            foreign: understood.foreign.get(),
            of_style: asks_for_style(input.slice_from(from)),
            parsed,
        })
    });
    found.ok()
}

fn asks_for_style(selector: &str) -> bool {
    let selector = selector.to_ascii_lowercase();
    selector
        .split('[')
        .skip(1)
        .any(|attribute| attribute.trim_start().starts_with("style"))
}

impl Selector {
    pub(super) fn specificity(&self) -> u32 {
        self.parsed.specificity()
    }

    /// How it is about this element, if it is.
    pub(super) fn matches(&self, page: &Page, id: NodeId, caches: &mut SelectorCaches) -> Option<Match> {
        if self.parsed.has_pseudo_element() {
            return None; // That is a box of its own.
        }
        let mut of = |perhaps| {
            let quirks = if page.quirks {
                QuirksMode::Quirks
            } else {
                QuirksMode::NoQuirks
            };
            let mut context = MatchingContext::new(
                MatchingMode::Normal,
                None,
                caches,
                quirks,
                NeedsSelectorFlags::No,
                MatchingForInvalidation::No,
            );
            let element = Candidate { page, id, perhaps };
            matches_selector(&self.parsed, 0, None, &element, &mut context)
        };
        if self.dynamic {
            of(true).then_some(Match::Perhaps)
        } else if of(false) {
            Some(Match::Surely)
        } else if self.hangs_on_the_program(page) {
            of(true).then_some(Match::Perhaps)
        } else {
            None
        }
    }

    /// Whether it asks for names around an element that the page has not.
    fn hangs_on_the_program(&self, page: &Page) -> bool {
        let mut components = self.parsed.iter();
        let mut of_program = false;
        for component in components.by_ref() {
            match unknown(component, page) {
                Some(true) => of_program = true,
                Some(false) => return false, // It is about an element that is not there.
                None => {}
            }
        }
        while components.next_sequence().is_some() {
            for component in components.by_ref() {
                of_program |= unknown(component, page).is_some();
            }
        }
        of_program
    }
}

/// Whether no element of the page has the name that is asked for, and it is that of an attribute.
fn unknown(component: &Component<Selectors>, page: &Page) -> Option<bool> {
    if let Component::LocalName(name) = component {
        (!page.elements.contains(&name.lower_name.0)).then_some(false)
    } else if let Component::ID(name) = component {
        (!page.ids.contains(&name.0.to_ascii_lowercase() as &str)).then_some(false)
    } else if let Component::Class(name) = component {
        (!page.classes.contains(&name.0.to_ascii_lowercase() as &str)).then_some(false)
    } else if let Component::AttributeInNoNamespaceExists { local_name_lower, .. } = component {
        (!page.attributes.contains(&local_name_lower.0)).then_some(true)
    } else if let Component::AttributeInNoNamespace { local_name, .. } = component {
        (!page.attributes.contains(&local_name.0)).then_some(true)
    } else {
        None
    }
}
