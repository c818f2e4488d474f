//! What a template says, spelled as the engine reads it.
//!
//! Word makes “ ” of quotation marks, Chinese and Japanese keyboards write ｛｛ ｝｝ and （ ）, editors of
//! web pages write `&quot;`, `&gt;` and blanks that do not break, and put `<b>` in the middle of a tag.
//! The engine knows none of them; inside a tag each of them can mean one thing only, so it is written
//! anew as that. So are names: `{{ 姓名 }}`, `{{ First Name }}`. And `{#` is no comment where no `#}`
//! belongs to it: minified CSS is full of it. Where each piece stood is kept, so every message points
//! to what the user wrote.
//!
//! Nothing is guessed: what can mean two things stays as it is, and is an error.

mod changed;
mod characters;
mod columns;
mod comments;
mod lexer;
mod meaning;
mod tags;

pub(super) use changed::Doubt;
pub use changed::{Changes, Spelled};
pub(super) use columns::written_name;
pub use tags::spelled;
pub(super) use tags::{begins_tag, spelled_expression};

#[cfg(test)]
mod tests;
