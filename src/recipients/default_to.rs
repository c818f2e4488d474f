//! Which column holds the addresses, where the campaign does not say.

use crate::campaign::{MessagePlan, Problem, Text};
use crate::render::in_template;
use crate::table::{Header, names_addresses};

/// The column that needs no looking for.
const USUAL: &str = "email";

/// Where the campaign gives no `to` and there is no column `email`, takes the one column that is
/// called something like it; the note says which.
///
/// # Errors
/// There is none, or there are several.
pub fn find_addresses(message: &mut MessagePlan, header: &Header) -> Result<Option<String>, Box<Problem>> {
    // Of columns nobody knows, nothing can be said.
    if !message.to_by_default || header.columns.is_empty() || header.position(USUAL).is_some() {
        return Ok(None);
    }
    let named = header.names.iter().zip(&header.columns);
    let found: Vec<(&str, String)> = named
        .filter(|(name, _)| names_addresses(name))
        .map(|(name, column)| (name.as_str(), format!("{{{{ {} }}}}", in_template(column))))
        .collect();
    let problem = |what: String| {
        Problem::error(what)
            .code("no-address-column")
            .at(message.to.place.clone())
    };
    match found.as_slice() {
        [(name, template)] => {
            let note = format!(
                "{}: mails go to the addresses in column `{name}`; to = \"…\" below [message] says otherwise",
                header.file
            );
            message.to = Text::of_flag("the default of `to` in [message]", template);
            Ok(Some(note))
        }
        [] => {
            let columns: Vec<_> = header.columns.iter().map(|column| in_template(column)).collect();
            let problem = problem(format!(
                "no column of {} is called `email` or the like",
                header.file
            ))
            .help(format!("the columns are: {}", columns.join(", ")))
            .help("say which one holds the addresses: to = \"{{ column }}\" below [message]");
            Err(Box::new(problem))
        }
        several => {
            let names: Vec<_> = several.iter().map(|(name, _)| format!("`{name}`")).collect();
            let lines: Vec<_> = several
                .iter()
                .map(|(_, template)| format!("to = \"{template}\""))
                .collect();
            let alike = several.iter().all(|(name, _)| *name == several[0].0);
            let what = if alike {
                format!("several columns of {} are called {}", header.file, names[0])
            } else {
                let names = names.join(", ");
                format!(
                    "several columns of {} may hold the addresses: {names}",
                    header.file
                )
            };
            let problem = problem(what).help(format!("write below [message] {}", lines.join(" or ")));
            Err(Box::new(problem))
        }
    }
}
