//! Whether a style hides an element: the ways in which programs and people hide a preheader, or
//! content that is only for phones.

/// Whether an element with a style is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It is.
    Seen,
    /// Nothing of it is.
    Hidden,
    /// Its words have no size; those of elements in it that have one of their own are seen.
    WithoutSize,
}

/// Further to the left than any screen is wide.
const FAR_AWAY: f32 = -900.0;

/// What an attribute `style` means for the sight of its element.
pub fn sight(style: &str) -> Sight {
    let mut gone = [false; 5];
    let mut flat = [false; 3];
    let (mut cut, mut placed, mut small, mut pictured) = (false, false, false, false);
    let mut away = [false; 2];
    for (name, value) in declarations(style) {
        let is = |property: &str| name.eq_ignore_ascii_case(property);
        let says = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
        let zero = || number(value) == Some(0.0);
        let far = || number(value).is_some_and(|at| at <= FAR_AWAY);
        if is("display") {
            gone[0] = says(&["none"]);
        } else if is("visibility") {
            gone[1] = says(&["hidden", "collapse"]);
        } else if is("mso-hide") {
            gone[2] = says(&["all"]);
        } else if is("opacity") {
            gone[3] = zero();
        } else if is("text-indent") {
            gone[4] = far();
        } else if is("max-height") {
            flat[0] = zero();
        } else if is("height") {
            flat[1] = zero();
        } else if is("max-width") {
            flat[2] = zero();
        } else if is("overflow") {
            cut = says(&["hidden", "clip"]);
        } else if is("position") {
            placed = says(&["absolute", "fixed"]);
        } else if is("left") {
            away[0] = far();
        } else if is("top") {
            away[1] = far();
        } else if is("background") || is("background-image") {
            pictured |= value.contains("url(");
        } else if is("font-size") {
            let of_the_font = value.ends_with("em") || value.ends_with('%');
            small = number(value).is_some_and(|size| size == 0.0 || (size <= 1.0 && !of_the_font));
        }
    }
    // Words far away from a picture are those of the picture.
    gone[4] &= !pictured;
    if gone.contains(&true) || (cut && flat.contains(&true)) || (placed && away.contains(&true)) {
        Sight::Hidden
    } else if small {
        Sight::WithoutSize
    } else {
        Sight::Seen
    }
}

/// Names and values of a style, without `!important`, in the case that they are written in.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim(), value.split('!').next().unwrap_or_default().trim()))
    })
}

/// The number of a length.
fn number(value: &str) -> Option<f32> {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    digits.parse().ok()
}
