//! A path as people type it, paste it, or drag it into a terminal.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// What may be around a path: terminals and file managers put quotation marks there, word processors
/// others.
const QUOTES: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('「', '」')];

/// The file that is meant: of all readings of the text, the first that is there; otherwise the last.
pub(super) fn meant(text: &str, home: Option<&Path>) -> PathBuf {
    let readings = readings(text, home);
    let there = readings.iter().find(|path| path.exists());
    there.or(readings.last()).cloned().unwrap_or_default()
}

fn readings(text: &str, home: Option<&Path>) -> Vec<PathBuf> {
    let mut texts = vec![text.to_owned()];
    let trimmed = text.trim();
    // PowerShell drops `& 'C:\…'`.
    let bare = unquoted(trimmed.strip_prefix("& ").unwrap_or(trimmed));
    texts.extend([trimmed.to_owned(), bare.to_owned()]);
    if let Some(file) = of_url(bare) {
        texts.push(file);
    }
    // `My\ Files/list.xlsx`, as macOS drops it.
    if bare.contains('\\')
        && let Some([word]) = shlex::split(trimmed).as_deref()
    {
        texts.push(word.clone());
    }
    let mut paths = Vec::new();
    for text in texts {
        if let Some(path) = below_home(&text, home) {
            paths.push(path);
        }
        paths.push(PathBuf::from(&text));
        paths.extend(of_windows(&text));
    }
    // What nobody finds is shown as it was meant.
    if let Some(path) = below_home(bare, home) {
        paths.push(path);
    } else {
        paths.push(of_url(bare).unwrap_or_else(|| bare.to_owned()).into());
    }
    paths.retain(|path| !path.as_os_str().is_empty());
    paths
}

fn unquoted(text: &str) -> &str {
    for (open, close) in QUOTES {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            return inner;
        }
    }
    text
}

/// `file:///home/li/%E6%88%90.xlsx`
fn of_url(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_at_checked(7)?;
    if !scheme.eq_ignore_ascii_case("file://") {
        return None;
    }
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    // `/C:/Users/li/list.xlsx`
    let drive = path.strip_prefix('/').filter(|path| drive_of(path).is_some());
    Some(drive.map_or(path.clone(), str::to_owned))
}

fn below_home(text: &str, home: Option<&Path>) -> Option<PathBuf> {
    let rest = text
        .strip_prefix('~')
        .or_else(|| text.strip_prefix("$HOME"))
        .or_else(|| text.strip_prefix("%USERPROFILE%"))?;
    let rest = rest.strip_prefix(['/', '\\']).or(rest.is_empty().then_some(""))?;
    Some(home?.join(rest))
}

/// The letter of a Windows drive at the beginning, and the rest.
fn drive_of(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str().strip_prefix(':')?;
    rest.starts_with(['\\', '/']).then_some((letter, rest))
}

/// A path of Windows, on another system: where its Linux has the drives, or with the slashes of here.
fn of_windows(text: &str) -> Vec<PathBuf> {
    if cfg!(windows) || !text.contains('\\') && drive_of(text).is_none() {
        return Vec::new();
    }
    let slashes = |text: &str| text.replace('\\', "/");
    match drive_of(text) {
        Some((letter, rest)) => {
            let drive = letter.to_ascii_lowercase();
            vec![PathBuf::from(format!("/mnt/{drive}{}", slashes(rest)))]
        }
        None => vec![PathBuf::from(slashes(text))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_however_its_path_was_put_there() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        let file = home.join("My Files").join("成绩 (1).xlsx");
        std::fs::create_dir(home.join("My Files")).unwrap();
        std::fs::write(&file, "").unwrap();
        let path = file.display().to_string();
        let spaced = path.replace(' ', "\\ ").replace('(', "\\(").replace(')', "\\)");
        let url = path.replace(' ', "%20").replace("成绩", "%E6%88%90%E7%BB%A9");
        for typed in [
            path.clone(),
            format!("  {path}  "),
            format!("'{path}' "),
            format!("\"{path}\""),
            format!("“{path}”"),
            format!("& '{path}'"),
            format!("{spaced} "),
            format!("file://{url}"),
            format!("file://localhost{url}"),
            "~/My Files/成绩 (1).xlsx".to_owned(),
            "'~/My Files/成绩 (1).xlsx'".to_owned(),
            "~\\My Files\\成绩 (1).xlsx".to_owned(),
            "$HOME/My Files/成绩 (1).xlsx".to_owned(),
        ] {
            // A backslash separates only the folders of Windows.
            if cfg!(not(windows)) && typed.contains("~\\") {
                continue;
            }
            assert_eq!(meant(&typed, Some(home)), file, "{typed}");
        }
        assert_eq!(meant("'no such.xlsx'", None), Path::new("no such.xlsx"));
        assert_eq!(
            of_url("file:///C:/Users/li/a.xlsx").as_deref(),
            Some("C:/Users/li/a.xlsx")
        );
    }
}
