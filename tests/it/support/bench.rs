//! A campaign in a temporary folder, and the real program run on it.
//!
//! ```ignore
//! let peer = Peer::policy(|_| None);
//! let bench = Bench::new()
//!     .csv("people.csv", "email,name\nada@example.org,Ada\n")
//!     .file("notice.txt", "Hello {{ name }}\n")
//!     .campaign(&format!("[relay.here]\nserver = '{}'\n…", peer.url()));
//! bench.run(&["send", "--yes"]).code(0).stderr_has("1 accepted");
//! assert_eq!(bench.statuses()["accepted"], 1);
//! ```
//!
//! The program sees nothing of the machine's user: state, home and settings
//! lie in the folder, stdin is empty unless a test fills it, there is no colour.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::program::{Outcome, Running};
use super::redact::redact;

/// Settings of the surroundings that would change what the program says or does.
const UNWANTED: &[&str] = &[
    "SOURCE_DATE_EPOCH",
    "RUST_LOG",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "COLUMNS",
    "MAILSHOT_RELAY",
    "MAILSHOT_USER",
    "MAILSHOT_PASSWORD",
    "MAILSHOT_CONNECTIONS",
    "MAILSHOT_RATE",
    "CAMPAIGN",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
];

/// A temporary folder: `campaign/` is where the program runs, `state/` is what it knows of its user.
pub(crate) struct Bench {
    root: TempDir,
    environment: Vec<(String, String)>,
}

impl Bench {
    /// An empty campaign folder.
    pub(crate) fn new() -> Self {
        let root = TempDir::with_prefix("mailshot-").expect("a temporary folder");
        fs::create_dir(root.path().join("campaign")).expect("the campaign folder");
        Self {
            root,
            environment: Vec::new(),
        }
    }

    /// `mailshot.toml`.
    pub(crate) fn campaign(self, toml: &str) -> Self {
        self.file("mailshot.toml", toml)
    }

    /// A recipients file. The same as [`Bench::file`], said so that a test reads well.
    pub(crate) fn csv(self, name: &str, rows: impl AsRef<[u8]>) -> Self {
        self.file(name, rows)
    }

    /// Any file of the campaign, with the folders above it.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    /// A setting of the environment: a password, say.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes or overwrites a file between two runs.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("the folders above the file");
        fs::write(path, content).expect("the file");
    }

    /// Copies a folder of the repository over the campaign: an example, a template.
    pub(crate) fn copy_of(self, folder: impl AsRef<Path>) -> Self {
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &self.path(""),
        );
        self
    }

    /// The user's settings.
    pub(crate) fn settings(self, toml: &str) -> Self {
        let path = self.settings_file();
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder");
        fs::write(path, toml).expect("the settings");
        self
    }

    /// Where they are.
    pub(crate) fn settings_file(&self) -> PathBuf {
        self.root.path().join("config/config.toml")
    }

    /// A path in the campaign folder.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.root.path().join("campaign").join(name)
    }

    /// A file's text.
    pub(crate) fn read(&self, name: &str) -> String {
        String::from_utf8_lossy(&self.bytes(name)).into_owned()
    }

    /// A file's bytes.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        let path = self.path(name);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The .eml files in a folder of the campaign, sorted by name.
    pub(crate) fn eml(&self, folder: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path(folder))
            .into_iter()
            .flatten()
            .filter_map(Result::ok);
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.retain(|file| file.extension() == Some(OsStr::new("eml")));
        files.sort();
        files
    }

    /// Runs the program in the campaign folder to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.spawn(arguments).wait()
    }

    /// Runs the program to its end with something to read on stdin.
    pub(crate) fn run_with_stdin(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Outcome {
        let path = self.root.path().join("stdin");
        fs::write(&path, input).expect("what stdin shall hold");
        let file = fs::File::open(path).expect("what stdin shall hold");
        self.start(arguments, file.into()).wait()
    }

    /// Pastes a line into a shell whose path leads to the program.
    #[cfg(unix)]
    pub(crate) fn paste(&self, line: &str) -> Outcome {
        self.paste_with_stdin(line, "")
    }

    /// The same with something to read on stdin.
    #[cfg(unix)]
    pub(crate) fn paste_with_stdin(&self, line: &str, input: &str) -> Outcome {
        let file = self.root.path().join("stdin");
        fs::write(&file, input).expect("what stdin shall hold");
        let stdin = fs::File::open(file).expect("what stdin shall hold");
        let folder = Path::new(env!("CARGO_BIN_EXE_mailshot")).parent();
        let folder = folder.expect("a program lies in a folder").display();
        let mut shell = Command::new("sh");
        let line = format!("PATH='{folder}':$PATH; {line}");
        shell.arg("-c").arg(line);
        self.start_as(shell, &[], stdin.into()).wait()
    }

    /// Starts the program, for a test that wants to watch or interrupt it.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Running {
        self.start(arguments, Stdio::null())
    }

    /// Starts the program with SIGHUP ignored, as `nohup` does.
    #[cfg(unix)]
    pub(crate) fn spawn_under_nohup(&self, arguments: &[&str]) -> Running {
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            "trap '' HUP; exec \"$@\"",
            "sh",
            env!("CARGO_BIN_EXE_mailshot"),
        ]);
        self.start_as(shell, arguments, Stdio::null())
    }

    fn start(&self, arguments: &[&str], stdin: Stdio) -> Running {
        self.start_as(Command::new(env!("CARGO_BIN_EXE_mailshot")), arguments, stdin)
    }

    fn start_as(&self, mut command: Command, arguments: &[&str], stdin: Stdio) -> Running {
        let root = self.root.path();
        command.args(arguments).current_dir(self.path(""));
        for name in UNWANTED {
            command.env_remove(name);
        }
        command.envs(self.surroundings());
        command.stdin(stdin);
        Running::start(command, root, arguments)
    }

    /// What the program sees of its surroundings.
    pub(crate) fn surroundings(&self) -> impl Iterator<Item = (String, String)> {
        let folder = |name: &str| self.root.path().join(name).display().to_string();
        [
            ("MAILSHOT_STATE", folder("state")),
            ("XDG_STATE_HOME", folder("state-home")),
            ("HOME", folder("home")),
            ("MAILSHOT_CONFIG", folder("config/config.toml")),
            ("NO_COLOR", "1".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .chain(self.environment.iter().cloned())
    }

    /// `report.csv`, one map a row. `folder` is `results` unless the campaign or `--sandbox` says otherwise.
    pub(crate) fn report(&self, folder: &str) -> Vec<BTreeMap<String, String>> {
        self.table(&format!("{folder}/report.csv"))
    }

    /// Any CSV file the program wrote, with or without a byte order mark.
    pub(crate) fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let bytes = self.bytes(name);
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes));
        reader
            .deserialize()
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// How many rows of `results/report.csv` have each status.
    pub(crate) fn statuses(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for mut row in self.report("results") {
            *counts
                .entry(row.remove("mailshot_status").unwrap_or_default())
                .or_default() += 1;
        }
        counts
    }

    /// `summary.json` of a results folder.
    pub(crate) fn summary(&self, folder: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{folder}/summary.json"))).expect("summary.json is JSON")
    }

    /// Text of a file with what changes from run to run replaced, for snapshots.
    pub(crate) fn redacted(&self, name: &str) -> String {
        redact(&self.read(name), self.root.path())
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder to copy to");
    let entries = fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    for entry in entries {
        let entry = entry.expect("an entry of the folder");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the copy of a file");
        }
    }
}
