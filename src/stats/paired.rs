//! The same followers at two instants.
//!
//! A rule with a window of W days lags: a silent spell shows only W days later, so two
//! instants less than W apart say nothing of new dormancy. Over two whole lists the change
//! of the rule's share has no sampling error; the interval is for samples.

use super::interval::share;
use super::proportion::{BETA_LIMIT, wilson};
use super::{Estimate, Interval, Refusal, beta};

/// Followers present and determined at both instants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Dormant at both.
    pub stayed_dormant: u64,
    /// Dormant, then active.
    pub woke: u64,
    /// Active, then dormant.
    pub fell_dormant: u64,
    /// Active at both.
    pub stayed_active: u64,
}

impl Pairs {
    fn total(self) -> Result<u64, Refusal> {
        self.stayed_dormant
            .checked_add(self.woke)
            .and_then(|sum| sum.checked_add(self.fell_dormant))
            .and_then(|sum| sum.checked_add(self.stayed_active))
            .ok_or(Refusal::CountsOverflow)
    }
}

/// The change of a share among the same followers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedChange {
    /// The dormant share at the first instant.
    pub before: f64,
    /// The dormant share at the second instant.
    pub after: f64,
    /// after − before, with limits.
    pub change: Estimate,
    /// The correlation of the two states, corrected for continuity.
    pub phi: f64,
}

/// The change of the dormant share, with limits that know the pairing.
///
/// # Formula
///
/// d = (ad − da)/n; φ = (dd·aa − da·ad)/√(product of the four margins), n/2 taken off the
/// numerator if it is positive, down to 0 at least; 0 if a margin is empty. With Wilson
/// limits l, u of both shares: lower d − √((p₂−l₂)² − 2φ(p₂−l₂)(u₁−p₁) + (u₁−p₁)²), upper
/// d + √((u₂−p₂)² − 2φ(u₂−p₂)(p₁−l₁) + (p₁−l₁)²).
///
/// # Errors
///
/// [`Refusal::NoObservations`], [`Refusal::CountsOverflow`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::paired::{Pairs, paired_change};
/// let pairs = Pairs { stayed_dormant: 120, woke: 15, fell_dormant: 30, stayed_active: 335 };
/// let found = paired_change(pairs, 0.95)?;
/// assert!((found.change.upper - 0.0566176311686273).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// R. G. Newcombe, Statistics in Medicine 17 (1998) 2635–2650, method 10.
pub fn paired_change(pairs: Pairs, level: f64) -> Result<PairedChange, Refusal> {
    let n = pairs.total()?;
    let (dormant_before, dormant_after) = (
        pairs.stayed_dormant + pairs.woke,
        pairs.stayed_dormant + pairs.fell_dormant,
    );
    let of = |k| Ok(Estimate::new(share(k, n)?, wilson(k, n, level)?));
    let (before, after) = (of(dormant_before)?, of(dormant_after)?);
    let phi = phi(pairs, n);
    // Each limit takes the far side of one share and the near side of the other.
    let reach = |after: f64, before: f64| {
        let squared = after * after - 2.0 * phi * after * before + before * before;
        squared.max(0.0).sqrt()
    };
    let change = (pairs.fell_dormant as f64 - pairs.woke as f64) / n as f64;
    let limits = Interval {
        lower: change - reach(after.estimate - after.lower, before.upper - before.estimate),
        upper: change + reach(after.upper - after.estimate, before.estimate - before.lower),
    };
    Ok(PairedChange {
        before: before.estimate,
        after: after.estimate,
        change: Estimate::new(change, limits).clipped(-1.0, 1.0),
        phi,
    })
}

fn phi(pairs: Pairs, n: u64) -> f64 {
    let [dd, da, ad, aa] = [
        pairs.stayed_dormant,
        pairs.woke,
        pairs.fell_dormant,
        pairs.stayed_active,
    ]
    .map(|count| count as f64);
    let margins = (dd + da).sqrt() * (ad + aa).sqrt() * (dd + ad).sqrt() * (da + aa).sqrt();
    let covariance = dd * aa - da * ad;
    if margins == 0.0 {
        0.0
    } else if covariance > 0.0 {
        ((covariance - 0.5 * n as f64).max(0.0) / margins).min(1.0)
    } else {
        (covariance / margins).max(-1.0)
    }
}

/// McNemar's exact test of no change.
///
/// # Formula
///
/// min(1, 2 P(X ≤ min(da, ad))), X ~ Binomial(da + ad, ½); 1 if nobody changed.
///
/// # Errors
///
/// [`Refusal::CountsOverflow`], [`Refusal::TooLarge`] beyond [`BETA_LIMIT`] changes.
///
/// # Examples
///
/// ```
/// use dormouse::stats::paired::{Pairs, mcnemar_exact};
/// let pairs = Pairs { fell_dormant: 10, stayed_active: 10, ..Pairs::default() };
/// assert!((mcnemar_exact(pairs)? - 0.001953125).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// Q. McNemar, Psychometrika 12 (1947) 153–157.
pub fn mcnemar_exact(pairs: Pairs) -> Result<f64, Refusal> {
    let fewer = pairs.woke.min(pairs.fell_dormant);
    let changed = pairs
        .woke
        .checked_add(pairs.fell_dormant)
        .ok_or(Refusal::CountsOverflow)?;
    if changed > BETA_LIMIT {
        return Err(Refusal::TooLarge {
            what: "the changes of an exact test",
            limit: BETA_LIMIT,
        });
    }
    if changed == 0 {
        return Ok(1.0);
    }
    // P(X ≤ k) of Binomial(n, ½) is the distribution function of Beta(n−k, k+1) at ½.
    let half = beta::Point::from_logit(0.0);
    let tail = beta::cdf(half, (changed - fewer) as f64, fewer as f64 + 1.0)?;
    Ok((2.0 * tail).min(1.0))
}

/// A rate of change from one state, with its Wilson limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The rate; `None` if nobody was in the state.
    pub rate: Option<f64>,
    /// Its limits; `[0, 1]` if nobody was in the state.
    pub interval: Interval,
}

/// How many fell dormant and how many woke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TransitionRates {
    /// Of the active, the share that fell dormant.
    pub fell_dormant: Rate,
    /// Of the dormant, the share that woke.
    pub woke: Rate,
}

/// The rates at which the same followers changed state.
///
/// # Formula
///
/// ad/(ad + aa) and da/(da + dd), each with Wilson limits.
///
/// # Errors
///
/// [`Refusal::CountsOverflow`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::paired::{Pairs, transition_rates};
/// let rates = transition_rates(Pairs { stayed_dormant: 50, ..Pairs::default() }, 0.95)?;
/// assert_eq!((rates.woke.rate, rates.fell_dormant.rate), (Some(0.0), None));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. B. Wilson, JASA 22 (1927) 209–212.
pub fn transition_rates(pairs: Pairs, level: f64) -> Result<TransitionRates, Refusal> {
    pairs.total()?;
    let rate = |k: u64, n: u64| {
        Ok(Rate {
            rate: share(k, n).ok(),
            interval: wilson(k, n, level)?,
        })
    };
    Ok(TransitionRates {
        fell_dormant: rate(pairs.fell_dormant, pairs.fell_dormant + pairs.stayed_active)?,
        woke: rate(pairs.woke, pairs.woke + pairs.stayed_dormant)?,
    })
}
