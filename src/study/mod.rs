//! The study file: what is reviewed, when, and by which settings.
//!
//! [`Study::read`] gives settings that are checked: no later stage meets a level
//! outside (0, 1) or two channels of one name. Unknown keys are refused with their
//! place and the nearest key that exists, because a misspelt setting that is ignored
//! would change a figure that a council reads.

mod file;
mod check;

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::model::evidence::{Design, Field};
use crate::model::letter::Letter;
use crate::model::monotone::OlderFollowers;
use crate::model::platform::{Language, Platform};
use crate::model::verdict::{Policy, Stated};

pub use file::StudyFile;

/// A review, checked.
#[derive(Clone, Debug)]
pub struct Study {
    /// Title of the review.
    pub title: String,
    /// The public body.
    pub organisation: String,
    /// Language of the briefing.
    pub language: Language,
    /// The instant at which everybody is judged, in milliseconds since 1970 UTC; taken
    /// from the exports when the study file does not say it.
    pub census: Option<i64>,
    /// Residents of the place.
    pub residents: Option<u64>,
    /// Days of silence beyond which a follower counts as silent.
    pub window_days: u32,
    /// Level of the intervals, in (0, 1).
    pub level: f64,
    /// Seed of everything that is random.
    pub seed: u64,
    /// The channels, in the order of the file.
    pub channels: Vec<Channel>,
    /// The council's own rules, if any.
    pub policy: Option<Policy>,
    /// The form of the briefing, where the study sets it.
    pub briefing: Option<Letter>,
    /// The name of the file, without its ending.
    pub name: String,
    /// The folder that paths are taken from.
    pub folder: PathBuf,
    /// The text of the study file, for its hash.
    pub text: String,
}

/// One account of the organisation on one platform, checked.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The id: small letters, digits, hyphens.
    pub id: String,
    /// The name for people; the platform's where none is given.
    pub name: String,
    /// The platform.
    pub platform: Platform,
    /// Files, folders, patterns, zips, below the study file's folder.
    pub exports: Vec<String>,
    /// How the exports stand to the followers.
    pub design: Design,
    /// Lists of interactions, as paths like those of the exports.
    pub interactions: Vec<String>,
    /// The headings of the channel's own CSV files, by field; the id is among them. Empty
    /// where files speak for themselves.
    pub columns: Vec<(Field, String)>,
    /// The counter that the platform shows.
    pub followers: Option<u64>,
    /// What is assumed of followers older than a list of the newest.
    pub older_followers: OlderFollowers,
    /// The labels of the audit.
    pub audit: Option<PathBuf>,
    /// What it states of the channel; amounts are not negative, shares are in order.
    pub stated: Stated,
    /// Standard error of the costs; zero where they are known.
    pub cost_standard_error: f64,
    /// Older exports, oldest first.
    pub snapshots: Vec<Snapshot>,
}

/// Older exports of a channel, checked.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The instant at which the followers of that time are judged, in milliseconds since
    /// 1970 UTC.
    pub census: i64,
    /// Files, folders, patterns, zips; none where they are no longer kept.
    pub exports: Vec<String>,
    /// How they stand to the followers of that time.
    pub design: Design,
}

impl Study {
    /// Reads and checks a study file.
    ///
    /// # Errors
    /// The file is missing, is no TOML, has an unknown key, or a value that cannot be.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Error::new(
                "study::unreadable",
                format!("the study file cannot be read: {error}"),
            )
            .at(&name)
            .help("give the path of a study file, like data/demo/study.toml")
        })?;
        let file = file::parse(&name, &text)?;
        check::checked(file, &name, text, path)
    }
}
