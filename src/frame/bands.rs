//! `tallies.parquet` of published results: one row a channel, state and band of silence.

use std::fs::File;

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::columns as name;
use super::engine::fault;
use super::tallies::write_parquet;
use crate::error::Result;
use crate::model::tally::Band;

/// Writes the bands of the channels, in their order.
///
/// `above_days` and `up_to_days` are empty where silence has no date or no end; a state
/// that is hidden has one row with `suppressed` true and no number of followers.
///
/// # Errors
/// The file cannot be written.
pub fn write(file: File, channels: &[(String, Vec<Band>)]) -> Result<()> {
    let rows: Vec<(&str, Band)> = channels
        .iter()
        .flat_map(|(channel, bands)| bands.iter().map(move |band| (channel.as_str(), *band)))
        .collect();
    fn column<T>(name: &str, rows: &[(&str, Band)], value: impl Fn(Band) -> T) -> Column
    where
        Series: NamedFrom<Vec<T>, [T]>,
    {
        let values: Vec<T> = rows.iter().map(|(_, band)| value(*band)).collect();
        Series::new(name.into(), values).into()
    }
    let channels: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let frame = DataFrame::new_infer_height(vec![
        Series::new("channel".into(), channels).into(),
        column("state", &rows, |band| band.state.as_str()),
        column("above_days", &rows, |band| band.above),
        column("up_to_days", &rows, |band| band.up_to),
        column(name::FOLLOWERS, &rows, |band| band.followers),
        column("suppressed", &rows, |band| band.followers.is_none()),
    ]);
    write_parquet(file, frame.map_err(fault)?)
}
