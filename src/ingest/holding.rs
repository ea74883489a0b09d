//! What files of a format hold about a follower, for the table of formats.

use serde::Serialize;

use crate::model::evidence::Field;

/// A fact about a follower: one column of the table of formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A number or name of the platform that never changes.
    Id,
    /// The name under which the follower can be found.
    Handle,
    /// When the follower began to follow.
    FollowedAt,
    /// When the account was made.
    CreatedAt,
    /// The last dated act.
    LastActive,
    /// Number of posts.
    Posts,
    /// Number of followers of the follower.
    Followers,
    /// Number of accounts that the follower follows.
    Following,
    /// Whether the picture is the platform's own.
    DefaultAvatar,
    /// What the follower writes about itself; never read.
    Bio,
    /// Whether the platform vouches for the account; never read.
    Verified,
    /// Whether only approved followers see the posts.
    Protected,
    /// Whether the account calls itself a program; never read.
    Bot,
}

impl Fact {
    /// All facts, in the order of the table.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Handle,
        Self::FollowedAt,
        Self::CreatedAt,
        Self::LastActive,
        Self::Posts,
        Self::Followers,
        Self::Following,
        Self::DefaultAvatar,
        Self::Bio,
        Self::Verified,
        Self::Protected,
        Self::Bot,
    ];

    /// The heading of its column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Handle => "handle",
            Self::FollowedAt => "followed",
            Self::CreatedAt => "created",
            Self::LastActive => "last active",
            Self::Posts => "posts",
            Self::Followers => "followers",
            Self::Following => "following",
            Self::DefaultAvatar => "default avatar",
            Self::Bio => "bio",
            Self::Verified => "verified",
            Self::Protected => "protected",
            Self::Bot => "bot flag",
        }
    }

    /// The heading of its column where room is scarce.
    pub fn short(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Handle => "name",
            Self::FollowedAt => "foll",
            Self::CreatedAt => "made",
            Self::LastActive => "last",
            Self::Posts => "post",
            Self::Followers => "fers",
            Self::Following => "fing",
            Self::DefaultAvatar => "avat",
            Self::Bio => "bio",
            Self::Verified => "veri",
            Self::Protected => "prot",
            Self::Bot => "bot",
        }
    }

    /// The facts that fill a canonical field; what tells followers apart is an id or,
    /// without one, the handle.
    pub fn filling(field: Field) -> &'static [Self] {
        match field {
            Field::Id => &[Self::Id, Self::Handle],
            Field::FollowedAt => &[Self::FollowedAt],
            Field::AccountCreatedAt => &[Self::CreatedAt],
            Field::LastActiveAt => &[Self::LastActive],
            Field::PostsCount => &[Self::Posts],
            Field::FollowersCount => &[Self::Followers],
            Field::FollowingCount => &[Self::Following],
            Field::DefaultAvatar => &[Self::DefaultAvatar],
            Field::Protected => &[Self::Protected],
        }
    }
}

/// One line of the table of formats: files of one kind, and what stands in them.
///
/// A format has one line, or one for each tool or call that writes it differently. A
/// fact that is in neither list is absent.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Holding {
    /// The files.
    pub files: &'static str,
    /// What stands in every row.
    pub whole: &'static [Fact],
    /// What can be derived, or stands in some rows only, and how.
    pub partly: &'static [(Fact, &'static str)],
}

impl Holding {
    /// How a fact is partly there; `None` where it is there wholly or not at all.
    pub fn partly(&self, fact: Fact) -> Option<&'static str> {
        let found = self.partly.iter().find(|(partly, _)| *partly == fact);
        found.map(|&(_, how)| how)
    }

    /// One sign for how far a fact is there: `●` wholly, `◐` partly, `·` not at all.
    pub fn mark(&self, fact: Fact) -> &'static str {
        if self.whole.contains(&fact) {
            "●"
        } else if self.partly(fact).is_some() {
            "◐"
        } else {
            "·"
        }
    }
}
