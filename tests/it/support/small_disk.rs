//! A disk of a few pages, to be full: a tmpfs mounted into a campaign.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Mounted until it is dropped. What lies on it is gone then.
pub(crate) struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// A disk of so many KiB at `folder`, which is made. `None`: nothing may be mounted here, and
    /// the test says so and returns.
    pub(crate) fn mount(folder: PathBuf, kib: usize) -> Option<Self> {
        fs::create_dir_all(&folder).expect("the folder to mount on");
        let options = format!("size={kib}k,mode=0700");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&folder)
            .output();
        match mounted {
            Ok(Output { status, .. }) if status.success() => Some(Self { folder }),
            _ => {
                super::pass_over("a small disk can only be mounted by root, on Linux");
                None
            }
        }
    }

    /// Writes until nothing more fits.
    pub(crate) fn fill(&self) {
        let mut filling = fs::File::create(self.folder.join("filling")).expect("room for one more file");
        while filling.write_all(&[0; 4096]).is_ok() {}
    }

    /// Makes it so large that everything fits.
    pub(crate) fn grow(&self) {
        let grown = Command::new("mount")
            .args(["-o", "remount,size=256m"])
            .arg(&self.folder)
            .output()
            .expect("the mount program");
        assert!(grown.status.success(), "{grown:?}");
    }

    /// What lies on it, by name.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).expect("the disk's folder");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        names
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, so that it goes also when a failed test left a program at work on it.
        Command::new("umount").arg("-l").arg(&self.folder).output().ok();
    }
}
