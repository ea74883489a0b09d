//! The parts of a letter to a council beside the measurement: costs, privacy, annexes.

use crate::model::results::Results;
use crate::wording::Words;
use crate::wording::briefing::{Label, findings, letter as told};

use super::view::{Block, Table};

/// What the channels cost, where the study states it.
pub(super) fn finance(results: &Results, words: Words) -> Vec<Block> {
    let not_known = || Label::NotKnown.text(words).to_owned();
    let stated = |channel: &&crate::model::results::Channel| {
        channel.stated.cost_per_month.is_some() || channel.stated.hours_per_month.is_some()
    };
    let rows: Vec<Vec<String>> = results
        .channels
        .iter()
        .filter(stated)
        .map(|channel| {
            let cost = channel
                .cost
                .and_then(|cost| findings::cost_range(words, cost));
            let month = channel.stated.cost_per_month;
            let hours = channel.stated.hours_per_month;
            vec![
                channel.name.clone(),
                month.map_or_else(not_known, |month| words.euros(month)),
                hours.map_or_else(not_known, |hours| words.hours(hours)),
                cost.unwrap_or_else(not_known),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = told::finance_columns(words).map(|name| (name, true));
    let table = Table::new(
        told::finance_caption(words, results.study.level),
        [(Label::Channel.text(words), false)]
            .into_iter()
            .chain(columns),
        rows,
    );
    vec![Block::Table(table)]
}

/// Which data of persons were used, and what became of them.
pub(super) fn privacy(words: Words) -> Vec<Block> {
    vec![Block::List(
        told::privacy(words).map(str::to_owned).to_vec(),
    )]
}

/// The files that go with the letter.
pub(super) fn annexes(words: Words) -> Vec<Block> {
    let files = told::annexes(words);
    let terms = files.map(|(file, what)| (file.to_owned(), vec![what.to_owned()]));
    vec![Block::Terms(terms.to_vec())]
}
