//! What changed between dated exports: counts, and never that somebody is newly dormant.

use crate::model::change::{Basis, Decomposition, Rate, Step, StepNotice, Trend};
use crate::wording::Words;

/// What a snapshot is, and what the table holds.
pub fn intro(words: Words) -> &'static str {
    words.pick(
        "Of these channels there are lists of several dates. We recognised followers by a code that \
         cannot be traced back to them, and counted who changed.",
        "Van deze kanalen zijn er lijsten van verschillende datums. Wij herkenden volgers aan een code \
         die niet naar hen te herleiden is, en telden wie er veranderde.",
    )
}

/// The caption of the table of snapshots.
pub fn caption(words: Words, window: u32) -> String {
    let days = words.days(window);
    words.pick(
        format!("Followers on each list, silent after {days}"),
        format!("Volgers op elke lijst, stil na {days}"),
    )
}

/// The heading of the share among those of whom it is known.
pub fn share_column(words: Words) -> &'static str {
    words.pick(
        "Silent, of those known (%)",
        "Stil, van wie het bekend is (%)",
    )
}

/// Which channel, from when to when.
fn span(words: Words, name: &str, step: &Step) -> String {
    let (from, to) = (words.date(&step.before), words.date(&step.after));
    words.pick(
        format!("{name}, from {from} to {to}"),
        format!("{name}, van {from} tot {to}"),
    )
}

/// A rate: the count's own where both lists are whole, else between its limits.
fn rate(words: Words, rate: &Rate, basis: Basis) -> String {
    match (basis, rate.rate) {
        (Basis::WholeLists, Some(rate)) => words.percent_prose(rate),
        _ => words.range_prose(rate.lower, rate.upper),
    }
}

/// What one step says.
pub fn step(words: Words, name: &str, step: &Step) -> Vec<String> {
    let span = span(words, name, step);
    let mut sentences = Vec::new();
    match &step.rates {
        Some(rates) => {
            let fell = rate(words, &rates.fell_silent, step.basis);
            let woke = rate(words, &rates.woke, step.basis);
            sentences.push(words.pick(
                format!(
                    "{span}: of those who were awake, {fell} fell silent. Of those who were silent, \
                     {woke} woke."
                ),
                format!(
                    "{span}: van wie actief was, werd {fell} stil. Van wie stil was, werd {woke} weer \
                     actief."
                ),
            ));
        }
        None if step.basis == Basis::CutOff => sentences.push(words.pick(
            format!("{span}: a list is cut off, so we cannot say how many changed."),
            format!("{span}: een lijst is niet volledig. Daarom is niet te zeggen hoeveel er veranderde."),
        )),
        None => sentences.push(words.pick(
            format!("{span}: too few followers are known to say how many changed."),
            format!("{span}: van te weinig volgers is bekend of zij veranderden."),
        )),
    }
    if let Some(parts) = &step.decomposition {
        sentences.push(decomposition(words, parts));
    }
    sentences.extend(step.notices.iter().map(|one| notice(words, one)));
    sentences
}

/// Where the change of the silent share came from.
fn decomposition(words: Words, parts: &Decomposition) -> String {
    let (before, after) = (
        words.percent_prose(parts.before),
        words.percent_prose(parts.after),
    );
    let [stayed, left, joined] = [parts.within, parts.leavers, parts.joiners];
    let [stayed, left, joined] = [stayed, left, joined].map(|part| words.points(part));
    words.pick(
        format!(
            "The silent share went from {before} to {after}: {stayed} points from those who stayed, \
             {left} from those who left, {joined} from those who joined."
        ),
        format!(
            "Het aandeel stille volgers ging van {before} naar {after}: {stayed} procentpunt door wie \
             bleef, {left} door wie wegging, {joined} door wie erbij kwam."
        ),
    )
}

fn notice(words: Words, notice: &StepNotice) -> String {
    match notice {
        StepNotice::CloserThanWindow { window_days, .. } => {
            let days = words.days(*window_days);
            words.pick(
                format!(
                    "The two dates are less than {days} apart. So whoever fell silent in between is not \
                     newly dormant."
                ),
                format!(
                    "De twee datums liggen minder dan {days} uit elkaar. Wie tussendoor stil werd, is dus \
                     niet nieuw in slaap."
                ),
            )
        }
        StepNotice::NobodyOnBoth => words
            .pick(
                "No follower stands on both lists: they may use different marks for the same people.",
                "Niemand staat op beide lijsten: misschien gebruiken zij andere kenmerken voor dezelfde \
                 mensen.",
            )
            .to_owned(),
        StepNotice::EvidenceChanged { .. } => words
            .pick(
                "Of some followers the export showed activity on one date only. That is a change of the \
                 export, not of these people.",
                "Van een deel van de volgers toonde de export maar op één datum iets. Dat is een \
                 verandering van de export, niet van deze mensen.",
            )
            .to_owned(),
    }
}

/// The line through three lists or more.
pub fn trend(words: Words, name: &str, trend: &Trend) -> String {
    let points = words.points(trend.per_year);
    words.pick(
        format!("On {name}, the silent share changes by {points} points a year, by a straight line."),
        format!("Op {name} verandert het aandeel stille volgers met {points} procentpunt per jaar, langs een rechte lijn."),
    )
}
