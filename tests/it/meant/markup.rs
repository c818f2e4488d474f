//! HTML, styles and Markdown look as their author sees them.
