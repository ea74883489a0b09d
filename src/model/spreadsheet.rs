//! Cells that no spreadsheet program takes for a formula.

use std::borrow::Cow;

/// What a formula, or a command of old, may begin with.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A text cell with an apostrophe before what would begin a formula, as before text in
/// these programs.
///
/// # Examples
/// ```
/// use dormouse::model::spreadsheet::guarded;
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("1+1"), "1+1");
/// ```
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell without the apostrophe of [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}
