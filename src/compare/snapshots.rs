//! What changed on a channel between its dated exports.
//!
//! A change of the silent share is told apart into what those did who left, who stayed
//! and who joined. Two traps are marked in the results: a silent spell shows only a
//! window later, and the change between two whole lists has no sampling error.

use crate::error::{Error, Result};
use crate::frame::dates::{DAY, iso_8601};
use crate::model::change::{
    Basis, Change, Decomposition, Paired, Rate, Rates, Snapshot, Step, StepNotice, Transitions,
    Trend,
};
use crate::model::evidence::Design;
use crate::model::share::Limits;
use crate::stats::decomposition::{Flows, decompose};
use crate::stats::many_groups::Group;
use crate::stats::paired::{self, Pairs, mcnemar_exact, paired_change, transition_rates};
use crate::stats::{Refusal, trend};

/// What changed from each snapshot of a channel to the next, `transitions` being one
/// fewer than `snapshots`, and the trend from three snapshots on.
///
/// # Formula
/// a awake, s silent, first letter at the first instant. Rates as/(as + aa) and
/// sa/(sa + ss) with Wilson limits; paired change (as − sa)/(ss + sa + as + aa) with
/// Newcombe's limits and McNemar's exact p-value; leavers + within + joiners as in [`decompose`], with those gone
/// counted as no longer there.
///
/// # Errors
/// Counts beyond 64 bits; only a fault of an earlier stage.
///
/// # Source
/// [`crate::stats::paired`], [`crate::stats::decomposition`], [`crate::stats::trend`].
pub fn snapshots(
    channel: &str,
    snapshots: &[Snapshot],
    transitions: &[Transitions],
    window_days: u32,
    level: f64,
) -> Result<Change> {
    let mut steps = Vec::with_capacity(transitions.len());
    for (pair, &transitions) in snapshots.windows(2).zip(transitions) {
        if let [before, after] = pair {
            steps.push(step(before, after, transitions, window_days, level)?);
        }
    }
    Ok(Change {
        channel: channel.to_owned(),
        snapshots: snapshots.to_vec(),
        steps,
        trend: line(snapshots, level)?,
    })
}

fn step(
    before: &Snapshot,
    after: &Snapshot,
    transitions: Transitions,
    window_days: u32,
    level: f64,
) -> Result<Step> {
    let days = day(after)? - day(before)?;
    let basis = basis(&[before.design, after.design]);
    let pairs = pairs(&transitions);
    let determined = transitions.awake.awake
        + transitions.awake.silent
        + transitions.silent.awake
        + transitions.silent.silent;
    Ok(Step {
        before: before.census.clone(),
        after: after.census.clone(),
        days,
        rates: match basis {
            Basis::CutOff => None,
            _ => Some(rates(pairs, level)?),
        },
        paired: match basis {
            Basis::CutOff => None,
            _ if determined == 0 => None,
            _ => Some(paired(pairs, determined, level)?),
        },
        decomposition: match basis {
            Basis::WholeLists => decomposition(&transitions)?,
            _ => None,
        },
        notices: notices(&transitions, days, window_days),
        transitions,
        basis,
    })
}

/// Days since 1970.
fn day(snapshot: &Snapshot) -> Result<f64> {
    iso_8601(snapshot.census.as_bytes())
        .map(|ms| ms as f64 / DAY as f64)
        .ok_or_else(|| {
            Error::new("compare::census", "a snapshot has no census instant")
                .help("this is a fault of dormouse; please report it with the version")
        })
}

fn basis(designs: &[Design]) -> Basis {
    if designs.iter().all(|&design| design == Design::Census) {
        Basis::WholeLists
    } else if designs
        .iter()
        .all(|design| matches!(design, Design::Census | Design::Srs))
    {
        Basis::Samples
    } else {
        Basis::CutOff
    }
}

fn pairs(transitions: &Transitions) -> Pairs {
    Pairs {
        stayed_dormant: transitions.silent.silent,
        woke: transitions.silent.awake,
        fell_dormant: transitions.awake.silent,
        stayed_active: transitions.awake.awake,
    }
}

fn rates(pairs: Pairs, level: f64) -> Result<Rates> {
    let found = transition_rates(pairs, level).map_err(refused)?;
    let rate = |rate: paired::Rate, of| Rate {
        rate: rate.rate,
        lower: rate.interval.lower,
        upper: rate.interval.upper,
        level,
        method: "wilson".to_owned(),
        of,
    };
    Ok(Rates {
        fell_silent: rate(found.fell_dormant, pairs.fell_dormant + pairs.stayed_active),
        woke: rate(found.woke, pairs.woke + pairs.stayed_dormant),
    })
}

fn paired(pairs: Pairs, followers: u64, level: f64) -> Result<Paired> {
    let found = paired_change(pairs, level).map_err(refused)?;
    Ok(Paired {
        followers,
        before: found.before,
        after: found.after,
        change: found.change.estimate,
        lower: found.change.lower,
        upper: found.change.upper,
        level,
        method: "newcombe-paired".to_owned(),
        p: match mcnemar_exact(pairs) {
            Ok(p) => Some(p),
            Err(Refusal::TooLarge { .. }) => None,
            Err(refusal) => return Err(refused(refusal)),
        },
    })
}

fn decomposition(transitions: &Transitions) -> Result<Option<Decomposition>> {
    let t = transitions;
    let found = decompose(Flows {
        aa: t.awake.awake,
        ad: t.awake.silent,
        au: t.awake.undetermined,
        ax: t.awake.gone + t.awake.absent,
        da: t.silent.awake,
        dd: t.silent.silent,
        du: t.silent.undetermined,
        dx: t.silent.gone + t.silent.absent,
        ua: t.undetermined.awake,
        ud: t.undetermined.silent,
        uu: t.undetermined.undetermined,
        ux: t.undetermined.gone + t.undetermined.absent,
        xa: t.gone.awake + t.absent.awake,
        xd: t.gone.silent + t.absent.silent,
        xu: t.gone.undetermined + t.absent.undetermined,
    })
    .map_err(refused)?;
    let shares = found.before.zip(found.after).zip(found.change);
    Ok(shares
        .zip(found.effects)
        .map(|(((before, after), change), effects)| Decomposition {
            before,
            after,
            change,
            leavers: effects.leavers,
            within: effects.within,
            joiners: effects.joiners,
            left: found.lost,
            joined: found.gained,
        }))
}

fn notices(transitions: &Transitions, days: f64, window_days: u32) -> Vec<StepNotice> {
    let mut notices = Vec::new();
    if days < f64::from(window_days) {
        notices.push(StepNotice::CloserThanWindow { days, window_days });
    }
    let t = transitions;
    let both = |then: crate::model::change::Then| then.total() - then.absent;
    if [t.awake, t.silent, t.undetermined, t.gone]
        .into_iter()
        .all(|then| both(then) == 0)
    {
        notices.push(StepNotice::NobodyOnBoth);
    }
    let lost = t.awake.undetermined + t.silent.undetermined;
    let won = t.undetermined.awake + t.undetermined.silent;
    if lost + won > 0 {
        notices.push(StepNotice::EvidenceChanged { lost, won });
    }
    notices
}

/// The line through three snapshots or more.
fn line(snapshots: &[Snapshot], level: f64) -> Result<Option<Trend>> {
    if snapshots.len() < 3 {
        return Ok(None);
    }
    let mut points = Vec::with_capacity(snapshots.len());
    for snapshot in snapshots {
        let group = Group {
            successes: snapshot.counts.silent,
            n: snapshot.counts.awake + snapshot.counts.silent,
        };
        // A list that is cut off gives no share of the followers.
        if group.n == 0 || basis(&[snapshot.design]) == Basis::CutOff {
            return Ok(None);
        }
        let day = day(snapshot)?;
        points.push(trend::Snapshot::from_counts(day, group, level).map_err(refused)?);
    }
    let found = trend::trend(&points, level).map_err(refused)?;
    // Samples of their own are independent; whole lists share most of their followers.
    let independent = snapshots
        .iter()
        .all(|snapshot| snapshot.design == Design::Srs);
    Ok(Some(Trend {
        per_year: found.slope,
        limits: independent.then_some(Limits {
            lower: found.interval.lower,
            upper: found.interval.upper,
        }),
        level,
        method: "weighted-least-squares".to_owned(),
    }))
}

fn refused(refusal: Refusal) -> Error {
    Error::new(
        "compare::refused",
        format!("two snapshots cannot be compared: {refusal}"),
    )
    .help("this is a fault of dormouse; please report it with the version")
}
