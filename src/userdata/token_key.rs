//! The key that a user's unsubscribe tokens are made with.
//!
//! It is created once, with the first token, and kept: with another key, the tokens in messages
//! that were sent would identify nobody.

use std::io::{ErrorKind, Write};
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;

use crate::recipients::TokenKey;
use crate::storage::{LARGEST_TEXT, Replacement, is_absent, private_folder, read_regular};

use super::failure::UserFileError;

/// The file's name in the state folder.
const FILE_NAME: &str = "unsubscribe.key";

/// The user's key, made now where there is none.
///
/// # Errors
/// There is no state folder, the file is damaged, or cannot be made.
pub fn unsubscribe_key(state: Option<&Path>) -> Result<TokenKey, UserFileError> {
    make(state.ok_or(UserFileError::NoHome)?)
}

/// The user's key, where one was made.
///
/// # Errors
/// The file is damaged, or cannot be read.
pub fn existing_unsubscribe_key(state: Option<&Path>) -> Result<Option<TokenKey>, UserFileError> {
    state.map_or(Ok(None), |folder| read(&folder.join(FILE_NAME)))
}

fn make(folder: &Path) -> Result<TokenKey, UserFileError> {
    let path = folder.join(FILE_NAME);
    if let Some(key) = read(&path)? {
        return Ok(key);
    }
    private_folder(folder)?;
    let failed = |source| UserFileError::file(&path, source);
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|e| failed(std::io::Error::other(e.to_string())))?;
    let mut file = Replacement::of(&path).map_err(failed)?;
    writeln!(file, "{}", HEXLOWER_PERMISSIVE.encode(&secret)).map_err(failed)?;
    match file.keep_as_new() {
        Ok(()) => Ok(TokenKey::new(&secret)),
        // Another process was faster: there is one key.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(&path)?.ok_or_else(|| failed(error)),
        Err(error) => Err(failed(error)),
    }
}

fn read(path: &Path) -> Result<Option<TokenKey>, UserFileError> {
    let text = match read_regular(path, LARGEST_TEXT) {
        Ok(text) => text,
        Err(_) if is_absent(path) => return Ok(None),
        Err(error) => return Err(UserFileError::file(path, error)),
    };
    let secret = HEXLOWER_PERMISSIVE
        .decode(text.trim_ascii())
        .ok()
        .and_then(|secret| <[u8; 32]>::try_from(secret).ok());
    secret
        .map(|secret| Some(TokenKey::new(&secret)))
        .ok_or_else(|| UserFileError::DamagedKey(path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(key: &TokenKey) -> String {
        key.token(&"ada@example.org".parse().unwrap())
    }

    #[test]
    fn whoever_makes_it_first_the_key_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let tokens: Vec<String> = std::thread::scope(|scope| {
            let make = || token(&make(folder.path()).unwrap());
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(make)).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
        let path = folder.path().join(FILE_NAME);
        assert_eq!(token(&read(&path).unwrap().unwrap()), tokens[0]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left over"
        );
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        for text in ["", "abc", &"0".repeat(63), &"g".repeat(64)] {
            std::fs::write(&path, text).unwrap();
            let words = make(folder.path()).unwrap_err().to_string();
            assert!(
                words.contains("is damaged") && words.contains("unsubscribe.key"),
                "{words}"
            );
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
