//! Languages, accents and file names that are one to the eye.
