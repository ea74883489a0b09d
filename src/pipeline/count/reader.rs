//! Reads the exports of a channel, and counts their rows on the way.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::sources::Sources;
use super::super::sum::{Counting, Sum};
use super::super::{Watch, hash_file};
use super::{Counted, interactions, is_blank_table, latest};
use crate::activity;
use crate::error::{Error, Result};
use crate::frame::states::States;
use crate::ingest::beside::{self, Beside};
use crate::ingest::container::{Member, unreadable};
use crate::ingest::intake::Seen;
use crate::ingest::interactions::Interactions;
use crate::ingest::merge::Merging;
use crate::ingest::{self, Role, cut_off, parts};
use crate::model::cut_off::Sign;
use crate::model::evidence::Design;
use crate::model::manifest::{Input, Reading};
use crate::model::results::{InteractionCounts, Notice};
use crate::model::tally::{Key, Tally};
use crate::study::{Channel, Study};

impl Counted {
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
}

/// Where the lists of a channel end.
struct Ends {
    files: Vec<cut_off::File>,
    /// The followers that the exports announce of themselves.
    announced: Option<u64>,
}

/// What the study file says of some exports.
#[derive(Clone, Copy, Debug)]
pub(in crate::pipeline) struct Declared<'a> {
    /// How they stand to the followers.
    pub(in crate::pipeline) design: Design,
    /// Why that holds although they look cut off.
    pub(in crate::pipeline) because: Option<&'a str>,
    /// The platform's counter when they were made.
    pub(in crate::pipeline) followers: Option<u64>,
}

impl<'a> Declared<'a> {
    pub(in crate::pipeline) fn of(channel: &'a Channel) -> Self {
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
pub(in crate::pipeline) struct Reader<'a> {
    /// The folder that paths are taken from.
    folder: &'a Path,
    /// The study's window, for states.
    window: u32,
    /// The hashes of files so far, where they are wanted; an archive may be read for
    /// several channels.
    hashes: Option<BTreeMap<PathBuf, String>>,
    watch: &'a dyn Watch,
}

impl<'a> Reader<'a> {
    /// A reader for the channels of a study; with the hashes of their files, if wanted.
    pub(in crate::pipeline) fn new(study: &'a Study, hashed: bool, watch: &'a dyn Watch) -> Self {
        Self {
            folder: &study.folder,
            window: study.window_days,
            hashes: hashed.then(BTreeMap::new),
            watch,
        }
    }

    /// Counts the rows of some exports; where `seen` gives pseudonyms, also the state of
    /// each follower under one.
    ///
    /// Where several files name the same follower, they are read a second time, and what
    /// they say of these followers is put together.
    pub(in crate::pipeline) fn read(
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
