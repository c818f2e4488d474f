//! The picture that was meant where a page names one that is not there.

use std::path::Path;

use crate::campaign::nearest;
use crate::storage::composed;

/// Folders inside each other, and files, that are looked at.
const DEEPEST: usize = 4;
const MOST: usize = 2_000;

/// Endings of pictures.
const PICTURES: [&str; 10] = [
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "svg", "tif", "tiff", "heic",
];

/// The path, below `folder`, of the picture that `wanted` nearly is: in another case, in another
/// folder, of another kind, or mistyped.
pub(super) fn near_picture(folder: &Path, wanted: &str) -> Option<String> {
    let mut pictures = Vec::new();
    gather(folder, "", DEEPEST, &mut MOST.clone(), &mut pictures);
    pictures.sort();
    let small = |path: &str| composed(path).to_lowercase();
    let wanted = small(wanted);
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let of = |is: &dyn Fn(&str) -> bool| pictures.iter().find(|path| is(&small(path))).cloned();
    of(&|path| path == wanted)
        .or_else(|| of(&|path| name(path) == name(&wanted)))
        .or_else(|| of(&|path| stem(path) == stem(&wanted)))
        .or_else(|| of(&|path| stem(&name(path)) == stem(&name(&wanted))))
        .or_else(|| {
            let names = pictures
                .iter()
                .map(|path| path.rsplit('/').next().unwrap_or(path));
            let near = nearest(&name(&wanted), names)?.to_owned();
            pictures.iter().find(|path| name(path) == near).cloned()
        })
}

fn gather(folder: &Path, below: &str, deeper: usize, left: &mut usize, found: &mut Vec<String>) {
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    for entry in std::fs::read_dir(here).into_iter().flatten().flatten() {
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        if *left == 0 || name.starts_with('.') {
            continue;
        }
        *left -= 1;
        let path = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if is_folder && deeper > 0 && name != "results" {
            gather(&here.join(&name), &path, deeper - 1, left, found);
        } else if PICTURES
            .iter()
            .any(|picture| picture.eq_ignore_ascii_case(ending))
        {
            found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_near_in_another_case_folder_or_kind() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("img")).unwrap();
        for name in ["img/Logo.png", "img/课表.jpg", "header.gif"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        for (wanted, near) in [
            ("img/logo.png", Some("img/Logo.png")),
            ("images/Logo.png", Some("img/Logo.png")),
            ("课表.jpg", Some("img/课表.jpg")),
            ("img/课表.png", Some("img/课表.jpg")),
            ("heder.gif", Some("header.gif")),
            ("quite-another.png", None),
        ] {
            assert_eq!(near_picture(folder.path(), wanted).as_deref(), near, "{wanted}");
        }
    }
}
