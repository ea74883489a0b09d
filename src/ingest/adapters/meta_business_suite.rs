//! Cards of Meta Business Suite, for a page on Facebook or an account on Instagram.
//!
//! UTF-16, a line `sep=,`, a title, headings, a row a day. Only the title tells what is
//! counted, and for some cards on which platform; the rest goes by position. Excel saves
//! the same card without `sep=`, with another delimiter and in an 8-bit code page.

use crate::error::{Error, Result};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, iso, was_a_number};
use crate::ingest::text::sheet::{Line, Sheet};
use crate::ingest::text::totals::{self, Columns, TURNED, spreadsheet};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct MetaBusinessSuite;

static FORMAT: Format = Format {
    name: "meta-business-suite",
    platform: None,
    title: "Meta Business Suite, cards of Facebook or Instagram (Follows.csv, Reach.csv, …)",
    how: "In Meta Business Suite, set to English: Insights, a card, Export as CSV; bring the file \
          without opening it in Excel",
    carries: &[],
    proves: "how many followers came on each day, and how many people were reached",
    lacks: "single followers; how many there are; who left",
    holds: &[Holding {
        files: "Meta Business Suite CSV",
        whole: &[],
        partly: &[(Fact::FollowedAt, "gained by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

/// What a card counts, by its title without the platform in front.
const CARDS: [(&str, Card); 11] = [
    ("follows", Card::Days(Metric::Gained)),
    ("reach", Card::Days(Metric::Reach)),
    ("viewers", Card::Days(Metric::Viewers)),
    ("views", Card::Days(Metric::Views)),
    ("visits", Card::Days(Metric::Visits)),
    ("profile visits", Card::Days(Metric::Visits)),
    ("content interactions", Card::Days(Metric::Interactions)),
    ("link clicks", Card::Days(Metric::Clicks)),
    ("age & gender", Card::Audience),
    ("top countries", Card::Audience),
    ("top cities", Card::Audience),
];

/// What stands below a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Card {
    /// A number a day.
    Days(Metric),
    /// Shares of the audience, in blocks with a title each.
    Audience,
}

impl Adapter for MetaBusinessSuite {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let sheet = head.sheet();
        let Some(title) = sheet.lines.first().and_then(Line::title) else {
            return false;
        };
        match card(title) {
            Some((_, Card::Audience)) => true,
            // The title alone could stand over anything.
            Some((_, Card::Days(_))) => has_days(sheet) || sheet.names_delimiter,
            None => sheet.names_delimiter && has_days(sheet),
        }
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((first, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        let Some((platform, card)) = first.title().and_then(card) else {
            return Err(Error::new(
                "ingest::card",
                "this is a card of Meta Business Suite, and its title is none of the known ones",
            )
            .row(first.number)
            .help("set Business Suite to English, then export the card again"));
        };
        if let Some(platform) = platform {
            intake.platform(platform);
        }
        match card {
            Card::Days(metric) => days(rows, metric, intake),
            Card::Audience => audience(rows, intake),
        }
    }
}

/// The platform in a title, and what the card counts.
fn card(title: &str) -> Option<(Option<Platform>, Card)> {
    let title = title.to_ascii_lowercase();
    let (platform, rest) = [
        ("facebook ", Platform::Facebook),
        ("instagram ", Platform::Instagram),
    ]
    .into_iter()
    .find_map(|(name, platform)| Some((Some(platform), title.strip_prefix(name)?)))
    .unwrap_or((None, &title));
    // In some countries cities are called towns.
    let rest = if rest == "top towns/cities" {
        "top cities"
    } else {
        rest
    };
    CARDS
        .iter()
        .find(|(known, _)| *known == rest)
        .map(|&(_, card)| (platform, card))
}

/// Whether a day with a number stands below a title and headings.
fn has_days(sheet: &Sheet) -> bool {
    sheet
        .lines
        .get(2)
        .is_some_and(|line| line.cells.len() > 1 && iso(line.cell(0)).is_some())
}

fn days(rows: &[Line], metric: Metric, intake: &mut Intake<'_>) -> Result<()> {
    // The headings are in the language of the suite, and not looked at. With a period to
    // compare with, a further column follows.
    let Some((names, rows)) = rows.split_first() else {
        return Ok(());
    };
    if names.cells.len() < 2 {
        return Err(Error::new(
            "ingest::columns",
            "beside the days there is no column with numbers",
        )
        .row(names.number)
        .help("export the card again"));
    }
    let columns = Columns {
        names: &names.cells,
        day: 0,
        read_day: &|cell| iso(cell).map(Day::Known),
        expected: "a date as 2025-12-31T00:00:00",
        metrics: &[(metric, 1)],
    };
    totals::read(rows, &columns, intake)
}

/// Shares by age, gender and place: nothing that can be counted here, but a spreadsheet
/// program makes dates of them.
fn audience(rows: &[Line], intake: &mut Intake<'_>) -> Result<()> {
    let turned = |line: &&Line| line.cells.iter().any(|cell| was_a_number(cell));
    if let Some(line) = rows.iter().find(turned) {
        return Err(spreadsheet(TURNED).row(line.number));
    }
    let percent = |cell: &String| {
        cell.replace(',', ".")
            .parse::<f64>()
            .is_ok_and(f64::is_finite)
    };
    for line in rows {
        // Titles and headings have no number in them.
        if line.cells.iter().any(percent) {
            intake.totals(Day::YearUnknown, &[]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (title, platform, expected) in [
            (
                "Instagram follows",
                Some(Platform::Instagram),
                Card::Days(Metric::Gained),
            ),
            ("Follows", None, Card::Days(Metric::Gained)),
            (
                "Facebook reach",
                Some(Platform::Facebook),
                Card::Days(Metric::Reach),
            ),
            (
                "Instagram profile visits",
                Some(Platform::Instagram),
                Card::Days(Metric::Visits),
            ),
            ("Top towns/cities", None, Card::Audience),
        ] {
            assert_eq!(card(title), Some((platform, expected)), "{title}");
        }
        for title in ["Volgers", "Facebook", "Facebook Instagram reach", ""] {
            assert_eq!(card(title), None, "{title}");
        }
    }
}
