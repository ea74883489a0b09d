//! Rows cut out of a stream of bytes by their brackets and quotes.

use std::io::{BufRead, Read};

use super::{Part, Shape, Sink};
use crate::error::{Error, Result};
use crate::ingest::container::unreadable;

/// The longest row, page without its list, or line: far beyond what platforms write.
pub(super) const LONGEST: usize = 64 << 20;

/// How many objects deep a nested list may stand.
const DEEPEST: usize = 4;

/// Whether every line is a value of its own: the second line opens as the first did,
/// and the first is more than its bracket.
pub(super) fn is_lines(reader: &mut dyn BufRead, name: &str) -> Result<bool> {
    let mut cutter = Cutter::new(reader, Shape::default());
    let mut look = || -> Cut<bool> {
        let Some(open @ (b'{' | b'[')) = cutter.peek()? else {
            return Ok(false);
        };
        cutter.bump();
        let mut last = open;
        loop {
            let chunk = cutter.chunk()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let line = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
            if let Some(&byte) = line.trim_ascii_end().last() {
                last = byte;
            }
            let length = end.map_or(chunk.len(), |end| end + 1);
            cutter.reader.consume(length);
            if end.is_some() {
                break;
            }
        }
        Ok(!matches!(last, b'{' | b'[' | b',') && cutter.peek()? == Some(open))
    };
    look().map_err(|fault| fault.error(name, 1))
}

/// Why cutting stops.
pub(super) enum Fault {
    /// The end comes before the last bracket.
    BreaksOff,
    /// Something else stands where a value, a comma or a bracket should.
    Syntax,
    /// A row beyond [`LONGEST`].
    TooLong,
    Unreadable(std::io::Error),
    /// What the sink failed with.
    Passed(Error),
}

pub(super) type Cut<T> = std::result::Result<T, Fault>;

impl Fault {
    pub(super) fn error(self, name: &str, row: u64) -> Error {
        let error = match self {
            Self::BreaksOff => Error::new(
                "ingest::truncated",
                format!("the file breaks off in row {row}: no bracket closes it"),
            ),
            Self::Syntax => Error::new(
                "ingest::broken",
                format!("this is no JSON from row {row} on"),
            ),
            Self::TooLong => Error::new(
                "ingest::broken",
                format!("row {row} does not end; expected less than 64 MiB a row"),
            ),
            Self::Unreadable(error) => return unreadable(name, &error),
            Self::Passed(error) => return error,
        };
        error
            .at(name)
            .help("download the export again, and do not open and save it in an editor")
    }
}

/// Cuts values out of a stream of bytes.
pub(super) struct Cutter<'r, R: BufRead + ?Sized> {
    reader: &'r mut R,
    shape: Shape,
    /// Whether lists are looked for in inner objects too; see [`super::read_nested`].
    pub(super) nested: bool,
    /// The row that is being cut out.
    row: Vec<u8>,
    /// The object that may turn out to be a page.
    page: Vec<u8>,
    /// Whether a line end was passed.
    line_end: bool,
}

impl<'r, R: BufRead + ?Sized> Cutter<'r, R> {
    pub(super) fn new(reader: &'r mut R, shape: Shape) -> Self {
        Self {
            reader,
            shape,
            nested: false,
            row: Vec::new(),
            page: Vec::new(),
            line_end: false,
        }
    }

    /// The bytes that are there; none at the end.
    fn chunk(&mut self) -> Cut<&[u8]> {
        self.reader.fill_buf().map_err(Fault::Unreadable)
    }

    fn bump(&mut self) {
        self.reader.consume(1);
    }

    /// Passes over white space, and over byte order marks, which stand where files were
    /// joined.
    pub(super) fn white(&mut self) -> Cut<()> {
        loop {
            let chunk = self.chunk()?;
            let is_white = |byte: &u8| byte.is_ascii_whitespace() || b"\xEF\xBB\xBF".contains(byte);
            let length = chunk.iter().position(|byte| !is_white(byte));
            let white = chunk.get(..length.unwrap_or(chunk.len())).unwrap_or(chunk);
            let (count, line_end) = (white.len(), white.contains(&b'\n'));
            self.line_end |= line_end;
            self.reader.consume(count);
            // No byte is left, or the next one is not white.
            if count == 0 || length.is_some() {
                return Ok(());
            }
        }
    }

    /// The next byte that is not white; it stays.
    fn peek(&mut self) -> Cut<Option<u8>> {
        self.white()?;
        Ok(self.chunk()?.first().copied())
    }

    fn expect(&mut self, byte: u8) -> Cut<()> {
        match self.peek()? {
            None => Err(Fault::BreaksOff),
            Some(found) if found == byte => {
                self.bump();
                Ok(())
            }
            Some(_) => Err(Fault::Syntax),
        }
    }

    /// One value after the other to the end of the file.
    pub(super) fn document(&mut self, sink: &mut Sink<'_>) -> Cut<()> {
        if self.shape.assigned {
            self.pass(b'=')?;
        }
        self.white()?;
        self.line_end = false;
        self.values(0, sink)?;
        if !self.line_end {
            self.white()?;
            if self.line_end && !self.shape.assigned {
                return self.lines(sink);
            }
        }
        loop {
            match self.peek()? {
                None => return Ok(()),
                Some(b';') => self.bump(),
                Some(b'{' | b'[') => self.values(0, sink)?,
                Some(_) => return Err(Fault::Syntax),
            }
        }
    }

    /// One line after the other; a line that is no JSON is reported and passed over.
    pub(super) fn lines(&mut self, sink: &mut Sink<'_>) -> Cut<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut *self.reader)
                .take(LONGEST as u64)
                .read_until(b'\n', &mut line)
                .map_err(Fault::Unreadable)?;
            if read == 0 {
                return Ok(());
            }
            if read == LONGEST {
                return Err(Fault::TooLong);
            }
            let mut bytes = line.as_slice();
            let mut cutter = Cutter {
                nested: self.nested,
                row: std::mem::take(&mut self.row),
                page: std::mem::take(&mut self.page),
                ..Cutter::new(&mut bytes, self.shape)
            };
            let outcome = cutter.line(sink);
            self.row = cutter.row;
            self.page = cutter.page;
            match outcome {
                Err(Fault::BreaksOff | Fault::Syntax) => {
                    sink(Part::Broken).map_err(Fault::Passed)?;
                }
                outcome => outcome?,
            }
        }
    }

    /// Nothing but values to the end.
    pub(super) fn line(&mut self, sink: &mut Sink<'_>) -> Cut<()> {
        loop {
            match self.peek()? {
                None => return Ok(()),
                Some(b'{' | b'[') => self.values(0, sink)?,
                Some(_) => return Err(Fault::Syntax),
            }
        }
    }

    /// A value that is a row, a page, or an array of them.
    fn values(&mut self, depth: usize, sink: &mut Sink<'_>) -> Cut<()> {
        match self.peek()? {
            Some(b'[') if depth < 2 => {
                self.array(sink, |cutter, sink| cutter.values(depth + 1, sink))
            }
            Some(b'{') if !self.shape.lists.is_empty() => self.object(sink),
            _ => self.row("", sink),
        }
    }

    fn array(
        &mut self,
        sink: &mut Sink<'_>,
        element: impl Fn(&mut Self, &mut Sink<'_>) -> Cut<()>,
    ) -> Cut<()> {
        self.expect(b'[')?;
        if self.peek()? == Some(b']') {
            self.bump();
            return Ok(());
        }
        loop {
            element(self, sink)?;
            match self.peek()? {
                None => return Err(Fault::BreaksOff),
                Some(b',') => self.bump(),
                Some(b']') => {
                    self.bump();
                    return Ok(());
                }
                Some(_) => return Err(Fault::Syntax),
            }
        }
    }

    /// A page if it has one of the lists, else a row.
    fn object(&mut self, sink: &mut Sink<'_>) -> Cut<()> {
        let mut object = std::mem::take(&mut self.page);
        object.clear();
        let outcome = self.members(&mut object, 0, sink).and_then(|is_page| {
            let part = if is_page {
                Part::Page(&object)
            } else {
                Part::Row("", &object)
            };
            sink(part).map_err(Fault::Passed)
        });
        self.page = object;
        outcome
    }

    fn members(&mut self, object: &mut Vec<u8>, depth: usize, sink: &mut Sink<'_>) -> Cut<bool> {
        let mut is_page = false;
        self.expect(b'{')?;
        object.push(b'{');
        if self.peek()? == Some(b'}') {
            self.bump();
            object.push(b'}');
            return Ok(false);
        }
        loop {
            if self.peek()?.is_some_and(|byte| byte != b'"') {
                return Err(Fault::Syntax);
            }
            let start = object.len();
            self.value(object)?;
            let key = object.get(start..).unwrap_or_default();
            let is_key = |name: &str| {
                if self.nested {
                    is_same(key, name)
                } else {
                    key.len() == name.len() + 2 && key.get(1..=name.len()) == Some(name.as_bytes())
                }
            };
            let list = self.shape.lists.iter().find(|list| is_key(list));
            is_page |= self.shape.marks.iter().any(|mark| is_key(mark));
            self.expect(b':')?;
            object.push(b':');
            match (list, self.peek()?) {
                (Some(list), Some(b'[')) => {
                    is_page = true;
                    object.extend(b"null");
                    self.array(sink, |cutter, sink| cutter.row(list, sink))?;
                }
                (Some(list), Some(b'{')) => {
                    is_page = true;
                    object.extend(b"null");
                    self.row(list, sink)?;
                }
                (None, Some(b'{')) if self.nested && depth < DEEPEST => {
                    is_page |= self.members(object, depth + 1, sink)?;
                }
                (None, Some(b'[')) if self.nested => {
                    let start = object.len();
                    self.value(object)?;
                    object.truncate(start);
                    object.extend(b"null");
                }
                _ => self.value(object)?,
            }
            match self.peek()? {
                None => return Err(Fault::BreaksOff),
                Some(byte @ (b',' | b'}')) => {
                    self.bump();
                    object.push(byte);
                    if byte == b'}' {
                        return Ok(is_page);
                    }
                }
                Some(_) => return Err(Fault::Syntax),
            }
        }
    }

    fn row(&mut self, list: &'static str, sink: &mut Sink<'_>) -> Cut<()> {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        let outcome = self
            .value(&mut row)
            .and_then(|()| sink(Part::Row(list, &row)).map_err(Fault::Passed));
        self.row = row;
        outcome
    }

    /// Copies one value: to its last bracket, its closing quote, or its end.
    fn value(&mut self, out: &mut Vec<u8>) -> Cut<()> {
        let mut ends = match self.peek()? {
            None => return Err(Fault::BreaksOff),
            Some(b'{' | b'[' | b'"') => Ends::default(),
            Some(b',' | b':' | b'}' | b']') => return Err(Fault::Syntax),
            Some(_) => return self.scalar(out),
        };
        loop {
            let chunk = self.chunk()?;
            if chunk.is_empty() {
                return Err(Fault::BreaksOff);
            }
            let end = ends.find(chunk);
            let length = end.unwrap_or(chunk.len());
            out.extend_from_slice(chunk.get(..length).unwrap_or(chunk));
            self.reader.consume(length);
            if end.is_some() {
                self.line_end |= ends.line_end;
                return Ok(());
            }
            if out.len() > LONGEST {
                return Err(Fault::TooLong);
            }
        }
    }

    /// Copies a number or a word.
    fn scalar(&mut self, out: &mut Vec<u8>) -> Cut<()> {
        let start = out.len();
        loop {
            let chunk = self.chunk()?;
            let length = chunk
                .iter()
                .take_while(|byte| !byte.is_ascii_whitespace() && !b",:{}[];\"".contains(byte))
                .count();
            let goes_on = length == chunk.len() && length > 0;
            out.extend_from_slice(chunk.get(..length).unwrap_or(chunk));
            self.reader.consume(length);
            if !goes_on {
                return if out.len() == start {
                    Err(Fault::Syntax)
                } else {
                    Ok(())
                };
            }
            if out.len() > LONGEST {
                return Err(Fault::TooLong);
            }
        }
    }

    /// Passes over everything up to and with a byte.
    fn pass(&mut self, byte: u8) -> Cut<()> {
        loop {
            let chunk = self.chunk()?;
            if chunk.is_empty() {
                return Err(Fault::BreaksOff);
            }
            let end = chunk.iter().position(|&found| found == byte);
            let length = end.map_or(chunk.len(), |end| end + 1);
            self.reader.consume(length);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// Whether a key in its quotes is a name but for case and blanks.
fn is_same(key: &[u8], name: &str) -> bool {
    let letters = key.iter().filter(|byte| !b"\" ".contains(byte));
    letters
        .map(u8::to_ascii_lowercase)
        .eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// Finds the end of a value, over any number of chunks.
#[derive(Default)]
struct Ends {
    depth: usize,
    in_text: bool,
    escaped: bool,
    line_end: bool,
}

impl Ends {
    /// Where the value ends in this chunk, if it does: behind its last byte.
    fn find(&mut self, chunk: &[u8]) -> Option<usize> {
        let mut at = usize::from(std::mem::take(&mut self.escaped));
        while let Some(rest) = chunk.get(at..).filter(|rest| !rest.is_empty()) {
            if self.in_text {
                // Most bytes of an export are text.
                let length = memchr::memchr2(b'"', b'\\', rest)?;
                at += length + 1;
                if rest.get(length) == Some(&b'"') {
                    self.in_text = false;
                    if self.depth == 0 {
                        return Some(at);
                    }
                } else if at < chunk.len() {
                    at += 1;
                } else {
                    self.escaped = true;
                }
                continue;
            }
            for &byte in rest {
                at += 1;
                match byte {
                    b'"' => {
                        self.in_text = true;
                        break;
                    }
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Some(at);
                        }
                    }
                    b'\n' => self.line_end = true,
                    _ => {}
                }
            }
        }
        None
    }
}
