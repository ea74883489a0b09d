//! Rows read by the shape of earlier rows.
//!
//! Programs write one object after the other in the same order, so what stands between
//! the values is known from the row before. A [`Shape`] is that: the bytes between the
//! values, in their order. A row has the shape if every byte outside its values is the
//! same and every value is whole and plain (no escapes, no objects, no arrays but those
//! of the shape); then its values are what a parser would find. Any other row is parsed.
//!
//! ```text
//! {"id":"12","posts_count":7}
//! ------  -----------------  -    the shape, with three pieces
//! ```

use std::ops::Range;

use memchr::memchr2;

/// What stands in the place of a wanted value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plain<'a> {
    /// The key is not there.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// A text without escapes, as it stands between its quotation marks. Whether it is
    /// UTF-8 without control characters, as JSON has it, is for whoever reads it.
    Text(&'a [u8]),
    /// A number, `true` or `false`.
    Word(&'a [u8]),
}

/// The shape of a row.
#[derive(Clone, Debug)]
pub struct Shape {
    /// All bytes that are not values.
    between: Vec<u8>,
    /// Per value: what stands before it, and which of the wanted values it is.
    values: Vec<(Range<usize>, Option<usize>)>,
    /// What stands behind the last value.
    end: Range<usize>,
}

/// Deeper rows are parsed.
const DEEPEST: usize = 8;

impl Shape {
    /// The shape of a row that was parsed and is valid JSON; `None` where a key is written
    /// with an escape, or the row is nested deeper than rows of followers are.
    ///
    /// `wanted` are the paths of the values that are to be read: `id`, `status.created_at`.
    pub fn of(row: &[u8], wanted: &[&str]) -> Option<Self> {
        let mut shape = Self {
            between: Vec::with_capacity(row.len()),
            values: Vec::new(),
            end: 0..0,
        };
        // The keys of the objects around the present place; nothing for an array.
        let mut around: Vec<Option<&[u8]>> = Vec::new();
        let (mut at, mut start) = (0, 0);
        while let Some(&byte) = row.get(at) {
            let rest = row.get(at..)?;
            let length = match byte {
                b'{' | b'[' => {
                    around.push((byte == b'{').then_some(b"".as_slice()));
                    if around.len() > DEEPEST {
                        return None;
                    }
                    1
                }
                b'}' | b']' => {
                    around.pop()?;
                    1
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => 1,
                _ => {
                    let length = length_of_value(rest)?;
                    let behind = row.get(at + length..)?.trim_ascii_start();
                    if byte == b'"' && behind.first() == Some(&b':') {
                        *around.last_mut()? = Some(row.get(at + 1..at + length - 1)?);
                        length
                    } else {
                        let path = wanted.iter().position(|path| is_at(&around, path));
                        shape.values.push((start..shape.between.len(), path));
                        start = shape.between.len();
                        at += length;
                        continue;
                    }
                }
            };
            shape.between.extend_from_slice(rest.get(..length)?);
            at += length;
        }
        shape.end = start..shape.between.len();
        Some(shape)
    }

    /// Whether the key of a wanted value is there.
    pub fn has(&self, wanted: usize) -> bool {
        self.values.iter().any(|&(_, place)| place == Some(wanted))
    }

    /// Reads the values of the row that begins here into `plain`, which is as long as the
    /// wanted values and empty, and gives the length of the row; `None` where it is not of
    /// this shape.
    #[inline]
    pub fn read<'a>(&self, bytes: &'a [u8], plain: &mut [Plain<'a>]) -> Option<usize> {
        let mut rest = bytes;
        for (before, wanted) in &self.values {
            rest = rest.strip_prefix(self.between.get(before.clone())?)?;
            let (value, length) = match rest.first()? {
                b'"' => {
                    let text = rest.get(1..)?;
                    let end = match text.get(20) {
                        // So long is a date, which is seen without a search.
                        Some(b'"') if text.first_chunk::<20>().is_some_and(is_plain) => 20,
                        _ => memchr2(b'"', b'\\', text)?,
                    };
                    let text = text.get(..end)?;
                    if rest.get(end + 1) != Some(&b'"') || wanted.is_none() && has_control(text) {
                        return None;
                    }
                    (Plain::Text(text), end + 2)
                }
                b'n' => {
                    rest.strip_prefix(b"null")?;
                    (Plain::Null, 4)
                }
                _ => {
                    let length = length_of_value(rest)?;
                    (Plain::Word(rest.get(..length)?), length)
                }
            };
            if let Some(wanted) = *wanted {
                let place = plain.get_mut(wanted)?;
                // A key that comes twice is for the parser.
                if *place != Plain::Absent {
                    return None;
                }
                *place = value;
            }
            rest = rest.get(length..)?;
        }
        let rest = rest.strip_prefix(self.between.get(self.end.clone())?)?;
        Some(bytes.len() - rest.len())
    }
}

/// Whether a text has characters that JSON allows only as escapes.
#[inline]
pub fn has_control(text: &[u8]) -> bool {
    text.iter()
        .fold(false, |found, &byte| found | (byte < b' '))
}

#[inline]
fn is_plain(text: &[u8; 20]) -> bool {
    text.iter().fold(true, |plain, &byte| {
        plain & (byte != b'"') & (byte != b'\\')
    })
}

/// Whether the keys around a value are those of a path, from the outermost object on.
fn is_at(around: &[Option<&[u8]>], path: &str) -> bool {
    around
        .iter()
        .copied()
        .eq(path.split('.').map(|key| Some(key.as_bytes())))
}

/// The length of the text, number or word that begins here, if it is a valid one without
/// escapes.
#[inline]
fn length_of_value(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'"' => {
            let end = 1 + memchr2(b'"', b'\\', text.get(1..)?)?;
            (text.get(end) == Some(&b'"')).then_some(end + 1)
        }
        b'n' => text.starts_with(b"null").then_some(4),
        b't' => text.starts_with(b"true").then_some(4),
        b'f' => text.starts_with(b"false").then_some(5),
        _ => length_of_number(text),
    }
}

/// The length of a number as JSON writes it.
#[inline]
fn length_of_number(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let sign = usize::from(text.first() == Some(&b'-'));
    let whole = digits(sign);
    if whole == 0 || whole > 1 && text.get(sign) == Some(&b'0') {
        return None;
    }
    let mut at = sign + whole;
    if text.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return None;
        }
        at += exponent;
    }
    Some(at)
}
