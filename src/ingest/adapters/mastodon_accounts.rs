//! Mastodon: account objects of the API, as Mastodon.py, toot and scripts save them.
//!
//! The richest export: `last_status_at` for every account that the server has seen post.
//! Counts and dates of accounts on other servers are what the own server has seen, so
//! they are lower limits.
//!
//! `locked` is read as protected: followers have to be approved. An account that has
//! `moved` or is `suspended` is gone. An account `in memoriam` is not: it stays on the
//! list, and its silence shows in its dates. A `limited` account is alive.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Iso, Name, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// Arrays of accounts, one or many, or one account a line.
pub struct MastodonAccounts;

static FORMAT: Format = Format {
    name: "mastodon-accounts",
    platform: Some(Platform::Mastodon),
    title: "Mastodon API, account objects",
    how: "GET /api/v1/accounts/:id/followers, all pages, with Mastodon.py, toot or a script",
    carries: &[
        Field::Id,
        Field::AccountCreatedAt,
        Field::LastActiveAt,
        Field::PostsCount,
        Field::FollowersCount,
        Field::FollowingCount,
        Field::DefaultAvatar,
        Field::Protected,
    ],
    proves: "the day of the last post, the number of posts and the age of each account",
    lacks: "dates of follow; posts of other servers' accounts that the own server has not seen",
    holds: &[Holding {
        files: "Mastodon API followers",
        whole: &[
            Fact::Id,
            Fact::Handle,
            Fact::CreatedAt,
            Fact::LastActive,
            Fact::Posts,
            Fact::Followers,
            Fact::Following,
            Fact::DefaultAvatar,
            Fact::Bio,
            Fact::Protected,
            Fact::Bot,
        ],
        partly: &[(Fact::FollowedAt, "order"), (Fact::Verified, "links")],
    }],
    design: Design::Unknown,
    page: Some(40),
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["accounts", "followers"],
    marks: &[],
};

const PLACES: &[&str] = &[
    "",
    "[]",
    "[][]",
    "accounts[]",
    "followers[]",
    "[].accounts[]",
    "[].followers[]",
];

#[derive(Deserialize)]
struct Account {
    #[serde(default)]
    id: Value<Name>,
    #[serde(default)]
    acct: Value<String>,
    /// The profile. A number of one server leads an analyst nowhere.
    #[serde(default)]
    url: Value<String>,
    #[serde(default)]
    created_at: Value<Iso>,
    /// A day; a full instant before Mastodon 3.
    #[serde(default)]
    last_status_at: Value<Iso>,
    #[serde(default)]
    statuses_count: Value<u64>,
    #[serde(default)]
    followers_count: Value<u64>,
    #[serde(default)]
    following_count: Value<u64>,
    #[serde(default)]
    avatar: Value<String>,
    #[serde(default)]
    locked: Value<bool>,
    #[serde(default)]
    suspended: Value<bool>,
    moved: Option<IgnoredAny>,
}

impl Adapter for MastodonAccounts {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        head.outline().has(PLACES, &["acct", "username"])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row(_, bytes) => match json::parse(bytes) {
                Ok(account) => take(&account, intake),
                Err(reason) => intake.row(Err(reason)),
            },
            Part::Page(_) => Ok(()),
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

fn take(account: &Account, intake: &mut Intake<'_>) -> Result<()> {
    let follower = follower(account);
    if follower.is_ok() {
        intake.carries_where(&[
            (Field::Id, true),
            (Field::AccountCreatedAt, account.created_at.is_there()),
            (Field::LastActiveAt, account.last_status_at.is_there()),
            (Field::PostsCount, account.statuses_count.is_there()),
            (Field::FollowersCount, account.followers_count.is_there()),
            (Field::FollowingCount, account.following_count.is_there()),
            (Field::DefaultAvatar, account.avatar.is_there()),
            (Field::Protected, account.locked.is_there()),
        ]);
    }
    intake.row(follower)
}

fn follower(account: &Account) -> Checked<Follower<'_>> {
    let id = account.id.optional("id: expected an id")?;
    let acct = account.acct.optional("acct: expected a handle")?;
    let id = id
        .map(|id| &id.0)
        .or(acct)
        .ok_or("id: expected an id or acct")?;
    let created_at = account
        .created_at
        .optional("created_at: expected a date like 2018-10-10T00:00:00.000Z")?;
    let last_post = account
        .last_status_at
        .optional("last_status_at: expected a date like 2018-10-10")?;
    let posts = account
        .statuses_count
        .optional("statuses_count: expected a number from 0 on")?;
    let followers = account
        .followers_count
        .optional("followers_count: expected a number from 0 on")?;
    let following = account
        .following_count
        .optional("following_count: expected a number from 0 on")?;
    let picture = account.avatar.optional("avatar: expected a link")?;
    let locked = account.locked.optional("locked: expected true or false")?;
    let suspended = account
        .suspended
        .optional("suspended: expected true or false")?;
    Ok(Follower {
        id: Some(id),
        account_created_at: created_at.map(|date| date.0),
        last_active_at: last_post.map(|date| date.0),
        posts_count: posts.copied(),
        followers_count: followers.copied(),
        following_count: following.copied(),
        default_avatar: picture.map(|link| link.contains("/missing.png")),
        protected: locked.copied(),
        gone: account.moved.is_some() || suspended == Some(&true),
        profile: match &account.url {
            Value::Given(url) => Some(url.as_str()),
            _ => None,
        },
        ..Follower::default()
    })
}
