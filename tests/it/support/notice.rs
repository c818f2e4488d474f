//! The campaign that tests of sending share: a short notice to people of example.org.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::bench::Bench;
use super::peer::Peer;

/// `people.csv` with these people: `p0001@example.org,Person 1`.
pub(crate) fn people(numbers: RangeInclusive<usize>) -> String {
    numbers.fold("email,name\n".to_owned(), |mut rows, number| {
        writeln!(rows, "{},Person {number}", address(number)).ok();
        rows
    })
}

/// The address of one of them.
pub(crate) fn address(number: usize) -> String {
    format!("p{number:04}@example.org")
}

/// `mailshot.toml` with these lines in its relay's table; more tables may follow.
pub(crate) fn campaign(relay: &str) -> String {
    format!(
        "[recipients]\nfile = 'people.csv'\n\n\
         [message]\nfrom = 'Registrar <registrar@uni.example>'\nto = '{{{{ name }}}} <{{{{ email }}}}>'\n\
         subject = 'Room change, {{{{ name }}}}'\ntext = 'notice.txt'\n\n\
         [relay.here]\n{relay}\n"
    )
}

/// The notice to so many people through a peer, with more lines for its relay.
pub(crate) fn bench(peer: &Peer, count: usize, relay: &str) -> Bench {
    through(&format!("server = '{}'\n{relay}", peer.url()), count)
}

/// The notice to so many people through a relay of these lines.
pub(crate) fn through(relay: &str, count: usize) -> Bench {
    Bench::new()
        .campaign(&campaign(relay))
        .csv("people.csv", people(1..=count))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        )
}
