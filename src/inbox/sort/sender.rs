//! Who a mail is from: a mail system, or a person.

use super::address::{all_of, first_of, is_same};
use super::fields::Fields;

/// Local parts of mail systems, without dots, hyphens and underscores.
const DAEMONS: [&str; 32] = [
    "mailerdaemon",
    "maildaemon",
    "mailerd",
    "daemon",
    "mdaemon",
    "postmaster",
    "postmast",
    "postoffice",
    "mailer",
    "mailsystem",
    "maildelivery",
    "maildeliverysubsystem",
    "maildeliverysystem",
    "mailadmin",
    "mailadministrator",
    "systemadministrator",
    "sysadmin",
    "mta",
    "smtp",
    "uucp",
    "bounce",
    "bounces",
    "mailrobot",
    "notesdaemon",
    "smtplink",
    "mmdf",
    "administrator",
    "symantecantivirusforsmtpgateways",
    "virusalert",
    "mailgateway",
    "e500smtpmailservice",
    "majordomoowner",
];

/// Parts of the local parts of programs.
const PROGRAMS: [&str; 13] = [
    "reply", "admin", "master", "mail", "daemon", "system", "server", "robot", "notif", "deliver", "bounce",
    "smtp", "staff",
];

/// Names that mail systems give themselves, in lower case.
const NAMES: [&str; 36] = [
    "mailer-daemon",
    "mailer daemon",
    "mail delivery",
    "mail deliver",
    "delivery subsystem",
    "delivery system",
    "mail system",
    "mail administrator",
    "mail router",
    "mail gateway",
    "mail server",
    "mailserver",
    "postmaster",
    "post master",
    "postoffice",
    "system administrator",
    "systemadministrator",
    "system attendant",
    "systemadministratör",
    "microsoft outlook",
    "microsoft exchange",
    "internet mail",
    "message router",
    "e-mail delivery",
    "email delivery",
    "delivery notification",
    "interscan",
    "administrateur système",
    "administrador del sistema",
    "administrador de sistema",
    "administrador do sistema",
    "amministratore di sistema",
    "системный администратор",
    "システム管理者",
    "系统管理员",
    "系统退信",
];

/// The sender of a mail, as its header tells.
#[derive(Debug)]
pub(super) struct Sender {
    pub(super) address: Option<String>,
    /// It calls itself a mail system.
    pub(super) is_daemon: bool,
    /// It wants no report about this mail itself: `Return-Path: <>`.
    pub(super) is_null: bool,
    /// The header says whether it does.
    pub(super) has_path: bool,
    /// The mail answers another.
    pub(super) answers: bool,
}

impl Sender {
    pub(super) fn of(fields: &Fields) -> Self {
        let from = fields.first("from").unwrap_or_default();
        let address = first_of(from);
        let path = fields.first("return-path").map(str::trim);
        let local = path.and_then(|path| path.trim_matches(['<', '>']).split('@').next());
        let path_is_daemon = local.is_some_and(|local| local.eq_ignore_ascii_case("mailer-daemon"));
        let name = from.split('<').next().unwrap_or_default().to_lowercase();
        let unaddressed = address.is_none() && {
            let plain = plain_local(from.trim_matches(['<', '>', '"', ' ']));
            from.trim().is_empty() || from.trim() == "<>" || DAEMONS.contains(&plain.as_str())
        };
        let by_address = address.as_deref().is_some_and(is_daemon_address);
        let by_name = NAMES.iter().any(|known| name.contains(known));
        Self {
            is_daemon: by_address || by_name || unaddressed,
            is_null: matches!(path, Some("<>" | "")) || path_is_daemon,
            has_path: path.is_some(),
            answers: fields.has("in-reply-to") || fields.has("references"),
            address,
        }
    }
}

impl Sender {
    /// Whether its address may be a program's, which says nothing against a person.
    pub(super) fn may_be_system(&self) -> bool {
        let local = self
            .address
            .as_deref()
            .map(|address| plain_local(address.split('@').next().unwrap_or_default()));
        local.is_none_or(|local| PROGRAMS.iter().any(|part| local.contains(part)))
    }
}

/// Whether an address is a mail system's: by its local part.
pub(super) fn is_daemon_address(address: &str) -> bool {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let plain = plain_local(local);
    DAEMONS.contains(&plain.as_str())
        // Exchange's own: a name and 32 hexadecimal digits.
        || plain.starts_with("microsoftexchange")
}

fn plain_local(local: &str) -> String {
    local
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// The addresses that a mail went to, each once, in the order of these fields.
pub(super) fn envelope_to(fields: &Fields) -> Vec<String> {
    let mut to: Vec<String> = Vec::new();
    for name in [
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "x-delivered-to",
        "to",
    ] {
        for value in fields.all(name) {
            for address in all_of(value) {
                let address = super::address::without_batv(&address).to_owned();
                if !to.iter().any(|known| is_same(known, &address)) && to.len() < 50 {
                    to.push(address);
                }
            }
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_systems_are_known_by_address_or_name() {
        let daemon = |from: &str| Sender::of(&Fields::of_text(&format!("From: {from}\n"))).is_daemon;
        for from in [
            "MAILER-DAEMON@x.test (Mail Delivery System)",
            "Mail Delivery Subsystem <MAILER-DAEMON>",
            "<>",
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.test>",
            "PostMaster@qq.test",
            "post_master@x.test",
            "System Administrator <a@x.test>",
        ] {
            assert!(daemon(from), "{from}");
        }
        for from in [
            "Ada <ada@x.test>",
            "bounce-news@x.test",
            "\"Daemon Black\" <dblack@x.test>",
        ] {
            assert!(!daemon(from), "{from}");
        }
    }

    #[test]
    fn the_mail_went_to_these() {
        let fields =
            Fields::of_text("Delivered-To: prvs=123=bounces+x@y.test\nTo: Bounces+x@y.test, <z@y.test>\n");
        assert_eq!(envelope_to(&fields), ["bounces+x@y.test", "z@y.test"]);
    }
}
