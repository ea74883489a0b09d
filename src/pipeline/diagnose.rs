//! Exports to the histories that the activity models take; a diagnostic beside the way.

use std::sync::{Mutex, PoisonError};

use super::Watch;
use super::count::{census, latest};
use super::sources::sources;
use crate::activity::{self, Judgement};
use crate::error::Result;
use crate::ingest;
use crate::ingest::intake::Seen;
use crate::stats::btyd::History;
use crate::study::Study;

/// The histories of the followers of each channel, in the order of the study file; none
/// where the exports do not give posts, last post and creation.
///
/// # Errors
/// As [`count`](super::count()).
pub fn histories(study: &Study, watch: &dyn Watch) -> Result<Vec<Vec<History>>> {
    let sources = sources(study)?;
    let census = census(study, &sources)?;
    let judgement = Judgement::new(census, study.window_days);
    let mut channels = Vec::with_capacity(sources.len());
    for sources in sources {
        let (found, mut seen) = (Mutex::new(Vec::new()), Seen::default());
        for (member, adapter) in sources.lists() {
            watch.reading(&member.name, 0);
            // Somebody who listens has the rows in the order of the file: sums of them then
            // come out the same to the last bit.
            ingest::read_aloud(
                member,
                adapter,
                &mut seen,
                Some(latest(census)),
                &|batch| {
                    let histories = activity::histories(&batch, &judgement)?;
                    found
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend(histories);
                    Ok(())
                },
                &mut |_| (),
            )?;
        }
        channels.push(found.into_inner().unwrap_or_else(PoisonError::into_inner));
    }
    Ok(channels)
}
