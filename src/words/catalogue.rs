//! The messages, read once for each language.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::lang::Lang;

/// The files of a language, one for each room or part of one.
macro_rules! files {
    ($lang:literal) => {
        files!($lang; "cli" "cli-advice" "cli-check" "cli-commands" "cli-end" "cli-relay" "cli-run" "cli-status" "words" "explain"
            "storage" "smtp" "sandbox" "campaign" "campaign-secret" "table" "table-json" "table-database" "table-workbook" "render" "recipients" "audience"
            "message" "delivery" "userdata" "ledger" "report"
            "check" "check-relay" "check-dns"
            "import" "run" "api")
    };
    (seldom $lang:literal) => {
        files!($lang; "help" "usage" "cli-new" "cli-inbox" "inbox" "campaign-file" "presets"
            "explain-campaign" "explain-list" "explain-content" "explain-relay" "explain-dns" "explain-end"
            "check-spf" "check-dmarc" "check-dkim" "inbox-fetch")
    };
    ($lang:literal; $($file:literal)+) => { [$(include_str!(concat!($lang, "/", $file, ".ftl"))),+] };
}

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| read(Lang::En, &files!("en")));
static ZH: LazyLock<Bundle> = LazyLock::new(|| read(Lang::Zh, &files!("zh")));

/// What only `help`, `explain`, `new` and `check --dns` say: long, so that other commands do not read it at their start.
static EN_SELDOM: LazyLock<Bundle> = LazyLock::new(|| read(Lang::En, &files!(seldom "en")));
static ZH_SELDOM: LazyLock<Bundle> = LazyLock::new(|| read(Lang::Zh, &files!(seldom "zh")));

fn read(lang: Lang, files: &[&str]) -> Bundle {
    let name: &[u8] = match lang {
        Lang::En => b"en",
        Lang::Zh => b"zh",
    };
    let name = LanguageIdentifier::from_bytes(name).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![name]);
    // The marks around arguments are for mixed directions of writing, and show in some terminals.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(n) if n.value >= 0.0 => Some(thousands(n.value as u64)),
        FluentValue::String(_)
        | FluentValue::Number(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }));
    for text in files {
        // What does not parse is left out here, and found by the test of the catalogue.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A message, or an attribute of one (`id.attribute`), with its arguments. An id that the catalogue
/// does not have shows as itself.
pub(super) fn format<'a>(lang: Lang, id: &str, args: &[(&'static str, FluentValue<'a>)]) -> String {
    found(lang, id, args).unwrap_or_else(|| id.to_owned())
}

/// A message without arguments whose id is combined from names (`help-send`), where there is one.
#[must_use]
pub fn named(id: &str, lang: Lang) -> Option<String> {
    found(lang, id, &[])
}

fn found<'a>(lang: Lang, id: &str, args: &[(&'static str, FluentValue<'a>)]) -> Option<String> {
    let (usual, seldom) = match lang {
        Lang::En => (&EN, &EN_SELDOM),
        Lang::Zh => (&ZH, &ZH_SELDOM),
    };
    let (name, attribute) = match id.split_once('.') {
        Some((name, attribute)) => (name, Some(attribute)),
        None => (id, None),
    };
    let bundle: &Bundle = if usual.has_message(name) { usual } else { seldom };
    let message = bundle.get_message(name);
    let pattern = message.and_then(|message| match attribute {
        Some(attribute) => message.get_attribute(attribute).map(|a| a.value()),
        None => message.value(),
    });
    let pattern = pattern?;
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        values.set(*name, arg.clone());
    }
    let words = bundle.format_pattern(pattern, Some(&values), &mut Vec::new());
    Some(words.into_owned())
}

/// `1,234,567`.
pub(super) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
