//! The council's own rules against the findings: what follows for each channel.
//!
//! A rule *clearly holds* where both limits of its figure keep it, *clearly fails* where
//! both break it, and *cannot be told* otherwise. The point decides nothing. Every rule of
//! the policy is a condition for keeping a channel, so one that clearly fails is enough to
//! leave, and only all of them together are enough to keep:
//!
//! | the rules | crisis role, where the policy keeps those | name | verdict | as in |
//! |---|---|---|---|---|
//! | all clearly hold | – | – | keep | |
//! | one clearly fails | yes | – | reduce to emergencies | Cologne, Stuttgart, Barcelona |
//! | one clearly fails | no | kept | redirect and park the name | Den Bosch |
//! | one clearly fails | no | not kept, or not said | stop | Bochum, South Lanarkshire |
//! | one clearly fails | not stated | – | not enough evidence | |
//! | none fails, one cannot be told | – | – | not enough evidence | Opsterland |
//! | no rule in the policy | – | – | no verdict at all | |
//!
//! No rule is invented: where the policy is silent there is no verdict, and the document
//! says so. Figures are those of the results, as they are published.

mod figures;
mod reasons;
mod settle;

use crate::error::{Error, Result};
use crate::model::results::{Channel, Results};
use crate::model::verdict::{
    Course, Policy, Reason, Rule, Setting, Standing, Step, Verdict, WouldChange,
};
use crate::stats::Refusal;

use figures::Case;

/// In which share of the defensible specifications a channel keeps all of some rules;
/// `None` where none of them depends on a specification.
pub type HoldsIn<'a> = dyn Fn(&str, &[Rule]) -> Option<f64> + 'a;

/// The verdict of each channel, in the order of the results; none where the policy has no
/// rule that a channel can keep or break.
///
/// # Errors
/// Results that contradict themselves; only a fault of an earlier stage.
pub fn verdicts(results: &Results, holds_in: &HoldsIn<'_>) -> Result<Vec<Verdict>> {
    let Some(policy) = &results.study.policy else {
        return Ok(Vec::new());
    };
    if policy.rules().is_empty() {
        return Ok(Vec::new());
    }
    let channels = results.channels.iter();
    channels
        .map(|channel| verdict(policy, results, channel, holds_in))
        .collect()
}

fn verdict(
    policy: &Policy,
    results: &Results,
    channel: &Channel,
    holds_in: &HoldsIn<'_>,
) -> Result<Verdict> {
    let case = Case::new(channel, &results.study);
    let mut because = Vec::new();
    for rule in policy.rules() {
        because.push(Reason {
            holds_in: holds_in(&channel.id, &[rule]),
            ..reasons::reason(&case, rule)?
        });
    }
    let course = course(policy, channel, &because);
    let all_hold = holds_in(&channel.id, &policy.rules());
    // Where such a rule fails, no specification says otherwise.
    let fails_in_all = because
        .iter()
        .any(|reason| reason.holds_in.is_none() && reason.standing == Standing::Fails);
    Ok(Verdict {
        channel: channel.id.clone(),
        verdict: course,
        holds_in: match course {
            Course::Keep => all_hold,
            Course::Undecided => None,
            _ if fails_in_all => None,
            _ => all_hold.map(|hold| 1.0 - hold),
        },
        would_change: would_change(course, &because),
        steps: steps(course, policy),
        because,
    })
}

fn course(policy: &Policy, channel: &Channel, because: &[Reason]) -> Course {
    let any = |standing| because.iter().any(|reason| reason.standing == standing);
    if any(Standing::Fails) {
        let crisis = match policy.keep_crisis_channels {
            Some(true) => channel.stated.crisis_role,
            _ => Some(false),
        };
        match crisis {
            None => Course::Undecided,
            Some(true) => Course::Emergencies,
            Some(false) if policy.keep_handle == Some(true) => Course::Park,
            Some(false) => Course::Stop,
        }
    } else if any(Standing::Open) {
        Course::Undecided
    } else {
        Course::Keep
    }
}

/// What would change a verdict, out of what would change its rules.
fn would_change(course: Course, because: &[Reason]) -> Vec<WouldChange> {
    let fails = because
        .iter()
        .any(|reason| reason.standing == Standing::Fails);
    let decisive = match course {
        Course::Keep => Standing::Holds,
        // It fails already; only the role in a crisis is missing.
        Course::Undecided if fails => {
            let setting = Setting::CrisisRole;
            return vec![WouldChange::State { setting }];
        }
        Course::Undecided => Standing::Open,
        Course::Emergencies | Course::Park | Course::Stop => Standing::Fails,
    };
    let mut all: Vec<WouldChange> = Vec::new();
    let mut most = 0;
    for reason in because.iter().filter(|reason| reason.standing == decisive) {
        for &change in &reason.would_change {
            match change {
                // Labels serve every rule at once: the rule that needs most decides.
                WouldChange::MoreLabels { labels } => most = most.max(labels),
                other if !all.contains(&other) => all.push(other),
                _ => {}
            }
        }
    }
    if most > 0 {
        all.insert(0, WouldChange::MoreLabels { labels: most });
    }
    all
}

/// What has to be done for a course, in order.
fn steps(course: Course, policy: &Policy) -> Vec<Step> {
    let notices = [
        Step::NoticeOneMonth,
        Step::NoticeTwoWeeks,
        Step::NoticeTwoDays,
    ];
    match course {
        Course::Keep | Course::Undecided => Vec::new(),
        Course::Emergencies => [Step::OwnerList, Step::TwoFactor, Step::EmergencyRota]
            .into_iter()
            .chain(notices)
            .chain([
                Step::PinnedPurpose,
                Step::LogInEveryThirtyDays,
                Step::WatchImpersonation,
            ])
            .collect(),
        Course::Park => [Step::OwnerList, Step::TwoFactor]
            .into_iter()
            .chain(notices)
            .chain([
                Step::Archive,
                Step::PinnedRedirect,
                Step::LogInEveryThirtyDays,
                Step::WatchImpersonation,
            ])
            .collect(),
        Course::Stop => policy
            .keep_handle
            .is_none()
            .then_some(Step::DecideName)
            .into_iter()
            .chain(notices)
            .chain([
                Step::Archive,
                Step::PinnedRedirect,
                Step::Close,
                Step::WatchImpersonation,
            ])
            .collect(),
    }
}

/// A refusal of the statistics: an earlier stage gave numbers that cannot be.
fn contradiction(refusal: Refusal) -> Error {
    Error::new(
        "decide::refused",
        format!("the rules cannot be held against the results: {refusal}"),
    )
    .help("this is a fault of dormouse; please report it with the version")
}
