//! Which character separates the cells: `,`, `;` (where the comma is the
//! decimal point) or a tab.

use super::records::Records;

const CANDIDATES: [u8; 3] = [b',', b';', b'\t'];

/// The delimiter that splits the first rows most evenly into most cells; a
/// comma when nothing splits them (a file with one column).
pub(super) fn detect(start: &[u8]) -> u8 {
    CANDIDATES
        .into_iter()
        .filter_map(|delimiter| score(start, delimiter).map(|score| (score, delimiter)))
        .fold(
            (0.0, b','),
            |best, next| if next.0 > best.0 { next } else { best },
        )
        .1
}

/// How well a delimiter explains the rows: the share of rows as wide as the
/// header, then the width. Quoted cells are taken apart as such, so a comma
/// in a name does not count.
fn score(start: &[u8], delimiter: u8) -> Option<f64> {
    let mut records = Records::new(start, delimiter);
    let mut cells = Vec::new();
    records.next(&mut cells).ok()??;
    let width = cells.len();
    if width < 2 {
        return None;
    }
    let (mut rows, mut even) = (0_u32, 0_u32);
    while rows < 100 {
        match records.next(&mut cells) {
            Ok(Some(_)) => {
                rows += 1;
                even += u32::from(cells.len() == width);
            }
            Ok(None) | Err(_) => break,
        }
    }
    // The last row may be cut off by the end of the sample.
    let share = if rows <= 1 {
        1.0
    } else {
        f64::from(even) / f64::from(rows)
    };
    let width = f64::from(u32::try_from(width).unwrap_or(u32::MAX));
    Some(share * 1000.0 + width.min(999.0))
}
