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
use crate::model::tally::{GRID, Key, Record, Tally, post_edges};
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
#[derive(Clone, Copy)]
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

/// Bits of an age in the number of a class; all set without one.
const NO_AGE: usize = 7;

/// More than the number of any class.
const CLASSES: usize = Record::ALL.len() << 9;

impl Class {
    fn of(key: Key, edges: &[u32]) -> Self {
        let exceeded = |days: u16| edges.partition_point(|&edge| edge < u32::from(days));
        Self {
            record: key.record,
            never_posted: key.never_posted,
            suspected_bot: key.suspected_bot,
            duplicate: key.duplicate,
            post_age: key.post_age,
            sign_age: key.days_silent.map(|days| exceeded(days) as u8),
        }
    }

    /// Its number, by which a class is found in a table.
    fn number(self) -> usize {
        let age = |age: Option<u8>| age.map_or(NO_AGE, usize::from) & NO_AGE;
        (self.record as usize) << 9
            | usize::from(self.never_posted) << 8
            | usize::from(self.suspected_bot) << 7
            | usize::from(self.duplicate) << 6
            | age(self.post_age) << 3
            | age(self.sign_age)
    }
}

/// Followers by class; those who are gone are in no share.
fn condense(tally: &Tally, edges: &[u32]) -> Vec<(Class, u64)> {
    let mut classes: Vec<Option<(Class, u64)>> = vec![None; CLASSES];
    for (key, count) in tally.cells().filter(|(key, _)| key.record != Record::Gone) {
        let class = Class::of(key, edges);
        if let Some(place) = classes.get_mut(class.number()) {
            place.get_or_insert((class, 0)).1 += count;
        }
    }
    classes.into_iter().flatten().collect()
}

/// What a specification makes of a follower.
enum Judged {
    Silent,
    Active,
    Left,
}

fn outcome(
    channel: &str,
    classes: &[(Class, u64)],
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
fn holds(
    specifications: &[&Specification],
    condition: impl Fn(&Specification) -> bool,
) -> Universe {
    let mut all = Count::default();
    let mut by_choice: BTreeMap<String, Count> = BTreeMap::new();
    for one in specifications {
        let holding = condition(one);
        all.add(holding);
        for axis in Axis::ALL {
            let option = format!("{}={}", axis.as_str(), one.choice.option(axis));
            by_choice.entry(option).or_default().add(holding);
        }
    }
    Universe {
        holds_in: all.share(),
        of: all.of,
        by_choice: by_choice
            .into_iter()
            .map(|(option, count)| (option, count.share()))
            .collect(),
    }
}

/// In how many specifications something holds.
#[derive(Clone, Copy, Default)]
struct Count {
    holding: u64,
    of: u64,
}

impl Count {
    fn add(&mut self, holding: bool) {
        self.holding += u64::from(holding);
        self.of += 1;
    }

    fn share(self) -> f64 {
        if self.of == 0 {
            0.0
        } else {
            self.holding as f64 / self.of as f64
        }
    }
}

/// Whether the largest share is that of several channels.
fn is_tied(specification: &Specification) -> bool {
    let shares = specification
        .outcomes
        .iter()
        .filter(|one| one.share.is_some());
    specification.largest.is_none() && shares.count() > 1
}

/// One thing that is asked of every specification: does it hold for the channel?
pub struct Asked<'a> {
    /// The question as the results name it.
    pub question: Question,
    /// The channel.
    pub channel: &'a str,
    /// The answer, from what a specification found of the channel.
    pub holds: Box<dyn Fn(&Outcome) -> bool + 'a>,
}

impl Asked<'_> {
    /// Whether it holds in a specification; of a channel that is not in it nothing does.
    fn holds_in(&self, specification: &Specification) -> bool {
        let mut outcomes = specification.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.channel == self.channel);
        outcome.is_some_and(|outcome| (self.holds)(outcome))
    }
}

/// In which share of all specifications, of both kinds of sign, none of some questions is
/// answered with yes for a channel; `None` where none of them is asked of it.
pub fn none_holds_in(
    specifications: &[Specification],
    asked: &[Asked<'_>],
    channel: &str,
    questions: &[Question],
) -> Option<f64> {
    let asked: Vec<&Asked<'_>> = asked
        .iter()
        .filter(|one| one.channel == channel && questions.contains(&one.question))
        .collect();
    if asked.is_empty() || specifications.is_empty() {
        return None;
    }
    let mut none = Count::default();
    for specification in specifications {
        none.add(!asked.iter().any(|one| one.holds_in(specification)));
    }
    Some(none.share())
}

fn of_signs(specifications: &[Specification], signs: Signs) -> Vec<&Specification> {
    let of = |one: &&Specification| one.choice.signs == signs;
    specifications.iter().filter(of).collect()
}

/// The summary that stands in the results: spreads, and for each question the share of
/// specifications in which it holds.
///
/// What is asked comes from the council's policy; which channel has the largest share is
/// always asked where there are several.
pub fn summary(specifications: &[Specification], asked: &[Asked<'_>]) -> Multiverse {
    let [posts, any] = Signs::ALL.map(|signs| of_signs(specifications, signs));
    let channels: Vec<&str> = specifications
        .first()
        .map(|one| {
            let outcomes = one.outcomes.iter();
            outcomes.map(|outcome| outcome.channel.as_str()).collect()
        })
        .unwrap_or_default();
    let mut decisions = Vec::new();
    if channels.len() > 1 {
        for &channel in &channels {
            let largest = |one: &Specification| one.largest.as_deref() == Some(channel);
            decisions.push(Decision {
                decision: Question::LargestShare,
                channel: channel.to_owned(),
                posts: holds(&posts, largest),
                any: holds(&any, largest),
            });
        }
    }
    for one in asked {
        decisions.push(Decision {
            decision: one.question,
            channel: one.channel.to_owned(),
            posts: holds(&posts, |specification| one.holds_in(specification)),
            any: holds(&any, |specification| one.holds_in(specification)),
        });
    }
    let spreads = |of: &[&Specification]| {
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
        posts_tied: holds(&posts, is_tied).holds_in,
        any_tied: holds(&any, is_tied).holds_in,
        decisions,
        grid: specifications.to_vec(),
    }
}

fn spread(specifications: &[&Specification], place: usize, channel: &str) -> Spread {
    let share = |one: &&Specification| one.outcomes.get(place).and_then(|outcome| outcome.share);
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
