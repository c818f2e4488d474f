//! What each recipient gets, as the campaign says it.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::dkim::DkimPlan;
use super::place::Place;
use super::text::Text;

/// What each recipient gets; templates as text, paths resolved.
#[derive(Debug, Clone)]
pub struct MessagePlan {
    /// The From mailbox template.
    pub from: Text,
    /// The mailbox that really sends, where it is not the From (RFC 5322 §3.6.2).
    pub sender: Option<Text>,
    /// The To mailbox template.
    pub to: Text,
    /// Nobody gave it: `{{ email }}`, or what column there is instead.
    pub to_by_default: bool,
    /// Cc mailboxes, a template that may hold a list.
    pub cc: Option<Text>,
    /// Bcc mailboxes: in the envelope, in no header.
    pub bcc: Option<Text>,
    /// Reply-To mailboxes.
    pub reply_to: Option<Text>,
    /// The envelope's reverse-path (RFC 5321 §4.1.1.2); the From address when
    /// absent.
    pub return_path: Option<Text>,
    /// The Subject template.
    pub subject: Text,
    /// The template file of the text/plain part.
    pub text: Option<TemplateFile>,
    /// The template file of the text/html part.
    pub html: Option<TemplateFile>,
    /// The template file, in Markdown, of both parts.
    pub markdown: Option<TemplateFile>,
    /// Whether style sheets in the HTML are written into its elements.
    pub inline_css: bool,
    /// Pictures that the HTML shows by `cid:`.
    pub inline: Vec<InlinePlan>,
    /// The template file of an invitation (RFC 5545).
    pub calendar: Option<TemplateFile>,
    /// Files attached, in this order.
    pub attach: Vec<AttachPlan>,
    /// The folder for files that cells name.
    pub attach_root: PathBuf,
    /// Further header fields: name and value template.
    pub headers: Vec<(String, Text)>,
    /// How recipients leave the list.
    pub unsubscribe: Option<UnsubscribePlan>,
    /// The signatures it gets.
    pub dkim: Vec<DkimPlan>,
    /// What the relay is asked to report back (RFC 3461).
    pub dsn: Option<Dsn>,
}

/// A template file, and where the campaign names it.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// The file.
    pub path: PathBuf,
    /// It is stdin and no file; what came from there, once it was read.
    pub typed: Option<Arc<OnceLock<Vec<u8>>>>,
    /// Where it was named.
    pub place: Place,
}

/// One attachment of the plan; the path and the name are templates.
#[derive(Debug, Clone)]
pub struct AttachPlan {
    /// The path template, as written.
    pub path: Text,
    /// The folder that relative paths start from; a file that a cell names must be below it.
    pub base: PathBuf,
    /// The name the recipient sees; the file's own name when absent.
    pub name: Option<Text>,
    /// A missing file is not a fault.
    pub optional: bool,
}

/// A picture inside the HTML (RFC 2387, RFC 2392).
#[derive(Debug, Clone)]
pub struct InlinePlan {
    /// What `cid:` names it by.
    pub cid: String,
    /// The file, whose path may be a template.
    pub file: AttachPlan,
}

/// How recipients leave the list (RFC 2369, RFC 8058).
#[derive(Debug, Clone)]
pub struct UnsubscribePlan {
    /// The address of a page, a template.
    pub url: Option<Text>,
    /// The address to write to, a template.
    pub mailto: Option<Text>,
    /// The page takes a POST that mail programs send by themselves (RFC 8058).
    pub one_click: bool,
    /// Where the campaign says so.
    pub place: Place,
    /// It is wrong for every row, and that has been reported: rows do not report it again.
    pub told: bool,
}

/// What the relay is asked to report back (RFC 3461).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dsn {
    /// On what.
    pub notify: Notify,
    /// The report holds the whole message and not its header alone.
    pub full: bool,
}

/// The NOTIFY parameter of RCPT (RFC 3461 §4.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notify {
    /// It was delivered.
    pub success: bool,
    /// It cannot be delivered.
    pub failure: bool,
    /// It takes longer than usual.
    pub delay: bool,
}
