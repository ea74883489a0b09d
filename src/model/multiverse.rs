//! The choices of the multiverse, and what came of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which acts count as signs of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    /// Posts alone.
    Posts,
    /// Any dated act: post, follow, creation of the account.
    Any,
}

/// What becomes of followers of whom the export cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Undetermined {
    /// They are left out.
    Drop,
    /// They count as active.
    Active,
    /// They count as dormant.
    Dormant,
}

/// What becomes of accounts with a post count of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeverPosted {
    /// They are silent since they were made.
    SilentSinceCreation,
    /// They count as active.
    Active,
    /// They are left out.
    Exclude,
}

/// Whether a kind of account is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// Kept.
    Keep,
    /// Left out.
    Drop,
}

impl Signs {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Posts, Self::Any];
}

impl Undetermined {
    /// All ways, in the order of the grid.
    pub const ALL: [Self; 3] = [Self::Drop, Self::Active, Self::Dormant];
}

impl NeverPosted {
    /// All ways, in the order of the grid.
    pub const ALL: [Self; 3] = [Self::SilentSinceCreation, Self::Active, Self::Exclude];
}

impl Keep {
    /// Both, in the order of the grid.
    pub const ALL: [Self; 2] = [Self::Keep, Self::Drop];
}

/// One set of choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// Which acts count.
    pub signs: Signs,
    /// The window in days.
    pub window_days: u32,
    /// What becomes of the undetermined.
    pub undetermined: Undetermined,
    /// What becomes of never-posters.
    pub never_posted: NeverPosted,
    /// Whether suspected bots are kept.
    pub bots: Keep,
    /// Whether duplicates are kept.
    pub duplicates: Keep,
}

/// One of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Which acts count.
    Signs,
    /// The window.
    Window,
    /// The undetermined.
    Undetermined,
    /// Never-posters.
    NeverPosted,
    /// Suspected bots.
    Bots,
    /// Duplicates.
    Duplicates,
}

impl Axis {
    /// All choices.
    pub const ALL: [Self; 6] = [
        Self::Signs,
        Self::Window,
        Self::Undetermined,
        Self::NeverPosted,
        Self::Bots,
        Self::Duplicates,
    ];

    /// The name of the choice in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signs => "signs",
            Self::Window => "window_days",
            Self::Undetermined => "undetermined",
            Self::NeverPosted => "never_posted",
            Self::Bots => "bots",
            Self::Duplicates => "duplicates",
        }
    }
}

impl Choice {
    /// The option that was taken for one of the choices, as named in artefacts.
    pub fn option(&self, axis: Axis) -> String {
        match axis {
            Axis::Signs => match self.signs {
                Signs::Posts => "posts",
                Signs::Any => "any",
            }
            .to_owned(),
            Axis::Window => self.window_days.to_string(),
            Axis::Undetermined => match self.undetermined {
                Undetermined::Drop => "drop",
                Undetermined::Active => "active",
                Undetermined::Dormant => "dormant",
            }
            .to_owned(),
            Axis::NeverPosted => match self.never_posted {
                NeverPosted::SilentSinceCreation => "silent_since_creation",
                NeverPosted::Active => "active",
                NeverPosted::Exclude => "exclude",
            }
            .to_owned(),
            Axis::Bots | Axis::Duplicates => {
                let keep = if axis == Axis::Bots {
                    self.bots
                } else {
                    self.duplicates
                };
                match keep {
                    Keep::Keep => "keep",
                    Keep::Drop => "drop",
                }
                .to_owned()
            }
        }
    }
}

/// What one specification found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Specification {
    /// The choices.
    #[serde(flatten)]
    pub choice: Choice,
    /// Whether this is the main specification, declared before any result.
    pub main: bool,
    /// One entry a channel.
    pub outcomes: Vec<Outcome>,
    /// The channel with the largest share; `None` when two share it.
    pub largest: Option<String>,
}

/// The silent share of one channel under one specification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The channel.
    pub channel: String,
    /// Followers that are left.
    pub n: u64,
    /// Of them silent.
    pub silent: u64,
    /// `silent / n`; `None` when nobody is left.
    pub share: Option<f64>,
    /// Lower Wilson limit.
    pub lower: f64,
    /// Upper Wilson limit.
    pub upper: f64,
}

/// In which share of the specifications something holds. No probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Universe {
    /// Share of all specifications.
    pub holds_in: f64,
    /// How many there are.
    pub of: u64,
    /// The same by each option of each choice: `window_days=180` → share.
    pub by_choice: BTreeMap<String, f64>,
}

/// The multiverse in `results.json`; every specification stands in `multiverse.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Multiverse {
    /// Specifications of one kind of sign.
    pub specifications: u64,
    /// The silent shares over the specifications, for posts alone.
    pub posts: Vec<Spread>,
    /// The same for any dated sign of life.
    pub any: Vec<Spread>,
    /// Share of the specifications, for posts alone, in which two channels or more have the
    /// largest share together; in these it is nobody's.
    #[serde(default)]
    pub posts_tied: f64,
    /// The same for any dated sign of life.
    #[serde(default)]
    pub any_tied: f64,
    /// In which specifications each decision holds.
    pub decisions: Vec<Decision>,
    /// Every specification, in the order of the grid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grid: Vec<Specification>,
}

/// The silent share of one channel over all specifications of one kind of sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Spread {
    /// The channel.
    pub channel: String,
    /// Smallest share.
    pub min: Option<f64>,
    /// Middle share.
    pub median: Option<f64>,
    /// Largest share.
    pub max: Option<f64>,
    /// The share under the main specification, where its window is in the grid.
    pub main: Option<f64>,
}

/// Something that a council could decide by, and how often it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// What is asked.
    pub decision: Question,
    /// Of which channel.
    pub channel: String,
    /// For posts alone.
    pub posts: Universe,
    /// For any dated sign of life.
    pub any: Universe,
}

/// What is asked of each specification.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "question", rename_all = "kebab-case")]
pub enum Question {
    /// Has the channel the largest silent share?
    LargestShare,
    /// Has it fewer active followers than the policy wants?
    FewerActiveThan {
        /// The policy's minimum.
        minimum: u64,
    },
    /// Is its silent share above what the policy accepts?
    ShareAbove {
        /// The policy's maximum.
        maximum: f64,
    },
    /// Does it reach fewer residents than the policy wants, were every active follower one?
    ResidentsBelow {
        /// The policy's minimum, as a share of all residents.
        minimum: f64,
    },
    /// Does each active follower cost more a month than the policy accepts?
    CostAbove {
        /// The policy's maximum, in euros.
        maximum: f64,
    },
}

/// How a list stands to the whole channel: what an outcome, which is of the list, says of
/// the channel that a decision is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Whole {
    /// Followers of the channel for each on the list: more than one for a random sample.
    pub scale: f64,
    /// Followers who are not on a list of the newest and may be awake.
    pub beyond: f64,
}

impl Whole {
    /// A list that is the channel.
    pub const LIST: Self = Self {
        scale: 1.0,
        beyond: 0.0,
    };

    /// Active followers of the channel: the most that there can be where the list is cut off.
    pub fn active(self, outcome: &Outcome) -> f64 {
        (outcome.n - outcome.silent) as f64 * self.scale + self.beyond
    }

    /// The silent share of the channel, `None` of nobody: the least that it can be where the
    /// list is cut off.
    pub fn silent_share(self, outcome: &Outcome) -> Option<f64> {
        let all = outcome.n as f64 * self.scale + self.beyond;
        (all > 0.0).then(|| outcome.silent as f64 * self.scale / all)
    }
}
