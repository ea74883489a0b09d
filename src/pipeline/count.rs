//! Exports to tallies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::snapshots::{self, Series};
use super::sources::{Sources, sources_of};
use super::sum::{Counting, Sum};
use super::{Watch, hash_file};
use crate::activity;
use crate::error::{Error, Result};
use crate::estimate::Standing;
use crate::frame::dates;
use crate::frame::states::States;
use crate::ingest::beside::{self, Beside};
use crate::ingest::container::{Member, members, unreadable};
use crate::ingest::intake::Seen;
use crate::ingest::interactions::Interactions;
use crate::ingest::merge::Merging;
use crate::ingest::{self, Adapter, Role, cut_off, parts};
use crate::model::aggregate::Days;
use crate::model::cut_off::Sign;
use crate::model::evidence::Design;
use crate::model::manifest::{Input, Reading};
use crate::model::results::{InteractionCounts, Notice};
use crate::model::tally::{Key, Tally};
use crate::study::{Channel, Study};
use crate::vault::Vault;

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

    /// Settles how the exports stand to the followers, and notes what shows it.
    fn judge(&mut self, declared: Declared<'_>, listed: u64, ends: &Ends) {
        self.design = declared.design;
        self.followers = declared.followers;
        if ends.files.is_empty() {
            return;
        }
        let counter = declared.followers.or(ends.announced);
        let part_missing = self
            .notices
            .iter()
            .any(|notice| matches!(notice, Notice::PartMissing { .. }));
        let signs = cut_off::signs(&ends.files, listed, counter, part_missing);
        let (design, notice) = declared.judged(listed, counter, signs);
        self.design = design;
        self.notices.extend(notice);
        if matches!(design, Design::Newest | Design::Unknown) {
            self.followers = counter;
        }
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
    let mut sources = Vec::with_capacity(study.channels.len());
    for channel in &study.channels {
        sources.push(sources_of(channel, &channel.exports, &study.folder)?);
    }
    let census = census(study, &sources)?;
    let mut reader = Reader {
        folder: &study.folder,
        window: study.window_days,
        hashes: hashed.then(BTreeMap::new),
        watch,
    };
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

/// Where the lists of a channel end.
struct Ends {
    files: Vec<cut_off::File>,
    /// The followers that the exports announce of themselves.
    announced: Option<u64>,
}

/// What the study file says of some exports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared<'a> {
    /// How they stand to the followers.
    pub(super) design: Design,
    /// Why that holds although they look cut off.
    pub(super) because: Option<&'a str>,
    /// The platform's counter when they were made.
    pub(super) followers: Option<u64>,
}

impl<'a> Declared<'a> {
    fn of(channel: &'a Channel) -> Self {
        Self {
            design: channel.design,
            because: channel.design_because.as_deref(),
            followers: channel.followers,
        }
    }

    /// The design by which the list is judged, and what a reader must know of that.
    fn judged(
        self,
        listed: u64,
        counter: Option<u64>,
        signs: Vec<Sign>,
    ) -> (Design, Option<Notice>) {
        let declared = self.design;
        let unruled = cut_off::judged(declared, &signs, false);
        match self.because {
            _ if unruled == declared => (declared, None),
            None => (
                unruled,
                Some(Notice::CutOff {
                    declared,
                    listed,
                    counter,
                    signs,
                }),
            ),
            Some(because) => (
                declared,
                Some(Notice::CutOffOverruled {
                    declared,
                    listed,
                    counter,
                    signs,
                    because: because.to_owned(),
                }),
            ),
        }
    }
}

/// Reads exports, one channel after the other.
pub(super) struct Reader<'a> {
    /// The folder that paths are taken from.
    folder: &'a Path,
    /// The study's window, for states.
    window: u32,
    /// The hashes of files so far, where they are wanted; an archive may be read for
    /// several channels.
    hashes: Option<BTreeMap<PathBuf, String>>,
    watch: &'a dyn Watch,
}

impl Reader<'_> {
    /// Counts the rows of some exports; where `seen` gives pseudonyms, also the state of
    /// each follower under one.
    ///
    /// Where several files name the same follower, they are read a second time, and what
    /// they say of these followers is put together.
    pub(super) fn read(
        &mut self,
        channel: &Channel,
        declared: Declared<'_>,
        sources: &Sources,
        census: i64,
        mut seen: Seen,
    ) -> Result<(Counted, States)> {
        let (interactions, interaction_inputs) = self.interactions(channel, census)?;
        let mut beside = Beside {
            interactions,
            merging: None,
        };
        let (mut counted, mut sum, mut ends) =
            self.pass(channel, sources, census, &mut seen, &mut beside)?;
        if sources.lists().count() > 1 && !seen.repeated().is_empty() {
            beside.merging = Some(Merging::of(seen.repeated().clone()));
            seen = seen.afresh();
            (counted, sum, ends) = self.pass(channel, sources, census, &mut seen, &mut beside)?;
        }
        if let Some(interactions) = beside.interactions {
            let awake = |tally: &Tally| tally.counts(self.window).awake;
            counted.interactions = Some(InteractionCounts {
                awake: awake(&sum.tally).saturating_sub(awake(&sum.without)),
                ..interactions.counts()
            });
            counted.interaction_inputs = interaction_inputs;
        }
        counted.tally = sum.tally;
        let listed = counted.tally.counts(self.window).listed();
        counted.judge(declared, listed, &ends);
        let state = |(name, key): (u64, Key)| (name, key.state(self.window));
        Ok((
            counted,
            States::new(sum.named.into_iter().map(state).collect()),
        ))
    }

    /// Reads the files of a channel once.
    fn pass(
        &mut self,
        channel: &Channel,
        sources: &Sources,
        census: i64,
        seen: &mut Seen,
        beside: &mut Beside,
    ) -> Result<(Counted, Sum, Ends)> {
        let latest = latest(census);
        let is_interacting = beside.interactions.is_some();
        let mut counted = Counted {
            left_out: sources.left_out.clone(),
            ..Counted::default()
        };
        let mut sum = Sum::default();
        let mut announced = Vec::new();
        let mut ends = Vec::new();
        let mut unused = None;
        for (member, adapter) in sources.all() {
            self.watch.reading(&member.name, 0);
            let file = Counting::new(census, self.window, is_interacting);
            let rows = AtomicU64::new(0);
            let watch = self.watch;
            let take = |batch: activity::Rows| {
                let height = batch.height() as u64;
                let before = rows.fetch_add(height, Ordering::Relaxed);
                watch.reading(&member.name, before + height);
                file.add(&batch)
            };
            let read = || {
                if beside.is_nothing() {
                    return ingest::read(member, adapter, seen, Some(latest), &take);
                }
                beside::read(member, adapter, seen, latest, beside, &mut |_, _| (), &take)
            };
            let (found, hash) = beside_hash(&mut self.hashes, member, read);
            let found = match found {
                Err(error) if is_blank_table(adapter, &error) => {
                    let why = "a table of totals without rows".to_owned();
                    counted.left_out.push((member.name.clone(), why));
                    unused.get_or_insert(error);
                    continue;
                }
                found => found?,
            };
            let reading = found.reading;
            let platform = reading.platform.unwrap_or(channel.platform);
            if adapter.format().role == Role::Totals && platform != channel.platform {
                let what = format!("these are totals of {}", platform.label());
                unused.get_or_insert_with(|| {
                    Error::new("pipeline::platform", what.clone())
                        .at(&member.name)
                        .help("correct `platform` or `exports` of this channel in the study file")
                });
                counted.left_out.push((member.name.clone(), what));
                continue;
            }
            announced.extend(found.announced);
            if adapter.format().role == Role::Followers {
                ends.push(cut_off::File {
                    name: member.name.clone(),
                    format: adapter.format(),
                    rows: reading.rows,
                    pages: found.pages,
                    order: found.order,
                });
            }
            counted.days.merge(&found.days);
            sum.absorb(
                file.finish()?,
                activity::confirmation(platform, &reading.fields),
            );
            if let Some(merging) = &mut beside.merging {
                merging.end_file(activity::zero_is_proof(platform, &reading.fields));
            }
            counted
                .inputs
                .push(input(channel, member, found.counted, reading, hash?));
        }
        if let Some(error) = unused.filter(|_| counted.inputs.is_empty()) {
            return Err(error);
        }
        beside.merged(seen, |merged| {
            let rows = Counting::new(census, self.window, is_interacting);
            rows.add(&merged.batch)?;
            let confirm = if merged.proven {
                |key| key
            } else {
                activity::unconfirmed
            };
            sum.absorb(rows.finish()?, confirm);
            Ok(())
        })?;
        let files: Vec<_> = counted
            .inputs
            .iter()
            .map(|input| parts::File {
                name: &input.path,
                format: &input.reading.format,
                rows: input.reading.rows,
            })
            .collect();
        counted.notices = parts::check(&files, &announced);
        let ends = Ends {
            files: ends,
            announced: parts::announced(&announced),
        };
        Ok((counted, sum, ends))
    }

    /// Reads the lists of interactions of a channel, and lists them for the manifest.
    fn interactions(
        &mut self,
        channel: &Channel,
        census: i64,
    ) -> Result<(Option<Interactions>, Vec<Input>)> {
        let mut inputs = Vec::new();
        let interactions = interactions(channel, self.folder, census, |member, reading| {
            self.watch.reading(&member.name, reading.rows);
            let counted = reading.rows - reading.set_aside - reading.duplicates;
            let ((), hash) = beside_hash(&mut self.hashes, member, || ());
            inputs.push(input(channel, member, counted, reading, hash?));
            Ok(())
        })?;
        Ok((interactions, inputs))
    }
}

/// A file as the manifest lists it.
fn input(
    channel: &Channel,
    member: &Member,
    counted: u64,
    reading: Reading,
    sha256: String,
) -> Input {
    Input {
        channel: channel.id.clone(),
        path: member.name.clone(),
        sha256,
        counted,
        reading,
    }
}

/// Reads a file and hashes it at the same time, if hashes are wanted.
fn beside_hash<T>(
    hashes: &mut Option<BTreeMap<PathBuf, String>>,
    member: &Member,
    read: impl FnOnce() -> T,
) -> (T, Result<String>) {
    let Some(hashes) = hashes else {
        return (read(), Ok(String::new()));
    };
    if let Some(hash) = hashes.get(&member.file) {
        return (read(), Ok(hash.clone()));
    }
    let (read, hash) = std::thread::scope(|scope| {
        let hash = scope
            .spawn(|| hash_file(&member.file).map_err(|error| unreadable(&member.name, &error)));
        (read(), hash.join())
    });
    let hash = hash.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    if let Ok(hash) = &hash {
        hashes.insert(member.file.clone(), hash.clone());
    }
    (read, hash)
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
