//! The share of dormant followers from an audit of the whole list: the default way.
//!
//! The rule's classes, as they were when the draw was made, are the strata. Nothing
//! is assumed of the rule: where it is good the strata are pure and the interval is
//! narrow, where it is poor the interval is that of the labels alone.
//!
//! In simulation (72 settings of size, labels, share and rule) the 95 % interval
//! covered the truth in 95.5 % of the runs, and in 91.2 % in the worst setting, where
//! the Wald interval fell to 80 %.

use super::finite_population::{effective_size, unbiased_variance};
use super::mover::{self, Part, Reach};
use super::proportion::{self, score_limits};
use super::strata::{Audit, Cell, Sampled};
use super::{Estimate, Interval, Refusal, Stratum, normal};

/// The post-stratified share of a census, with MOVER-Wilson limits.
///
/// # Formula
///
/// θ = Σ W_h k_h/m_h with W_h = N_h/N; lower θ − √Σ W_h²(p_h − l_h)², upper
/// θ + √Σ W_h²(u_h − p_h)², clipped to `[0, 1]`, where (l_h, u_h) are Wilson limits at
/// n*_h = m_h(N_h−1)/(N_h−m_h). A stratum labelled in full adds no width.
///
/// # Errors
///
/// [`Refusal::UnlabelledStratum`], [`Refusal::UnknownLabels`] (both: use
/// [`audit_bounds`](super::audit_bounds::audit_bounds)), [`Refusal::NoObservations`]
/// without followers, [`Refusal::PartExceedsWhole`], [`Refusal::CountsOverflow`],
/// [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Stratum, post_stratified::post_stratified};
/// let silent = Stratum { size: 600, dormant: 50, active: 10, unknown: 0 };
/// let awake = Stratum { size: 1400, dormant: 9, active: 81, unknown: 0 };
/// let share = post_stratified(&[silent, awake], 0.95)?;
/// assert!((share.estimate - 0.32).abs() < 1e-9);
/// assert!((share.lower - 0.274794980978865).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. Tenenbein, JASA 65 (1970) 1350–1361, for the estimate; G. Y. Zou, A. Donner,
/// Statistics in Medicine 27 (2008) 1693–1702, for limits of a sum from limits of its parts.
pub fn post_stratified(strata: &[Stratum], level: f64) -> Result<Estimate, Refusal> {
    let z = normal::two_sided(level)?;
    let audit = Audit::new(strata, None)?;
    audit.estimable()?;
    Ok(mover_wilson(&audit, Cell::dormant_share, z))
}

/// The same with Jeffreys limits per stratum, for comparison.
///
/// # Formula
///
/// As [`post_stratified`], with the Jeffreys limits of k_h out of m_h for (l_h, u_h) and
/// the distances p_h − l_h and u_h − p_h shortened by √((N_h−m_h)/(N_h−1)).
///
/// # Errors
///
/// As [`post_stratified`], and [`Refusal::TooLarge`] beyond the labels of
/// [`BETA_LIMIT`](proportion::BETA_LIMIT).
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Stratum, post_stratified::post_stratified_jeffreys};
/// let all = Stratum { size: 1000, dormant: 30, active: 70, unknown: 0 };
/// let share = post_stratified_jeffreys(&[all], 0.95)?;
/// assert!((share.lower - 0.221069377058184).abs() < 1e-6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101–133, inside G. Y.
/// Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702.
pub fn post_stratified_jeffreys(strata: &[Stratum], level: f64) -> Result<Estimate, Refusal> {
    normal::checked(level)?;
    let audit = Audit::new(strata, None)?;
    audit.estimable()?;
    let mut parts = Vec::with_capacity(audit.cells.len());
    for cell in &audit.cells {
        let p = cell.dormant_share();
        let limits = proportion::jeffreys(cell.dormant, cell.labelled, level)?;
        let shorter = (cell.labelled as f64 / cell.effective_size()).sqrt();
        let limits = Interval {
            lower: p - shorter * (p - limits.lower),
            upper: p + shorter * (limits.upper - p),
        };
        parts.push(cell.part(Estimate::new(p, limits)));
    }
    Ok(mover::sum(parts, None).clipped(0.0, 1.0))
}

/// An estimate with its standard error and the normal interval of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wald {
    /// The point.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// estimate ± z standard errors, clipped to `[0, 1]`.
    pub interval: Interval,
}

/// The Wald counterpart of the post-stratified and the two-phase share: a check
/// against survey software, not for small cells.
///
/// # Formula
///
/// se² = Σ W_h²(1−m_h/N_h) p_h(1−p_h)/(m_h−1), plus (1−n/N) θ(1−θ)/(n−1) if the export
/// is a random sample of n out of `population` N.
///
/// # Errors
///
/// As [`post_stratified`], and [`Refusal::TooFew`] for a stratum with one label and
/// more followers.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Stratum, post_stratified::wald};
/// let all = Stratum { size: 1000, dormant: 30, active: 70, unknown: 0 };
/// assert!((wald(&[all], None, 0.95)?.standard_error - 0.0436931448752651).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C.-E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling (1992), §9.4.
pub fn wald(strata: &[Stratum], population: Option<u64>, level: f64) -> Result<Wald, Refusal> {
    let z = normal::two_sided(level)?;
    let audit = Audit::new(strata, population)?;
    audit.estimable()?;
    let (mut estimate, mut variance) = (0.0, 0.0);
    for cell in &audit.cells {
        let p = cell.dormant_share();
        estimate += cell.weight * p;
        variance += cell.weight.powi(2) * unbiased_variance(p, cell.labelled, cell.size)?;
    }
    let estimate = estimate.clamp(0.0, 1.0);
    if let Some(Sampled { listed, population }) = audit.sampled {
        variance += unbiased_variance(estimate, listed, population)?;
    }
    let standard_error = variance.sqrt();
    Ok(Wald {
        estimate,
        standard_error,
        interval: Interval {
            lower: estimate - z * standard_error,
            upper: estimate + z * standard_error,
        }
        .clipped(0.0, 1.0),
    })
}

impl Cell {
    /// k_h / m_h; an unlabelled stratum has 0 at least.
    pub(super) fn dormant_share(&self) -> f64 {
        if self.labelled == 0 {
            0.0
        } else {
            self.dormant as f64 / self.labelled as f64
        }
    }

    /// (k_h + u_h) / m_h; an unlabelled stratum has 1 at most.
    pub(super) fn possible_share(&self) -> f64 {
        if self.labelled == 0 {
            1.0
        } else {
            (self.dormant + self.unknown) as f64 / self.labelled as f64
        }
    }

    /// n*_h; an unlabelled stratum is at its bound, which has no sampling error.
    fn effective_size(&self) -> f64 {
        match effective_size(self.labelled, self.size) {
            Ok(size) if size > 0.0 => size,
            _ => f64::INFINITY,
        }
    }

    fn part(&self, share: Estimate) -> Part {
        Part {
            weight: self.weight,
            share,
        }
    }
}

/// Σ W_h p_h with MOVER-Wilson limits at the quantile `z`, and the error of the export
/// where it is a sample. `share` says which share of a stratum is meant.
pub(super) fn mover_wilson(audit: &Audit, share: fn(&Cell) -> f64, z: f64) -> Estimate {
    let parts = audit.cells.iter().map(|cell| {
        let p = share(cell);
        cell.part(Estimate::new(p, score_limits(p, cell.effective_size(), z)))
    });
    let further = audit.sampled.map(|sampled| {
        let theta = weighted(audit, share);
        let size = effective_size(sampled.listed, sampled.population).unwrap_or(f64::INFINITY);
        let limits = if size > 0.0 {
            score_limits(theta, size, z)
        } else {
            Interval::UNIT
        };
        Reach::of(Estimate::new(theta, limits))
    });
    mover::sum(parts, further).clipped(0.0, 1.0)
}

/// Σ W_h p_h.
pub(super) fn weighted(audit: &Audit, share: fn(&Cell) -> f64) -> f64 {
    let sum: f64 = audit
        .cells
        .iter()
        .map(|cell| cell.weight * share(cell))
        .sum();
    sum.clamp(0.0, 1.0)
}
