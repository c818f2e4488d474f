//! Invitations, links and headers made of cells.
