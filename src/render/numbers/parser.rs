//! The inside of a tag as the expression that the engine reads.
//!
//! It binds as the engine's own parser does (`parsing/parser.rs` of Tera). What is not one of its
//! expressions is left unchanged, so that the engine reports it in its own words.

use super::expression::{Expression, Form, Inner, Literal, Operator, Path};
use super::tokens::{Kind, Token};

/// Expressions in expressions that are looked at. Tera takes 40, its `MAX_RECURSION_DEPTH`.
const DEEPEST: usize = 42;

/// Parts of one expression that are looked at: as many as Tera takes, its
/// `MAX_EXPRESSION_COMPLEXITY`.
const LONGEST: usize = 256;

/// Of `is`, of `|`, and of a sign, as [`Operator::powers`] has them.
const IS: u8 = 5;
const PIPE: u8 = 17;
const SIGN: u8 = 20;

/// The expression that all of these tokens are.
pub(super) fn expression<'t>(tokens: &[Token<'t>]) -> Option<Expression<'t>> {
    let mut parser = Parser::new(tokens);
    let found = parser.expression(0)?;
    (parser.at == tokens.len()).then_some(found)
}

/// The arguments in brackets that all of these tokens are.
pub(super) fn arguments<'t>(tokens: &[Token<'t>]) -> Option<Vec<Expression<'t>>> {
    let mut parser = Parser::new(tokens);
    let found = parser.arguments()?;
    (parser.at == tokens.len()).then_some(found)
}

struct Parser<'a, 't> {
    tokens: &'a [Token<'t>],
    at: usize,
    depth: usize,
    parts: usize,
}

impl<'a, 't> Parser<'a, 't> {
    fn new(tokens: &'a [Token<'t>]) -> Self {
        Self {
            tokens,
            at: 0,
            depth: 0,
            parts: 0,
        }
    }

    fn peek(&self) -> Option<&'a Token<'t>> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'a Token<'t>> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    fn next_is(&self, mark: &str) -> bool {
        self.peek().is_some_and(|token| token.is(mark))
    }

    fn next_word(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.word(word))
    }

    /// Whether this mark comes next, which is passed then.
    fn skip(&mut self, mark: &str) -> bool {
        let found = self.next_is(mark);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: &str) -> Option<()> {
        self.skip(mark).then_some(())
    }

    fn name(&mut self) -> Option<&'t str> {
        let token = self.next().filter(|token| token.kind == Kind::Name)?;
        Some(token.text)
    }

    /// The octet behind what was read.
    fn end(&self) -> usize {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or(0, Token::end)
    }

    fn expression(&mut self, least: u8) -> Option<Expression<'t>> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let found = self.parts(least);
        self.depth -= 1;
        found
    }

    fn boxed(&mut self, least: u8) -> Option<Inner<'t>> {
        self.expression(least).map(Box::new)
    }

    fn parts(&mut self, least: u8) -> Option<Expression<'t>> {
        let mut left = self.first()?;
        while let Some(token) = self.peek() {
            let start = left.at.start;
            let form = if token.is("[") {
                let mut inside = vec![left];
                self.taken(&mut inside)?;
                Form::Other(inside)
            } else if token.is("|") && PIPE >= least {
                self.at += 1;
                let name = self.name()?;
                Form::Filter(Box::new(left), name, self.arguments_if_any()?)
            } else if token.word("is") && IS >= least {
                self.at += 1;
                self.at += usize::from(self.next_word("not"));
                let name = self.name()?;
                Form::Test(Box::new(left), name, self.arguments_if_any()?)
            } else if token.word("if") && least == 0 {
                self.at += 1;
                let condition = self.boxed(0)?;
                self.next().filter(|token| token.word("else"))?;
                let otherwise = self.boxed(0)?;
                let then = Box::new(left);
                return Some(self.ended(
                    start,
                    Form::Ternary {
                        then,
                        condition,
                        otherwise,
                    },
                ));
            } else if let Some((operator, length)) =
                Operator::next(self.tokens.get(self.at..).unwrap_or_default())
            {
                let (before, behind) = operator.powers();
                if before < least {
                    break;
                }
                self.at += length;
                let right = self.boxed(behind)?;
                let signed = matches!(right.form, Form::Not(_) | Form::Negative(..));
                if operator == Operator::Joins && signed {
                    return None;
                }
                Form::Binary(operator, Box::new(left), right)
            } else {
                break;
            };
            left = self.ended(start, form);
            self.one_more()?;
        }
        Some(left)
    }

    fn ended(&self, start: usize, form: Form<'t>) -> Expression<'t> {
        Expression {
            at: start..self.end(),
            form,
        }
    }

    fn first(&mut self) -> Option<Expression<'t>> {
        let token = *self.next()?;
        let start = token.at;
        let form = match token.kind {
            Kind::Number => Form::Literal(Literal::Number),
            Kind::Quoted => Form::Literal(Literal::Text),
            Kind::Name => match token.text {
                "true" | "True" | "false" | "False" | "none" | "None" | "null" => {
                    Form::Literal(Literal::Word)
                }
                "not" => {
                    self.no_sign()?;
                    Form::Not(self.boxed(IS)?)
                }
                _ if self.next_is("(") => Form::Other(self.arguments()?),
                name => Form::Variable(self.path(name)?),
            },
            Kind::Mark => match token.text {
                "-" => {
                    self.no_sign()?;
                    let of = self.boxed(SIGN)?;
                    if let Form::Literal(literal) = of.form {
                        Form::Literal(literal)
                    } else {
                        Form::Negative(token.end(), of)
                    }
                }
                "(" => {
                    let inside = self.boxed(0)?;
                    self.expect(")")?;
                    Form::Group(inside)
                }
                "[" => self.list()?,
                "{" => self.table()?,
                "<" => self.component()?,
                _ => return None,
            },
        };
        Some(self.ended(start, form))
    }

    /// A part more; `None` where it is one too many.
    fn one_more(&mut self) -> Option<()> {
        self.parts += 1;
        (self.parts <= LONGEST).then_some(())
    }

    /// The engine takes one sign and one `not` at a time.
    fn no_sign(&self) -> Option<()> {
        (!self.next_is("-") && !self.next_word("not")).then_some(())
    }

    /// What is taken out of a variable of this name.
    fn path(&mut self, name: &'t str) -> Option<Path<'t>> {
        let mut path = Path {
            column: name,
            from: None,
            name,
            inside: Vec::new(),
        };
        loop {
            let end = self.end();
            if path.from.is_some() {
                self.one_more()?;
            }
            if self.skip(".") || self.skip("?.") {
                (path.column, path.from) = (self.name()?, Some(end));
            } else if self.next_is("[") || self.next_is("?[") {
                let (quoted, close) = (self.tokens.get(self.at + 1), self.tokens.get(self.at + 2));
                let only = close.is_some_and(|token| token.is("]"));
                let quoted = quoted.filter(|token| only && token.kind == Kind::Quoted);
                let inside = quoted.and_then(|token| token.text.get(1..token.text.len().checked_sub(1)?));
                path.column = inside.filter(|text| !text.contains('\\')).unwrap_or_default();
                path.from = Some(end);
                self.taken(&mut path.inside)?;
            } else {
                return Some(path);
            }
        }
    }

    /// The contents of square brackets: a part, or the ends of a slice.
    fn taken(&mut self, inside: &mut Vec<Expression<'t>>) -> Option<()> {
        self.at += 1;
        loop {
            if self.skip("]") {
                return Some(());
            }
            if !self.skip(":") {
                inside.push(self.expression(0)?);
                if !self.next_is(":") && !self.next_is("]") {
                    return None;
                }
            }
        }
    }

    fn arguments_if_any(&mut self) -> Option<Vec<Expression<'t>>> {
        if self.next_is("(") {
            self.arguments()
        } else {
            Some(Vec::new())
        }
    }

    fn arguments(&mut self) -> Option<Vec<Expression<'t>>> {
        self.expect("(")?;
        let mut found = Vec::new();
        while !self.skip(")") {
            if !found.is_empty() {
                self.expect(",")?;
                if self.skip(")") {
                    break;
                }
            }
            self.name()?;
            self.expect("=")?;
            found.push(self.expression(0)?);
        }
        Some(found)
    }

    fn list(&mut self) -> Option<Form<'t>> {
        let (mut found, mut written) = (Vec::new(), true);
        while !self.skip("]") {
            if !found.is_empty() {
                self.expect(",")?;
                if self.skip("]") {
                    break;
                }
            }
            let spread = self.skip("...");
            let value = self.expression(0)?;
            if found.is_empty() && !spread && self.next_word("for") {
                return self.comprehension(Box::new(value));
            }
            written &= matches!(value.form, Form::Literal(_));
            found.push(value);
        }
        Some(Form::List(written, found))
    }

    fn comprehension(&mut self, value: Inner<'t>) -> Option<Form<'t>> {
        self.at += 1;
        self.name()?;
        if self.skip(",") {
            self.name()?;
        }
        self.next().filter(|token| token.word("in"))?;
        let within = self.boxed(1)?;
        let condition = if self.next_word("if") {
            self.at += 1;
            Some(self.boxed(0)?)
        } else {
            None
        };
        self.expect("]")?;
        Some(Form::Comprehension {
            value,
            within,
            condition,
        })
    }

    fn table(&mut self) -> Option<Form<'t>> {
        let mut found = Vec::new();
        while !self.skip("}") {
            if !found.is_empty() {
                self.expect(",")?;
                if self.skip("}") {
                    break;
                }
            }
            if !self.skip("...") {
                self.next()?;
                self.expect(":")?;
            }
            found.push(self.expression(0)?);
        }
        Some(Form::Other(found))
    }

    /// `<name text="a" value={b} {...c} />`, or without the stroke.
    fn component(&mut self) -> Option<Form<'t>> {
        let mut found = Vec::new();
        self.name()?;
        while self.skip(".") {
            self.name()?;
        }
        while !self.skip(">") {
            if self.skip("/") {
                self.expect(">")?;
                break;
            }
            let named = !self.next_is("{");
            if named {
                self.name()?;
                if !self.skip("=") {
                    continue;
                }
                if self.peek().is_some_and(|token| token.kind == Kind::Quoted) {
                    self.at += 1;
                    continue;
                }
            }
            self.expect("{")?;
            if !named {
                self.expect("...")?;
            }
            found.push(self.expression(0)?);
            self.expect("}")?;
        }
        Some(Form::Other(found))
    }
}
