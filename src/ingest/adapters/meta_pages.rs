//! Lists of followers as HTML, in the downloads of Instagram and Facebook.
//!
//! Both write the same boxes: on Instagram a link to the profile and a date, on Facebook
//! a name and a date. Which list a page is stands in its title; that is English or in the
//! account's language, and then the name of the file tells, which is English everywhere.
//! The time of a date is local, without a zone, to the minute.

use crate::error::{Error, Result};
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::html::{self, Row};
use crate::ingest::intake::Intake;
use crate::ingest::json::value::Checked;
use crate::ingest::recognise::Refusal;
use crate::ingest::text::named_dates::{Layout, Survey};
use crate::model::evidence::Field;

/// Pages of the same downloads that list somebody or something else.
pub const OTHER_LIST: Refusal = Refusal {
    what: "this page of a download of Instagram or Facebook does not list followers: neither \
           its title nor its name speaks of them",
    help: "bring followers_1.html (Instagram) or people_who_followed_you.html (Facebook) from \
           the same download, under its own name; better, ask for JSON instead of HTML",
    recognise: |head| list(head) == Some(List::Other),
};

/// Followers on Threads, of which no page is known.
pub const THREADS_PAGE: Refusal = Refusal {
    what: "this is a list of Threads as HTML, which is not read",
    help: "ask Instagram for the download again, with JSON as its format; it has \
           your_instagram_activity/threads/followers.json",
    recognise: |head| list(head) == Some(List::Threads),
};

/// What a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Followers on Instagram.
    Instagram,
    /// Followers on Facebook.
    Facebook,
    /// Followers on Threads.
    Threads,
    /// Something else.
    Other,
}

/// A row of a name and a date; of several texts only the last can be the date, and a
/// single one is the name.
pub(super) fn follower<'a>(
    row: &Row,
    layout: Layout,
    id: Option<&'a str>,
) -> Checked<Follower<'a>> {
    let followed_at = match row.texts.as_slice() {
        [_] => None,
        [_, date] => Some(
            layout
                .read(date)
                .ok_or("date: expected one as Dec 02, 2025 3:15 pm")?,
        ),
        _ => return Err("row: expected a name and a date"),
    };
    Ok(Follower {
        id,
        followed_at,
        ..Follower::default()
    })
}

/// How the page writes its dates, from all of them; a page without any carries none.
pub(super) fn layout(member: &Member, intake: &mut Intake<'_>) -> Result<Layout> {
    let mut survey = Survey::default();
    html::read(member, &mut |row| {
        if let [_, date] = row.texts.as_slice() {
            survey.add(date);
        }
        Ok(())
    })?;
    let layout = survey.layout().map_err(|undecided| {
        Error::new("ingest::dates", undecided.what()).help(
            "ask for the download again with JSON as its format, or with the account set to \
             English",
        )
    })?;
    if layout != Layout::Unseen {
        intake.carries(&[Field::FollowedAt]);
    }
    Ok(layout)
}

/// Which list a page is; `None` where it is no page of these downloads.
pub(super) fn list(head: &Head<'_>) -> Option<List> {
    let outline = head.page()?;
    let is_title = |known: &str| outline.title.eq_ignore_ascii_case(known);
    let name = head.name.to_ascii_lowercase();
    let of_facebook =
        is_title("People who followed you") || name.starts_with("people_who_followed_you");
    // Downloads hold a page of whom the account follows under almost the same name.
    let of_followers = is_title("Followers") || name.starts_with("followers");
    let other = is_title("Following") || name.starts_with("following");
    let link = outline.first.as_ref().and_then(|row| row.link.as_deref());
    Some(match link.map(host) {
        _ if other || !(of_facebook || of_followers) => List::Other,
        Some("threads.net" | "threads.com") => List::Threads,
        Some("instagram.com") if of_followers => List::Instagram,
        Some("instagram.com") => List::Other,
        // Facebook links nobody; an empty list tells by its name alone.
        None if outline.first.is_none() && !of_facebook => List::Instagram,
        _ => List::Facebook,
    })
}

/// The host of a link, without `www.`.
fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.threads.net/@a"), "threads.net");
        assert_eq!(host("follower.html"), "");
    }
}
