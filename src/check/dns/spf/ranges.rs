//! The addresses in an SPF record, and how many there are of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Nobody sends from this many own IPv4 addresses (a /8), nor from this many IPv6 addresses (a
/// /16).
const OPEN: (u128, u128) = (1 << 24, 1 << 112);

/// Addresses of networks of one's own (RFC 1918, RFC 4193), of links and of the computer itself.
const OWN: [(IpAddr, u8); 7] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
    (IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)), 10),
];

/// A block of addresses; those of IPv4 as numbers of 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    six: bool,
    first: u128,
    last: u128,
}

impl Range {
    /// The block around an address.
    pub(super) fn of(address: IpAddr, prefix: u8) -> Self {
        let (six, number, bits) = match address {
            IpAddr::V4(address) => (false, u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (true, u128::from(address), 128),
        };
        let rest = match bits - u32::from(prefix).min(bits) {
            128 => u128::MAX,
            free => (1 << free) - 1,
        };
        let first = number & !rest;
        Self {
            six,
            first,
            last: first | rest,
        }
    }

    /// How many addresses it holds.
    pub(super) fn size(self) -> u128 {
        (self.last - self.first).saturating_add(1)
    }

    /// Whether all of it is for networks of one's own, where nothing comes from to other receivers.
    pub(super) fn inner(self) -> bool {
        let own = OWN.iter().map(|(address, prefix)| Self::of(*address, *prefix));
        own.into_iter()
            .any(|own| own.six == self.six && own.first <= self.first && self.last <= own.last)
    }

    /// Whether these are more addresses than anybody sends from, each counted once.
    pub(super) fn open(ranges: impl IntoIterator<Item = Self>) -> bool {
        let mut ranges: Vec<Self> = ranges.into_iter().collect();
        ranges.sort_unstable();
        let mut sizes = (0_u128, 0_u128);
        let mut before: Option<Self> = None;
        for mut range in ranges {
            if let Some(before) = before.filter(|before| before.six == range.six) {
                if range.last <= before.last {
                    continue;
                }
                range.first = range.first.max(before.last.saturating_add(1));
            }
            let size = if range.six { &mut sizes.1 } else { &mut sizes.0 };
            *size = size.saturating_add(range.size());
            before = Some(range);
        }
        sizes.0 >= OPEN.0 || sizes.1 >= OPEN.1
    }

    /// Whether there are some, and all of them are in one block of these or in several that meet.
    pub(super) fn all_in(ranges: &[Self], of: &[Self]) -> bool {
        let mut of = of.to_vec();
        of.sort_unstable();
        let mut whole: Vec<Self> = Vec::new();
        for range in of {
            match whole.last_mut() {
                Some(last) if last.six == range.six && range.first <= last.last.saturating_add(1) => {
                    last.last = last.last.max(range.last);
                }
                Some(_) | None => whole.push(range),
            }
        }
        let within =
            |range: &Self, of: &Self| of.six == range.six && of.first <= range.first && range.last <= of.last;
        !ranges.is_empty()
            && ranges
                .iter()
                .all(|range| whole.iter().any(|of| within(range, of)))
    }

    /// Whether a block of this prefix around any one address holds that many.
    pub(super) fn open_around(four: u8, six: u8) -> bool {
        Self::open([
            Self::of(Ipv4Addr::UNSPECIFIED.into(), four),
            Self::of(Ipv6Addr::UNSPECIFIED.into(), six),
        ])
    }
}

/// The length of a prefix: digits without a zero in front, at most `most`.
pub(super) fn prefix(text: &str, most: u8) -> Option<u8> {
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let plain = digits && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|length| plain && *length <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_counted_once() {
        let range = |text: &str| {
            let (address, length) = text.split_once('/').unwrap();
            Range::of(address.parse().unwrap(), length.parse().unwrap())
        };
        for (ranges, open) in [
            (&["0.0.0.0/0"][..], true),
            (&["::/0"], true),
            (&["0.0.0.0/1", "128.0.0.0/1"], true),
            (&["203.0.0.0/8"], true),
            (&["198.0.0.0/9", "203.0.0.0/9"], true),
            (&["198.0.0.0/9", "198.0.0.0/9", "198.64.0.0/10"], false),
            (&["198.0.0.0/9", "198.51.100.0/24"], false),
            (&["2001:db8::/32", "198.51.0.0/16"], false),
            (&["2000::/3"], true),
            (&["2001::/16"], true),
            (&["2001::/17"], false),
            (&["255.255.255.255/32", "ffff::/128"], false),
            (&[], false),
        ] {
            assert_eq!(Range::open(ranges.iter().copied().map(range)), open, "{ranges:?}");
        }
        for (ranges, of, all) in [
            (
                &["192.0.2.0/24"][..],
                &["192.0.2.128/25", "192.0.2.0/25"][..],
                true,
            ),
            (
                &["192.0.2.9/32", "2001:db8::/48"],
                &["192.0.2.0/24", "2001:db8::/32"],
                true,
            ),
            (&["192.0.2.0/23"], &["192.0.2.0/24"], false),
            (&["192.0.2.0/24"], &["::/0"], false),
            (&[], &["192.0.2.0/24"], false),
        ] {
            let read = |ranges: &[&str]| ranges.iter().copied().map(range).collect::<Vec<_>>();
            assert_eq!(Range::all_in(&read(ranges), &read(of)), all, "{ranges:?} {of:?}");
        }
        for (text, inner) in [
            ("10.0.0.0/8", true),
            ("192.168.7.9/32", true),
            ("fd00::/8", true),
            ("10.0.0.0/7", false),
            ("192.0.2.0/24", false),
            ("2001:db8::/32", false),
        ] {
            assert_eq!(range(text).inner(), inner, "{text}");
        }
        assert!(Range::open_around(0, 128) && Range::open_around(32, 0) && Range::open_around(8, 128));
        assert!(!Range::open_around(9, 17));
    }

    #[test]
    fn a_prefix_is_a_number_within_its_address() {
        for (text, most, length) in [
            ("0", 32, Some(0)),
            ("32", 32, Some(32)),
            ("128", 128, Some(128)),
            ("33", 32, None),
            ("024", 32, None),
            ("", 32, None),
            ("24x", 32, None),
            ("+24", 32, None),
            ("300", 128, None),
        ] {
            assert_eq!(prefix(text, most), length, "{text}");
        }
    }
}
