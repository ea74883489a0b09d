//! Bounds on the dormant share when an audit could not settle everything.
//!
//! A label "unknown" is not dropped (in simulation that covered 90.7 % instead of
//! 95 %): it counts as active in the lower bound and as dormant in the upper one. A
//! stratum without labels adds nothing to the lower and all of itself to the upper
//! bound. Both are gaps in knowledge and not sampling errors, so they are added
//! linearly and not under the root.

use super::bounds::{BoundsInterval, critical_value};
use super::finite_population::effective_size;
use super::post_stratified::{mover_wilson, weighted};
use super::strata::{Audit, Cell};
use super::{Interval, Refusal, Stratum, normal};

/// The bounds of an audit, with the Imbens–Manski critical value inside MOVER-Wilson.
///
/// `population` is the size of the channel if the list is a random sample of it, and
/// `None` if the list is the whole channel.
///
/// # Formula
///
/// Bounds Σ W_h k_h/m_h and Σ W_h (k_h+u_h)/m_h (0 and 1 at m_h = 0); se² per bound
/// Σ W_h² p_h(1−p_h)/m_h · (N_h−m_h)/(N_h−1) [+ θ(1−θ)/n · (N−n)/(N−1)] gives the
/// critical value c; the interval is the lower MOVER-Wilson limit of the lower bound
/// and the upper one of the upper bound, at z = c. Without gaps it is the interval of
/// [`post_stratified`](super::post_stratified::post_stratified) or
/// [`two_phase`](super::two_phase::two_phase). `[0, 1]` without followers.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`], [`Refusal::CountsOverflow`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Stratum, audit_bounds::audit_bounds};
/// let silent = Stratum { size: 600, dormant: 50, active: 7, unknown: 3 };
/// let awake = Stratum { size: 1400, dormant: 9, active: 76, unknown: 5 };
/// let found = audit_bounds(&[silent, awake], None, 0.95)?;
/// assert!((found.interval.upper - 0.425310102838031).abs() < 1e-8);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. W. Imbens, C. F. Manski, Econometrica 72 (2004) 1845–1857, with the limits of
/// G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702.
pub fn audit_bounds(
    strata: &[Stratum],
    population: Option<u64>,
    level: f64,
) -> Result<BoundsInterval, Refusal> {
    let audit = Audit::new(strata, population)?;
    if audit.cells.is_empty() {
        return Ok(BoundsInterval {
            bounds: Interval::UNIT,
            lower_error: 0.0,
            upper_error: 0.0,
            critical: normal::one_sided(level)?.max(0.0),
            interval: Interval::UNIT,
        });
    }
    let bounds = Interval {
        lower: weighted(&audit, Cell::dormant_share),
        upper: weighted(&audit, Cell::possible_share),
    };
    let lower_error = standard_error(&audit, Cell::dormant_share, bounds.lower);
    let upper_error = standard_error(&audit, Cell::possible_share, bounds.upper);
    let critical = critical_value(bounds.width(), lower_error.max(upper_error), level)?;
    Ok(BoundsInterval {
        bounds,
        lower_error,
        upper_error,
        critical,
        interval: Interval {
            lower: mover_wilson(&audit, Cell::dormant_share, critical).lower,
            upper: mover_wilson(&audit, Cell::possible_share, critical).upper,
        },
    })
}

/// The standard error of Σ W_h p_h; (N−m)/(N−1)/m is 1/n*.
fn standard_error(audit: &Audit, share: fn(&Cell) -> f64, theta: f64) -> f64 {
    let of = |p: f64, n: u64, population: u64| match effective_size(n, population) {
        Ok(size) if size > 0.0 => p * (1.0 - p) / size,
        _ => 0.0,
    };
    let labels: f64 = audit
        .cells
        .iter()
        .map(|cell| cell.weight.powi(2) * of(share(cell), cell.labelled, cell.size))
        .sum();
    let list = audit
        .sampled
        .map_or(0.0, |sampled| of(theta, sampled.listed, sampled.population));
    (labels + list).sqrt()
}
