//! `multiverse.parquet`: one row a specification and channel.

use std::fs::File;

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::engine::fault;
use super::tallies::write_parquet;
use crate::error::Result;
use crate::model::multiverse::{Axis, Outcome, Specification};

/// Writes every specification, in the order of the grid; `internal` marks them as not for
/// publication.
///
/// # Errors
/// The file cannot be written.
pub fn write(file: File, specifications: &[Specification], internal: bool) -> Result<()> {
    let rows: Vec<(&Specification, &Outcome)> = specifications
        .iter()
        .flat_map(|one| one.outcomes.iter().map(move |outcome| (one, outcome)))
        .collect();
    let mut columns: Vec<Column> = Vec::new();
    for axis in Axis::ALL {
        let name = axis.as_str().into();
        columns.push(if axis == Axis::Window {
            let days: Vec<u32> = rows.iter().map(|(one, _)| one.choice.window_days).collect();
            Series::new(name, days).into()
        } else {
            let options: Vec<String> = rows
                .iter()
                .map(|(one, _)| one.choice.option(axis))
                .collect();
            Series::new(name, options).into()
        });
    }
    let main: Vec<bool> = rows.iter().map(|(one, _)| one.main).collect();
    let channel: Vec<&str> = rows
        .iter()
        .map(|(_, outcome)| outcome.channel.as_str())
        .collect();
    let n: Vec<u64> = rows.iter().map(|(_, outcome)| outcome.n).collect();
    let silent: Vec<u64> = rows.iter().map(|(_, outcome)| outcome.silent).collect();
    let share: Vec<Option<f64>> = rows.iter().map(|(_, outcome)| outcome.share).collect();
    let lower: Vec<f64> = rows.iter().map(|(_, outcome)| outcome.lower).collect();
    let upper: Vec<f64> = rows.iter().map(|(_, outcome)| outcome.upper).collect();
    columns.extend([
        Series::new("main".into(), main).into(),
        Series::new("channel".into(), channel).into(),
        Series::new("n".into(), n).into(),
        Series::new("silent".into(), silent).into(),
        Series::new("share".into(), share).into(),
        Series::new("lower".into(), lower).into(),
        Series::new("upper".into(), upper).into(),
    ]);
    if internal {
        columns.push(Series::new("internal".into(), vec![true; rows.len()]).into());
    }
    write_parquet(file, DataFrame::new_infer_height(columns).map_err(fault)?)
}
