//! A share counted by a rule whose errors are known from elsewhere.
//!
//! Only for sensitivity and specificity from *outside* the channel, and those do not
//! travel between platforms: in the synthetic population the same rule has Se .89, .86,
//! .96, .62 and Sp .66, .45, .25, .82 on its four platforms. With an audit of the channel
//! itself, [`post_stratified`](super::post_stratified) is narrower and safer.

use super::interval::{share, share_value};
use super::{Interval, Refusal, normal, proportion};

/// A share corrected for the errors of the rule that counted it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// The correction as it came out; below 0 or above 1 when the counted share does
    /// not agree with Se and Sp.
    pub raw: f64,
    /// The correction within `[0, 1]`.
    pub share: f64,
    /// Youden's index J = Se + Sp − 1.
    pub youden: f64,
}

impl Corrected {
    /// Whether the counted share cannot come from a rule of this Se and Sp; intervals
    /// may then have no width, which is not certainty.
    #[must_use]
    pub fn is_inconsistent(self) -> bool {
        self.raw != self.share
    }

    /// Whether the rule is so weak (J < 0.2) that the correction is mostly noise: its
    /// width goes with 1/J.
    #[must_use]
    pub fn is_weak(self) -> bool {
        self.youden < 0.2
    }
}

/// The Rogan–Gladen correction of a counted share.
///
/// # Formula
///
/// θ = (π + Sp − 1)/(Se + Sp − 1), π the share that the rule counted.
///
/// # Errors
///
/// [`Refusal::NotAShare`]; [`Refusal::NoBetterThanChance`] if Se + Sp ≤ 1: the sign is
/// never turned.
///
/// # Examples
///
/// ```
/// let found = dormouse::stats::misclassification::rogan_gladen(0.15, 0.9, 0.9)?;
/// assert!((found.share - 0.0625).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. J. Rogan, B. Gladen, American Journal of Epidemiology 107 (1978) 71–76.
pub fn rogan_gladen(
    counted: f64,
    sensitivity: f64,
    specificity: f64,
) -> Result<Corrected, Refusal> {
    let (pi, se, sp) = (
        share_value(counted)?,
        share_value(sensitivity)?,
        share_value(specificity)?,
    );
    let youden = better_than_chance(se + sp - 1.0)?;
    let raw = (pi + sp - 1.0) / youden;
    if !raw.is_finite() {
        return Err(Refusal::NoBetterThanChance { youden });
    }
    Ok(Corrected {
        raw,
        share: raw.clamp(0.0, 1.0),
        youden,
    })
}

/// Se + Sp − 1 itself, if it is above 0 by more than rounding.
fn better_than_chance(youden: f64) -> Result<f64, Refusal> {
    if youden > 4.0 * f64::EPSILON {
        Ok(youden)
    } else {
        Err(Refusal::NoBetterThanChance { youden })
    }
}

/// The interval of a corrected share when Se and Sp are known without error.
///
/// # Formula
///
/// Wilson limits of k/n through [`rogan_gladen`], clipped to `[0, 1]`. `[0, 1]` at n = 0.
///
/// # Errors
///
/// As [`rogan_gladen`] and [`wilson`](proportion::wilson).
///
/// # Examples
///
/// ```
/// use dormouse::stats::misclassification::known_accuracy;
/// let limits = known_accuracy(30, 200, 0.9, 0.9, 0.9)?;
/// assert!((limits.upper - 0.120234498674382).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// J. Reiczigel, J. Földi, L. Ózsvári, Epidemiology and Infection 138 (2010) 1674–1678.
pub fn known_accuracy(
    counted: u64,
    n: u64,
    sensitivity: f64,
    specificity: f64,
    level: f64,
) -> Result<Interval, Refusal> {
    let limits = proportion::wilson(counted, n, level)?;
    let through = |value| rogan_gladen(value, sensitivity, specificity).map(|found| found.share);
    let mapped = Interval {
        lower: through(limits.lower)?,
        upper: through(limits.upper)?,
    };
    Ok(if n == 0 { Interval::UNIT } else { mapped })
}

/// How often a rule was right in a sample of known truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validation {
    /// Dormant followers that the rule found.
    pub found_dormant: u64,
    /// Dormant followers looked at.
    pub dormant: u64,
    /// Active followers that the rule left alone.
    pub found_active: u64,
    /// Active followers looked at.
    pub active: u64,
}

/// The interval of a corrected share when Se and Sp come from samples of their own.
///
/// # Formula
///
/// n′ = n+z², π′ = (k+z²/2)/n′; Se′ = (k_se+1)/(n_se+2), Sp′ likewise; J′ = Se′+Sp′−1,
/// θ′ = (π′+Sp′−1)/J′ within `[0, 1]`; with v = Se′(1−Se′)/(n_se+2) and w likewise for Sp:
/// δ = 2z²[θ′v − (1−θ′)w], s = √(π′(1−π′)/n′ + θ′²v + (1−θ′)²w)/J′; limits θ′+δ ± z s,
/// clipped to `[0, 1]`.
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`], [`Refusal::NoObservations`] if a sample is empty,
/// [`Refusal::NoBetterThanChance`] if J′ ≤ 0, [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::misclassification::{Validation, lang_reiczigel};
/// let rule = Validation { found_dormant: 45, dormant: 50, found_active: 90, active: 100 };
/// let limits = lang_reiczigel(30, 200, rule, 0.9)?;
/// assert!((limits.upper - 0.13773408568775).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// Z. Lang, J. Reiczigel, Preventive Veterinary Medicine 113 (2014) 13–22. In print one
/// sign is wrong: the last term under the root carries (1−θ)².
pub fn lang_reiczigel(
    counted: u64,
    n: u64,
    rule: Validation,
    level: f64,
) -> Result<Interval, Refusal> {
    let z = normal::two_sided(level)?;
    share(counted, n)?;
    share(rule.found_dormant, rule.dormant)?;
    share(rule.found_active, rule.active)?;
    let size = n as f64 + z * z;
    let pi = (counted as f64 + 0.5 * z * z) / size;
    let (se_size, sp_size) = (rule.dormant as f64 + 2.0, rule.active as f64 + 2.0);
    let se = (rule.found_dormant as f64 + 1.0) / se_size;
    let sp = (rule.found_active as f64 + 1.0) / sp_size;
    let youden = better_than_chance(se + sp - 1.0)?;
    let theta = (pi + sp - 1.0) / youden;
    let (se_variance, sp_variance) = (se * (1.0 - se) / se_size, sp * (1.0 - sp) / sp_size);
    let shift = 2.0 * z * z * (theta * se_variance - (1.0 - theta) * sp_variance);
    let variance =
        pi * (1.0 - pi) / size + theta.powi(2) * se_variance + (1.0 - theta).powi(2) * sp_variance;
    let half_width = z * variance.sqrt() / youden;
    Ok(Interval {
        lower: theta + shift - half_width,
        upper: theta + shift + half_width,
    }
    .clipped(0.0, 1.0))
}
