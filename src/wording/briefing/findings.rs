//! What was found for one channel, said from the limits.

use crate::model::evidence::Design;
use crate::model::finding::Quantity;
use crate::model::results::Channel;
use crate::model::share::{Method, Share};
use crate::wording::Words;

/// Whether a share leaves next to everything open, so that printing it would say nothing.
pub fn says_nothing(share: &Share) -> bool {
    share.lower < 0.01 && share.upper > 0.99
}

/// Whether the limits hold without sampling error: bounds of a whole list.
fn holds_for_certain(share: &Share) -> bool {
    share.labels.is_none() && matches!(share.method, Method::ManskiBounds | Method::NewestWorstCase)
}

/// How sure a sentence is in words; `None` for bounds, which hold as they stand.
fn likely(words: Words, share: &Share) -> Option<&'static str> {
    if holds_for_certain(share) {
        None
    } else if share.level >= 0.9 {
        Some(words.pick("Very likely", "Zeer waarschijnlijk"))
    } else {
        Some(words.pick("Probably", "Waarschijnlijk"))
    }
}

/// The limits in whole per cents, or the share where there is no room between them.
fn limits(words: Words, share: &Share) -> String {
    if share.lower == share.upper {
        words.percent_prose(share.lower)
    } else {
        words.range_prose(share.lower, share.upper)
    }
}

/// The part of the whole in which the limits lie for certain, in English and Dutch; `None`
/// where they lie in no such part.
fn band(lower: f64, upper: f64) -> Option<(&'static str, &'static str)> {
    Some(match (lower, upper) {
        (_, u) if u < 0.1 => ("less than a tenth", "minder dan een tiende"),
        (_, u) if u < 0.25 => ("less than a quarter", "minder dan een kwart"),
        (l, _) if l > 0.9 => ("more than nine tenths", "meer dan negen tiende"),
        (l, _) if l > 0.75 => ("more than three quarters", "meer dan drie kwart"),
        (l, u) if l > 0.5 && u < 0.75 => {
            ("between half and three quarters", "de helft tot drie kwart")
        }
        (l, u) if l > 0.25 && u < 0.5 => ("between a quarter and half", "een kwart tot de helft"),
        (l, _) if l > 0.5 => ("more than half", "meer dan de helft"),
        (_, u) if u < 0.5 => ("less than half", "minder dan de helft"),
        (l, _) if l > 0.25 => ("more than a quarter", "meer dan een kwart"),
        (_, u) if u < 0.75 => ("less than three quarters", "minder dan drie kwart"),
        _ => return None,
    })
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
    let part = match band(share.lower, share.upper) {
        Some((en, nl)) => words.pick(en, nl).to_owned(),
        None => limits(words, share),
    };
    let whole = words.pick(
        format!("{part} of the followers on {name}"),
        format!("{part} van de volgers op {name}"),
    );
    let sentence = match (quantity, likely(words, share)) {
        (Quantity::Dormant, None) => {
            words.pick(format!("{whole} are dormant"), format!("{whole} slaapt"))
        }
        (Quantity::Dormant, Some(likely)) => words.pick(
            format!("{likely}, {whole} are dormant"),
            format!("{likely} slaapt {whole}"),
        ),
        (Quantity::Silent, None) => words.pick(
            format!("{whole} were publicly silent for {days}"),
            format!("{whole} was {days} openbaar stil"),
        ),
        (Quantity::Silent, Some(likely)) => words.pick(
            format!("{likely}, {whole} were publicly silent for {days}"),
            format!("{likely} was {whole} {days} openbaar stil"),
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
                "Publicly silent means: no visible sign of life for {days}, such as a post. Silent \
                 followers may still read along."
            ),
            format!(
                "Openbaar stil betekent: {days} lang geen zichtbaar teken van leven, zoals een \
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
             silent: no visible sign of life for {days}. Silent followers may still read along."
        ),
        format!(
            "Op {names} is niemand met de hand nagekeken. Daar weten wij alleen hoeveel volgers \
             openbaar stil waren: {days} lang geen zichtbaar teken van leven. Stille volgers kunnen \
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
    match share.method {
        Method::AuditBounds => sentences.push(
            words
                .pick(
                    "Of a part of the followers the check could not tell; that makes the interval wider.",
                    "Van een deel van de volgers was het niet te zien; dat maakt het interval breder.",
                )
                .to_owned(),
        ),
        Method::NewestWorstCase => sentences.push(only_newest(words, channel)),
        _ => {}
    }
    sentences
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
    let mut sentences = Vec::new();
    if share.method == Method::ManskiBounds && channel.counts.undetermined == 0 {
        return counted(words, channel, &days);
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
                format!("The list is a random sample of {listed}."),
                format!("De lijst is een willekeurige steekproef van {listed}."),
            ));
        }
    }
    if channel.counts.undetermined > 0 {
        let unknown = words.followers(channel.counts.undetermined);
        sentences.push(words.pick(
            format!("Of {unknown} the export does not show whether they were silent."),
            format!("Van {unknown} laat de export niet zien of zij stil waren."),
        ));
    }
    sentences
}

/// The silent share of a whole list in which everybody is known: a count, no estimate.
fn counted(words: Words, channel: &Channel, days: &str) -> Vec<String> {
    let name = &channel.name;
    let silent = words.count(channel.counts.silent);
    let present = words.followers(channel.counts.present());
    let share = channel.silent.estimate.unwrap_or(channel.silent.lower);
    let percent = words.percent_prose(share);
    let one = channel.counts.silent == 1;
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
                "That is a count of the whole list, without sampling error.",
                "Dat is een telling van de hele lijst, zonder steekproeffout.",
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
        "Silent does not mean gone: these followers may still read along.",
        "Stil betekent niet weg: deze volgers kunnen nog wel meelezen.",
    )
}
