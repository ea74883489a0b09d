//! The sheets of the other choices, and of the rules that are held against them.

use crate::model::multiverse::{Axis, Choice, Decision, Question, Signs, Universe};
use crate::model::results::Results;
use crate::model::verdict::{Held, Rule};
use crate::wording::Words;
use crate::wording::briefing::annex::{self as say, Leaf};
use crate::wording::briefing::{decision, methods};

use super::super::view::name;
use super::{Cell, Sheet, Unit, sheet};

pub(super) fn spreads(results: &Results, words: Words) -> Sheet {
    let rows = results.multiverse.iter().flat_map(|multiverse| {
        let kinds = [
            (Signs::Any, &multiverse.any),
            (Signs::Posts, &multiverse.posts),
        ];
        kinds.into_iter().flat_map(move |(signs, spreads)| {
            spreads.iter().map(move |spread| {
                vec![
                    name(results, &spread.channel).into(),
                    say::signs(words, signs).into(),
                    spread.main.into(),
                    spread.min.into(),
                    spread.median.into(),
                    spread.max.into(),
                    multiverse.specifications.into(),
                ]
            })
        })
    });
    let mut units = [Unit::Share; 7];
    units[..2].fill(Unit::Text);
    units[6] = Unit::Count;
    sheet(Leaf::Choices, words, &units, rows.collect())
}

pub(super) fn questions(results: &Results, words: Words) -> Sheet {
    let rows = asked(results).map(|(decision, signs, universe)| {
        let mut row = question(results, decision, signs, words).to_vec();
        row.extend([universe.holds_in.into(), universe.of.into()]);
        row
    });
    let units = [
        Unit::Text,
        Unit::Text,
        Unit::Mixed,
        Unit::Text,
        Unit::Share,
        Unit::Count,
    ];
    sheet(Leaf::Decisions, words, &units, rows.collect())
}

/// The same for each option of each choice.
pub(super) fn by_choice(results: &Results, words: Words) -> Sheet {
    let options = options(results);
    let rows = asked(results).flat_map(|(decision, signs, universe)| {
        options.iter().filter_map(move |&(axis, choice)| {
            let key = format!("{}={}", axis.as_str(), choice.option(axis));
            let mut row = question(results, decision, signs, words).to_vec();
            row.extend([
                words.choice_heading(axis).into(),
                words.choice_option(choice, axis).into(),
                universe.by_choice.get(&key).copied()?.into(),
            ]);
            Some(row)
        })
    });
    let mut units = [Unit::Text; 7];
    units[2] = Unit::Mixed;
    units[6] = Unit::Share;
    sheet(Leaf::ByChoice, words, &units, rows.collect())
}

/// What the combinations were asked, for each kind of sign.
fn asked(results: &Results) -> impl Iterator<Item = (&Decision, Signs, &Universe)> {
    let decisions = results.multiverse.iter().flat_map(|all| &all.decisions);
    decisions.flat_map(|one| [(one, Signs::Any, &one.any), (one, Signs::Posts, &one.posts)])
}

/// Every option of every choice but the kind of sign, once, as a combination that takes it.
fn options(results: &Results) -> Vec<(Axis, &Choice)> {
    let mut options: Vec<(Axis, &Choice)> = Vec::new();
    for axis in Axis::ALL.into_iter().filter(|axis| *axis != Axis::Signs) {
        for one in results.multiverse.iter().flat_map(|all| &all.grid) {
            let taken = (axis, one.choice.option(axis));
            let known = |(axis, choice): &(Axis, &Choice)| (*axis, choice.option(*axis)) == taken;
            if !options.iter().any(known) {
                options.push((axis, &one.choice));
            }
        }
    }
    options
}

/// Channel, question, threshold, kind of sign.
fn question(results: &Results, decision: &Decision, signs: Signs, words: Words) -> [Cell; 4] {
    let threshold = match decision.decision {
        Question::LargestShare => Cell::Empty,
        Question::FewerActiveThan { minimum } => minimum.into(),
        Question::ShareAbove { maximum } | Question::CostAbove { maximum } => maximum.into(),
        Question::ResidentsBelow { minimum } => minimum.into(),
    };
    [
        name(results, &decision.channel).into(),
        methods::question(words, decision.decision).into(),
        threshold,
        say::signs(words, signs).into(),
    ]
}

pub(super) fn verdicts(results: &Results, words: Words) -> Sheet {
    let rows = results.verdicts.iter().flat_map(|verdict| {
        verdict.because.iter().map(move |reason| {
            let mut row: Vec<Cell> = vec![
                name(results, &verdict.channel).into(),
                decision::course(words, verdict.verdict).into(),
                decision::rule_cell(words, reason.rule).into(),
                decision::standing(words, reason.standing).into(),
                threshold(reason.rule),
            ];
            row.extend(match &reason.figure {
                Some(Held::Measured {
                    estimate,
                    lower,
                    upper,
                    level,
                    basis,
                }) => [
                    (*estimate).into(),
                    (*lower).into(),
                    (*upper).into(),
                    (*level).into(),
                    decision::basis(words, *basis).into(),
                ],
                Some(Held::Stated { .. }) | None => {
                    let said = reason.figure.as_ref();
                    let said = said.map(|_| decision::figure(words, reason));
                    [
                        Cell::Empty,
                        Cell::Empty,
                        Cell::Empty,
                        Cell::Empty,
                        said.into(),
                    ]
                }
            });
            row.push(reason.holds_in.into());
            row
        })
    });
    let units = [
        Unit::Text,
        Unit::Text,
        Unit::Text,
        Unit::Text,
        Unit::Mixed,
        Unit::Mixed,
        Unit::Mixed,
        Unit::Mixed,
        Unit::Share,
        Unit::Text,
        Unit::Share,
    ];
    sheet(Leaf::Verdicts, words, &units, rows.collect())
}

/// The value of a rule, where it has one.
fn threshold(rule: Rule) -> Cell {
    match rule {
        Rule::MinAwakeFollowers { minimum } => minimum.into(),
        Rule::MaxDormantShare { maximum } | Rule::MaxCostPerAwakeFollower { maximum } => {
            maximum.into()
        }
        Rule::MinShareOfResidents { minimum } => minimum.into(),
        Rule::ReadableWithoutLogin => Cell::Empty,
    }
}
