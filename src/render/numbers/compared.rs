//! The texts that an expression compares a column with.

use std::ops::Range;

use super::expression::{Expression, Form, Literal, Operator};
use super::parser::expression;
use super::tokens::tokens;

/// The texts that are compared with a column, as ranges of an expression with their quotation marks:
/// `status == 'paid'`, `status in ['paid', 'due']`.
pub fn compared_with(text: &str, column: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if let Some(all) = expression(&tokens(text, 0..text.len())) {
        look(&all, column, &mut found);
    }
    found
}

fn look(at: &Expression<'_>, column: &str, found: &mut Vec<Range<usize>>) {
    if let Form::Binary(Operator::Compares(_) | Operator::In | Operator::NotIn, left, right) = &at.form {
        if is_column(left, column) {
            texts(right, found);
        } else if is_column(right, column) {
            texts(left, found);
        }
    }
    for inside in parts(at) {
        look(inside, column, found);
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "nothing else is a column by itself"
)]
fn is_column(at: &Expression<'_>, column: &str) -> bool {
    match &at.form {
        Form::Variable(path) => path.column == column,
        Form::Group(inside) => is_column(inside, column),
        _ => false,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "nothing else is compared as a text"
)]
fn texts(at: &Expression<'_>, found: &mut Vec<Range<usize>>) {
    match &at.form {
        Form::Literal(Literal::Text) => found.push(at.at.clone()),
        Form::Group(inside) => texts(inside, found),
        Form::List(_, inside) => inside.iter().for_each(|one| texts(one, found)),
        _ => {}
    }
}

fn parts<'e, 't>(at: &'e Expression<'t>) -> Vec<&'e Expression<'t>> {
    match &at.form {
        Form::Literal(_) => Vec::new(),
        Form::Variable(path) => path.inside.iter().collect(),
        Form::Group(inside) | Form::Not(inside) | Form::Negative(_, inside) => vec![inside],
        Form::Binary(_, left, right) => vec![left, right],
        Form::Test(of, _, inside) | Form::Filter(of, _, inside) => {
            std::iter::once(&**of).chain(inside).collect()
        }
        Form::Ternary {
            then,
            condition,
            otherwise,
        } => vec![then, condition, otherwise],
        Form::List(_, inside) | Form::Other(inside) => inside.iter().collect(),
        Form::Comprehension {
            value,
            within,
            condition,
        } => {
            let condition = condition.iter().map(|condition| &**condition);
            [&**value, &**within].into_iter().chain(condition).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_beside_a_column_are_found_wherever_they_stand() {
        let found = |text: &'static str| -> Vec<&str> {
            let found = compared_with(text, "s");
            found.into_iter().map(|at| &text[at]).collect()
        };
        assert_eq!(found("s == 'a' and t == 'b'"), ["'a'"]);
        assert_eq!(found("not (\"a\" != s) or t in ['b']"), ["\"a\""]);
        assert_eq!(
            found("row['s'] in ['a', \"b\"] and s not in ['c']"),
            ["'a'", "\"b\"", "'c'"]
        );
        assert_eq!(found("[x for x in t if s == 'a']"), ["'a'"]);
        assert_eq!(found("s"), [""; 0]);
        assert_eq!(found("s == 'a' and ("), [""; 0]);
    }
}
