//! What the comparison of two channels found, said plainly: larger, smaller, or not decided.

use crate::model::finding::{Comparison, Finding, Quantity, Ranked};
use crate::wording::Words;

/// How far a value may lie from a printed step and still be that step.
const TOLERANCE: f64 = 1e-9;

/// Limits in printed steps of a percentage point, outward.
fn outward(lower: f64, upper: f64, per_one: f64) -> (i64, i64) {
    let bring = |value: f64| {
        if value.is_nan() {
            0.0
        } else {
            value.clamp(-1.0, 1.0)
        }
    };
    (
        (bring(lower) * per_one + TOLERANCE).floor() as i64,
        (bring(upper) * per_one - TOLERANCE).ceil() as i64,
    )
}

/// Limits of a difference in a cell: "+20,1 tot +40,3" or "−4.2 to +8.0", outward.
pub fn limits_cell(words: Words, lower: f64, upper: f64) -> String {
    let (low, high) = outward(lower, upper, 1000.0);
    let (low, high) = (
        words.points(low as f64 / 1000.0),
        words.points(high as f64 / 1000.0),
    );
    format!("{low} {} {high}", words.pick("to", "tot"))
}

/// The finding in a cell.
pub fn finding_cell(words: Words, finding: Finding) -> &'static str {
    match finding {
        Finding::Larger => words.pick("larger", "groter"),
        Finding::Smaller => words.pick("smaller", "kleiner"),
        Finding::Undecided => words.pick("not decided", "niet beslist"),
    }
}

/// The share that is compared, as a noun with its article.
fn the_share(words: Words, quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Dormant => words.pick(
            "the share of dormant followers",
            "het aandeel slapende volgers",
        ),
        Quantity::Silent => words.pick(
            "the share of publicly silent followers",
            "het aandeel openbaar stille volgers",
        ),
    }
}

/// The distance between two decided channels: "20 tot 40 procentpunt".
fn distance(words: Words, comparison: &Comparison) -> String {
    let (low, high) = outward(comparison.lower, comparison.upper, 100.0);
    let (low, high) = match comparison.finding {
        Finding::Smaller => (high.unsigned_abs(), low.unsigned_abs()),
        _ => (low.unsigned_abs(), high.unsigned_abs()),
    };
    let points = words.pick("percentage points", "procentpunt");
    if low == high {
        return format!("{low} {points}");
    }
    format!("{low} {} {high} {points}", words.pick("to", "tot"))
}

/// On one channel the share is larger than on others; `smaller` holds their names, each
/// with the comparison, and is not empty.
pub fn larger_than(
    words: Words,
    name: &str,
    quantity: Quantity,
    smaller: &[(&str, &Comparison)],
) -> String {
    let share = the_share(words, quantity);
    let others: Vec<String> = smaller
        .iter()
        .map(|(other, comparison)| format!("{other} ({})", distance(words, comparison)))
        .collect();
    let others = words.list(&others);
    words.pick(
        format!("On {name}, {share} is larger than on {others}."),
        format!("Op {name} is {share} groter dan op {others}."),
    )
}

/// On one channel the share is the larger one, without numbers, for the key message.
pub fn larger_in_short(words: Words, name: &str, quantity: Quantity, others: &[&str]) -> String {
    let (share, others) = (the_share(words, quantity), words.list(others));
    words.pick(
        format!("On {name}, {share} is larger than on {others}."),
        format!("Op {name} is {share} groter dan op {others}."),
    )
}

/// Whether the share differs is not decided, without numbers, for the key message.
pub fn undecided_in_short(words: Words, name: &str, quantity: Quantity, others: &[&str]) -> String {
    let (share, others) = (the_share(words, quantity), words.list(others));
    words.pick(
        format!("Whether {share} on {name} differs from that on {others} is not decided."),
        format!("Of {share} op {name} anders is dan op {others}, is niet beslist."),
    )
}

/// One pair of which the figures decide nothing, with how far it may go either way.
pub fn undecided(words: Words, a: &str, b: &str, comparison: &Comparison) -> String {
    let share = the_share(words, comparison.quantity);
    let (low, high) = outward(comparison.lower, comparison.upper, 100.0);
    let (below, above) = (low.unsigned_abs(), high.unsigned_abs());
    words.pick(
        format!(
            "Between {a} and {b} it is not decided: on {a}, {share} may be {below} percentage points \
             lower, but also {above} higher."
        ),
        format!(
            "Tussen {a} en {b} is het niet beslist: op {a} kan {share} {below} procentpunt lager \
             zijn, maar ook {above} procentpunt hoger."
        ),
    )
}

/// Many pairs of which the figures decide nothing.
pub fn undecided_pairs(words: Words, quantity: Quantity, pairs: &[(&str, &str)]) -> String {
    let share = the_share(words, quantity);
    let and = words.pick("and", "en");
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(a, b)| format!("{a} {and} {b}"))
        .collect();
    let pairs = pairs.join("; ");
    words.pick(
        format!("For {share}, these pairs are not decided: {pairs}."),
        format!("Voor {share} zijn deze paren niet beslist: {pairs}."),
    )
}

/// Channels that cannot be compared, because nothing is known of them.
pub fn not_comparable(words: Words, names: &[&str]) -> String {
    let names = words.list(names);
    words.pick(
        format!("No comparison with {names} is possible, because nothing is known there."),
        format!("Met {names} is geen vergelijking mogelijk, want daar is niets over bekend."),
    )
}

/// What "not decided" means; said once, where it occurs.
pub fn what_undecided_means(words: Words) -> &'static str {
    words.pick(
        "Not decided does not mean equal: these figures allow a difference in either direction.",
        "Niet beslist betekent niet gelijk: volgens deze cijfers kan het verschil beide kanten op.",
    )
}

/// The unit of a difference.
pub fn unit(words: Words) -> &'static str {
    words.pick(
        "Differences are in percentage points: one percentage minus the other.",
        "Verschillen staan in procentpunten: het ene percentage min het andere.",
    )
}

/// There is nothing to compare.
pub fn one_channel(words: Words) -> &'static str {
    words.pick(
        "There are no two channels to compare.",
        "Er zijn geen twee kanalen om te vergelijken.",
    )
}

/// Why a single difference has a higher level than the study.
pub fn together(words: Words, level: f64) -> String {
    let sure = words.level_prose(level);
    words.pick(
        format!(
            "All differences together are right at a confidence of {sure}. That takes a higher \
             confidence for each of them."
        ),
        format!(
            "Alle verschillen samen kloppen met {sure} zekerheid. Daarvoor is bij elk verschil meer \
             zekerheid nodig."
        ),
    )
}

/// The caption of the table of ranks.
pub fn ranks_caption(words: Words, level: f64) -> String {
    let sure = words.level_prose(level);
    words.pick(
        format!("Possible places by share of dormant followers, 1 being the largest; all together at a confidence of {sure}"),
        format!("Mogelijke plaatsen naar aandeel slapende volgers, 1 is het grootst; samen met {sure} zekerheid"),
    )
}

/// The columns of that table after the channel.
pub fn ranks_columns(words: Words) -> [&'static str; 2] {
    words.pick(
        ["Possible place", "Chance of being the largest"],
        ["Mogelijke plaats", "Kans op het grootste aandeel"],
    )
}

/// The places that are possible for a channel: "1" or "2 tot 3".
pub fn ranks(words: Words, ranked: &Ranked) -> String {
    let (first, last) = (words.count(ranked.first), words.count(ranked.last));
    if first == last {
        return first;
    }
    format!("{first} {} {last}", words.pick("to", "tot"))
}

/// What the chance of being the largest holds, and what not.
pub fn about_chance(words: Words) -> &'static str {
    words.pick(
        "The chance holds the luck of the draw alone, not mistakes of the people who checked.",
        "In de kans zit alleen het toeval van de loting, niet de vergissingen van wie nakeek.",
    )
}

/// How to read the table of differences.
pub fn reading(words: Words) -> &'static str {
    words.pick(
        "Above zero, the share is larger on the first channel; below zero, on the second. If the limits \
         lie on both sides of zero, the difference is not decided.",
        "Boven nul is het aandeel groter op het eerste kanaal, onder nul op het tweede. Liggen de \
         grenzen aan beide kanten van nul, dan is het verschil niet beslist.",
    )
}
