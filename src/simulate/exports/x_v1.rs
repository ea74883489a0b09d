//! User objects of X API v1.1, one a line, as `twarc users` saves them.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use crate::model::platform::Platform;
use crate::simulate::instants::x_v1;
use crate::simulate::population::Follower;
use crate::simulate::{ids, names};

use super::{Format, Shown, Writer};

pub(super) static FORMAT: Format = Format {
    name: "x-v1",
    title: "X API v1.1 user objects, JSON lines: date of the last post",
    platform: Some(Platform::X),
    ending: "jsonl",
    names_gone: false,
    id: |follower, _| ids::x_account(follower).to_string(),
    shown: Shown::account,
    open: |path, _| {
        Ok(Box::new(Lines {
            out: BufWriter::with_capacity(1 << 16, File::create(path)?),
        }))
    },
};

#[derive(Serialize)]
struct User {
    id: u64,
    id_str: String,
    name: String,
    screen_name: String,
    location: &'static str,
    description: String,
    url: Option<&'static str>,
    protected: bool,
    followers_count: u64,
    friends_count: u64,
    listed_count: u64,
    created_at: String,
    favourites_count: u64,
    verified: bool,
    statuses_count: u64,
    lang: Option<&'static str>,
    /// Absent for protected accounts and for those without posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    profile_image_url_https: String,
    default_profile: bool,
    default_profile_image: bool,
}

#[derive(Serialize)]
struct Status {
    created_at: String,
    id: u64,
    id_str: String,
    text: &'static str,
    retweet_count: u64,
    favorite_count: u64,
}

struct Lines {
    out: BufWriter<File>,
}

impl Writer for Lines {
    fn write(&mut self, follower: &Follower) -> io::Result<()> {
        let id = ids::x_account(follower);
        let user = User {
            id,
            id_str: id.to_string(),
            name: names::display_name(follower),
            screen_name: names::handle(follower),
            location: "",
            description: names::bio(follower),
            url: None,
            protected: follower.protected,
            followers_count: follower.followers,
            friends_count: follower.following,
            listed_count: follower.followers / 60,
            created_at: x_v1(follower.created),
            favourites_count: follower.posts / 2,
            verified: false,
            statuses_count: follower.posts,
            lang: None,
            status: follower.shown_post.map(|seconds| {
                let id = ids::x_post(seconds, follower.noise);
                Status {
                    created_at: x_v1(seconds),
                    id,
                    id_str: id.to_string(),
                    text: "",
                    retweet_count: 0,
                    favorite_count: 0,
                }
            }),
            profile_image_url_https: super::x_v2::picture(follower),
            default_profile: follower.plain || follower.noise & 1 == 0,
            default_profile_image: follower.plain,
        };
        serde_json::to_writer(&mut self.out, &user)?;
        self.out.write_all(b"\n")
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
