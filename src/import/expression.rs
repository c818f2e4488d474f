//! A Jinja2 expression -> the same in Tera.
//!
//! minijinja's parser reads it; it is written from the tree, with parentheses wherever the two
//! languages could disagree. What cannot be expressed in Tera is a [`Refusal`]: the caller leaves
//! the text unchanged.

use minijinja::machinery::ast::{BinOpKind, CallArg, CompareOpKind, Expr, Test, UnaryOpKind};
use minijinja::value::{Value, ValueKind};

use crate::words::say;

use super::scope::{Arguments, Scope};
use super::written::{Kind, Refusal, Written};
use super::{names, python};

/// The names that mean something else to mailshot, or nothing to Tera.
const TAKEN: [&str; 13] = [
    "row",
    "row_number",
    "campaign",
    "token",
    "loop",
    "self",
    "null",
    "and",
    "or",
    "not",
    "is",
    "in",
    "break",
];

/// `"-" * 40` is written out up to here.
const MOST_REPEATED: usize = 200;

type Result<T = Written> = std::result::Result<T, Refusal>;

impl Scope {
    /// What is filled in: texts of the template itself are not cells, so they are not escaped.
    pub(super) fn emitted(&mut self, expr: &Expr<'_>) -> Result {
        if let Expr::IfExpr(choice) = expr {
            let test = self.write(&choice.test_expr)?;
            let yes = self.emitted(&choice.true_expr)?;
            let no = match &choice.false_expr {
                Some(no) => self.emitted(no)?,
                None => Written::whole(self.literal(""), Kind::Text),
            };
            return Ok(ternary(&test, &yes, &no));
        }
        if let Expr::Const(value) = expr
            && let Some(text) = value.value.as_str()
            && self.escapes
            && has_markup(text)
        {
            return Ok(Written::piped(
                format!("{} | safe", self.literal(text)),
                Kind::Text,
            ));
        }
        let written = self.write(expr)?;
        if written.kind == Kind::Truth || written.text == "none" {
            self.doubt(say!("import-truth"), say!("import-truth-help"));
        }
        Ok(written)
    }

    pub(super) fn write(&mut self, expr: &Expr<'_>) -> Result {
        match expr {
            Expr::Var(var) => Ok(self.variable(var.id)),
            Expr::Const(value) => self.constant(&value.value),
            Expr::Slice(slice) => {
                let base = self.write(&slice.expr)?;
                let mut bound = |side: &Option<Expr<'_>>| match side {
                    Some(side) => self.write(side).map(|w| w.text),
                    None => Ok(String::new()),
                };
                let (start, stop) = (bound(&slice.start)?, bound(&slice.stop)?);
                let step = bound(&slice.step)?;
                let step = if step.is_empty() { step } else { format!(":{step}") };
                Ok(Written::whole(
                    format!("{}[{start}:{stop}{step}]", base.inner()),
                    base.kind,
                ))
            }
            Expr::UnaryOp(op) => self.unary(&op.op, &op.expr),
            Expr::BinOp(op) => self.binary(op.op, &op.left, &op.right),
            Expr::Compare(compare) => {
                let mut left = self.write(&compare.expr)?;
                let mut parts = Vec::new();
                for op in &compare.ops {
                    let right = self.write(&op.expr)?;
                    parts.push(self.comparison(compared(op.op), &left, &right));
                    left = right;
                }
                Ok(Written::loose(parts.join(" and "), Kind::Truth))
            }
            Expr::IfExpr(choice) => {
                let (test, yes) = (self.write(&choice.test_expr)?, self.write(&choice.true_expr)?);
                let no = match &choice.false_expr {
                    Some(no) => self.write(no)?,
                    None => Written::whole(self.literal(""), Kind::Text),
                };
                Ok(ternary(&test, &yes, &no))
            }
            Expr::Filter(filter) => {
                let base = match &filter.expr {
                    Some(base) => Some(self.write(base)?),
                    None => None,
                };
                let args = self.arguments(&filter.args)?;
                names::filter(self, filter.name, base, &args)
            }
            Expr::Test(test) => self.test(test, false),
            Expr::GetAttr(attr) => {
                if let Expr::Var(var) = &attr.expr
                    && var.id == "loop"
                {
                    return names::of_loop(attr.name);
                }
                let base = self.write(&attr.expr)?;
                Ok(Written::whole(
                    format!("{}.{}", base.inner(), attr.name),
                    Kind::Other,
                ))
            }
            Expr::GetItem(item) => {
                let base = self.write(&item.expr)?;
                let at = self.write(&item.subscript_expr)?;
                Ok(Written::whole(
                    format!("{}[{}]", base.inner(), at.text),
                    base.kind,
                ))
            }
            Expr::Call(call) => self.call(&call.expr, &call.args),
            Expr::List(list) => self.list(&list.items),
            Expr::Tuple(tuple) => self.list(&tuple.items),
            Expr::Map(map) => {
                let mut entries = Vec::new();
                for (key, value) in map.keys.iter().zip(&map.values) {
                    entries.push(format!("{}: {}", self.write(key)?.text, self.write(value)?.text));
                }
                Ok(Written::whole(format!("{{{}}}", entries.join(", ")), Kind::Other))
            }
        }
    }

    fn test(&mut self, test: &Test<'_>, negated: bool) -> Result {
        let base = self.write(&test.expr)?;
        let args = self.arguments(&test.args)?;
        names::test(test.name, &base, &args, negated)
    }

    /// The arguments by position and by name.
    fn arguments(&mut self, args: &[CallArg<'_>]) -> Result<Arguments> {
        let mut found = Arguments::default();
        for arg in args {
            match arg {
                CallArg::Pos(expr) => {
                    let constant = expr.as_const();
                    found.by_place.push((self.write(expr)?, constant));
                }
                CallArg::Kwarg(name, expr) => {
                    let constant = expr.as_const();
                    found
                        .by_name
                        .push(((*name).to_owned(), self.write(expr)?, constant));
                }
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => {
                    return Err(Refusal::new(say!("import-splat"), say!("import-splat-help")));
                }
            }
        }
        Ok(found)
    }

    fn call(&mut self, called: &Expr<'_>, args: &[CallArg<'_>]) -> Result {
        if let Expr::Var(var) = called {
            return names::function(var.id, &self.arguments(args)?);
        }
        let Expr::GetAttr(attr) = called else {
            return Err(Refusal::new(say!("import-call"), say!("import-value-help")));
        };
        if let Expr::Var(var) = &attr.expr
            && var.id == "loop"
        {
            return names::loop_call(attr.name, &self.arguments(args)?);
        }
        if attr.name == "format"
            && let Some(text) = attr.expr.as_const().as_ref().and_then(Value::as_str)
        {
            let args = self.arguments(args)?;
            return python::braces(self, text, &args);
        }
        let of = self.write(&attr.expr)?;
        let args = self.arguments(args)?;
        python::method(self, &of, attr.name, &args)
    }

    fn variable(&mut self, name: &str) -> Written {
        if let Some(kind) = self.locals.get(name) {
            return Written::whole(name.to_owned(), *kind);
        }
        if !self.columns.iter().any(|column| column == name) {
            // mailmerge stops at it; so does mailshot, with its place.
            return Written::whole(name.to_owned(), Kind::Other);
        }
        self.named.insert(name.to_owned());
        let text = if name.is_ascii() && !TAKEN.contains(&name) {
            name.to_owned()
        } else {
            format!("row[{}]", self.literal(name))
        };
        Written::whole(text, Kind::Text)
    }

    fn constant(&mut self, value: &Value) -> Result {
        let (text, kind) = match value.kind() {
            ValueKind::String => {
                let text = value.as_str().unwrap_or_default();
                if self.escapes && has_markup(text) {
                    self.doubt(say!("import-escaped"), say!("import-escaped-help"));
                }
                (self.literal(text), Kind::Text)
            }
            ValueKind::Number => (value.to_string(), Kind::Number),
            ValueKind::Bool => (value.is_true().to_string(), Kind::Truth),
            ValueKind::None | ValueKind::Undefined => ("none".to_owned(), Kind::Other),
            ValueKind::Bytes
            | ValueKind::Seq
            | ValueKind::Map
            | ValueKind::Iterable
            | ValueKind::Plain
            | ValueKind::Invalid
            | _ => {
                return Err(Refusal::new(say!("import-value"), say!("import-value-help")));
            }
        };
        Ok(Written::whole(text, kind))
    }

    fn list(&mut self, items: &[Expr<'_>]) -> Result {
        let items: Vec<_> = items
            .iter()
            .map(|item| self.write(item).map(|w| w.text))
            .collect::<Result<_>>()?;
        Ok(Written::whole(format!("[{}]", items.join(", ")), Kind::Other))
    }

    fn unary(&mut self, op: &UnaryOpKind, expr: &Expr<'_>) -> Result {
        if let (UnaryOpKind::Not, Expr::Test(test)) = (op, expr) {
            return self.test(test, true);
        }
        let of = self.write(expr)?;
        Ok(match op {
            UnaryOpKind::Not => Written::loose(format!("not {}", of.operand()), Kind::Truth),
            UnaryOpKind::Neg => Written::loose(format!("-{}", of.inner()), Kind::Number),
        })
    }

    fn binary(&mut self, op: BinOpKind, left: &Expr<'_>, right: &Expr<'_>) -> Result {
        if let (BinOpKind::Mul, Some(text), Some(times)) = (op, left.as_const(), right.as_const())
            && let (Some(text), Ok(times)) = (text.as_str(), usize::try_from(times))
            && times <= MOST_REPEATED
        {
            return Ok(Written::whole(self.literal(&text.repeat(times)), Kind::Text));
        }
        if let (BinOpKind::Rem, Some(format)) = (op, left.as_const().as_ref().and_then(Value::as_str)) {
            let mut values = Vec::new();
            if let Expr::Tuple(tuple) = right {
                for item in &tuple.items {
                    values.push(self.write(item)?);
                }
            } else {
                values.push(self.write(right)?);
            }
            return python::percent(self, format, &values);
        }
        let (a, b) = (self.write(left)?, self.write(right)?);
        let joined =
            |sign: &str, kind| Written::loose(format!("{} {sign} {}", a.operand(), b.operand()), kind);
        let texts = a.kind == Kind::Text || b.kind == Kind::Text;
        let numbers = a.kind == Kind::Number || b.kind == Kind::Number;
        let kind = if a.kind == b.kind { a.kind } else { Kind::Other };
        Ok(match op {
            BinOpKind::Eq => self.compared_pair("==", &a, &b),
            BinOpKind::Ne => self.compared_pair("!=", &a, &b),
            BinOpKind::Lt => joined("<", Kind::Truth),
            BinOpKind::Lte => joined("<=", Kind::Truth),
            BinOpKind::Gt => joined(">", Kind::Truth),
            BinOpKind::Gte => joined(">=", Kind::Truth),
            BinOpKind::In => joined("in", Kind::Truth),
            BinOpKind::ScAnd => joined("and", kind),
            BinOpKind::ScOr => joined("or", kind),
            BinOpKind::Concat => joined("~", Kind::Text),
            BinOpKind::Add if texts && !numbers => joined("~", Kind::Text),
            BinOpKind::Add if numbers && !texts => joined("+", Kind::Number),
            BinOpKind::Add => {
                return Err(Refusal::new(say!("import-plus"), say!("import-plus-help")));
            }
            BinOpKind::Mul if texts => {
                return Err(Refusal::new(say!("import-times"), say!("import-times-help")));
            }
            BinOpKind::Sub => joined("-", Kind::Number),
            BinOpKind::Mul => joined("*", Kind::Number),
            BinOpKind::Div => joined("/", Kind::Number),
            BinOpKind::FloorDiv => joined("//", Kind::Number),
            BinOpKind::Rem => joined("%", Kind::Number),
            BinOpKind::Pow => joined("**", Kind::Number),
        })
    }

    fn compared_pair(&mut self, sign: &str, a: &Written, b: &Written) -> Written {
        let text = self.comparison(sign, a, b);
        Written::loose(text, Kind::Truth)
    }

    fn comparison(&mut self, sign: &str, a: &Written, b: &Written) -> String {
        let mixed = matches!(
            (a.kind, b.kind),
            (Kind::Text, Kind::Number) | (Kind::Number, Kind::Text)
        );
        if mixed && matches!(sign, "==" | "!=") {
            self.doubt(say!("import-equal"), say!("import-equal-help"));
        }
        format!("{} {sign} {}", a.operand(), b.operand())
    }
}

fn ternary(test: &Written, yes: &Written, no: &Written) -> Written {
    let kind = if yes.kind == no.kind {
        yes.kind
    } else {
        Kind::Other
    };
    Written::loose(
        format!("{} if {} else {}", yes.operand(), test.operand(), no.operand()),
        kind,
    )
}

fn compared(op: CompareOpKind) -> &'static str {
    match op {
        CompareOpKind::Eq => "==",
        CompareOpKind::Ne => "!=",
        CompareOpKind::Lt => "<",
        CompareOpKind::Lte => "<=",
        CompareOpKind::Gt => ">",
        CompareOpKind::Gte => ">=",
        CompareOpKind::In => "in",
        CompareOpKind::NotIn => "not in",
    }
}

/// Whether HTML would read more than letters in it.
fn has_markup(text: &str) -> bool {
    text.contains(['<', '>', '&'])
}
