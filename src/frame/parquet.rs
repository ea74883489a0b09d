//! Parquet read by the columns that are needed, some rows at a time.
//!
//! The decoder is the engine's own. It is given only the bytes of the needed columns, and
//! these as a copy: the engine's readers map the whole file into memory, which then counts
//! as used as far as it was read. On a damaged file the decoder may also panic; that is
//! caught, and the file refused.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, PolarsError, Series};
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::read::{
    BasicDecompressor, FileMetadata, Filter, PageReader, column_iter_to_arrays, infer_schema,
    read_metadata,
};

use super::engine::shape;
use super::footer;
use super::thrift::{Compact, code};
use crate::error::{Error, Result, caught};

/// Rows that are decoded at once.
const ROWS: usize = 1 << 17;

/// More rows than a list can have.
const MOST_ROWS: usize = 1 << 34;

/// More values than one page has, and more bytes once it is unpacked: writers begin a new
/// page after a few MiB. The decoder allocates whatever a page announces.
const MOST_VALUES: usize = 1 << 24;
const MOST_BYTES: usize = 1 << 28;

/// A Parquet file, of which the contents are known.
pub struct Table {
    path: PathBuf,
    metadata: FileMetadata,
}

/// Makes the allocator keep the memory of a piece for the next one.
///
/// glibc hands memory back to the system as soon as more is free than twice the largest
/// block that was ever given back, and each piece would then have its pages cleared anew: a
/// quarter of the time on ten million rows. So one large block, which is never touched, is
/// given back first. With other allocators this does nothing.
fn keep_memory() {
    const LARGEST: usize = (32 << 20) - (64 << 10);
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGEST)));
}

/// Some rows of a file: the row group, and which of its rows.
pub type Piece = (usize, Range<usize>);

impl Table {
    /// Reads what the file says of its columns and rows.
    ///
    /// # Errors
    /// The file cannot be read, or is no Parquet.
    pub fn open(path: &Path) -> Result<Self> {
        keep_memory();
        let metadata = decoded(|| {
            let mut file = File::open(path)?;
            if !footer::is_sound(&mut file)? {
                return Err(Fault::File("its footer is damaged"));
            }
            Ok(read_metadata(&mut file)?)
        })?;
        let groups = metadata.row_groups.iter();
        let rows = groups.fold(0_usize, |sum, group| sum.saturating_add(group.num_rows()));
        if metadata.num_rows > MOST_ROWS || rows > MOST_ROWS {
            return Err(unreadable("it announces more rows than there are people"));
        }
        Ok(Self {
            path: path.to_owned(),
            metadata,
        })
    }

    /// Number of rows.
    pub fn rows(&self) -> u64 {
        self.metadata.num_rows as u64
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<String> {
        let fields = self.metadata.schema().fields();
        fields.iter().map(|field| field.name().to_owned()).collect()
    }

    /// The rows in pieces, in their order.
    pub fn pieces(&self) -> Vec<Piece> {
        let groups = self.metadata.row_groups.iter().enumerate();
        groups
            .flat_map(|(group, metadata)| {
                let rows = metadata.num_rows();
                (0..rows)
                    .step_by(ROWS)
                    .map(move |start| (group, start..(start + ROWS).min(rows)))
            })
            .collect()
    }

    /// Decodes some columns of a piece.
    ///
    /// # Errors
    /// The file breaks off, is damaged, or has a column of a type that holds no text,
    /// number, date or flag.
    pub fn read(&self, piece: Piece, columns: &[String]) -> Result<DataFrame> {
        decoded(|| self.decode(piece, columns))
    }

    fn decode(
        &self,
        (group, rows): Piece,
        columns: &[String],
    ) -> std::result::Result<DataFrame, Fault> {
        let missing = || Fault::File("a column is missing");
        let schema = infer_schema(&self.metadata)?;
        let group = self.metadata.row_groups.get(group).ok_or_else(missing)?;
        let mut file = File::open(&self.path)?;
        let size = file.metadata()?.len();
        let mut frame = Vec::with_capacity(columns.len());
        for name in columns {
            let field = schema.get(name.as_str()).ok_or_else(missing)?;
            let mut chunks = group.columns_under_root_iter(name).ok_or_else(missing)?;
            let (Some(chunk), None) = (chunks.next(), chunks.next()) else {
                return Err(Fault::File("a column holds lists"));
            };
            let place = chunk.byte_range();
            let length = place.end.saturating_sub(place.start);
            // What a damaged file says of its lengths is not believed.
            let room = length.min(size.saturating_sub(place.start));
            let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
            file.seek(SeekFrom::Start(place.start))?;
            (&mut file).take(length).read_to_end(&mut bytes)?;
            if bytes.len() as u64 != length {
                return Err(Fault::File("it breaks off"));
            }
            if !is_of_usual_size(&bytes) {
                return Err(Fault::File(TOO_MUCH));
            }
            let start = Cursor::new(bytes.into());
            let mut pages = PageReader::new(start, chunk, Vec::new(), MOST_BYTES);
            check(&mut pages)?;
            let (mut start, scratch) = pages.into_inner();
            start.set_position(0);
            let pages = PageReader::new(start, chunk, scratch, MOST_BYTES);
            let (arrays, _) = column_iter_to_arrays(
                vec![BasicDecompressor::new(pages, Vec::new())],
                vec![&chunk.descriptor().descriptor.primitive_type],
                field.clone(),
                Some(Filter::Range(rows.clone())),
            )?;
            frame.push(Series::try_from((field, arrays))?.rechunk().into());
        }
        Ok(DataFrame::new_infer_height(frame)?)
    }
}

/// Why a file cannot be decoded.
enum Fault {
    /// What is wrong with the file.
    File(&'static str),
    /// What the decoder says.
    Decoder(PolarsError),
}

impl<E: Into<PolarsError>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Decoder(error.into())
    }
}

const TOO_MUCH: &str = "a page announces more than pages hold";

/// Refuses pages of rows that announce more than pages hold.
fn check(pages: &mut PageReader) -> std::result::Result<(), Fault> {
    for page in pages {
        if let CompressedPage::Data(page) = page?
            && (page.num_values() > MOST_VALUES || page.uncompressed_size() > MOST_BYTES)
        {
            return Err(Fault::File(TOO_MUCH));
        }
    }
    Ok(())
}

/// Whether the first page of a column announces no more than pages hold. That may be a
/// dictionary, of which the decoder does not tell.
fn is_of_usual_size(bytes: &[u8]) -> bool {
    let within = |number, most| usize::try_from(number).is_ok_and(|number| number <= most);
    announced(bytes)
        .is_some_and(|(bytes, values)| within(bytes, MOST_BYTES) && within(values, MOST_VALUES))
}

/// The bytes that the first page has once it is unpacked, and its values.
///
/// A page begins with its kind, its bytes once unpacked, its bytes, perhaps a checksum, and
/// a structure that begins with the number of values.
fn announced(bytes: &[u8]) -> Option<(i64, i64)> {
    let mut left = Compact(bytes);
    let (mut last, mut unpacked) = (0, None);
    loop {
        let (field, code) = left.field(last)?;
        last = field;
        match (field, code) {
            (2, code::I32) => unpacked = Some(left.signed()?),
            (_, code::I32) => drop(left.signed()?),
            (_, code::STRUCT) => break,
            _ => return None,
        }
    }
    match left.field(0)? {
        (1, code::I32) => Some((unpacked?, left.signed()?)),
        _ => None,
    }
}

/// What comes of reading a file that may be damaged.
fn decoded<T>(read: impl FnOnce() -> std::result::Result<T, Fault>) -> Result<T> {
    match caught(read) {
        Some(Ok(found)) => Ok(found),
        Some(Err(Fault::File(what))) => Err(unreadable(what)),
        Some(Err(Fault::Decoder(error))) => Err(broken(error)),
        None => Err(unreadable("it is damaged")),
    }
}

/// An error of the decoder as ours.
pub fn broken(error: PolarsError) -> Error {
    unreadable(&shape(&error))
}

fn unreadable(what: &str) -> Error {
    Error::new(
        "ingest::parquet",
        format!("this Parquet file cannot be read: {what}"),
    )
    .help("write the file again, with texts, whole numbers, timestamps and flags")
}
