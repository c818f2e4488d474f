//! The text of a template, spelled as the engine reads it.
//!
//! Word turns quotation marks into “ ”, Chinese and Japanese keyboards write ｛｛ ｝｝ and （ ）, editors
//! of web pages write `&quot;`, `&gt;` and non-breaking blanks, and put `<b>` in the middle of a
//! tag. The engine knows none of them; inside a tag each of them can only mean one thing, so it is
//! rewritten as that. The same happens to names: `{{ 姓名 }}`, `{{ First Name }}`. And `{#` is not a
//! comment if no `#}` belongs to it: minified CSS is full of it. The original place of each piece
//! is kept, so every message points to what the user wrote.
//!
//! Nothing is guessed: what can mean two things stays unchanged, and is an error.

mod changed;
mod characters;
mod columns;
mod comments;
mod lexer;
mod meaning;
mod tags;

pub(super) use changed::Doubt;
pub use changed::{Changes, Spelled};
pub(super) use columns::is_word;
pub use columns::written_name;
pub use tags::spelled;
pub(super) use tags::{begins_tag, masked, spelled_expression};

#[cfg(test)]
mod tests;
