//! Pages of X API v2 as `twarc2 followers` saves them: one page a line, 1,000 users each.
//!
//! Accounts that cannot be shown stand under `errors`, beside errors about pinned posts,
//! which are no accounts. `twarc2` does not ask for `most_recent_tweet_id`; newer
//! clients do.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde::Serialize;

use crate::model::platform::Platform;
use crate::simulate::instants::{iso, iso_millis};
use crate::simulate::population::{Fate, Follower};
use crate::simulate::{ids, names};

use super::{Context, Format, Shown, Writer};

/// Users on a page.
const PAGE: usize = 1000;

pub(super) static FORMAT: Format = Format {
    name: "x-v2",
    title: "X API v2 pages of twarc2: counts, no date of the last post",
    platform: Some(Platform::X),
    ending: "jsonl",
    names_gone: true,
    id: |follower, _| ids::x_account(follower).to_string(),
    shown: |follower| Shown {
        sign: Some(follower.created).max(pinned(follower)),
        complete: follower.posts == 0,
    },
    open: |path, context| Ok(Box::new(Pages::create(path, context, false)?)),
};

pub(super) static RECENT: Format = Format {
    name: "x-v2-recent",
    title: "X API v2 pages with the id of the last post",
    shown: Shown::account,
    open: |path, context| Ok(Box::new(Pages::create(path, context, true)?)),
    ..FORMAT
};

#[derive(Serialize)]
struct Page<'a> {
    data: &'a [User],
    #[serde(skip_serializing_if = "Option::is_none")]
    includes: Option<Includes<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Problem],
    meta: Meta,
    __twarc: Twarc<'a>,
}

#[derive(Serialize)]
struct Includes<'a> {
    tweets: &'a [Post],
}

#[derive(Serialize)]
struct Meta {
    result_count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_token: Option<String>,
}

#[derive(Serialize)]
struct Twarc<'a> {
    url: &'static str,
    version: &'static str,
    retrieved_at: &'a str,
}

#[derive(Serialize)]
struct User {
    id: String,
    username: String,
    name: String,
    created_at: String,
    description: String,
    protected: bool,
    verified: bool,
    profile_image_url: String,
    public_metrics: Metrics,
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned_tweet_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    most_recent_tweet_id: Option<String>,
}

#[derive(Serialize)]
struct Metrics {
    followers_count: u64,
    following_count: u64,
    tweet_count: u64,
    listed_count: u64,
}

#[derive(Serialize)]
struct Post {
    id: String,
    author_id: String,
    created_at: String,
    text: &'static str,
}

#[derive(Serialize)]
struct Problem {
    value: String,
    detail: String,
    title: &'static str,
    resource_type: &'static str,
    parameter: &'static str,
    resource_id: String,
    r#type: &'static str,
}

impl Problem {
    fn account(id: String, fate: Fate) -> Self {
        let (detail, title) = match fate {
            Fate::Suspended => ("User has been suspended", "Forbidden"),
            _ => ("Could not find user with ids", "Not Found Error"),
        };
        Self {
            detail: format!("{detail}: [{id}]."),
            title,
            resource_type: "user",
            parameter: "ids",
            resource_id: id.clone(),
            value: id,
            r#type: "https://api.twitter.com/2/problems/resource-not-found",
        }
    }

    fn pinned(id: String) -> Self {
        Self {
            detail: format!("Could not find tweet with pinned_tweet_id: [{id}]."),
            title: "Not Found Error",
            resource_type: "tweet",
            parameter: "pinned_tweet_id",
            resource_id: id.clone(),
            value: id,
            r#type: "https://api.twitter.com/2/problems/resource-not-found",
        }
    }
}

struct Pages {
    out: BufWriter<File>,
    recent: bool,
    retrieved_at: String,
    pages: usize,
    users: Vec<User>,
    posts: Vec<Post>,
    problems: Vec<Problem>,
}

impl Pages {
    fn create(path: &Path, context: &Context, recent: bool) -> io::Result<Self> {
        Ok(Self {
            out: BufWriter::with_capacity(1 << 16, File::create(path)?),
            recent,
            retrieved_at: iso(context.census).replace('Z', "+00:00"),
            pages: 0,
            users: Vec::with_capacity(PAGE),
            posts: Vec::new(),
            problems: Vec::new(),
        })
    }

    fn end_page(&mut self, last: bool) -> io::Result<()> {
        let token = |page: usize| format!("HZM{page:09}ZZZZ");
        let page = Page {
            data: &self.users,
            includes: (!self.posts.is_empty()).then_some(Includes {
                tweets: &self.posts,
            }),
            errors: &self.problems,
            meta: Meta {
                result_count: self.users.len(),
                next_token: (!last).then(|| token(self.pages + 1)),
                previous_token: self.pages.checked_sub(1).map(token),
            },
            __twarc: Twarc {
                url: "https://api.twitter.com/2/users/210000042/followers?max_results=1000",
                version: "2.14.0",
                retrieved_at: &self.retrieved_at,
            },
        };
        serde_json::to_writer(&mut self.out, &page)?;
        self.out.write_all(b"\n")?;
        self.pages += 1;
        self.users.clear();
        self.posts.clear();
        self.problems.clear();
        Ok(())
    }
}

impl Writer for Pages {
    fn write(&mut self, follower: &Follower) -> io::Result<()> {
        if self.users.len() == PAGE {
            self.end_page(false)?;
        }
        let id = ids::x_account(follower).to_string();
        if follower.fate != Fate::Present {
            self.problems.push(Problem::account(id, follower.fate));
            return Ok(());
        }
        let pin = pin(follower).map(|at| (at, ids::x_post(at, follower.noise).to_string()));
        match &pin {
            Some((at, post)) if pinned(follower).is_some() => self.posts.push(Post {
                id: post.clone(),
                author_id: id.clone(),
                created_at: iso_millis(*at),
                text: "",
            }),
            Some((_, post)) => self.problems.push(Problem::pinned(post.clone())),
            None => {}
        }
        self.users.push(User {
            id,
            username: names::handle(follower),
            name: names::display_name(follower),
            created_at: iso_millis(follower.created),
            description: names::bio(follower),
            protected: follower.protected,
            verified: false,
            profile_image_url: picture(follower),
            public_metrics: Metrics {
                followers_count: follower.followers,
                following_count: follower.following,
                tweet_count: follower.posts,
                listed_count: follower.followers / 60,
            },
            pinned_tweet_id: pin.map(|(_, post)| post),
            most_recent_tweet_id: follower
                .shown_post
                .filter(|_| self.recent)
                .map(|at| ids::x_post(at, follower.noise).to_string()),
        });
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.end_page(true)?;
        self.out.flush()
    }
}

/// When the pinned post was written; one poster in eight has one.
fn pin(follower: &Follower) -> Option<i64> {
    let part = follower.noise >> 24 & 7;
    follower
        .last_post
        .filter(|_| follower.noise >> 27 & 7 == 0)
        .map(|last| follower.created + (last - follower.created) / 8 * part as i64)
}

/// The pinned post where it can be read: not of a protected account, nor when deleted.
fn pinned(follower: &Follower) -> Option<i64> {
    pin(follower).filter(|_| !follower.protected && follower.noise >> 30 & 7 != 0)
}

/// The address of the profile picture; API v2 tells the platform's own only by it.
pub(super) fn picture(follower: &Follower) -> String {
    if follower.plain {
        "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png".to_owned()
    } else {
        format!(
            "https://pictures.example/profile_images/{:016x}_normal.jpg",
            follower.noise
        )
    }
}
