//! Bounds on a share when some followers are undetermined.
//!
//! Nothing is assumed of the undetermined: they may all be active or all be silent.
//! Over a whole list the bounds are exact and have no sampling error; over a sample
//! the critical value of Imbens and Manski covers the share itself, wherever between
//! its bounds it lies.

use super::finite_population::effective_size;
use super::proportion::score_limits;
use super::{Interval, Refusal, normal};

/// The bounds of a share of which `undetermined` out of `n` cannot be told.
///
/// # Formula
///
/// `[k/n, (k+u)/n]`, k silent and u undetermined; `[0, 1]` at n = 0.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k + u > n, [`Refusal::CountsOverflow`].
///
/// # Examples
///
/// ```
/// let bounds = dormouse::stats::bounds::manski(30, 20, 100)?;
/// assert_eq!((bounds.lower, bounds.upper), (0.3, 0.5));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C. F. Manski, Partial Identification of Probability Distributions (2003), ch. 1.
pub fn manski(silent: u64, undetermined: u64, n: u64) -> Result<Interval, Refusal> {
    let most = silent
        .checked_add(undetermined)
        .ok_or(Refusal::CountsOverflow)?;
    if most > n {
        return Err(Refusal::PartExceedsWhole {
            part: most,
            whole: n,
        });
    }
    Ok(if n == 0 {
        Interval::UNIT
    } else {
        Interval {
            lower: silent as f64 / n as f64,
            upper: most as f64 / n as f64,
        }
    })
}

/// Bounds on a share and an interval that covers the share at its level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundsInterval {
    /// The bounds without sampling error.
    pub bounds: Interval,
    /// Standard error of the lower bound.
    pub lower_error: f64,
    /// Standard error of the upper bound.
    pub upper_error: f64,
    /// The critical value c, between the one-sided and the two-sided quantile.
    pub critical: f64,
    /// The interval, in Wilson form.
    pub interval: Interval,
}

/// The critical value for covering the share rather than its bounds.
///
/// # Formula
///
/// c with Φ(c + Δ/max(se_L, se_U)) − Φ(−c) = level, Δ the width of the bounds; found
/// by bisection on [0, z]. It is z, the two-sided quantile, at Δ = 0, and goes to the
/// one-sided quantile as Δ grows. Without standard error it is the one or the other.
/// Never below 0 (levels under one half).
///
/// # Errors
///
/// [`Refusal::Level`]; [`Refusal::OutsideDomain`] unless width and error are finite and
/// not negative.
///
/// # Examples
///
/// ```
/// let c = dormouse::stats::bounds::critical_value(0.1, 0.107, 0.95)?;
/// assert!(1.644 < c && c < 1.960);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. W. Imbens, C. F. Manski, Econometrica 72 (2004) 1845–1857; J. Stoye, Econometrica
/// 77 (2009) 1299–1315, for its validity when the bounds are ordered by construction.
pub fn critical_value(width: f64, largest_error: f64, level: f64) -> Result<f64, Refusal> {
    let two_sided = normal::two_sided(level)?;
    for value in [width, largest_error] {
        if !(value >= 0.0 && value.is_finite()) {
            return Err(Refusal::OutsideDomain {
                must: "a width and a standard error are finite and not negative",
                value,
            });
        }
    }
    if width == 0.0 {
        return Ok(two_sided);
    }
    let shift = width / largest_error;
    if !shift.is_finite() {
        return Ok(normal::one_sided(level)?.max(0.0));
    }
    let (mut low, mut high) = (0.0, two_sided);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if normal::cdf(middle + shift) - normal::cdf(-middle) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(0.5 * (low + high))
}

/// Bounds of a random sample with the interval in Wilson form: the default.
///
/// # Formula
///
/// se² = θ(1−θ)/n × (N−n)/(N−1) for each bound, c of [`critical_value`]; lower Wilson
/// limit of k/n and upper Wilson limit of (k+u)/n at z = c, with n* when `population`
/// N is known. `[0, 1]` at n = 0 and at u = n.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k + u > n or n > N, [`Refusal::CountsOverflow`],
/// [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// let found = dormouse::stats::bounds::imbens_manski(30, 20, 100, None, 0.9)?;
/// assert!((found.interval.lower - 0.244890420463177).abs() < 1e-8);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. W. Imbens, C. F. Manski, Econometrica 72 (2004) 1845–1857.
pub fn imbens_manski(
    silent: u64,
    undetermined: u64,
    n: u64,
    population: Option<u64>,
    level: f64,
) -> Result<BoundsInterval, Refusal> {
    let bounds = manski(silent, undetermined, n)?;
    let size = match population {
        Some(population) => effective_size(n, population)?,
        None => n as f64,
    };
    // (N−n)/(N−1)/n is 1/n*: one size serves the errors and the limits.
    let error = |p: f64| {
        if n == 0 {
            0.0
        } else {
            (p * (1.0 - p) / size).sqrt()
        }
    };
    let (lower_error, upper_error) = (error(bounds.lower), error(bounds.upper));
    let critical = critical_value(bounds.width(), lower_error.max(upper_error), level)?;
    let interval = if n == 0 {
        Interval::UNIT
    } else {
        Interval {
            lower: score_limits(bounds.lower, size, critical).lower,
            upper: score_limits(bounds.upper, size, critical).upper,
        }
    };
    Ok(BoundsInterval {
        bounds,
        lower_error,
        upper_error,
        critical,
        interval,
    })
}

/// The interval of [`imbens_manski`] alone.
///
/// # Formula
///
/// See [`imbens_manski`].
///
/// # Errors
///
/// As [`imbens_manski`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::bounds::imbens_manski_wilson;
/// let limits = imbens_manski_wilson(300, 200, 1000, Some(5000), 0.9)?;
/// assert!((limits.upper - 0.518113790385241).abs() < 1e-8);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. W. Imbens, C. F. Manski, Econometrica 72 (2004) 1845–1857.
pub fn imbens_manski_wilson(
    silent: u64,
    undetermined: u64,
    n: u64,
    population: Option<u64>,
    level: f64,
) -> Result<Interval, Refusal> {
    imbens_manski(silent, undetermined, n, population, level).map(|found| found.interval)
}

/// The interval in the form in which it was published.
///
/// # Formula
///
/// `[θ_L − c se_L, θ_U + c se_U]` of a [`BoundsInterval`], clipped to `[0, 1]`.
///
/// # Examples
///
/// ```
/// use dormouse::stats::bounds::{imbens_manski, wald_form};
/// let found = imbens_manski(30, 20, 100, None, 0.9)?;
/// assert!((wald_form(&found).lower - 0.241271912715183).abs() < 1e-8);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. W. Imbens, C. F. Manski, Econometrica 72 (2004) 1845–1857.
#[must_use]
pub fn wald_form(found: &BoundsInterval) -> Interval {
    Interval {
        lower: found.bounds.lower - found.critical * found.lower_error,
        upper: found.bounds.upper + found.critical * found.upper_error,
    }
    .clipped(0.0, 1.0)
}
