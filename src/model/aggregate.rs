//! Totals: what many platforms hand out instead of followers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::share::Limits;

/// What a total counts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    /// New followers of the day.
    Gained,
    /// Followers lost on the day.
    Lost,
    /// New followers less lost ones.
    Net,
    /// Followers of the channel.
    Followers,
    /// Followers who were active within one hour, as the platform counts them.
    ActiveFollowers,
    /// Accounts that were reached, followers or not.
    Reach,
    /// Accounts that viewed something, followers or not.
    Viewers,
    /// Views, of the same account as often as it viewed.
    Views,
    /// Visits of the page or profile.
    Visits,
    /// Reactions, comments and shares.
    Interactions,
    /// Clicks on links.
    Clicks,
}

impl Metric {
    /// The name as written in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Net => "net",
            Self::Followers => "followers",
            Self::ActiveFollowers => "active-followers",
            Self::Reach => "reach",
            Self::Viewers => "viewers",
            Self::Views => "views",
            Self::Visits => "visits",
            Self::Interactions => "interactions",
            Self::Clicks => "clicks",
        }
    }

    /// Whether days add up: events do, while the same followers are there, are active
    /// and are reached on every day anew.
    pub fn adds_up(self) -> bool {
        !matches!(
            self,
            Self::Followers | Self::ActiveFollowers | Self::Reach | Self::Viewers
        )
    }

    /// Whether the number can be below zero.
    pub fn is_signed(self) -> bool {
        self == Self::Net
    }
}

/// One metric over all rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// Rows with a value (zero is a value).
    pub present: u64,
    /// Rows without one.
    pub null: u64,
    /// All rows together, where days add up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<i64>,
    /// The largest value, where they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest: Option<i64>,
    /// The value of the last day, where they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
}

/// What a file of totals says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Aggregate {
    /// The first day (`2025-01-14`); `null` where the rows are no days, or the year of
    /// them is not known.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// The metrics that the file carries.
    pub totals: BTreeMap<Metric, Total>,
}

/// The values of single days, in days since 1970.
///
/// Kept beside the sums, because two files may speak of the same day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(BTreeMap<Metric, BTreeMap<i64, i64>>);

impl Days {
    /// Notes the value of a day; of several values that do not add up the largest counts.
    /// Gives whether the day had none.
    pub fn note(&mut self, metric: Metric, day: i64, value: i64) -> bool {
        let days = self.0.entry(metric).or_default();
        let known = days.get(&day).copied();
        days.insert(day, known.map_or(value, |known| known.max(value)));
        known.is_none()
    }

    /// Adds the days of another file. A day that both have counts once.
    pub fn merge(&mut self, other: &Self) {
        for (&metric, days) in &other.0 {
            for (&day, &value) in days {
                self.note(metric, day, value);
            }
        }
    }

    /// The days of a metric, in order.
    pub fn of(&self, metric: Metric) -> impl DoubleEndedIterator<Item = (i64, i64)> + '_ {
        self.0
            .get(&metric)
            .into_iter()
            .flatten()
            .map(|(&day, &value)| (day, value))
    }
}

/// What totals say of a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChannelTotals {
    /// The first day that any of the files speaks of.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// The platform's counter on the last day that gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<u64>,
    /// The most followers whom the platform counted as active within one hour, inside the
    /// study's window before the census.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_followers: Option<u64>,
    /// The most accounts, followers or not, that one day reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<u64>,
    /// The share of the followers who are not shown to be reached. Its upper limit is one
    /// of the dormant share, its lower limit is none.
    pub not_reached: Limits,
    /// What stands in the way of a closer statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// Gains and losses by month.
    pub growth: Vec<Growth>,
}

/// What stands in the way of a closer statement from totals.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// More followers are shown to be reached than the counter says there are.
    ReachExceedsFollowers,
    /// Nobody said how many followers there are.
    FollowersUnknown,
    /// Reach is given, without how much of it are followers: it shows nothing.
    ReachWithoutFollowers,
    /// Active followers are given, but outside the window of the study or without a year.
    ActiveOutsideWindow,
}

/// The followers gained and lost in one month, as far as the exports cover it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Growth {
    /// The month: `2025-01`.
    pub month: String,
    /// Days of it that the exports cover.
    pub days: u32,
    /// New followers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gained: Option<i64>,
    /// Lost followers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<i64>,
    /// New ones less lost ones, where the platform says so or both are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<i64>,
    /// The counter at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_two_files_counts_once() {
        let mut days = Days::default();
        assert!(days.note(Metric::Gained, 20_000, 4));
        assert!(!days.note(Metric::Gained, 20_000, 4));
        let mut other = Days::default();
        other.note(Metric::Gained, 20_000, 4);
        other.note(Metric::Gained, 19_999, 1);
        other.note(Metric::Lost, 20_000, 2);
        days.merge(&other);
        assert_eq!(
            days.of(Metric::Gained).collect::<Vec<_>>(),
            [(19_999, 1), (20_000, 4)]
        );
        assert_eq!(days.of(Metric::Lost).collect::<Vec<_>>(), [(20_000, 2)]);
        assert_eq!(days.of(Metric::Net).count(), 0);
    }
}
