//! YouTube Studio, advanced mode: subscribers and views by content or by day.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, iso, was_a_number};
use crate::ingest::text::sheet::{Line, Sheet, column};
use crate::ingest::text::totals::{self, Columns, fits, numbers, spreadsheet};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct YoutubeStudio;

static FORMAT: Format = Format {
    name: "youtube-studio",
    platform: Some(Platform::Youtube),
    title: "YouTube Studio, advanced mode (Table data.csv, Chart data.csv, Totals.csv)",
    how: "In YouTube Studio, in English: Analytics, Advanced mode, Export; by date it shows how \
          the channel grew",
    carries: &[],
    proves: "how many subscribers came and left on each day",
    lacks: "single subscribers; how many there are",
    holds: &[Holding {
        files: "YouTube Studio tables",
        whole: &[],
        partly: &[(Fact::FollowedAt, "gained and lost by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

const METRICS: [(&str, Metric); 5] = [
    ("Subscribers gained", Metric::Gained),
    ("Subscribers lost", Metric::Lost),
    ("Subscribers", Metric::Net),
    ("Unique viewers", Metric::Viewers),
    ("Views", Metric::Views),
];

/// Headings that nobody but YouTube has.
const TYPICAL: [&str; 8] = [
    "Subscribers",
    "Subscribers gained",
    "Watch time (hours)",
    "Impressions click-through rate (%)",
    "Thumbnail click-through rate (%)",
    "Average view duration",
    "Average percentage viewed (%)",
    "Video publish time",
];

impl Adapter for YoutubeStudio {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let sheet = head.sheet();
        let names = sheet.names();
        let first = names.first().map(String::as_str);
        let is_total = sheet
            .lines
            .get(1)
            .is_some_and(|line| line.cell(0) == "Total");
        let is_typical = TYPICAL
            .iter()
            .any(|heading| column(names, heading).is_some());
        // Days and views alone could be anybody's; then the name of the file counts.
        let is_named = ["Totals", "Chart data", "Table data"]
            .iter()
            .any(|name| head.name.starts_with(name));
        (matches!(first, Some("Date" | "Content")) || is_total)
            && names.len() > 1
            && (is_typical || is_named)
            && !metrics(names).is_empty()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((names, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        let metrics = metrics(&names.cells);
        if names.cell(0) == "Date" {
            by_day(&names.cells, rows, &metrics, intake)
        } else {
            by_content(&names.cells, rows, &metrics, intake)
        }
    }
}

fn metrics(names: &[String]) -> Vec<(Metric, usize)> {
    METRICS
        .into_iter()
        .filter_map(|(heading, metric)| Some((metric, column(names, heading)?)))
        .collect()
}

/// Days add up to the row `Total`, which is counted and not added.
fn by_day(
    names: &[String],
    rows: &[Line],
    metrics: &[(Metric, usize)],
    intake: &mut Intake<'_>,
) -> Result<()> {
    if let Some(row) = rows
        .iter()
        .find(|row| was_a_number(row.cell(0)) || is_short(row.cell(0)))
    {
        return Err(spreadsheet("a spreadsheet program has rewritten the dates")
            .row(row.number)
            .column("Date"));
    }
    let (total, days): (Vec<Line>, Vec<Line>) =
        rows.iter().cloned().partition(|row| row.cell(0) == "Total");
    for _ in &total {
        intake.totals(Day::YearUnknown, &[]);
    }
    // A chart draws the largest parts of each day, not the day.
    let metrics = if is_divided(names) { &[] } else { metrics };
    let columns = Columns {
        names,
        day: 0,
        read_day: &|cell| iso(cell).map(Day::Known),
        expected: "a date as 2025-12-31",
        metrics,
    };
    totals::read(&days, &columns, intake)
}

/// Whether days are divided, as by content or by whether the viewer is subscribed: then
/// the second column says into what.
fn is_divided(names: &[String]) -> bool {
    const PARTS: [&str; 7] = [
        "Content",
        "Video title",
        "Subscription status",
        "Traffic source",
        "Geography",
        "Viewer age",
        "Viewer gender",
    ];
    let second = names.get(1).map_or("", String::as_str);
    PARTS.iter().any(|part| part.eq_ignore_ascii_case(second))
}

/// `10-Jun-26` and `7/16/2026`.
fn is_short(cell: &str) -> bool {
    cell.split(['-', '/']).count() == 3 && iso(cell).is_none()
}

/// The row `Total` holds what the channel has; the rows below it are parts of that, and
/// small ones are left blank by YouTube.
fn by_content(
    names: &[String],
    rows: &[Line],
    metrics: &[(Metric, usize)],
    intake: &mut Intake<'_>,
) -> Result<()> {
    let name = |column: usize| names.get(column).map_or("", String::as_str);
    for row in rows {
        if !fits(row, names.len()) {
            let (expected, found) = (names.len(), row.cells.len());
            intake.set_aside(&format!("expected {expected} fields, found {found}"));
            continue;
        }
        match numbers(row, metrics, name)? {
            Ok(numbers) if row.cell(0) == "Total" => intake.totals(Day::YearUnknown, &numbers),
            Ok(_) => intake.totals(Day::YearUnknown, &[]),
            Err(reason) => intake.set_aside(&reason),
        }
    }
    Ok(())
}
