//! How a recipient leaves the list: List-Unsubscribe (RFC 2369) and, for a page that accepts the
//! POST requests of mail programs, List-Unsubscribe-Post (RFC 8058).

use url::Url;

use crate::campaign::{Problem, Problems, UnsubscribePlan};
use crate::render::{RowContext, TemplateId, Templates};
use crate::words::{Said, say};

use super::{headers, links};

/// The fields' templates.
pub(super) struct Unsubscribe {
    pub(super) url: Option<TemplateId>,
    pub(super) mailto: Option<TemplateId>,
    one_click: bool,
    /// What is wrong for every row has been reported.
    told: bool,
}

impl Unsubscribe {
    pub(super) fn new(plan: &UnsubscribePlan) -> Self {
        Self {
            url: None,
            mailto: None,
            one_click: plan.one_click,
            told: plan.told,
        }
    }

    /// The fields of a row's message.
    pub(super) fn fields(
        &self,
        templates: &Templates,
        context: &RowContext<'_>,
    ) -> Result<Vec<u8>, Problems> {
        let render = |id: Option<TemplateId>| {
            id.map(|id| templates.render(id, context).map(|text| links::filled(&text)))
                .transpose()
        };
        let wrong = |what: Said, help: Said| {
            Problem::error(what)
                .code("unsubscribe-address")
                .at(templates.header().place(context.row(), None))
                .help(help)
        };
        let (url, mailto) = (render(self.url)?, render(self.mailto)?);
        if self.told {
            return Ok(Vec::new());
        }
        let url = match url {
            Some(text) => Some(
                self.page(&text)
                    .map_err(|what| wrong(what, say!("message-unsubscribe-url-hint")))?,
            ),
            None => None,
        };
        let mailto = match mailto {
            Some(text) => Some(address(&text).ok_or_else(|| {
                let what = say!("message-unsubscribe-mailto", text = text);
                wrong(what, say!("message-unsubscribe-mailto-hint"))
            })?),
            None => None,
        };
        let ways: Vec<_> = url.iter().chain(&mailto).map(|way| format!("<{way}>")).collect();
        let mut fields = Vec::new();
        headers::field("List-Unsubscribe", &ways.join(",\r\n "), &mut fields);
        if self.one_click {
            headers::field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", &mut fields);
        }
        Ok(fields)
    }

    fn page(&self, text: &str) -> Result<String, Said> {
        let no_address = || say!("message-unsubscribe-url", text = text);
        let url = Url::parse(text).map_err(|_| no_address())?;
        match url.scheme() {
            "https" => {}
            "http" if !self.one_click => {}
            "http" => return Err(say!("message-unsubscribe-not-https", text = text)),
            _ => return Err(no_address()),
        }
        Ok(url.into())
    }
}

/// `leave@uni.example?subject=x` with or without its scheme.
fn address(text: &str) -> Option<String> {
    let text = match text.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => rest,
        _ => text,
    };
    let to = text.split('?').next().unwrap_or_default();
    to.parse::<lettre::Address>().ok()?;
    Url::parse(&format!("mailto:{text}")).ok().map(String::from)
}
