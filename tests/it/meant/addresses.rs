//! Addresses as people and their programs write them, and lists of who left.
