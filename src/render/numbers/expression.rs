//! Expressions of the template language.

use std::ops::Range;

use super::tokens::{Kind, Token};

/// An expression, and its octets.
pub(super) struct Expression<'t> {
    pub(super) at: Range<usize>,
    pub(super) form: Form<'t>,
}

pub(super) type Inner<'t> = Box<Expression<'t>>;

pub(super) enum Form<'t> {
    /// A text, a number, a word such as `true`.
    Literal(Literal),
    /// A variable, or what is taken out of one.
    Variable(Path<'t>),
    /// An expression in brackets.
    Group(Inner<'t>),
    Not(Inner<'t>),
    /// With a sign in front of it, which ends there.
    Negative(usize, Inner<'t>),
    Binary(Operator, Inner<'t>, Inner<'t>),
    /// `of is [not] name`.
    Test(Inner<'t>, &'t str, Vec<Expression<'t>>),
    /// `of | name`.
    Filter(Inner<'t>, &'t str, Vec<Expression<'t>>),
    Ternary {
        then: Inner<'t>,
        condition: Inner<'t>,
        otherwise: Inner<'t>,
    },
    /// A list; whether all of it is written there.
    List(bool, Vec<Expression<'t>>),
    /// `[value for x in within if condition]`.
    Comprehension {
        value: Inner<'t>,
        within: Inner<'t>,
        condition: Option<Inner<'t>>,
    },
    /// Anything else, with the expressions in it: calls, tables, parts of something.
    Other(Vec<Expression<'t>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Literal {
    Text,
    Number,
    Word,
}

/// A variable with what is taken out of it: `score`, `row["Score"]`, `r.amount`.
pub(super) struct Path<'t> {
    /// What is taken out last: the column. Nothing, where that is not written there.
    pub(super) column: &'t str,
    /// Where the octets end that it is taken from; `None`: it stands by its own name.
    pub(super) from: Option<usize>,
    /// The variable.
    pub(super) name: &'t str,
    /// The contents of its square brackets.
    pub(super) inside: Vec<Expression<'t>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    In,
    NotIn,
    /// `==`, `<` and similar ones.
    Compares(&'static str),
    /// By the letter of it in a call of [`CALCULATE`](super::CALCULATE).
    Calculates(char),
    Joins,
}

impl Operator {
    /// The operator that these tokens begin with, and how many of them it takes.
    pub(super) fn next(tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        const COMPARING: [&str; 6] = ["==", "!=", "<=", ">=", "<", ">"];
        const CALCULATING: [(&str, char); 7] = [
            ("+", '+'),
            ("-", '-'),
            ("*", '*'),
            ("/", '/'),
            ("//", 'f'),
            ("%", '%'),
            ("**", '^'),
        ];
        let (token, rest) = tokens.split_first()?;
        if token.kind == Kind::Name {
            let in_next = rest.first().is_some_and(|next| next.word("in"));
            return match token.text {
                "or" => Some((Self::Or, 1)),
                "and" => Some((Self::And, 1)),
                "in" => Some((Self::In, 1)),
                "not" if in_next => Some((Self::NotIn, 2)),
                _ => None,
            };
        }
        if token.is("~") {
            return Some((Self::Joins, 1));
        }
        let compares = COMPARING.iter().find(|mark| token.is(mark));
        let compares = compares.map(|mark| Self::Compares(mark));
        let calculates = CALCULATING.iter().find(|(mark, _)| token.is(mark));
        let calculates = calculates.map(|(_, letter)| Self::Calculates(*letter));
        Some((compares.or(calculates)?, 1))
    }

    /// How it binds to the expressions before and after it.
    pub(super) fn powers(self) -> (u8, u8) {
        match self {
            Self::Or => (1, 2),
            Self::And => (3, 4),
            Self::In | Self::NotIn => (5, 6),
            Self::Compares(_) => (7, 8),
            Self::Calculates('+' | '-') => (11, 12),
            Self::Calculates('^') => (16, 15),
            Self::Calculates(_) | Self::Joins => (13, 14),
        }
    }
}
