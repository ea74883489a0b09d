//! The silent share against the window: every definition of "silent" at once.

use super::{Standing, silent};
use crate::error::Result;
use crate::model::results::CurvePoint;
use crate::model::tally::{Counts, GRID};

/// The longest window of the curve: four years.
const LONGEST: u32 = 1460;

/// The windows of the curve: daily in the first month, then in growing steps to four
/// years, with the windows of the multiverse and the study's own among them.
pub fn windows(window: u32) -> Vec<u32> {
    let mut days: Vec<u32> = (1..=31)
        .chain((35..=182).step_by(7))
        .chain((190..=730).step_by(10))
        .chain((745..=LONGEST).step_by(15))
        .chain(GRID)
        .chain([365 * 2, 365 * 3, LONGEST, window.min(LONGEST)])
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The limits of the silent share for each of the [`windows`], from the counts at them.
///
/// # Errors
/// A level outside (0, 1).
pub fn curve(
    counts_at: impl Fn(u32) -> Counts,
    standing: Standing,
    window: u32,
    level: f64,
) -> Result<Vec<CurvePoint>> {
    windows(window)
        .into_iter()
        .map(|window_days| {
            let share = silent(counts_at(window_days), standing, level)?;
            Ok(CurvePoint {
                window_days,
                lower: share.lower,
                upper: share.upper,
            })
        })
        .collect()
}
