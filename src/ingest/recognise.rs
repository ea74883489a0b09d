//! What a file is, by its content.

use super::adapters::{ADAPTERS, REFUSALS};
use super::container::Member;
use super::head::Head;
use super::{Adapter, Role, unknown};
use crate::error::{Error, Result};
use crate::model::platform::Platform;
use crate::model::refused::Refused;

/// What was recognised.
pub enum Recognised {
    /// A format that holds followers.
    Followers(&'static dyn Adapter),
    /// A format that holds totals.
    Totals(&'static dyn Adapter),
    /// A list of interactions.
    Interactions(&'static dyn Adapter),
    /// A file that speaks of others.
    Companion(&'static dyn Adapter),
    /// Known, and not what is needed: why, and the way out.
    Refused(&'static Refusal, Refused),
    /// Nothing in it.
    Empty,
    /// None of the formats: what it looks like, and the way out.
    Unknown(&'static Refusal),
}

/// A file that people take for a list of followers, and that is none.
pub struct Refusal {
    /// What it is.
    pub what: &'static str,
    /// What to bring instead.
    pub help: &'static str,
    /// Whether the file is this.
    pub recognise: fn(&Head<'_>) -> bool,
}

impl Refusal {
    /// The refusal as an error about a file.
    pub fn error(&self, name: &str) -> Error {
        self.coded("ingest::not_followers", name)
    }

    /// The same, of a file that is none of the formats.
    pub fn unknown(&self, name: &str) -> Error {
        self.coded("ingest::unknown", name)
    }

    fn coded(&self, code: &'static str, name: &str) -> Error {
        Error::new(code, self.what).at(name).help(self.help)
    }
}

/// The platform that a file names by its beginning, such as by its headings.
///
/// # Errors
/// The file cannot be read.
pub fn platform(member: &Member, adapter: &dyn Adapter) -> Result<Option<Platform>> {
    if adapter.format().platform.is_some() {
        return Ok(adapter.format().platform);
    }
    let (bytes, whole) = member.head()?;
    Ok(adapter.platform(&Head::new(&bytes, whole).named(member.file_name())))
}

/// Looks at the beginning of a file and asks the registry.
///
/// # Errors
/// The file cannot be read.
pub fn recognise(member: &Member) -> Result<Recognised> {
    let (bytes, whole) = member.head()?;
    let head = Head::new(&bytes, whole).named(member.file_name());
    if head.is_empty() {
        return Ok(Recognised::Empty);
    }
    if let Some((refusal, what)) = REFUSALS.iter().find(|(known, _)| (known.recognise)(&head)) {
        return Ok(Recognised::Refused(refusal, *what));
    }
    let adapter = ADAPTERS
        .iter()
        .copied()
        .find(|adapter| adapter.recognise(&head));
    Ok(match adapter {
        None => Recognised::Unknown(unknown::look(&head)),
        Some(adapter) => match adapter.format().role {
            Role::Followers => Recognised::Followers(adapter),
            Role::Totals => Recognised::Totals(adapter),
            Role::Companion => Recognised::Companion(adapter),
            Role::Interactions => Recognised::Interactions(adapter),
        },
    })
}
