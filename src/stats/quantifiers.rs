//! Quantifiers: prevalence from a classifier, for comparison with the audit.
//!
//! Offered beside the audited estimate and never instead of it: they assume that the
//! classifier errs on this channel as it did where it was validated. A score is the
//! classifier's probability that a follower is dormant.

use super::Refusal;
use super::interval::share_value;
use super::misclassification::{Corrected, rogan_gladen};

/// How often a classifier calls dormant and active followers dormant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Among the dormant: sensitivity.
    pub true_positive: f64,
    /// Among the active: 1 − specificity.
    pub false_positive: f64,
}

/// Classify and count.
///
/// # Formula
///
/// The share of scores strictly above `threshold`.
///
/// # Errors
///
/// [`Refusal::NoObservations`] without scores, [`Refusal::NotAShare`] for a score
/// outside `[0, 1]`.
///
/// # Examples
///
/// ```
/// let share = dormouse::stats::quantifiers::classify_and_count(&[0.2, 0.5, 0.9], 0.5)?;
/// assert!((share - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. Forman, Data Mining and Knowledge Discovery 17 (2008) 164–206.
pub fn classify_and_count(scores: &[f64], threshold: f64) -> Result<f64, Refusal> {
    mean(scores.iter().copied(), |score| {
        f64::from(u8::from(score > threshold))
    })
}

/// Probabilistic classify and count.
///
/// # Formula
///
/// The mean score.
///
/// # Errors
///
/// As [`classify_and_count`].
///
/// # Examples
///
/// ```
/// let share = dormouse::stats::quantifiers::probabilistic_count(&[0.25, 0.75])?;
/// assert_eq!(share, 0.5);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. Bella, C. Ferri, J. Hernández-Orallo, M. J. Ramírez-Quintana, ICDM (2010) 737–742.
pub fn probabilistic_count(scores: &[f64]) -> Result<f64, Refusal> {
    mean(scores.iter().copied(), |score| score)
}

/// The rates of the classified labels in a validation sample.
///
/// # Formula
///
/// The shares of scores above `threshold` among the dormant and among the active.
///
/// # Errors
///
/// [`Refusal::LengthsDiffer`], [`Refusal::NoObservations`] unless there are dormant and
/// active followers, [`Refusal::NotAShare`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::quantifiers::hard_rates;
/// let rates = hard_rates(&[true, true, false, false], &[0.9, 0.4, 0.1, 0.2], 0.5)?;
/// assert_eq!((rates.true_positive, rates.false_positive), (0.5, 0.0));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. Forman, Data Mining and Knowledge Discovery 17 (2008) 164–206.
pub fn hard_rates(dormant: &[bool], scores: &[f64], threshold: f64) -> Result<Rates, Refusal> {
    rates(dormant, scores, |score| {
        f64::from(u8::from(score > threshold))
    })
}

/// The rates of the scores themselves in a validation sample.
///
/// # Formula
///
/// The mean scores of the dormant and of the active.
///
/// # Errors
///
/// As [`hard_rates`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::quantifiers::soft_rates;
/// let rates = soft_rates(&[true, false], &[0.75, 0.25])?;
/// assert_eq!((rates.true_positive, rates.false_positive), (0.75, 0.25));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. Bella, C. Ferri, J. Hernández-Orallo, M. J. Ramírez-Quintana, ICDM (2010) 737–742.
pub fn soft_rates(dormant: &[bool], scores: &[f64]) -> Result<Rates, Refusal> {
    rates(dormant, scores, |score| score)
}

/// A count adjusted by the rates: ACC with counts and hard rates, PACC with mean scores
/// and soft rates.
///
/// # Formula
///
/// θ = (counted − fpr)/(tpr − fpr), the Rogan–Gladen correction.
///
/// # Errors
///
/// [`Refusal::NotAShare`], [`Refusal::NoBetterThanChance`] if tpr ≤ fpr.
///
/// # Examples
///
/// ```
/// use dormouse::stats::quantifiers::{Rates, adjusted_count};
/// let rates = Rates { true_positive: 0.8, false_positive: 0.2 };
/// assert!((adjusted_count(0.425, rates)?.share - 0.375).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. Forman, Data Mining and Knowledge Discovery 17 (2008) 164–206.
pub fn adjusted_count(counted: f64, rates: Rates) -> Result<Corrected, Refusal> {
    let specificity = 1.0 - share_value(rates.false_positive)?;
    rogan_gladen(counted, rates.true_positive, specificity)
}

/// A prevalence found by iteration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterated {
    /// The prevalence.
    pub share: f64,
    /// Rounds that were needed.
    pub rounds: u32,
    /// Whether it came to rest; if not, `share` is where it stood after the last round.
    pub converged: bool,
}

/// The EM algorithm of Saerens, Latinne and Decaestecker (EMQ, SLD).
///
/// # Formula
///
/// From q = π₀, the prevalence in training: p_i ← (q/π₀)s_i / [(q/π₀)s_i +
/// ((1−q)/(1−π₀))(1−s_i)], q ← mean p_i, until q moves by less than 1e-12 or after 1,000
/// rounds. Needs calibrated scores s_i and a pure shift of the prevalence.
///
/// # Errors
///
/// As [`classify_and_count`]; [`Refusal::OutsideDomain`] for π₀ within 1e-9 of 0 or 1.
///
/// # Examples
///
/// ```
/// let found = dormouse::stats::quantifiers::expectation_maximisation(&[0.5, 0.5], 0.5)?;
/// assert!(found.converged && (found.share - 0.5).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// M. Saerens, P. Latinne, C. Decaestecker, Neural Computation 14 (2002) 21–41.
pub fn expectation_maximisation(scores: &[f64], training: f64) -> Result<Iterated, Refusal> {
    const MOST_ROUNDS: u32 = 1000;
    const REST: f64 = 1e-12;
    if !(1e-9..=1.0 - 1e-9).contains(&training) {
        return Err(Refusal::OutsideDomain {
            must: "the prevalence in training is at least 1e-9 away from 0 and 1",
            value: training,
        });
    }
    let mut share = training;
    for round in 1..=MOST_ROUNDS {
        let (up, down) = (share / training, (1.0 - share) / (1.0 - training));
        let next = mean(scores.iter().copied(), |score| {
            let whole = up * score + down * (1.0 - score);
            if whole > 0.0 {
                up * score / whole
            } else {
                score
            }
        })?
        .clamp(0.0, 1.0);
        let moved = (next - share).abs();
        share = next;
        if moved < REST {
            return Ok(Iterated {
                share,
                rounds: round,
                converged: true,
            });
        }
    }
    Ok(Iterated {
        share,
        rounds: MOST_ROUNDS,
        converged: false,
    })
}

fn rates(
    dormant: &[bool],
    scores: &[f64],
    value: impl Fn(f64) -> f64 + Copy,
) -> Result<Rates, Refusal> {
    if dormant.len() != scores.len() {
        return Err(Refusal::LengthsDiffer {
            first: dormant.len(),
            second: scores.len(),
        });
    }
    let of = |wanted: bool| {
        let chosen = dormant.iter().zip(scores);
        let chosen = chosen.filter(move |&(&is_dormant, _)| is_dormant == wanted);
        mean(chosen.map(|(_, &score)| score), value)
    };
    Ok(Rates {
        true_positive: of(true)?,
        false_positive: of(false)?,
    })
}

fn mean(scores: impl Iterator<Item = f64>, value: impl Fn(f64) -> f64) -> Result<f64, Refusal> {
    let (mut sum, mut count) = (0.0, 0u64);
    for score in scores {
        sum += value(share_value(score)?);
        count += 1;
    }
    if count == 0 {
        Err(Refusal::NoObservations)
    } else {
        Ok((sum / count as f64).clamp(0.0, 1.0))
    }
}
