//! The labels of a drawn problem as the language writes them.

use crate::words::Lang;

/// The renderer ends a label with a colon and a blank, as English does; Chinese has a colon as wide as
/// its letters. Only the colon behind a label at the beginning of a line is meant, with the colours
/// around it.
pub(super) fn punctuated(drawn: String, labels: &[String], lang: Lang) -> String {
    match lang {
        Lang::En => drawn,
        Lang::Zh => {
            let lines: Vec<String> = drawn.split('\n').map(|line| wide(line, labels)).collect();
            lines.join("\n")
        }
    }
}

fn wide(line: &str, labels: &[String]) -> String {
    let label = &after(line, |c| c == ' ' || c == '=');
    let Some(rest) = labels.iter().find_map(|name| label.strip_prefix(name.as_str())) else {
        return line.to_owned();
    };
    let colon = after(rest, |_| false);
    match colon.strip_prefix(": ") {
        Some(text) => {
            let head = &line[..line.len() - colon.len()];
            format!("{head}：{text}")
        }
        None => line.to_owned(),
    }
}

/// What follows escape sequences of the terminal and characters such as these.
fn after(mut text: &str, skipped: impl Fn(char) -> bool) -> &str {
    loop {
        text = match text.strip_prefix("\u{1b}[") {
            Some(escape) => escape.split_once('m').map_or("", |(_, rest)| rest),
            None => match text.chars().next() {
                Some(c) if skipped(c) => &text[c.len_utf8()..],
                Some(_) | None => return text,
            },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_colon_of_a_label_is_wide() {
        let labels = ["错误".to_owned(), "提示".to_owned()];
        let drawn =
            "\u{1b}[1m\u{1b}[91m错误\u{1b}[0m\u{1b}[1m: 错误: a\u{1b}[0m\n1 | 错误: b\n  = 提示: c: d";
        assert_eq!(
            punctuated(drawn.to_owned(), &labels, Lang::Zh),
            "\u{1b}[1m\u{1b}[91m错误\u{1b}[0m\u{1b}[1m：错误: a\u{1b}[0m\n1 | 错误: b\n  = 提示：c: d"
        );
        assert_eq!(punctuated(drawn.to_owned(), &labels, Lang::En), drawn);
    }
}
