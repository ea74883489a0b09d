//! Files of one object a line, read side by side and by the shape of earlier lines.

use memchr::{memchr, memrchr};

use super::cut::{Cutter, Fault, LONGEST, is_lines};
use super::guess::{Plain, Shape as RowShape};
use super::{Part, Shape};
use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::intake::Intake;
use crate::ingest::stretches::{self, Stream};
use crate::model::evidence::Field;

/// How a format says its followers as JSON objects.
pub struct Format {
    /// Where the rows are.
    pub shape: Shape,
    /// The paths of the values that are read: `id`, `status.created_at`.
    pub wanted: &'static [&'static str],
    /// The field that each of them is.
    pub fields: &'static [Field],
    /// The follower whose wanted values are these, in the order of `wanted`; `None` where
    /// a value is not of the most usual kind, and the row is to be parsed.
    pub expected: for<'a> fn(&[Plain<'a>]) -> Option<Follower<'a>>,
    /// Takes any part of a file, parsing it.
    pub careful: fn(Part<'_>, &mut Intake<'_>) -> Result<()>,
}

/// Most shapes that are tried before a row is parsed.
const SHAPES: usize = 4;

/// Reads a file of a format.
///
/// # Errors
/// As [`super::read`].
pub fn read_rows(member: &Member, format: &Format, intake: &mut Intake<'_>) -> Result<()> {
    let name = &member.name;
    if !member.read(|reader| is_lines(reader, name))? {
        return super::read(member, format.shape, &mut |part| {
            (format.careful)(part, intake)
        });
    }
    let cut = |bytes: &[u8]| match memrchr(b'\n', bytes) {
        Some(end) => end + 1,
        None if bytes.len() < LONGEST => 0,
        None => bytes.len(),
    };
    member.read(|reader| {
        let stream = Stream::new(reader, name, cut);
        stretches::read_stream(stream, member.size(), intake, &|bytes, intake| {
            Lines::new(format, name).read(bytes, intake)
        })
    })
}

/// Reads the lines of a stretch.
struct Lines<'f> {
    format: &'f Format,
    name: &'f str,
    /// The shapes of earlier lines, the last one that fitted in front, and whether the
    /// intake knows of their fields.
    shapes: Vec<(RowShape, bool)>,
}

impl<'f> Lines<'f> {
    fn new(format: &'f Format, name: &'f str) -> Self {
        Self {
            format,
            name,
            shapes: Vec::new(),
        }
    }

    fn read(&mut self, bytes: &[u8], intake: &mut Intake<'_>) -> Result<()> {
        let mut plain = vec![Plain::Absent; self.format.wanted.len()];
        let mut rest = bytes;
        while !rest.is_empty() {
            if let Some((follower, length)) = self.expected(rest, &mut plain, intake) {
                intake.follower(&follower)?;
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, behind) = rest.split_at_checked(end).unwrap_or((rest, b""));
            self.careful(line, intake)?;
            rest = behind;
        }
        Ok(())
    }

    /// Reads a line that has the shape of an earlier one, and gives its length with its
    /// end.
    fn expected<'a>(
        &mut self,
        line: &'a [u8],
        plain: &mut Vec<Plain<'a>>,
        intake: &mut Intake<'_>,
    ) -> Option<(Follower<'a>, usize)> {
        for place in 0..self.shapes.len() {
            plain.fill(Plain::Absent);
            let (shape, is_known) = self.shapes.get_mut(place)?;
            let Some(length) = shape.read(line, plain) else {
                continue;
            };
            let end = match line.get(length..)? {
                [] => 0,
                [b'\n', ..] => 1,
                [b'\r', b'\n', ..] => 2,
                // More than one value in the line, or something else behind it.
                _ => return None,
            };
            let follower = (self.format.expected)(plain)?;
            if !*is_known {
                for (wanted, &field) in self.format.fields.iter().enumerate() {
                    if shape.has(wanted) {
                        intake.carries(&[field]);
                    }
                }
                *is_known = true;
            }
            if place > 0 {
                self.shapes.swap(0, place);
            }
            return Some((follower, length + end));
        }
        None
    }

    /// Reads any line, and learns its shape if it is one row that was read.
    fn careful(&mut self, mut line: &[u8], intake: &mut Intake<'_>) -> Result<()> {
        let whole = line.trim_ascii();
        let format = self.format;
        let mut learnt = None;
        let before = intake.set_aside_rows();
        let mut sink = |part: Part<'_>| {
            let row = match part {
                Part::Row(_, row) if row == whole => RowShape::of(row, format.wanted),
                _ => None,
            };
            (format.careful)(part, intake)?;
            learnt = row.filter(|_| intake.set_aside_rows() == before);
            Ok(())
        };
        let outcome = if line.len() < LONGEST {
            Cutter::new(&mut line, format.shape).line(&mut sink)
        } else {
            Err(Fault::TooLong)
        };
        match outcome {
            Err(Fault::BreaksOff | Fault::Syntax) => sink(Part::Broken)?,
            Err(fault) => return Err(fault.error(self.name, intake.rows() + 1)),
            Ok(()) => {}
        }
        if let Some(shape) = learnt {
            self.shapes.truncate(SHAPES - 1);
            self.shapes.insert(0, (shape, false));
        }
        Ok(())
    }
}
