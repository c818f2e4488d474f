//! A campaign's templates and files -> the composer of its messages, and their audience.

use std::sync::{Arc, OnceLock};

use crate::audience::{Audience, Selection};
use crate::campaign::{Campaign, MessageTemplate, Problem, Problems, Reserved};
use crate::recipients::{Addressing, Key, TOKEN};
use crate::render::Compiler;
use crate::table::Header;
use crate::words::say;

use super::attachments::Attachments;
use super::bodies::Bodies;
use super::compose::{Composer, HeaderTemplate};
use super::fields;
use super::identity::MailingId;
use super::layout::{Boundaries, Layout};
use super::unsubscribe::Unsubscribe;

/// Compiles every template of a campaign and reads the shared attachments: who its messages are for,
/// and what composes them. What is reserved goes into none.
///
/// # Errors
/// Everything that is wrong with them, together.
pub fn compile(
    campaign: &Campaign,
    header: &Arc<Header>,
    reserved: Reserved,
) -> Result<(Audience, Composer), Problems> {
    let reserved = Arc::new(reserved);
    let plan = &campaign.message;
    let compiler = Compiler::new(&campaign.folder).of_list(&campaign.recipients);
    let mut compiler = compiler.guarded(Arc::clone(&reserved)).naming(header);
    let mut problems = Problems::default();
    let mut addresses = Vec::new();
    let mut subject = None;
    let mut headers = Vec::new();
    let mut bodies = Bodies::new(plan.inline_css, header);
    let mut unsubscribe = plan.unsubscribe.as_ref().map(Unsubscribe::new);
    let mut attachments = Attachments::new(header, campaign, reserved);
    for template in plan.templates() {
        match template {
            MessageTemplate::Subject(text) => subject = Some(compiler.text(text)),
            MessageTemplate::Header(name, text) => {
                let shape = fields::shape(name);
                let id = if shape.takes_values_apart() {
                    compiler.marked(text)
                } else {
                    compiler.text(text)
                };
                headers.push(HeaderTemplate {
                    name: name.to_owned(),
                    shape,
                    id,
                    place: text.place.clone(),
                });
            }
            MessageTemplate::Address(field, text) => addresses.push((field, text)),
            MessageTemplate::File { file, cid } => attachments.add(&mut compiler, file, cid),
            MessageTemplate::Body(body, file) => bodies.add(&mut compiler, campaign, body, file),
            MessageTemplate::UnsubscribeUrl(text) => {
                let url = compiler.marked(text);
                unsubscribe.iter_mut().for_each(|fields| fields.url = Some(url));
            }
            MessageTemplate::UnsubscribeMailto(text) => {
                let mailto = compiler.marked(text);
                unsubscribe
                    .iter_mut()
                    .for_each(|fields| fields.mailto = Some(mailto));
            }
        }
    }
    for page in compiler.pages() {
        attachments.look_at(&page);
    }
    let addressing = Addressing::compile(&mut compiler, &addresses, &campaign.recipients, header)
        .map_err(|p| problems.0.extend(p.0))
        .ok();
    let selection = Selection::compile(campaign, header)
        .map_err(|p| problems.0.extend(p.0))
        .ok();
    let lost = attachments.picture_problems().to_vec();
    let attachments = attachments.finish().map_err(|p| problems.0.extend(p.0)).ok();
    let templates = compiler
        .finish(header, &campaign.name)
        .map_err(|p| problems.0.extend(p.0))
        .ok();
    if let (Some(plan), Some(templates)) = (&plan.unsubscribe, &templates)
        && templates.uses(TOKEN)
        && header.position(TOKEN).is_some()
    {
        problems.push(
            Problem::error(say!("message-token-column", file = &*header.file))
                .code("token-column")
                .at(plan.place.clone())
                .help(say!("message-token-column-hint")),
        );
    }
    match (addressing, selection, subject, attachments, templates) {
        (Some(addressing), Some(selection), Some(subject), Some(attachments), Some(templates))
            if !problems.has_errors() =>
        {
            let templates = Arc::new(templates);
            let audience = Audience::new(
                &campaign.recipients,
                Arc::clone(&templates),
                addressing,
                selection,
            );
            let composer = Composer {
                templates,
                subject,
                bodies,
                headers,
                unsubscribe,
                dsn: plan.dsn,
                attachments,
                campaign: campaign.name.clone(),
                layout: Layout::new(&Boundaries::of(
                    &MailingId::of_dry_run(""),
                    &Key::typed(""),
                    true,
                    true,
                )),
                from: OnceLock::new(),
            };
            Ok((audience, composer))
        }
        _ => {
            problems.0.extend(lost);
            Err(problems)
        }
    }
}
