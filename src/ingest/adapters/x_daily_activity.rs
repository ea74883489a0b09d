//! X's daily post activity, until 2023: `daily_tweet_activity_metrics_….csv`.
//!
//! What the posts of a day brought. Its column `follows` counts only those who followed
//! from a post, not all who followed, and is not read.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, iso};
use crate::ingest::text::sheet::{Sheet, column};
use crate::ingest::text::totals::{self, Columns};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct XDailyActivity;

static FORMAT: Format = Format {
    name: "x-daily-activity",
    platform: Some(Platform::X),
    title: "X post activity by day (daily_tweet_activity_metrics_….csv)",
    how: "analytics.twitter.com until 2023: Tweets, Export data, By day; no longer handed out",
    carries: &[],
    proves: "how often posts were seen on each day",
    lacks: "single followers; how many there are, came and left",
    holds: &[Holding {
        files: "X post activity CSV",
        whole: &[],
        partly: &[(Fact::FollowedAt, "follows by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

const METRICS: [(&str, Metric); 2] = [
    ("impressions", Metric::Views),
    ("engagements", Metric::Interactions),
];

impl Adapter for XDailyActivity {
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
        let columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| iso(cell).map(Day::Known),
            expected: "a date as 2021-08-01",
            metrics: &understand(&names.cells).unwrap_or_default(),
        };
        totals::read(rows, &columns, intake)
    }
}

/// The columns, when these are the headings of the daily file.
fn understand(names: &[String]) -> Option<Vec<(Metric, usize)>> {
    let is_daily = names.first().is_some_and(|name| name == "Date")
        && column(names, "Tweets published").is_some();
    let metrics: Vec<_> = METRICS
        .into_iter()
        .filter_map(|(heading, metric)| Some((metric, column(names, heading)?)))
        .collect();
    (is_daily && !metrics.is_empty()).then_some(metrics)
}
