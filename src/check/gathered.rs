//! Every template that a campaign names, read again as it is written.
//!
//! A new kind of template in a campaign is to be named here, with what becomes
//! of it; until then it is only known from the compiled ones.

use std::collections::HashSet;
use std::path::{Component, Path};
use std::sync::Arc;

use crate::campaign::{Campaign, Place, TemplateFile, Text};

use super::source::{Kind, Source};

/// Every template of a campaign that can be read, and whether that is all of
/// them.
pub(super) fn of(campaign: &Campaign) -> (Vec<Source>, bool) {
    let plan = &campaign.message;
    let mut all = Gathered {
        campaign,
        sources: Vec::new(),
        seen: HashSet::new(),
        whole: true,
    };
    all.line(&plan.subject, Kind::Line);
    for (_, text) in &plan.headers {
        all.line(text, Kind::Line);
    }
    let addresses = [
        &plan.sender,
        &plan.cc,
        &plan.bcc,
        &plan.reply_to,
        &plan.return_path,
    ];
    for text in [&plan.from, &plan.to]
        .into_iter()
        .chain(addresses.into_iter().flatten())
    {
        all.line(text, Kind::Other);
    }
    let inline = plan.inline.iter().map(|inline| &inline.file);
    for attachment in plan.attach.iter().chain(inline) {
        all.line(&attachment.path, Kind::Other);
        if let Some(name) = &attachment.name {
            all.line(name, Kind::Other);
        }
    }
    all.file(plan.text.as_ref(), Kind::Text);
    all.file(plan.html.as_ref(), Kind::Html);
    // Markdown is read by people much as it stands; its links and images are looked at in no other way yet.
    all.file(plan.markdown.as_ref(), Kind::Text);
    all.file(plan.calendar.as_ref(), Kind::Other);
    if let Some(unsubscribe) = &plan.unsubscribe {
        for text in unsubscribe.url.iter().chain(&unsubscribe.mailto) {
            all.line(text, Kind::Other);
        }
    }
    (all.sources, all.whole)
}

struct Gathered<'c> {
    campaign: &'c Campaign,
    sources: Vec<Source>,
    /// Files, as they are called in messages.
    seen: HashSet<String>,
    whole: bool,
}

impl Gathered<'_> {
    fn line(&mut self, text: &Text, kind: Kind) {
        // Where the file writes it in another way (escapes), all of it is one place.
        self.sources.push(Source::new(text.place.clone(), kind));
    }

    fn file(&mut self, file: Option<&TemplateFile>, kind: Kind) {
        let Some(file) = file else { return };
        let shown = self.campaign.shown(&file.path);
        self.read(&file.path.clone(), &shown, kind);
    }

    fn read(&mut self, path: &Path, shown: &str, kind: Kind) {
        if !self.seen.insert(shown.to_owned()) {
            return;
        }
        let Ok(text) = std::fs::read_to_string(path) else {
            self.whole = false;
            return;
        };
        let text: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
        let place = Place::in_file(shown, Arc::clone(&text), 0..text.len());
        let source = Source::new(place, kind);
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
            // What lies outside the folder is refused by the compiler.
            let inside = Path::new(&name)
                .components()
                .all(|c| matches!(c, Component::Normal(_)));
            if inside {
                self.read(&self.campaign.folder.join(&name), &name, kind);
            } else {
                self.whole = false;
            }
        }
    }
}
