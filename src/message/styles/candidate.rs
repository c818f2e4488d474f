//! An element of a page, as selectors see it.

use html5ever::{LocalName, Namespace, local_name, ns};
use selectors::OpaqueElement;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;

use super::grammar::{Name, PseudoClass, PseudoElement, Selectors};
use super::page::{Element, NodeId, Page};

/// An element that a selector is held against.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'p> {
    pub(super) page: &'p Page,
    pub(super) id: NodeId,
    /// What depends on the reader or the program is taken to be so.
    pub(super) perhaps: bool,
}

impl Candidate<'_> {
    fn at(&self, id: Option<NodeId>) -> Option<Self> {
        id.map(|id| Self { id, ..self.clone() })
    }

    fn element(&self) -> Option<&Element> {
        self.page.element(self.id)
    }

    fn attribute(&self, name: &LocalName) -> Option<&str> {
        self.element()?.attribute(name)
    }
}

impl selectors::Element for Candidate<'_> {
    type Impl = Selectors;

    fn opaque(&self) -> OpaqueElement {
        self.element()
            .map_or_else(|| OpaqueElement::new(self.page), OpaqueElement::new)
    }

    fn parent_element(&self) -> Option<Self> {
        let parent = self.page.parent(self.id)?;
        self.page.element(parent)?;
        self.at(Some(parent))
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.at(self.page.previous_element(self.id))
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.at(self.page.next_element(self.id))
    }

    fn first_element_child(&self) -> Option<Self> {
        self.at(self.page.first_element(self.id))
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.element().is_some_and(|element| element.name.ns == ns!(html))
    }

    fn has_local_name(&self, name: &Name) -> bool {
        self.element().is_some_and(|element| element.name.local == name.0)
            || (self.perhaps && !self.page.elements.contains(&name.0))
    }

    fn has_namespace(&self, namespace: &Namespace) -> bool {
        self.element()
            .is_some_and(|element| element.name.ns == *namespace)
    }

    fn is_same_type(&self, other: &Self) -> bool {
        let name = |candidate: &Self| candidate.element().map(|element| element.name.clone());
        name(self) == name(other)
    }

    fn attr_matches(
        &self,
        _: &NamespaceConstraint<&Namespace>,
        name: &Name,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        match self.attribute(&name.0) {
            Some(value) => operation.eval_str(value),
            None => self.perhaps && !self.page.attributes.contains(&name.0),
        }
    }

    fn match_non_ts_pseudo_class(
        &self,
        pseudo: &PseudoClass,
        context: &mut MatchingContext<'_, Selectors>,
    ) -> bool {
        match pseudo {
            PseudoClass::Link => self.is_link(),
            PseudoClass::Dynamic => self.perhaps && !context.in_negation(),
        }
    }

    fn match_pseudo_element(&self, _: &PseudoElement, _: &mut MatchingContext<'_, Selectors>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        let linking =
            |element: &Element| [local_name!("a"), local_name!("area")].contains(&element.name.local);
        self.element().is_some_and(linking) && self.attribute(&local_name!("href")).is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        match self.attribute(&local_name!("id")) {
            Some(own) if case.eq(own.as_bytes(), id.0.as_bytes()) => true,
            _ => self.perhaps && !self.page.ids.contains(&id.0.to_ascii_lowercase() as &str),
        }
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        let classes = self.attribute(&local_name!("class")).unwrap_or_default();
        classes
            .split_ascii_whitespace()
            .any(|own| case.eq(own.as_bytes(), name.0.as_bytes()))
            || (self.perhaps && !self.page.classes.contains(&name.0.to_ascii_lowercase() as &str))
    }

    fn has_custom_state(&self, _: &Name) -> bool {
        false
    }

    fn imported_part(&self, _: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.page.is_empty(self.id)
    }

    fn is_root(&self) -> bool {
        self.page.parent(self.id) == Some(0)
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
