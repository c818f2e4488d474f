//! Who `{{ verp }}` in the address of an answer is: `bounces+ada=example.org@uni.example`.

use crate::recipients::Key;

/// The addresses that may be meant, as keys are: the longest first. What is before them is
/// separated by `+` or `-`, which addresses have in them, too.
pub(super) fn meant(envelope_to: &str) -> Vec<String> {
    let Some((local, _)) = envelope_to.rsplit_once('@') else {
        return Vec::new();
    };
    let starts = std::iter::once(0).chain(local.match_indices(['+', '-']).map(|(at, _)| at + 1));
    starts
        .filter_map(|start| {
            let (user, domain) = local.get(start..)?.rsplit_once('=')?;
            let address: lettre::Address = format!("{user}@{domain}").parse().ok()?;
            Some(Key::of_address(&address).as_str().to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_behind_each_separator_may_be_meant() {
        assert_eq!(
            meant("bounces+Bob+x=Example.org@uni.example"),
            ["bounces+bob+x@example.org", "bob+x@example.org", "x@example.org"]
        );
        assert_eq!(meant("bounces@uni.example"), [""; 0]);
        assert_eq!(meant("x"), [""; 0]);
        assert_eq!(meant("b-a=b=example.org@uni.example")[1], "a=b@example.org");
    }
}
