//! JSON as exports come in: arrays, pages, one object a line; one row at a time.
//!
//! A row is cut out by its brackets and quotes alone and parsed afterwards, in the
//! adapter. So a row that is wrong in itself (a lone surrogate, bytes that are no
//! UTF-8, a number that no type holds) is set aside and the rest goes on; only a file
//! that breaks off, or that is no JSON between its rows, ends the reading. Memory holds
//! one row, never the file.
//!
//! ```text
//! [ row, row ]                                 Row
//! {"users": [ row, row ], "next_cursor": 0}    Row, Row, Page without its list
//! row ⏎ row ⏎ broken ⏎ row                     Row, Row, Broken, Row
//! ```
//!
//! Any of these may come several times one after the other, one a line or not, and an
//! array may hold pages or arrays.

mod cut;
mod guess;
mod lines;
pub mod outline;
#[cfg(test)]
mod tests;
pub mod value;

use super::container::Member;
use crate::error::Result;
use cut::{Cutter, Fault, is_lines};
pub use guess::{Plain, has_control};
pub use lines::{Format, read_rows};
use value::{Checked, Reason};

/// Where the rows are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    /// Whether the JSON stands behind an assignment: `window.YTD.follower.part0 = [`.
    pub assigned: bool,
    /// The keys of a page under which a list of rows stands.
    pub lists: &'static [&'static str],
    /// The keys that make an object a page although it has none of the lists.
    pub marks: &'static [&'static str],
}

/// A piece of a file, as its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// A row, and the list that it stands in; `""` outside a page.
    Row(&'static str, &'a [u8]),
    /// A page with `null` in the place of its lists, after the rows of them.
    Page(&'a [u8]),
    /// A line that is no JSON, among lines that are.
    Broken,
}

/// What takes the pieces.
pub type Sink<'a> = dyn FnMut(Part<'_>) -> Result<()> + 'a;

/// The reason under which an adapter counts [`Part::Broken`] and every row that does
/// not parse at all.
pub const BROKEN_ROW: Reason = "row: expected one account as valid JSON in UTF-8";

/// Streams a file into `sink`, piece by piece.
///
/// # Errors
/// The file cannot be read, breaks off, or is no JSON between its rows; and whatever
/// `sink` fails with.
pub fn read(member: &Member, shape: Shape, sink: &mut Sink<'_>) -> Result<()> {
    cut(member, shape, false, sink)
}

/// As [`read`], with the lists and marks in objects within objects too: one big object
/// of many sections. Other lists are passed over; the page has `null` in their place.
///
/// # Errors
/// As [`read`].
pub fn read_nested(member: &Member, shape: Shape, sink: &mut Sink<'_>) -> Result<()> {
    cut(member, shape, true, sink)
}

fn cut(member: &Member, shape: Shape, nested: bool, sink: &mut Sink<'_>) -> Result<()> {
    let lines = !shape.assigned && member.read(|reader| is_lines(reader, &member.name))?;
    let mut rows = 0;
    let outcome = member.read(|reader| {
        let mut sink = |part: Part<'_>| {
            rows += u64::from(!matches!(part, Part::Page(_)));
            sink(part)
        };
        let mut cutter = Cutter::new(reader, shape);
        cutter.nested = nested;
        let outcome = if lines {
            cutter.white().and_then(|()| cutter.lines(&mut sink))
        } else {
            cutter.document(&mut sink)
        };
        Ok(outcome)
    })?;
    outcome.map_err(|fault| fault.error(&member.name, rows + 1))
}

/// Parses a row.
///
/// # Errors
/// [`BROKEN_ROW`], where it is no JSON or of another shape.
pub fn parse<'a, T: serde::Deserialize<'a>>(bytes: &'a [u8]) -> Checked<T> {
    // Serde would take an array for the fields of an object, in their order.
    match bytes {
        [b'{', ..] => serde_json::from_slice(bytes).map_err(|_| BROKEN_ROW),
        _ => Err(BROKEN_ROW),
    }
}

/// Whether a page names a next one under `key`; `None` without `mark`, by which a page of
/// the platform is told from one that somebody put together.
pub fn names_next(page: &[u8], key: &str, mark: &str) -> Option<bool> {
    let page: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(page).ok()?;
    page.get(mark)?;
    Some(match page.get(key) {
        None | Some(serde_json::Value::Null) => false,
        Some(serde_json::Value::String(text)) => !matches!(text.as_str(), "" | "0"),
        Some(number) => number.as_i64() != Some(0),
    })
}

/// Parses a small file whole: one object, behind an assignment or not.
///
/// # Errors
/// As [`read`].
pub fn read_whole<T: serde::de::DeserializeOwned>(member: &Member, shape: Shape) -> Result<T> {
    let mut whole = None;
    read(member, shape, &mut |part| {
        if let Part::Row(_, bytes) = part {
            whole = parse(bytes).ok();
        }
        Ok(())
    })?;
    whole.ok_or_else(|| Fault::Syntax.error(&member.name, 1))
}
