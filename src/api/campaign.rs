//! A campaign: loaded from its folder, or built from values.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;

use crate::campaign::{Campaign as Loaded, Overrides, Problem, Problems};
use crate::run::{Environment, Prepared, RunError, open, prepared};
use crate::storage::{Replacement, private_folder, read_regular};
use crate::words::say;

use super::error::Error;

/// Who gets what, through which relay, with compiled templates and readable recipients.
///
/// A clone is the same campaign.
#[derive(Clone)]
pub struct Campaign {
    pub(super) prepared: Arc<Prepared>,
    /// The password of the relay that was given with [`Builder::password`].
    pub(super) password: Option<SecretString>,
}

impl Campaign {
    /// Loads the campaign at `path`: a folder with a `mailshot.toml`, or a `.toml` file.
    ///
    /// # Errors
    /// Everything that is wrong with it ([`Error::problems`]), with file, line and column.
    pub fn load(path: impl AsRef<Path>, environment: &Environment) -> Result<Self, Error> {
        let overrides = Overrides {
            settings: environment.settings().map(Path::to_owned),
            ..Overrides::default()
        };
        let prepared = open(path.as_ref(), &overrides, environment)?;
        Ok(Self {
            prepared: Arc::new(prepared),
            password: None,
        })
    }

    /// Begins a campaign without a campaign file. Its ledger and its results are in `folder`:
    /// because of them, sending again continues instead of starting over.
    pub fn builder(folder: impl Into<PathBuf>) -> Builder {
        Builder {
            folder: folder.into(),
            flags: Overrides::default(),
            rows: None,
            text: None,
            html: None,
            password: None,
        }
    }

    /// Its name, which names the ledger.
    pub fn name(&self) -> &str {
        &self.prepared.campaign.name
    }

    /// The columns of its recipients, as templates call them.
    pub fn columns(&self) -> &[String] {
        &self.prepared.header.columns
    }
}

impl fmt::Debug for Campaign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Campaign")
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

/// Builds a campaign from values; see [`Campaign::builder`].
///
/// Values that are not given have the defaults of the campaign file. Rows and bodies are stored in
/// `.mailshot/` of the campaign's folder, readable only by its owner.
#[must_use = "nothing is built before `build`"]
pub struct Builder {
    folder: PathBuf,
    flags: Overrides,
    rows: Option<Vec<Vec<String>>>,
    text: Option<String>,
    html: Option<String>,
    password: Option<SecretString>,
}

impl Builder {
    /// Names the campaign: letters, digits, `.`, `_`, `-`. Two campaigns in one folder need two names.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.flags.name = Some(name.into());
        self
    }

    /// The From mailbox, a template: `Registrar <registrar@uni.example>`.
    pub fn from(mut self, mailbox: impl Into<String>) -> Self {
        self.flags.from = Some(mailbox.into());
        self
    }

    /// The To mailbox, a template; by default the column of addresses.
    pub fn to(mut self, mailbox: impl Into<String>) -> Self {
        self.flags.to = Some(mailbox.into());
        self
    }

    /// The Subject, a template.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.flags.subject = Some(subject.into());
        self
    }

    /// The text/plain part, a template.
    pub fn text(mut self, template: impl Into<String>) -> Self {
        self.text = Some(template.into());
        self
    }

    /// The text/html part, a template whose values are escaped.
    pub fn html(mut self, template: impl Into<String>) -> Self {
        self.html = Some(template.into());
        self
    }

    /// Attaches a file; the path is a template.
    pub fn attach(mut self, path: impl Into<PathBuf>) -> Self {
        self.flags.attach.push(path.into());
        self
    }

    /// The recipients from memory: the columns, and for each row one cell per column.
    pub fn rows<C, R>(mut self, columns: C, rows: impl IntoIterator<Item = R>) -> Self
    where
        C: IntoIterator,
        C::Item: Into<String>,
        R: IntoIterator,
        R::Item: Into<String>,
    {
        let mut all = vec![columns.into_iter().map(Into::into).collect()];
        all.extend(
            rows.into_iter()
                .map(|row| row.into_iter().map(Into::into).collect::<Vec<String>>()),
        );
        self.rows = Some(all);
        self
    }

    /// The recipients from a file: `.csv`, `.xlsx`, `.ods`, `.json`, … ; `-` is the environment's stdin.
    pub fn recipients(mut self, file: impl Into<PathBuf>) -> Self {
        self.flags.recipients = Some(file.into());
        self
    }

    /// The relay: `smtps://smtp.uni.example`, `smtp://…` (STARTTLS required), `smtp+plain://…` (on
    /// loopback only), a preset such as `163`, or the name of a relay of the settings
    /// ([`Environment::with_settings`]).
    pub fn relay(mut self, url: impl Into<String>) -> Self {
        self.flags.relay = Some(url.into());
        self
    }

    /// Who logs in to the relay.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.flags.user = Some(user.into());
        self
    }

    /// The user's password; it is kept only in memory.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(SecretString::from(password.into()));
        self
    }

    /// Sessions at the same time; 4 by default.
    pub fn connections(mut self, connections: usize) -> Self {
        self.flags.connections = Some(connections);
        self
    }

    /// A limit on envelope recipients, such as `10/s` or `2000/day`; several limits apply together.
    pub fn rate(mut self, rate: impl Into<String>) -> Self {
        self.flags.rate.push(rate.into());
        self
    }

    /// Builds the campaign: compiles its templates and reads the columns of its recipients.
    ///
    /// # Errors
    /// Everything that is missing or wrong ([`Error::problems`]), or the folder cannot be written.
    pub fn build(mut self, environment: &Environment) -> Result<Campaign, Error> {
        let name = self
            .flags
            .name
            .get_or_insert_with(|| "campaign".to_owned())
            .clone();
        let kept = Kept {
            folder: self.folder.join(".mailshot"),
            name,
        };
        if let Some(rows) = &self.rows {
            self.flags.recipients = Some(kept.rows(rows)?);
        }
        if let Some(text) = &self.text {
            self.flags.text = Some(kept.keep("txt", text.as_bytes())?);
        }
        if let Some(html) = &self.html {
            self.flags.html = Some(kept.keep("html", html.as_bytes())?);
        }
        if self.flags.recipients.is_none() {
            let problem = Problem::error(say!("api-no-recipients")).help(say!("api-no-recipients-hint"));
            return Err(RunError::from(Problems::from(problem)).into());
        }
        self.flags.settings = environment.settings().map(Path::to_owned);
        let loaded = Loaded::of_flags(&self.folder, &self.flags);
        Ok(Campaign {
            prepared: Arc::new(prepared(loaded, environment)?),
            password: self.password,
        })
    }
}

/// Values that were given and are read again while messages are sent.
struct Kept {
    folder: PathBuf,
    name: String,
}

impl Kept {
    fn rows(&self, rows: &[Vec<String>]) -> Result<PathBuf, RunError> {
        let mut table = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let written = rows
            .iter()
            .try_for_each(|row| table.write_record(row))
            .map_err(|error| std::io::Error::other(error.to_string()));
        let octets = written.and_then(|()| table.into_inner().map_err(|error| error.into_error()));
        let octets = octets.map_err(|source| self.failed("csv", source))?;
        self.keep("csv", &octets)
    }

    fn keep(&self, suffix: &str, content: &[u8]) -> Result<PathBuf, RunError> {
        private_folder(&self.folder)?;
        let path = self.path(suffix);
        // What it was already is left alone: its time is that of the messages of a dry run.
        if read_regular(&path, u64::MAX - 1).is_ok_and(|before| before == content) {
            return Ok(path);
        }
        let write = || {
            let mut file = Replacement::of(&path)?;
            file.write_all(content)?;
            file.keep()
        };
        write().map_err(|source| self.failed(suffix, source))?;
        Ok(path)
    }

    fn path(&self, suffix: &str) -> PathBuf {
        self.folder.join(format!("{}.{suffix}", self.name))
    }

    fn failed(&self, suffix: &str, source: std::io::Error) -> RunError {
        RunError::Write {
            path: self.path(suffix).display().to_string(),
            source,
        }
    }
}
