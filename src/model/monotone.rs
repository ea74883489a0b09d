//! What a list of the newest followers says if the older ones are no more awake.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::share::Share;

/// What a study assumes of followers who are older than a list of the newest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OlderFollowers {
    /// Nothing: they may all be awake, or all silent.
    #[default]
    Unknown,
    /// At least as many of them are silent, and dormant, as of the oldest on the list.
    AtLeastAsSilent,
}

/// The shares under the declared assumption. They stand beside the worst case, and no
/// comparison or verdict is made with them: the assumption is the analyst's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Monotone {
    /// Publicly silent.
    pub silent: Share,
    /// Dormant; `null` without an audit.
    pub dormant: Option<Share>,
    /// The oldest followers of the list, on whom the silent share leans.
    pub oldest: FollowAge,
    /// Whether the silent share rises with the follow age, among those who follow for
    /// longer than the window; `null` where there are fewer than two groups of them.
    pub trend: Option<AgeTrend>,
}

/// Followers of the list who follow for about as long.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FollowAge {
    /// They follow for more than so many days; `null` where no date of a follow is known,
    /// and these are all on the list.
    pub longer_than_days: Option<u32>,
    /// How many they are.
    pub followers: u64,
    /// Of them silent, whatever the undetermined are.
    pub silent: u64,
    /// Lower Wilson limit of their silent share, at the level of the shares.
    pub lower: f64,
}

/// Cochran–Armitage test over groups of follow age, youngest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgeTrend {
    /// The groups, each of at least a hundred followers, none or at least ten of them silent,
    /// and so of the others.
    pub groups: Vec<FollowAge>,
    /// Standard normal if there is no trend; positive if the silent share rises with the
    /// follow age, negative if it falls, which speaks against the assumption. `null` where
    /// all groups are alike.
    pub statistic: Option<f64>,
    /// Two-sided p-value.
    pub p: Option<f64>,
}
