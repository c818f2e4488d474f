//! Every template that a campaign names, read again as written.

use std::collections::HashSet;
use std::path::{Component, Path};
use std::sync::Arc;

use crate::campaign::{Body, Campaign, MessageTemplate, Place, Reserved, TemplateFile, Text};
use crate::message::LANGUAGE;
use crate::render::{languages, leads_out};
use crate::storage::{LARGEST_TEXT, composed, found, open_regular, read_open};
use crate::table::{Header, prose};

use super::source::{Kind, Source};

/// Every template of a campaign that can be read, and whether that is all of
/// them.
pub(super) fn of<'c>(campaign: &'c Campaign, header: &'c Header) -> (Vec<Source>, bool) {
    let plan = &campaign.message;
    let mut all = Gathered {
        campaign,
        header,
        sources: Vec::new(),
        seen: HashSet::new(),
        whole: true,
        languages: header.position(LANGUAGE).is_some(),
        reserved: Reserved::of(campaign, None),
    };
    for template in plan.templates() {
        let kind = match template {
            MessageTemplate::Subject(_) | MessageTemplate::Header(..) => Kind::Line,
            MessageTemplate::Body(Body::Text, _) => Kind::Text,
            MessageTemplate::Body(Body::Html, _) => Kind::Html,
            MessageTemplate::Body(Body::Markdown, _) => Kind::Markdown,
            MessageTemplate::Body(Body::Calendar, _)
            | MessageTemplate::Address(..)
            | MessageTemplate::UnsubscribeUrl(_)
            | MessageTemplate::UnsubscribeMailto(_) => Kind::Part,
            MessageTemplate::File { file, .. } => {
                // A path that is not there is an error, and one that is there is meant.
                all.line(&file.path, Kind::Other);
                file.name.iter().for_each(|name| all.line(name, Kind::Part));
                continue;
            }
        };
        template.texts().for_each(|text| all.line(text, kind));
        if let MessageTemplate::Body(_, file) = template {
            all.file(file, kind);
        }
    }
    (all.sources, all.whole)
}

struct Gathered<'c> {
    campaign: &'c Campaign,
    header: &'c Header,
    sources: Vec<Source>,
    /// Files, as they are called in messages.
    seen: HashSet<String>,
    whole: bool,
    /// Rows choose among languages.
    languages: bool,
    reserved: Reserved,
}

impl Gathered<'_> {
    fn line(&mut self, text: &Text, kind: Kind) {
        // Where the file writes it in another way (escapes), all of it is one place.
        self.sources
            .push(Source::of(text.place.clone(), kind, self.header));
    }

    fn file(&mut self, file: &TemplateFile, kind: Kind) {
        let languages = if self.languages {
            languages(&file.path)
        } else {
            Vec::new()
        };
        // If there is one for each language, no general one is needed.
        let shown = self.campaign.shown(&file.path);
        if let Some(typed) = &file.typed {
            self.octets(typed.get().cloned(), &shown, kind);
        } else if languages.is_empty() || file.path.exists() {
            self.read(&file.path, &shown, kind);
        }
        for (_, path) in languages {
            self.read(&path, &self.campaign.shown(&path), kind);
        }
    }

    fn read(&mut self, path: &Path, shown: &str, kind: Kind) {
        if !self.seen.insert(shown.to_owned()) {
            return;
        }
        // A warning shows lines of what it is about: of a secret there are none.
        let file = open_regular(path)
            .ok()
            .filter(|file| !self.reserved.is_secret(file, path));
        let octets = file.and_then(|file| read_open(file, LARGEST_TEXT).ok());
        self.octets(octets, shown, kind);
    }

    /// What a template holds, if it could be read.
    fn octets(&mut self, octets: Option<Vec<u8>>, shown: &str, kind: Kind) {
        let Some(text) = octets.and_then(|octets| prose(&octets).ok()) else {
            self.whole = false;
            return;
        };
        let text: Arc<str> = composed(&text.text).into();
        let place = Place::in_file(shown, Arc::clone(&text), 0..text.len());
        let source = Source::of(place, kind, self.header);
        let included: Vec<String> = source
            .tags()
            .filter(|(_, tag)| {
                tag.words
                    .first()
                    .is_some_and(|word| matches!(word.as_str(), "include" | "extends"))
            })
            .filter_map(|(_, tag)| {
                let quoted = text.get(tag.strings.first()?.clone())?;
                quoted.get(1..quoted.len() - 1).map(str::to_owned)
            })
            .collect();
        self.sources.push(source);
        for name in included {
            // The compiler refuses files outside the folder.
            let inside = Path::new(&name)
                .components()
                .all(|c| matches!(c, Component::Normal(_)));
            let path = found(&self.campaign.folder.join(&name));
            if inside && !leads_out(&self.campaign.folder, &path) {
                let spoken = if self.languages {
                    languages(&path)
                } else {
                    Vec::new()
                };
                self.read(&path, &name, kind);
                for (_, path) in spoken {
                    self.read(&path, &self.campaign.shown(&path), kind);
                }
            } else {
                self.whole = false;
            }
        }
    }
}
