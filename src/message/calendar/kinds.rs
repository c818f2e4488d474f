//! Which property has values of which type (RFC 5545 §3.8, RFC 7986).

/// What the value of a property is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// TEXT, one.
    Text,
    /// TEXT, several with commas between them.
    Texts,
    /// TEXT of a property that nobody here knows: what the template says stays as it is.
    Other,
    /// One of these words.
    Word(&'static [&'static str]),
    Uri,
    Person,
    /// DATE-TIME or DATE, one or several.
    When,
    Whens,
    /// DATE-TIME in UTC.
    Stamp,
    Rule,
    Duration,
    /// INTEGER from the first to the second.
    Integer(i64, i64),
    Geo,
    /// It stays as it is; what is filled in is one line.
    Plain,
}

const EVENT_STATUS: &[&str] = &[
    "TENTATIVE",
    "CONFIRMED",
    "CANCELLED",
    "NEEDS-ACTION",
    "COMPLETED",
    "IN-PROCESS",
    "DRAFT",
    "FINAL",
];

/// The properties that are known, by name.
const KNOWN: [(&str, Kind); 53] = [
    ("ACKNOWLEDGED", Kind::Stamp),
    ("ACTION", Kind::Plain),
    ("ATTACH", Kind::Uri),
    ("ATTENDEE", Kind::Person),
    ("BEGIN", Kind::Plain),
    ("CALSCALE", Kind::Plain),
    ("CATEGORIES", Kind::Texts),
    ("CLASS", Kind::Plain),
    ("COLOR", Kind::Text),
    ("COMMENT", Kind::Text),
    ("COMPLETED", Kind::Stamp),
    ("CONFERENCE", Kind::Uri),
    ("CONTACT", Kind::Text),
    ("CREATED", Kind::Stamp),
    ("DESCRIPTION", Kind::Text),
    ("DTEND", Kind::When),
    ("DTSTAMP", Kind::Stamp),
    ("DTSTART", Kind::When),
    ("DUE", Kind::When),
    ("DURATION", Kind::Duration),
    ("END", Kind::Plain),
    ("EXDATE", Kind::Whens),
    ("EXRULE", Kind::Rule),
    ("FREEBUSY", Kind::Plain),
    ("GEO", Kind::Geo),
    ("IMAGE", Kind::Uri),
    ("LAST-MODIFIED", Kind::Stamp),
    ("LOCATION", Kind::Text),
    ("METHOD", Kind::Plain),
    ("NAME", Kind::Text),
    ("ORGANIZER", Kind::Person),
    ("PERCENT-COMPLETE", Kind::Integer(0, 100)),
    ("PRIORITY", Kind::Integer(0, 9)),
    ("PRODID", Kind::Text),
    ("RDATE", Kind::Whens),
    ("RECURRENCE-ID", Kind::When),
    ("REFRESH-INTERVAL", Kind::Duration),
    ("RELATED-TO", Kind::Text),
    ("REPEAT", Kind::Integer(0, i32::MAX as i64)),
    ("REQUEST-STATUS", Kind::Other),
    ("RESOURCES", Kind::Texts),
    ("RRULE", Kind::Rule),
    ("SEQUENCE", Kind::Integer(0, i32::MAX as i64)),
    ("SOURCE", Kind::Uri),
    ("STATUS", Kind::Word(EVENT_STATUS)),
    ("SUMMARY", Kind::Text),
    ("TRANSP", Kind::Word(&["OPAQUE", "TRANSPARENT"])),
    ("TRIGGER", Kind::Duration),
    ("TZID", Kind::Text),
    ("TZURL", Kind::Uri),
    ("UID", Kind::Text),
    ("URL", Kind::Uri),
    ("VERSION", Kind::Plain),
];

/// Whether a property is one of those.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|(known, _)| *known == name)
}

/// Those that an event has once at most (RFC 5545 §3.6.1).
pub(super) const ONCE: [&str; 19] = [
    "DTSTAMP",
    "UID",
    "DTSTART",
    "CLASS",
    "CREATED",
    "DESCRIPTION",
    "GEO",
    "LAST-MODIFIED",
    "LOCATION",
    "ORGANIZER",
    "PRIORITY",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "URL",
    "RECURRENCE-ID",
    "DTEND",
    "DURATION",
];

/// The type of a property's value; `value` is what the template says it is (VALUE=).
pub(super) fn of(name: &str, value: Option<&str>) -> Kind {
    let known = KNOWN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| *kind);
    match (value.map(str::to_ascii_uppercase).as_deref(), known) {
        (None | Some("DATE" | "DATE-TIME"), Some(kind @ (Kind::When | Kind::Whens | Kind::Stamp))) => kind,
        (Some("DATE-TIME"), Some(Kind::Duration)) => Kind::Stamp,
        (Some("DATE" | "DATE-TIME"), _) => Kind::When,
        (Some("URI"), _) => Kind::Uri,
        (Some("CAL-ADDRESS"), _) => Kind::Person,
        (Some("TEXT"), Some(Kind::Texts)) => Kind::Texts,
        (Some("TEXT"), Some(_)) => Kind::Text,
        (Some("RECUR"), _) => Kind::Rule,
        (Some("DURATION"), _) => Kind::Duration,
        (Some("PERIOD" | "BINARY" | "BOOLEAN" | "FLOAT" | "TIME" | "UTC-OFFSET" | "INTEGER"), None) => {
            Kind::Plain
        }
        (Some("PERIOD" | "BINARY" | "BOOLEAN" | "FLOAT" | "TIME" | "UTC-OFFSET"), Some(_)) => Kind::Plain,
        (_, Some(kind)) => kind,
        (_, None) => Kind::Other,
    }
}
