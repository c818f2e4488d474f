//! Loading a list into a mailing that already had one.

use roaring::RoaringTreemap;

/// A list that is loaded again.
pub(super) struct Reloading {
    /// The header of the rows that were there, as JSON.
    pub(super) columns: String,
    /// The numbers of the new rows so far.
    pub(super) loaded: RoaringTreemap,
}
