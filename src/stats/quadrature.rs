//! Gauss–Legendre quadrature: integrals over short panels.

use std::f64::consts::PI;
use std::sync::LazyLock;

const POINTS: usize = 16;

/// Nodes and weights on [−1, 1].
static RULE: LazyLock<[(f64, f64); POINTS]> = LazyLock::new(|| {
    let n = POINTS as f64;
    std::array::from_fn(|i| {
        // Newton from Tricomi's approximation to the i-th root of the polynomial.
        let mut x = (PI * (i as f64 + 0.75) / (n + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..8 {
            let (value, derivative) = legendre(x);
            x -= value / derivative;
            slope = derivative;
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
});

/// The Legendre polynomial of degree [`POINTS`] and its derivative.
fn legendre(x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for degree in 2..=POINTS {
        let k = degree as f64;
        let next = ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k;
        before = value;
        value = next;
    }
    let n = POINTS as f64;
    (value, n * (x * value - before) / (x * x - 1.0))
}

/// The points of a panel with their weights: ∫ f ≈ Σ weight × f(point).
pub(super) fn panel(low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    let (centre, half) = (0.5 * (low + high), 0.5 * (high - low));
    RULE.iter()
        .map(move |&(node, weight)| (centre + half * node, half * weight))
}

#[cfg(test)]
mod tests {
    use super::panel;

    #[test]
    fn polynomials_up_to_degree_31_are_exact() {
        let integral: f64 = panel(0.0, 2.0).map(|(x, weight)| weight * x.powi(31)).sum();
        let exact = 2f64.powi(32) / 32.0;
        assert!((integral / exact - 1.0).abs() < 1e-13, "{integral}");
    }
}
