//! CSV files that people take for lists of followers.

use super::synonyms::is_list_of_posts;
use crate::ingest::head::Head;
use crate::ingest::recognise::Refusal;

/// Mastodon exports whom an account follows; there is no export of its followers.
pub const MASTODON_FOLLOWING: Refusal = Refusal {
    what: "this is Mastodon's list of accounts that the channel follows, not of its followers",
    help: "Mastodon exports no followers as CSV; save the answers of its API \
           /api/v1/accounts/:id/followers as JSON",
    recognise: |head| {
        names(head)
            .first()
            .is_some_and(|name| name == "Account address")
    },
};

/// YouTube exports to which channels an account is subscribed.
pub const YOUTUBE_SUBSCRIPTIONS: Refusal = Refusal {
    what: "this is YouTube's list of channels that the account is subscribed to, \
           not of its subscribers",
    help: "YouTube exports no subscribers; those who show their subscription can be had from \
           its API: subscriptions.list with mySubscribers=true",
    recognise: |head| match names(head) {
        [id, url, title] => {
            is(id, &["Channel Id", "Kanaal-ID"])
                && is(url, &["Channel Url", "Kanaal-URL"])
                && is(title, &["Channel title", "Kanaaltitel"])
                // In other languages only the first row tells.
                || head.contains("youtube.com/channel/UC")
        }
        _ => false,
    },
};

/// LinkedIn's personal archive says which organisations a member follows.
pub const LINKEDIN_COMPANY_FOLLOWS: Refusal = Refusal {
    what: "this is LinkedIn's list of organisations that the member follows, not of followers",
    help: LINKEDIN,
    recognise: |head| {
        let names = names(head);
        names.len() == 2 && has(names, "Organization") && has(names, "Followed On")
    },
};

/// LinkedIn's personal archive says which members a member follows.
pub const LINKEDIN_MEMBER_FOLLOWS: Refusal = Refusal {
    what: "this is LinkedIn's list of members that the member follows, not of followers",
    help: LINKEDIN,
    recognise: |head| {
        let names = names(head);
        names.len() == 3
            && ["Date", "Status", "FullName"]
                .iter()
                .all(|name| has(names, name))
    },
};

/// Posts have ids, dates and counts too.
pub const POSTS: Refusal = Refusal {
    what: "this is a list of posts, not of followers",
    help: "bring the list of the followers' accounts; for twarc-csv that is \
           --input-data-type users",
    recognise: |head| !head.is_json() && is_list_of_posts(names(head)),
};

const LINKEDIN: &str = "LinkedIn names no followers of a page; export the page's analytics \
    (Analytics, Followers, Export) for the totals";

fn names<'h>(head: &'h Head<'_>) -> &'h [String] {
    &head.header().names
}

fn is(name: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|found| is(found, &[name]))
}
