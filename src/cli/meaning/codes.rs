//! Every code that is explained, in the order in which they are listed.

use crate::words::Said;

/// A code, and the messages of the catalogue that explain it.
#[derive(Debug)]
pub(super) struct Code {
    /// As programs read it.
    pub(super) name: &'static str,
    /// What it is, in a line.
    title: &'static str,
    means: &'static str,
    why: &'static str,
    what_to_do: &'static str,
}

/// Codes of one kind.
#[derive(Debug)]
pub(super) struct Group {
    /// The name of its page in docs/findings.
    #[cfg_attr(not(test), expect(dead_code, reason = "the pages are made by a test"))]
    pub(super) name: &'static str,
    title: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "the pages are made by a test"))]
    about: &'static str,
    pub(super) codes: &'static [Code],
}

/// Declares the groups with their codes.
macro_rules! groups {
    ($($group:literal: $($code:literal)+;)+) => {
        /// All codes.
        pub(super) static GROUPS: &[Group] = &[$(Group {
            name: $group,
            title: concat!("explain-group-", $group),
            about: concat!("explain-group-", $group, ".about"),
            codes: &[$(Code {
                name: $code,
                title: concat!("explain-", $code, ".title"),
                means: concat!("explain-", $code, ".means"),
                why: concat!("explain-", $code, ".why"),
                what_to_do: concat!("explain-", $code, ".do"),
            }),+],
        }),+];
    };
}

groups! {
    "campaign":
        "campaign-file" "template" "empty-template" "template-size" "template-time" "unknown-column"
        "two-meanings" "whole-row" "token-column" "group-differs" "yes-or-no" "no-earlier-mailing" "no-status" "attachment"
        "header-value" "control-character" "unsubscribe-address" "calendar" "gate" "row" "other";
    "list":
        "recipients-file" "encoding" "header" "sheet" "query" "number-format" "unticked-rows"
        "stray-cells" "below-table" "ragged-row" "not-text" "not-json" "duplicate-key" "unreadable-cell"
        "formula-without-value" "several-sheets" "hidden-rows" "hidden-columns" "merged-cells" "no-rows"
        "no-address-column" "bad-address" "duplicate-recipients" "not-a-date" "not-a-number"
        "division-by-zero" "empty-cell" "formula-error" "lost-digits" "broken-text" "domain-typo"
        "look-alike" "language";
    "message":
        "unused-column" "missing-text-part" "unsafe-value" "leftover" "empty-greeting" "empty-subject"
        "clipped-html" "image-without-alt" "link-without-words" "relative-link" "relative-image"
        "insecure-link" "insecure-image" "embedded-image" "svg-image" "picture-missing" "picture-unused"
        "unencoded-link";
    "filters":
        "no-words" "parts-differ" "hidden-text" "link-shows-other-host" "link-to-ip" "link-shortener"
        "fake-reply" "shouting-subject" "no-reply-sender" "list-id-missing" "one-click-by-hand";
    "relay":
        "relay-unusable" "user-missing" "port-of-another-way" "from-not-account" "from-of-another-provider"
        "from-not-aligned" "one-click-without-dkim" "over-size" "over-quota" "takes-days" "preset-old"
        "receiver-rules";
    "dns":
        "sender-domain-missing" "mx-sender" "mx-return-path" "mx-reply-to" "mx-unsubscribe"
        "sender-unsubscribe-host" "sender-unanswered" "sender-incomplete" "recipient-domain-missing"
        "recipient-unanswered" "recipient-incomplete" "spf-missing" "spf-invalid" "spf-loop"
        "spf-lookups" "spf-void" "spf-names" "spf-ptr" "spf-behind-all" "spf-none-may-send" "spf-open"
        "spf-relay" "dkim-record-missing" "dkim-record-misplaced" "dkim-record-cut"
        "dkim-record-differs" "dkim-record-invalid" "dkim-record-revoked" "dkim-record-several"
        "dkim-record-testing" "dmarc-missing" "dmarc-invalid" "dmarc-unaligned" "dmarc-by-relay"
        "dmarc-unaligned-bulk";
    "statuses":
        "pending" "accepted" "rejected" "deferred" "in_doubt" "invalid" "suppressed" "duplicate" "bounced";
    "reasons":
        "done" "left_rejected" "left_deferred" "left_in_doubt" "usage" "campaign" "findings" "secret"
        "login" "relay_refuses" "relay_down" "quota" "signal" "breaker" "max_failures" "inputs_changed"
        "ledger" "ledger_replaced" "locked" "internal";
    "exit-codes":
        "0" "1" "2" "3" "4";
}

/// A message without arguments.
fn said(id: &'static str) -> Said {
    Said::new(id, Vec::new())
}

impl Group {
    pub(super) fn title(&self) -> Said {
        said(self.title)
    }

    #[cfg(test)]
    pub(super) fn about(&self) -> Said {
        said(self.about)
    }
}

impl Code {
    /// The code that is written so, give or take capitals, `-` and `_`.
    pub(super) fn named(asked: &str) -> Option<&'static Self> {
        let plain = |name: &str| name.trim().to_ascii_lowercase().replace('_', "-");
        let asked = plain(asked);
        let mut all = GROUPS.iter().flat_map(|group| group.codes);
        all.find(|code| plain(code.name) == asked)
    }

    pub(super) fn title(&self) -> Said {
        said(self.title)
    }

    /// What it means, why it matters and what to do. A line that begins with two blanks is there to be
    /// pasted.
    pub(super) fn parts(&self) -> [Said; 3] {
        [self.means, self.why, self.what_to_do].map(said)
    }
}
