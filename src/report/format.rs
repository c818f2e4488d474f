//! The formats of the report: one line here and one file beside this one for each.

use std::io::Write;

use super::failure::ReportError;
use super::rows::Rows;

/// A form is called as its file is, and that file writes it.
macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident = $file:ident,)+) => {
        /// A form of the report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Format {
            $($(#[$doc])* $format,)+
        }

        impl Format {
            /// Every form there is.
            pub const ALL: &[Self] = &[$(Self::$format,)+];

            /// What it is called.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$format => stringify!($file),)+
                }
            }

            /// Writes rows in this form.
            ///
            /// # Errors
            /// The ledger cannot be read, or `out` not written.
            pub fn write(self, rows: &Rows<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
                match self {
                    $(Self::$format => super::$file::write(rows, out),)+
                }
            }
        }
    };
}

formats! {
    /// The user's own file with what became of each row, for spreadsheets.
    Csv = csv,
    /// One array, one object a row, for programs.
    Json = json,
}

impl Format {
    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::ledger::{Reader, Status};

    /// A mailing that is going on, with every kind of row in it.
    fn reader(folder: &std::path::Path) -> Reader {
        let path = folder.join("notice.db");
        let ledger = Connection::open(&path).unwrap();
        ledger
            .execute_batch(include_str!("../../tests/ledgers/version-3/ledger.sql"))
            .unwrap();
        let hostile =
            "UPDATE recipient SET reply = '=1+1' || char(10) || '\"\u{202e}' WHERE status = 'rejected'";
        ledger.execute(hostile, []).unwrap();
        Reader::open(&path).unwrap()
    }

    /// Takes this many octets.
    struct Small(usize);

    impl Write for Small {
        fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::ErrorKind::StorageFull.into());
            }
            let taken = octets.len().min(self.0);
            self.0 -= taken;
            Ok(taken)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_form_has_all_rows_or_those_asked_for_and_fails_with_its_output() {
        let folder = tempfile::tempdir().unwrap();
        let reader = reader(folder.path());
        let (mailing, ..) = reader.mailing(Some(3)).unwrap().unwrap();
        for format in Format::ALL.iter().copied() {
            assert_eq!(Format::named(format.name()), Some(format));
            let written = |only: Option<&[Status]>| {
                let mut out = Vec::new();
                format.write(&Rows::of(&reader, mailing, only), &mut out).unwrap();
                out
            };
            let has = |out: &[u8], text: &str| {
                let found = out.windows(text.len()).any(|octets| octets == text.as_bytes());
                (found, format.name(), text.to_owned())
            };
            let all = written(None);
            for cell in ["王小明", "fay@example.org", "Karate", "2.0.0 taken", "in_doubt"] {
                assert_eq!(has(&all, cell), (true, format.name(), cell.to_owned()));
            }
            let rejected = written(Some(&[Status::Rejected]));
            let names = [("Cyd", true), ("王小明", true), ("Ada", false), ("Gil", false)];
            for (name, expected) in names {
                assert_eq!(has(&rejected, name), (expected, format.name(), name.to_owned()));
            }
            let nobody = written(Some(&[Status::Bounced]));
            assert!(!has(&nobody, "example.org").0, "{}", format.name());
            for room in [0, all.len() / 2, all.len() - 1] {
                let full = format.write(&Rows::of(&reader, mailing, None), &mut Small(room));
                assert!(
                    matches!(&full, Err(ReportError::Stream(source)) if source.kind() == std::io::ErrorKind::StorageFull),
                    "{} in {room} octets: {full:?}",
                    format.name()
                );
            }
        }
    }
}
