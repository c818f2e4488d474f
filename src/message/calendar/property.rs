//! Properties and components as they are written to a file: escaped and folded.

/// The longest line in octets (RFC 5545 §3.1).
const LINE: usize = 75;

/// A property, everything escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) name: String,
    /// Name, and values with their quotes.
    pub(super) params: Vec<(String, String)>,
    pub(super) value: String,
}

impl Property {
    pub(super) fn new(name: &str, value: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            params: Vec::new(),
            value: value.into(),
        }
    }

    pub(super) fn set(&mut self, name: &str, value: Option<String>) {
        self.params.retain(|(known, _)| known != name);
        if let Some(value) = value {
            self.params.insert(0, (name.to_owned(), value));
        }
    }

    fn written(&self) -> String {
        let params: String = self
            .params
            .iter()
            .map(|(name, value)| format!(";{name}={value}"))
            .collect();
        format!("{}{params}:{}", self.name, self.value)
    }
}

/// A component: its properties, and what is inside of it, which comes behind them (§3.6).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) name: String,
    pub(super) properties: Vec<Property>,
    /// Lines of a VTIMEZONE that was supplied.
    pub(super) supplied: Vec<String>,
    pub(super) inner: Vec<Settled>,
}

impl Settled {
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub(super) fn add(&mut self, name: &str, value: impl Into<String>) {
        if self.get(name).is_none() {
            self.properties.push(Property::new(name, value));
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        fold(&format!("BEGIN:{}", self.name), out);
        for property in &self.properties {
            fold(&property.written(), out);
        }
        for line in &self.supplied {
            fold(line, out);
        }
        for inner in &self.inner {
            inner.write(out);
        }
        fold(&format!("END:{}", self.name), out);
    }
}

/// A line in as many as it takes, none over 75 octets, no character torn apart.
fn fold(line: &str, out: &mut String) {
    let mut column = 0;
    for c in line.chars() {
        if column + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            column = 1;
        }
        out.push(c);
        column += c.len_utf8();
    }
    out.push_str("\r\n");
}
