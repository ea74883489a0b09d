//! What an export can prove about a follower, and how it stands to the followers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The grade of an export, by the best that it proves about single followers.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Nothing about single followers.
    #[default]
    None,
    /// No followers at all, only totals.
    Aggregate,
    /// Ids, and creation dates at most.
    Ids,
    /// Dates of follow.
    FollowDates,
    /// Numbers of posts, without dates of posts.
    Counts,
    /// Dates of last activity.
    Activity,
}

impl Evidence {
    /// The grade as written in artefacts: `activity`, `counts`, `follow-dates`, ….
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Aggregate => "aggregate",
            Self::Ids => "ids",
            Self::FollowDates => "follow-dates",
            Self::Counts => "counts",
            Self::Activity => "activity",
        }
    }

    /// The grade that the filled fields of an export give it.
    ///
    /// A column that is empty in every row was not collected and proves nothing.
    pub fn of(fields: &Fields) -> Self {
        let filled = |field| {
            fields
                .get(&field)
                .is_some_and(|count: &FieldCount| count.present > 0)
        };
        if filled(Field::LastActiveAt) {
            Self::Activity
        } else if filled(Field::PostsCount) {
            Self::Counts
        } else if filled(Field::FollowedAt) {
            Self::FollowDates
        } else if filled(Field::AccountCreatedAt) || filled(Field::Id) {
            Self::Ids
        } else {
            Self::None
        }
    }
}

/// How an export stands to the followers of the channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Design {
    /// Everybody is in it.
    Census,
    /// A simple random sample.
    Srs,
    /// The newest followers, cut off.
    Newest,
    /// Not known; treated as newest.
    #[default]
    Unknown,
}

impl Design {
    /// The design as written in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Census => "census",
            Self::Srs => "srs",
            Self::Newest => "newest",
            Self::Unknown => "unknown",
        }
    }
}

/// A canonical field of a follower (design: the project's own CSV).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What tells this follower from the others: an id, or the handle where there is none.
    Id,
    /// When this follower began to follow.
    FollowedAt,
    /// When the account was made.
    AccountCreatedAt,
    /// The last dated act that the export gives.
    LastActiveAt,
    /// Number of posts of the account.
    PostsCount,
    /// Number of followers of this follower.
    FollowersCount,
    /// Number of accounts that this follower follows.
    FollowingCount,
    /// Whether the profile picture is the platform's own.
    DefaultAvatar,
    /// Whether the account shows its posts only to approved followers.
    Protected,
}

impl Field {
    /// All fields, in the order of the canonical CSV.
    pub const ALL: [Self; 9] = [
        Self::Id,
        Self::FollowedAt,
        Self::AccountCreatedAt,
        Self::LastActiveAt,
        Self::PostsCount,
        Self::FollowersCount,
        Self::FollowingCount,
        Self::DefaultAvatar,
        Self::Protected,
    ];

    /// The name of the column in the canonical CSV.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::FollowedAt => "followed_at",
            Self::AccountCreatedAt => "account_created_at",
            Self::LastActiveAt => "last_active_at",
            Self::PostsCount => "posts_count",
            Self::FollowersCount => "followers_count",
            Self::FollowingCount => "following_count",
            Self::DefaultAvatar => "default_avatar",
            Self::Protected => "protected",
        }
    }
}

/// In how many rows a field is filled, and in how many it is empty.
///
/// A field that the export does not carry has no entry at all: absent, null and
/// zero are three things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldCount {
    /// Rows in which the field has a value (zero is a value).
    pub present: u64,
    /// Rows in which the field is there and empty.
    pub null: u64,
}

/// The fields that an export carries.
pub type Fields = BTreeMap<Field, FieldCount>;

/// The fields of several exports together.
pub fn together<'a>(exports: impl IntoIterator<Item = &'a Fields>) -> Fields {
    let mut fields = Fields::new();
    for (&field, count) in exports.into_iter().flatten() {
        let sum = fields.entry(field).or_default();
        sum.present += count.present;
        sum.null += count.null;
    }
    fields
}
