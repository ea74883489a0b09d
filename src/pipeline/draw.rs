//! Exports to a draw of followers that an analyst looks up.

use std::sync::{Mutex, PoisonError};

use super::Watch;
use super::count::{census, latest, sources_of};
use crate::activity::{self, Judgement};
use crate::audit::draw::NOBODY;
use crate::audit::{Draw, Drawn, Plan};
use crate::error::Result;
use crate::ingest::intake::Seen;
use crate::ingest::{self, Role};
use crate::study::{Channel, Study};

/// The draws of some channels.
#[derive(Debug)]
pub struct Draws {
    /// The instant at which everybody is judged, in milliseconds since 1970 UTC.
    pub census: i64,
    /// One draw a channel, in the order of the study file.
    pub channels: Vec<Drawn>,
    /// The channels whose exports list nobody who could be drawn, such as totals.
    pub nobody: Vec<String>,
}

/// Draws from some channels of a study.
///
/// The classes that a draw is made in are those of the tally: the same rows, judged by the
/// same rules at the same instant.
///
/// # Errors
/// As [`count`](super::count()); nobody who could be drawn in any of the channels.
pub fn draw(study: &Study, wanted: &[&Channel], plan: Plan, watch: &dyn Watch) -> Result<Draws> {
    let census = match study.census {
        Some(census) => census,
        None => {
            let mut sources = Vec::with_capacity(study.channels.len());
            for channel in &study.channels {
                sources.push(sources_of(channel, &channel.exports, &study.folder)?);
            }
            census(study, &sources)?
        }
    };
    let judgement = Judgement::new(census, plan.window_days);
    let (mut channels, mut nobody, mut last) = (Vec::new(), Vec::new(), None);
    for channel in wanted {
        match draw_channel(study, channel, plan, &judgement, watch) {
            Ok(drawn) => channels.push(drawn),
            Err(error) if error.kind() == NOBODY => {
                nobody.push(channel.id.clone());
                last = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    match last {
        Some(error) if channels.is_empty() => Err(error),
        _ => Ok(Draws {
            census,
            channels,
            nobody,
        }),
    }
}

/// What the rows of a file go into.
struct Hat<'d> {
    draw: &'d mut Draw,
    /// Ids and addresses of the rows of the coming batch, in their order: they are held
    /// beside the batch, never in it.
    names: Vec<(Option<String>, Option<String>)>,
    rows: u64,
}

fn draw_channel(
    study: &Study,
    channel: &Channel,
    plan: Plan,
    judgement: &Judgement,
    watch: &dyn Watch,
) -> Result<Drawn> {
    let mut draw = Draw::new(&channel.id, plan);
    let mut seen = Seen::default();
    for (member, adapter) in sources_of(channel, &channel.exports, &study.folder)?.files {
        // Totals hold nobody who could be drawn.
        if adapter.format().role == Role::Totals {
            continue;
        }
        watch.reading(&member.name, 0);
        let hat = Mutex::new(Hat {
            draw: &mut draw,
            names: Vec::new(),
            rows: 0,
        });
        let locked = || hat.lock().unwrap_or_else(PoisonError::into_inner);
        let found = ingest::read_aloud(
            &member,
            adapter,
            &mut seen,
            Some(latest(judgement.census)),
            &|batch| {
                let mut hat = locked();
                hat.rows += batch.height() as u64;
                watch.reading(&member.name, hat.rows);
                let Hat { draw, names, .. } = &mut *hat;
                let keys = activity::keys(&batch, judgement)?;
                for (key, (id, profile)) in keys.into_iter().zip(names.drain(..)) {
                    draw.offer(key, id.as_deref(), profile.as_deref());
                }
                Ok(())
            },
            &mut |follower| {
                let text = |text: &str| text.to_owned();
                let name = (follower.id.map(text), follower.profile.map(text));
                locked().names.push(name);
            },
        )?;
        let platform = found.reading.platform.unwrap_or(channel.platform);
        draw.end_file(|key| activity::confirmation(platform, &found.reading.fields)(key));
    }
    draw.finish(channel.platform)
}
