//! From files that platforms hand out to followers under canonical fields.
//!
//! ```text
//! paths ─ container ─▶ Member ─ recognise ─▶ Adapter ─ read ─▶ Intake ─ batches ─▶ (activity)
//! ```
//!
//! A file is recognised by what is in it, never by its name. An [`Adapter`] knows one
//! format; it streams the file and hands each follower to the [`Intake`], which counts
//! what is filled and what is empty, finds duplicates, drops the id and passes on
//! batches of rows. Adding a format is one file under `adapters/`, one line in
//! [`adapters::ADAPTERS`] and one folder of fixtures under `tests/fixtures/`.

pub mod container;
pub mod head;
pub mod recognise;
pub mod intake;
pub mod adapters;

use crate::error::Result;
use crate::model::evidence::Field;
use crate::model::platform::Platform;

use container::Member;
use head::Head;
use intake::Intake;

/// One format of one platform: how it is known, and how it is read.
pub trait Adapter: Sync {
    /// What the format is.
    fn format(&self) -> &'static Format;

    /// Whether the file is of this format, by its first bytes.
    fn recognise(&self, head: &Head<'_>) -> bool;

    /// Reads the whole file and hands over its followers.
    ///
    /// # Errors
    /// The file cannot be read at all, or breaks off. A row that does not parse is no
    /// error: it is set aside and counted.
    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()>;
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
    /// What it can never say.
    pub lacks: &'static str,
    /// Whether it holds followers, or only speaks of a file that does.
    pub role: Role,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It holds followers.
    Followers,
    /// It says how many rows other files of the same export should have, and from when.
    Companion,
}
