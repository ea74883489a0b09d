//! YouTube: pages of `subscriptions.list`, asked by the channel for its subscribers.
//!
//! Only who shows the subscription to everybody is listed, and YouTube stops after about
//! a thousand, newest first where `myRecentSubscribers` is asked for. So it is a small
//! list of particular people and no sample. A page asked without `subscriberSnippet` lists
//! nobody and is not recognised.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Iso, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// Pages of `subscriptions.list`, or their items.
pub struct YoutubeSubscribers;

static FORMAT: Format = Format {
    name: "youtube-subscribers",
    platform: Some(Platform::Youtube),
    title: "YouTube Data API, subscriptions.list",
    how: "subscriptions.list?part=snippet,subscriberSnippet&mySubscribers=true, all pages, \
          logged in as the channel",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "since when those subscribe who show it",
    lacks: "most subscribers: only those who show their subscription, and about a thousand of \
            them at most, so it is no sample; posts, activity, age of the accounts",
    holds: &[Holding {
        files: "YouTube subscriptions.list",
        whole: &[Fact::Id, Fact::Handle, Fact::FollowedAt, Fact::Bio],
        partly: &[(Fact::DefaultAvatar, "picture")],
    }],
    design: Design::Newest,
    page: Some(50),
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["items"],
    marks: &[],
};

const PLACES: &[&str] = &["", "[]", "[][]", "items[]", "[].items[]"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(default)]
    snippet: Option<Snippet>,
    #[serde(default)]
    subscriber_snippet: Option<Subscriber>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Snippet {
    #[serde(default)]
    published_at: Value<Iso>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscriber {
    #[serde(default)]
    channel_id: Value<String>,
}

impl Adapter for YoutubeSubscribers {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        outline.has(PLACES, &["subscriberSnippet"])
            || outline.has(&["items[].subscriberSnippet"], &["channelId"])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row(_, bytes) => match json::parse(bytes) {
                Ok(item) => take(&item, intake),
                Err(reason) => intake.row(Err(reason)),
            },
            Part::Page(page) => {
                if let Some(named) = json::names_next(page, "nextPageToken", "pageInfo") {
                    intake.next_page(named);
                }
                Ok(())
            }
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

fn take(item: &Item, intake: &mut Intake<'_>) -> Result<()> {
    let follower = follower(item);
    if follower.is_ok() {
        let published_at = item.snippet.as_ref().map(|snippet| &snippet.published_at);
        intake.carries_where(&[
            (Field::Id, true),
            (Field::FollowedAt, published_at.is_some_and(Value::is_there)),
        ]);
    }
    intake.row(follower)
}

fn follower(item: &Item) -> Checked<Follower<'_>> {
    const NO_ID: &str = "subscriberSnippet: expected a channelId";
    let subscriber = item.subscriber_snippet.as_ref().ok_or(NO_ID)?;
    let followed_at = match &item.snippet {
        Some(snippet) => snippet
            .published_at
            .optional("publishedAt: expected a date like 2024-05-01T10:00:00Z")?,
        None => None,
    };
    Ok(Follower {
        id: Some(subscriber.channel_id.required(NO_ID)?),
        followed_at: followed_at.map(|date| date.0),
        ..Follower::default()
    })
}
