//! A share of the whole channel from the newest followers alone.
//!
//! Platforms hand out the newest followers first and cut the list off. The rest is not
//! like the list: taken as a random sample, the newest 30 % covered the truth in 15 %
//! of the simulated cases.

use super::finite_population::effective_size;
use super::{Interval, Refusal};

/// Limits for the channel when the followers not listed may all be awake or all silent.
///
/// # Formula
///
/// `[w l, w u + 1 − w]` with `[l, u]` the limits for the n listed, and w = n/N, N the
/// size of the channel. `[0, 1]` at n = 0.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`] if n > N, [`Refusal::NotAnInterval`] unless the
/// interval is one of shares.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Interval, newest::newest_worst_case};
/// let listed = Interval { lower: 0.1, upper: 0.15 };
/// let channel = newest_worst_case(listed, 1000, 5000)?;
/// assert!((channel.lower - 0.02).abs() < 1e-9 && (channel.upper - 0.83).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C. F. Manski, Partial Identification of Probability Distributions (2003), ch. 1.
pub fn newest_worst_case(interval: Interval, n: u64, population: u64) -> Result<Interval, Refusal> {
    newest_monotone(interval, n, population, 0.0)
}

/// The same when older followers are at least as silent as the oldest that are listed.
///
/// The assumption is the analyst's; show the trend over the follow age beside it.
///
/// # Formula
///
/// `[w l + (1−w) l_old, w u + 1 − w]`, l_old the lower limit of the oldest bucket of the
/// list. `[l_old, 1]` at n = 0.
///
/// # Errors
///
/// As [`newest_worst_case`], and [`Refusal::NotAShare`] for l_old.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Interval, newest::newest_monotone};
/// let listed = Interval { lower: 0.1, upper: 0.15 };
/// assert!((newest_monotone(listed, 1000, 5000, 0.12)?.lower - 0.116).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C. F. Manski, J. V. Pepper, Econometrica 68 (2000) 997–1010.
pub fn newest_monotone(
    interval: Interval,
    n: u64,
    population: u64,
    oldest_lower: f64,
) -> Result<Interval, Refusal> {
    let interval = interval.of_shares()?;
    if !(0.0..=1.0).contains(&oldest_lower) {
        return Err(Refusal::NotAShare {
            value: oldest_lower,
        });
    }
    effective_size(n, population)?;
    let listed = if n == 0 {
        0.0
    } else {
        n as f64 / population as f64
    };
    let rest = if n == 0 {
        1.0
    } else {
        (population - n) as f64 / population as f64
    };
    Ok(Interval {
        lower: listed * interval.lower + rest * oldest_lower,
        upper: listed * interval.upper + rest,
    }
    .clipped(0.0, 1.0))
}
