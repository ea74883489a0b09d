//! The multiverse: the silent share under every defensible set of choices.
//!
//! The grid is fixed before any result is seen: five windows, three ways with the
//! undetermined, three with never-posters, bots and duplicates kept or dropped, for
//! posts alone and for any dated sign of life. The share of specifications in which
//! something holds is no probability: they are neither equally plausible nor
//! independent (Del Giudice and Gangestad 2021).
//!
//! A tally is first condensed to the classes that any specification can tell apart, a
//! few hundred at most, so that the whole costs one pass over the cells.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::model::multiverse::{
    Axis, Choice, Decision, Keep, Multiverse, NeverPosted, Outcome, Question, Signs, Specification,
    Spread, Undetermined, Universe,
};
use crate::model::tally::{GRID, Record, Tally, post_edges};
use crate::stats::proportion::wilson;

/// Every specification of one kind of sign, in the order of the grid.
pub fn grid(signs: Signs) -> Vec<Choice> {
    let mut choices = Vec::new();
    for window_days in GRID {
        for undetermined in Undetermined::ALL {
            for never_posted in NeverPosted::ALL {
                for bots in Keep::ALL {
                    for duplicates in Keep::ALL {
                        choices.push(Choice {
                            signs,
                            window_days,
                            undetermined,
                            never_posted,
                            bots,
                            duplicates,
                        });
                    }
                }
            }
        }
    }
    choices
}

/// Evaluates the whole grid for the channels, from their tallies alone.
///
/// `window` is the study's own, by whose edges the tallies were counted; the main
/// specification, declared before any result, has it, counts the undetermined as
/// active (missing is never dormant), never-posters as silent since creation, keeps
/// suspected bots and drops duplicates.
///
/// # Errors
/// A level outside (0, 1).
pub fn multiverse(
    tallies: &[(String, Tally)],
    window: u32,
    level: f64,
) -> Result<Vec<Specification>> {
    let edges = post_edges(window);
    let classes: Vec<_> = tallies
        .iter()
        .map(|(channel, tally)| (channel.as_str(), condense(tally, &edges)))
        .collect();
    let mut specifications = Vec::new();
    for choice in Signs::ALL.into_iter().flat_map(grid) {
        let main = choice
            == (Choice {
                signs: Signs::Any,
                window_days: window,
                undetermined: Undetermined::Active,
                never_posted: NeverPosted::SilentSinceCreation,
                bots: Keep::Keep,
                duplicates: Keep::Drop,
            });
        let Some(edge) = edges.iter().position(|&edge| edge == choice.window_days) else {
            continue;
        };
        let mut outcomes = Vec::with_capacity(classes.len());
        for (channel, classes) in &classes {
            outcomes.push(outcome(channel, classes, choice, edge as u8, level)?);
        }
        let largest = largest(&outcomes);
        specifications.push(Specification {
            choice,
            main,
            outcomes,
            largest,
        });
    }
    Ok(specifications)
}

/// What any specification can tell apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    record: Record,
    never_posted: bool,
    suspected_bot: bool,
    duplicate: bool,
    /// Index of the first edge not exceeded by the days since the last post.
    post_age: Option<u8>,
    /// The same for any sign of life.
    sign_age: Option<u8>,
}

fn condense(tally: &Tally, edges: &[u32]) -> BTreeMap<Class, u64> {
    let mut classes = BTreeMap::new();
    for (key, count) in tally.cells().filter(|(key, _)| key.record != Record::Gone) {
        let sign_age = key
            .days_silent
            .map(|days| edges.iter().filter(|&&edge| u32::from(days) > edge).count() as u8);
        let class = Class {
            record: key.record,
            never_posted: key.never_posted,
            suspected_bot: key.suspected_bot,
            duplicate: key.duplicate,
            post_age: key.post_age,
            sign_age,
        };
        *classes.entry(class).or_default() += count;
    }
    classes
}

/// What a specification makes of a follower.
enum Judged {
    Silent,
    Active,
    Left,
}

fn outcome(
    channel: &str,
    classes: &BTreeMap<Class, u64>,
    choice: Choice,
    edge: u8,
    level: f64,
) -> Result<Outcome> {
    let (mut n, mut silent) = (0, 0);
    for (class, count) in classes {
        match judge(class, choice, edge) {
            Judged::Left => {}
            Judged::Active => n += count,
            Judged::Silent => {
                n += count;
                silent += count;
            }
        }
    }
    let interval = wilson(silent, n, level).map_err(|refusal| {
        Error::new(
            "compare::multiverse",
            format!("no interval can be given: {refusal}"),
        )
    })?;
    Ok(Outcome {
        channel: channel.to_owned(),
        n,
        silent,
        share: (n > 0).then(|| silent as f64 / n as f64),
        lower: interval.lower,
        upper: interval.upper,
    })
}

/// The order of operations of the grid: duplicates, bots, never-posters, undetermined,
/// then the window.
fn judge(class: &Class, choice: Choice, edge: u8) -> Judged {
    let exceeds = |age: Option<u8>| age.is_some_and(|age| age > edge);
    let either = |silent: bool| {
        if silent {
            Judged::Silent
        } else {
            Judged::Active
        }
    };
    if class.duplicate && choice.duplicates == Keep::Drop
        || class.suspected_bot && choice.bots == Keep::Drop
    {
        return Judged::Left;
    }
    if class.never_posted {
        return match (choice.never_posted, choice.signs) {
            (NeverPosted::SilentSinceCreation, Signs::Posts) => either(exceeds(class.post_age)),
            (NeverPosted::SilentSinceCreation, Signs::Any) => either(exceeds(class.sign_age)),
            (NeverPosted::Active, _) => Judged::Active,
            (NeverPosted::Exclude, _) => Judged::Left,
        };
    }
    let awake_by_any = choice.signs == Signs::Any && class.sign_age.is_some_and(|age| age <= edge);
    match (class.record, choice.undetermined) {
        _ if awake_by_any => Judged::Active,
        (Record::Dated, _) if choice.signs == Signs::Any => Judged::Silent,
        (Record::Dated, _) => either(exceeds(class.post_age)),
        (_, Undetermined::Drop) => Judged::Left,
        (_, Undetermined::Active) => Judged::Active,
        (_, Undetermined::Dormant) => Judged::Silent,
    }
}

/// The channel with the largest share; `None` when two share it, or there is none.
fn largest(outcomes: &[Outcome]) -> Option<String> {
    let best = outcomes
        .iter()
        .filter_map(|outcome| outcome.share)
        .max_by(f64::total_cmp)?;
    let mut of_best = outcomes
        .iter()
        .filter(|outcome| outcome.share == Some(best));
    let first = of_best.next()?;
    of_best.next().is_none().then(|| first.channel.clone())
}

/// In which share of the specifications something holds, as a whole and by each choice.
///
/// Choices are named `window_days=180`, `undetermined=drop` and so on.
pub fn holds(
    specifications: &[Specification],
    condition: impl Fn(&Specification) -> bool,
) -> Universe {
    let share = |of: &[&Specification]| {
        let holding = of
            .iter()
            .filter(|specification| condition(specification))
            .count();
        if of.is_empty() {
            0.0
        } else {
            holding as f64 / of.len() as f64
        }
    };
    let all: Vec<_> = specifications.iter().collect();
    let mut by_choice = BTreeMap::new();
    for axis in Axis::ALL {
        let mut options: BTreeMap<String, Vec<&Specification>> = BTreeMap::new();
        for specification in specifications {
            options
                .entry(specification.choice.option(axis))
                .or_default()
                .push(specification);
        }
        for (option, of) in options {
            by_choice.insert(format!("{}={option}", axis.as_str()), share(&of));
        }
    }
    Universe {
        holds_in: share(&all),
        of: all.len() as u64,
        by_choice,
    }
}

/// The summary that stands in the results: spreads, and for each question the share of
/// specifications in which it holds.
///
/// `questions` come from the council's policy; which channel has the largest share is
/// always asked where there are several.
pub fn summary(specifications: &[Specification], questions: &[Question]) -> Multiverse {
    let of = |signs: Signs| -> Vec<Specification> {
        specifications
            .iter()
            .filter(|one| one.choice.signs == signs)
            .cloned()
            .collect()
    };
    let (posts, any) = (of(Signs::Posts), of(Signs::Any));
    let channels: Vec<String> = specifications
        .first()
        .map(|one| {
            one.outcomes
                .iter()
                .map(|outcome| outcome.channel.clone())
                .collect()
        })
        .unwrap_or_default();
    let mut asked = questions.to_vec();
    if channels.len() > 1 {
        asked.insert(0, Question::LargestShare);
    }
    let mut decisions = Vec::new();
    for &decision in &asked {
        for (place, channel) in channels.iter().enumerate() {
            let condition = |one: &Specification| answers(one, decision, place);
            decisions.push(Decision {
                decision,
                channel: channel.clone(),
                posts: holds(&posts, condition),
                any: holds(&any, condition),
            });
        }
    }
    let spreads = |of: &[Specification]| {
        channels
            .iter()
            .enumerate()
            .map(|(place, channel)| spread(of, place, channel))
            .collect()
    };
    Multiverse {
        specifications: posts.len() as u64,
        posts: spreads(&posts),
        any: spreads(&any),
        decisions,
        grid: specifications.to_vec(),
    }
}

fn answers(specification: &Specification, question: Question, place: usize) -> bool {
    let Some(outcome) = specification.outcomes.get(place) else {
        return false;
    };
    match question {
        Question::LargestShare => specification.largest.as_ref() == Some(&outcome.channel),
        Question::FewerActiveThan { minimum } => outcome.n - outcome.silent < minimum,
        Question::ShareAbove { maximum } => outcome.share.is_some_and(|share| share > maximum),
    }
}

fn spread(specifications: &[Specification], place: usize, channel: &str) -> Spread {
    let share = |one: &Specification| one.outcomes.get(place).and_then(|outcome| outcome.share);
    let mut shares: Vec<f64> = specifications.iter().filter_map(share).collect();
    shares.sort_by(f64::total_cmp);
    let middle = shares.len() / 2;
    let median = match (shares.len() % 2, shares.get(middle)) {
        (1, at) => at.copied(),
        (_, Some(above)) => shares.get(middle - 1).map(|below| (below + above) / 2.0),
        (_, None) => None,
    };
    Spread {
        channel: channel.to_owned(),
        min: shares.first().copied(),
        median,
        max: shares.last().copied(),
        main: specifications.iter().find(|one| one.main).and_then(share),
    }
}
