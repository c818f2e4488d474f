//! Which columns the To address comes from.

use std::path::Path;
use std::sync::Arc;

use crate::campaign::Text;
use crate::render::Compiler;
use crate::table::{Header, Row};

/// The columns that the address in a template is filled in from: those whose cells turn up in it, and
/// those whose cells do where the first are empty.
pub fn address_columns(to: &Text, header: &Arc<Header>) -> Vec<usize> {
    let all = 0..header.columns.len();
    let mut compiler = Compiler::new(Path::new("")).naming(header);
    let id = compiler.text(to);
    let Ok(templates) = compiler.finish(header, "") else {
        return Vec::new();
    };
    let mut found: Vec<usize> = Vec::new();
    loop {
        let mark = |at: usize| match found.contains(&at) {
            true => String::new(),
            false => format!("mark{at}x"),
        };
        let row = Row::new(0, all.clone().map(mark).collect());
        let Ok(filled) = templates.render(id, &templates.context(&row)) else {
            return found;
        };
        let address = filled.rsplit_once('<').map_or(&*filled, |(_, address)| address);
        let address = address.to_lowercase();
        let holds = |at: &usize| {
            let mark = row.fields.get(*at).filter(|mark| !mark.is_empty());
            mark.is_some_and(|mark| address.contains(mark.as_str()))
        };
        let before = found.len();
        found.extend(all.clone().filter(holds));
        if found.len() == before {
            found.sort_unstable();
            return found;
        }
    }
}
