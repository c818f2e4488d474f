//! Whether a folder is on a disk of this machine or on another machine in the network.
//!
//! SQLite's write-ahead log needs memory that is shared by all processes that have the file open;
//! over a network it damages databases (<https://www.sqlite.org/wal.html>).

use std::path::Path;

/// What a file system is called that other machines may have open as well.
///
/// Where nobody can tell, it counts as a disk of this machine.
pub fn shared_file_system(folder: &Path) -> Option<&'static str> {
    found(folder)
}

#[cfg(target_os = "linux")]
fn found(folder: &Path) -> Option<&'static str> {
    // The low half of what statfs(2) says; its type differs from machine to machine.
    let kind = u64::try_from(rustix::fs::statfs(folder).ok()?.f_type).ok()? & 0xffff_ffff;
    KINDS
        .iter()
        .find(|(number, _)| *number == kind)
        .and_then(|(_, name)| {
            if *name == FUSE {
                over_fuse(folder)
            } else {
                Some(*name)
            }
        })
}

#[cfg(target_os = "linux")]
const FUSE: &str = "FUSE";

/// From statfs(2), linux/magic.h and the file systems' own headers.
#[cfg(target_os = "linux")]
const KINDS: [(u64, &str); 17] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "SMB"),
    (0xfe53_4d42, "SMB"),
    (0x5346_414f, "AFS"),
    (0x6b41_4653, "AFS"),
    (0x0102_1997, "9P"),
    (0x00c3_6400, "Ceph"),
    (0x7375_7245, "Coda"),
    (0x564c, "NCP"),
    (0x0bd0_0bd0, "Lustre"),
    (0x0116_1970, "GFS2"),
    (0x7461_636f, "OCFS2"),
    (0x4750_4653, "GPFS"),
    (0xbacb_acbc, "VMware shared folder"),
    (0x786f_4256, "VirtualBox shared folder"),
    (0x6573_5546, FUSE),
];

/// Programs that serve files may do so from this machine: only those count that are known to go over
/// the network.
#[cfg(target_os = "linux")]
fn over_fuse(folder: &Path) -> Option<&'static str> {
    const KNOWN: [&str; 16] = [
        "sshfs",
        "rclone",
        "davfs",
        "s3fs",
        "goofys",
        "glusterfs",
        "ceph",
        "curlftpfs",
        "smbnetfs",
        "gvfsd-fuse",
        "google-drive-ocamlfuse",
        "onedriver",
        "mfs",
        "juicefs",
        "beegfs",
        "nfs",
    ];
    let folder = folder.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let at = |line: &str| {
        let mut words = line.split(' ').skip(1);
        let place = words.next()?.replace("\\040", " ");
        folder
            .starts_with(&place)
            .then(|| (place.len(), words.next().unwrap_or_default().to_owned()))
    };
    // The last of the longest is on top.
    let (_, kind) = mounts.lines().filter_map(at).max_by_key(|(length, _)| *length)?;
    let program = kind.strip_prefix("fuse.")?;
    KNOWN.iter().find(|known| **known == program).copied()
}

#[cfg(target_os = "macos")]
fn found(folder: &Path) -> Option<&'static str> {
    /// `MNT_LOCAL` of sys/mount.h.
    const LOCAL: u32 = 0x1000;
    let found = rustix::fs::statfs(folder).ok()?;
    (found.f_flags & LOCAL == 0).then_some("a network")
}

#[cfg(windows)]
fn found(folder: &Path) -> Option<&'static str> {
    // A drive of the network, too, has its share's name as the real one.
    let real = folder.canonicalize().ok()?;
    real.to_string_lossy()
        .starts_with(r"\\?\UNC\")
        .then_some("a network share")
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn found(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_folder_is_this_machine_s() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(shared_file_system(folder.path()), None);
        assert_eq!(shared_file_system(&folder.path().join("nothing")), None);
    }
}
