//! Differences between channels: larger, smaller or not decided, never "overlap".

use crate::model::finding::{Comparison, Finding, Quantity, Ranking};
use crate::model::results::{Channel, Results};
use crate::wording::Words;
use crate::wording::briefing::{self as say, Label, differences as told, findings};

use super::view::{Block, Table, name};

/// Up to so many undecided pairs get a sentence each; more are listed.
const PAIRS_IN_SENTENCES: usize = 3;

/// A channel against each other one: the other, whether the share of `id` is larger or
/// smaller, and the comparison.
pub(super) fn of<'a>(
    results: &'a Results,
    id: &'a str,
    quantity: Quantity,
) -> impl Iterator<Item = (&'a Channel, Finding, &'a Comparison)> {
    results
        .comparisons
        .iter()
        .filter(move |comparison| comparison.quantity == quantity)
        .filter_map(move |comparison| {
            let (other, finding) = if comparison.a == id {
                (&comparison.b, comparison.finding)
            } else if comparison.b == id {
                (&comparison.a, reversed(comparison.finding))
            } else {
                return None;
            };
            let channel = results
                .channels
                .iter()
                .find(|channel| channel.id == *other)?;
            Some((channel, finding, comparison))
        })
}

fn reversed(finding: Finding) -> Finding {
    match finding {
        Finding::Larger => Finding::Smaller,
        Finding::Smaller => Finding::Larger,
        Finding::Undecided => Finding::Undecided,
    }
}

/// Whether a channel has nothing to compare.
fn is_blank(results: &Results, id: &str, quantity: Quantity) -> bool {
    let channel = results.channels.iter().find(|channel| channel.id == id);
    let share = channel.and_then(|channel| match quantity {
        Quantity::Dormant => channel.dormant.as_ref(),
        Quantity::Silent => Some(&channel.silent),
    });
    share.is_none_or(findings::says_nothing)
}

/// What the comparisons found, a sentence for each finding.
pub(super) fn sentences(results: &Results, words: Words) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut open = false;
    for quantity in [Quantity::Dormant, Quantity::Silent] {
        for channel in &results.channels {
            let smaller: Vec<(&str, &Comparison)> = of(results, &channel.id, quantity)
                .filter(|(_, finding, _)| *finding == Finding::Larger)
                .map(|(other, _, comparison)| (other.name.as_str(), comparison))
                .collect();
            if !smaller.is_empty() {
                sentences.push(told::larger_than(words, &channel.name, quantity, &smaller));
            }
        }
        let of_quantity = |comparison: &&Comparison| {
            comparison.quantity == quantity && comparison.finding == Finding::Undecided
        };
        let blank = |comparison: &&Comparison| {
            is_blank(results, &comparison.a, quantity) || is_blank(results, &comparison.b, quantity)
        };
        let (_, undecided): (Vec<&Comparison>, Vec<&Comparison>) = results
            .comparisons
            .iter()
            .filter(of_quantity)
            .partition(blank);
        open |= !undecided.is_empty();
        if undecided.len() <= PAIRS_IN_SENTENCES {
            sentences.extend(undecided.iter().map(|comparison| {
                let (a, b) = (name(results, &comparison.a), name(results, &comparison.b));
                told::undecided(words, a, b, comparison)
            }));
        } else {
            let pairs: Vec<(&str, &str)> = undecided
                .iter()
                .map(|pair| (name(results, &pair.a), name(results, &pair.b)))
                .collect();
            sentences.push(told::undecided_pairs(words, quantity, &pairs));
        }
        let unknown: Vec<&str> = results
            .channels
            .iter()
            .filter(|channel| of(results, &channel.id, quantity).next().is_some())
            .filter(|channel| is_blank(results, &channel.id, quantity))
            .map(|channel| channel.name.as_str())
            .collect();
        if !unknown.is_empty() {
            sentences.push(told::not_comparable(words, &unknown));
        }
    }
    if open {
        sentences.push(told::what_undecided_means(words).to_owned());
    }
    sentences
}

/// The sentences and the table of all pairs.
pub(super) fn blocks(results: &Results, words: Words) -> Vec<Block> {
    if results.comparisons.is_empty() {
        return vec![Block::Paragraph(told::one_channel(words).to_owned())];
    }
    let level = results.study.level;
    let together = results.comparisons.iter().any(|pair| pair.level > level);
    let mut reading = vec![told::reading(words).to_owned()];
    reading.extend(together.then(|| told::together(words, level)));
    let mut blocks = vec![
        Block::Paragraph(told::unit(words).to_owned()),
        Block::List(sentences(results, words)),
        Block::Table(table(results, words)),
        Block::Paragraph(reading.join(" ")),
    ];
    if let Some(ranking) = &results.ranking {
        blocks.push(Block::Table(ranks(results, ranking, words)));
        let chances = ranking.channels.iter().any(|one| one.largest.is_some());
        blocks.extend(chances.then(|| Block::Paragraph(told::about_chance(words).to_owned())));
    }
    blocks
}

/// Which places are possible, and the chance of being the largest where it is known.
fn ranks(results: &Results, ranking: &Ranking, words: Words) -> Table {
    let chances = ranking.channels.iter().any(|one| one.largest.is_some());
    let columns = if chances { 2 } else { 1 };
    let rows = ranking.channels.iter().map(|one| {
        let chance = one.largest.map(|chance| words.percent_whole(chance));
        [
            Some(name(results, &one.channel).to_owned()),
            Some(told::ranks(words, one)),
            chances.then(|| chance.unwrap_or_else(|| "–".to_owned())),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    let places = told::ranks_columns(words).map(|name| (name, true));
    Table::new(
        told::ranks_caption(words, ranking.level),
        [(Label::Channel.text(words), false)]
            .into_iter()
            .chain(places.into_iter().take(columns)),
        rows.collect(),
    )
}

fn table(results: &Results, words: Words) -> Table {
    let text = |label: Label| label.text(words);
    let rows = results.comparisons.iter().map(|comparison| {
        vec![
            name(results, &comparison.a).to_owned(),
            name(results, &comparison.b).to_owned(),
            words.quantity(comparison.quantity).to_owned(),
            comparison
                .difference
                .map_or_else(|| "–".to_owned(), |difference| words.points(difference)),
            told::limits_cell(words, comparison.lower, comparison.upper),
            words.level(comparison.level),
            told::finding_cell(words, comparison.finding).to_owned(),
        ]
    });
    Table::new(
        say::differences_caption(words),
        [
            (text(Label::Channel), false),
            (text(Label::ComparedWith), false),
            (text(Label::Share), false),
            (say::difference_column(words), true),
            (say::limits_column(words), true),
            (text(Label::Level), true),
            (text(Label::Finding), false),
        ],
        rows.collect(),
    )
}
