//! The account of the figures: the facts at the top, how it was measured, where it comes from.

use crate::model::multiverse::{Multiverse, Spread};
use crate::model::results::Results;
use crate::model::share::Method;
use crate::wording::Words;
use crate::wording::briefing::{self as say, Label, methods as told};

use super::decision;
use super::view::{Block, Table, Term, name};

/// How many characters of a fingerprint are shown.
const FINGERPRINT: usize = 12;

/// What stands at the top of the letter.
pub(super) fn facts(results: &Results, words: Words) -> Vec<Term> {
    let study = &results.study;
    let mut facts = vec![
        (Label::Organisation, study.organisation.clone()),
        (Label::Census, words.date(&study.census)),
        (Label::Window, words.days(study.window_days)),
        (Label::Level, words.level_prose(study.level)),
    ];
    if let Some(residents) = study.residents {
        facts.push((Label::Residents, words.count(residents)));
    }
    facts
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(label, value)| (label.text(words).to_owned(), vec![value]))
        .collect()
}

/// How it was measured, in plain words.
pub(super) fn methods(results: &Results, words: Words) -> Vec<Block> {
    let study = &results.study;
    let audited = results
        .channels
        .iter()
        .any(|channel| channel.dormant.is_some());
    let used = |method: Method| {
        results.channels.iter().any(|channel| {
            channel.silent.method == method
                || channel
                    .dormant
                    .as_ref()
                    .is_some_and(|share| share.method == method)
        })
    };
    let mistakes = told::mistakes(words).map(|(term, why)| (term.to_owned(), vec![why.to_owned()]));
    let mut limits: Vec<String> = Method::ALL
        .into_iter()
        .filter(|&method| used(method))
        .map(|method| {
            format!(
                "{} {}",
                told::method(words, method),
                told::method_name(words, method)
            )
        })
        .collect();
    limits.push(told::not_in_the_limits(words, audited).to_owned());
    let terms = told::terms(words, study.window_days, study.level);
    let terms = terms
        .into_iter()
        .map(|(term, meaning)| (term, vec![meaning]))
        .collect();
    let mut blocks = vec![
        Block::Heading(told::mistakes_heading(words).to_owned()),
        Block::Terms(mistakes.to_vec()),
        Block::Heading(told::terms_heading(words).to_owned()),
        Block::Terms(terms),
        Block::Heading(told::limits_heading(words).to_owned()),
        Block::List(limits),
    ];
    blocks.extend(decision::method(results, words));
    if let Some(multiverse) = &results.multiverse {
        blocks.push(Block::Heading(told::choices_heading(words).to_owned()));
        let choices = told::choices(words, multiverse.specifications);
        blocks.push(Block::Paragraph(choices));
        blocks.push(Block::Table(choices_table(results, multiverse, words)));
        if !multiverse.decisions.is_empty() {
            blocks.push(Block::Table(decisions_table(results, multiverse, words)));
        }
    }
    blocks
}

/// The spread of the silent share over all combinations of choices.
fn choices_table(results: &Results, multiverse: &Multiverse, words: Words) -> Table {
    let none = || "–".to_owned();
    let cells = |spread: Option<&Spread>| -> [String; 2] {
        let limits = spread.and_then(|spread| Some((spread.min?, spread.max?)));
        let median = spread.and_then(|spread| spread.median);
        [
            limits.map_or_else(none, |(min, max)| words.range_cells(min, max)),
            median.map_or_else(none, |median| words.percent_bare(median)),
        ]
    };
    let of = |spreads: &[Spread], id: &str| -> [String; 2] {
        cells(spreads.iter().find(|spread| spread.channel == id))
    };
    let rows = results.channels.iter().map(|channel| {
        let (any, posts) = (
            of(&multiverse.any, &channel.id),
            of(&multiverse.posts, &channel.id),
        );
        let mut row = vec![channel.name.clone()];
        row.extend(any);
        row.extend(posts);
        row
    });
    let columns = told::choices_columns(words).map(|name| (name, true));
    Table::new(
        told::choices_caption(words),
        [(Label::Channel.text(words), false)]
            .into_iter()
            .chain(columns),
        rows.collect(),
    )
}

/// In how many combinations something holds that a council could decide by.
fn decisions_table(results: &Results, multiverse: &Multiverse, words: Words) -> Table {
    let rows = multiverse.decisions.iter().map(|decision| {
        vec![
            told::question(words, decision.decision),
            name(results, &decision.channel).to_owned(),
            words.percent_whole(decision.any.holds_in),
            words.percent_whole(decision.posts.holds_in),
        ]
    });
    let [question, any, posts] = told::decisions_columns(words);
    Table::new(
        told::decisions_caption(words),
        [
            (question, false),
            (Label::Channel.text(words), false),
            (any, true),
            (posts, true),
        ],
        rows.collect(),
    )
}

/// The inputs, the tool and the settings.
pub(super) fn provenance(results: &Results, words: Words) -> Vec<Block> {
    let manifest = &results.manifest;
    let text = |label: Label| label.text(words);
    let mut blocks = Vec::new();
    if !manifest.inputs.is_empty() {
        let rows = manifest.inputs.iter().map(|input| {
            let reading = &input.reading;
            vec![
                name(results, &input.channel).to_owned(),
                input.path.clone(),
                reading.format.clone(),
                words.count(reading.rows),
                words.count(reading.set_aside),
                words.count(reading.duplicates),
                fingerprint(&input.sha256),
            ]
        });
        blocks.push(Block::Table(Table::new(
            say::inputs_caption(words),
            [
                (text(Label::Channel), false),
                (text(Label::File), false),
                (text(Label::Format), false),
                (text(Label::Rows), true),
                (text(Label::SetAside), true),
                (text(Label::Duplicates), true),
                ("SHA-256", false),
            ],
            rows.collect(),
        )));
    }
    let settings = [
        (Label::Tool, manifest.tool.clone()),
        (Label::Settings, fingerprint(&manifest.settings_sha256)),
        (Label::Seed, manifest.seed.to_string()),
    ];
    let settings = settings.map(|(label, value)| (text(label).to_owned(), vec![value]));
    blocks.push(Block::Terms(settings.to_vec()));
    blocks
}

fn fingerprint(sha256: &str) -> String {
    sha256.chars().take(FINGERPRINT).collect()
}
