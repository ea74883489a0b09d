//! Labels to what is missing in them, and to the shares that they give so far.

use std::path::Path;

use super::Watch;
use super::count::{Counted, count};
use crate::audit::check::{Returned, returned};
use crate::error::Result;
use crate::estimate;
use crate::model::share::Share;
use crate::model::tally::Counts;
use crate::study::Study;

/// What the labels of a channel say.
#[derive(Debug)]
pub struct Checked {
    /// The id of the channel.
    pub channel: String,
    /// The worksheets; `None` where there is none.
    pub returned: Option<Returned>,
    /// The dormant share as it would be now, rows without a label as unknown; `None` with
    /// a reason where there is none.
    pub dormant: std::result::Result<Share, String>,
}

/// Checks the labels of every channel.
///
/// The exports are read as for a run, because the share depends on them: they may be cut
/// off, and an older worksheet lacks the sizes of its strata.
///
/// # Errors
/// A file that is no worksheet; as [`count`] where there is any.
pub fn check(study: &Study, out: Option<&Path>, watch: &dyn Watch) -> Result<Vec<Checked>> {
    let mut channels = Vec::with_capacity(study.channels.len());
    for channel in &study.channels {
        channels.push(returned(study, channel, out)?);
    }
    let nobody = |channels: &[Option<Returned>]| channels.iter().all(Option::is_none);
    let counted: Vec<Option<Counted>> = if nobody(&channels) {
        channels.iter().map(|_| None).collect()
    } else {
        now(study, watch)?.into_iter().map(Some).collect()
    };
    let checked = study.channels.iter().zip(channels).zip(counted);
    Ok(checked
        .map(|((channel, returned), counted)| {
            let dormant = match (&returned, counted) {
                (Some(returned), Some(counted)) => returned
                    .first
                    .summary(counted.tally.counts(study.window_days))
                    .and_then(|audit| estimate::dormant(&audit, counted.standing(), study.level))
                    .map_err(|error| error.to_string()),
                _ => Err("there is no worksheet".to_owned()),
            };
            Checked {
                channel: channel.id.clone(),
                returned,
                dormant,
            }
        })
        .collect())
}

/// Followers by state in every channel as it is now.
///
/// # Errors
/// As [`count`].
pub fn counts(study: &Study, watch: &dyn Watch) -> Result<Vec<Counts>> {
    let of = |counted: Counted| counted.tally.counts(study.window_days);
    Ok(now(study, watch)?.into_iter().map(of).collect())
}

/// Every channel as it is now: snapshots are not looked at.
fn now(study: &Study, watch: &dyn Watch) -> Result<Vec<Counted>> {
    let mut study = study.clone();
    for channel in &mut study.channels {
        channel.snapshots.clear();
    }
    Ok(count(&study, watch)?.channels)
}
