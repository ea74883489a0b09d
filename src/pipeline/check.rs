//! Labels to what is missing in them, and to the shares that they give so far.

use std::path::Path;

use super::Watch;
use super::count::{Counted, count};
use crate::audit::check::{Returned, returned};
use crate::error::Result;
use crate::estimate::{self, Standing};
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
/// The exports are read only where a worksheet lacks the sizes of its strata.
///
/// # Errors
/// A file that is no worksheet; as [`count`] where the exports are read.
pub fn check(study: &Study, out: Option<&Path>, watch: &dyn Watch) -> Result<Vec<Checked>> {
    let mut channels = Vec::with_capacity(study.channels.len());
    for channel in &study.channels {
        channels.push(returned(study, channel, out)?);
    }
    let lacking = |found: &Option<Returned>| {
        found
            .as_ref()
            .is_some_and(|found| found.first.lacks_sizes())
    };
    let now: Vec<Option<Counts>> = if channels.iter().any(lacking) {
        counts(study, watch)?.into_iter().map(Some).collect()
    } else {
        vec![None; channels.len()]
    };
    let checked = study.channels.iter().zip(channels).zip(now);
    Ok(checked
        .map(|((channel, returned), now)| {
            let standing = Standing {
                design: channel.design,
                followers: channel.followers,
            };
            let dormant = match &returned {
                None => Err("there is no worksheet".to_owned()),
                Some(returned) => returned
                    .first
                    .summary(now)
                    .and_then(|audit| estimate::dormant(&audit, standing, study.level))
                    .map_err(|error| error.to_string()),
            };
            Checked {
                channel: channel.id.clone(),
                returned,
                dormant,
            }
        })
        .collect())
}

/// Followers by state in every channel as it is now, and nothing else: snapshots are not
/// looked at.
///
/// # Errors
/// As [`count`].
pub fn counts(study: &Study, watch: &dyn Watch) -> Result<Vec<Counts>> {
    let mut now = study.clone();
    for channel in &mut now.channels {
        channel.snapshots.clear();
    }
    let counted = count(&now, watch)?.channels;
    let of = |counted: Counted| counted.tally.counts(study.window_days);
    Ok(counted.into_iter().map(of).collect())
}
