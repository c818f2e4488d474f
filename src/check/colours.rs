//! Colours of words and of their background, as far as elements give them.

use super::tags::Start;

/// A colour, if it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Shade {
    /// Worked out elsewhere, or a picture.
    #[default]
    Unknown,
    /// No colour at all.
    Clear,
    /// Red, green, blue.
    Of([u8; 3]),
}

/// How much the parts of two colours may differ, of 255, if nobody can see the difference.
const NEAR: u8 = 8;

impl Shade {
    /// Whether words of this colour are not to be seen on a ground of that one.
    pub(super) fn is_like(self, ground: Self) -> bool {
        match (self, ground) {
            (Self::Clear, _) => true,
            (Self::Of(words), Self::Of(ground)) => words
                .iter()
                .zip(ground)
                .all(|(part, other)| part.abs_diff(other) <= NEAR),
            (Self::Unknown | Self::Of(_), _) => false,
        }
    }
}

/// The colour that an element gives to its words.
pub(super) fn colour(tag: &Start<'_>, style: &str) -> Option<Shade> {
    let of_style = last(style, |name| name == "color").filter(|value| value != "inherit");
    let of_tag = || match tag.name.as_str() {
        "font" => tag.attribute("color"),
        "body" => tag.attribute("text"),
        _ => None,
    };
    of_style
        .map(|value| shade(&value))
        .or_else(|| of_tag().map(|value| shade(&value.to_ascii_lowercase())))
}

/// What an element puts behind its words.
pub(super) fn ground(tag: &Start<'_>, style: &str) -> Option<Shade> {
    let is_ground = |name: &str| matches!(name, "background" | "background-color" | "background-image");
    let painted = tag
        .attribute("background")
        .is_some_and(|picture| !picture.is_empty());
    let lower = style.to_ascii_lowercase();
    if painted || lower.contains("url(") || lower.contains("gradient(") {
        return Some(Shade::Unknown);
    }
    let of_style =
        last(style, is_ground).filter(|value| !matches!(value.as_str(), "none" | "inherit" | "initial"));
    let found = of_style.map(|value| shade(&value)).or_else(|| {
        tag.attribute("bgcolor")
            .map(|value| shade(&value.to_ascii_lowercase()))
    });
    // Through one without a colour shows what is behind it.
    found.filter(|shade| *shade != Shade::Clear)
}

/// The last value of such a property, in small letters.
fn last(style: &str, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
    let mut found = None;
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        if is_wanted(name.trim().to_ascii_lowercase().as_str()) {
            let value = value.split('!').next().unwrap_or_default();
            found = Some(value.trim().to_ascii_lowercase());
        }
    }
    found
}

/// A colour as it is written.
fn shade(value: &str) -> Shade {
    let value = value.trim();
    if value == "transparent" {
        return Shade::Clear;
    }
    if let Some(digits) = value.strip_prefix('#') {
        return hex(digits);
    }
    if let Some(parts) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let parts: Vec<u8> = parts
            .split([',', ' '])
            .filter_map(|part| part.trim().parse().ok())
            .collect();
        return <[u8; 3]>::try_from(parts).map_or(Shade::Unknown, Shade::Of);
    }
    match value {
        "white" => Shade::Of([255, 255, 255]),
        "black" => Shade::Of([0, 0, 0]),
        "red" => Shade::Of([255, 0, 0]),
        "blue" => Shade::Of([0, 0, 255]),
        "yellow" => Shade::Of([255, 255, 0]),
        "gray" | "grey" => Shade::Of([128, 128, 128]),
        "silver" => Shade::Of([192, 192, 192]),
        "whitesmoke" => Shade::Of([245, 245, 245]),
        "snow" => Shade::Of([255, 250, 250]),
        _ => Shade::Unknown,
    }
}

fn hex(digits: &str) -> Shade {
    let digits: Vec<u8> = digits
        .chars()
        .map_while(|c| c.to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .collect();
    match digits[..] {
        [r, g, b] => Shade::Of([r * 17, g * 17, b * 17]),
        [r, rr, g, gg, b, bb] => Shade::Of([r * 16 + rr, g * 16 + gg, b * 16 + bb]),
        _ => Shade::Unknown,
    }
}
