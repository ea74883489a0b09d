//! The council's own rules against the findings: the decision table, each rule, and what
//! has to be done.

use crate::model::results::{Channel, Results};
use crate::model::verdict::{Basis, Course, Held, Reason, Rule, Verdict};
use crate::wording::Words;
use crate::wording::briefing::{Label, decision as told, findings};

use super::view::{Block, Table, name};

/// The decision table and the rules; or that there are no rules.
pub(super) fn blocks(results: &Results, words: Words) -> Vec<Block> {
    let policy = results.study.policy.clone().unwrap_or_default();
    if results.verdicts.is_empty() {
        return vec![Block::Paragraph(told::no_rules(words).to_owned())];
    }
    vec![
        Block::Table(decision_table(results, words)),
        Block::Paragraph(told::whose_decision(words).to_owned()),
        Block::Paragraph(told::intro(words).to_owned()),
        Block::List(told::policy(words, &policy)),
        Block::Paragraph(told::how(words).to_owned()),
    ]
}

/// How each rule stands, and what has to be done; nothing where there are no rules.
pub(super) fn rules(results: &Results, words: Words) -> Vec<Block> {
    if results.verdicts.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Table(rules_table(results, words))];
    let mut reasons = results.verdicts.iter().flat_map(|verdict| &verdict.because);
    if reasons.any(|reason| reason.holds_in.is_some()) {
        blocks.push(Block::Paragraph(told::about_choices(words).to_owned()));
    }
    blocks.extend(steps(results, words));
    blocks
}

/// The verdict of each channel with the rules that decided it, a line each.
pub(super) fn sentences(results: &Results, words: Words) -> Vec<String> {
    let verdicts = results.verdicts.iter();
    verdicts
        .map(|verdict| {
            let name = name(results, &verdict.channel);
            let mut sentences = vec![told::verdict(words, name, verdict.verdict)];
            sentences.extend(told::decisive(words, verdict));
            let changes = told::changes(words, verdict.verdict, &verdict.would_change);
            if !changes.is_empty() {
                sentences.push(told::would_change(words, &changes));
            }
            sentences.join(" ")
        })
        .collect()
}

/// All verdicts in one sentence; `None` where there are none.
pub(super) fn in_short(results: &Results, words: Words) -> Option<String> {
    let verdicts = results.verdicts.iter();
    let named: Vec<(&str, Course)> = verdicts
        .map(|verdict| (name(results, &verdict.channel), verdict.verdict))
        .collect();
    (!named.is_empty()).then(|| told::in_short(words, &named))
}

fn of<'a>(results: &'a Results, verdict: &Verdict) -> Option<&'a Channel> {
    let mut channels = results.channels.iter();
    channels.find(|channel| channel.id == verdict.channel)
}

fn decision_table(results: &Results, words: Words) -> Table {
    let not_known = || Label::NotKnown.text(words).to_owned();
    let rows = results.verdicts.iter().map(|verdict| {
        let channel = of(results, verdict);
        let evidence = channel.map(|channel| {
            let export = words.evidence(channel.evidence);
            match channel.dormant.as_ref().and_then(|share| share.labels) {
                Some(labels) => told::evidence(words, export, labels),
                None => export.to_owned(),
            }
        });
        let awake = channel.and_then(|channel| channel.awake);
        let cost = channel.and_then(|channel| channel.cost);
        vec![
            name(results, &verdict.channel).to_owned(),
            evidence.unwrap_or_else(not_known),
            awake.map_or_else(not_known, |awake| {
                told::awake(words, awake.lower, awake.upper)
            }),
            cost.and_then(|cost| findings::cost_range(words, cost))
                .unwrap_or_else(not_known),
            told::course(words, verdict.verdict).to_owned(),
            told::changes(words, verdict.verdict, &verdict.would_change),
        ]
    });
    let [awake, cost, course, changes] = told::table_columns(words);
    Table::new(
        told::table_caption(words),
        [
            (Label::Channel.text(words), false),
            (Label::KnownFrom.text(words), false),
            (awake, true),
            (cost, true),
            (course, false),
            (changes, false),
        ],
        rows.collect(),
    )
}

fn rules_table(results: &Results, words: Words) -> Table {
    let rows = results.verdicts.iter().flat_map(|verdict| {
        verdict.because.iter().map(|reason| {
            vec![
                name(results, &verdict.channel).to_owned(),
                told::rule_cell(words, reason.rule),
                figure(words, reason),
                told::standing(words, reason.standing).to_owned(),
                told::holds_in(words, reason.holds_in),
                told::changes(words, Course::Undecided, &reason.would_change),
            ]
        })
    });
    let [rule, figure, outcome, choices, changes] = told::rules_columns(words);
    Table::new(
        told::rules_caption(words, results.study.level),
        [
            (Label::Channel.text(words), false),
            (rule, false),
            (figure, false),
            (outcome, false),
            (choices, true),
            (changes, false),
        ],
        rows.collect(),
    )
}

/// The figure, and where it comes from if that is no audit.
fn figure(words: Words, reason: &Reason) -> String {
    let figure = told::figure(words, reason);
    match (&reason.figure, reason.rule) {
        (_, Rule::ReadableWithoutLogin) => figure,
        (Some(Held::Measured { basis, .. }), _) if *basis != Basis::Audit => {
            format!("{figure} ({})", told::basis(words, *basis))
        }
        _ => figure,
    }
}

/// What has to be done, once for each course.
fn steps(results: &Results, words: Words) -> Vec<Block> {
    let mut blocks = Vec::new();
    for course in Course::ALL {
        let verdicts: Vec<&Verdict> = results
            .verdicts
            .iter()
            .filter(|verdict| verdict.verdict == course && !verdict.steps.is_empty())
            .collect();
        let Some(first) = verdicts.first() else {
            continue;
        };
        let names: Vec<&str> = verdicts
            .iter()
            .map(|verdict| name(results, &verdict.channel))
            .collect();
        let steps = first.steps.iter().map(|&step| told::step(words, step));
        blocks.push(Block::Heading(told::steps_heading(words, course, &names)));
        blocks.push(Block::Steps(steps.map(str::to_owned).collect()));
    }
    blocks
}
