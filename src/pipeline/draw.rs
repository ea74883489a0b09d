//! Exports to a draw of followers that an analyst looks up.

use std::sync::{Mutex, PoisonError};

use super::Watch;
use super::count::{census, interactions, latest};
use super::sources::{sources, sources_of};
use crate::activity::{self, Judgement};
use crate::audit::draw::NOBODY;
use crate::audit::{Draw, Drawn, Plan};
use crate::error::Result;
use crate::ingest;
use crate::ingest::beside::{self, Beside};
use crate::ingest::intake::{ByHash, Seen, hash};
use crate::ingest::merge::Merging;
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
        None => census(study, &sources(study)?)?,
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

fn draw_channel(
    study: &Study,
    channel: &Channel,
    plan: Plan,
    judgement: &Judgement,
    watch: &dyn Watch,
) -> Result<Drawn> {
    let sources = sources_of(channel, &channel.exports, &study.folder)?;
    let latest = latest(judgement.census);
    let mut beside = Beside {
        interactions: interactions(channel, &study.folder, judgement.census, |_, _| Ok(()))?,
        merging: None,
    };
    if sources.lists().count() > 1 {
        let mut seen = Seen::default().on(channel.platform);
        for (member, adapter) in sources.lists() {
            ingest::read(member, adapter, &mut seen, Some(latest), &|_| Ok(()))?;
        }
        beside.merging = Some(Merging::of(seen.repeated().clone()));
    }
    let judgement = judgement
        .clone()
        .with_interactions(beside.interactions.is_some());
    let mut draw = Draw::new(&channel.id, plan);
    let mut seen = Seen::default().on(channel.platform);
    // Who comes more than once waits until all files were read.
    let mut waiting: ByHash<Name> = ByHash::default();
    // Totals hold nobody who could be drawn.
    for (member, adapter) in sources.lists() {
        watch.reading(&member.name, 0);
        let hat = Mutex::new(Hat {
            draw: &mut draw,
            names: Vec::new(),
            rows: 0,
        });
        let locked = || hat.lock().unwrap_or_else(PoisonError::into_inner);
        let found = beside::read(
            member,
            adapter,
            &mut seen,
            latest,
            &mut beside,
            &mut |follower, passed_on| {
                let text = |text: &str| text.to_owned();
                let name = (follower.id.map(text), follower.profile.map(text));
                match follower.id {
                    Some(id) if !passed_on => {
                        let waiting = waiting.entry(hash(id.as_bytes())).or_default();
                        waiting.0 = name.0;
                        waiting.1 = waiting.1.take().or(name.1);
                    }
                    _ => locked().names.push(name),
                }
            },
            &|batch| {
                let mut hat = locked();
                hat.rows += batch.height() as u64;
                watch.reading(&member.name, hat.rows);
                let Hat { draw, names, .. } = &mut *hat;
                let keys = activity::keys(&batch, &judgement)?;
                for (key, (id, profile)) in keys.into_iter().zip(names.drain(..)) {
                    draw.offer(key, id.as_deref(), profile.as_deref());
                }
                Ok(())
            },
        )?;
        let fields = &found.reading.fields;
        let platform = found.reading.platform.unwrap_or(channel.platform);
        draw.end_file(activity::confirmation(platform, fields));
        if let Some(merging) = &mut beside.merging {
            merging.end_file(activity::zero_is_proof(platform, fields));
        }
    }
    beside.merged(&seen, |merged| {
        let keys = activity::keys(&merged.batch, &judgement)?;
        for (key, id) in keys.into_iter().zip(merged.ids) {
            if let Some((id, profile)) = waiting.get(&id) {
                draw.offer(key, id.as_deref(), profile.as_deref());
            }
        }
        draw.end_file(if merged.proven {
            |key| key
        } else {
            activity::unconfirmed
        });
        Ok(())
    })?;
    draw.finish(channel.platform)
}

/// What the rows of a file go into.
struct Hat<'d> {
    draw: &'d mut Draw,
    /// Ids and addresses of the rows of the coming batch, in their order: they are held
    /// beside the batch, never in it.
    names: Vec<Name>,
    rows: u64,
}

/// The id of a follower and the address of the profile.
type Name = (Option<String>, Option<String>);
