//! From files that platforms hand out to followers under canonical fields.
//!
//! ```text
//! paths ─ container ─▶ Member ─ recognise ─▶ Adapter ─ read ─▶ Intake ─ batches ─▶ (activity)
//! ```
//!
//! Beside the files of a channel stand lists of interactions ([`interactions`]); what
//! several files say of one follower is put together ([`merge`]).
//!
//! A file is recognised by what is in it, not by its name, with one exception: where a
//! platform writes lists of followers and of others alike to the byte. An [`Adapter`] knows one
//! format; it streams the file and hands each follower to the [`Intake`], which counts
//! what is filled and what is empty, finds duplicates, drops the id and passes on
//! batches of rows. Adding a format is one file under `adapters/`, one line in
//! [`adapters::ADAPTERS`] and one folder of fixtures under `tests/fixtures/`.

pub mod container;
mod biff;
mod compound;
pub mod workbook;
mod unpacked;
pub mod head;
pub mod holding;
pub mod recognise;
mod unknown;
#[cfg(test)]
mod differential;
pub mod intake;
pub mod found;
mod seen;
mod stretches;
pub mod merge;
pub mod interactions;
pub mod beside;
mod sums;
pub mod text;
pub mod json;
pub mod html;
pub mod x_ids;
pub mod tid;
pub mod adapters;
pub mod export_name;
pub mod parts;
pub mod cut_off;

use crate::error::{Error, Result, counted};
use crate::model::evidence::{Design, Evidence, Field};
use crate::model::manifest::Reading;
use crate::model::platform::Platform;

pub use holding::{Fact, Holding};

use container::Member;
use found::Found;
use head::Head;
use intake::{Consumer, Intake, Listener, Seen};
use recognise::Recognised;

/// One format of one platform: how it is known, and how it is read.
pub trait Adapter: Sync {
    /// What the format is.
    fn format(&self) -> &'static Format;

    /// Whether the file is of this format, by its first bytes.
    fn recognise(&self, head: &Head<'_>) -> bool;

    /// The platform of a file, as far as its beginning tells it.
    fn platform(&self, _head: &Head<'_>) -> Option<Platform> {
        self.format().platform
    }

    /// Reads the whole file and hands over its followers.
    ///
    /// # Errors
    /// The file cannot be read at all, or breaks off. A row that does not parse is no
    /// error: it is set aside and counted.
    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()>;
}

/// So that one of the registry and one that is made for a study can stand in one list.
impl<A: Adapter + ?Sized> Adapter for &A {
    fn format(&self) -> &'static Format {
        (**self).format()
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        (**self).recognise(head)
    }

    fn platform(&self, head: &Head<'_>) -> Option<Platform> {
        (**self).platform(head)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        (**self).read(member, intake)
    }
}

/// What a format is, for people and for the registry.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Short name, as in artefacts: `x-archive`, `mastodon-accounts`.
    pub name: &'static str,
    /// The platform; `None` where any platform may have written it.
    pub platform: Option<Platform>,
    /// What it is called where it comes from.
    pub title: &'static str,
    /// How somebody gets it.
    pub how: &'static str,
    /// The canonical fields that it can carry.
    pub carries: &'static [Field],
    /// What it proves.
    pub proves: &'static str,
    /// What it can never say.
    pub lacks: &'static str,
    /// What stands in it, for the table of formats.
    pub holds: &'static [Holding],
    /// How a whole export stands to the followers, as far as the format alone tells.
    pub design: Design,
    /// Rows of a full page, where the list is fetched in pages.
    pub page: Option<u64>,
    /// Whether it holds followers, totals, or only speaks of a file that holds followers.
    pub role: Role,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It holds followers.
    Followers,
    /// It holds totals, by day or altogether, and no followers.
    Totals,
    /// It says how many rows other files of the same export should have, and from when.
    Companion,
    /// It says who did something on the channel, and when; not who follows.
    Interactions,
}

/// Reads one file with the adapter that recognised it; the one way in for everybody.
///
/// Ids are looked up in and added to `seen`; dates after `latest` (milliseconds since
/// 1970) are taken as empty.
///
/// # Errors
/// The file cannot be read or breaks off; it holds no follower (`ingest::empty`), or
/// not one row that parses (`ingest::no_row`). A companion may be without rows.
pub fn read<'a>(
    member: &Member,
    adapter: &dyn Adapter,
    seen: &'a mut Seen,
    latest: Option<i64>,
    consumer: &'a Consumer<'a>,
) -> Result<Found> {
    let intake = Intake::new(adapter.format(), seen, latest, consumer);
    through(member, adapter, intake)
}

/// [`read`], with somebody who hears of each follower before its batch is consumed.
///
/// # Errors
/// As [`read`].
pub fn read_aloud<'a>(
    member: &Member,
    adapter: &dyn Adapter,
    seen: &'a mut Seen,
    latest: Option<i64>,
    consumer: &'a Consumer<'a>,
    listener: &'a mut Listener<'a>,
) -> Result<Found> {
    let intake = Intake::new(adapter.format(), seen, latest, consumer).heard_by(listener);
    through(member, adapter, intake)
}

fn through(member: &Member, adapter: &dyn Adapter, mut intake: Intake<'_>) -> Result<Found> {
    let format = adapter.format();
    adapter
        .read(member, &mut intake)
        .map_err(|error| error.at(&member.name))?;
    let mut found = intake.finish()?;
    if format.role == Role::Interactions {
        // Its dates are of acts on the channel: they prove that some are awake, and are
        // no grade of an export.
        found.reading.evidence = Evidence::None;
    }
    let reading = &found.reading;
    if format.role == Role::Companion || reading.gone.is_some_and(|gone| gone > 0) {
        return Ok(found);
    }
    if reading.rows == 0 && format.role == Role::Totals {
        return Err(Error::new(
            "ingest::empty",
            "the export is empty: it has no row below its headings",
        )
        .at(&member.name)
        .help("choose a longer period, and export it again"));
    }
    if reading.rows == 0 {
        return Err(empty(member));
    }
    if reading.rows == reading.set_aside {
        let reason = reading
            .set_aside_reasons
            .iter()
            .max_by_key(|&(_, rows)| rows)
            .map_or("", |(reason, _)| reason);
        return Err(Error::new(
            "ingest::no_row",
            format!(
                "not one of {} can be read as {}; mostly: {reason}",
                counted(reading.rows, "row"),
                format.name
            ),
        )
        .at(&member.name)
        .help("download the export again, and do not open and save it in another program"));
    }
    Ok(found)
}

/// What a file is and what was found in it, without a channel around it.
///
/// # Errors
/// As [`read`]; the file is none of the formats (`ingest::unknown`), or it is known and
/// lists no followers (`ingest::not_followers`).
pub fn examine(member: &Member) -> Result<Found> {
    match recognise::recognise(member)? {
        Recognised::Followers(adapter)
        | Recognised::Totals(adapter)
        | Recognised::Companion(adapter)
        | Recognised::Interactions(adapter) => {
            let mut seen = Seen::default();
            read(member, adapter, &mut seen, None, &|_| Ok(()))
        }
        Recognised::Refused(refusal, _) => Err(refusal.error(&member.name)),
        Recognised::Empty => Err(empty(member)),
        Recognised::Unknown(look) => Err(look.unknown(&member.name)),
    }
}

/// The counts of [`examine`].
///
/// # Errors
/// As [`examine`].
pub fn inspect(member: &Member) -> Result<Reading> {
    examine(member).map(|found| found.reading)
}

/// The error for a file that lists nobody.
pub fn empty(member: &Member) -> Error {
    Error::new("ingest::empty", "the export is empty: it lists no follower")
        .at(&member.name)
        .help("ask the platform for the export again, with followers and with all dates")
}
