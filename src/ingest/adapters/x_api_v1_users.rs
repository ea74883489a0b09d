//! X: user objects of the API v1.1, as twarc 1, tweepy and rtweet saved them.
//!
//! The only X export with the date of the last post: `status`. X leaves it out where the
//! account is protected, where it never posted, and now and then for no reason, so its
//! absence is an empty cell and never a sign of dormancy.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Digits, Value, XDate};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// Pages of `followers/list`, arrays of users, or one user a line.
pub struct XApiV1Users;

static FORMAT: Format = Format {
    name: "x-api-v1-users",
    platform: Some(Platform::X),
    title: "X API v1.1, user objects",
    how: "saved from followers/list or users/lookup by twarc 1, tweepy or rtweet",
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
    proves: "the date of the last post, the number of posts and the age of each account",
    lacks: "dates of follow; the last post of protected accounts; suspended accounts are left out",
    holds: &[Holding {
        files: "X v1.1 users (followers/list, users/lookup)",
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
            Fact::Verified,
            Fact::Protected,
        ],
        partly: &[],
    }],
    design: Design::Unknown,
    page: Some(20),
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["users"],
    marks: &[],
};

const PLACES: &[&str] = &["", "[]", "users[]", "[].users[]"];

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    id_str: Value<Digits>,
    #[serde(default)]
    id: Value<Digits>,
    #[serde(default)]
    created_at: Value<XDate>,
    #[serde(default)]
    statuses_count: Value<u64>,
    #[serde(default)]
    followers_count: Value<u64>,
    #[serde(default)]
    friends_count: Value<u64>,
    #[serde(default)]
    default_profile_image: Value<bool>,
    #[serde(default)]
    protected: Value<bool>,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    created_at: Value<XDate>,
}

impl Adapter for XApiV1Users {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        outline.has(PLACES, &["screen_name", "id_str"])
            || outline.has(PLACES, &["screen_name", "id"])
            || outline.has(&["", "[]"], &["users", "next_cursor"])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row(_, bytes) => match json::parse(bytes) {
                Ok(user) => take(&user, intake),
                Err(reason) => intake.row(Err(reason)),
            },
            Part::Page(page) => {
                if let Some(named) = json::names_next(page, "next_cursor", "next_cursor") {
                    intake.next_page(named);
                }
                Ok(())
            }
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

fn take(user: &User, intake: &mut Intake<'_>) -> Result<()> {
    let follower = follower(user);
    if follower.is_ok() {
        // A full user object has room for the last post, even where it is not given.
        let last_post = user.status.is_some() || user.statuses_count.is_there();
        intake.carries_where(&[
            (Field::Id, true),
            (Field::AccountCreatedAt, user.created_at.is_there()),
            (Field::LastActiveAt, last_post),
            (Field::PostsCount, user.statuses_count.is_there()),
            (Field::FollowersCount, user.followers_count.is_there()),
            (Field::FollowingCount, user.friends_count.is_there()),
            (Field::DefaultAvatar, user.default_profile_image.is_there()),
            (Field::Protected, user.protected.is_there()),
        ]);
    }
    intake.row(follower)
}

fn follower(user: &User) -> Checked<Follower<'_>> {
    let id = match &user.id_str {
        Value::Given(id) => id,
        _ => user.id.required(Digits::EXPECTED)?,
    };
    let created_at = user
        .created_at
        .optional("created_at: expected a date like Wed Oct 10 20:19:24 +0000 2018")?;
    let last_post = match &user.status {
        None => None,
        Some(status) => status
            .created_at
            .optional("status.created_at: expected a date like Wed Oct 10 20:19:24 +0000 2018")?,
    };
    let posts = user
        .statuses_count
        .optional("statuses_count: expected a number from 0 on")?;
    let followers = user
        .followers_count
        .optional("followers_count: expected a number from 0 on")?;
    let following = user
        .friends_count
        .optional("friends_count: expected a number from 0 on")?;
    let default_avatar = user
        .default_profile_image
        .optional("default_profile_image: expected true or false")?;
    let protected = user
        .protected
        .optional("protected: expected true or false")?;
    Ok(Follower {
        id: Some(&id.0),
        account_created_at: created_at.map(|date| date.0),
        last_active_at: last_post.map(|date| date.0),
        posts_count: posts.copied(),
        followers_count: followers.copied(),
        following_count: following.copied(),
        default_avatar: default_avatar.copied(),
        protected: protected.copied(),
        ..Follower::default()
    })
}
