//! X: pages of `followers/ids`, API v1.1, as twarc 1, tweepy and rtweet saved them.
//!
//! Ids, newest follower first, up to 5,000 a page. The id gives the date of the account
//! (see [`crate::ingest::x_ids`]).
//!
//! # The date of follow
//!
//! X documents the cursor of a page as opaque. In the lists that could be looked at it is
//! the follow at the end of the page: `next_cursor >> 20` are milliseconds since 1970. So
//! whoever stands on the page followed at that instant or later, and that instant is given
//! as the date of follow: a limit, never too late, so that nobody becomes awake by it who
//! was not. The last page (`next_cursor` is 0) has none, and the exact dates of follow
//! stand nowhere.
//!
//! The cursors of a file are believed as long as the file bears them out: each falls
//! before the one of the page in front, and no account on the pages behind was made after
//! it, since nobody follows before the account is made.

use serde::Deserialize;

use super::x_id_list::is_rounded;
use crate::error::{Error, Result};
use crate::frame::batch::Follower;
use crate::frame::dates::{DAY, FIRST_X_SNOWFLAKE, LATEST};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Digits, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role, x_ids};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// Pages with `ids` and a cursor, one or many; or the ids alone as an array.
pub struct XFollowerIds;

static FORMAT: Format = Format {
    name: "x-follower-ids",
    platform: Some(Platform::X),
    title: "X API v1.1, pages of followers/ids, or a JSON array of ids",
    how: "saved from followers/ids by twarc 1, tweepy or rtweet, all pages with their cursors",
    carries: &[Field::Id, Field::FollowedAt, Field::AccountCreatedAt],
    proves: "who follows, newest first, when each account was made, and in which span of pages they followed",
    lacks: "posts, activity, names; the date of follow but for a limit from the cursor of the page",
    holds: &[Holding {
        files: "X v1.1 followers/ids",
        whole: &[Fact::Id],
        partly: &[
            (Fact::FollowedAt, "a limit from the cursor"),
            (Fact::CreatedAt, "from the id"),
        ],
    }],
    design: Design::Unknown,
    page: Some(5000),
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["ids"],
    marks: &["next_cursor"],
};

/// 2006-03-21, the first account.
const FIRST_ACCOUNT: i64 = 1_142_899_200_000;

/// A whole page may be rounded by the program that saved it, not a single number.
const ROUNDED: &str = "the ids are written like 8.41E+17: a program has rounded them";

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    next_cursor_str: Value<u64>,
    #[serde(default)]
    next_cursor: Value<u64>,
}

impl Adapter for XFollowerIds {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        let pages = &["", "[]"];
        // A page of 5,000 ids is longer than what is looked at, and the cursor behind it.
        let long = outline.has(pages, &["ids"]) && !outline.has(pages, &["id"]) && ids_begin(head);
        outline.has(pages, &["ids", "next_cursor"])
            || outline.has(pages, &["ids", "next_cursor_str"])
            || long
            || is_bare(head)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let limits = limits(member)?;
        intake.carries(&[Field::Id, Field::AccountCreatedAt]);
        if limits.iter().any(Option::is_some) {
            intake.carries(&[Field::FollowedAt]);
        }
        let mut page = 0;
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row(_, bytes) if !bytes.starts_with(b"{") => {
                let limit = limits.get(page).copied().flatten();
                let text = std::str::from_utf8(bytes).unwrap_or_default();
                if is_rounded(text.trim_matches('"')) {
                    return Err(Error::new("ingest::spreadsheet", ROUNDED)
                        .row(intake.rows() + 1)
                        .help("save the pages again, with stringify_ids=true, as JSON"));
                }
                let id = id(bytes);
                intake.row(
                    id.as_ref()
                        .map_err(|reason| *reason)
                        .map(|id| follower(id, limit)),
                )
            }
            Part::Row(..) => intake.row(Err("row: expected a page with ids")),
            Part::Page(bytes) => {
                page += 1;
                let named = ["next_cursor", "next_cursor_str"]
                    .into_iter()
                    .find_map(|key| json::names_next(bytes, key, key));
                if let Some(named) = named {
                    intake.next_page(named);
                }
                Ok(())
            }
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

/// Whether the file is an array of nothing but numbers, in quotes or not.
fn is_bare(head: &Head<'_>) -> bool {
    let bytes = head.trimmed();
    let is_sign =
        |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_whitespace() || b"\",]".contains(byte);
    let Some(rest) = bytes
        .strip_prefix(b"[")
        .filter(|rest| rest.iter().all(is_sign))
    else {
        return false;
    };
    rest.split(|byte| !byte.is_ascii_digit()).any(is_given_out)
}

/// Whether digits are an id that X gave out; small numbers may count anything.
pub(super) fn is_given_out(digits: &[u8]) -> bool {
    let number = std::str::from_utf8(digits)
        .ok()
        .and_then(|digits| digits.parse().ok());
    number.and_then(x_ids::created_at).is_some()
}

/// Whether the list under `ids` begins with a number, in quotes or not.
fn ids_begin(head: &Head<'_>) -> bool {
    let bytes = head.trimmed();
    let key = b"\"ids\"";
    let Some(start) = bytes.windows(key.len()).position(|window| window == key) else {
        return false;
    };
    let rest = bytes.get(start + key.len()..).unwrap_or_default();
    let mut signs = rest.iter().filter(|byte| !byte.is_ascii_whitespace());
    signs.next() == Some(&b':')
        && signs.next() == Some(&b'[')
        && signs
            .find(|&&byte| byte != b'"')
            .is_some_and(u8::is_ascii_digit)
}

fn id(bytes: &[u8]) -> std::result::Result<Digits, &'static str> {
    match serde_json::from_slice::<Value<Digits>>(bytes) {
        Ok(Value::Given(id)) => Ok(id),
        _ => Err(Digits::EXPECTED),
    }
}

/// A follower of whom only the id is known, and since when at least.
pub(super) fn follower(id: &Digits, followed_at: Option<i64>) -> Follower<'_> {
    Follower {
        id: Some(&id.0),
        followed_at,
        account_created_at: id.0.parse().ok().and_then(x_ids::created_at),
        created_from_id: true,
        ..Follower::default()
    }
}

/// The instant in the cursor of each page, where the file bears them out; none otherwise.
fn limits(member: &Member) -> Result<Vec<Option<i64>>> {
    let (mut limits, mut youngest) = (Vec::new(), Vec::new());
    let mut newest: Option<i64> = None;
    json::read(member, SHAPE, &mut |part| {
        match part {
            Part::Row(_, bytes) => {
                // Only snowflakes hold their date to the millisecond.
                let number = id(bytes).ok().and_then(|id| id.0.parse().ok());
                let made = number.filter(|&number: &u64| number >= FIRST_X_SNOWFLAKE);
                newest = newest.max(made.and_then(x_ids::created_at));
            }
            Part::Page(bytes) => {
                limits.push(limit(bytes));
                youngest.push(newest.take());
            }
            _ => {}
        }
        Ok(())
    })?;
    if !borne_out(&limits, &youngest) {
        limits.fill(None);
    }
    Ok(limits)
}

fn limit(page: &[u8]) -> Option<i64> {
    let page: Page = json::parse(page).ok()?;
    let cursor = match (page.next_cursor_str, page.next_cursor) {
        (Value::Given(cursor), _) | (_, Value::Given(cursor)) => cursor,
        _ => return None,
    };
    let ms = i64::try_from(cursor >> 20).ok()?;
    (FIRST_ACCOUNT..LATEST).contains(&ms).then_some(ms)
}

/// Whether the pages come in order, and no account on a page was made after the cursor of
/// the page in front; clocks may differ by a day.
fn borne_out(limits: &[Option<i64>], youngest: &[Option<i64>]) -> bool {
    let in_front = limits.iter().zip(limits.iter().skip(1));
    let in_order = in_front.clone().all(|(before, after)| {
        before.is_some() && after.is_none_or(|after| Some(after) <= *before)
    });
    // The last page may lack a cursor, no other.
    let accounts = limits.iter().zip(youngest.iter().skip(1));
    in_order
        && accounts
            .into_iter()
            .all(|(limit, made)| match (limit, made) {
                (Some(limit), Some(made)) => *made <= limit + DAY,
                _ => true,
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::dates::date;

    #[test]
    fn cursors() {
        let page = br#"{"ids":null,"next_cursor":1712335795049207820,"next_cursor_str":"1712335795049207820"}"#;
        let day = limit(page).map(|ms| date(ms.div_euclid(DAY)));
        assert_eq!(day.as_deref(), Some("2021-09-30"));
        for page in [
            r#"{"ids":null,"next_cursor":0,"next_cursor_str":"0"}"#,
            r#"{"ids":null,"next_cursor":-1}"#,
            r#"{"ids":null,"next_cursor":"18446744073709551615"}"#,
            r#"{"ids":null}"#,
        ] {
            assert_eq!(limit(page.as_bytes()), None, "{page}");
        }
    }

    #[test]
    fn pages_bear_their_cursors_out() {
        let at = |days: i64| Some(days * DAY);
        for (limits, youngest, expected) in [
            (vec![], vec![], true),
            (vec![at(90)], vec![at(99)], true),
            (
                vec![at(90), at(80), None],
                vec![at(99), at(90), at(70)],
                true,
            ),
            // Made after it was followed; not in order; without a cursor in the middle.
            (vec![at(90), None], vec![at(99), at(92)], false),
            (vec![at(80), at(90)], vec![None, None], false),
            (vec![at(90), None, at(80)], vec![None, None, None], false),
        ] {
            assert_eq!(
                borne_out(&limits, &youngest),
                expected,
                "{limits:?} {youngest:?}"
            );
        }
    }
}
