//! One proportion from a random sample of a channel whose size is known.
//!
//! A sample that is a large part of the channel says more than its size alone. With
//! the whole channel in hand there is no sampling error left; a zero width then means
//! only that, and says nothing of misclassified or missing followers.

use super::interval::share;
use super::proportion::score_limits;
use super::{Interval, Refusal, normal};

/// The size n* of an endless population's sample that is worth as much.
///
/// # Formula
///
/// n* = n(N−1)/(N−n), n observations out of N; infinite at n = N, 0 at n = 0.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if n > N.
///
/// # Examples
///
/// ```
/// let size = dormouse::stats::finite_population::effective_size(50, 500)?;
/// assert!((size - 55.4444444444444).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §2.6, for the correction.
pub fn effective_size(n: u64, population: u64) -> Result<f64, Refusal> {
    if n > population {
        return Err(Refusal::PartExceedsWhole {
            part: n,
            whole: population,
        });
    }
    Ok(if n == 0 {
        0.0
    } else if n == population {
        f64::INFINITY
    } else {
        n as f64 * ((population - 1) as f64 / (population - n) as f64)
    })
}

/// The standard error of a share k/n with the finite-population correction.
///
/// # Formula
///
/// √((1 − n/N) p(1−p)/(n−1)); 0 at n = N.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n or n > N, [`Refusal::NoObservations`],
/// [`Refusal::TooFew`] if n = 1 < N.
///
/// # Examples
///
/// ```
/// let se = dormouse::stats::finite_population::standard_error(120, 300, 1000)?;
/// assert!((se - 0.0237038585403094).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §3.2.
pub fn standard_error(successes: u64, n: u64, population: u64) -> Result<f64, Refusal> {
    let p = share(successes, n)?;
    Ok(unbiased_variance(p, n, population)?.sqrt())
}

/// (1 − n/N) p(1−p)/(n−1): the unbiased estimate of the variance of a share.
pub(super) fn unbiased_variance(p: f64, n: u64, population: u64) -> Result<f64, Refusal> {
    if n > population {
        return Err(Refusal::PartExceedsWhole {
            part: n,
            whole: population,
        });
    }
    if n == population {
        return Ok(0.0);
    }
    if n < 2 {
        return Err(Refusal::TooFew {
            what: "observations of a variance",
            found: n,
            needed: 2,
        });
    }
    let unseen = (population - n) as f64 / population as f64;
    Ok(unseen * p * (1.0 - p) / (n - 1) as f64)
}

/// The Wilson interval with the finite-population correction.
///
/// # Formula
///
/// Wilson at p = k/n with n* of [`effective_size`]: the inversion of the score test
/// whose variance carries (N−n)/(N−1). n = N gives `[p, p]`, n = 0 gives `[0, 1]`.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n or n > N, [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::finite_population::wilson_fpc(10, 50, 500, 0.95)?;
/// assert!((limits.upper - 0.323097404901613).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. B. Wilson, JASA 22 (1927) 209–212, inverted with the variance of W. G. Cochran,
/// Sampling Techniques, 3rd ed. (1977), §3.2.
pub fn wilson_fpc(
    successes: u64,
    n: u64,
    population: u64,
    level: f64,
) -> Result<Interval, Refusal> {
    let z = normal::two_sided(level)?;
    let size = effective_size(n, population)?;
    match share(successes, n) {
        Ok(p) => Ok(score_limits(p, size, z)),
        Err(Refusal::NoObservations) => Ok(Interval::UNIT),
        Err(refusal) => Err(refusal),
    }
}

/// The interval rounded outward to shares that N followers can have.
///
/// # Formula
///
/// `[⌊lower·N⌋/N, ⌈upper·N⌉/N]`, then clipped to `[k/N, 1 − (n−k)/N]`: what has been
/// seen is certain.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n or n > N, [`Refusal::NotAnInterval`] unless
/// the interval is one of shares.
///
/// # Examples
///
/// ```
/// use dormouse::stats::finite_population::{round_outward, wilson_fpc};
/// let limits = round_outward(wilson_fpc(3, 40, 41, 0.95)?, 3, 40, 41)?;
/// assert_eq!((limits.lower, limits.upper), (3.0 / 41.0, 4.0 / 41.0));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// None needed: a share of N followers is a multiple of 1/N.
pub fn round_outward(
    interval: Interval,
    successes: u64,
    n: u64,
    population: u64,
) -> Result<Interval, Refusal> {
    let interval = interval.of_shares()?;
    effective_size(n, population)?;
    if successes > n {
        return Err(Refusal::PartExceedsWhole {
            part: successes,
            whole: n,
        });
    }
    if population == 0 {
        return Ok(interval);
    }
    let size = population as f64;
    let seen = successes as f64 / size;
    let possible = (population - (n - successes)) as f64 / size;
    Ok(Interval {
        lower: outward(interval.lower * size, f64::floor) / size,
        upper: outward(interval.upper * size, f64::ceil) / size,
    }
    .clipped(seen, possible))
}

/// A count that is whole but for rounding stays; any other is rounded.
fn outward(count: f64, round: fn(f64) -> f64) -> f64 {
    let nearest = count.round();
    if (count - nearest).abs() <= 4.0 * f64::EPSILON * nearest {
        nearest
    } else {
        round(count)
    }
}

/// Followers of a channel that have a property, between limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountInterval {
    /// Lower limit.
    pub lower: u64,
    /// Upper limit.
    pub upper: u64,
}

/// The largest channel for which the exact interval is computed.
pub const EXACT_LIMIT: u64 = 10_000_000_000;

/// The exact interval for the number of followers, by inverting the hypergeometric test.
///
/// # Formula
///
/// K_lo = min{K : P(X ≥ k | K) > α/2}, K_hi = max{K : P(X ≤ k | K) > α/2}, X the number
/// seen among n drawn out of N of whom K have the property. Never below its level.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if k > n or n > N, [`Refusal::Level`],
/// [`Refusal::TooLarge`] beyond N = [`EXACT_LIMIT`].
///
/// # Examples
///
/// ```
/// let limits = dormouse::stats::finite_population::hypergeometric(10, 50, 500, 0.95)?;
/// assert_eq!((limits.lower, limits.upper), (53, 165));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// J. P. Buonaccorsi, The American Statistician 41 (1987) 215–218.
pub fn hypergeometric(
    successes: u64,
    n: u64,
    population: u64,
    level: f64,
) -> Result<CountInterval, Refusal> {
    let tail = 0.5 * (1.0 - normal::checked(level)?);
    effective_size(n, population)?;
    if successes > n {
        return Err(Refusal::PartExceedsWhole {
            part: successes,
            whole: n,
        });
    }
    if population > EXACT_LIMIT {
        return Err(Refusal::TooLarge {
            what: "the channel of an exact interval",
            limit: EXACT_LIMIT,
        });
    }
    Ok(CountInterval {
        lower: lower_count(successes, n, population, tail),
        // Who has not the property, seen from the other side.
        upper: population - lower_count(n - successes, n, population, tail),
    })
}

/// The smallest K, at least k, for which k or more are seen with more than `tail`.
fn lower_count(k: u64, n: u64, population: u64, tail: f64) -> u64 {
    let (mut low, mut high) = (k, population - (n - k));
    while low < high {
        let middle = low + (high - low) / 2;
        if upper_tail(k, middle, n, population) > tail {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// P(X ≥ k) when n are drawn out of N of whom K have the property.
///
/// Terms are built from the mode outward by their ratios and divided by their sum, so
/// that no logarithm of a factorial is needed; they are dropped when they no longer
/// count in double precision.
fn upper_tail(k: u64, with: u64, n: u64, population: u64) -> f64 {
    const NEGLIGIBLE: f64 = 1e-30;
    let without = population - with;
    let least = n.saturating_sub(without);
    let most = n.min(with);
    let mode = ((n + 1) as f64 * ((with + 1) as f64 / (population + 2) as f64)) as u64;
    let mode = mode.clamp(least, most);
    // P(X = x+1) / P(X = x)
    let ratio = |x: u64| {
        ((with - x) as f64 / (x + 1) as f64) * ((n - x) as f64 / (without + x + 1 - n) as f64)
    };
    let (mut all, mut above) = (1.0, if mode >= k { 1.0 } else { 0.0 });
    let mut add = |x: u64, term: f64| {
        all += term;
        if x >= k {
            above += term;
        }
    };
    let mut term = 1.0;
    for x in mode..most {
        term *= ratio(x);
        add(x + 1, term);
        if term < NEGLIGIBLE {
            break;
        }
    }
    term = 1.0;
    for x in (least..mode).rev() {
        term /= ratio(x);
        add(x, term);
        if term < NEGLIGIBLE {
            break;
        }
    }
    above / all
}
