//! Which mailing is the latest, and which are mails without a list.

/// The part of the content that tells a mail without a list from others. The hash of a file that is
/// called so is shorter.
pub const MAIL: &str = "mail";

macro_rules! is_mail {
    () => {
        "coalesce(length(json_extract(content, '$.mail')) = 32, 0)"
    };
}

/// Whether a mailing is such a mail: a condition on its columns.
pub(super) const IS_MAIL: &str = is_mail!();

/// The id of the latest mailing: the last one that was begun; of mails, the one that the last run was
/// about, because each is gone on with for itself.
pub(super) const LATEST: &str = concat!(
    "SELECT coalesce(
    (SELECT id FROM mailing WHERE abandoned_at IS NULL AND ",
    is_mail!(),
    "
        AND id = (SELECT mailing FROM run ORDER BY id DESC LIMIT 1)),
    (SELECT max(id) FROM mailing WHERE abandoned_at IS NULL))"
);
