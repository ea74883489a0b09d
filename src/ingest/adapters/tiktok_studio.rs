//! TikTok Studio: followers by day, active followers by hour, views by day.
//!
//! Days are written without a year, in the language of the app. The year is counted back
//! from when the export was made: the number at the end of the name of TikTok's zip, or
//! the date of the file in the zip. Without either the numbers are read and no day is
//! guessed.

use crate::error::Result;
use crate::frame::dates::{DAY, EARLIEST, LATEST};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, iso, not_after, without_year};
use crate::ingest::text::sheet::Sheet;
use crate::ingest::text::totals::{self, Columns};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct TiktokStudio;

static FORMAT: Format = Format {
    name: "tiktok-studio",
    platform: Some(Platform::Tiktok),
    title: "TikTok Studio (FollowerHistory, FollowerActivity, Overview, Viewers; CSV or XLSX)",
    how: "In TikTok Studio, in English or Dutch: Analytics, Followers, Download data; keep the zip \
          with its name as it is, because the year stands nowhere else",
    carries: &[],
    proves: "how many followers there are on each day; how many of them were active in an hour, at least",
    lacks: "single followers; new and lost followers apart",
    holds: &[
        Holding {
            files: "TikTok Studio FollowerHistory",
            whole: &[],
            partly: &[(Fact::FollowedAt, "total by day")],
        },
        Holding {
            files: "TikTok Studio FollowerActivity",
            whole: &[],
            partly: &[(Fact::LastActive, "how many, by hour")],
        },
    ],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

/// One file of an export.
struct File {
    headings: &'static [&'static str],
    metrics: &'static [(Metric, usize)],
}

/// The files that hold totals. The difference to the day before is not read: what stands
/// there is the difference to the day after.
const FILES: [File; 4] = [
    File {
        headings: &[
            "Date",
            "Followers",
            "Difference in followers from previous day",
        ],
        metrics: &[(Metric::Followers, 1)],
    },
    File {
        headings: &["Date", "Hour", "Active followers"],
        metrics: &[(Metric::ActiveFollowers, 2)],
    },
    File {
        headings: &[
            "Date",
            "Video Views",
            "Profile Views",
            "Likes",
            "Comments",
            "Shares",
        ],
        metrics: &[(Metric::Views, 1), (Metric::Visits, 2)],
    },
    File {
        headings: &["Date", "Total Viewers", "New Viewers", "Returning Viewers"],
        metrics: &[(Metric::Viewers, 1)],
    },
];

impl Adapter for TiktokStudio {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        understand(head.sheet().names()).is_some()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((names, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        let named = stamp(&member.name);
        if let Some(made) = named {
            intake.exported_at(made);
        }
        let made = named.map(|ms| ms.div_euclid(DAY)).or(member.packed_at);
        let columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| day(cell, made),
            expected: "a day and a month in English or Dutch",
            metrics: understand(&names.cells).unwrap_or_default(),
        };
        totals::read(rows, &columns, intake)
    }
}

fn understand(names: &[String]) -> Option<&'static [(Metric, usize)]> {
    let is = |known: &[&str]| {
        known.len() == names.len()
            && known
                .iter()
                .zip(names)
                .all(|(known, name)| known.eq_ignore_ascii_case(name))
    };
    FILES
        .iter()
        .find(|file| is(file.headings))
        .map(|file| file.metrics)
}

fn day(cell: &str, made: Option<i64>) -> Option<Day> {
    if let Some(day) = iso(cell) {
        return Some(Day::Known(day));
    }
    let day = without_year(cell)?;
    match made {
        Some(made) => not_after(made, day).map(Day::Known),
        None => Some(Day::YearUnknown),
    }
}

/// The seconds since 1970 in `Followers_2025-08-28_1787841428_name.zip`. The date beside
/// them is the first day of the period.
fn stamp(name: &str) -> Option<i64> {
    name.split(['_', '.', '/', '!', ' '])
        .filter(|part| part.len() == 10)
        .filter_map(|digits| digits.parse::<i64>().ok())
        .map(|seconds| seconds.saturating_mul(1000))
        .rfind(|ms| (EARLIEST..=LATEST).contains(ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::dates::date;

    #[test]
    fn the_year_comes_from_the_name() {
        let name = "tiktok/Followers_2025-08-28_1787841428_gemeente.zip!FollowerHistory.csv";
        let made = stamp(name).unwrap().div_euclid(DAY);
        assert_eq!(date(made), "2026-08-27");
        for (cell, expected) in [("27 August", "2026-08-27"), ("28 augustus", "2025-08-28")] {
            assert_eq!(day(cell, Some(made)).map(known), Some(expected.to_owned()));
        }
        assert_eq!(day("27 August", None), Some(Day::YearUnknown));
        assert_eq!(day("27-Aug", Some(made)), None);
        for name in [
            "FollowerHistory.csv",
            "Followers_gemeente.zip",
            "a_9999999999.zip",
        ] {
            assert_eq!(stamp(name), None, "{name}");
        }
    }

    fn known(day: Day) -> String {
        match day {
            Day::Known(day) => date(day),
            Day::YearUnknown => "unknown".to_owned(),
        }
    }
}
