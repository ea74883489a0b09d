//! The score interval of a difference, for comparison with [`newcombe`](super::difference::newcombe).

use super::many_groups::Group;
use super::{Estimate, Interval, Refusal, normal};

/// The Miettinen–Nurminen interval of p₁ − p₂.
///
/// # Formula
///
/// All δ with (d − δ)² ≤ z² V(δ), V(δ) = N/(N−1) × [p̃₁(1−p̃₁)/n₁ + p̃₂(1−p̃₂)/n₂], N = n₁ + n₂, p̃
/// the most likely shares with p̃₁ − p̃₂ = δ.
///
/// # Errors
///
/// [`Refusal::NoObservations`], [`Refusal::PartExceedsWhole`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::{many_groups::Group, miettinen_nurminen::miettinen_nurminen};
/// let (a, b) = (Group { successes: 56, n: 70 }, Group { successes: 48, n: 80 });
/// let d = miettinen_nurminen(a, b, 0.95)?;
/// assert!((d.lower - 0.052829713247774).abs() < 1e-6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// O. Miettinen, M. Nurminen, Statistics in Medicine 4 (1985) 213–226.
pub fn miettinen_nurminen(a: Group, b: Group, level: f64) -> Result<Estimate, Refusal> {
    let z = normal::two_sided(level)?;
    let (p1, p2) = (a.share()?, b.share()?);
    let estimate = p1 - p2;
    let (n1, n2) = (a.n as f64, b.n as f64);
    let small_sample = (n1 + n2) / (n1 + n2 - 1.0);
    let is_inside = |delta: f64| {
        let first = (most_likely(p1, n1, p2, n2, delta) + delta).clamp(0.0, 1.0);
        let second = (first - delta).clamp(0.0, 1.0);
        let variance = first * (1.0 - first) / n1 + second * (1.0 - second) / n2;
        (estimate - delta).powi(2) <= z * z * small_sample * variance
    };
    // The limits: from the estimate, which is inside, to the end, which need not be.
    let edge = |end: f64| {
        let (mut inside, mut outside) = (estimate, end);
        for _ in 0..60 {
            let middle = 0.5 * (inside + outside);
            if is_inside(middle) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        inside
    };
    let limits = Interval {
        lower: edge(-1.0),
        upper: edge(1.0),
    };
    Ok(Estimate::new(estimate, limits).clipped(-1.0, 1.0))
}

/// p₂ of the largest likelihood with p₁ = p₂ + δ: where the score, which falls, is 0.
fn most_likely(share1: f64, n1: f64, share2: f64, n2: f64, delta: f64) -> f64 {
    let pull = |share: f64, n: f64, p: f64| {
        let up = if share > 0.0 { share / p } else { 0.0 };
        let down = if share < 1.0 {
            (1.0 - share) / (1.0 - p)
        } else {
            0.0
        };
        n * (up - down)
    };
    let (mut low, mut high) = (0f64.max(-delta), 1f64.min(1.0 - delta));
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if pull(share1, n1, middle + delta) + pull(share2, n2, middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
