//! Where a new campaign is: its folder, and the way from there to its list.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use crate::campaign::FILE_NAME;
use crate::words::{hints_of, say, system};

use super::super::explain::Failure;
use super::super::shell::quoted;
use super::templates::Contents;

/// A folder that is not there yet, named after a list or a template.
pub(super) fn named_after(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or(OsStr::new("campaign")).to_owned();
    let numbered = (2_u32..).map(|n| {
        let mut name = stem.clone();
        name.push(format!("-{n}"));
        name
    });
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    // A folder of the list itself may be called as it is, too.
    let free = names.find(|name| !Path::new(name).exists());
    PathBuf::from(free.unwrap_or(stem))
}

/// Refuses a folder that is a file or has a campaign; one with other files is refused unless it may
/// hold some.
pub(super) fn must_be_free(dir: &Path, beside_others: bool) -> Result<(), Failure> {
    if dir.is_file() {
        let hints = vec![
            say!("cli-new-hint-taken"),
            say!("cli-new-hint-file", file = quoted(dir)),
        ];
        return Err(Failure::Hinted(say!("cli-new-file", file = dir), hints));
    }
    if dir.join(FILE_NAME).exists() {
        return Err(Failure::hinted(
            say!("cli-new-has-campaign", folder = dir),
            say!("cli-new-hint-taken"),
        ));
    }
    let taken = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken && !beside_others {
        return Err(Failure::hinted(
            say!("cli-new-taken", folder = dir),
            say!("cli-new-hint-taken"),
        ));
    }
    Ok(())
}

/// A name that no file in the folder has: `letter.txt`, `letter-2.txt`.
pub(super) fn free_name(dir: &Path, stem: &str, suffix: &str) -> String {
    let numbered = (2_u32..).map(|n| format!("{stem}-{n}.{suffix}"));
    let mut names = std::iter::once(format!("{stem}.{suffix}")).chain(numbered);
    names
        .find(|name| !dir.join(name).exists())
        .unwrap_or_else(|| format!("{stem}.{suffix}"))
}

/// Writes the files, over none that is there; where one cannot be written, none is left.
pub(super) fn write(dir: &Path, files: &[Contents]) -> Result<(), Failure> {
    let new = !dir.exists();
    let mut made = Vec::new();
    let written = files.iter().try_for_each(|(name, contents)| {
        let target = dir.join(name);
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
        let mut file = fs::File::create_new(&target).map_err(|e| failed(&target, &e))?;
        made.push(target.clone());
        file.write_all(contents).map_err(|e| failed(&target, &e))
    });
    if written.is_err() {
        for file in &made {
            let _ = fs::remove_file(file);
        }
        if new {
            let _ = fs::remove_dir_all(dir);
        }
    }
    written
}

pub(super) fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Hinted(
        say!("cli-not-created", path = path, why = system(error)),
        hints_of(error),
    )
}

/// How a campaign in a folder names a file or a folder: from there, or in full where they share
/// nothing but the root. `None`: no text can name it.
pub(super) fn seen_from(dir: &Path, file: &Path) -> Option<String> {
    let (dir, file) = (settled(dir), settled(file));
    let (from, to): (Vec<_>, Vec<_>) = (dir.components().collect(), file.components().collect());
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    let is_root = |part: &Component<'_>| matches!(part, Component::RootDir | Component::Prefix(_));
    let below = shared == from.len();
    if !below && from.iter().take(shared).all(is_root) {
        return file.to_str().map(str::to_owned);
    }
    let up = from.iter().skip(shared).map(|_| Some(".."));
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    Some(parts?.join("/")).map(|path| if path.is_empty() { ".".to_owned() } else { path })
}

/// In full, with the links of the folders above it followed.
fn settled(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.is_dir()
        && let Ok(real) = whole.canonicalize()
    {
        return simple(real);
    }
    // The last name stays as it is: a link may be replaced by another.
    for above in whole.ancestors().skip(1) {
        if let Ok(real) = above.canonicalize() {
            return simple(real).join(whole.strip_prefix(above).unwrap_or(&whole));
        }
    }
    whole
}

/// Windows writes its real paths in a form that other programs do not take.
fn simple(path: PathBuf) -> PathBuf {
    let text = path.to_str().and_then(|text| text.strip_prefix(r"\\?\"));
    let simple = text.filter(|text| !text.starts_with("UNC")).map(PathBuf::from);
    simple.unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_the_folder_of_the_campaign() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("letters")).unwrap();
        let seen = |dir: &str, file: &str| seen_from(&root.join(dir), &root.join(file)).unwrap();
        assert_eq!(seen("new", "list.xlsx"), "../list.xlsx");
        assert_eq!(seen("new/deep", "list.xlsx"), "../../list.xlsx");
        assert_eq!(seen("letters", "letters/a b.csv"), "a b.csv");
        assert_eq!(seen("", "letters/list.csv"), "letters/list.csv");
        assert_eq!(seen("new", "letters"), "../letters");
        assert_eq!(seen("letters", "letters"), ".");
    }
}
