//! The annex of the view: every number behind the document, still a number.
//!
//! Elsewhere the view holds finished strings; a workbook is there to be computed with, so
//! its cells hold the numbers of the results as they are, and each column says in which
//! unit they are shown.

mod changes;
mod choices;

use crate::model::finding::Quantity;
use crate::model::published::is_small;
use crate::model::results::Results;
use crate::wording::Words;
use crate::wording::briefing::annex::{self as say, Leaf};
use crate::wording::briefing::{counts, differences};

use super::view::{Term, name};

/// One sheet: a table of typed cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The name on the tab.
    pub name: String,
    /// What it shows.
    pub caption: String,
    /// The columns: heading and unit.
    pub columns: Vec<(String, Unit)>,
    /// The cells, as many a row as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// How the numbers of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// No numbers.
    Text,
    /// Whole: followers, rows, days.
    Count,
    /// Fraction of one, shown in per cent.
    Share,
    /// Difference of two fractions, shown in percentage points.
    Points,
    /// Euros.
    Euros,
    /// Parts of a euro.
    SmallEuros,
    /// A bare number with decimals.
    Plain,
    /// A p-value, which may be very small.
    Chance,
    /// In the unit of its row.
    Mixed,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// There is no such value.
    Empty,
    /// Words.
    Text(String),
    /// A number of the results.
    Number(f64),
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Empty
        }
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// All sheets that have a row, after one that explains them.
pub(super) fn sheets(results: &Results, facts: &[Term], words: Words) -> Vec<Sheet> {
    let tables: Vec<Sheet> = [
        shares(results, words),
        states(results, words),
        reach(results, words),
        differences_of(results, words),
        changes::snapshots(results, words),
        changes::steps(results, words),
        choices::spreads(results, words),
        choices::questions(results, words),
        choices::by_choice(results, words),
        choices::verdicts(results, words),
        curve(results, words),
        sources(results, words),
    ]
    .into_iter()
    .filter(|sheet| !sheet.rows.is_empty())
    .collect();
    let mut sheets = vec![explanation(results, facts, &tables, words)];
    sheets.extend(tables);
    sheets
}

fn sheet(leaf: Leaf, words: Words, units: &[Unit], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = leaf.columns(words).iter().zip(units);
    Sheet {
        name: leaf.name(words).to_owned(),
        caption: leaf.caption(words).to_owned(),
        columns: columns
            .map(|(name, unit)| ((*name).to_owned(), *unit))
            .collect(),
        rows,
    }
}

fn explanation(results: &Results, facts: &[Term], tables: &[Sheet], words: Words) -> Sheet {
    let row = |name: &str, value: String| vec![Cell::from(name), Cell::from(value)];
    let mut rows: Vec<Vec<Cell>> = facts
        .iter()
        .map(|(name, values)| row(name, values.join(" ")))
        .collect();
    rows.extend(say::reading(words).map(|(name, text)| row(name, text.to_owned())));
    rows.extend(
        tables
            .iter()
            .map(|table| row(&table.name, table.caption.clone())),
    );
    rows.push(row(
        &results.manifest.tool,
        results.manifest.settings_sha256.clone(),
    ));
    sheet(Leaf::Explanation, words, &[Unit::Text; 2], rows)
}

fn shares(results: &Results, words: Words) -> Sheet {
    let rows = results.channels.iter().flat_map(|channel| {
        let shares = [
            (Quantity::Dormant, channel.dormant.as_ref()),
            (Quantity::Silent, Some(&channel.silent)),
        ];
        shares.into_iter().filter_map(move |(quantity, share)| {
            let share = share?;
            Some(vec![
                channel.name.as_str().into(),
                words.platform(channel.platform).into(),
                words.quantity(quantity).into(),
                share.estimate.into(),
                share.lower.into(),
                share.upper.into(),
                share.level.into(),
                share.labels.into(),
                share.method.as_str().into(),
            ])
        })
    });
    let units = [
        Unit::Text,
        Unit::Text,
        Unit::Text,
        Unit::Share,
        Unit::Share,
        Unit::Share,
        Unit::Share,
        Unit::Count,
        Unit::Text,
    ];
    sheet(Leaf::Shares, words, &units, rows.collect())
}

/// Followers, or the dash that stands where they are hidden.
fn followers(words: Words, n: Option<u64>) -> Cell {
    n.map_or_else(|| counts::cell(words, None).into(), Cell::from)
}

fn states(results: &Results, words: Words) -> Sheet {
    let cell = |n| followers(words, n);
    let rows = results.channels.iter().map(|channel| {
        let states = channel.counts;
        vec![
            channel.name.as_str().into(),
            words.evidence(channel.evidence).into(),
            words.design(channel.design).into(),
            channel.followers.into(),
            cell(Some(channel.listed).filter(|&listed| !is_small(listed))),
            cell(states.awake),
            cell(states.silent),
            cell(states.undetermined),
            cell(states.gone),
        ]
    });
    let mut units = [Unit::Count; 9];
    units[..3].fill(Unit::Text);
    sheet(Leaf::Counts, words, &units, rows.collect())
}

fn reach(results: &Results, words: Words) -> Sheet {
    let rows = results.channels.iter().filter_map(|channel| {
        let (awake, cost) = (channel.awake?, channel.cost);
        Some(vec![
            channel.name.as_str().into(),
            awake.estimate.into(),
            awake.lower.into(),
            awake.upper.into(),
            cost.map(|cost| cost.per_month).into(),
            cost.and_then(|cost| cost.estimate).into(),
            cost.and_then(|cost| cost.lower).into(),
            cost.and_then(|cost| cost.upper).into(),
        ])
    });
    let mut units = [Unit::SmallEuros; 8];
    units[0] = Unit::Text;
    units[1..4].fill(Unit::Count);
    units[4] = Unit::Euros;
    sheet(Leaf::Reach, words, &units, rows.collect())
}

fn differences_of(results: &Results, words: Words) -> Sheet {
    let rows = results.comparisons.iter().map(|pair| {
        vec![
            name(results, &pair.a).into(),
            name(results, &pair.b).into(),
            words.quantity(pair.quantity).into(),
            pair.difference.into(),
            pair.lower.into(),
            pair.upper.into(),
            pair.level.into(),
            differences::finding_cell(words, pair.finding).into(),
            pair.p_holm.into(),
            pair.cohens_h.into(),
        ]
    });
    let units = [
        Unit::Text,
        Unit::Text,
        Unit::Text,
        Unit::Points,
        Unit::Points,
        Unit::Points,
        Unit::Share,
        Unit::Text,
        Unit::Chance,
        Unit::Plain,
    ];
    sheet(Leaf::Differences, words, &units, rows.collect())
}

fn curve(results: &Results, words: Words) -> Sheet {
    let rows = results.channels.iter().flat_map(|channel| {
        channel.curve.iter().map(|point| {
            vec![
                channel.name.as_str().into(),
                u64::from(point.window_days).into(),
                point.lower.into(),
                point.upper.into(),
            ]
        })
    });
    let units = [Unit::Text, Unit::Count, Unit::Share, Unit::Share];
    sheet(Leaf::Curve, words, &units, rows.collect())
}

fn sources(results: &Results, words: Words) -> Sheet {
    let rows = results.manifest.inputs.iter().map(|input| {
        vec![
            name(results, &input.channel).into(),
            input.path.as_str().into(),
            input.reading.format.as_str().into(),
            input.reading.rows.into(),
            input.reading.set_aside.into(),
            input.reading.duplicates.into(),
            input.sha256.as_str().into(),
        ]
    });
    let mut units = [Unit::Text; 7];
    units[3..6].fill(Unit::Count);
    sheet(Leaf::Sources, words, &units, rows.collect())
}
