//! How probable it is that one channel's share is the larger.
//!
//! A probability under the sampling model: how "dormant" was defined and what is missing
//! is not in it. For samples of one stratum each; audited channels are in
//! [`prob_larger_audited`](super::prob_larger_audited).

use std::f64::consts::{FRAC_PI_2, LN_2};

use super::many_groups::Group;
use super::proportion::BETA_LIMIT;
use super::{Refusal, beta, quadrature};

/// The probability that the share of `a` is larger than that of `b`.
///
/// # Formula
///
/// ∫ f_a(x) F_b(x) dx, f and F the density and distribution function of the Jeffreys
/// posterior Beta(k+½, n−k+½) of each.
///
/// # Errors
///
/// As [`prob_largest`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::{many_groups::Group, prob_larger::prob_larger};
/// let p = prob_larger(Group { successes: 56, n: 70 }, Group { successes: 48, n: 80 })?;
/// assert!((p - 0.99627367921419).abs() < 1e-6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// H. Jeffreys, Theory of Probability, 3rd ed. (1961), §3.10, for the prior.
pub fn prob_larger(a: Group, b: Group) -> Result<f64, Refusal> {
    let both = prob_largest(&[a, b])?;
    both.first().copied().ok_or(Refusal::NoObservations)
}

/// The probability of each group that its share is the largest of all.
///
/// # Formula
///
/// ∫ f_i(x) Π_{j≠i} F_j(x) dx, by Gauss–Legendre panels over the angle φ of x = sin²φ, in
/// which every posterior has nearly one width and none a pole. A group without
/// observations has the prior Beta(½, ½).
///
/// # Errors
///
/// [`Refusal::PartExceedsWhole`], [`Refusal::TooLarge`] beyond n = [`BETA_LIMIT`],
/// [`Refusal::TooFew`] without groups.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{many_groups::Group, prob_larger::prob_largest};
/// let p = prob_largest(&[Group { successes: 0, n: 50 }, Group { successes: 0, n: 60 }])?;
/// assert!((p[0] - 0.528845094287728).abs() < 1e-6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// H. Jeffreys, Theory of Probability, 3rd ed. (1961), §3.10, for the prior.
pub fn prob_largest(groups: &[Group]) -> Result<Vec<f64>, Refusal> {
    let mut posteriors = Vec::with_capacity(groups.len());
    for group in groups {
        posteriors.push(Posterior::new(*group)?);
    }
    if posteriors.is_empty() {
        return Err(Refusal::TooFew {
            what: "groups",
            found: 0,
            needed: 1,
        });
    }
    let mut probabilities = vec![0.0; posteriors.len()];
    let edges = edges(&posteriors);
    for (&low, &high) in edges.iter().zip(edges.iter().skip(1)) {
        for (angle, weight) in quadrature::panel(low, high) {
            let mut below = Vec::with_capacity(posteriors.len());
            for posterior in &posteriors {
                below.push(posterior.cdf(angle)?);
            }
            for (place, (posterior, sum)) in posteriors.iter().zip(&mut probabilities).enumerate() {
                let others = below
                    .iter()
                    .enumerate()
                    .filter(|&(other, _)| other != place);
                let all_below: f64 = others.map(|(_, probability)| probability).product();
                *sum += weight * posterior.density(angle) * all_below;
            }
        }
    }
    Ok(probabilities
        .into_iter()
        .map(|p| p.clamp(0.0, 1.0))
        .collect())
}

/// Panels no wider than a standard deviation of any posterior that has mass there.
fn edges(posteriors: &[Posterior]) -> Vec<f64> {
    const DEVIATIONS: i32 = 12;
    let mut edges: Vec<f64> = posteriors
        .iter()
        .flat_map(|posterior| {
            (-DEVIATIONS..=DEVIATIONS)
                .map(|step| posterior.centre + f64::from(step) * posterior.width)
        })
        .map(|angle| angle.clamp(0.0, FRAC_PI_2))
        .collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    edges
}

/// Beta(a, b) of x = sin²φ, as a distribution of φ.
struct Posterior {
    a: f64,
    b: f64,
    ln_beta: f64,
    centre: f64,
    width: f64,
}

impl Posterior {
    fn new(group: Group) -> Result<Self, Refusal> {
        let Group { successes, n } = group;
        if successes > n {
            return Err(Refusal::PartExceedsWhole {
                part: successes,
                whole: n,
            });
        }
        if n > BETA_LIMIT {
            return Err(Refusal::TooLarge {
                what: "n of a posterior",
                limit: BETA_LIMIT,
            });
        }
        let (a, b) = (successes as f64 + 0.5, (n - successes) as f64 + 0.5);
        Ok(Self {
            a,
            b,
            ln_beta: beta::ln_beta(a, b),
            centre: (a / (a + b)).sqrt().asin(),
            width: 0.5 / (a + b).sqrt(),
        })
    }

    fn density(&self, angle: f64) -> f64 {
        let (sin, cos) = angle.sin_cos();
        let ln_power = |exponent: f64, base: f64| {
            if exponent == 0.0 {
                0.0
            } else {
                exponent * base.ln()
            }
        };
        let ln_sin = ln_power(2.0 * self.a - 1.0, sin);
        let ln_cos = ln_power(2.0 * self.b - 1.0, cos);
        (LN_2 + ln_sin + ln_cos - self.ln_beta).exp()
    }

    fn cdf(&self, angle: f64) -> Result<f64, Refusal> {
        beta::cdf(beta::Point::from_angle(angle), self.a, self.b)
    }
}
