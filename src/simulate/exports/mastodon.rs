//! Account objects of the Mastodon API, the pages joined to one array.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use crate::model::platform::Platform;
use crate::simulate::ids;
use crate::simulate::instants::{self, DAY, iso_millis};
use crate::simulate::names::{self, HOME};
use crate::simulate::population::{Fate, Follower};

use super::{Format, Shown, Writer};

pub(super) static FORMAT: Format = Format {
    name: "mastodon",
    title: "Mastodon API account objects: date of the last post",
    platform: Some(Platform::Mastodon),
    ending: "json",
    names_gone: true,
    id: |follower, _| id(follower),
    shown: |follower| Shown {
        // Creation is given as midnight, the last post as a day, which may be any
        // instant of it.
        sign: Some(day(follower.created)).max(follower.shown_post.map(|at| day(at) + DAY - 1)),
        ..Shown::account(follower)
    },
    open: |path, _| {
        let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
        out.write_all(b"[")?;
        Ok(Box::new(Accounts { out, first: true }))
    },
};

#[derive(Serialize)]
struct Account {
    id: String,
    username: String,
    acct: String,
    display_name: String,
    locked: bool,
    bot: bool,
    discoverable: Option<bool>,
    indexable: bool,
    group: bool,
    created_at: String,
    note: String,
    url: String,
    uri: String,
    avatar: String,
    avatar_static: String,
    header: String,
    header_static: String,
    followers_count: u64,
    following_count: u64,
    statuses_count: u64,
    /// A date without a time of day.
    last_status_at: Option<String>,
    hide_collections: Option<bool>,
    /// Only for accounts of the server that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    noindex: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<Box<Account>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limited: Option<bool>,
    emojis: [(); 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<[(); 0]>,
    fields: Vec<Profile>,
}

#[derive(Serialize)]
struct Profile {
    name: &'static str,
    value: String,
    verified_at: Option<String>,
}

impl Account {
    fn of(follower: &Follower) -> Self {
        let server = names::server(follower);
        let username = names::handle(follower);
        let host = server.unwrap_or(HOME);
        let suspended = follower.fate == Fate::Suspended;
        let picture = if follower.plain {
            format!("https://{HOME}/avatars/original/missing.png")
        } else {
            format!(
                "https://files.{HOME}/accounts/avatars/{:016x}.png",
                follower.noise
            )
        };
        let header = format!("https://{HOME}/headers/original/missing.png");
        let bio = names::bio(follower);
        Self {
            id: id(follower),
            acct: match server {
                Some(server) => format!("{username}@{server}"),
                None => username.clone(),
            },
            display_name: names::display_name(follower),
            locked: follower.protected,
            bot: follower.bot,
            discoverable: (follower.noise >> 3 & 3 != 0).then_some(follower.noise >> 5 & 1 == 0),
            indexable: follower.noise >> 6 & 1 == 0,
            group: false,
            created_at: iso_millis(day(follower.created)),
            note: match bio.as_str() {
                "" => bio,
                _ => format!("<p>{bio}</p>"),
            },
            url: format!("https://{host}/@{username}"),
            uri: format!("https://{host}/users/{username}"),
            avatar_static: picture.clone(),
            avatar: picture,
            header_static: header.clone(),
            header,
            followers_count: if suspended { 0 } else { follower.followers },
            following_count: if suspended { 0 } else { follower.following },
            statuses_count: if suspended { 0 } else { follower.posts },
            last_status_at: follower
                .shown_post
                .filter(|_| !suspended)
                .map(instants::date),
            hide_collections: server.is_none().then_some(false),
            noindex: server.is_none().then_some(false),
            moved: (follower.fate == Fate::Moved).then(|| Box::new(Self::successor(follower))),
            suspended: suspended.then_some(true),
            limited: suspended.then_some(true),
            emojis: [],
            roles: server.is_none().then_some([]),
            fields: match follower.noise >> 7 & 7 {
                0 => vec![Profile {
                    name: "website",
                    value: format!("https://{username}.example/"),
                    verified_at: None,
                }],
                _ => Vec::new(),
            },
            username,
        }
    }

    /// The account that the owner moved to.
    fn successor(follower: &Follower) -> Self {
        let created = follower.last_post.unwrap_or(follower.followed);
        Self::of(&Follower {
            created,
            followed: created,
            fate: Fate::Present,
            noise: follower.noise.rotate_left(17),
            ..follower.clone()
        })
    }
}

fn id(follower: &Follower) -> String {
    ids::mastodon_account(follower, names::server(follower).is_some()).to_string()
}

/// The midnight before.
fn day(seconds: i64) -> i64 {
    seconds - seconds.rem_euclid(DAY)
}

struct Accounts {
    out: BufWriter<File>,
    first: bool,
}

impl Writer for Accounts {
    fn write(&mut self, follower: &Follower) -> io::Result<()> {
        let before: &[u8] = if self.first { b"\n" } else { b",\n" };
        self.first = false;
        self.out.write_all(before)?;
        Ok(serde_json::to_writer(
            &mut self.out,
            &Account::of(follower),
        )?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(b"\n]\n")?;
        self.out.flush()
    }
}
