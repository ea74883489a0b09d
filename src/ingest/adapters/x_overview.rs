//! X's account overview: follows and unfollows by day.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, english};
use crate::ingest::text::sheet::{Sheet, column};
use crate::ingest::text::totals::{self, Columns};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct XOverview;

static FORMAT: Format = Format {
    name: "x-account-overview",
    platform: Some(Platform::X),
    title: "X account overview (account_overview_analytics.csv)",
    how: "studio.x.com or Premium: Analytics, Account overview, download",
    carries: &[],
    proves: "how many followers came and left on each day",
    lacks: "single followers; how many there are",
    holds: &[Holding {
        files: "X account overview CSV",
        whole: &[],
        partly: &[(Fact::FollowedAt, "gained and lost by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

const METRICS: [(&str, Metric); 4] = [
    ("New follows", Metric::Gained),
    ("Unfollows", Metric::Lost),
    ("Profile visits", Metric::Visits),
    ("Impressions", Metric::Views),
];

impl Adapter for XOverview {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        understand(Sheet::head(head).names()).is_some()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((names, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        let columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| english(cell).map(Day::Known),
            expected: "a date as Tue, Aug 26, 2025",
            metrics: &understand(&names.cells).unwrap_or_default(),
        };
        totals::read(rows, &columns, intake)
    }
}

/// The columns, when these are the headings of X.
fn understand(names: &[String]) -> Option<Vec<(Metric, usize)>> {
    let is_overview = names.first().is_some_and(|name| name == "Date")
        && column(names, "Impressions").is_some()
        && column(names, "Profile visits").is_some();
    let metrics: Vec<_> = METRICS
        .into_iter()
        .filter_map(|(heading, metric)| Some((metric, column(names, heading)?)))
        .collect();
    let has = |metric| metrics.iter().any(|&(known, _)| known == metric);
    (is_overview && (has(Metric::Gained) || has(Metric::Lost))).then_some(metrics)
}
