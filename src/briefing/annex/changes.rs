//! The sheets of what changed between dated exports.

use crate::model::change::Rate;
use crate::model::results::Results;
use crate::wording::Words;
use crate::wording::briefing::annex::{self as say, Leaf};

use super::super::view::name;
use super::{Cell, Sheet, Unit, followers, sheet};

/// Followers on each dated export.
pub(super) fn snapshots(results: &Results, words: Words) -> Sheet {
    let rows = results.changes.iter().flat_map(|change| {
        change.snapshots.iter().map(|snapshot| {
            let states = snapshot.counts;
            vec![
                name(results, &change.channel).into(),
                words.date(&snapshot.census).into(),
                words.design(snapshot.design).into(),
                followers(words, states.awake),
                followers(words, states.silent),
                followers(words, states.undetermined),
                followers(words, states.gone),
                snapshot.silent_share.into(),
            ]
        })
    });
    let mut units = [Unit::Count; 8];
    units[..3].fill(Unit::Text);
    units[7] = Unit::Share;
    sheet(Leaf::Snapshots, words, &units, rows.collect())
}

/// What happened from each dated export to the next.
pub(super) fn steps(results: &Results, words: Words) -> Sheet {
    let rows = results.changes.iter().flat_map(|change| {
        change.steps.iter().map(|step| {
            let rates = step.rates.as_ref();
            let (paired, parts) = (step.paired.as_ref(), step.decomposition.as_ref());
            let mut row: Vec<Cell> = vec![
                name(results, &change.channel).into(),
                words.date(&step.before).into(),
                words.date(&step.after).into(),
                say::basis(words, step.basis).into(),
            ];
            row.extend(rate(rates.map(|rates| &rates.fell_silent)));
            row.extend(rate(rates.map(|rates| &rates.woke)));
            row.extend([
                paired.map(|pair| pair.followers).into(),
                paired.map(|pair| pair.change).into(),
                paired.map(|pair| pair.lower).into(),
                paired.map(|pair| pair.upper).into(),
                paired.and_then(|pair| pair.p).into(),
                parts.map(|parts| parts.change).into(),
                parts.map(|parts| parts.within).into(),
                parts.map(|parts| parts.leavers).into(),
                parts.map(|parts| parts.joiners).into(),
            ]);
            row
        })
    });
    let mut units = [Unit::Points; 21];
    units[..4].fill(Unit::Text);
    units[4..12].fill(Unit::Share);
    for of in [7, 11, 12] {
        units[of] = Unit::Count;
    }
    units[16] = Unit::Chance;
    sheet(Leaf::Steps, words, &units, rows.collect())
}

/// A rate, its limits, and of how many followers it is.
fn rate(rate: Option<&Rate>) -> [Cell; 4] {
    [
        rate.and_then(|rate| rate.rate).into(),
        rate.map(|rate| rate.lower).into(),
        rate.map(|rate| rate.upper).into(),
        rate.map(|rate| rate.of).into(),
    ]
}
