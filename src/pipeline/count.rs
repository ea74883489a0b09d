//! Exports to tallies.

mod reader;

use std::path::Path;

use super::Watch;
use super::snapshots::{self, Series};
use super::sources::{Sources, sources};
use crate::error::{Error, Result};
use crate::estimate::Standing;
use crate::frame::dates;
use crate::ingest::container::{Member, members};
use crate::ingest::intake::Seen;
use crate::ingest::interactions::Interactions;
use crate::ingest::{self, Adapter, Role};
use crate::model::aggregate::Days;
use crate::model::evidence::Design;
use crate::model::manifest::{Input, Reading};
use crate::model::results::{InteractionCounts, Notice};
use crate::model::tally::Tally;
use crate::study::{Channel, Study};
use crate::vault::Vault;

pub(super) use reader::{Declared, Reader};

/// What was counted for one channel.
#[derive(Debug, Default)]
pub struct Counted {
    /// The tally.
    pub tally: Tally,
    /// How the exports stand to the followers: as declared, or newest where they are cut
    /// off.
    pub design: Design,
    /// The followers of the channel: the study's counter, or the exports' own where they
    /// hold only a part.
    pub followers: Option<u64>,
    /// The files, as the manifest lists them.
    pub inputs: Vec<Input>,
    /// The totals of single days, where exports hold those instead of followers.
    pub days: Days,
    /// What the files say of each other.
    pub notices: Vec<Notice>,
    /// Files that were found and not read, and why.
    pub left_out: Vec<(String, String)>,
    /// What lists of interactions say, where the channel has any.
    pub interactions: Option<InteractionCounts>,
    /// Those lists, as the manifest has them.
    pub interaction_inputs: Vec<Input>,
    /// The older exports joined with these, where the study names any.
    pub series: Option<Series>,
}

impl Counted {
    /// Whether the list shows that it holds only the newest, believed or not.
    pub fn is_cut_off(&self) -> bool {
        self.notices.iter().any(Notice::is_of_a_cut)
    }

    /// How the list stands to the followers.
    pub fn standing(&self) -> Standing {
        Standing {
            design: self.design,
            followers: self.followers,
        }
    }
}

/// What was counted for all channels.
#[derive(Debug)]
pub struct Count {
    /// The instant at which everybody is judged, in milliseconds since 1970 UTC.
    pub census: i64,
    /// One entry a channel, in the order of the study file.
    pub channels: Vec<Counted>,
}

/// Exports to tallies: every row is read once.
///
/// # Errors
/// A file that is missing, damaged, empty or no list of followers; no census instant.
pub fn count(study: &Study, watch: &dyn Watch) -> Result<Count> {
    counted(study, true, Seen::default, watch)
}

/// Only the tallies: without the hashes of the files (they are left empty), and without
/// looking for followers who are listed twice unless `check` says so.
///
/// # Errors
/// As [`count()`].
pub fn tally(study: &Study, check: bool, watch: &dyn Watch) -> Result<Count> {
    let seen = if check {
        Seen::default
    } else {
        Seen::unchecked
    };
    counted(study, false, seen, watch)
}

fn counted(study: &Study, hashed: bool, seen: fn() -> Seen, watch: &dyn Watch) -> Result<Count> {
    let sources = sources(study)?;
    let census = census(study, &sources)?;
    let mut reader = Reader::new(study, hashed, watch);
    let mut vault = None;
    let mut counted = Vec::with_capacity(sources.len());
    for (channel, sources) in study.channels.iter().zip(sources) {
        if channel.snapshots.is_empty() {
            let declared = Declared::of(channel);
            let seen = seen().on(channel.platform);
            counted.push(reader.read(channel, declared, &sources, census, seen)?.0);
            continue;
        }
        let vault = match &mut vault {
            Some(vault) => vault,
            none => none.insert(Vault::open(study)?),
        };
        let seen = Seen::under(vault.pseudonyms(channel)).on(channel.platform);
        let (mut latest, states) =
            reader.read(channel, Declared::of(channel), &sources, census, seen)?;
        latest.series = Some(snapshots::join(
            &mut reader,
            vault,
            study,
            channel,
            census,
            (&latest, states),
        )?);
        counted.push(latest);
    }
    Ok(Count {
        census,
        channels: counted,
    })
}

/// The census instant: the study's own, or when the latest of the exports was made.
///
/// # Errors
/// Neither is known: the wall clock is never taken.
pub(super) fn census(study: &Study, sources: &[Sources]) -> Result<i64> {
    if let Some(census) = study.census {
        return Ok(census);
    }
    let mut latest = None;
    for (member, adapter) in sources.iter().flat_map(Sources::all) {
        let found = match ingest::read(member, adapter, &mut Seen::default(), None, &|_| Ok(())) {
            Err(error) if is_blank_table(adapter, &error) => continue,
            found => found?,
        };
        let made = found
            .reading
            .exported_at
            .and_then(|made| dates::iso_8601(made.as_bytes()));
        latest = latest.max(made);
    }
    latest.ok_or_else(|| {
        Error::new("pipeline::census", "there is no census instant")
            .help("the exports do not say when they were made; add `census = 2025-01-14T00:00:00Z` to the study file")
    })
}

/// Reads the lists of interactions of a channel up to an instant; `None` where it has none.
///
/// # Errors
/// A list that cannot be read.
pub(super) fn interactions(
    channel: &Channel,
    folder: &Path,
    until: i64,
    mut read: impl FnMut(&Member, Reading) -> Result<()>,
) -> Result<Option<Interactions>> {
    if channel.interactions.is_empty() {
        return Ok(None);
    }
    let mut interactions = Interactions::new(until);
    for member in members(&channel.interactions, folder)? {
        let found = interactions.read(&member, latest(until))?;
        read(&member, found.reading)?;
    }
    Ok(Some(interactions))
}

/// Whether a file is a table of totals without rows, which small accounts get beside
/// others that have some.
pub(super) fn is_blank_table(adapter: &dyn Adapter, error: &Error) -> bool {
    adapter.format().role == Role::Totals && error.kind() == "ingest::empty"
}

/// The last instant that is believed: an export is often made some time after the
/// census; a year later is no date.
pub(super) fn latest(census: i64) -> i64 {
    census.saturating_add(366 * dates::DAY)
}
