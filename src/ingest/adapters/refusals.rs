//! Files that lie beside a list of followers and are taken for it.
//!
//! They stand before all formats, because some of them differ from the right file in one
//! key only, and counting whom an account follows as its followers would not be noticed.

use super::x_archive::is_assigned_list;
use crate::ingest::head::Head;
use crate::ingest::recognise::Refusal;

/// `following.js` of an X archive.
pub const X_FOLLOWING: Refusal = Refusal {
    what: "this lists the accounts that your account follows, not its followers (X archive, following.js)",
    help: "bring data/follower.js from the same archive",
    recognise: |head| {
        is_assigned_list(head, "following") || head.outline().has(&["[].following"], &["accountId"])
    },
};

/// An X archive from before 2018.
pub const X_GRAILBIRD: Refusal = Refusal {
    what: "this is an X archive from before 2018, which holds posts and no followers (Grailbird)",
    help: "ask X for a new archive: Settings, Your account, Download an archive of your data",
    recognise: |head| head.trimmed().starts_with(b"Grailbird."),
};

/// `following.json` of an Instagram download, with its key around the rows or without.
pub const INSTAGRAM_FOLLOWING: Refusal = Refusal {
    what: "this lists the accounts that your account follows, not its followers (Instagram, following.json)",
    help: "bring followers_1.json from the same download, in connections/followers_and_following",
    recognise: |head| {
        let outline = head.outline();
        let rows = &["[].string_list_data[]"];
        outline.has(&[""], &["relationships_following"])
            || outline.has(rows, &["href"])
                && !outline.has(rows, &["value"])
                && links_to_followed(head)
    },
};

/// `following.json` of Threads, in the download of Instagram.
pub const THREADS_FOLLOWING: Refusal = Refusal {
    what: "this lists the accounts that your account follows, not its followers (Threads, following.json)",
    help: "bring followers.json from the same folder of the download",
    recognise: |head| {
        head.outline()
            .has(&[""], &["text_post_app_text_post_app_following"])
    },
};

/// Pages of Bluesky's `getFollows`.
pub const BLUESKY_FOLLOWING: Refusal = Refusal {
    what: "this lists the accounts that your account follows, not its followers (Bluesky, getFollows)",
    help: "bring the pages of app.bsky.graph.getFollowers",
    recognise: |head| {
        head.outline()
            .has(&["follows[]", "[].follows[]"], &["did", "handle"])
    },
};

/// Whom a Facebook profile or page follows.
pub const FACEBOOK_FOLLOWING: Refusal = Refusal {
    what: "this lists the accounts that your account follows, not its followers (Facebook, \
           who_you've_followed.json)",
    help: "bring people_who_followed_you.json from the same folder of the download",
    recognise: |head| {
        let outline = head.outline();
        outline.has(&[""], &["following_v3"])
            || outline.has(&[""], &["following_v2"])
            || outline.has(&[""], &["following"]) && outline.has(&["following[]"], &["name"])
    },
};

/// Friends of a Facebook profile; they follow it unless they chose not to.
pub const FACEBOOK_FRIENDS: Refusal = Refusal {
    what: "this lists the friends of a Facebook profile, not the followers of a page",
    help: "bring people_who_followed_you.json, from the folder connections/followers of the \
           download",
    recognise: |head| {
        let outline = head.outline();
        [
            "friends_v2",
            "deleted_friends_v2",
            "sent_requests_v2",
            "received_requests_v2",
        ]
        .iter()
        .any(|key| outline.has(&[""], &[key]))
    },
};

/// Since 2024 Instagram links whom an account follows through `/_u/`, and gives the name
/// in the title instead of the value.
fn links_to_followed(head: &Head<'_>) -> bool {
    head.contains("instagram.com/_u/") || head.contains(r"instagram.com\/_u\/")
}
