//! The operands of an operator: what the author wrote, and what they may be.

use super::expression::{Expression, Form, Literal, Operator};

/// Whether the author wrote a text, which is compared as one.
pub(super) fn is_text(of: &Expression<'_>) -> bool {
    if let Form::Group(inside) = &of.form {
        return is_text(inside);
    }
    matches!(of.form, Form::Literal(Literal::Text) | Form::List(true, _))
}

/// Whether a value may be true or false, or a list of such.
pub(super) fn may_be_truth(of: &Expression<'_>) -> bool {
    if let Form::List(_, values) = &of.form {
        return values.iter().any(may_be_truth);
    }
    !matches!(of.form, Form::Literal(Literal::Text | Literal::Number))
}

/// Whether a value is written for people: `fee * 2 | money` is fee times the money of 2, which the
/// engine refuses.
pub(super) fn is_amount(of: &Expression<'_>) -> bool {
    matches!(of.form, Form::Filter(_, "money", _))
}

/// What is calculated from left to right, and with what.
pub(super) fn chain<'e, 't>(
    of: &'e Expression<'t>,
    operands: &mut Vec<&'e Expression<'t>>,
    operators: &mut String,
) {
    let Form::Binary(Operator::Calculates(letter), left, right) = &of.form else {
        operands.push(of);
        return;
    };
    let power = |letter: char| Operator::Calculates(letter).powers();
    if let Form::Binary(Operator::Calculates(other), ..) = &left.form
        && *letter != '^'
        && power(*other) == power(*letter)
    {
        chain(left, operands, operators);
    } else {
        operands.push(left);
    }
    operators.push(*letter);
    operands.push(right);
}
