//! The messages of a language, as its files have them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

/// A message, or an attribute of one (`id.attribute`).
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) file: String,
    pub(super) arguments: BTreeSet<String>,
    /// The categories of each choice by a number.
    pub(super) plurals: Vec<BTreeSet<String>>,
    /// Other messages that it has in it.
    pub(super) refers: BTreeSet<String>,
}

/// All of a language, by id.
pub(super) fn messages(lang: &str) -> BTreeMap<String, Message> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words").join(lang);
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("a folder of the catalogue") {
        let path = entry.expect("an entry of a folder").path();
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a file of the catalogue is text");
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{lang}/{file} is not Fluent: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name.to_owned();
            let value = message.value.iter().map(|pattern| (id.clone(), pattern));
            let attributes = message
                .attributes
                .iter()
                .map(|attribute| (format!("{id}.{}", attribute.id.name), &attribute.value));
            for (id, pattern) in value.chain(attributes) {
                let mut message = Message {
                    file: file.clone(),
                    ..Message::default()
                };
                message.read(pattern);
                let twice = all.insert(id.clone(), message).is_some();
                assert!(!twice, "{lang}: {id} is there twice");
            }
        }
    }
    all
}

impl Message {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let keys = variants.iter().filter_map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => Some((*name).to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                self.plurals.push(keys.collect());
                for variant in variants {
                    self.read(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| format!(".{}", attribute.name));
                self.refers
                    .insert(id.name.to_owned() + &attribute.unwrap_or_default());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::FunctionReference { .. }
            | InlineExpression::TermReference { .. } => {}
        }
    }
}
