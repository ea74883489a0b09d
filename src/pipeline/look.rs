//! A folder of exports to the study file that they suggest.
//!
//! Every file is recognised and read once. Lists of followers are told apart by the
//! followers on them: two lists that share most of them are two exports of one channel,
//! and two that do not are two channels.

mod group;

use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Watch;
use super::count::is_blank_table;
use crate::audit::labels::Labels;
use crate::audit::worksheet::ENDINGS;
use crate::error::{Error, Result, counted};
use crate::frame::dates::{DAY, date, rfc_3339};
use crate::ingest::container::{Member, files, members};
use crate::ingest::found::Found;
use crate::ingest::intake::Seen;
use crate::ingest::recognise::{Recognised, recognise};
use crate::ingest::{self, Adapter, Format, Role, export_name};
use crate::model::platform::Platform;
use crate::output::RESULTS;
use crate::study::scaffold::{Dated, KnownBy, Scaffold, Source, Unused, Why};

/// A worksheet is read whole, so what is larger than any is not taken for one.
const LARGEST_WORKSHEET: u64 = 16 << 20;

/// What the user says beside the folder.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Where the study file will stand.
    pub study: &'a Path,
    /// What it will say of itself.
    pub said: &'a Said,
}

/// Settings that the user gives.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The public body.
    pub organisation: Option<String>,
    /// Language of the comments and of the briefing.
    pub language: crate::model::platform::Language,
    /// The census, in milliseconds since 1970.
    pub census: Option<i64>,
}

/// One file that was read.
struct Item {
    /// The file on disk, from the study file.
    path: String,
    member: Member,
    format: &'static Format,
    platform: Option<Platform>,
    known_by: KnownBy,
    account: Option<String>,
    made: Option<(i64, Source)>,
    found: Found,
    /// The followers on it, those that it names as gone included.
    listed: u64,
    seen: Seen,
}

/// A worksheet that was found.
struct Worksheet {
    path: String,
    stem: String,
    whole: bool,
}

/// Looks through a folder.
///
/// # Errors
/// The folder cannot be listed, or holds nothing that a channel could be made of.
pub fn look(wanted: Wanted<'_>, watch: &dyn Watch) -> Result<Scaffold> {
    let base = parent(wanted.study);
    let skip = |path: &Path| {
        same(path, wanted.study) || path.join(RESULTS).is_file() || is_study_file(path)
    };
    let (mut items, mut sheets, mut unused) = (Vec::new(), Vec::new(), Vec::new());
    for file in files(wanted.folder, &skip)? {
        let path = relative(&file, &base);
        watch.reading(&path, 0);
        read(&file, &path, watch, &mut items, &mut sheets, &mut unused);
    }
    let census = wanted.said.census.map(|ms| Dated {
        at: rfc_3339(ms),
        by: Source::User,
        file: String::new(),
    });
    watch.stage("grouping the lists");
    let days = items.iter().filter_map(newest_day).max();
    let mut grouped = group::channels(items, sheets, &mut unused);
    if grouped.channels.is_empty() {
        return Err(nothing(wanted.folder, &unused));
    }
    unused.sort_by(|a, b| a.file.cmp(&b.file));
    unused.dedup();
    Ok(Scaffold {
        folder: wanted.folder.display().to_string(),
        study: wanted.study.display().to_string(),
        organisation: wanted.said.organisation.clone(),
        language: wanted.said.language,
        census: census.or_else(|| grouped.made.take()),
        newest_day: days.map(date),
        channels: grouped.channels,
        unused,
    })
}

/// Reads one file, or says why it is not used.
fn read(
    file: &Path,
    path: &str,
    watch: &dyn Watch,
    items: &mut Vec<Item>,
    sheets: &mut Vec<Worksheet>,
    unused: &mut Vec<Unused>,
) {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let folder = parent(file);
    let mut leave = |file: String, why| unused.push(Unused { file, why });
    let members = match members(&[name.clone().into_owned()], &folder) {
        Ok(members) => members,
        Err(error) => return leave(path.to_owned(), Why::Fault(without_place(&error, &name))),
    };
    let before = items.len();
    let mut reasons = Vec::new();
    for member in members {
        let shown = match member.name.split_once('!') {
            Some((_, inside)) => format!("{path}!{inside}"),
            None => path.to_owned(),
        };
        match recognised(&member, watch) {
            Ok(read) => items.push(item(path, member, read)),
            Err(why) => reasons.push((shown, why)),
        }
    }
    if items.len() == before
        && let Some(sheet) = worksheet(file, path)
    {
        sheets.push(sheet);
        return;
    }
    // What lies in an archive beside followers is nothing that the analyst must hear of.
    let archive = reasons.iter().all(|(shown, _)| shown.contains('!'));
    let telling = |why: &Why| !matches!(why, Why::Unknown | Why::Refused(_) | Why::Empty);
    if archive && items.len() > before {
        reasons.retain(|(_, why)| telling(why));
    } else if archive && reasons.iter().all(|(_, why)| *why == Why::Unknown) {
        return leave(path.to_owned(), Why::Unknown);
    } else if archive {
        reasons.retain(|(_, why)| *why != Why::Unknown);
    }
    for (shown, why) in reasons {
        leave(shown, why);
    }
}

/// A member as it was read.
struct Read {
    adapter: &'static dyn Adapter,
    found: Found,
    listed: u64,
    seen: Seen,
}

/// Recognises and reads a member.
fn recognised(member: &Member, watch: &dyn Watch) -> std::result::Result<Read, Why> {
    let fault = |error: Error| Why::Fault(without_place(&error, &member.name));
    let adapter = match recognise(member).map_err(fault)? {
        Recognised::Followers(adapter)
        | Recognised::Totals(adapter)
        | Recognised::Interactions(adapter)
        | Recognised::Companion(adapter) => adapter,
        Recognised::Refused(_, what) => return Err(Why::Refused(what)),
        Recognised::Empty => return Err(Why::Empty),
        Recognised::Unknown(_) => return Err(Why::Unknown),
    };
    let mut seen = Seen::default();
    let rows = AtomicU64::new(0);
    let read = ingest::read(member, adapter, &mut seen, None, &|batch| {
        let more = batch.height() as u64;
        let rows = rows.fetch_add(more, Ordering::Relaxed) + more;
        watch.reading(&member.name, rows);
        Ok(())
    });
    match read {
        Ok(found) => Ok(Read {
            adapter,
            listed: rows.into_inner().saturating_sub(found.reading.duplicates),
            found,
            seen,
        }),
        Err(error) if is_blank_table(adapter, &error) || error.kind() == "ingest::empty" => {
            Err(Why::Empty)
        }
        Err(error) => Err(fault(error)),
    }
}

fn item(path: &str, member: Member, read: Read) -> Item {
    let Read {
        adapter,
        found,
        listed,
        seen,
    } = read;
    let format = adapter.format();
    let inside = member.name.split_once('!').map(|(_, inside)| inside);
    let told = export_name::told(&match inside {
        Some(inside) => format!("{path}!{inside}"),
        None => path.to_owned(),
    });
    let said = found.reading.exported_at.as_deref();
    let made = said
        .and_then(|at| crate::frame::dates::iso_8601(at.as_bytes()))
        .map(|ms| (ms, Source::Export))
        .or(told.made.map(|ms| (ms, Source::Name)))
        .or(member.packed_at.map(|day| (day * DAY, Source::Packed)));
    let by_file = found.reading.platform.or(format.platform);
    let by_name = platform_in(path);
    let (platform, known_by) = match (by_file, by_name) {
        (Some(platform), _) => (Some(platform), KnownBy::Files),
        (None, Some(platform)) => (Some(platform), KnownBy::Folder),
        (None, None) => (None, KnownBy::Nothing),
    };
    Item {
        path: path.to_owned(),
        account: found.account.clone().or(told.account),
        member,
        format,
        platform,
        known_by,
        made,
        found,
        listed,
        seen,
    }
}

/// A file of labels, or one to label.
fn worksheet(file: &Path, path: &str) -> Option<Worksheet> {
    let ending = file.extension()?.to_string_lossy().to_lowercase();
    let small = std::fs::metadata(file).is_ok_and(|about| about.len() <= LARGEST_WORKSHEET);
    if !small || !ENDINGS.contains(&ending.as_str()) {
        return None;
    }
    let labels = Labels::read(file, path).ok()?;
    let whole = labels.missing.is_empty()
        && labels.unread.is_empty()
        && labels.problems.is_empty()
        && !labels.lacks_sizes();
    (!labels.rows.is_empty()).then(|| Worksheet {
        path: path.to_owned(),
        stem: file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        whole,
    })
}

/// The platform that a folder or file is named after; none where two are.
fn platform_in(path: &str) -> Option<Platform> {
    let mut named: Vec<Platform> = path
        .split(|letter: char| !letter.is_alphanumeric())
        .filter_map(|word| {
            let word = word.to_lowercase();
            if word == "twitter" {
                return Some(Platform::X);
            }
            Platform::ALL
                .into_iter()
                .find(|platform| *platform != Platform::Other && platform.key() == word)
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    match named.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The newest day that stands in a file.
fn newest_day(item: &Item) -> Option<i64> {
    let followed = item.found.order.newest.map(|ms| ms.div_euclid(DAY));
    let totals = item.found.reading.aggregate.as_ref();
    let last = totals
        .and_then(|totals| totals.last.as_deref())
        .and_then(|day| crate::frame::dates::iso_8601(format!("{day}T00:00:00Z").as_bytes()))
        .map(|ms| ms.div_euclid(DAY));
    followed.max(last)
}

fn nothing(folder: &Path, unused: &[Unused]) -> Error {
    let help = match unused {
        [] => {
            "put the downloads of the platforms there, as they are; `dormouse formats` says how to get them"
        }
        _ => {
            "`dormouse inspect` says of each file what it is; `dormouse formats` how to get exports"
        }
    };
    Error::new(
        "pipeline::nothing_found",
        format!(
            "there is no export of followers here, among {}",
            counted(unused.len() as u64, "file")
        ),
    )
    .at(folder.display().to_string())
    .help(help)
}

/// A fault without the name of the file, which stands before it.
fn without_place(error: &Error, name: &str) -> String {
    let text = error.to_string();
    let rest = text.strip_prefix(name).unwrap_or(&text);
    rest.trim_start_matches([':', ',', ' ']).to_owned()
}

/// Study files are nothing that the analyst must hear of.
fn is_study_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

/// A path from a folder, with `/` between its parts.
fn relative(path: &Path, base: &Path) -> String {
    let (Ok(whole), Ok(base)) = (path.canonicalize(), base.canonicalize()) else {
        return path.display().to_string();
    };
    let (path, base): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (whole.components().collect(), base.components().collect());
    let common = path.iter().zip(&base).take_while(|(a, b)| a == b).count();
    if common <= 1 {
        return whole.display().to_string().replace('\\', "/");
    }
    let up = std::iter::repeat_n("..".to_owned(), base.len() - common);
    let down = path.iter().skip(common);
    up.chain(down.map(|part| part.as_os_str().to_string_lossy().into_owned()))
        .collect::<Vec<_>>()
        .join("/")
}

impl Item {
    /// Whether it lists followers.
    fn lists(&self) -> bool {
        self.format.role == Role::Followers
    }
}
