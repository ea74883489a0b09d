//! X: user objects of the API v2, as `twarc2 followers`, tweepy and others save them.
//!
//! twarc2 writes one page a line, with up to 1,000 users under `data`; `twarc2 flatten`
//! writes one user a line. Which fields a user has depends on what was asked for: by
//! default id and names only.
//!
//! What is read, and what is not:
//!
//! * `most_recent_tweet_id` is a snowflake, so it dates the last post. twarc2 does not
//!   ask for it.
//! * A pinned post (`includes.tweets`) is not read. It shows that the account posted once
//!   at its date, not that it did not post since, and would pass for the last activity.
//! * `errors` name accounts that are gone, and pinned posts that are. All are counted as
//!   unavailable, but only accounts (`resource_type: user`) as gone: an account whose
//!   pinned post is gone stands in `data` like any other.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::frame::dates::{FIRST_X_SNOWFLAKE, x_snowflake};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Digits, Iso, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// Pages with `data` and `errors`, arrays of users, or one user a line.
pub struct XApiV2Users;

static FORMAT: Format = Format {
    name: "x-api-v2-users",
    platform: Some(Platform::X),
    title: "X API v2, user objects",
    how: "twarc2 followers NAME users.jsonl, or another client of users/:id/followers",
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
    proves: "the number of posts and the age of each account; the last post with most_recent_tweet_id, and an act at least as late as a pinned post",
    lacks: "dates of follow; the last post, unless most_recent_tweet_id was asked for",
    holds: &[Holding {
        files: "X v2 users (twarc2 JSONL, flattened, plain)",
        whole: &[
            Fact::Id,
            Fact::Handle,
            Fact::CreatedAt,
            Fact::Posts,
            Fact::Followers,
            Fact::Following,
            Fact::Bio,
            Fact::Verified,
            Fact::Protected,
        ],
        partly: &[
            (Fact::LastActive, "most_recent_tweet_id, pinned post"),
            (Fact::DefaultAvatar, "from the link"),
        ],
    }],
    design: Design::Unknown,
    page: Some(100),
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["data", "errors"],
    marks: &["meta"],
};

/// Where users stand in a page, and where they stand by themselves.
const IN_PAGES: &[&str] = &["data[]", "data", "[].data[]"];
const ALONE: &[&str] = &["", "[]"];

/// Keys that no other platform's users have beside `id` and `username`.
const TELLING: &[&str] = &[
    "public_metrics",
    "most_recent_tweet_id",
    "pinned_tweet_id",
    "__twarc",
];

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    id: Value<Digits>,
    #[serde(default)]
    created_at: Value<Iso>,
    #[serde(default)]
    most_recent_tweet_id: Value<Digits>,
    #[serde(default)]
    profile_image_url: Value<String>,
    #[serde(default)]
    protected: Value<bool>,
    public_metrics: Option<Metrics>,
    __twarc: Option<Twarc>,
}

#[derive(Deserialize)]
struct Metrics {
    #[serde(default)]
    tweet_count: Value<u64>,
    #[serde(default)]
    followers_count: Value<u64>,
    #[serde(default)]
    following_count: Value<u64>,
}

static NO_METRICS: Metrics = Metrics {
    tweet_count: Value::Absent,
    followers_count: Value::Absent,
    following_count: Value::Absent,
};

#[derive(Deserialize)]
struct Page {
    __twarc: Option<Twarc>,
    meta: Option<Meta>,
}

/// What a page says of the others.
#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    next_token: Value<String>,
}

/// Where and when twarc2 asked.
#[derive(Deserialize)]
struct Twarc {
    #[serde(default)]
    retrieved_at: Value<Iso>,
}

/// An entry of `errors`.
#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    resource_type: Value<String>,
    #[serde(default)]
    resource_id: Value<Digits>,
}

impl Adapter for XApiV2Users {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        let told = |places| {
            TELLING
                .iter()
                .any(|key| outline.has(places, &["id", "username", key]))
        };
        // The default answer holds nothing but the id and two names.
        let default = outline.has(IN_PAGES, &["id", "username", "name"])
            && !outline.has(IN_PAGES, &["acct"])
            && !outline.has(&[""], &["paging"]);
        let no_user = !outline.has(IN_PAGES, &[])
            && (outline.has(&["meta", "[].meta"], &["result_count"])
                || outline.has(
                    &["errors[]", "[].errors[]"],
                    &["resource_type", "parameter"],
                ));
        told(IN_PAGES) || told(ALONE) || default || no_user
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row("errors", bytes) => match json::parse(bytes) {
                Ok(problem) => unavailable(&problem, intake),
                Err(_) => Ok(()),
            },
            Part::Row(_, bytes) => match json::parse(bytes) {
                Ok(user) => take(&user, intake),
                Err(reason) => intake.row(Err(reason)),
            },
            Part::Page(bytes) => {
                if let Ok(page) = json::parse::<Page>(bytes) {
                    retrieved(page.__twarc.as_ref(), intake);
                    if let Some(meta) = page.meta {
                        intake.next_page(meta.next_token.is_there());
                    }
                }
                Ok(())
            }
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

fn retrieved(twarc: Option<&Twarc>, intake: &mut Intake<'_>) {
    if let Some(Twarc {
        retrieved_at: Value::Given(Iso(ms)),
    }) = twarc
    {
        intake.exported_at(*ms);
    }
}

fn unavailable(problem: &Problem, intake: &mut Intake<'_>) -> Result<()> {
    match &problem.resource_type {
        Value::Given(kind) if kind == "user" => {
            let id = match &problem.resource_id {
                Value::Given(id) => Some(id.0.as_str()),
                _ => None,
            };
            intake.unavailable(id)
        }
        _ => {
            intake.not_given();
            Ok(())
        }
    }
}

fn take(user: &User, intake: &mut Intake<'_>) -> Result<()> {
    retrieved(user.__twarc.as_ref(), intake);
    let follower = follower(user);
    if follower.is_ok() {
        let metrics = user.public_metrics.as_ref().unwrap_or(&NO_METRICS);
        intake.carries_where(&[
            (Field::Id, true),
            (Field::AccountCreatedAt, user.created_at.is_there()),
            (Field::LastActiveAt, user.most_recent_tweet_id.is_there()),
            (Field::PostsCount, metrics.tweet_count.is_there()),
            (Field::FollowersCount, metrics.followers_count.is_there()),
            (Field::FollowingCount, metrics.following_count.is_there()),
            (Field::DefaultAvatar, user.profile_image_url.is_there()),
            (Field::Protected, user.protected.is_there()),
        ]);
    }
    intake.row(follower)
}

fn follower(user: &User) -> Checked<Follower<'_>> {
    let id = user.id.required(Digits::EXPECTED)?;
    let created_at = user
        .created_at
        .optional("created_at: expected a date like 2018-10-10T20:19:24.000Z")?;
    let last_post = user
        .most_recent_tweet_id
        .optional("most_recent_tweet_id: expected all digits")?;
    let metrics = user.public_metrics.as_ref().unwrap_or(&NO_METRICS);
    let posts = metrics
        .tweet_count
        .optional("tweet_count: expected a number from 0 on")?;
    let followers = metrics
        .followers_count
        .optional("followers_count: expected a number from 0 on")?;
    let following = metrics
        .following_count
        .optional("following_count: expected a number from 0 on")?;
    let picture = user
        .profile_image_url
        .optional("profile_image_url: expected a link")?;
    let protected = user
        .protected
        .optional("protected: expected true or false")?;
    Ok(Follower {
        id: Some(&id.0),
        account_created_at: created_at.map(|date| date.0),
        last_active_at: last_post.and_then(posted_at),
        posts_count: posts.copied(),
        followers_count: followers.copied(),
        following_count: following.copied(),
        default_avatar: picture.map(|link| link.contains("/default_profile_images/")),
        protected: protected.copied(),
        ..Follower::default()
    })
}

/// When a post was written. Ids before the first snowflakes (November 2010) hold no
/// date; these posts were written before the first snowflake, which is late enough.
fn posted_at(id: &Digits) -> Option<i64> {
    let id: u64 = id.0.parse().ok()?;
    x_snowflake(id.max(FIRST_X_SNOWFLAKE))
}
