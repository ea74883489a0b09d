//! The share of dormant followers from an audit of a list that is itself a sample.
//!
//! Forgetting the first draw is the easy mistake: the interval then covers 80 % where
//! it says 95 %. What counts in the first phase is the total variance θ(1−θ), not only
//! the part between the strata, because the second phase is corrected for the size of
//! the list.

use super::post_stratified::mover_wilson;
use super::strata::{Audit, Cell};
use super::{Estimate, Refusal, Stratum, normal};

/// The post-stratified share of a random sample, with both draws in the limits.
///
/// # Formula
///
/// As [`post_stratified`](super::post_stratified::post_stratified) with N_h the sizes in
/// the list and n = Σ N_h; lower θ − √(Σ W_h²(p_h − l_h)² + (θ − l₁)²), upper likewise,
/// (l₁, u₁) the Wilson limits at p = θ and n* = n(N−1)/(N−n), N = `population`.
///
/// # Errors
///
/// As [`post_stratified`](super::post_stratified::post_stratified), and
/// [`Refusal::PartExceedsWhole`] if the list is longer than the channel.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Stratum, two_phase::two_phase};
/// let silent = Stratum { size: 300, dormant: 50, active: 10, unknown: 0 };
/// let awake = Stratum { size: 700, dormant: 9, active: 81, unknown: 0 };
/// let share = two_phase(&[silent, awake], 5000, 0.95)?;
/// assert!((share.lower - 0.269955606173089).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C.-E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling (1992), §9.4.
pub fn two_phase(strata: &[Stratum], population: u64, level: f64) -> Result<Estimate, Refusal> {
    let z = normal::two_sided(level)?;
    let audit = Audit::new(strata, Some(population))?;
    audit.estimable()?;
    Ok(mover_wilson(&audit, Cell::dormant_share, z))
}
