//! Synthetic followers of known truth, in the formats that the platforms hand out.
//!
//! ```text
//! Character ─ population ─▶ Follower ─┬─ exports ─▶ a file, as the platform writes it
//!                                     ├─ audit ───▶ a random draw with labels
//!                                     └─ truth ───▶ what is so, for checking only
//! ```
//!
//! Followers pass by one at a time and none is kept. Everything comes from a seed:
//! stream 0 of the generator draws the followers, stream 1 the audit, stream 2 the
//! sample of a partial export, stream 3 what was so at an earlier date, so that none of
//! them disturbs another. The same seed
//! gives the same bytes.
//!
//! The people, the municipality and the servers are made up. Ids of X accounts are
//! drawn like real ones, so a sequential one may by chance be somebody's; nothing is
//! said about that account.

pub mod character;
pub mod population;
pub mod exports;
pub mod audit;
pub mod truth;
pub mod demo;
pub mod snapshots;

mod archive;
mod ids;
mod instants;
mod names;

use std::path::Path;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::error::{Error, Result};
use crate::model::evidence::Design;
use crate::model::platform::Platform;

use audit::{Audit, Draw, Plan};
use character::Character;
use exports::{Context, Format};
use population::{Fate, Population};
use truth::{Channel, Group};

pub use demo::demo;
pub use snapshots::{Snapshots, snapshots};

/// Followers after which an archive begins its next part.
const PART: u64 = 1_000_000;

/// A channel to invent, and the export of it to write.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The format of the file.
    pub format: &'static Format,
    /// Whose followers these are; decides their character.
    pub platform: Platform,
    /// Followers of the channel.
    pub followers: u64,
    /// Which of them the export holds.
    pub sample: Sample,
    /// What everything is drawn from.
    pub seed: u64,
    /// The census instant, in milliseconds since 1970 (UTC); the export is made then.
    pub census: i64,
}

/// Which followers an export holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sample {
    /// Everybody.
    #[default]
    Census,
    /// A simple random sample of this size.
    Random(u64),
    /// The newest of this number.
    Newest(u64),
}

impl Sample {
    fn design(self) -> Design {
        match self {
            Self::Census => Design::Census,
            Self::Random(_) => Design::Srs,
            Self::Newest(_) => Design::Newest,
        }
    }
}

/// Writes one export, and says what is true of the channel.
///
/// # Errors
/// `simulate::platform` when the format cannot carry the platform, `simulate::census`
/// when the channel does not exist at the census instant, `simulate::write` when the
/// file cannot be written.
///
/// # Examples
/// ```
/// use dormouse::model::platform::Platform;
/// use dormouse::simulate::{Export, Sample, export, exports};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("followers.csv");
/// let channel = Export {
///     format: exports::format("canonical").ok_or("no such format")?,
///     platform: Platform::X,
///     followers: 1000,
///     sample: Sample::Census,
///     seed: 1,
///     census: 1_735_689_600_000,
/// };
/// let truth = export(&channel, &path)?;
/// assert_eq!(truth.all.followers, 1000);
/// assert_eq!(std::fs::read_to_string(path)?.lines().count(), 1001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn export(channel: &Export, path: &Path) -> Result<Channel> {
    let plan = Plan {
        labels: 0,
        floor: 0,
        ..Plan::default()
    };
    Ok(write(channel, path, plan, PART)?.0)
}

/// Writes one export and draws an audit of those in it.
///
/// # Errors
/// As [`export`].
pub fn audited(channel: &Export, path: &Path, plan: Plan) -> Result<(Channel, Audit)> {
    write(channel, path, plan, PART)
}

fn write(channel: &Export, path: &Path, plan: Plan, part: u64) -> Result<(Channel, Audit)> {
    let Export {
        format, platform, ..
    } = *channel;
    if format.platform.is_some_and(|own| own != platform) {
        return Err(Error::new(
            "simulate::platform",
            format!(
                "the format {} cannot carry followers on {}",
                format.name,
                platform.label()
            ),
        )
        .help("take a format of that platform, or `canonical`, which carries any"));
    }
    let failed = |error| failed(error, path);
    let census = channel.census.div_euclid(1000);
    let context = Context {
        platform,
        census,
        part,
    };
    let mut character = Character::of(platform);
    if !format.names_gone {
        // Such a list leaves those out whom the platform has closed.
        character.gone = 0.0;
    }
    let population = Population::new(character, channel.followers, channel.seed, census)?;
    let mut sampler = Sampler::new(channel);
    let mut draw = Draw::new(plan, channel.seed, census);
    let mut all = Group::new(plan.window_days);
    let mut listed = Group::new(plan.window_days);
    let mut file = (format.open)(path, &context).map_err(failed)?;
    for follower in population {
        all.add(&follower, census);
        if !sampler.takes() {
            continue;
        }
        listed.add(&follower, census);
        if follower.fate == Fate::Present {
            let id = || (format.id)(&follower, &context);
            draw.offer((format.shown)(&follower), follower.dormant(), id);
        }
        file.write(&follower).map_err(failed)?;
    }
    file.finish().map_err(failed)?;
    let channel = Channel {
        id: format.name.to_owned(),
        platform,
        seed: channel.seed,
        design: channel.sample.design(),
        all: all.close(),
        listed: listed.close(),
    };
    Ok((channel, draw.finish()))
}

fn failed(error: std::io::Error, path: &Path) -> Error {
    Error::new("simulate::write", format!("cannot be written: {error}"))
        .at(path.display().to_string())
        .help("is there room, and may you write there?")
}

/// Decides follower by follower who is in the export (selection sampling).
struct Sampler {
    rng: ChaCha8Rng,
    sample: Sample,
    /// Followers still to come.
    coming: u64,
    /// How many of them are wanted.
    wanted: u64,
}

impl Sampler {
    fn new(channel: &Export) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(channel.seed);
        rng.set_stream(2);
        let wanted = match channel.sample {
            Sample::Census => channel.followers,
            Sample::Random(size) | Sample::Newest(size) => size,
        };
        Self {
            rng,
            sample: channel.sample,
            coming: channel.followers,
            wanted,
        }
    }

    fn takes(&mut self) -> bool {
        let takes = match self.sample {
            Sample::Census | Sample::Newest(_) => self.wanted > 0,
            Sample::Random(_) => {
                self.wanted > 0 && self.rng.random_range(0..self.coming.max(1)) < self.wanted
            }
        };
        self.coming = self.coming.saturating_sub(1);
        self.wanted -= u64::from(takes);
        takes
    }
}

#[cfg(test)]
mod tests;
