//! Which properties a property sets: two properties that set a common one compete, whatever their
//! names.

/// Shorthands, and what they set. A few are one here that CSS divides
/// further: see [`AS_ONE`].
const SHORTHANDS: [(&str, &[&str]); 30] = [
    (
        "background",
        &[
            "background-color",
            "background-image",
            "background-position",
            "background-size",
            "background-repeat",
            "background-origin",
            "background-clip",
            "background-attachment",
        ],
    ),
    (
        "margin",
        &["margin-top", "margin-right", "margin-bottom", "margin-left"],
    ),
    (
        "padding",
        &["padding-top", "padding-right", "padding-bottom", "padding-left"],
    ),
    (
        "border",
        &[
            "border-top-width",
            "border-right-width",
            "border-bottom-width",
            "border-left-width",
            "border-top-style",
            "border-right-style",
            "border-bottom-style",
            "border-left-style",
            "border-top-color",
            "border-right-color",
            "border-bottom-color",
            "border-left-color",
            "border-image",
        ],
    ),
    (
        "border-width",
        &[
            "border-top-width",
            "border-right-width",
            "border-bottom-width",
            "border-left-width",
        ],
    ),
    (
        "border-style",
        &[
            "border-top-style",
            "border-right-style",
            "border-bottom-style",
            "border-left-style",
        ],
    ),
    (
        "border-color",
        &[
            "border-top-color",
            "border-right-color",
            "border-bottom-color",
            "border-left-color",
        ],
    ),
    (
        "border-top",
        &["border-top-width", "border-top-style", "border-top-color"],
    ),
    (
        "border-right",
        &["border-right-width", "border-right-style", "border-right-color"],
    ),
    (
        "border-bottom",
        &[
            "border-bottom-width",
            "border-bottom-style",
            "border-bottom-color",
        ],
    ),
    (
        "border-left",
        &["border-left-width", "border-left-style", "border-left-color"],
    ),
    (
        "border-radius",
        &[
            "border-top-left-radius",
            "border-top-right-radius",
            "border-bottom-right-radius",
            "border-bottom-left-radius",
        ],
    ),
    (
        "font",
        &[
            "font-style",
            "font-variant",
            "font-weight",
            "font-stretch",
            "font-size",
            "line-height",
            "font-family",
            "font-size-adjust",
            "font-kerning",
            "font-feature-settings",
            "font-variation-settings",
            "font-optical-sizing",
        ],
    ),
    (
        "list-style",
        &["list-style-type", "list-style-position", "list-style-image"],
    ),
    ("outline", &["outline-width", "outline-style", "outline-color"]),
    (
        "text-decoration",
        &[
            "text-decoration-line",
            "text-decoration-style",
            "text-decoration-color",
            "text-decoration-thickness",
        ],
    ),
    ("text-emphasis", &["text-emphasis-style", "text-emphasis-color"]),
    ("overflow", &["overflow-x", "overflow-y"]),
    ("flex", &["flex-grow", "flex-shrink", "flex-basis"]),
    ("flex-flow", &["flex-direction", "flex-wrap"]),
    ("columns", &["column-width", "column-count"]),
    (
        "column-rule",
        &["column-rule-width", "column-rule-style", "column-rule-color"],
    ),
    ("gap", &["row-gap", "column-gap"]),
    ("grid-gap", &["row-gap", "column-gap"]),
    ("inset", &["top", "right", "bottom", "left"]),
    ("place-content", &["align-content", "justify-content"]),
    ("place-items", &["align-items", "justify-items"]),
    ("place-self", &["align-self", "justify-self"]),
    (
        "transition",
        &[
            "transition-property",
            "transition-duration",
            "transition-timing-function",
            "transition-delay",
        ],
    ),
    (
        "animation",
        &[
            "animation-name",
            "animation-duration",
            "animation-timing-function",
            "animation-delay",
            "animation-iteration-count",
            "animation-direction",
            "animation-fill-mode",
            "animation-play-state",
        ],
    ),
];

/// Beginnings of names that all count as one: who sets one of them may set any.
const AS_ONE: [&str; 9] = [
    "background-position",
    "border-image",
    "font-variant",
    "grid",
    "mask",
    "scroll-margin",
    "scroll-padding",
    "text-wrap",
    "white-space",
];

/// What names of directions stand for (CSS Logical Properties): any side, as it depends on the script.
const LOGICAL: [(&str, &[&str]); 9] = [
    (
        "margin-inline",
        &["margin-left", "margin-right", "margin-top", "margin-bottom"],
    ),
    (
        "margin-block",
        &["margin-left", "margin-right", "margin-top", "margin-bottom"],
    ),
    (
        "padding-inline",
        &["padding-left", "padding-right", "padding-top", "padding-bottom"],
    ),
    (
        "padding-block",
        &["padding-left", "padding-right", "padding-top", "padding-bottom"],
    ),
    ("inset-inline", &["left", "right", "top", "bottom"]),
    ("inset-block", &["left", "right", "top", "bottom"]),
    ("min-", &["min-width", "min-height"]),
    ("max-", &["max-width", "max-height"]),
    ("", &["width", "height"]),
];

/// What a property sets, and whether that is all known: whether it takes the place of whatever
/// else sets these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Longhands {
    pub(super) names: Vec<String>,
    pub(super) exact: bool,
}

/// What the property of this name (in lower case) sets.
pub(super) fn of(property: &str) -> Longhands {
    let named = |names: &[&str], exact| Longhands {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        exact,
    };
    if let Some((_, names)) = SHORTHANDS.iter().find(|(name, _)| *name == property) {
        return named(names, true);
    }
    if property.ends_with("inline-size") || property.ends_with("block-size") {
        let of = |(start, _): &&(&str, &[&str])| property.starts_with(start) && start.len() <= "max-".len();
        if let Some((_, names)) = LOGICAL.iter().find(of) {
            return named(names, false);
        }
    }
    let logical = |(start, _): &&(&str, &[&str])| start.len() > "max-".len() && property.starts_with(start);
    if let Some((_, names)) = LOGICAL.iter().find(logical) {
        return named(names, false);
    }
    let one_side = |part: &str| property.starts_with("border-") && property.contains(part);
    if one_side("inline") || one_side("block") {
        let all: Vec<_> = SHORTHANDS
            .iter()
            .filter(|(name, _)| matches!(*name, "border" | "border-radius"))
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        return named(&all, false);
    }
    if let Some(one) = AS_ONE.iter().find(|start| property.starts_with(*start)) {
        return named(&[one], property == *one);
    }
    // `-webkit-border-radius` is `border-radius` to those who know it.
    let plain = ["-webkit-", "-moz-", "-ms-"]
        .iter()
        .find_map(|prefix| property.strip_prefix(prefix));
    if let Some(plain) = plain {
        return Longhands {
            exact: false,
            ..of(plain)
        };
    }
    if property == "overflow-wrap" || property == "word-wrap" {
        return named(&["overflow-wrap"], true);
    }
    named(&[property], true)
}
