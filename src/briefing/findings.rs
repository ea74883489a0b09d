//! What was found: which channel leads, and which sentences its limits allow.

use crate::model::finding::{Finding, Quantity};
use crate::model::results::{Channel, Results};
use crate::model::share::{Method, Share};
use crate::wording::Words;
use crate::wording::briefing::{self as say, Label, findings as told};

use super::view::{Block, Table};
use super::{decision, differences, totals};

/// The share of a channel, where it says anything.
fn share(channel: &Channel, quantity: Quantity) -> Option<&Share> {
    match quantity {
        Quantity::Dormant => channel.dormant.as_ref(),
        Quantity::Silent => Some(&channel.silent),
    }
    .filter(|share| !told::says_nothing(share))
}

/// What the document leads with: the dormant share where any audit names it, else the
/// silent share; and the channel with the highest lower limit, the first of equals.
/// `None` when no channel says anything.
fn subject(results: &Results) -> Option<(&Channel, Quantity, &Share)> {
    [Quantity::Dormant, Quantity::Silent]
        .into_iter()
        .find_map(|quantity| {
            let shares = results.channels.iter();
            shares
                .filter_map(|channel| Some((channel, quantity, share(channel, quantity)?)))
                .reduce(|first, next| {
                    if next.2.lower > first.2.lower {
                        next
                    } else {
                        first
                    }
                })
        })
}

/// The finding, said from the limits.
pub(super) fn headline(results: &Results, words: Words) -> String {
    match subject(results) {
        Some((channel, quantity, share)) => {
            let window = results.study.window_days;
            told::headline(words, &channel.name, quantity, share, window)
        }
        None => told::headline_without_evidence(words).to_owned(),
    }
}

/// What the word of the headline means.
pub(super) fn lead(results: &Results, words: Words) -> String {
    match subject(results) {
        Some((_, quantity, _)) => told::lead(words, quantity, results.study.window_days),
        None => told::lead_without_evidence(words).to_owned(),
    }
}

/// The key message: its points, and what a confidence is.
pub(super) fn key_message(results: &Results, words: Words) -> Vec<Block> {
    let points = Block::List(points(results, words));
    let confidence = confidence(results, words).map(Block::Paragraph);
    [points].into_iter().chain(confidence).collect()
}

/// The points of the key message.
fn points(results: &Results, words: Words) -> Vec<String> {
    let window = results.study.window_days;
    let mut points = Vec::new();
    let named = |channels: Vec<&Channel>| -> Vec<String> {
        channels
            .iter()
            .map(|channel| channel.name.clone())
            .collect()
    };
    if let Some((first, quantity, of_first)) = subject(results) {
        points.push(
            match quantity {
                Quantity::Dormant => told::dormant(words, first, of_first),
                Quantity::Silent => told::silent(words, first, window),
            }
            .join(" "),
        );
        let others: Vec<(&str, &Share)> = results
            .channels
            .iter()
            .filter(|channel| channel.id != first.id)
            .filter_map(|channel| Some((channel.name.as_str(), share(channel, quantity)?)))
            .collect();
        if !others.is_empty() {
            points.push(told::others(words, &others));
        }
        points.extend(compared(results, first, quantity, words));
        if quantity == Quantity::Dormant {
            let unaudited = named(
                results
                    .channels
                    .iter()
                    .filter(|channel| channel.dormant.is_none())
                    .filter(|channel| !told::says_nothing(&channel.silent))
                    .collect(),
            );
            let unaudited: Vec<&str> = unaudited.iter().map(String::as_str).collect();
            if !unaudited.is_empty() {
                points.push(told::not_audited(words, &unaudited, window));
            }
        }
    }
    let unknown = named(
        results
            .channels
            .iter()
            .filter(|channel| share(channel, Quantity::Dormant).is_none())
            .filter(|channel| told::says_nothing(&channel.silent))
            .collect(),
    );
    let unknown: Vec<&str> = unknown.iter().map(String::as_str).collect();
    if !unknown.is_empty() {
        points.push(told::nothing_known(words, &unknown));
    }
    match decision::in_short(results, words) {
        Some(verdicts) => {
            points.extend([verdicts, say::decision::whose_decision(words).to_owned()])
        }
        None => points.push(told::no_decision(words).to_owned()),
    }
    points
}

/// Whether any share comes from a draw, so that its limits have a confidence.
fn sampled(results: &Results) -> bool {
    let drawn = |share: &Share| !told::holds_for_certain(share);
    let mut channels = results.channels.iter();
    channels.any(|channel| drawn(&channel.silent) || channel.dormant.as_ref().is_some_and(drawn))
}

/// What a confidence is, where the document speaks of one.
fn confidence(results: &Results, words: Words) -> Option<String> {
    sampled(results).then(|| told::confidence(words, results.study.level))
}

/// The first channel against the others, in one or two sentences.
fn compared(
    results: &Results,
    first: &Channel,
    quantity: Quantity,
    words: Words,
) -> Option<String> {
    let against = |finding: Finding| -> Vec<&str> {
        differences::of(results, &first.id, quantity)
            .filter(|(_, found, _)| *found == finding)
            .filter(|(other, _, _)| share(other, quantity).is_some())
            .map(|(other, _, _)| other.name.as_str())
            .collect()
    };
    let (smaller, open) = (against(Finding::Larger), against(Finding::Undecided));
    let mut sentences = Vec::new();
    if !smaller.is_empty() {
        sentences.push(say::differences::larger_in_short(
            words,
            &first.name,
            quantity,
            &smaller,
        ));
    }
    if !open.is_empty() {
        sentences.push(say::differences::undecided_in_short(
            words,
            &first.name,
            quantity,
            &open,
        ));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The sentences about one channel; "dormant" occurs only with an audit of this channel.
pub(super) fn sentences(results: &Results, channel: &Channel, words: Words) -> Vec<String> {
    let silent = told::silent(words, channel, results.study.window_days);
    match &channel.dormant {
        Some(share) => {
            let mut all = told::dormant(words, channel, share);
            all.extend(told::consequences(words, channel));
            all.extend(silent);
            all
        }
        None if matches!(
            channel.silent.method,
            Method::NoEvidence | Method::Suppressed
        ) =>
        {
            silent
        }
        None => {
            let mut all = silent;
            all.push(told::silent_is_not_gone(words).to_owned());
            all
        }
    }
}

/// How many blocks of [`blocks`] stand above the picture of what was found.
pub(super) const ABOVE_THE_PICTURE: usize = 1;

/// What was found: what was counted, and a paragraph a channel.
pub(super) fn blocks(results: &Results, words: Words) -> Vec<Block> {
    let lists = say::methods::lists(words, &results.study.census);
    let mut blocks = vec![Block::Paragraph(lists)];
    for channel in &results.channels {
        blocks.push(Block::Heading(channel.name.clone()));
        blocks.push(Block::Paragraph(
            sentences(results, channel, words).join(" "),
        ));
    }
    blocks
}

/// The figures of each channel: followers by state, shares, totals of platforms.
pub(super) fn counts(results: &Results, words: Words) -> Vec<Block> {
    let mut blocks = vec![
        Block::Table(states(results, words)),
        Block::Paragraph(say::methods::states(words, results.study.window_days)),
    ];
    let mut channels = results.channels.iter();
    if channels.any(|channel| channel.counts.suppressed) {
        blocks.push(Block::Paragraph(say::counts::why_hidden(words)));
    }
    blocks.push(Block::Table(shares(results, words)));
    blocks.extend(totals::blocks(results, words));
    blocks
}

fn states(results: &Results, words: Words) -> Table {
    use crate::model::tally::State;
    let text = |label: Label| label.text(words);
    let rows = results.channels.iter().map(|channel| {
        let not_known = || text(Label::NotKnown).to_owned();
        // A channel without a list has no zeros: nobody was counted.
        let cell = |n: Option<u64>| match channel.listed {
            0 => not_known(),
            _ => say::counts::cell(words, n),
        };
        let counts = channel.counts;
        vec![
            channel.name.clone(),
            words.evidence(channel.evidence).to_owned(),
            channel.followers.map_or_else(not_known, |n| words.count(n)),
            cell(Some(channel.listed)),
            cell(counts.awake),
            cell(counts.silent),
            cell(counts.undetermined),
            cell(counts.gone),
        ]
    });
    Table::new(
        say::states_caption(words, &results.study.census, results.study.window_days),
        [
            (text(Label::Channel), false),
            (text(Label::Evidence), false),
            (text(Label::Followers), true),
            (text(Label::Listed), true),
            (words.state_heading(State::Awake), true),
            (words.state_heading(State::Silent), true),
            (words.state_heading(State::Undetermined), true),
            (words.state_heading(State::Gone), true),
        ],
        rows.collect(),
    )
}

fn shares(results: &Results, words: Words) -> Table {
    let text = |label: Label| label.text(words);
    let mut columns = vec![
        (text(Label::Channel), false),
        (text(Label::Design), false),
        (say::silent_column(words), true),
    ];
    // Without any audit there is no column for a word that nobody may say.
    let audited = results
        .channels
        .iter()
        .any(|channel| channel.dormant.is_some());
    if audited {
        columns.extend([
            (say::dormant_column(words), true),
            (say::dormant_interval_column(words), true),
            (text(Label::Labels), true),
        ]);
    }
    let rows = results.channels.iter().map(|channel| {
        let mut row = vec![
            channel.name.clone(),
            words.design(channel.design).to_owned(),
            limits(&channel.silent, words),
        ];
        if audited {
            row.extend(dormant_cells(channel.dormant.as_ref(), words));
        }
        row
    });
    Table::new(
        say::shares_caption(words, sampled(results).then_some(results.study.level)),
        columns,
        rows.collect(),
    )
}

/// The estimate, the interval and the labels of an audit.
fn dormant_cells(share: Option<&Share>, words: Words) -> [String; 3] {
    let none = || "–".to_owned();
    let Some(share) = share else {
        let not_measured = || Label::NotMeasured.text(words).to_owned();
        return [not_measured(), not_measured(), none()];
    };
    [
        share
            .estimate
            .map_or_else(none, |point| words.percent_bare(point)),
        limits(share, words),
        share.labels.map_or_else(none, |labels| words.count(labels)),
    ]
}

/// The limits of a share in a cell, or the share where there is no room between them.
fn limits(share: &Share, words: Words) -> String {
    if share.method == Method::NoEvidence {
        Label::NotKnown.text(words).to_owned()
    } else if share.method == Method::Suppressed {
        "–".to_owned()
    } else if share.lower == share.upper {
        words.percent_bare(share.lower)
    } else {
        words.range_cells(share.lower, share.upper)
    }
}
