//! The grammar of selectors: names, pseudo-classes, pseudo-elements.

use std::cell::Cell;
use std::fmt::{self, Write};

use cssparser::{CowRcStr, ParseError, Parser as CssParser, ToCss};
use html5ever::{LocalName, Namespace};
use precomputed_hash::PrecomputedHash;
use selectors::parser::SelectorParseErrorKind;

/// What the parser of selectors works on.
#[derive(Debug, Clone)]
pub(super) struct Selectors;

impl selectors::SelectorImpl for Selectors {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Namespace;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Namespace;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = PseudoElement;
}

/// A name in a selector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name(pub(super) LocalName);

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(LocalName::from(name))
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ToCss for Name {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        self.0.precomputed_hash()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PseudoClass {
    /// `:link`, `:any-link`
    Link,
    /// It depends on the reader, or the program.
    Dynamic,
}

impl ToCss for PseudoClass {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(match self {
            Self::Link => ":link",
            Self::Dynamic => ":hover",
        })
    }
}

impl selectors::parser::NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        *self == Self::Dynamic
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PseudoElement;

impl ToCss for PseudoElement {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str("::before")
    }
}

impl selectors::parser::PseudoElement for PseudoElement {
    fn accepts_state_pseudo_classes(&self) -> bool {
        true
    }
}

/// What was met while a selector was parsed.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub(super) dynamic: Cell<bool>,
    pub(super) foreign: Cell<bool>,
}

impl<'i> selectors::Parser<'i> for Understood {
    type Impl = Selectors;
    type Error = SelectorParseErrorKind;

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_non_ts_pseudo_class(
        &self,
        name: CowRcStr<'i>,
    ) -> Result<PseudoClass, ParseError<SelectorParseErrorKind>> {
        if name.eq_ignore_ascii_case("link") || name.eq_ignore_ascii_case("any-link") {
            return Ok(PseudoClass::Link);
        }
        self.dynamic.set(true);
        self.foreign.set(self.foreign.get() || name.starts_with('-'));
        Ok(PseudoClass::Dynamic)
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: CowRcStr<'i>,
        input: &mut CssParser<'i>,
        _: bool,
    ) -> Result<PseudoClass, ParseError<SelectorParseErrorKind>> {
        while input.next().is_ok() {}
        self.parse_non_ts_pseudo_class(name)
    }

    fn parse_pseudo_element(
        &self,
        name: CowRcStr<'i>,
    ) -> Result<PseudoElement, ParseError<SelectorParseErrorKind>> {
        self.foreign.set(self.foreign.get() || name.starts_with('-'));
        Ok(PseudoElement)
    }

    fn parse_functional_pseudo_element(
        &self,
        _: CowRcStr<'i>,
        input: &mut CssParser<'i>,
    ) -> Result<PseudoElement, ParseError<SelectorParseErrorKind>> {
        while input.next().is_ok() {}
        Ok(PseudoElement)
    }
}
