//! Leftovers in a cell that should have been filled in or calculated.

/// Whether a cell holds a tag, which goes out as it is: cells are values.
pub(super) fn in_cell(cell: &str) -> bool {
    memchr::memchr(b'{', cell.as_bytes()).is_some() && ["{{", "{%"].iter().any(|tag| cell.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_hold_tags_or_failed_formulas_are_told() {
        assert!(in_cell("Dear {{ name }}") && in_cell("{% if x %}"));
        assert!(!in_cell("{name}") && !in_cell("100 %"));
    }
}
