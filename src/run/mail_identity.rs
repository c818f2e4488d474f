//! What tells one mail without a list from another.

use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::campaign::{AddressField, MessageTemplate};
use crate::recipients::unnamed;

use super::prepare::Prepared;

/// What makes a mail this one; `None` for a campaign with a list.
pub(super) fn identity(prepared: &Prepared) -> Option<String> {
    let to = prepared.campaign.recipients.only.as_ref()?;
    let row = prepared.audience.row(1).ok().flatten().and_then(Result::ok);
    let key = row.and_then(|row| {
        let addressed = prepared.audience.addressed(&row, &unnamed).ok()?;
        Some(addressed.recipient.key.to_string())
    });
    let mut parts = vec![format!("to {}", key.unwrap_or_else(|| to.value.clone()))];
    let input = |path: &Path| prepared.composer.inputs().find(|input| input.path == path);
    for template in prepared.campaign.message.templates() {
        parts.extend(match template {
            MessageTemplate::Address(AddressField::To, _) => None,
            MessageTemplate::Address(field, text) => Some(format!("{} {}", field.key(), text.value)),
            MessageTemplate::Subject(text) => Some(format!("subject {}", text.value)),
            MessageTemplate::Body(body, file) => {
                let holds = input(&file.path).map(|input| HEXLOWER.encode(&input.digest));
                Some(format!("{} {}", body.key(), holds.unwrap_or_default()))
            }
            MessageTemplate::File { file, .. } => {
                let name = Path::new(&file.path.value).file_name().unwrap_or_default();
                Some(format!("file {}", name.to_string_lossy()))
            }
            // No flag gives them.
            MessageTemplate::Header(..)
            | MessageTemplate::UnsubscribeUrl(_)
            | MessageTemplate::UnsubscribeMailto(_) => None,
        });
    }
    parts.extend(
        prepared
            .composer
            .inputs()
            .map(|input| HEXLOWER.encode(&input.digest)),
    );
    parts.sort();
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    Some(HEXLOWER.encode(digest.get(..16).unwrap_or_default()))
}
