//! The columns that templates test for yes or no.

use std::sync::{Arc, OnceLock};

use crate::table::Columns;

/// They are known when the header is, and the engines are made before.
pub(in crate::render) type Asked = Arc<OnceLock<Columns>>;
