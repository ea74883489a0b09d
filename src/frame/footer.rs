//! The footer of a Parquet file, looked through before the decoder believes it.
//!
//! The decoder reads the fields of the footer by their numbers, whatever type they say they
//! have, and makes room for as many elements as a list announces: a damaged file can ask for
//! more memory than there is, and that ends a program. So a footer is refused whose known
//! fields are of other types than the format says, or whose lists announce more elements
//! than bytes are left.
//!
//! Source: `parquet.thrift` of Apache Parquet 2.12.

use std::io::{Read, Seek, SeekFrom};

use super::thrift::{Compact, code};

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
            Flag => matches!(code, code::TRUE | code::FALSE),
            Byte => code == code::BYTE,
            Number => matches!(code, code::I16..=code::I64),
            Text => code == code::BINARY,
            List(_) => code == code::LIST,
            Struct(_) => code == code::STRUCT,
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
    Ok(fields(&mut Compact(&footer), FILE, DEEPEST).is_some())
}

/// Whether a structure is built as it should be, up to its end.
fn fields(left: &mut Compact<'_>, known: Fields, depth: u32) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    let mut last = 0;
    loop {
        let (field, code) = left.field(last)?;
        if code == code::STOP {
            return Some(());
        }
        last = field;
        match known.iter().find(|(number, _)| *number == field) {
            Some((_, kind)) => kind.is(code).then(|| value(left, kind, depth))??,
            None => unknown(left, code, depth)?,
        }
    }
}

fn value(left: &mut Compact<'_>, kind: &Kind, depth: u32) -> Option<()> {
    match kind {
        Flag => Some(()),
        Byte => left.pass(1),
        Number => left.unsigned().map(drop),
        Text => {
            let length = left.unsigned()?;
            left.pass(length)
        }
        Struct(known) => fields(left, known, depth),
        List(kind) => {
            let (code, count) = left.list()?;
            if count > 0 && !kind.is(code) {
                return None;
            }
            (0..count).try_for_each(|_| value(left, kind, depth))
        }
    }
}

/// A field that the decoder passes over, by the type that it says it has. Sets and maps
/// are none of the format's, nor are lists of flags.
fn unknown(left: &mut Compact<'_>, code: u8, depth: u32) -> Option<()> {
    match code {
        code::TRUE | code::FALSE => Some(()),
        code::BYTE => left.pass(1),
        code::I16..=code::I64 => left.unsigned().map(drop),
        code::DOUBLE => left.pass(8),
        code::BINARY => value(left, &Text, depth),
        code::LIST => {
            let depth = depth.checked_sub(1)?;
            let (code, count) = left.list()?;
            if count > 0 && matches!(code, code::TRUE | code::FALSE) {
                return None;
            }
            (0..count).try_for_each(|_| unknown(left, code, depth))
        }
        code::STRUCT => fields(left, &[], depth),
        _ => None,
    }
}
