//! The standard normal distribution: the only one that the default way needs.

use std::f64::consts::SQRT_2;

use statrs::function::erf::{erfc, erfc_inv};

use super::Refusal;

/// Φ(x), to a relative error of 1e-10.
pub(super) fn cdf(x: f64) -> f64 {
    0.5 * erfc(-x / SQRT_2)
}

/// The two-sided p-value of a standard normal statistic.
///
/// # Formula
///
/// 2(1 − Φ(|z|)).
///
/// # Examples
///
/// ```
/// let p = dormouse::stats::normal::two_sided_p(1.959963984540054);
/// assert!((p - 0.05).abs() < 1e-9);
/// ```
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, §7.2, for erfc.
#[must_use]
pub fn two_sided_p(statistic: f64) -> f64 {
    erfc(statistic.abs() / SQRT_2).min(1.0)
}

/// The quantile of a two-sided interval: z with P(−z ≤ Z ≤ z) = level.
///
/// # Formula
///
/// z = Φ⁻¹(1 − α/2), α = 1 − level; 1.959963984540054 at 95 %.
///
/// # Errors
///
/// [`Refusal::Level`] unless 0 < level < 1.
///
/// # Examples
///
/// ```
/// let z = dormouse::stats::normal::two_sided(0.95)?;
/// assert!((z - 1.959963984540054).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, §7.17, for the inverse of erfc.
pub fn two_sided(level: f64) -> Result<f64, Refusal> {
    let alpha = 1.0 - checked(level)?;
    Ok(upper_quantile(0.5 * alpha).max(0.0))
}

/// The quantile of a one-sided limit: z with P(Z ≤ z) = level.
///
/// # Formula
///
/// z = Φ⁻¹(level); 1.6448536269514722 at 95 %, negative below 50 %.
///
/// # Errors
///
/// [`Refusal::Level`] unless 0 < level < 1.
///
/// # Examples
///
/// ```
/// let z = dormouse::stats::normal::one_sided(0.95)?;
/// assert!((z - 1.6448536269514722).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, §7.17, for the inverse of erfc.
pub fn one_sided(level: f64) -> Result<f64, Refusal> {
    Ok(upper_quantile(1.0 - checked(level)?))
}

/// The level itself, if it is one.
pub(super) fn checked(level: f64) -> Result<f64, Refusal> {
    // A level so small that 1 − level is 1 would make the quantile infinite.
    if level > 0.0 && level < 1.0 && 1.0 - level < 1.0 {
        Ok(level)
    } else {
        Err(Refusal::Level { level })
    }
}

/// x with P(Z > x) = tail, for 0 < tail < 1.
fn upper_quantile(tail: f64) -> f64 {
    SQRT_2 * erfc_inv(2.0 * tail)
}
