//! Identifies a server by the first words of the relay: the result is the same for all its ports
//! and machines, and changes when the server is replaced.

/// What is kept of it.
const LONGEST: usize = 120;

/// Words that change with the day, where a greeting tells the time.
const DAYS: [&str; 19] = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
    "sep", "oct", "nov", "dec",
];

/// The words of a greeting without what differs each time or between machines: names are taken by
/// their domain, and numbers, dates and ids are left out.
pub(super) fn server(greeting: &str) -> String {
    let words = greeting.split_whitespace().filter_map(lasting);
    let mut server: String = words.collect::<Vec<_>>().join(" ");
    let end = server.floor_char_boundary(LONGEST);
    server.truncate(end);
    server
}

fn lasting(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut labels = word.rsplitn(3, '.');
    let domain = match (labels.next(), labels.next()) {
        (Some(last), Some(before)) => format!("{before}.{last}"),
        _ => word,
    };
    let changes = domain.contains(|c: char| c.is_ascii_digit()) || DAYS.contains(&domain.as_str());
    (!domain.is_empty() && !changes).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_and_days_make_no_difference_and_servers_do() {
        for (one, other) in [
            (
                "mx1.uni.example ESMTP Exim 4.96 Fri, 27 Nov 2026 01:40:23 +0000",
                "mx2.uni.example ESMTP Exim 4.98 Tue, 01 Dec 2026 10:00:00 +0100",
            ),
            (
                "smtp.mail.example ESMTP 5b1f17b1804b1-48e52 - gsmtp",
                "smtp.mail.example ESMTP ffacd0b85a97d-4521a9 - gsmtp",
            ),
            ("alpha.out.mail.example ready", "beta.out.mail.example ready"),
        ] {
            assert_eq!(server(one), server(other));
        }
        assert_eq!(
            server("mx1.uni.example ESMTP Exim 4.96 Fri, 27 Nov 2026 01:40:23 +0000"),
            "uni.example esmtp exim"
        );
        assert_ne!(
            server("mx.uni.example ESMTP chasquid"),
            server("mx.uni.example ESMTP Postfix (Debian/GNU)")
        );
        assert_eq!(server(""), "");
        assert_eq!(server(&"é".repeat(100)).len(), LONGEST);
    }
}
