//! How many labels an audit needs; [`allocation`](super::allocation) says where to spend them.

use super::interval::share_value;
use super::proportion::score_limits;
use super::{Refusal, finite_population, normal};

/// The largest number of labels that is planned.
pub const LABEL_LIMIT: u64 = 1_000_000_000;

/// What is to be known, and how well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The share that is expected; one half is the worst case.
    pub share: f64,
    /// Half the width of the interval.
    pub margin: f64,
    /// The level of the interval.
    pub level: f64,
}

impl Target {
    /// p(1−p) and z.
    fn checked(self) -> Result<(f64, f64), Refusal> {
        let p = share_value(self.share)?;
        if !(1e-9..1.0).contains(&self.margin) {
            return Err(Refusal::OutsideDomain {
                must: "a margin is at least 1e-9 and below 1",
                value: self.margin,
            });
        }
        Ok((p * (1.0 - p), normal::two_sided(self.level)?))
    }
}

/// Cochran's sample size, not yet rounded up.
///
/// # Formula
///
/// n₀ = z²p(1−p)/d²; n = n₀/(1 + (n₀−1)/N) when the population N is known and n₀ > 1. p is the
/// expected share, d the margin. 0 at p = 0 and p = 1, where the formula knows no error and
/// [`wilson_sample_size`] still does.
///
/// # Errors
///
/// [`Refusal::NotAShare`], [`Refusal::OutsideDomain`] for a margin outside [1e-9, 1),
/// [`Refusal::Level`], [`Refusal::NoObservations`] for N = 0.
///
/// # Examples
///
/// ```
/// use dormouse::stats::planning::{Target, cochran};
/// let target = Target { share: 0.5, margin: 0.03, level: 0.95 };
/// assert!((cochran(target, Some(1068))? - 534.017989898275).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §4.4.
pub fn cochran(target: Target, population: Option<u64>) -> Result<f64, Refusal> {
    let (variance, z) = target.checked()?;
    let endless = variance * (z / target.margin).powi(2);
    match population {
        None => Ok(endless),
        Some(0) => Err(Refusal::NoObservations),
        // With fewer than one label the correction would turn against itself.
        Some(size) => Ok(endless / (1.0 + (endless - 1.0).max(0.0) / size as f64)),
    }
}

/// Cochran's sample size.
///
/// # Formula
///
/// [`cochran`], rounded up.
///
/// # Errors
///
/// As [`cochran`], and [`Refusal::TooLarge`] beyond [`LABEL_LIMIT`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::planning::{Target, sample_size};
/// let target = Target { share: 0.5, margin: 0.03, level: 0.95 };
/// assert_eq!(sample_size(target, None)?, 1068);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §4.4.
pub fn sample_size(target: Target, population: Option<u64>) -> Result<u64, Refusal> {
    round_up(cochran(target, population)?)
}

/// The smallest sample whose Wilson interval has the margin.
///
/// # Formula
///
/// min{n : (upper − lower)/2 ≤ d} for Wilson limits at the expected share p, with n* of
/// the finite population when N is known. Half the width falls with n, so n is found by
/// bisection.
///
/// # Errors
///
/// As [`sample_size`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::planning::{Target, wilson_sample_size};
/// let target = Target { share: 0.1, margin: 0.03, level: 0.95 };
/// assert_eq!(wilson_sample_size(target, None)?, 388);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. B. Wilson, JASA 22 (1927) 209–212, whose interval is searched.
pub fn wilson_sample_size(target: Target, population: Option<u64>) -> Result<u64, Refusal> {
    let (_, z) = target.checked()?;
    if population == Some(0) {
        return Err(Refusal::NoObservations);
    }
    let enough = |n: u64| -> Result<bool, Refusal> {
        let size = match population {
            Some(population) => finite_population::effective_size(n, population)?,
            None => n as f64,
        };
        Ok(0.5 * score_limits(target.share, size, z).width() <= target.margin)
    };
    let most = population.unwrap_or(LABEL_LIMIT).min(LABEL_LIMIT);
    if !enough(most)? {
        return too_many_labels();
    }
    let (mut low, mut high) = (1, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if enough(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

/// How much a rule over the whole list saves: its squared correlation with the truth.
///
/// # Formula
///
/// K = θ(1−θ)J²/[π(1−π)], π = θSe + (1−θ)(1−Sp), J = Se + Sp − 1; 1 for a perfect rule,
/// 0 for one that knows nothing. 0 where π is 0 or 1: a rule with one answer is no rule.
///
/// # Errors
///
/// [`Refusal::NotAShare`] unless θ, Se and Sp are shares.
///
/// # Examples
///
/// ```
/// let k = dormouse::stats::planning::rule_worth(0.5, 0.9, 0.9)?;
/// assert!((k - 0.64).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. Tenenbein, JASA 65 (1970) 1350–1361, for K and what it saves.
pub fn rule_worth(theta: f64, sensitivity: f64, specificity: f64) -> Result<f64, Refusal> {
    let (theta, se, sp) = (
        share_value(theta)?,
        share_value(sensitivity)?,
        share_value(specificity)?,
    );
    let counted = theta * se + (1.0 - theta) * (1.0 - sp);
    let variance = counted * (1.0 - counted);
    if variance <= 0.0 {
        return Ok(0.0);
    }
    let worth = theta * (1.0 - theta) * (se + sp - 1.0).powi(2) / variance;
    Ok(worth.clamp(0.0, 1.0))
}

/// Labels that are needed when a rule has classified the whole list.
///
/// # Formula
///
/// n₀(1−K), rounded up: n₀ of [`cochran`] without a population, K of [`rule_worth`].
///
/// # Errors
///
/// As [`sample_size`] and [`rule_worth`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::planning::{Target, audit_size};
/// let target = Target { share: 0.5, margin: 0.03, level: 0.95 };
/// assert_eq!(audit_size(target, 0.9, 0.9)?, 385);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. Tenenbein, JASA 65 (1970) 1350–1361.
pub fn audit_size(target: Target, sensitivity: f64, specificity: f64) -> Result<u64, Refusal> {
    let worth = rule_worth(target.share, sensitivity, specificity)?;
    round_up(cochran(target, None)? * (1.0 - worth))
}

/// Labels of an audit of a channel of known size, whose list a rule of known worth has
/// classified.
///
/// # Formula
///
/// n = n₁/(1 + (n₁−1)/N), rounded up, n₁ = n₀(1−K): n₀ of [`cochran`] without a population,
/// K = `worth` of [`rule_worth`], 0 without a rule. Never more than N.
///
/// # Errors
///
/// As [`sample_size`], and [`Refusal::NotAShare`] for K.
///
/// # Examples
///
/// ```
/// use dormouse::stats::planning::{Target, labels_needed};
/// let target = Target { share: 0.5, margin: 0.03, level: 0.95 };
/// assert_eq!(labels_needed(target, Some(5000), 0.0)?, 880);
/// assert_eq!(labels_needed(target, None, 0.64)?, 385);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §4.4; A. Tenenbein, JASA 65 (1970)
/// 1350–1361.
pub fn labels_needed(target: Target, population: Option<u64>, worth: f64) -> Result<u64, Refusal> {
    let endless = cochran(target, None)? * (1.0 - share_value(worth)?);
    match population {
        None => round_up(endless),
        Some(0) => Err(Refusal::NoObservations),
        Some(size) => {
            // With fewer than one label the correction would turn against itself.
            let corrected = endless / (1.0 + (endless - 1.0).max(0.0) / size as f64);
            round_up(corrected)
        }
    }
}

/// Half the width of the interval that a number of labels gives: [`labels_needed`] the
/// other way round.
///
/// # Formula
///
/// d = z√(p(1−p)(1−K)/n*), n* = n(N−1)/(N−n) (n without N; 0 where everybody is labelled),
/// K = `worth`, not above 1.
///
/// # Errors
///
/// [`Refusal::NotAShare`] for p or K, [`Refusal::Level`], [`Refusal::NoObservations`] without
/// labels, [`Refusal::PartExceedsWhole`] with more labels than followers.
///
/// # Examples
///
/// ```
/// use dormouse::stats::planning::margin_of;
/// assert!((margin_of(0.5, 1068, None, 0.0, 0.95)? - 0.03).abs() < 1e-4);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §4.4; A. Tenenbein, JASA 65 (1970)
/// 1350–1361.
pub fn margin_of(
    share: f64,
    labels: u64,
    population: Option<u64>,
    worth: f64,
    level: f64,
) -> Result<f64, Refusal> {
    let (p, k) = (share_value(share)?, share_value(worth)?);
    let z = normal::two_sided(level)?;
    if labels == 0 {
        return Err(Refusal::NoObservations);
    }
    let size = match population {
        None => labels as f64,
        Some(population) => finite_population::effective_size(labels, population)?,
    };
    Ok((z * (p * (1.0 - p) * (1.0 - k) / size).sqrt()).min(1.0))
}

fn round_up(labels: f64) -> Result<u64, Refusal> {
    // What is whole but for rounding errors is not rounded up.
    let labels = (labels - 1e-9).ceil().max(0.0);
    if labels > LABEL_LIMIT as f64 {
        return too_many_labels();
    }
    Ok(labels as u64)
}

pub(super) fn too_many_labels<T>() -> Result<T, Refusal> {
    Err(Refusal::TooLarge {
        what: "the number of labels",
        limit: LABEL_LIMIT,
    })
}
