//! Codes of number formats that have a number.

/// The code of a format that has a number and is not written in the file (ECMA-376 part 1,
/// §18.8.30). Some depend on the computer that shows them: the short date is written as in ISO
/// 8601, the currency is left out, and those of East Asia are those of Chinese programs.
pub(super) fn of_number(id: u32) -> &'static str {
    match id {
        5..=8 => "#,##0.00",
        14 | 30 => "yyyy-mm-dd",
        22 => "yyyy-mm-dd hh:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        37 | 38 => "#,##0 ;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        _ => "",
    }
}
