//! Exports to tallies.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::snapshots::{self, Series};
use super::{Watch, hex};
use crate::activity::{self, Counter, Judgement};
use crate::error::{Error, Result};
use crate::frame::dates;
use crate::frame::states::States;
use crate::ingest::container::{Member, members, unreadable};
use crate::ingest::intake::Seen;
use crate::ingest::recognise::{Recognised, recognise};
use crate::ingest::{self, Adapter, Role, parts};
use crate::model::aggregate::Days;
use crate::model::manifest::Input;
use crate::model::results::Notice;
use crate::model::tally::Tally;
use crate::study::{Channel, Study};
use crate::vault::Vault;

/// What was counted for one channel.
#[derive(Debug)]
pub struct Counted {
    /// The tally.
    pub tally: Tally,
    /// The files, as the manifest lists them.
    pub inputs: Vec<Input>,
    /// The totals of single days, where exports hold those instead of followers.
    pub days: Days,
    /// What the files say of each other.
    pub notices: Vec<Notice>,
    /// Files that were found and not read, and why.
    pub left_out: Vec<(String, String)>,
    /// The older exports joined with these, where the study names any.
    pub series: Option<Series>,
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
    let reader = Reader {
        window: study.window_days,
        hashes: Some(BTreeMap::new()),
        watch,
    };
    counted(study, reader, Seen::default)
}

/// Only the tallies: without the hashes of the files (they are left empty), and without
/// looking for followers who are listed twice if `check` says so.
///
/// # Errors
/// As [`count`].
pub fn tally(study: &Study, check: bool, watch: &dyn Watch) -> Result<Count> {
    let reader = Reader {
        window: study.window_days,
        hashes: None,
        watch,
    };
    let seen = if check {
        Seen::default
    } else {
        Seen::unchecked
    };
    counted(study, reader, seen)
}

fn counted(study: &Study, mut reader: Reader<'_>, seen: fn() -> Seen) -> Result<Count> {
    let mut sources = Vec::with_capacity(study.channels.len());
    for channel in &study.channels {
        sources.push(sources_of(channel, &channel.exports, &study.folder)?);
    }
    let census = census(study, &sources)?;
    let mut vault = None;
    let mut counted = Vec::with_capacity(sources.len());
    for (channel, sources) in study.channels.iter().zip(sources) {
        if channel.snapshots.is_empty() {
            counted.push(reader.read(channel, sources, census, seen())?.0);
            continue;
        }
        let vault = match &mut vault {
            Some(vault) => vault,
            none => none.insert(Vault::open(study)?),
        };
        let seen = Seen::under(vault.pseudonyms(channel));
        let (mut latest, states) = reader.read(channel, sources, census, seen)?;
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
    for (member, adapter) in sources.iter().flat_map(|sources| &sources.files) {
        let found = match ingest::read(member, *adapter, &mut Seen::default(), None, &|_| Ok(())) {
            Err(error) if is_blank_table(*adapter, &error) => continue,
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

/// The files of a channel that can be read, and those that cannot.
pub(super) struct Sources {
    pub(super) files: Vec<(Member, &'static dyn Adapter)>,
    left_out: Vec<(String, String)>,
}

impl Sources {
    /// Notes a file that is not read. What a platform packs beside its followers is
    /// nothing that the analyst must hear of.
    fn leave_out(&mut self, member: &Member, why: &str) {
        if !member.is_archived() {
            self.left_out.push((member.name.clone(), why.to_owned()));
        }
    }
}

pub(super) fn sources_of(channel: &Channel, exports: &[String], folder: &Path) -> Result<Sources> {
    let mut sources = Sources {
        files: Vec::new(),
        left_out: Vec::new(),
    };
    let (mut wrong, mut refused, mut unknown) = (None, None, None);
    for member in members(exports, folder)? {
        match recognise(&member)? {
            Recognised::Followers(adapter)
            | Recognised::Totals(adapter)
            | Recognised::Companion(adapter) => {
                if let Some(platform) = adapter.format().platform.filter(|&p| p != channel.platform)
                {
                    // Instagram packs the followers on Threads beside its own.
                    sources.leave_out(&member, "a list of another platform");
                    wrong.get_or_insert_with(|| {
                        Error::new(
                            "pipeline::platform",
                            format!(
                                "this is a list of {}, but the channel `{}` is on {}",
                                platform.label(),
                                channel.id,
                                channel.platform.label()
                            ),
                        )
                        .at(&member.name)
                        .help("correct `platform` or `exports` of this channel in the study file")
                    });
                    continue;
                }
                sources.files.push((member, adapter));
            }
            Recognised::Refused(refusal) => {
                sources.leave_out(&member, refusal.what);
                refused.get_or_insert(refusal.error(&member.name));
            }
            Recognised::Empty => {
                sources.leave_out(&member, "the file is empty");
                refused.get_or_insert(ingest::empty(&member));
            }
            Recognised::Unknown => {
                sources.leave_out(&member, "none of the known formats");
                unknown.get_or_insert(ingest::unknown(&member));
            }
        }
    }
    if sources
        .files
        .iter()
        .any(|(_, adapter)| adapter.format().role != Role::Companion)
    {
        return Ok(sources);
    }
    Err(wrong.or(refused).or(unknown).unwrap_or_else(|| {
        Error::new(
            "pipeline::no_files",
            "the exports of this channel hold no list of followers",
        )
        .at(exports.join(", "))
        .help("put the download of the platform there, as it is")
    }))
}

/// Reads exports, one channel after the other.
pub(super) struct Reader<'a> {
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
    pub(super) fn read(
        &mut self,
        channel: &Channel,
        sources: Sources,
        census: i64,
        mut seen: Seen,
    ) -> Result<(Counted, States)> {
        let judgement = Judgement::new(census, self.window);
        let latest = latest(census);
        let mut counted = Counted {
            tally: Tally::default(),
            inputs: Vec::new(),
            days: Days::default(),
            notices: Vec::new(),
            left_out: sources.left_out,
            series: None,
        };
        let mut states = Vec::new();
        let mut announced = Vec::new();
        let mut unused = None;
        for (member, adapter) in sources.files {
            self.watch.reading(&member.name, 0);
            let (counter, named) = (Counter::new(&judgement), Mutex::new(Vec::new()));
            let rows = AtomicU64::new(0);
            let watch = self.watch;
            let (found, sha256) = self.beside_hash(&member, || {
                ingest::read(&member, adapter, &mut seen, Some(latest), &|batch| {
                    let height = batch.height() as u64;
                    let before = rows.fetch_add(height, Ordering::Relaxed);
                    watch.reading(&member.name, before + height);
                    let states = activity::named(&batch, &judgement)?;
                    named
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend(states);
                    counter.count(&batch)
                })
            });
            let found = match found {
                Err(error) if is_blank_table(adapter, &error) => {
                    let why = "a table of totals without rows".to_owned();
                    counted.left_out.push((member.name, why));
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
                counted.left_out.push((member.name, what));
                continue;
            }
            announced.extend(found.announced);
            counted.days.merge(&found.days);
            let confirm = activity::confirmation(platform, &reading.fields);
            counted.tally.merge(&counter.finish()?.map_keys(confirm));
            let named = named.into_inner().unwrap_or_else(PoisonError::into_inner);
            let state = |(name, key)| (name, confirm(key).state(self.window));
            states.extend(named.into_iter().map(state));
            counted.inputs.push(Input {
                channel: channel.id.clone(),
                path: member.name,
                sha256: sha256?,
                reading,
            });
        }
        if let Some(error) = unused.filter(|_| counted.inputs.is_empty()) {
            return Err(error);
        }
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
        Ok((counted, States::new(states)))
    }

    /// Reads a file and hashes it at the same time.
    fn beside_hash<T>(&mut self, member: &Member, read: impl FnOnce() -> T) -> (T, Result<String>) {
        let Some(hashes) = &mut self.hashes else {
            return (read(), Ok(String::new()));
        };
        if let Some(hash) = hashes.get(&member.file) {
            return (read(), Ok(hash.clone()));
        }
        let (read, hash) = std::thread::scope(|scope| {
            let hash = scope.spawn(|| hash_file(member));
            (read(), hash.join())
        });
        let hash = hash.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        if let Ok(hash) = &hash {
            hashes.insert(member.file.clone(), hash.clone());
        }
        (read, hash)
    }
}

/// Whether a file is a table of totals without rows, which small accounts get beside
/// others that have some.
fn is_blank_table(adapter: &dyn Adapter, error: &Error) -> bool {
    adapter.format().role == Role::Totals && error.kind() == "ingest::empty"
}

/// The last instant that is believed: an export is often made some time after the
/// census; a year later is no date.
pub(super) fn latest(census: i64) -> i64 {
    census.saturating_add(366 * dates::DAY)
}

fn hash_file(member: &Member) -> Result<String> {
    let name = &member.name;
    let mut file = File::open(&member.file).map_err(|error| unreadable(name, &error))?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 18];
    loop {
        match file
            .read(&mut block)
            .map_err(|error| unreadable(name, &error))?
        {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(block.get(..read).unwrap_or_default()),
        }
    }
}
