//! Text that is broken before it comes here.
