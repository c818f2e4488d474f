//! The elements of a page as a browser reads them: including elements without tags, and in the
//! order that wrongly nested tags produce.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::HashSet;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns};

use super::super::tags::StartTag;

/// What each start tag gets before it is parsed, with its number: which element it is shows by that.
const NUMBER: &str = "data-mailshot-tag";

/// A page as elements.
#[derive(Debug, Default)]
pub(super) struct Page {
    nodes: Vec<Node>,
    pub(super) quirks: bool,
    /// Every name that some element has: of classes, ids, elements, attributes.
    pub(super) classes: HashSet<String>,
    pub(super) ids: HashSet<String>,
    pub(super) elements: HashSet<LocalName>,
    pub(super) attributes: HashSet<LocalName>,
}

/// The number of a node; 0 is the document.
pub(super) type NodeId = usize;

#[derive(Debug, Default)]
struct Node {
    what: What,
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
}

#[derive(Debug, Default)]
enum What {
    /// The document, a comment, an instruction.
    #[default]
    Other,
    Text,
    Element(Element),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: QualName,
    pub(super) attributes: Vec<Attribute>,
    /// The number of its start tag; `None` if the text does not contain it.
    pub(super) tag: Option<usize>,
}

impl Element {
    pub(super) fn attribute(&self, name: &LocalName) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|attribute| attribute.name.local == *name && attribute.name.ns == ns!());
        found.map(|attribute| &*attribute.value)
    }
}

impl Page {
    /// The page of this text with these start tags.
    pub(super) fn of(html: &str, tags: &[StartTag]) -> Self {
        let mut numbered = String::with_capacity(html.len() + tags.len() * (NUMBER.len() + 10));
        let mut from = 0;
        for (number, tag) in tags.iter().enumerate() {
            numbered.push_str(html.get(from..tag.name.end).unwrap_or_default());
            numbered.push_str(&format!(" {NUMBER}=\"{number}\""));
            from = tag.name.end;
            // A quote or an `=` would be taken for a part of what was put in.
            numbered.push(' ');
        }
        numbered.push_str(html.get(from..).unwrap_or_default());
        let sink = Sink(RefCell::new(Self {
            nodes: vec![Node::default()],
            ..Self::default()
        }));
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts {
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
            ..ParseOpts::default()
        };
        let mut page = html5ever::parse_document(sink, options).one(StrTendril::from_slice(&numbered));
        page.gather_names();
        page
    }

    fn gather_names(&mut self) {
        let nodes = std::mem::take(&mut self.nodes);
        for node in &nodes {
            let What::Element(element) = &node.what else {
                continue;
            };
            self.elements.insert(element.name.local.clone());
            for attribute in &element.attributes {
                self.attributes.insert(attribute.name.local.clone());
            }
            let classes = element.attribute(&local_name!("class")).unwrap_or_default();
            self.classes
                .extend(classes.split_ascii_whitespace().map(str::to_ascii_lowercase));
            self.ids
                .extend(element.attribute(&local_name!("id")).map(str::to_ascii_lowercase));
        }
        self.nodes = nodes;
    }

    pub(super) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes.get(id)?.what {
            What::Element(element) => Some(element),
            What::Other | What::Text => None,
        }
    }

    /// All elements, parents before their children.
    pub(super) fn all(&self) -> impl Iterator<Item = (NodeId, &Element)> {
        (0..self.nodes.len()).filter_map(|id| Some((id, self.element(id)?)))
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id)?.parent
    }

    /// The next node in a direction that is an element.
    fn along(&self, id: NodeId, step: impl Fn(&Node) -> Option<NodeId>) -> Option<NodeId> {
        let mut at = step(self.nodes.get(id)?)?;
        while self.element(at).is_none() {
            at = step(self.nodes.get(at)?)?;
        }
        Some(at)
    }

    pub(super) fn previous_element(&self, id: NodeId) -> Option<NodeId> {
        self.along(id, |node| node.previous)
    }

    pub(super) fn next_element(&self, id: NodeId) -> Option<NodeId> {
        self.along(id, |node| node.next)
    }

    pub(super) fn first_element(&self, id: NodeId) -> Option<NodeId> {
        let first = self.nodes.get(id)?.first?;
        match self.element(first) {
            Some(_) => Some(first),
            None => self.next_element(first),
        }
    }

    /// Whether it contains neither text nor an element.
    pub(super) fn is_empty(&self, id: NodeId) -> bool {
        let mut child = self.nodes.get(id).and_then(|node| node.first);
        while let Some(node) = child.and_then(|id| self.nodes.get(id)) {
            if !matches!(node.what, What::Other) {
                return false;
            }
            child = node.next;
        }
        true
    }

    fn push(&mut self, what: What) -> NodeId {
        self.nodes.push(Node {
            what,
            ..Node::default()
        });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        if let Some(previous) = previous.and_then(|id| self.nodes.get_mut(id)) {
            previous.next = next;
        } else if let Some(parent) = parent.and_then(|id| self.nodes.get_mut(id)) {
            parent.first = next;
        }
        if let Some(next) = next.and_then(|id| self.nodes.get_mut(id)) {
            next.previous = previous;
        } else if let Some(parent) = parent.and_then(|id| self.nodes.get_mut(id)) {
            parent.last = previous;
        }
    }

    /// Puts a node below another, in front of a child of it, or last.
    fn insert(&mut self, parent: NodeId, before: Option<NodeId>, id: NodeId) {
        self.detach(id);
        let previous = match before {
            Some(before) => self.nodes[before].previous,
            None => self.nodes[parent].last,
        };
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next) = (Some(parent), previous, before);
        match previous {
            Some(previous) => self.nodes[previous].next = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
        match before {
            Some(before) => self.nodes[before].previous = Some(id),
            None => self.nodes[parent].last = Some(id),
        }
    }

    /// Puts in a node or a text; a text goes into one that is there.
    fn put(&mut self, parent: NodeId, before: Option<NodeId>, child: NodeOrText<NodeId>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let previous = match before {
                    Some(before) => self.nodes[before].previous,
                    None => self.nodes[parent].last,
                };
                let joined = previous.is_some_and(|id| matches!(self.nodes[id].what, What::Text));
                if joined || text.is_empty() {
                    return;
                }
                self.push(What::Text)
            }
        };
        self.insert(parent, before, id);
    }
}

/// The number of its tag, taken out of the attributes of an element.
fn taken_number(attributes: &mut Vec<Attribute>) -> Option<usize> {
    let at = attributes
        .iter()
        .position(|attribute| &*attribute.name.local == NUMBER)?;
    attributes.remove(at).value.parse().ok()
}

struct Sink(RefCell<Page>);

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Page;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Page {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        static NONE: QualName = QualName {
            prefix: None,
            ns: ns!(),
            local: local_name!(""),
        };
        Ref::map(self.0.borrow(), |page| {
            page.element(*target).map_or(&NONE, |element| &element.name)
        })
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let tag = taken_number(&mut attributes);
        self.0.borrow_mut().push(What::Element(Element {
            name,
            attributes,
            tag,
        }))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.0.borrow_mut().push(What::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.0.borrow_mut().push(What::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.0.borrow_mut().put(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.0.borrow().parent(*element).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.0.borrow_mut().quirks = mode == QuirksMode::Quirks;
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let mut page = self.0.borrow_mut();
        if let Some(parent) = page.parent(*sibling) {
            page.put(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, mut attributes: Vec<Attribute>) {
        let mut page = self.0.borrow_mut();
        let tag = taken_number(&mut attributes);
        let Some(What::Element(element)) = page.nodes.get_mut(*target).map(|node| &mut node.what) else {
            return;
        };
        element.tag = element.tag.or(tag);
        for attribute in attributes {
            if !element.attributes.iter().any(|own| own.name == attribute.name) {
                element.attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut page = self.0.borrow_mut();
        while let Some(child) = page.nodes[*node].first {
            page.insert(*new_parent, None, child);
        }
    }
}
