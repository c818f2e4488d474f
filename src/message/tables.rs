//! Tables of a page as text: columns are side by side only if no word is broken.

use std::rc::Rc;

use html2text::Handle;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::nodes::{attribute, element, holds, name, said, text, words};
use super::plain::STRUCK;

/// Columns that a word needs of those whose lines may end anywhere, as in Chinese.
const WIDE_WORD: usize = 16;

/// Columns between two cells.
const BETWEEN: usize = 1;

/// A table as what a text has in its place; `widest`: columns in a line. Where its cells stay side by
/// side, `longest` grows to the longest of its words.
pub(super) fn laid_out(table: &Handle, widest: usize, longest: &mut usize) -> Vec<Handle> {
    let rows = rows(table);
    if is_layout(&rows) {
        return blocks(rows.into_iter().flatten());
    }
    if rows.iter().all(|row| row.len() <= 1) {
        // Nothing is side by side, and around it are empty lines as around a table.
        return vec![element("p", blocks(rows.into_iter().flatten()))];
    }
    rows.iter().flatten().for_each(mark);
    let mut columns = Vec::new();
    for row in &rows {
        for (at, cell) in row.iter().enumerate() {
            let needed = needed(cell);
            match columns.get_mut(at) {
                Some(column) => *column = needed.max(*column),
                None => columns.push(needed),
            }
        }
    }
    if columns.iter().map(|column| column + BETWEEN).sum::<usize>() > widest + BETWEEN {
        // Each row has an empty line behind it, as which cells are its own is not seen otherwise.
        return rows.into_iter().map(|row| element("p", blocks(row))).collect();
    }
    *longest = columns.into_iter().fold(*longest, usize::max);
    let is_caption = |cell: &Handle| name(cell) == "caption";
    let mut kept = blocks(rows.into_iter().flatten().filter(is_caption));
    kept.push(Rc::clone(table));
    kept
}

/// The cells of a table in their rows, not those of tables in it.
fn rows(table: &Handle) -> Vec<Vec<Handle>> {
    let mut found = Vec::new();
    let mut open = vec![Rc::clone(table)];
    while let Some(node) = open.pop() {
        let children = node.children.borrow();
        let is_in = |child: &&Handle| matches!(name(child), "tbody" | "thead" | "tfoot" | "tr" | "caption");
        open.extend(children.iter().rev().filter(is_in).cloned());
        match name(&node) {
            "caption" => found.push(vec![Rc::clone(&node)]),
            "tr" => {
                let cells = children.iter().filter(|child| matches!(name(child), "td" | "th"));
                found.push(cells.cloned().collect());
            }
            _ => {}
        }
    }
    found
}

/// Whether a table only says where things stand: side by side, its columns could not be read.
fn is_layout(rows: &[Vec<Handle>]) -> bool {
    let is_block = |node: &Handle| matches!(name(node), "table" | "h1" | "h2" | "h3" | "h4");
    let mut cells = rows.iter().flatten();
    rows.iter().map(Vec::len).sum::<usize>() > 1 && cells.any(|cell| holds(cell, is_block))
}

/// Cells, each on lines of its own.
fn blocks(cells: impl IntoIterator<Item = Handle>) -> Vec<Handle> {
    let block = |cell: Handle| element("div", cell.children.take());
    cells.into_iter().map(block).collect()
}

/// Writes the marks of what is bold or struck out into the words of a cell, so that the room for them is counted.
fn mark(cell: &Handle) {
    let mut open = vec![Rc::clone(cell)];
    while let Some(node) = open.pop() {
        if node.children.borrow().iter().all(|child| name(child).is_empty()) {
            continue;
        }
        let marked = node.children.borrow().iter().map(with_marks).collect::<Vec<_>>();
        if marked.iter().any(Option::is_some) {
            let children = node.children.take().into_iter().zip(marked);
            let children: Vec<_> = children
                .flat_map(|(child, marked)| marked.unwrap_or_else(|| vec![child]))
                .collect();
            // A word in two pieces would be torn between them.
            let whole: Option<String> = children.iter().map(text).collect();
            *node.children.borrow_mut() = whole.map_or(children, |whole| said(&whole));
        }
        open.extend(node.children.borrow().iter().cloned());
    }
}

/// What is bold or struck out with its marks, if nothing but words is in it.
fn with_marks(node: &Handle) -> Option<Vec<Handle>> {
    let mark = match name(node) {
        "b" | "strong" => "**",
        "i" | "em" => "*",
        "s" | "del" | "strike" => STRUCK,
        _ => return None,
    };
    let is_more = |node: &Handle| !matches!(name(node), "" | "span" | "font" | "u" | "small");
    if holds(node, is_more) {
        return None;
    }
    let words = words(node).split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty() && !words.contains("://")).then(|| said(&format!("{mark}{words}{mark}")))
}

/// Columns that a cell needs so that no word of it is torn.
fn needed(cell: &Handle) -> usize {
    if name(cell) == "caption" || attribute(cell, "colspan", |span| span.trim() != "1") == Some(true) {
        return 0;
    }
    let ends = |c: char| c.is_whitespace() && c != '\u{a0}';
    words(cell).split(ends).map(width).max().unwrap_or(0)
}

/// Columns of a word.
fn width(word: &str) -> usize {
    let columns = word.width();
    // Of two columns each: of a script whose words have no blanks between them.
    if word.chars().any(|c| c.width() == Some(2)) {
        WIDE_WORD.min(columns)
    } else {
        columns
    }
}
