//! Cells of workbooks are what the sheet shows.
