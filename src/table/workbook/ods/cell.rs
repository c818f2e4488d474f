//! A cell of an .ods: what it shows, and what it is.

use quick_xml::events::BytesStart;

use super::super::number::plain;
use super::super::shown::Shown;
use super::super::xml::attribute;

/// A cell, or several that are alike, as the sheet shows them.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) shown: Shown,
    pub(super) columns: usize,
    /// Rows and columns it is merged over.
    pub(super) spans: (u32, u32),
}

#[derive(Default)]
pub(super) struct OpenCell {
    pub(super) columns: usize,
    pub(super) spans: (u32, u32),
    pub(super) covered: bool,
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) text: String,
    pub(super) paragraphs: usize,
    pub(super) in_paragraph: usize,
}

pub(super) fn count(element: &BytesStart<'_>, name: &str) -> u64 {
    attribute(element, name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
}

impl OpenCell {
    pub(super) fn new(element: &BytesStart<'_>, covered: bool) -> Self {
        let kind = attribute(element, "office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            "string" => "office:string-value",
            _ => "office:value",
        };
        let span = |name| u32::try_from(count(element, name)).unwrap_or(u32::MAX);
        Self {
            columns: usize::try_from(count(element, "table:number-columns-repeated")).unwrap_or(usize::MAX),
            spans: (
                span("table:number-rows-spanned"),
                span("table:number-columns-spanned"),
            ),
            covered,
            value: attribute(element, value).unwrap_or_default(),
            kind,
            ..Self::default()
        }
    }

    pub(super) fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "text:p" | "text:h" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
                self.in_paragraph += 1;
            }
            "text:line-break" => self.text.push('\n'),
            "text:tab" => self.text.push('\t'),
            "text:s" => {
                let blanks = usize::try_from(count(element, "text:c")).unwrap_or(1);
                self.text.extend(std::iter::repeat_n(' ', blanks.min(1 << 16)));
            }
            _ => {}
        }
    }

    pub(super) fn close(self) -> Cell {
        let columns = self.columns;
        let spans = self.spans;
        // What a merged cell covers is not seen.
        let shown = if self.covered {
            Shown::default()
        } else {
            self.shown()
        };
        Cell {
            shown,
            columns,
            spans,
        }
    }

    fn shown(self) -> Shown {
        let Self {
            kind, value, text, ..
        } = self;
        // A format that shows nothing: where no program has looked at it, there is no paragraph.
        let hidden = text.is_empty() && self.paragraphs > 0;
        match kind.as_str() {
            "float" | "percentage" | "currency" | "date" | "time" if hidden => Shown::default(),
            "float" | "percentage" | "currency" => {
                let Ok(number) = value.parse::<f64>() else {
                    return Shown::text(text);
                };
                let plain = plain(number);
                // A column too narrow for a long id shows 1.2E+15.
                let exponent = text.contains(['E', 'e']) && text.parse::<f64>().is_ok();
                if text.is_empty() || exponent || text.starts_with("###") {
                    return Shown::text(plain);
                }
                with(text, plain)
            }
            "date" if !value.is_empty() => with(text, value.trim_end_matches("T00:00:00").to_owned()),
            "time" => match time(&value) {
                Some(time) => with(text, time),
                None => Shown::text(text),
            },
            "boolean" if text.is_empty() => Shown::yes_or_no(value == "true"),
            "string" if self.paragraphs == 0 => Shown::text(value),
            _ => Shown::text(text),
        }
    }
}

fn with(text: String, plain: String) -> Shown {
    if text.is_empty() {
        return Shown::text(plain);
    }
    Shown {
        plain: (text != plain).then_some(plain),
        text,
        unsure: false,
    }
}

/// `PT10H30M00S` as 10:30:00.
fn time(value: &str) -> Option<String> {
    let rest = value.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let number = |text: &str| text.parse::<u32>().ok();
    Some(format!(
        "{:02}:{:02}:{:02}",
        number(hours)?,
        number(minutes)?,
        number(seconds)?
    ))
}
