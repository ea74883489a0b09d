//! Totals of channels, in a table of their own.

use crate::model::aggregate::{ChannelTotals, Growth};
use crate::model::results::Results;
use crate::wording::Words;
use crate::wording::briefing::{Label, totals as told};

use super::view::{Block, Table};

/// The totals and how to read them; nothing where no export holds any.
pub(super) fn blocks(results: &Results, words: Words) -> Vec<Block> {
    let channels = results.channels.iter();
    let rows: Vec<Vec<String>> = channels
        .filter_map(|channel| Some(row(&channel.name, channel.aggregate.as_ref()?, words)))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = told::columns(words).into_iter().enumerate();
    let table = Table::new(
        told::caption(words),
        [(Label::Channel.text(words), false)]
            .into_iter()
            .chain(columns.map(|(place, name)| (name, place > 1))),
        rows,
    );
    vec![
        Block::Table(table),
        Block::Paragraph(told::reading(words).to_owned()),
    ]
}

fn row(name: &str, totals: &ChannelTotals, words: Words) -> Vec<String> {
    let none = || "–".to_owned();
    let date = |day: &Option<String>| day.as_deref().map_or_else(none, |day| words.date(day));
    let count = |n: Option<u64>| n.map_or_else(none, |n| words.count(n));
    let limits = totals.not_reached;
    vec![
        name.to_owned(),
        date(&totals.first),
        date(&totals.last),
        count(sum(&totals.growth, |month| month.gained)),
        count(sum(&totals.growth, |month| month.lost)),
        count(totals.active_followers),
        count(totals.reach),
        words.range_cells(limits.lower, limits.upper),
    ]
}

/// A total over all months; `None` unless every month gives it.
fn sum(growth: &[Growth], of: fn(&Growth) -> Option<i64>) -> Option<u64> {
    let months: Option<Vec<i64>> = growth.iter().map(of).collect();
    let sum = months
        .filter(|months| !months.is_empty())?
        .iter()
        .sum::<i64>();
    u64::try_from(sum).ok()
}
