//! What was found for one channel, said from the limits.

use crate::model::evidence::Design;
use crate::model::finding::Quantity;
use crate::model::published::SMALLEST_WHOLE;
use crate::model::results::{Agreement, Channel};
use crate::model::share::{Cost, Method, Share};
use crate::wording::Words;

use super::{counts, decision};

/// Whether a share leaves next to everything open, so that printing it would say nothing.
pub fn says_nothing(share: &Share) -> bool {
    share.lower < 0.01 && share.upper > 0.99
}

/// Whether the limits hold without sampling error: bounds of a list, or nothing known.
pub fn holds_for_certain(share: &Share) -> bool {
    let bounds = matches!(
        share.method,
        Method::ManskiBounds | Method::NewestWorstCase | Method::NoEvidence | Method::Suppressed
    );
    bounds && share.labels.is_none()
}

/// The limits in whole per cents: "41 tot 55 procent", "hooguit 98 procent", or the share
/// where there is no room between them.
fn limits(words: Words, share: &Share) -> String {
    if share.lower == share.upper {
        words.percent_prose(share.lower)
    } else if share.lower < 0.01 {
        let upper = words.at_most_prose(share.upper);
        words.pick(format!("at most {upper}"), format!("hooguit {upper}"))
    } else if share.upper > 0.99 {
        let lower = words.at_least_prose(share.lower);
        words.pick(format!("at least {lower}"), format!("minstens {lower}"))
    } else {
        words.range_prose(share.lower, share.upper)
    }
}

/// The finding about one share as a heading: a part of the whole that holds both limits,
/// or the limits themselves.
pub fn headline(
    words: Words,
    name: &str,
    quantity: Quantity,
    share: &Share,
    window: u32,
) -> String {
    let days = words.days(window);
    let part = match words.extent(share.lower, share.upper) {
        Some(part) if share.lower < share.upper => part,
        _ => limits(words, share),
    };
    let whole = words.pick(
        format!("{part} of the followers on {name}"),
        format!("{part} van de volgers op {name}"),
    );
    let sentence = match (quantity, holds_for_certain(share)) {
        (Quantity::Dormant, true) => {
            words.pick(format!("{whole} are dormant"), format!("{whole} slaapt"))
        }
        (Quantity::Dormant, false) => words.pick(
            format!("probably, {whole} are dormant"),
            format!("waarschijnlijk slaapt {whole}"),
        ),
        (Quantity::Silent, true) => words.pick(
            format!("{whole} were publicly silent for {days}"),
            format!("{whole} was {days} openbaar stil"),
        ),
        (Quantity::Silent, false) => words.pick(
            format!("probably, {whole} were publicly silent for {days}"),
            format!("waarschijnlijk was {whole} {days} openbaar stil"),
        ),
    };
    capitalised(&sentence)
}

/// A sentence with its first letter in upper case.
fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The heading when no export says anything about activity.
pub fn headline_without_evidence(words: Words) -> &'static str {
    words.pick(
        "The exports do not show how many followers are still awake",
        "De exports laten niet zien hoeveel volgers nog actief zijn",
    )
}

/// What the word of the headline means, right below it.
pub fn lead(words: Words, quantity: Quantity, window: u32) -> String {
    let days = words.days(window);
    match quantity {
        Quantity::Dormant => words
            .pick(
                "Dormant means: this follower no longer reads or acts. Only a check by hand can show \
                 that. A check by hand (an audit) means: we draw followers at random, and a member of \
                 staff looks up each of them.",
                "Slapend betekent: deze volger leest niet meer en doet niets meer. Dat is alleen te \
                 zien bij een controle met de hand. Daarbij loten wij een groep volgers, en een \
                 medewerker zoekt elk van hen op.",
            )
            .to_owned(),
        Quantity::Silent => words.pick(
            format!(
                "Publicly silent means: no public sign of life, such as a post, for more than {days}. \
                 Silent followers may still read along."
            ),
            format!(
                "Openbaar stil betekent: langer dan {days} geen openbaar teken van leven, zoals een \
                 bericht. Stille volgers kunnen nog wel meelezen."
            ),
        ),
    }
}

/// What can be read when nothing is known.
pub fn lead_without_evidence(words: Words) -> &'static str {
    words.pick(
        "This page says what is missing, and how to get it.",
        "Deze bladzijde vertelt wat er ontbreekt, en hoe u daaraan komt.",
    )
}

/// The same share on the other channels, in one sentence; `shares` is not empty.
pub fn others(words: Words, shares: &[(&str, &Share)]) -> String {
    let parts: Vec<String> = shares
        .iter()
        .enumerate()
        .map(|(place, (name, share))| {
            let range = limits(words, share);
            match place {
                0 => words.pick(
                    format!("On {name} it is {range}"),
                    format!("Op {name} is dat {range}"),
                ),
                _ => words.pick(format!("on {name} {range}"), format!("op {name} {range}")),
            }
        })
        .collect();
    format!("{}.", words.list(&parts))
}

/// Where there was no audit, while other channels had one.
pub fn not_audited(words: Words, names: &[&str], window: u32) -> String {
    let (names, days) = (words.list(names), words.days(window));
    words.pick(
        format!(
            "On {names} nobody checked followers by hand. There we only know how many were publicly \
             silent: no public sign of life for more than {days}. Silent followers may still read along."
        ),
        format!(
            "Op {names} is niemand met de hand nagekeken. Daar weten wij alleen hoeveel volgers \
             openbaar stil waren: langer dan {days} geen openbaar teken van leven. Stille volgers kunnen \
             nog wel meelezen."
        ),
    )
}

/// Channels of which nothing is known.
pub fn nothing_known(words: Words, names: &[&str]) -> String {
    let names = words.list(names);
    words.pick(
        format!("About the activity of followers on {names} we know nothing."),
        format!("Over de activiteit van volgers op {names} weten wij niets."),
    )
}

/// What the limits and the confidence mean, where they are first read.
pub fn confidence(words: Words, level: f64) -> String {
    let sure = words.level_prose(level);
    words.pick(
        format!(
            "A confidence of {sure} means: if we measured many times, the limits would hold the true \
             share {sure} of the time. Two such limits are an interval."
        ),
        format!(
            "Met {sure} zekerheid betekent: als wij vaak opnieuw meten, ligt het ware aandeel in \
             {sure} van de keren tussen de grenzen. Twee zulke grenzen heten een interval."
        ),
    )
}

/// The measurement takes no decision.
pub fn no_decision(words: Words) -> &'static str {
    words.pick(
        "These figures are a measurement. What they mean for a channel is for the council to decide.",
        "Deze cijfers zijn een meting. Wat zij betekenen voor een kanaal, beslist het bestuur.",
    )
}

/// The dormant share of a channel, its certainty, and what it rests on.
pub fn dormant(words: Words, channel: &Channel, share: &Share) -> Vec<String> {
    let name = &channel.name;
    if share.method == Method::Suppressed {
        return vec![words.pick(
            format!(
                "The share of dormant followers on {name} is not published: too few people stand \
                 behind it."
            ),
            format!(
                "Het aandeel slapende volgers op {name} tonen wij niet: het gaat om te weinig \
                 mensen."
            ),
        )];
    }
    let sure = words.level_prose(share.level);
    let range = limits(words, share);
    let mut sentences = Vec::new();
    if says_nothing(share) {
        sentences.push(words.pick(
            format!("The check by hand on {name} leaves the dormant share open."),
            format!("De controle met de hand op {name} laat het aandeel slapende volgers open."),
        ));
    } else {
        sentences.push(words.pick(
            format!("On {name}, {range} of the followers are dormant, at a confidence of {sure}."),
            format!("Op {name} slaapt {range} van de volgers, met {sure} zekerheid."),
        ));
    }
    if let Some(estimate) = share.estimate {
        let estimate = words.percent_prose(estimate);
        sentences.push(words.pick(
            format!("The best estimate is {estimate}."),
            format!("De beste schatting is {estimate}."),
        ));
    }
    if let Some(labels) = share.labels {
        let followers = words.followers(labels);
        sentences.push(words.pick(
            format!("It rests on {followers} checked by hand."),
            match labels {
                1 => format!("Daarvoor is {followers} met de hand bekeken."),
                _ => format!("Daarvoor zijn {followers} met de hand bekeken."),
            },
        ));
    }
    if let Some(agreement) = channel.audit.as_ref().and_then(|audit| audit.agreement) {
        sentences.push(agreed(words, agreement));
    }
    match share.method {
        Method::AuditBounds => sentences.push(
            words
                .pick(
                    "For some of the followers the check could not tell; that sets the limits further apart.",
                    "Van een deel van de volgers was het niet te zien; daarom liggen de grenzen verder uit elkaar.",
                )
                .to_owned(),
        ),
        Method::NewestWorstCase => sentences.push(only_newest(words, channel)),
        _ => {}
    }
    sentences
}

/// How far two readers of the same followers agree.
fn agreed(words: Words, agreement: Agreement) -> String {
    let (both, alike) = (words.count(agreement.both), words.count(agreement.alike));
    let kappa = agreement.kappa.map_or_else(String::new, |kappa| {
        let [point, lower, upper] =
            [kappa.estimate, kappa.lower, kappa.upper].map(|value| words.hundredths(value));
        words.pick(
            format!(
                " (kappa {point}, limits {lower} and {upper}; 1 is full agreement, 0 is chance)"
            ),
            format!(
                " (kappa {point}, grenzen {lower} en {upper}; 1 is volledig gelijk, 0 is toeval)"
            ),
        )
    });
    words.pick(
        format!("Two people looked at {both} of them, each on their own, and agreed on {alike}{kappa}."),
        format!("Twee mensen keken los van elkaar naar {both} van hen. Zij waren het over {alike} eens{kappa}."),
    )
}

/// How many followers are not dormant, and what each of them costs, where that is known.
pub fn consequences(words: Words, channel: &Channel) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(awake) = channel.awake {
        let low = words.count(awake.lower.max(0.0).floor() as u64);
        let high = words.followers(awake.upper.max(0.0).ceil() as u64);
        sentences.push(words.pick(
            format!("That leaves {low} to {high} who are not dormant."),
            format!("Er blijven {low} tot {high} over die niet slapen."),
        ));
    }
    let Some(cost) = channel.cost else {
        return sentences;
    };
    let Some(each) = cost_range(words, cost) else {
        return sentences;
    };
    let month = words.euros(cost.per_month);
    sentences.push(words.pick(
        format!("The channel costs {month} a month: {each} for every 1,000 followers who are not dormant."),
        format!("Het kanaal kost {month} per maand: {each} per 1.000 volgers die niet slapen."),
    ));
    sentences
}

/// The followers that a cost is given for: the cost of one is too small to be read.
pub const COST_UNIT: u64 = 1_000;

/// What [`COST_UNIT`] awake followers cost a month, outward: "€ 8,75 tot € 12,87"; `None`
/// where nothing is known.
pub fn cost_range(words: Words, cost: Cost) -> Option<String> {
    Some(decision::cost(words, cost.lower?, cost.upper))
}

/// The publicly silent share of a channel, and what its limits come from.
pub fn silent(words: Words, channel: &Channel, window: u32) -> Vec<String> {
    let share = &channel.silent;
    let name = &channel.name;
    let days = words.days(window);
    let range = limits(words, share);
    if share.method == Method::NoEvidence {
        return vec![words.pick(
            format!(
                "How many followers on {name} were publicly silent is not known: the export says \
                 nothing about activity."
            ),
            format!(
                "Hoeveel volgers op {name} openbaar stil waren, is niet bekend: de export zegt niets \
                 over activiteit."
            ),
        )];
    }
    if share.method == Method::Suppressed {
        return vec![not_published(words, name)];
    }
    let mut sentences = Vec::new();
    let undetermined = channel.counts.undetermined;
    if let (Method::ManskiBounds, Some(0), Some(silent)) =
        (share.method, undetermined, channel.counts.silent)
    {
        return counted(words, channel, silent, &days);
    }
    if says_nothing(share) {
        sentences.push(words.pick(
            format!("How many followers on {name} were publicly silent for {days} is left open."),
            format!("Hoeveel volgers op {name} {days} openbaar stil waren, blijft open."),
        ));
    } else if holds_for_certain(share) {
        sentences.push(words.pick(
            format!("On {name}, {range} of the followers were publicly silent for {days}."),
            format!("Op {name} was {range} van de volgers {days} openbaar stil."),
        ));
    } else {
        let sure = words.level_prose(share.level);
        sentences.push(words.pick(
            format!(
                "On {name}, {range} of the followers were publicly silent for {days}, at a confidence \
                 of {sure}."
            ),
            format!(
                "Op {name} was {range} van de volgers {days} openbaar stil, met {sure} zekerheid."
            ),
        ));
    }
    match share.method {
        Method::ManskiBounds => sentences.push(
            words
                .pick("The list is complete.", "De lijst is volledig.")
                .to_owned(),
        ),
        Method::NewestWorstCase => sentences.push(only_newest(words, channel)),
        _ => {
            let listed = words.followers(channel.listed);
            sentences.push(words.pick(
                format!("The list is a sample: {listed}, drawn at random."),
                format!("De lijst is een steekproef: {listed}, gekozen door loting."),
            ));
        }
    }
    if undetermined != Some(0) {
        let unknown = counts::followers(words, undetermined);
        sentences.push(words.pick(
            format!("Of {unknown} the export does not show whether they were silent."),
            format!("Van {unknown} laat de export niet zien of zij stil waren."),
        ));
    }
    sentences
}

/// Why there is no silent share.
fn not_published(words: Words, name: &str) -> String {
    words.pick(
        format!(
            "The share of silent followers on {name} is not published: we give shares from \
             {SMALLEST_WHOLE} followers on."
        ),
        format!(
            "Het aandeel stille volgers op {name} tonen wij niet: aandelen geven wij pas vanaf \
             {SMALLEST_WHOLE} volgers."
        ),
    )
}

/// The silent share of a whole list in which everybody is known: a count, no estimate.
fn counted(words: Words, channel: &Channel, silent: u64, days: &str) -> Vec<String> {
    let name = &channel.name;
    let one = silent == 1;
    let silent = words.count(silent);
    let present = words.followers(channel.counts.folded(channel.listed).present());
    let share = channel.silent.estimate.unwrap_or(channel.silent.lower);
    let percent = words.percent_prose(share);
    let (were, waren) = if one {
        ("was", "was")
    } else {
        ("were", "waren")
    };
    vec![
        words.pick(
            format!(
                "On {name}, {silent} of {present} {were} publicly silent for {days}: {percent}."
            ),
            format!("Op {name} {waren} {silent} van de {present} {days} openbaar stil: {percent}."),
        ),
        words
            .pick(
                "That is a count of the whole list, without the chance of a sample.",
                "Dat is een telling van de hele lijst, zonder het toeval van een steekproef.",
            )
            .to_owned(),
    ]
}

/// What a list of the newest followers leaves open.
fn only_newest(words: Words, channel: &Channel) -> String {
    let listed = words.count(channel.listed);
    let Some(followers) = channel.followers else {
        return words
            .pick(
                "How many followers the channel has beside the list is not known.",
                "Hoeveel volgers het kanaal heeft naast deze lijst, is niet bekend.",
            )
            .to_owned();
    };
    let followers = words.followers(followers);
    let list = if channel.design == Design::Newest {
        words.pick(
            format!("The list holds only the newest {listed} of {followers}."),
            format!("De lijst bevat alleen de nieuwste {listed} van de {followers}."),
        )
    } else {
        words.pick(
            format!(
                "How the list was made is not known, so we treat it as the newest {listed} of \
                 {followers}."
            ),
            format!(
                "Hoe de lijst is gemaakt, is niet bekend. Wij behandelen haar als de nieuwste \
                 {listed} van de {followers}."
            ),
        )
    };
    let rest = words.pick(
        "The others may all be awake, or none of them.",
        "De anderen kunnen allemaal actief zijn, of geen van allen.",
    );
    format!("{list} {rest}")
}

/// What silence does not say, for a channel without an audit.
pub fn silent_is_not_gone(words: Words) -> &'static str {
    words.pick(
        "Silent does not mean absent: these followers may still read along.",
        "Stil betekent niet weg: deze volgers kunnen nog wel meelezen.",
    )
}
