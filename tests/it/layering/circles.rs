//! Inside a room no file imports itself through a circle, nor what its own `mod.rs` defines.
//!
//! A file imports another when a path in it leads to what that file defines, over as many `pub use`
//! as there are: an import of what `mod.rs` hands on from a file beside is an import of that file.
//! There is no exception for plain data: a type that two files need lies in a file below both.
//! Test modules may import their subject, and nothing follows from what they name.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::paths::{Named, Parsed, parse};
use super::sources::{below, room_of};

#[test]
fn inside_a_room_imports_go_one_way() {
    let faults = House::new(&below("src")).faults();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_circle_is_named_in_a_sentence() {
    let sources = [
        ("lib.rs", "pub mod post;"),
        (
            "post/mod.rs",
            "mod box_; mod letter;\nmod stamp;\n#[cfg(test)] mod tests;\npub use letter::Letter;\npub struct Open;",
        ),
        (
            "post/letter.rs",
            "//! [`super::Open`]\nuse std::fmt;\nuse super::{box_, stamp::Stamp};\nfn f(b: box_::Box) {}",
        ),
        (
            "post/box_.rs",
            "use super::Open;\nuse crate::post::{Letter};\n#[cfg(test)] mod tests { use super::super::Open; }",
        ),
        ("post/stamp.rs", "pub struct Stamp; pub(super) fn f() {}"),
        (
            "post/tests.rs",
            "use super::{Open, letter::Letter}; use super::stamp::Stamp;",
        ),
    ];
    assert_eq!(
        sentences(&sources),
        [
            "src/post/box_.rs:1: `Open` is defined in src/post/mod.rs, above this file; \
             give it a file of its own",
            "src/post/letter.rs:4: a circle: it names `Box` of src/post/box_.rs, \
             which names `Letter` of src/post/letter.rs in line 2; what both need lies in a file below them",
        ]
    );
}

#[test]
fn a_folder_beside_its_file_is_a_room_of_its_own_kind() {
    let sources = [
        ("lib.rs", "pub mod post;"),
        (
            "post/mod.rs",
            "pub mod relay;\npub mod road;\npub use relay::Pace;",
        ),
        (
            "post/relay.rs",
            "mod health;\nmod pace;\npub use pace::Pace;\npub const LIMIT: u8 = 1;",
        ),
        (
            "post/relay/health.rs",
            "use super::Pace;\nfn f() -> u8 { super::LIMIT }",
        ),
        ("post/relay/pace.rs", "use super::super::road::Road as R;"),
        (
            "post/road.rs",
            "use crate::post::Pace as P;\nfn f() -> P { x.relay }",
        ),
    ];
    assert_eq!(
        sentences(&sources),
        [
            "src/post/relay/health.rs:2: `LIMIT` is defined in src/post/relay.rs, above this file; \
             give it a file of its own",
            "src/post/relay/pace.rs:1: a circle: it names `Road` of src/post/road.rs, \
             which names `Pace` of src/post/relay/pace.rs in line 1; what both need lies in a file below them",
        ]
    );
}

#[test]
fn one_way_is_no_circle() {
    let sources = [
        ("lib.rs", "pub mod post;"),
        (
            "post/mod.rs",
            "mod a; mod b; mod c;\npub use a::A; pub use b::*;\n#[cfg(test)] mod tests { use super::a::A; }",
        ),
        (
            "post/a.rs",
            "use super::{b::B, c};\nfn f() { c::g(); csv::Writer::new(); }",
        ),
        ("post/b.rs", "use super::c::C;\npub(in crate::post) struct B;"),
        (
            "post/c.rs",
            "/// Made by [`super::a`].\npub struct C;\n#[cfg(test)]\nmod tests { use super::*; use super::super::a::A; }",
        ),
    ];
    assert_eq!(sentences(&sources), [""; 0]);
}

fn sentences(sources: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<(String, String)> = sources
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    House::new(&sources).faults()
}

/// A file imports what another one defines: the name, and where it is named first.
#[derive(Clone)]
struct Import {
    name: String,
    line: usize,
}

/// All files, their modules and what they name.
struct House {
    files: Vec<(String, Parsed)>,
    /// The file in which a module's text stands.
    modules: BTreeMap<Vec<String>, usize>,
    /// Modules that are compiled for tests only.
    tests: BTreeSet<Vec<String>>,
}

impl House {
    fn new(sources: &[(String, String)]) -> Self {
        let files: Vec<(String, Parsed)> = sources
            .iter()
            .filter(|(path, _)| path != "main.rs")
            .map(|(path, text)| (path.clone(), parse(path, text)))
            .collect();
        let mut modules = BTreeMap::new();
        let mut tests = BTreeSet::new();
        for (at, (_, parsed)) in files.iter().enumerate() {
            modules.insert(parsed.own.clone(), at);
            for module in &parsed.modules {
                if module.inline {
                    modules.insert(module.path.clone(), at);
                }
                if module.test {
                    tests.insert(module.path.clone());
                }
            }
        }
        Self {
            files,
            modules,
            tests,
        }
    }

    /// A sentence for each import that must not be.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut imports: BTreeMap<usize, BTreeMap<usize, Import>> = BTreeMap::new();
        for (at, (path, parsed)) in self.files.iter().enumerate() {
            let mut above_it = BTreeSet::new();
            if (1..=parsed.own.len()).any(|depth| self.tests.contains(&parsed.own[..depth])) {
                continue;
            }
            for named in parsed.named.iter().filter(|named| !named.test) {
                let Some((to, name)) = self
                    .root_path(at, named, 0)
                    .and_then(|path| self.origin(&path, 0))
                else {
                    continue;
                };
                let (other, above) = &self.files[to];
                if to == at || room_of(other) != room_of(path) {
                    continue;
                }
                let line = named.line;
                if parsed.own.starts_with(&above.own) {
                    if above_it.insert(name.clone()) {
                        faults.push(format!(
                            "src/{path}:{line}: `{name}` is defined in src/{other}, above this file; \
                                 give it a file of its own"
                        ));
                    }
                } else {
                    let known = imports.entry(at).or_default();
                    known.entry(to).or_insert(Import { name, line });
                }
            }
        }
        faults.extend(self.circles(&imports));
        faults
    }

    /// The shortest circle of each set of files that all import each other.
    fn circles(&self, imports: &BTreeMap<usize, BTreeMap<usize, Import>>) -> Vec<String> {
        let mut faults = Vec::new();
        let mut reported: BTreeSet<usize> = BTreeSet::new();
        for &start in imports.keys() {
            let Some(mut shortest) = circle(imports, start).filter(|_| !reported.contains(&start)) else {
                continue;
            };
            // Whoever is reached and leads back belongs to the same set.
            let reached = reach(imports, start);
            let set: Vec<usize> = reached
                .into_iter()
                .filter(|other| reach(imports, *other).contains(&start))
                .collect();
            for other in &set {
                if let Some(found) = circle(imports, *other).filter(|found| found.len() < shortest.len()) {
                    shortest = found;
                }
            }
            reported.extend(set);
            let (first, hops) = (shortest[0], shortest.windows(2));
            let mut sentence = format!("src/{}", self.files[first].0);
            for (hop, pair) in hops.enumerate() {
                let Import { name, line } = &imports[&pair[0]][&pair[1]];
                let to = &self.files[pair[1]].0;
                sentence += &if hop == 0 {
                    format!(":{line}: a circle: it names `{name}` of src/{to}")
                } else {
                    format!(", which names `{name}` of src/{to} in line {line}")
                };
            }
            faults.push(sentence + "; what both need lies in a file below them");
        }
        faults
    }

    /// Where a path of a file leads, from the crate's root; `None` if out of this crate.
    fn root_path(&self, file: usize, named: &Named, hops: usize) -> Option<Vec<String>> {
        if let Some(path) = named.rooted() {
            return (path.first()? != "mailshot").then_some(path);
        }
        // It begins with a module declared there or with a name that `use` made known.
        let first = named.path.first()?;
        let child = [named.here.as_slice(), std::slice::from_ref(first)].concat();
        if self.modules.contains_key(&child) {
            return Some([named.here.as_slice(), &named.path].concat());
        }
        let known = self.imported(file, |known| known.alias.as_ref() == Some(first))?;
        if hops > 8 || known.path.first() == Some(first) {
            return None;
        }
        let base = self.root_path(file, known, hops + 1)?;
        Some([base.as_slice(), &named.path[1..]].concat())
    }

    /// The file that defines what a path leads to, and the name it has there.
    fn origin(&self, path: &[String], hops: usize) -> Option<(usize, String)> {
        let depth = (0..=path.len())
            .rev()
            .find(|depth| self.modules.contains_key(&path[..*depth]))?;
        let (module, rest) = path.split_at(depth);
        let (name, rest) = rest.split_first()?;
        let file = self.modules[module];
        let handed_on = self.imported(file, |known| {
            known.here == module && known.alias.as_ref() == Some(name)
        });
        match handed_on {
            Some(_) if hops > 8 => None,
            Some(known) => {
                let path = self.root_path(file, known, 0)?;
                self.origin(&[path.as_slice(), rest].concat(), hops + 1)
            }
            None => Some((file, name.clone())),
        }
    }

    fn imported(&self, file: usize, is_it: impl Fn(&Named) -> bool) -> Option<&Named> {
        let mut named = self.files[file].1.named.iter();
        named.find(|known| !known.test && known.alias.is_some() && is_it(known))
    }
}

/// The shortest way from a file back to itself.
fn circle(imports: &BTreeMap<usize, BTreeMap<usize, Import>>, start: usize) -> Option<Vec<usize>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let next = way.last().and_then(|last| imports.get(last));
        for &to in next.into_iter().flat_map(BTreeMap::keys) {
            let mut longer = way.clone();
            longer.push(to);
            if to == start {
                return Some(longer);
            }
            if seen.insert(to) {
                ways.push_back(longer);
            }
        }
    }
    None
}

/// Every file that a file imports, over others too.
fn reach(imports: &BTreeMap<usize, BTreeMap<usize, Import>>, start: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for &to in imports.get(&at).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(to) {
                open.push(to);
            }
        }
    }
    seen
}
