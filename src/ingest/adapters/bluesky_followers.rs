//! Bluesky: profiles of followers, as its API gives them.
//!
//! `getFollowers` gives pages of short profiles, `getProfiles` the same with counts, 25
//! a call. A profile without a picture has no `avatar`. `indexedAt` is when the profile
//! itself was last edited and says nothing of activity, so it is not read.
//!
//! The `atproto` library for Python writes the same keys as `created_at`, `posts_count`;
//! both are read.
//!
//! `viewer.followedBy` is the record by which the profile follows whoever was logged
//! in, and its key holds the date. That is the date of follow only where the channel
//! itself was logged in. Then every row has such a record; for somebody else, only those
//! rows have one that happen to follow both. So the dates are taken where at most one
//! row in twenty is without: people leave between two calls.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Iso, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role, tid};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// Pages of `getFollowers` or `getProfiles`, or their profiles, one or many.
pub struct BlueskyFollowers;

static FORMAT: Format = Format {
    name: "bluesky-followers",
    platform: Some(Platform::Bluesky),
    title: "Bluesky API, profiles of followers",
    how: "app.bsky.graph.getFollowers, all pages, logged in as the channel; \
          app.bsky.actor.getProfiles for the counts",
    carries: &[
        Field::Id,
        Field::FollowedAt,
        Field::AccountCreatedAt,
        Field::PostsCount,
        Field::FollowersCount,
        Field::FollowingCount,
        Field::DefaultAvatar,
    ],
    proves: "the age of each account; the date of follow where the channel was logged in; the number of posts from getProfiles",
    lacks: "dates of posts; dates of follow unless the channel was logged in; \
            deactivated accounts are left out",
    holds: &[
        Holding {
            files: "Bluesky getFollowers",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::DefaultAvatar,
                Fact::Bio,
            ],
            partly: &[
                (Fact::FollowedAt, "logged in as the channel"),
                (Fact::Verified, "some"),
                (Fact::Bot, "labels"),
            ],
        },
        Holding {
            files: "Bluesky getProfiles",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::Posts,
                Fact::Followers,
                Fact::Following,
                Fact::DefaultAvatar,
                Fact::Bio,
            ],
            partly: &[
                (Fact::FollowedAt, "logged in as the channel"),
                (Fact::Verified, "some"),
                (Fact::Bot, "labels"),
            ],
        },
    ],
    design: Design::Unknown,
    page: Some(50),
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["followers", "profiles"],
    marks: &[],
};

const PLACES: &[&str] = &[
    "",
    "[]",
    "[][]",
    "followers[]",
    "profiles[]",
    "[].followers[]",
    "[].profiles[]",
];

/// 2022-11-01, the month of the first accounts; programs may write any date.
const FIRST_ACCOUNTS: i64 = 1_667_260_800_000;

/// Whose followers a page lists.
#[derive(Deserialize)]
struct Page {
    subject: Subject,
}

#[derive(Deserialize)]
struct Subject {
    #[serde(default)]
    handle: Value<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    #[serde(default)]
    did: Value<String>,
    #[serde(default)]
    avatar: Value<String>,
    #[serde(default, alias = "created_at")]
    created_at: Value<Iso>,
    #[serde(default, alias = "posts_count")]
    posts_count: Value<u64>,
    #[serde(default, alias = "followers_count")]
    followers_count: Value<u64>,
    #[serde(default, alias = "follows_count")]
    follows_count: Value<u64>,
    viewer: Option<Viewer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    #[serde(default, alias = "followed_by")]
    followed_by: Value<String>,
}

impl Profile {
    fn followed_by(&self) -> Option<&str> {
        match self.viewer.as_ref().map(|viewer| &viewer.followed_by) {
            Some(Value::Given(record)) => Some(record),
            _ => None,
        }
    }
}

impl Adapter for BlueskyFollowers {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        outline.has(PLACES, &["did", "handle"]) || outline.has(&[""], &["subject", "followers"])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.earliest(FIRST_ACCOUNTS);
        let own = is_own(member)?;
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row(_, bytes) => match json::parse(bytes) {
                Ok(profile) => take(&profile, own, intake),
                Err(reason) => intake.row(Err(reason)),
            },
            Part::Page(page) => {
                if let Some(named) = json::names_next(page, "cursor", "subject") {
                    intake.next_page(named);
                }
                if let Ok(Page { subject }) = json::parse(page)
                    && let Value::Given(handle) = subject.handle
                {
                    intake.account(&handle);
                }
                Ok(())
            }
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

/// Whether the channel itself was logged in.
fn is_own(member: &Member) -> Result<bool> {
    let (mut with, mut without) = (0_u64, 0_u64);
    json::read(member, SHAPE, &mut |part| {
        if let Part::Row(_, bytes) = part
            && let Ok(profile) = json::parse::<Profile>(bytes)
            && matches!(profile.did, Value::Given(_))
        {
            *(match profile.followed_by() {
                Some(_) => &mut with,
                None => &mut without,
            }) += 1;
        }
        Ok(())
    })?;
    Ok(with > 0 && without <= (with + without) / 20)
}

fn take(profile: &Profile, own: bool, intake: &mut Intake<'_>) -> Result<()> {
    let follower = follower(profile, own);
    if follower.is_ok() {
        intake.carries_where(&[
            (Field::Id, true),
            (Field::FollowedAt, own),
            (Field::AccountCreatedAt, profile.created_at.is_there()),
            (Field::PostsCount, profile.posts_count.is_there()),
            (Field::FollowersCount, profile.followers_count.is_there()),
            (Field::FollowingCount, profile.follows_count.is_there()),
            (Field::DefaultAvatar, true),
        ]);
    }
    intake.row(follower)
}

fn follower(profile: &Profile, own: bool) -> Checked<Follower<'_>> {
    let did = profile.did.required("did: expected an id like did:plc:…")?;
    let created_at = profile
        .created_at
        .optional("createdAt: expected a date like 2024-11-22T20:10:05.054Z")?;
    let posts = profile
        .posts_count
        .optional("postsCount: expected a number from 0 on")?;
    let followers = profile
        .followers_count
        .optional("followersCount: expected a number from 0 on")?;
    let following = profile
        .follows_count
        .optional("followsCount: expected a number from 0 on")?;
    let picture = profile.avatar.optional("avatar: expected a link")?;
    let key = profile
        .followed_by()
        .filter(|_| own)
        .and_then(|record| record.rsplit('/').next());
    Ok(Follower {
        id: Some(did),
        followed_at: key.and_then(tid::instant),
        account_created_at: created_at.map(|date| date.0),
        posts_count: posts.copied(),
        followers_count: followers.copied(),
        following_count: following.copied(),
        default_avatar: Some(picture.is_none()),
        ..Follower::default()
    })
}
