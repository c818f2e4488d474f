//! The face, used as other programs use it.
