//! Signatures a second: ours beside lettre's own, over the same message with keys of the same
//! kind, in turn for a moment each, so that both meet the machine in the same mood.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use lettre::Message;
use lettre::message::dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig};
use lettre::message::dkim::{DkimSigningAlgorithm, DkimSigningKey};
use lettre::message::header::HeaderName;
use lettre::message::{Mailbox, MultiPart};
use mailshot::inside::{Content, KeyKind, Signer, Signing, generate_key, now};
use mailshot::{Campaign, Environment};
use rayon::prelude::*;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, LineEnding};
use secrecy::ExposeSecret;
use serde_json::json;

use super::Result;

const DOMAIN: &str = "uni.example";

/// How long one of them goes on before it is another's turn.
const TURN: Duration = Duration::from_millis(200);

/// Signatures between two looks at the clock.
const AT_ONCE: usize = 64;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A campaign that is not signed; its first message is.
    campaign: PathBuf,
    /// Seconds for each of them.
    #[arg(long)]
    seconds: f64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let campaign = Campaign::load(&arguments.campaign, &Environment::of_process())?;
    let content = campaign.message(2)?.ok_or("the campaign has no row 2")?;
    let content = Content::new(content, Vec::new());
    let (rsa, ed25519) = (generate_key(KeyKind::Rsa)?, generate_key(KeyKind::Ed25519)?);
    let signing = |key: &str| {
        Ok::<_, Box<dyn std::error::Error>>(Signing::new(vec![Signer::new(DOMAIN, "s1", key)?], Vec::new()))
    };
    let (by_rsa, by_ed25519) = (signing(rsa.expose_secret())?, signing(ed25519.expose_secret())?);
    // lettre reads PKCS#1 alone.
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(rsa.expose_secret())?.to_pkcs1_pem(LineEnding::LF)?;
    let lettres = lettres(&content)?;
    let config = config(&key)?;

    let ours = |signing: &Signing| {
        let mut content = content.clone();
        signing.sign(&mut content, now()).is_ok()
    };
    let mut one_core = Rate::default();
    let mut all_cores = Rate::default();
    let mut ed25519_one_core = Rate::default();
    let mut lettre = Rate::default();
    let began = Instant::now();
    while began.elapsed().as_secs_f64() < 4.0 * arguments.seconds {
        one_core.turn(|| (0..AT_ONCE).all(|_| ours(&by_rsa)))?;
        lettre.turn(|| {
            (0..AT_ONCE).all(|_| {
                let mut message = lettres.clone();
                message.sign(&config);
                message.headers().get_raw("DKIM-Signature").is_some()
            })
        })?;
        all_cores.turn(|| (0..AT_ONCE).into_par_iter().all(|_| ours(&by_rsa)))?;
        ed25519_one_core.turn(|| (0..AT_ONCE).all(|_| ours(&by_ed25519)))?;
    }
    println!(
        "{}",
        json!({
            "rsa": one_core.a_second(), "rsa_all_cores": all_cores.a_second(),
            "ed25519": ed25519_one_core.a_second(), "lettre": lettre.a_second(), "octets": content.len(),
        })
    );
    Ok(())
}

#[derive(Default)]
struct Rate {
    count: usize,
    time: Duration,
}

impl Rate {
    /// Signs for a while.
    fn turn(&mut self, some: impl Fn() -> bool) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < TURN {
            if !some() {
                return Err("a message was not signed".into());
            }
            self.count += AT_ONCE;
        }
        self.time += began.elapsed();
        Ok(())
    }

    fn a_second(&self) -> f64 {
        self.count as f64 / self.time.as_secs_f64()
    }
}

/// The same message as lettre builds it.
fn lettres(content: &Content) -> Result<Message> {
    let octets = content.to_vec();
    let parsed = mail_parser::MessageParser::new()
        .parse(&octets)
        .ok_or("our own message cannot be read")?;
    let mailbox = |name: &str| -> Result<Mailbox> {
        Ok(parsed
            .header_raw(name)
            .ok_or("a header is missing")?
            .trim()
            .parse()?)
    };
    let text = |body: Option<std::borrow::Cow<'_, str>>| body.map(|b| b.into_owned()).unwrap_or_default();
    Ok(Message::builder()
        .from(mailbox("From")?)
        .to(mailbox("To")?)
        .subject(parsed.subject().unwrap_or_default())
        .message_id(None)
        .multipart(MultiPart::alternative_plain_html(
            text(parsed.body_text(0)),
            text(parsed.body_html(0)),
        ))?)
}

/// Relaxed, and the headers that ours finds in the message.
fn config(key: &str) -> Result<DkimConfig> {
    let headers = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
    ];
    Ok(DkimConfig::new(
        "s1".to_owned(),
        DOMAIN.to_owned(),
        DkimSigningKey::new(key, DkimSigningAlgorithm::Rsa)?,
        headers.into_iter().map(HeaderName::new_from_ascii_str).collect(),
        DkimCanonicalization {
            header: DkimCanonicalizationType::Relaxed,
            body: DkimCanonicalizationType::Relaxed,
        },
    ))
}
