//! From the rules to a verdict: when a rule is met, and what follows.

use crate::model::verdict::{Course, Policy, Rule};
use crate::wording::Words;

use super::decision::{course, rule_cell};
use super::findings::COST_UNIT;

/// The heading above the two tables.
pub fn heading(words: Words) -> &'static str {
    words.pick("From rules to verdict", "Van regels naar oordeel")
}

/// The caption of the table of rules.
pub fn met_caption(words: Words) -> &'static str {
    words.pick("When a rule is met", "Wanneer een regel is gehaald")
}

/// The columns of that table.
pub fn met_columns(words: Words) -> [&'static str; 4] {
    words.pick(
        ["Rule", "Held against", "Met if", "Not met if"],
        ["Regel", "Cijfer", "Gehaald als", "Niet gehaald als"],
    )
}

/// A rule, the figure that it is held against, and what decides.
pub fn met(words: Words, rule: Rule) -> [String; 4] {
    let (figure, met, not_met) = match rule {
        Rule::MinAwakeFollowers { minimum } => {
            let minimum = words.count(minimum);
            (
                words.pick("followers who are not dormant", "volgers die niet slapen"),
                at_least(words, &minimum),
                below(words, &minimum),
            )
        }
        Rule::MaxDormantShare { maximum } => {
            let maximum = words.level(maximum);
            (
                words.pick("share of dormant followers", "aandeel slapende volgers"),
                at_most(words, &maximum),
                above(words, &maximum),
            )
        }
        Rule::MaxCostPerAwakeFollower { maximum } => {
            let maximum = words.euros(maximum * COST_UNIT as f64);
            (
                words.pick(
                    "cost for those who are not dormant",
                    "kosten voor wie niet slaapt",
                ),
                at_most(words, &maximum),
                above(words, &maximum),
            )
        }
        Rule::MinShareOfResidents { minimum } => {
            let minimum = words.level(minimum);
            (
                words.pick("share of residents reached", "aandeel bereikte inwoners"),
                at_least(words, &minimum),
                below(words, &minimum),
            )
        }
        Rule::ReadableWithoutLogin => (
            words.pick("what the study states", "wat is opgegeven"),
            words.pick("it can be read", "lezen kan").to_owned(),
            words.pick("it cannot be read", "lezen kan niet").to_owned(),
        ),
    };
    [rule_cell(words, rule), figure.to_owned(), met, not_met]
}

fn at_least(words: Words, limit: &str) -> String {
    words.pick(
        format!("the lower limit is at least {limit}"),
        format!("de ondergrens minstens {limit} is"),
    )
}

fn below(words: Words, limit: &str) -> String {
    words.pick(
        format!("the upper limit is below {limit}"),
        format!("de bovengrens lager is dan {limit}"),
    )
}

fn at_most(words: Words, limit: &str) -> String {
    words.pick(
        format!("the upper limit is at most {limit}"),
        format!("de bovengrens hooguit {limit} is"),
    )
}

fn above(words: Words, limit: &str) -> String {
    words.pick(
        format!("the lower limit is above {limit}"),
        format!("de ondergrens hoger is dan {limit}"),
    )
}

/// The caption of the table of verdicts.
pub fn follows_caption(words: Words) -> &'static str {
    words.pick(
        "Which verdict follows; the first line that applies decides",
        "Welk oordeel volgt; de eerste regel van deze tabel die klopt, beslist",
    )
}

/// The columns of that table.
pub fn follows_columns(words: Words) -> [&'static str; 2] {
    words.pick(
        ["What holds for the channel", "Verdict"],
        ["Wat geldt voor het kanaal", "Oordeel"],
    )
}

/// What leads to which verdict under a policy, in the order in which it is asked.
pub fn follows(words: Words, policy: &Policy) -> Vec<[String; 2]> {
    let mut lines = Vec::new();
    if policy.keep_crisis_channels == Some(true) {
        lines.push((
            words.pick(
                "a rule is not met, and the channel has a role in a crisis",
                "een regel is niet gehaald, en het kanaal heeft een taak in een crisis",
            ),
            Course::Emergencies,
        ));
        lines.push((
            words.pick(
                "a rule is not met, and nobody stated whether the channel has a role in a crisis",
                "een regel is niet gehaald, en niemand gaf op of het kanaal een taak in een crisis heeft",
            ),
            Course::Undecided,
        ));
    }
    lines.push((
        words.pick("a rule is not met", "een regel is niet gehaald"),
        match policy.keep_handle {
            Some(true) => Course::Park,
            Some(false) | None => Course::Stop,
        },
    ));
    lines.push((
        words.pick(
            "of a rule it cannot be told whether it is met",
            "van een regel is niet te zeggen of hij is gehaald",
        ),
        Course::Undecided,
    ));
    lines.push((
        words.pick("every rule is met", "alle regels zijn gehaald"),
        Course::Keep,
    ));
    let lines = lines.into_iter();
    lines
        .map(|(holds, verdict)| [holds.to_owned(), course(words, verdict).to_owned()])
        .collect()
}
