//! What changed between dated exports of a channel.

use crate::model::results::Results;
use crate::model::tally::State;
use crate::wording::Words;
use crate::wording::briefing::{Label, changes as told};

use super::view::{Block, Table, count, name};

/// The snapshots and what happened between them; nothing without snapshots.
pub(super) fn blocks(results: &Results, words: Words) -> Vec<Block> {
    if results.changes.is_empty() {
        return Vec::new();
    }
    let mut points = Vec::new();
    for change in &results.changes {
        let name = name(results, &change.channel);
        for step in &change.steps {
            points.push(told::step(words, name, step).join(" "));
        }
        let trend = change.trend.as_ref();
        points.extend(trend.map(|trend| told::trend(words, name, trend)));
    }
    vec![
        Block::Paragraph(told::intro(words).to_owned()),
        Block::Table(snapshots(results, words)),
        Block::List(points),
    ]
}

fn snapshots(results: &Results, words: Words) -> Table {
    let rows = results.changes.iter().flat_map(|change| {
        change.snapshots.iter().map(|snapshot| {
            let counts = snapshot.counts;
            let share = snapshot.silent_share;
            vec![
                name(results, &change.channel).to_owned(),
                words.date(&snapshot.census),
                count(words, counts.awake),
                count(words, counts.silent),
                count(words, counts.undetermined),
                count(words, counts.gone),
                share.map_or_else(|| "–".to_owned(), |share| words.percent_bare(share)),
            ]
        })
    });
    Table::new(
        told::caption(words, results.study.window_days),
        [
            (Label::Channel.text(words), false),
            (Label::Census.text(words), false),
            (words.state_heading(State::Awake), true),
            (words.state_heading(State::Silent), true),
            (words.state_heading(State::Undetermined), true),
            (words.state_heading(State::Gone), true),
            (told::share_column(words), true),
        ],
        rows.collect(),
    )
}
