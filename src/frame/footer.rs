//! The footer of a Parquet file, looked through before the decoder believes it.
//!
//! The decoder reads the fields of the footer by their numbers, whatever type they say they
//! have, and makes room for as many elements as a list announces: a damaged file can ask for
//! more memory than there is, and that ends a program. So a footer is refused whose known
//! fields are of other types than the format says, or whose lists announce more elements
//! than bytes are left.
//!
//! Source: `parquet.thrift` of Apache Parquet 2.12; Thrift's compact protocol.

use std::io::{Read, Seek, SeekFrom};

/// How a field is written.
enum Kind {
    /// In the type of the field itself.
    Flag,
    Byte,
    /// A whole number of any width.
    Number,
    /// Bytes behind their number.
    Text,
    Struct(Fields),
    List(&'static Kind),
}

/// The fields of a structure that the decoder reads: number and kind.
type Fields = &'static [(i16, Kind)];

use Kind::{Byte, Flag, List, Number, Struct, Text};

const FILE: Fields = &[
    (1, Number),
    (2, List(&Struct(SCHEMA_ELEMENT))),
    (3, Number),
    (4, List(&Struct(ROW_GROUP))),
    (5, List(&Struct(&[(1, Text), (2, Text)]))),
    (6, Text),
    (7, List(&Struct(&[(1, EMPTY), (2, EMPTY)]))),
];

const EMPTY: Kind = Struct(&[]);

const SCHEMA_ELEMENT: Fields = &[
    (1, Number),
    (2, Number),
    (3, Number),
    (4, Text),
    (5, Number),
    (6, Number),
    (7, Number),
    (8, Number),
    (9, Number),
    (10, Struct(LOGICAL_TYPE)),
];

const LOGICAL_TYPE: Fields = &[
    (1, EMPTY),
    (2, EMPTY),
    (3, EMPTY),
    (4, EMPTY),
    (5, Struct(&[(1, Number), (2, Number)])),
    (6, EMPTY),
    (7, Struct(TIME)),
    (8, Struct(TIME)),
    (10, Struct(&[(1, Byte), (2, Flag)])),
    (11, EMPTY),
    (12, EMPTY),
    (13, EMPTY),
    (14, EMPTY),
    (15, EMPTY),
];

const TIME: Fields = &[
    (1, Flag),
    (2, Struct(&[(1, EMPTY), (2, EMPTY), (3, EMPTY)])),
];

const ROW_GROUP: Fields = &[
    (1, List(&Struct(COLUMN_CHUNK))),
    (2, Number),
    (3, Number),
    (4, List(&Struct(&[(1, Number), (2, Flag), (3, Flag)]))),
    (5, Number),
    (6, Number),
    (7, Number),
];

const COLUMN_CHUNK: Fields = &[
    (1, Text),
    (2, Number),
    (3, Struct(COLUMN)),
    (4, Number),
    (5, Number),
    (6, Number),
    (7, Number),
];

const COLUMN: Fields = &[
    (1, Number),
    (2, List(&Number)),
    (3, List(&Text)),
    (4, Number),
    (5, Number),
    (6, Number),
    (7, Number),
    (9, Number),
    (10, Number),
    (11, Number),
    (12, Struct(STATISTICS)),
    (14, Number),
    (15, Number),
];

const STATISTICS: Fields = &[
    (1, Text),
    (2, Text),
    (3, Number),
    (4, Number),
    (5, Text),
    (6, Text),
    (7, Flag),
    (8, Flag),
];

impl Kind {
    /// Whether a type in the compact protocol is one of this kind.
    fn is(&self, code: u8) -> bool {
        match self {
            Flag => matches!(code, 1 | 2),
            Byte => code == 3,
            Number => matches!(code, 4..=6),
            Text => code == 8,
            List(_) => code == 9,
            Struct(_) => code == 12,
        }
    }
}

/// Structures in structures, as deep as the format has them and then some.
const DEEPEST: u32 = 32;

/// Whether a file ends in a footer that is built as the format says.
///
/// # Errors
/// The file cannot be read.
pub(super) fn is_sound(file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    const TAIL: u64 = 8;
    let size = file.seek(SeekFrom::End(0))?;
    let Some(start) = size.checked_sub(TAIL) else {
        return Ok(false);
    };
    let mut tail = [0; TAIL as usize];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut tail)?;
    let [a, b, c, d, magic @ ..] = tail;
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    let Some(start) = start.checked_sub(length).filter(|_| &magic == b"PAR1") else {
        return Ok(false);
    };
    let mut footer = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(length).read_to_end(&mut footer)?;
    Ok(Footer(&footer).fields(FILE, DEEPEST).is_some())
}

/// What is left of a footer. Nothing is given where it is not built as it should be.
struct Footer<'a>(&'a [u8]);

impl Footer<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn pass(&mut self, bytes: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(bytes).ok()?..)?;
        Some(())
    }

    /// A number in groups of seven bits, of at most 64.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// The fields of a structure up to its end.
    fn fields(&mut self, known: Fields, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let mut last = 0_i16;
        loop {
            let head = self.byte()?;
            let (step, code) = (head >> 4, head & 0xF);
            if code == 0 {
                return Some(());
            }
            last = match step {
                0 => {
                    let number = i64::try_from(self.number()?).ok()?;
                    i16::try_from((number >> 1) ^ -(number & 1)).ok()?
                }
                _ => last.checked_add(i16::from(step))?,
            };
            match known.iter().find(|(number, _)| *number == last) {
                Some((_, kind)) => kind.is(code).then(|| self.value(kind, depth))??,
                None => self.unknown(code, depth)?,
            }
        }
    }

    fn value(&mut self, kind: &Kind, depth: u32) -> Option<()> {
        match kind {
            Flag => Some(()),
            Byte => self.pass(1),
            Number => self.number().map(drop),
            Text => {
                let length = self.number()?;
                self.pass(length)
            }
            Struct(fields) => self.fields(fields, depth),
            List(kind) => {
                let (code, count) = self.list()?;
                if count > 0 && !kind.is(code) {
                    return None;
                }
                (0..count).try_for_each(|_| self.value(kind, depth))
            }
        }
    }

    /// The type of the elements of a list and their number: each takes a byte or more.
    fn list(&mut self) -> Option<(u8, u64)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.number()?,
            few => u64::from(few),
        };
        (count <= self.0.len() as u64).then_some((head & 0xF, count))
    }

    /// A field that the decoder passes over, by the type that it says it has. Sets and maps
    /// are none of the format's, nor are lists of flags.
    fn unknown(&mut self, code: u8, depth: u32) -> Option<()> {
        match code {
            1 | 2 => Some(()),
            3 => self.pass(1),
            4..=6 => self.number().map(drop),
            7 => self.pass(8),
            8 => self.value(&Text, depth),
            9 => {
                let depth = depth.checked_sub(1)?;
                let (code, count) = self.list()?;
                if count > 0 && matches!(code, 1 | 2) {
                    return None;
                }
                (0..count).try_for_each(|_| self.unknown(code, depth))
            }
            12 => self.fields(&[], depth),
            _ => None,
        }
    }
}
