//! Dated exports of one channel, joined under pseudonyms to counts of transitions.

use super::count::{Counted, Reader};
use super::sources::sources_of;
use crate::error::{Error, Result};
use crate::frame::dates::rfc_3339;
use crate::frame::states::States;
use crate::ingest::container::members;
use crate::ingest::intake::Seen;
use crate::model::change::{Snapshot, Transitions};
use crate::model::evidence::Design;
use crate::model::manifest::Input;
use crate::model::results::Notice;
use crate::study::{self, Channel, Study};
use crate::vault::Vault;

/// The dated exports of a channel: counts only.
#[derive(Debug)]
pub struct Series {
    /// Oldest first; the last is the channel's own exports.
    pub snapshots: Vec<Snapshot>,
    /// From each to the next.
    pub transitions: Vec<Transitions>,
    /// The files of the older exports that were read.
    pub inputs: Vec<Input>,
}

/// Reads the older exports of a channel, or the states kept of them, and joins each with
/// the next; `latest` is what was read of the channel's own. The states of all are kept,
/// so that an export may be deleted once it was read.
///
/// # Errors
/// An export that cannot be read, or is gone with no states kept of it; a snapshot that
/// does not lie before the census; a vault that cannot be used.
pub(super) fn join(
    reader: &mut Reader<'_>,
    vault: &Vault,
    study: &Study,
    channel: &Channel,
    census: i64,
    latest: (&Counted, States),
) -> Result<Series> {
    let mut series = Series {
        snapshots: Vec::new(),
        transitions: Vec::new(),
        inputs: Vec::new(),
    };
    let mut earlier: Option<States> = None;
    for older in &channel.snapshots {
        if older.census >= census {
            return Err(Error::new(
                "pipeline::snapshot",
                format!(
                    "the snapshot of {} does not lie before the census, {}",
                    rfc_3339(older.census),
                    rfc_3339(census)
                ),
            )
            .at(format!("channel {}", channel.id))
            .help("the channel's own exports are the latest; the older ones are its snapshots"));
        }
        let states = if are_gone(&older.exports, study) {
            let states = vault
                .read(channel, older.census, study.window_days)?
                .ok_or_else(|| nothing_kept(channel, older))?;
            series.add(older.census, older.design, &states, None, Vec::new());
            states
        } else {
            let sources = sources_of(channel, &older.exports, &study.folder)?;
            let seen = Seen::under(vault.pseudonyms(channel)).on(channel.platform);
            let (counted, states) = reader.read(channel, &sources, older.census, seen)?;
            vault.write(channel, older.census, study.window_days, &states)?;
            let without_id = without_id(&counted, &states, study);
            series.add(
                older.census,
                older.design,
                &states,
                Some(without_id),
                counted.notices,
            );
            series.inputs.extend(counted.inputs);
            series.inputs.extend(counted.interaction_inputs);
            states
        };
        series.step(earlier.as_ref(), &states);
        earlier = Some(states);
    }
    let (counted, states) = latest;
    vault.write(channel, census, study.window_days, &states)?;
    let without_id = without_id(counted, &states, study);
    series.add(
        census,
        channel.design,
        &states,
        Some(without_id),
        Vec::new(),
    );
    series.step(earlier.as_ref(), &states);
    Ok(series)
}

impl Series {
    fn add(
        &mut self,
        census: i64,
        design: Design,
        states: &States,
        without_id: Option<u64>,
        notices: Vec<Notice>,
    ) {
        let counts = states.counts();
        let determined = counts.awake + counts.silent;
        self.snapshots.push(Snapshot {
            census: rfc_3339(census),
            design,
            counts,
            silent_share: (determined > 0).then(|| counts.silent as f64 / determined as f64),
            without_id,
            notices,
        });
    }

    fn step(&mut self, earlier: Option<&States>, later: &States) {
        if let Some(earlier) = earlier {
            self.transitions.push(earlier.transitions(later));
        }
    }
}

fn without_id(counted: &Counted, states: &States, study: &Study) -> u64 {
    let listed = counted.tally.counts(study.window_days).listed();
    listed.saturating_sub(states.len() as u64)
}

/// Whether nothing is left of the exports; some that are left are read, and what lacks
/// is then an error.
fn are_gone(exports: &[String], study: &Study) -> bool {
    exports.iter().all(|path| {
        !study.folder.join(path).exists()
            && members(std::slice::from_ref(path), &study.folder).is_err()
    })
}

fn nothing_kept(channel: &Channel, snapshot: &study::Snapshot) -> Error {
    Error::new(
        "pipeline::snapshot",
        format!(
            "the exports of the snapshot of {} are not there, and no states of them are kept",
            rfc_3339(snapshot.census)
        ),
    )
    .at(format!("channel {}", channel.id))
    .help("put the exports back for one run, or take this snapshot out of the study file")
}
