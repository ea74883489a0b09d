//! All pairs of channels: is the share of one certainly larger?
//!
//! Two intervals may overlap while the difference is clear, so overlap decides
//! nothing here: estimates are compared by the interval of their difference. Where
//! one side has only bounds the evidence is unlike, and only bounds that lie apart
//! decide.

use std::cmp::Ordering;

use crate::error::{Error, Result};
use crate::model::evidence::Evidence;
use crate::model::finding::{Comparison, Finding, Quantity};
use crate::model::results::Channel;
use crate::model::share::{Method, Share};
use crate::stats::difference::{bounds_difference, direction, mover_difference};
use crate::stats::{Estimate, Interval};

/// Compares every pair, in the order of the channels: dormant shares where both have
/// an audit, publicly silent shares otherwise.
///
/// A channel of which only totals are known is compared by the dormant share alone, which
/// these bound from above, and only where that decides.
///
/// # Formula
/// Estimates p with limits [l, u]: d = p_a − p_b,
/// d − √((p_a−l_a)² + (u_b−p_b)²) to d + √((u_a−p_a)² + (p_b−l_b)²).
/// Bounds: l_a − u_b to u_a − l_b.
///
/// # Errors
/// Limits that contradict each other; only a fault of an earlier stage.
///
/// # Source
/// Newcombe 1998, method 10 in the form of Zou and Donner 2008 (MOVER).
pub fn differences(channels: &[Channel], level: f64) -> Result<Vec<Comparison>> {
    let mut comparisons = Vec::new();
    for (place, a) in channels.iter().enumerate() {
        for b in channels.iter().skip(place + 1) {
            if a.evidence == Evidence::Aggregate || b.evidence == Evidence::Aggregate {
                comparisons.extend(by_totals(a, b, level)?);
                continue;
            }
            let (quantity, first, second) = match (&a.dormant, &b.dormant) {
                (Some(first), Some(second)) => (Quantity::Dormant, first, second),
                _ => (Quantity::Silent, &a.silent, &b.silent),
            };
            comparisons.push(compare(&a.id, &b.id, quantity, first, second, level)?);
        }
    }
    Ok(comparisons)
}

/// The comparison of a channel of which totals are known, where their bounds lie apart.
fn by_totals(a: &Channel, b: &Channel, level: f64) -> Result<Option<Comparison>> {
    let (Some(first), Some(second)) = (dormant(a, level), dormant(b, level)) else {
        return Ok(None);
    };
    let found = compare(&a.id, &b.id, Quantity::Dormant, &first, &second, level)?;
    Ok(Some(found).filter(|found| found.finding != Finding::Undecided))
}

/// The dormant share, or the bounds that totals put on it.
fn dormant(channel: &Channel, level: f64) -> Option<Share> {
    let bounds = channel.aggregate.as_ref().map(|totals| Share {
        lower: 0.0,
        upper: totals.not_reached.upper,
        estimate: None,
        level,
        method: Method::NoEvidence,
        inner: None,
        labels: None,
    });
    channel.dormant.clone().or(bounds)
}

fn compare(
    a: &str,
    b: &str,
    quantity: Quantity,
    first: &Share,
    second: &Share,
    level: f64,
) -> Result<Comparison> {
    let (difference, interval, method) = match (estimate(first), estimate(second)) {
        (Some(first), Some(second)) => {
            let found = mover_difference(first, second).map_err(contradiction)?;
            (Some(found.estimate), found.interval(), "mover-difference")
        }
        _ => {
            let found = bounds_difference(limits(first), limits(second)).map_err(contradiction)?;
            (None, found, "bounds")
        }
    };
    let finding = match direction(interval) {
        Some(Ordering::Greater) => Finding::Larger,
        Some(Ordering::Less) => Finding::Smaller,
        _ => Finding::Undecided,
    };
    Ok(Comparison {
        a: a.to_owned(),
        b: b.to_owned(),
        quantity,
        difference,
        lower: interval.lower,
        upper: interval.upper,
        level,
        method: method.to_owned(),
        finding,
    })
}

fn estimate(share: &Share) -> Option<Estimate> {
    share
        .estimate
        .map(|estimate| Estimate::new(estimate, limits(share)))
}

fn limits(share: &Share) -> Interval {
    Interval {
        lower: share.lower,
        upper: share.upper,
    }
}

fn contradiction(refusal: crate::stats::Refusal) -> Error {
    Error::new(
        "compare::refused",
        format!("two channels cannot be compared: {refusal}"),
    )
    .help("this is a fault of dormouse; please report it with the version")
}
