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
use crate::model::multiverse::Specification;
use crate::model::results::{Channel, Results};
use crate::model::verdict::{
    Course, Policy, Reason, Setting, Standing, Step, Verdict, WouldChange,
};
use crate::stats::Refusal;

use figures::Case;

/// The verdict of each channel, in the order of the results; none where the policy has no
/// rule that a channel can keep or break.
///
/// # Errors
/// Results that contradict themselves; only a fault of an earlier stage.
pub fn verdicts(results: &Results, specifications: &[Specification]) -> Result<Vec<Verdict>> {
    let Some(policy) = &results.study.policy else {
        return Ok(Vec::new());
    };
    if policy.rules().is_empty() {
        return Ok(Vec::new());
    }
    let channels = results.channels.iter();
    channels
        .map(|channel| verdict(policy, results, channel, specifications))
        .collect()
}

fn verdict(
    policy: &Policy,
    results: &Results,
    channel: &Channel,
    specifications: &[Specification],
) -> Result<Verdict> {
    let case = Case::new(channel, &results.study);
    let mut because = Vec::new();
    let mut strictest: Option<f64> = None;
    let mut fails_in_all = false;
    for rule in policy.rules() {
        let largest = case.largest_share(rule);
        let reason = Reason {
            holds_in: largest.and_then(|largest| holds_in(specifications, &channel.id, largest)),
            ..reasons::reason(&case, rule)?
        };
        match largest {
            Some(largest) => {
                strictest = Some(strictest.map_or(largest, |known| known.min(largest)));
            }
            None => fails_in_all |= reason.standing == Standing::Fails,
        }
        because.push(reason);
    }
    let course = course(policy, channel, &because);
    let all_hold = strictest.and_then(|share| holds_in(specifications, &channel.id, share));
    Ok(Verdict {
        channel: channel.id.clone(),
        verdict: course,
        holds_in: match course {
            Course::Keep => all_hold,
            Course::Undecided => None,
            // Where a rule fails whatever the share is, no specification says otherwise.
            _ if fails_in_all => None,
            _ => all_hold.map(|hold| 1.0 - hold),
        },
        would_change: would_change(course, &because),
        steps: steps(course, policy),
        because,
    })
}

/// Share of the specifications in which the silent share of a channel is at most this;
/// `None` where no specification gives one.
fn holds_in(specifications: &[Specification], channel: &str, largest: f64) -> Option<f64> {
    let outcomes = specifications.iter().flat_map(|one| &one.outcomes);
    let shares = outcomes
        .filter(|outcome| outcome.channel == channel)
        .filter_map(|outcome| outcome.share);
    let (holding, of) = shares.fold((0_u32, 0_u32), |(holding, of), share| {
        (holding + u32::from(share <= largest), of + 1)
    });
    (of > 0).then(|| f64::from(holding) / f64::from(of))
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
