//! The project's own columns as Parquet.
//!
//! Columns of other names are never read. Dates may be texts, timestamps, days, or
//! seconds or milliseconds since 1970.

use polars::prelude::{
    BooleanChunked, DataFrame, DataType, Int64Chunked, PolarsResult, Series, StringChunked,
    TimeUnit,
};

use super::canonical_csv::OWN_COLUMNS;
use super::canonical_csv::kind;
use crate::error::{Error, Result};
use crate::frame::block::Block;
use crate::frame::dates::{DAY, epoch};
use crate::frame::fields::NOT_GIVEN;
use crate::frame::parquet::{Piece, Table, broken};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::stretches::{self, Source};
use crate::ingest::text::cells::Cell;
use crate::ingest::text::column::{Column, Fault, Faults, Kind, Meaning};
use crate::ingest::text::dates::Layout;
use crate::ingest::text::delimited::NOTHING;
use crate::ingest::{Adapter, Format, Holding, Role};
use crate::model::evidence::{Design, Field};

/// The adapter.
pub struct CanonicalParquet;

static FORMAT: Format = Format {
    name: "canonical-parquet",
    platform: None,
    title: "dormouse's own columns as Parquet",
    how: "Write the columns of dormouse's own CSV as Parquet: id always, of the others those \
          that are known; other columns are not read",
    carries: &Field::ALL,
    proves: "whatever its columns hold",
    lacks: "nothing that the tool can use",
    holds: &[Holding {
        files: "dormouse's own Parquet",
        whole: &[],
        partly: OWN_COLUMNS,
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Followers,
};

impl Adapter for CanonicalParquet {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        head.bytes.starts_with(b"PAR1")
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        if member.is_archived() {
            let what = "a Parquet file cannot be read inside an archive";
            return Err(Error::new("ingest::parquet", what).help("take it out of the archive"));
        }
        let table = Table::open(&member.file)?;
        let columns = columns(&table.names())?;
        for column in &columns {
            if let Meaning::Is(field) = column.meaning {
                intake.carries(&[field]);
            }
        }
        intake.expect(table.rows());
        let without_ids: Vec<Column> = columns
            .iter()
            .filter(|column| !intake.needs_ids() && column.kind != Kind::Id)
            .cloned()
            .collect();
        let read = |piece: &Piece, columns: &[Column]| {
            let names: Vec<_> = columns.iter().map(|column| column.name.clone()).collect();
            table.read(piece.clone(), &names)
        };
        stretches::read(
            Pieces(table.pieces().into_iter()),
            intake,
            &|piece, intake| {
                if !without_ids.is_empty() {
                    let frame = read(piece, &without_ids)?;
                    // Where every column has gaps, it may be the id alone that tells a
                    // follower from an empty row.
                    if frame
                        .columns()
                        .iter()
                        .any(|column| column.null_count() == 0)
                    {
                        return take(&frame, &without_ids, intake);
                    }
                }
                take(&read(piece, &columns)?, &columns, intake)
            },
            &|_, _| 0,
        )
    }
}

/// The columns of canonical names.
fn columns(names: &[String]) -> Result<Vec<Column>> {
    let columns: Vec<_> = Field::ALL
        .into_iter()
        .filter(|field| names.iter().any(|name| name == field.as_str()))
        .enumerate()
        .map(|(index, field)| Column {
            index,
            name: field.as_str().to_owned(),
            meaning: Meaning::Is(field),
            kind: kind(field),
            layout: Layout::Iso,
            empty_is_default: false,
        })
        .collect();
    if columns.iter().any(|column| column.kind == Kind::Id) {
        return Ok(columns);
    }
    Err(Error::new(
        "ingest::columns",
        "no column of this file tells followers apart",
    )
    .help("a list of followers needs the column id"))
}

/// The pieces of a file, one after the other.
struct Pieces(std::vec::IntoIter<Piece>);

impl Source for Pieces {
    type Stretch = Piece;

    fn next(&mut self, piece: &mut Piece) -> Result<bool> {
        *piece = self.0.next().unwrap_or_default();
        Ok(self.0.len() > 0)
    }
}

/// The values of a column.
enum Values {
    Text(StringChunked),
    /// Counts, or times as the function reads them.
    Numbers(Int64Chunked, fn(i64) -> Option<i64>),
    Flags(BooleanChunked),
}

impl Values {
    fn of(values: &Series, kind: Kind) -> PolarsResult<Self> {
        use DataType as Type;
        let whole = || values.to_physical_repr().cast(&Type::Int64)?.i64().cloned();
        Ok(match (kind, values.dtype()) {
            (Kind::Date, Type::Datetime(unit, _)) => {
                let milliseconds: fn(i64) -> Option<i64> = match unit {
                    TimeUnit::Nanoseconds => |time| Some(time.div_euclid(1_000_000)),
                    TimeUnit::Microseconds => |time| Some(time.div_euclid(1000)),
                    TimeUnit::Milliseconds => Some,
                };
                Self::Numbers(whole()?, milliseconds)
            }
            // Some instant of the day, as its last millisecond; see `frame::dates`.
            (Kind::Date, Type::Date) => Self::Numbers(whole()?, |day| {
                day.checked_mul(DAY).map(|start| start + DAY - 1)
            }),
            (Kind::Date, Type::Int32 | Type::Int64 | Type::UInt32) => {
                Self::Numbers(whole()?, epoch)
            }
            (Kind::Count, Type::Int32 | Type::Int64 | Type::UInt32) => {
                Self::Numbers(whole()?, |count| (count >= 0).then_some(count))
            }
            (Kind::Flag, Type::Boolean) => Self::Flags(values.bool()?.clone()),
            _ => Self::Text(values.cast(&Type::String)?.str()?.clone()),
        })
    }
}

/// Rows that are handed over together: few enough that they stay in the nearest cache.
const ROWS: usize = 512;

/// Hands over the rows of a frame, whose columns are these.
fn take(frame: &DataFrame, columns: &[Column], intake: &mut Intake<'_>) -> Result<()> {
    let values = columns
        .iter()
        .zip(frame.columns())
        .map(|(column, values)| Values::of(values.as_materialized_series(), column.kind))
        .collect::<PolarsResult<Vec<_>>>()
        .map_err(broken)?;
    intake.reserve(frame.height());
    let (mut block, mut faults) = (Block::default(), Faults::default());
    for start in (0..frame.height()).step_by(ROWS) {
        block.clear(ROWS.min(frame.height() - start));
        for (place, (column, values)) in columns.iter().zip(&values).enumerate() {
            faults.of_column(place);
            values.fill(column, start, &mut block, &mut faults);
        }
        let mut left_out = Vec::new();
        for (row, place, Fault::Cell(reason) | Fault::Column(reason)) in faults.take() {
            let name = columns.get(place).map_or("", |column| &column.name);
            intake.set_aside(&format!("{name}: {reason}"));
            left_out.push(row);
        }
        for row in (0..block.len()).filter(|&row| block.is_blank(row)) {
            if let Err(place) = left_out.binary_search(&row) {
                intake.set_aside(NOTHING);
                left_out.insert(place, row);
            }
        }
        block.remove(&left_out);
        intake.block(&mut block)?;
    }
    Ok(())
}

impl Values {
    /// Reads the values from `start` on into a block.
    fn fill<'a>(
        &'a self,
        column: &Column,
        start: usize,
        block: &mut Block<'a>,
        faults: &mut Faults,
    ) {
        match self {
            Self::Text(texts) => {
                let Some(array) = texts.downcast_iter().next() else {
                    return;
                };
                let text = |at| array.get(at).unwrap_or_default().as_bytes();
                let cells = (start..start + block.len()).map(|at| Cell::from(text(at)));
                column.fill(cells, block, faults);
            }
            Self::Numbers(numbers, read) => {
                let (Some(array), Meaning::Is(field)) =
                    (numbers.downcast_iter().next(), column.meaning)
                else {
                    return;
                };
                let values = array.values().as_slice().get(start..).unwrap_or_default();
                let gaps = array.validity();
                let given = |row| gaps.is_none_or(|gaps| gaps.get(start + row) == Some(true));
                for (row, (value, &number)) in
                    block.numbers(field).iter_mut().zip(values).enumerate()
                {
                    if !given(row) {
                        continue;
                    }
                    match read(number) {
                        Some(read) => *value = read,
                        None => faults.note(row, Fault::Cell("expected a number from 0 on")),
                    }
                }
            }
            Self::Flags(flags) => {
                let (Some(array), Meaning::Is(field)) =
                    (flags.downcast_iter().next(), column.meaning)
                else {
                    return;
                };
                for (row, value) in block.flags(field).iter_mut().enumerate() {
                    *value = array.get(start + row).map_or(NOT_GIVEN, u8::from);
                }
            }
        }
    }
}
