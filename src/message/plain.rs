//! How markup is written in a text part made from HTML.

use std::cell::RefCell;
use std::rc::Rc;

use html2text::render::TextDecorator;

/// In front of each line of a heading, until it has its empty line above.
pub(super) const HEADING: char = '\u{10fff0}';

/// What is struck out is between two of these, as in Markdown.
pub(super) const STRUCK: &str = "~~";

/// What markup becomes in a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Plain {
    /// Those of links, each once.
    pub(super) addresses: Rc<RefCell<Vec<String>>>,
    /// The numbers of the links that are open.
    open: Rc<RefCell<Vec<usize>>>,
}

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, address: &str) -> (String, ()) {
        let mut addresses = self.addresses.borrow_mut();
        let known = addresses.iter().position(|known| known == address);
        let number = known.unwrap_or_else(|| {
            addresses.push(address.to_owned());
            addresses.len() - 1
        });
        self.open.borrow_mut().push(number + 1);
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        let number = self.open.borrow_mut().pop();
        number.map(|number| format!(" [{number}]")).unwrap_or_default()
    }

    fn decorate_em_start(&self) -> (String, ()) {
        ("*".to_owned(), ())
    }

    fn decorate_em_end(&self) -> String {
        "*".to_owned()
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        ("**".to_owned(), ())
    }

    fn decorate_strong_end(&self) -> String {
        "**".to_owned()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        (STRUCK.to_owned(), ())
    }

    fn decorate_strikeout_end(&self) -> String {
        STRUCK.to_owned()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _: &str, alt: &str) -> (String, ()) {
        (alt.to_owned(), ())
    }

    fn header_prefix(&self, _: usize) -> String {
        HEADING.to_string()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "* ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn decorate_superscript_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }
}
