//! All pairs of channels: is the share of one certainly larger?
//!
//! Two intervals may overlap while the difference is clear, so overlap decides
//! nothing here: estimates are compared by the interval of their difference. Where
//! one side has only bounds the evidence is unlike, and only bounds that lie apart
//! decide.

use std::cmp::Ordering;

use super::contradiction;
use crate::error::Result;
use crate::model::finding::{Comparison, Finding, Quantity};
use crate::model::share::Share;
use crate::stats::difference::{bounds_difference, cohens_h, direction, mover_difference};
use crate::stats::multiplicity::{bonferroni, holm, pairs_of};
use crate::stats::normal::two_sided_p;
use crate::stats::{Estimate, Interval};

/// The shares of one channel, with limits at the level of [`pair_level`].
#[derive(Clone, Debug)]
pub struct Compared {
    /// The channel.
    pub id: String,
    /// Publicly silent.
    pub silent: Share,
    /// Dormant, where there is an audit, or bounds from totals.
    pub dormant: Option<Share>,
    /// Only totals are known: nobody was counted.
    pub totals_only: bool,
    /// Standard error of the dormant share, where every stratum has two labels.
    pub standard_error: Option<f64>,
}

/// The level of each pair at which all pairs together are right at `level`.
///
/// # Formula
/// 1 − (1 − level)/M with M = G(G−1)/2 pairs of G channels.
///
/// # Errors
/// A level outside (0, 1).
///
/// # Source
/// Dunn 1961 (Bonferroni).
pub fn pair_level(channels: usize, level: f64) -> Result<f64> {
    bonferroni(level, pairs_of(channels).max(1)).map_err(contradiction)
}

/// Compares every pair, in the order of the channels: dormant shares where both have
/// an audit, publicly silent shares otherwise. The limits of the shares must be at
/// `level`, as [`pair_level`] gives it.
///
/// A channel of which only totals are known stands in a pair only where their bounds on
/// the dormant share decide it.
///
/// # Formula
/// Estimates p with limits [l, u]: d = p_a − p_b,
/// d − √((p_a−l_a)² + (u_b−p_b)²) to d + √((u_a−p_a)² + (p_b−l_b)²).
/// Bounds: l_a − u_b to u_a − l_b. Test: z = d/√(se_a² + se_b²), two-sided, adjusted by
/// Holm over the pairs that have it. Cohen's h = 2 asin √p_a − 2 asin √p_b.
///
/// # Errors
/// Limits that contradict each other; only a fault of an earlier stage.
///
/// # Source
/// Newcombe 1998, method 10 in the form of Zou and Donner 2008 (MOVER); Holm 1979.
pub fn differences(channels: &[Compared], level: f64) -> Result<Vec<Comparison>> {
    let mut comparisons = Vec::new();
    for (place, a) in channels.iter().enumerate() {
        for b in channels.iter().skip(place + 1) {
            let found = compare(a, b, level)?;
            let by_totals = a.totals_only || b.totals_only;
            if !by_totals || found.finding != Finding::Undecided {
                comparisons.push(found);
            }
        }
    }
    adjust(&mut comparisons)?;
    Ok(comparisons)
}

fn compare(a: &Compared, b: &Compared, level: f64) -> Result<Comparison> {
    let (quantity, first, second) = match (&a.dormant, &b.dormant) {
        (Some(first), Some(second)) => (Quantity::Dormant, first, second),
        _ => (Quantity::Silent, &a.silent, &b.silent),
    };
    let mut effect = None;
    let mut p = None;
    let (difference, interval, method) = match (estimate(first), estimate(second)) {
        (Some(first), Some(second)) => {
            let found = mover_difference(first, second).map_err(contradiction)?;
            effect = Some(cohens_h(first.estimate, second.estimate).map_err(contradiction)?);
            if let (Quantity::Dormant, Some(a), Some(b)) =
                (quantity, a.standard_error, b.standard_error)
            {
                let error = a.hypot(b);
                p = (error > 0.0).then(|| two_sided_p(found.estimate / error));
            }
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
        a: a.id.clone(),
        b: b.id.clone(),
        quantity,
        difference,
        lower: interval.lower,
        upper: interval.upper,
        level,
        method: method.to_owned(),
        finding,
        p,
        p_holm: None,
        cohens_h: effect,
    })
}

fn adjust(comparisons: &mut [Comparison]) -> Result<()> {
    let tests: Vec<f64> = comparisons
        .iter()
        .filter_map(|comparison| comparison.p)
        .collect();
    let mut adjusted = holm(&tests).map_err(contradiction)?.into_iter();
    for comparison in comparisons
        .iter_mut()
        .filter(|comparison| comparison.p.is_some())
    {
        comparison.p_holm = adjusted.next();
    }
    Ok(())
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
