//! `tallies.parquet` of internal results: the tallies of all channels, one row a cell.

use std::fs::File;

use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};

use super::columns as name;
use super::engine::{fault, shape};
use crate::error::{Error, Result};
use crate::model::tally::{Key, Tally};

/// Writes the tallies of the channels, in their order, cells in order of their keys.
///
/// # Errors
/// The file cannot be written.
pub fn write(file: File, tallies: &[(String, Tally)]) -> Result<()> {
    let cells: Vec<(&str, Key, u64)> = tallies
        .iter()
        .flat_map(|(channel, tally)| {
            tally
                .cells()
                .map(move |(key, count)| (channel.as_str(), key, count))
        })
        .collect();
    write_parquet(file, frame(&cells).map_err(fault)?)
}

/// Writes a frame as Parquet.
pub(super) fn write_parquet(file: File, mut frame: DataFrame) -> Result<()> {
    ParquetWriter::new(file)
        .finish(&mut frame)
        .map(drop)
        .map_err(|error| {
            Error::new(
                "frame::parquet",
                format!("a Parquet file cannot be written: {}", shape(&error)),
            )
            .help("check that the disk has room")
        })
}

fn frame(cells: &[(&str, Key, u64)]) -> polars::prelude::PolarsResult<DataFrame> {
    fn column<T>(name: &str, cells: &[(&str, Key, u64)], value: impl Fn(&Key) -> T) -> Column
    where
        Series: NamedFrom<Vec<T>, [T]>,
    {
        let values: Vec<T> = cells.iter().map(|(_, key, _)| value(key)).collect();
        Series::new(name.into(), values).into()
    }
    let channels: Vec<&str> = cells.iter().map(|cell| cell.0).collect();
    let counts: Vec<u64> = cells.iter().map(|cell| cell.2).collect();
    DataFrame::new_infer_height(vec![
        Series::new("channel".into(), channels).into(),
        column("record", cells, |key| key.record.as_str()),
        column("days_silent", cells, |key| key.days_silent.map(u32::from)),
        column("post_age", cells, |key| key.post_age.map(u32::from)),
        column("never_posted", cells, |key| key.never_posted),
        column("suspected_bot", cells, |key| key.suspected_bot),
        column(name::DUPLICATE, cells, |key| key.duplicate),
        column(name::PROTECTED, cells, |key| key.protected),
        column("follow_age", cells, |key| key.follow_age.map(u32::from)),
        Series::new(name::FOLLOWERS.into(), counts).into(),
        Series::new("internal".into(), vec![true; cells.len()]).into(),
    ])
}
