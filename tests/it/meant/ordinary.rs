//! Spreadsheets and newsletters of ordinary people check without a false alarm.
