//! What would change a verdict, or how a rule stands.

use crate::model::verdict::{Course, Setting, WouldChange};
use crate::wording::Words;

/// One thing that would change a verdict or how a rule stands, without its full stop.
fn change(words: Words, change: WouldChange) -> String {
    match change {
        WouldChange::MoreLabels { labels } => {
            let more = words.pick(["more follower", "more followers"], ["volger", "volgers"]);
            let followers = words.counted(labels, more);
            words.pick(
                format!("checking about {followers} by hand, if the share stays as it is"),
                format!("ongeveer {followers} meer nakijken, als het aandeel zo blijft"),
            )
        }
        WouldChange::FirstAudit => words
            .pick("a check of followers by hand", "een controle met de hand")
            .to_owned(),
        WouldChange::UnknownLabels {
            labels: None | Some(0),
        } => words
            .pick(
                "a second look at the followers of whom nothing could be seen",
                "opnieuw kijken naar de volgers van wie niets te zien was",
            )
            .to_owned(),
        WouldChange::UnknownLabels {
            labels: Some(labels),
        } => {
            let followers = words.followers(labels);
            words.pick(
                format!("a second look at {followers} of whom nothing could be seen"),
                format!("opnieuw kijken naar {followers} van wie niets te zien was"),
            )
        }
        WouldChange::WholeList => words
            .pick(
                "a complete list of followers",
                "een volledige lijst van volgers",
            )
            .to_owned(),
        WouldChange::DormantAbove { share } => {
            let share = words.level(share);
            words.pick(
                format!("if more than {share} are dormant"),
                format!("als meer dan {share} slaapt"),
            )
        }
        WouldChange::DormantAtMost { share } => {
            let share = words.level(share);
            words.pick(
                format!("if at most {share} are dormant"),
                format!("als hooguit {share} slaapt"),
            )
        }
        WouldChange::AwakeBelow { followers } => {
            let followers = words.followers(followers);
            words.pick(
                format!("if fewer than {followers} are not dormant"),
                format!("als minder dan {followers} niet slapen"),
            )
        }
        WouldChange::AwakeAtLeast { followers } => {
            let followers = words.followers(followers);
            words.pick(
                format!("if at least {followers} are not dormant"),
                format!("als minstens {followers} niet slapen"),
            )
        }
        // Outward, so that what is said is true of every amount.
        WouldChange::CostAbove { per_month } => {
            let cost = words.euros_upper(per_month);
            words.pick(
                format!("if it costs more than {cost} a month"),
                format!("als het meer dan {cost} per maand kost"),
            )
        }
        WouldChange::CostAtMost { per_month } => {
            let cost = words.euros_lower(per_month);
            words.pick(
                format!("if it costs at most {cost} a month"),
                format!("als het hooguit {cost} per maand kost"),
            )
        }
        WouldChange::Survey => words
            .pick("a survey among residents", "een peiling onder inwoners")
            .to_owned(),
        WouldChange::State { setting } => stated(words, setting).to_owned(),
        WouldChange::Fact { value, .. } => words
            .pick(
                match value {
                    true => "if it can be read without an account",
                    false => "if it can no longer be read without an account",
                },
                match value {
                    true => "als lezen zonder account wel kan",
                    false => "als lezen zonder account niet meer kan",
                },
            )
            .to_owned(),
    }
}

/// A fact that the study has to state.
fn stated(words: Words, setting: Setting) -> &'static str {
    match setting {
        Setting::Followers => words.pick(
            "stating how many followers the channel has",
            "opgeven hoeveel volgers het kanaal heeft",
        ),
        Setting::CostPerMonth => words.pick(
            "stating what the channel costs a month",
            "opgeven wat het kanaal per maand kost",
        ),
        Setting::ReadableWithoutLogin => words.pick(
            "stating whether everybody can read the channel without an account",
            "opgeven of iedereen het kanaal kan lezen zonder account",
        ),
        Setting::CrisisRole => words.pick(
            "stating whether the channel has a role in a crisis",
            "opgeven of het kanaal een taak heeft in een crisis",
        ),
    }
}

/// What would change a verdict, in a cell: any of these for a channel that is kept, all
/// of them for one that is left.
pub fn changes(words: Words, course: Course, changes: &[WouldChange]) -> String {
    let all: Vec<String> = changes.iter().map(|&one| change(words, one)).collect();
    match course {
        Course::Keep => all.join(words.pick(", or ", ", of ")),
        Course::Undecided => all.join("; "),
        Course::Emergencies | Course::Park | Course::Stop => {
            all.join(words.pick(", and ", ", en "))
        }
    }
}

/// What would change a verdict, as a sentence.
pub fn sentence(words: Words, changes: &str) -> String {
    words.pick(
        format!("What would change this: {changes}."),
        format!("Wat dit verandert: {changes}."),
    )
}
