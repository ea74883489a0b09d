//! The project's own columns as Parquet.
//!
//! Columns of other names are never read. Dates may be texts, timestamps, days, or
//! seconds or milliseconds since 1970.

use polars::prelude::{
    BooleanChunked, DataFrame, DataType, Int64Chunked, PolarsResult, Series, StaticArray,
    StringChunked, TimeUnit,
};

use super::canonical_csv::OWN_COLUMNS;
use super::canonical_csv::kind;
use crate::error::{Error, Result};
use crate::frame::dates::{DAY, epoch};
use crate::frame::parquet::{Piece, Table, broken};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::stretches::{self, Source};
use crate::ingest::text::column::{Column, Fault, Kind, Meaning, Row};
use crate::ingest::text::dates::Layout;
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

/// Hands over the rows of a frame, whose columns are these.
fn take(frame: &DataFrame, columns: &[Column], intake: &mut Intake<'_>) -> Result<()> {
    let values = columns
        .iter()
        .zip(frame.columns())
        .map(|(column, values)| Values::of(values.as_materialized_series(), column.kind))
        .collect::<PolarsResult<Vec<_>>>()
        .map_err(broken)?;
    for start in (0..frame.height()).step_by(BLOCK) {
        let length = BLOCK.min(frame.height() - start);
        let mut rows = [(Row::default(), None); BLOCK];
        let rows = rows.get_mut(..length).unwrap_or_default();
        for (place, (column, values)) in columns.iter().zip(&values).enumerate() {
            values.read(column, place, start, rows);
        }
        for (row, fault) in rows.iter() {
            if let Some((place, reason)) = *fault {
                let name = columns.get(place).map_or("", |column| &column.name);
                intake.set_aside(&format!("{name}: {reason}"));
            } else if row.follower == Default::default() {
                intake.set_aside("nothing is filled in");
            } else {
                intake.follower(&row.follower)?;
            }
        }
    }
    Ok(())
}

/// Whether an id is a number, which stands for itself.
#[inline]
fn is_number(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .fold(true, |digits, byte| digits & byte.is_ascii_digit())
}

/// Rows that are filled column by column.
const BLOCK: usize = 64;

/// A row, and in which column it has something else than expected.
type Filled<'a> = (Row<'a>, Option<(usize, &'static str)>);

impl Values {
    /// Reads the values from `start` on into rows.
    fn read<'a>(&'a self, column: &Column, place: usize, start: usize, rows: &mut [Filled<'a>]) {
        match self {
            Self::Text(texts) => {
                let Some(array) = texts.downcast_iter().next() else {
                    return;
                };
                for (at, (row, fault)) in (start..).zip(rows) {
                    let text = array.get(at).unwrap_or_default();
                    if column.kind == Kind::Id && is_number(text) {
                        row.follower.id = Some(text);
                        continue;
                    }
                    let text = text.as_bytes();
                    if !text.is_empty() && column.expected(text, row) == Some(text.len()) {
                        continue;
                    }
                    if let Err(Fault::Cell(reason) | Fault::Column(reason)) = column.read(text, row)
                    {
                        fault.get_or_insert((place, reason));
                    }
                }
            }
            Self::Numbers(numbers, read) => {
                let Some(array) = numbers.downcast_iter().next() else {
                    return;
                };
                for (at, (row, fault)) in (start..).zip(rows) {
                    let number = array.get(at).and_then(|number| {
                        let read = read(number);
                        if read.is_none() {
                            fault.get_or_insert((place, "expected a number from 0 on"));
                        }
                        read
                    });
                    let count = number.and_then(|number| u64::try_from(number).ok());
                    let follower = &mut row.follower;
                    match column.meaning {
                        Meaning::Is(Field::FollowedAt) => follower.followed_at = number,
                        Meaning::Is(Field::AccountCreatedAt) => {
                            follower.account_created_at = number;
                        }
                        Meaning::Is(Field::LastActiveAt) => follower.last_active_at = number,
                        Meaning::Is(Field::PostsCount) => follower.posts_count = count,
                        Meaning::Is(Field::FollowersCount) => follower.followers_count = count,
                        Meaning::Is(Field::FollowingCount) => follower.following_count = count,
                        _ => {}
                    }
                }
            }
            Self::Flags(flags) => {
                let Some(array) = flags.downcast_iter().next() else {
                    return;
                };
                for (at, (row, _)) in (start..).zip(rows) {
                    let flag = array.get(at);
                    match column.meaning {
                        Meaning::Is(Field::DefaultAvatar) => row.follower.default_avatar = flag,
                        Meaning::Is(Field::Protected) => row.follower.protected = flag,
                        _ => {}
                    }
                }
            }
        }
    }
}
