//! The files of a channel: which are read, by what, and which are left out and why.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::ingest::adapters::mapped_csv::{Fit, MappedCsv};
use crate::ingest::container::{Member, members};
use crate::ingest::recognise::{self, Recognised, recognise};
use crate::ingest::{self, Adapter, Role};
use crate::model::platform::Platform;
use crate::study::{Channel, Study};

/// The files of a channel that can be read, and those that cannot.
pub(super) struct Sources {
    files: Vec<(Member, Box<dyn Adapter>)>,
    pub(super) left_out: Vec<(String, String)>,
}

impl Sources {
    /// Notes a file that is not read. What a platform packs beside its followers is
    /// nothing that the analyst must hear of.
    fn leave_out(&mut self, member: &Member, why: &str) {
        if !member.is_archived() {
            self.left_out.push((member.name.clone(), why.to_owned()));
        }
    }

    /// The files that list followers, and so can name the same one.
    pub(super) fn lists(&self) -> impl Iterator<Item = (&Member, &dyn Adapter)> {
        self.all()
            .filter(|(_, adapter)| adapter.format().role == Role::Followers)
    }

    /// Every file that can be read, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Member, &dyn Adapter)> {
        self.files
            .iter()
            .map(|(member, adapter)| (member, adapter.as_ref()))
    }
}

/// Looks at the exports of every channel of a study.
///
/// # Errors
/// As [`sources_of`].
pub(super) fn sources(study: &Study) -> Result<Vec<Sources>> {
    let of = |channel: &Channel| sources_of(channel, &channel.exports, &study.folder);
    study.channels.iter().map(of).collect()
}

/// Looks at the files behind some exports of a channel.
///
/// # Errors
/// A path that matches nothing; not one file of this platform that can be read; columns
/// of the study file that no file has.
pub(super) fn sources_of(channel: &Channel, exports: &[String], folder: &Path) -> Result<Sources> {
    let mut sources = Sources {
        files: Vec::new(),
        left_out: Vec::new(),
    };
    let acts = files_of(&channel.interactions, folder)?;
    let mapped = (!channel.columns.is_empty()).then(|| MappedCsv(channel.columns.clone()));
    let mut mapping = None;
    let (mut wrong, mut refused, mut unknown) = (None, None, None);
    for member in members(exports, folder)? {
        // A folder of exports may hold the lists of interactions too.
        if acts.contains(&place(&member)) {
            continue;
        }
        if let Some(mapped) = &mapped {
            match mapped.fit(&member)? {
                Fit::All => {
                    mapping = Some(Ok(()));
                    sources.files.push((member, Box::new(mapped.clone())));
                    continue;
                }
                Fit::Some(error) => return Err(error),
                Fit::Other(error) => {
                    mapping.get_or_insert(Err(error));
                }
                Fit::NoTable => {}
            }
        }
        match recognise(&member)? {
            Recognised::Followers(adapter)
            | Recognised::Totals(adapter)
            | Recognised::Companion(adapter) => {
                match recognise::platform(&member, adapter)? {
                    Some(platform) if !is_of(channel, adapter, platform) => {
                        // Instagram packs the followers on Threads beside its own.
                        sources.leave_out(&member, "a list of another platform");
                        wrong.get_or_insert_with(|| other_platform(channel, platform, &member));
                    }
                    _ => sources.files.push((member, Box::new(adapter))),
                }
            }
            Recognised::Interactions(_) => {
                sources.leave_out(&member, "a list of interactions, not of followers");
                refused.get_or_insert_with(|| {
                    Error::new(
                        "pipeline::interactions",
                        "this is a list of interactions, not of followers",
                    )
                    .at(&member.name)
                    .help(
                        "name it under `interactions` of the channel; if it does list followers, \
                         say what its columns mean under [channel.columns]",
                    )
                });
            }
            Recognised::Refused(refusal, _) => {
                sources.leave_out(&member, refusal.what);
                refused.get_or_insert(refusal.error(&member.name));
            }
            Recognised::Empty => {
                sources.leave_out(&member, "the file is empty");
                refused.get_or_insert(ingest::empty(&member));
            }
            Recognised::Unknown(look) => {
                sources.leave_out(&member, "none of the known formats");
                unknown.get_or_insert(look.unknown(&member.name));
            }
        }
    }
    match (mapped, mapping) {
        // What the study says of columns must hold of some file.
        (_, Some(Err(error))) => return Err(error),
        (Some(_), None) => {
            return Err(Error::new(
                "pipeline::columns",
                format!(
                    "the channel `{}` has [channel.columns], and none of its exports is a table",
                    channel.id
                ),
            )
            .at(exports.join(", "))
            .help("take [channel.columns] out, or name the CSV file under `exports`"));
        }
        _ => {}
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

/// The files on disk behind some paths, without archives.
fn files_of(paths: &[String], folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let members = members(paths, folder)?;
    let files = members.iter().filter(|member| !member.is_archived());
    Ok(files.map(place).collect())
}

/// Where a file lies, however its path is written; a member of an archive has its name.
fn place(member: &Member) -> PathBuf {
    if member.is_archived() {
        return PathBuf::from(&member.name);
    }
    std::fs::canonicalize(&member.file).unwrap_or_else(|_| member.file.clone())
}

/// Whether a file of this platform can be of the channel. Headings of a CSV only suggest a
/// platform, and a channel elsewhere may have any.
fn is_of(channel: &Channel, adapter: &dyn Adapter, platform: Platform) -> bool {
    let is_suggested = adapter.format().platform.is_none();
    platform == channel.platform || is_suggested && channel.platform == Platform::Other
}

fn other_platform(channel: &Channel, platform: Platform, member: &Member) -> Error {
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
}
