//! What the address of a picture means: a file below a folder, another file of a computer, or something else.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use html5gum::{Token, Tokenizer};
use percent_encoding::percent_decode_str;

/// Where the address of a picture leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Leads {
    /// To the web, into the message, or nowhere.
    Elsewhere,
    /// To a file, by a path from the page; the first of these that is there.
    Here(Vec<String>),
    /// To a file of a computer, by its whole path.
    Computer(PathBuf),
}

/// Whether an address means a file that can go along.
pub fn is_local_picture(address: &str) -> bool {
    !matches!(leads(address), Leads::Elsewhere)
}

/// What an address means, as an attribute holds it.
pub(super) fn leads(written: &str) -> Leads {
    let address = plain(written);
    let address = address.trim();
    if address.is_empty() || address.starts_with(['#', '?']) {
        return Leads::Elsewhere;
    }
    if address.starts_with(r"\\") {
        return Leads::Computer(address.into());
    }
    // A web server has such a path, and a message has no web server.
    if address.starts_with(['/', '\\']) {
        return Leads::Elsewhere;
    }
    match address.split_once(':') {
        Some((drive, _)) if drive.len() == 1 && drive.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Leads::Computer(address.replace('\\', "/").into())
        }
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("file") => of_file(rest),
        Some((scheme, _)) if is_scheme(scheme) => Leads::Elsewhere,
        _ => Leads::Here(spellings(address)),
    }
}

fn is_scheme(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// What is behind `file:`.
fn of_file(rest: &str) -> Leads {
    let path = unescaped(&rest.replace('\\', "/"));
    let Some(path) = path.strip_prefix("//") else {
        return match path.starts_with('/') {
            true => Leads::Computer(path.into()),
            false => Leads::Here(spellings(&path)),
        };
    };
    let path = path.strip_prefix("localhost").unwrap_or(path);
    let drive = path.trim_start_matches('/');
    let is_drive = drive.as_bytes().get(1) == Some(&b':');
    Leads::Computer(if is_drive { drive.into() } else { path.into() })
}

/// The paths that an address may mean: most likely first.
fn spellings(address: &str) -> Vec<String> {
    let address = address.replace('\\', "/");
    let mut found = vec![unescaped(&address), address.clone()];
    // A page of the web has it: `logo.png?v=2`.
    if let Some((path, _)) = address.split_once(['?', '#']) {
        found.extend([unescaped(path), path.to_owned()]);
    }
    found.retain(|path| !path.trim().is_empty());
    let mut seen = Vec::new();
    found.into_iter().for_each(|path| {
        if !seen.contains(&path) {
            seen.push(path);
        }
    });
    seen
}

fn unescaped(address: &str) -> String {
    let decoded = percent_decode_str(address).decode_utf8();
    decoded.map_or_else(|_| address.to_owned(), Cow::into_owned)
}

/// The text of an attribute, without line breaks, which browsers leave out of an address.
fn plain(written: &str) -> Cow<'_, str> {
    let broken = |c: char| matches!(c, '\n' | '\r' | '\t');
    if !written.contains(|c| c == '&' || broken(c)) {
        return Cow::Borrowed(written);
    }
    let mut text = String::with_capacity(written.len());
    for token in Tokenizer::new(written) {
        let Ok(Token::String(part)) = token else {
            return Cow::Borrowed(written);
        };
        text.push_str(&String::from_utf8_lossy(&part.value));
    }
    text.retain(|c| !broken(c));
    Cow::Owned(text)
}

/// A folder in which pictures are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// A file must be below it.
    pub(super) folder: PathBuf,
    /// Where paths begin, below the folder.
    below: PathBuf,
}

impl Base {
    /// For paths that begin at `page`, a folder; the campaign's is the limit if that is in it.
    pub(super) fn of(page: &Path, campaign: &Path) -> Self {
        let below = page.strip_prefix(campaign).ok();
        let is_below = |below: &&Path| {
            below
                .components()
                .all(|part| matches!(part, Component::Normal(_)))
        };
        match below
            .filter(is_below)
            .filter(|_| !page.is_absolute() || campaign.is_absolute())
        {
            Some(below) => Self {
                folder: campaign.to_owned(),
                below: below.to_owned(),
            },
            None => Self {
                folder: page.to_owned(),
                below: PathBuf::new(),
            },
        }
    }

    /// The path below the folder; `None` where it leads out of it.
    pub(super) fn path(&self, written: &str) -> Option<String> {
        let mut parts: Vec<&str> = self
            .below
            .components()
            .filter_map(|part| part.as_os_str().to_str())
            .collect();
        for part in written.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(parts.join("/"))
    }

    /// What a page writes for a file below the folder.
    pub(super) fn written(&self, path: &str) -> String {
        let below = self.path("").unwrap_or_default();
        if below.is_empty() {
            return path.to_owned();
        }
        match path.strip_prefix(&below).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => rest.to_owned(),
            None => format!("{}{path}", "../".repeat(below.split('/').count())),
        }
    }

    /// The same of a file of this computer.
    pub(super) fn path_of(&self, file: &Path) -> Option<String> {
        let folder = if self.folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.folder
        };
        let folder = std::path::absolute(folder).ok()?;
        let below = [folder.canonicalize().ok()?, folder]
            .iter()
            .find_map(|folder| file.strip_prefix(folder).ok())?
            .to_str()?
            .to_owned();
        Some(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file_or_elsewhere() {
        for (address, first) in [
            ("images/x.png", "images/x.png"),
            ("./x.png", "./x.png"),
            (r"images\x.png", "images/x.png"),
            ("my%20map.png", "my map.png"),
            ("a&amp;b.png", "a&b.png"),
            ("课表.png", "课表.png"),
            ("%E8%AF%BE.png", "课.png"),
            ("x.png?v=2", "x.png?v=2"),
            ("file:images/x.png", "images/x.png"),
            ("图：1.png", "图：1.png"),
        ] {
            let Leads::Here(paths) = leads(address) else {
                panic!("{address}");
            };
            assert_eq!(paths[0], first);
        }
        for address in [
            "",
            "#a",
            "cid:x",
            "https://uni.example/x.png",
            "HTTP://x",
            "data:image/png;base64,AA",
            "//uni.example/x.png",
            "/x.png",
            "blob:x",
            "mailto:x",
            "about:blank",
        ] {
            assert_eq!(leads(address), Leads::Elsewhere, "{address}");
        }
        for (address, path) in [
            (r"C:\Users\li\x.png", "C:/Users/li/x.png"),
            ("file:///C:/Users/li/my%20x.png", "C:/Users/li/my x.png"),
            (r"file:///C:\Users\x.png", "C:/Users/x.png"),
            ("file:///home/li/x.png", "/home/li/x.png"),
            (r"\\server\share\x.png", r"\\server\share\x.png"),
        ] {
            assert_eq!(leads(address), Leads::Computer(path.into()), "{address}");
        }
    }

    #[test]
    fn paths_stay_below_a_folder() {
        let base = Base::of(Path::new("c/pages"), Path::new("c"));
        assert_eq!(base.folder, Path::new("c"));
        for (written, path) in [
            ("x.png", Some("pages/x.png")),
            ("./a//x.png", Some("pages/a/x.png")),
            ("../x.png", Some("x.png")),
            ("../../x.png", None),
        ] {
            assert_eq!(base.path(written).as_deref(), path, "{written}");
        }
        let outside = Base::of(Path::new("c/../shared"), Path::new("c"));
        assert_eq!(outside.path("x.png").as_deref(), Some("x.png"));
        assert_eq!(outside.path("../x.png"), None);
    }
}
