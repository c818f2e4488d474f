//! Pictures that are included, and those that the HTML shows: each needs the other.

use crate::campaign::{Campaign, Problem, nearest};
use crate::message::{picture_named, shows_picture};
use crate::words::{Said, say};

use super::html::{Address, Fault, Html, is_drawing};
use super::links::faulty;
use super::source::Source;

/// What `cid:` asks for and `inline` does not have, and the other way round.
pub(super) fn findings(campaign: &Campaign, sources: &[Source], html: &[Option<Html>]) -> Vec<Problem> {
    let pictures = &campaign.message.inline;
    let known = || pictures.iter().map(|picture| picture.cid.as_str());
    let mut shown = Vec::new();
    let mut found = Vec::new();
    let mut worked_out = false;
    for (source, html) in sources.iter().zip(html) {
        for link in html.iter().flat_map(|html| &html.links).filter(|link| link.image) {
            let Address::Written(address) = &link.address else {
                worked_out = true;
                continue;
            };
            let Some(cid) = picture_named(address.trim()) else {
                continue;
            };
            let cid = cid.as_ref();
            if cid.contains("{{") || cid.contains("{%") {
                worked_out = true;
            } else if known().any(|known| known == cid) {
                shown.push(cid.to_owned());
            } else {
                let problem = Problem::error(say!("check-no-such-image", image = cid))
                    .code("picture-missing")
                    .at(source.at(link.span.clone()));
                let problem = match nearest(cid, known()) {
                    Some(near) => problem.help(say!("check-no-such-image-near-hint", near = near)),
                    None => problem,
                };
                found.push(problem.help(named(cid)));
            }
        }
    }
    // One that is loaded by a style sheet, or by a value, is not seen here.
    let in_text = |cid: &str| sources.iter().any(|source| shows_picture(source.text(), cid));
    let unused = pictures
        .iter()
        .filter(|picture| !worked_out && !shown.contains(&picture.cid) && !in_text(&picture.cid));
    found.extend(unused.map(|picture| {
        let cid = &picture.cid;
        Problem::warning(say!("check-unused-image", image = cid))
            .code("picture-unused")
            .at(picture.file.path.place.clone())
            .help(say!("check-unused-image-hint", image = cid))
    }));
    let drawings = pictures.iter().map(|picture| &picture.file.path);
    let drawings = drawings.filter(|path| is_drawing(&path.value));
    found.extend(drawings.map(|path| faulty(Fault::Drawing, true, 1).at(path.place.clone())));
    found
}

/// How a picture gets this name.
fn named(cid: &str) -> Said {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !cid.chars().all(|c| bare(c) || c == '.') {
        return say!("check-no-such-image-rename-hint");
    }
    // With a dot in it, it is a key of TOML in quotes, and most likely the name of the file.
    let (key, file) = if cid.contains('.') {
        (format!("\"{cid}\""), cid.to_owned())
    } else {
        (cid.to_owned(), format!("{cid}.png"))
    };
    say!("check-no-such-image-hint", key = key, file = file)
}
