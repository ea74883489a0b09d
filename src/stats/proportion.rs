//! One proportion from a random sample of an endless population.

use super::interval::share;
use super::{Interval, Refusal, beta, normal};

/// The Wilson score interval of k out of n: the default of the house.
///
/// # Formula
///
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), with p = k/n a share and z the
/// two-sided normal quantile. The lower limit is exactly 0 at k = 0 and the upper one
/// exactly 1 at k = n. n = 0 gives `[0, 1]`.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n, [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::proportion::wilson(42, 150, 0.95)?;
/// assert!((limits.lower - 0.214330406476391).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. B. Wilson, JASA 22 (1927) 209–212.
pub fn wilson(successes: u64, n: u64, level: f64) -> Result<Interval, Refusal> {
    let z = normal::two_sided(level)?;
    match share(successes, n) {
        Ok(p) => Ok(score_limits(p, n as f64, z)),
        Err(Refusal::NoObservations) => Ok(Interval::UNIT),
        Err(refusal) => Err(refusal),
    }
}

/// The Wilson limits of a share `p` seen in `n` observations, at the quantile `z`.
///
/// `n` is any effective size > 0; at infinity the interval is the point.
///
/// The limits are the roots of (1+a)x² − (2p+a)x + p² = 0 with a = z²/n. The upper
/// root has only positive terms; the lower one is p² over the larger, which loses no
/// digits for rare events and is exactly 0 at p = 0. Shares above one half go by
/// symmetry.
pub(super) fn score_limits(p: f64, n: f64, z: f64) -> Interval {
    if p > 0.5 {
        let mirrored = score_limits(1.0 - p, n, z).complement();
        return Interval {
            lower: mirrored.lower.min(p),
            upper: mirrored.upper.max(p),
        };
    }
    let a = z * z / n;
    let sum = p + 0.5 * a + (a * p * (1.0 - p) + 0.25 * a * a).sqrt();
    if sum == 0.0 {
        return Interval::point(p);
    }
    Interval {
        lower: p * (p / sum).min(1.0),
        upper: (sum / (1.0 + a)).clamp(p, 1.0),
    }
}

/// The Clopper–Pearson interval of k out of n: never below its level, and wide for it.
///
/// # Formula
///
/// `[B(α/2; k, n−k+1), B(1−α/2; k+1, n−k)]`, B the beta quantile; in closed form at
/// k = 0 (upper 1 − (α/2)^(1/n)) and k = n (lower (α/2)^(1/n)). n = 0 gives `[0, 1]`.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n, [`Refusal::Level`], [`Refusal::TooLarge`]
/// beyond n = [`BETA_LIMIT`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::proportion::clopper_pearson(0, 10, 0.95)?;
/// assert!((limits.upper - 0.308497107818761).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413.
pub fn clopper_pearson(successes: u64, n: u64, level: f64) -> Result<Interval, Refusal> {
    let tail = 0.5 * (1.0 - normal::checked(level)?);
    if !check_beta_size(successes, n)? {
        return Ok(Interval::UNIT);
    }
    let (k, n) = (successes as f64, n as f64);
    let lower = if successes == 0 {
        0.0
    } else if k == n {
        (tail.ln() / n).exp()
    } else {
        beta::quantile(tail, k, n - k + 1.0)?
    };
    let upper = if k == n {
        1.0
    } else if successes == 0 {
        -(tail.ln() / n).exp_m1()
    } else {
        beta::upper_quantile(tail, k + 1.0, n - k)?
    };
    Ok(Interval { lower, upper })
}

/// The equal-tailed interval of the Jeffreys posterior Beta(k+½, n−k+½).
///
/// # Formula
///
/// Beta quantiles at α/2 and 1 − α/2. [`jeffreys`] sets the lower limit to 0 at k = 0
/// and the upper one to 1 at k = n; this function does not. n = 0 gives the arcsine
/// prior's quantiles.
///
/// # Errors
///
/// As [`clopper_pearson`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::proportion::jeffreys_raw(0, 10, 0.95)?;
/// assert!((limits.upper - 0.217196267509211).abs() < 1e-6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101–133.
pub fn jeffreys_raw(successes: u64, n: u64, level: f64) -> Result<Interval, Refusal> {
    let tail = 0.5 * (1.0 - normal::checked(level)?);
    check_beta_size(successes, n)?;
    let (a, b) = (successes as f64 + 0.5, (n - successes) as f64 + 0.5);
    Ok(Interval {
        lower: beta::quantile(tail, a, b)?,
        upper: beta::upper_quantile(tail, a, b)?,
    })
}

/// The Jeffreys interval, with the limit 0 at k = 0 and 1 at k = n.
///
/// # Formula
///
/// [`jeffreys_raw`] with both edges set. n = 0 gives `[0, 1]`.
///
/// # Errors
///
/// As [`clopper_pearson`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::proportion::jeffreys(0, 10, 0.95)?;
/// assert_eq!(limits.lower, 0.0);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101–133.
pub fn jeffreys(successes: u64, n: u64, level: f64) -> Result<Interval, Refusal> {
    let mut limits = jeffreys_raw(successes, n, level)?;
    if successes == 0 {
        limits.lower = 0.0;
    }
    if successes == n {
        limits.upper = 1.0;
    }
    Ok(limits)
}

/// The Agresti–Coull interval: Wald around Wilson's centre.
///
/// # Formula
///
/// p′ ± z √(p′(1−p′)/n′) with n′ = n + z², p′ = (k + z²/2)/n′, clipped to `[0, 1]`.
/// n = 0 gives `[0, 1]`.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n, [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::proportion::agresti_coull(3, 20, 0.95)?;
/// assert!((limits.lower - 0.0439390112765196).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. Agresti, B. A. Coull, The American Statistician 52 (1998) 119–126.
pub fn agresti_coull(successes: u64, n: u64, level: f64) -> Result<Interval, Refusal> {
    let z = normal::two_sided(level)?;
    match share(successes, n) {
        Err(Refusal::NoObservations) => return Ok(Interval::UNIT),
        Err(refusal) => return Err(refusal),
        Ok(_) => {}
    }
    let size = n as f64 + z * z;
    let centre = (successes as f64 + 0.5 * z * z) / size;
    let half_width = z * (centre * (1.0 - centre) / size).sqrt();
    Ok(Interval {
        lower: centre - half_width,
        upper: centre + half_width,
    }
    .clipped(0.0, 1.0))
}

/// The largest n for which beta quantiles are computed.
pub const BETA_LIMIT: u64 = 10_000_000;

/// Whether there is anything to compute; refuses what cannot be counted or computed.
fn check_beta_size(successes: u64, n: u64) -> Result<bool, Refusal> {
    if successes > n {
        return Err(Refusal::PartExceedsWhole {
            part: successes,
            whole: n,
        });
    }
    if n > BETA_LIMIT {
        return Err(Refusal::TooLarge {
            what: "n of an interval by beta quantiles",
            limit: BETA_LIMIT,
        });
    }
    Ok(n > 0)
}
