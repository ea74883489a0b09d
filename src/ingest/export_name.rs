//! What a platform writes into the names of its downloads: whose they are, and from when.
//!
//! ```text
//! instagram-gemeente-2026-10-01-Ab3dE.zip     account and day
//! twitter-2026-10-01-0123abcd….zip            day
//! TikTok_Data_1700000000.zip                  second
//! gemeente_followers_1700000000000.xls        page and millisecond (LinkedIn)
//! ```

use crate::frame::dates::{DAY, days_from_civil};

/// What the names along a path tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The account.
    pub account: Option<String>,
    /// When the export was made, in milliseconds since 1970; a day is its beginning.
    pub made: Option<i64>,
}

/// What the names along a path tell, folders and archives included; the outermost counts.
///
/// # Examples
/// ```
/// use dormouse::ingest::export_name::told;
/// let found = told("in/instagram-gemeente-2026-10-01-Ab3dE.zip!connections/followers_1.json");
/// assert_eq!(found.account.as_deref(), Some("gemeente"));
/// assert_eq!(found.made, Some(1_790_812_800_000));
/// assert_eq!(told("followers_1.json"), Default::default());
/// ```
pub fn told(path: &str) -> Told {
    path.split(['/', '!'])
        .map(of_name)
        .find(|told| *told != Told::default())
        .unwrap_or_default()
}

fn of_name(name: &str) -> Told {
    linkedin(name)
        .or_else(|| tiktok(name))
        .or_else(|| dated(name))
        .unwrap_or_default()
}

/// `<platform>-<account>-<day>[-…]`, or without the account.
fn dated(name: &str) -> Option<Told> {
    let rest = ["instagram-", "facebook-", "threads-", "twitter-"]
        .iter()
        .find_map(|platform| name.strip_prefix(platform))?;
    let (at, made) = rest
        .char_indices()
        .find_map(|(at, _)| Some((at, day(rest.get(at..at + 10)?)?)))?;
    let account = rest.get(..at)?.trim_end_matches('-');
    Some(Told {
        account: (!account.is_empty()).then(|| account.to_owned()),
        made: Some(made),
    })
}

/// A day as `2026-10-01`.
fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        let plain = part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let days = days_from_civil(year.into(), month, day)?;
    (year > 2003).then(|| days * DAY)
}

fn tiktok(name: &str) -> Option<Told> {
    let rest = name.strip_prefix("TikTok_Data_")?;
    let digits = rest.split('.').next().filter(|digits| digits.len() == 10)?;
    Some(Told {
        account: None,
        made: Some(digits.parse::<i64>().ok()?.saturating_mul(1000)),
    })
}

fn linkedin(name: &str) -> Option<Told> {
    let (stem, _) = name.rsplit_once('.')?;
    let (front, digits) = stem.rsplit_once('_')?;
    let (page, what) = front.rsplit_once('_')?;
    let known = matches!(what, "followers" | "visitors" | "content" | "updates");
    let made = digits.parse().ok().filter(|_| digits.len() == 13)?;
    (known && !page.is_empty()).then(|| Told {
        account: Some(page.to_owned()),
        made: Some(made),
    })
}
