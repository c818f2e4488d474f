//! `mailshot preview --row N`: one message in the terminal.

use std::io::Write;
use std::net::SocketAddr;

use crate::run::{End, Environment, OneMessage, compose_row, open};
use crate::words::{Arg, say};
use mail_parser::{MessageParser, MimeHeaders};

use super::campaign::CampaignArgs;
use super::explain::{Failure, Outcome};
use super::output::written;
use super::{heading, terminal, typed};

#[derive(Debug, clap::Args)]
pub(super) struct PreviewArgs {
    #[command(flatten)]
    pub(super) campaign: CampaignArgs,
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(0, u64::MAX), help_heading = heading::WHOM)]
    pub(super) row: Option<u64>,
    #[arg(long, value_name = "ADDR", hide = true)]
    pub(super) listen: Option<SocketAddr>,
    #[arg(long, hide = true)]
    pub(super) no_open: bool,
}

pub(super) fn run(args: &PreviewArgs) -> Outcome {
    let Some(row) = args.row else {
        return Err(Failure::hinted(
            say!("cli-preview-no-page"),
            say!("cli-preview-row-instead"),
        ));
    };
    if args.listen.is_some() || args.no_open {
        return Err(Failure::of(say!("cli-preview-no-page")));
    }
    let prepared = open(
        &args.campaign.campaign,
        &args.campaign.overrides(),
        &Environment::of_process(),
    )?;
    let mut note = |text: &crate::words::Said| {
        // A closed stderr is nothing to fail for.
        let _ = writeln!(anstream::stderr().lock(), "{text}");
    };
    let OneMessage { message, suppressed } = compose_row(&prepared, row, &mut note)?.ok_or_else(|| {
        let (row, file) = (Arg::plain(row), prepared.campaign.recipients.shown.as_str());
        Failure::hinted(
            say!("cli-preview-no-row", row = row, file = file),
            say!("cli-preview-rows"),
        )
    })?;
    let content = message.content.to_vec();
    let text = shown(&content).unwrap_or_else(|| String::from_utf8_lossy(&content).into_owned());
    written(std::io::stdout().lock().write_all(text.as_bytes()))?;
    if let Some(why) = suppressed {
        // A closed stderr is nothing to fail for.
        let words = terminal::words(&say!("cli-preview-suppressed", list = why));
        let _ = writeln!(anstream::stderr().lock(), "{words}");
    }
    Ok(End::Complete)
}

/// The message decoded: headers, text, and what else there is.
fn shown(content: &[u8]) -> Option<String> {
    let message = MessageParser::new().parse(content)?;
    let mut shown = String::new();
    for header in message.headers() {
        let name = header.name();
        let value = match header.value() {
            mail_parser::HeaderValue::Address(address) => addresses(address),
            mail_parser::HeaderValue::Text(text) => text.to_string(),
            mail_parser::HeaderValue::DateTime(date) => date.to_rfc822(),
            mail_parser::HeaderValue::TextList(_)
            | mail_parser::HeaderValue::ContentType(_)
            | mail_parser::HeaderValue::Received(_)
            | mail_parser::HeaderValue::Empty => {
                message.header_raw(name).unwrap_or_default().trim().to_owned()
            }
        };
        shown.push_str(&format!("{name}: {value}\n"));
    }
    shown.push('\n');
    if let Some(text) = message.body_text(0) {
        shown.push_str(&text.replace("\r\n", "\n"));
        shown.push('\n');
    }
    shown.push_str("--\n");
    for part in &message.parts {
        if part.is_multipart() {
            continue;
        }
        let kind = part.content_type().map_or_else(
            || "text/plain".to_owned(),
            |t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or("plain")),
        );
        let name = part
            .attachment_name()
            .map(|n| format!("  {n}"))
            .unwrap_or_default();
        let size = Arg::Size(part.len() as u64).in_lang(terminal::lang());
        shown.push_str(&format!("{kind}  {size}{name}\n"));
    }
    let all = say!("cli-preview-in-all", size = Arg::Size(content.len() as u64));
    shown.push_str(&terminal::words(&all));
    shown.push('\n');
    Some(shown)
}

fn addresses(address: &mail_parser::Address<'_>) -> String {
    let one = |a: &mail_parser::Addr<'_>| match (a.name(), a.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (_, address) => address.unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}
