//! A file with a secret: it is read only if nobody else may read it, as far as the user can control
//! this.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use secrecy::zeroize::Zeroizing;

use crate::storage::{Irregular, open_regular};

use super::failure::{Cure, SecretError};

/// More than any key has.
const MOST: u64 = 1 << 20;

/// What the file holds.
pub(super) fn content(path: &Path) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let failed = |source: io::Error| SecretError::File {
        path: path.display().to_string(),
        irregular: matches!(
            Irregular::in_the_way(&source),
            Some(Irregular::Pipe | Irregular::Device)
        ),
        source,
    };
    let file = open_regular(path).map_err(failed)?;
    #[cfg(unix)]
    guarded(path, &file)?;
    let mut octets = Zeroizing::new(Vec::new());
    File::take(file, MOST).read_to_end(&mut octets).map_err(failed)?;
    Ok(octets)
}

/// Refuses a file that others may read, if the user can correct that.
///
/// Secrets from Docker, Kubernetes and similar systems are on a read-only file system, or belong to
/// root: the user cannot change what others on this machine (or container) may do there, and could
/// not follow any advice.
#[cfg(unix)]
fn guarded(path: &Path, file: &File) -> Result<(), SecretError> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{StatVfsMountFlags, fstatvfs};

    let shown = || path.display().to_string();
    let failed = |source| SecretError::File {
        path: shown(),
        source,
        irregular: false,
    };
    let found = file.metadata().map_err(failed)?;
    let mode = found.mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let read_only = fstatvfs(file).is_ok_and(|system| system.f_flag.contains(StatVfsMountFlags::RDONLY));
    let own = found.uid() == rustix::process::geteuid().as_raw();
    let writable = mode & 0o022 != 0;
    if read_only || (!own && found.uid() == 0 && !writable) {
        return Ok(());
    }
    let pasted = pasted(&shown());
    let cure = if own && keeps_modes(file) {
        Cure::Chmod(pasted)
    } else {
        // Its owner is another user, or its file system has no owners (a USB stick, a drive of
        // Windows below /mnt): there, chmod does nothing.
        Cure::Copy(pasted)
    };
    Err(SecretError::FileTooOpen {
        path: shown(),
        mode,
        cure,
    })
}

/// Whether the file's system keeps modes at all.
#[cfg(target_os = "linux")]
fn keeps_modes(file: &File) -> bool {
    /// FAT, exFAT, NTFS (old and new), SMB (three kinds), and 9P, by which Linux in Windows sees its
    /// drives.
    const MODELESS: [u64; 8] = [
        0x4d44,
        0x2011_bab0,
        0x5346_544e,
        0x7366_746e,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
    ];
    let kind = rustix::fs::fstatfs(file).map(|system| system.f_type);
    kind.map_or(true, |kind| {
        !MODELESS.contains(&(u64::try_from(kind).unwrap_or_default() & 0xffff_ffff))
    })
}

#[cfg(all(unix, not(target_os = "linux")))]
fn keeps_modes(_: &File) -> bool {
    true
}

/// A path as a shell takes it.
#[cfg(unix)]
fn pasted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,@%".contains(c);
    if path.chars().all(plain) && !path.starts_with('-') {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
