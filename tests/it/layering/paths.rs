//! Every path that a source file names, read as Rust tokens: in `use` groups, in code and in the
//! arguments of macros. What stands in comments, strings and documentation does not count.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What a file names and which modules it holds.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The module of the file itself.
    pub(super) own: Vec<String>,
    /// Paths, in the order of the text.
    pub(super) named: Vec<Named>,
    /// Modules declared by `mod name;` or written inline.
    pub(super) modules: Vec<Module>,
}

/// A module that a file declares or holds.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) path: Vec<String>,
    /// It is compiled for tests only.
    pub(super) test: bool,
    /// Its text stands in the file that names it.
    pub(super) inline: bool,
}

/// A path as it is written, and where.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// The module in which it stands.
    pub(super) here: Vec<String>,
    /// Its segments.
    pub(super) path: Vec<String>,
    /// The name that `use` gives it.
    pub(super) alias: Option<String>,
    pub(super) line: usize,
    /// It stands in what is compiled for tests only.
    pub(super) test: bool,
}

impl Named {
    /// The path from the crate's root; `None` for one that begins with a name of its own module or
    /// with another crate. Paths into the library as the binary sees it begin with `mailshot`.
    pub(super) fn rooted(&self) -> Option<Vec<String>> {
        let (base, rest): (&[String], &[String]) = match self.path.first()?.as_str() {
            "crate" => (&[], &self.path[1..]),
            "mailshot" => (&[], &self.path),
            "self" => (&self.here, &self.path[1..]),
            "super" => {
                let climbed = self.path.iter().take_while(|segment| *segment == "super").count();
                let depth = self.here.len().checked_sub(climbed)?;
                (&self.here[..depth], &self.path[climbed..])
            }
            _ => return None,
        };
        Some([base, rest].concat())
    }
}

/// Reads the file at `path` (below src/).
pub(super) fn parse(path: &str, text: &str) -> Parsed {
    let tokens: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("src/{path} is not Rust: {error}"));
    let own = module_of(path);
    let mut parsed = Parsed {
        own: own.clone(),
        ..Parsed::default()
    };
    parsed.walk(tokens, &own, false);
    parsed
}

/// `[smtp, wire]` for `smtp/wire.rs`, `[smtp]` for `smtp/mod.rs`.
pub(super) fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" {
        return Vec::new();
    }
    path.split('/').map(str::to_owned).collect()
}

impl Parsed {
    fn walk(&mut self, tokens: TokenStream, here: &[String], test: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => self.walk(group.stream(), here, test),
                TokenTree::Ident(word) if word == "mod" => {
                    let Some(TokenTree::Ident(name)) = tokens.get(at) else {
                        continue;
                    };
                    let mut path = here.to_vec();
                    path.push(name.to_string());
                    let test = test || is_for_tests(&tokens, at - 1);
                    let body = match tokens.get(at + 1) {
                        Some(TokenTree::Group(group)) => Some(group),
                        _ => None,
                    };
                    self.modules.push(Module {
                        path: path.clone(),
                        test,
                        inline: body.is_some(),
                    });
                    if let Some(body) = body {
                        self.walk(body.stream(), &path, test);
                    }
                    at += 2;
                }
                TokenTree::Ident(word) if word == "use" && !is_punct(tokens.get(at), '<') => {
                    let test = test || is_for_tests(&tokens, at - 1);
                    let end = (at..tokens.len())
                        .find(|at| is_punct(tokens.get(*at), ';'))
                        .unwrap_or(tokens.len());
                    self.import(&tokens[at..end], &[], here, test);
                    at = end;
                }
                TokenTree::Ident(word) => {
                    // What follows a dot is a field or a method, what follows `::` no beginning.
                    let dot = at >= 2 && is_punct(tokens.get(at - 2), '.');
                    let range = at >= 3 && is_punct(tokens.get(at - 3), '.');
                    if (dot && !range) || (at >= 3 && colons(&tokens, at - 3)) {
                        continue;
                    }
                    let mut path = vec![word.to_string()];
                    while colons(&tokens, at)
                        && let Some(TokenTree::Ident(next)) = tokens.get(at + 2)
                    {
                        path.push(next.to_string());
                        at += 3;
                    }
                    if path.len() > 1 {
                        self.named.push(Named {
                            here: here.to_vec(),
                            path,
                            alias: None,
                            line: word.span().start().line,
                            test,
                        });
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// The paths of a `use`, or of a group in one: `a::{b, c::D as E, f::*}`.
    fn import(&mut self, tokens: &[TokenTree], prefix: &[String], here: &[String], test: bool) {
        for item in tokens.split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',')) {
            let mut path = prefix.to_vec();
            let mut alias = None;
            let mut line = 0;
            let mut tokens = item.iter();
            while let Some(token) = tokens.next() {
                match token {
                    TokenTree::Ident(word) if word == "as" => {
                        alias = tokens.next().map(ToString::to_string);
                    }
                    TokenTree::Ident(word) => {
                        line = word.span().start().line;
                        // `a::{self}` is `a`.
                        if word != "self" || path.is_empty() {
                            path.push(word.to_string());
                        }
                    }
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                        self.import(&inner, &path, here, test);
                        path.clear();
                    }
                    TokenTree::Punct(mark) if mark.as_char() == '*' => {
                        line = mark.span().start().line;
                        path.push("*".to_owned());
                    }
                    TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                }
            }
            let Some(last) = path.last().filter(|_| line > 0) else {
                continue;
            };
            self.named.push(Named {
                here: here.to_vec(),
                alias: Some(alias.unwrap_or_else(|| last.clone())),
                path,
                line,
                test,
            });
        }
    }
}

/// Whether the item whose keyword stands at `at` has `#[cfg(test)]` before it.
fn is_for_tests(tokens: &[TokenTree], at: usize) -> bool {
    let group = |at: usize, delimiter| match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group.stream().to_string()),
        _ => None,
    };
    let mut at = at;
    if at >= 2 && group(at - 1, Delimiter::Parenthesis).is_some() {
        at -= 1; // `pub(super)`
    }
    if at >= 1 && matches!(&tokens[at - 1], TokenTree::Ident(word) if word == "pub") {
        at -= 1;
    }
    while at >= 2 && is_punct(tokens.get(at - 2), '#') {
        let Some(attribute) = group(at - 1, Delimiter::Bracket) else {
            break;
        };
        if attribute.starts_with("cfg") && attribute.contains("test") && !attribute.contains("not") {
            return true;
        }
        at -= 2;
    }
    false
}

fn is_punct(token: Option<&TokenTree>, expected: char) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == expected)
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}
