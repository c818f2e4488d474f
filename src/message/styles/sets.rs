//! What declarations set, by numbers, and what is set together.

use std::collections::{HashMap, HashSet};

use super::sheet::Declaration;

/// Everything that declarations set, by numbers.
#[derive(Default)]
pub(super) struct Sets {
    pub(super) numbers: HashMap<String, u16>,
    own: Vec<Vec<u16>>,
}

impl Sets {
    fn number(&mut self, name: &str) -> u16 {
        let next = u16::try_from(self.numbers.len()).unwrap_or(u16::MAX);
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    pub(super) fn numbers(&mut self, declaration: &Declaration) -> Vec<u16> {
        let names = declaration.sets.names.iter();
        let numbers: Vec<_> = names.map(|name| self.number(name)).collect();
        self.own.push(numbers.clone());
        numbers
    }

    /// What is set together by some declaration is one family, called by one of its numbers.
    pub(super) fn families(&self) -> Vec<u16> {
        let count = u16::try_from(self.numbers.len()).unwrap_or(u16::MAX);
        let mut family: Vec<u16> = (0..count).collect();
        for together in &self.own {
            let of = |set: &u16| family[usize::from(*set)];
            let Some(least) = together.iter().map(of).min() else {
                continue;
            };
            let joined: HashSet<u16> = together.iter().map(of).collect();
            for family in &mut family {
                if joined.contains(family) {
                    *family = least;
                }
            }
        }
        family
    }
}
