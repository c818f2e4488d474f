//! `mailshot`.

fn main() {}
