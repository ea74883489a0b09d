//! Pareto/NBD: death may come at any time.

use super::bg_nbd::ln_rates;
use super::{History, Model, in_domain, ln_add, odds};
use crate::stats::{Refusal, quadrature};

/// The Pareto/NBD model: rates Gamma(r, α), hazards of death Gamma(s, β).
///
/// # Formula
///
/// L = Γ(r+x)α^r β^s/Γ(r) (E + sI), E = (α+T)^−(r+x) (β+T)^−s,
/// I = ∫ (α+u)^−(r+x) (β+u)^−(s+1) du over (t_x, T). P(alive) = E/(E+sI).
///
/// The integral, usually written as a hypergeometric function, is taken by quadrature over
/// v = ln(α+u).
///
/// # Examples
///
/// ```
/// use dormouse::stats::btyd::{History, Model, ParetoNbd};
/// let model = ParetoNbd::from_parameters([0.553, 10.578, 0.606, 11.669])?;
/// let alive = model.alive(History::new(7, 29.43, 38.86)?);
/// assert!((alive - 0.749501407667034).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// D. C. Schmittlein, D. G. Morrison, R. Colombo, Management Science 33 (1987) 1–24.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the rates.
    pub r: f64,
    /// Days of the rates.
    pub alpha: f64,
    /// Shape of the hazards.
    pub s: f64,
    /// Days of the hazards.
    pub beta: f64,
}

impl ParetoNbd {
    /// ln E and ln sI.
    fn branches(&self, history: History) -> (f64, f64) {
        let shape = self.r + history.posts();
        let lives =
            -shape * (self.alpha + history.age()).ln() - self.s * (self.beta + history.age()).ln();
        (lives, self.s.ln() + self.ln_died(history))
    }

    /// ln I.
    ///
    /// In v = ln(α+u) the integrand is e^−(r+x−1)v (β+u)^−(s+1), whose logarithm falls at a
    /// rate that changes monotonely: panels span a fall of four at most, and end where
    /// nothing is left.
    fn ln_died(&self, history: History) -> f64 {
        const FALL: f64 = 4.0;
        const WIDEST: f64 = 2.0;
        const NOTHING_LEFT: f64 = -50.0;
        const MOST_PANELS: usize = 500;
        let power = self.r + history.posts() - 1.0;
        let from_alpha = |v: f64| self.beta + (v.exp() - self.alpha).max(0.0);
        let ln_value = |v: f64| -power * v - (self.s + 1.0) * from_alpha(v).ln();
        let rate = |v: f64| (power + (self.s + 1.0) * v.exp() / from_alpha(v)).abs();
        let (start, end) = (
            (self.alpha + history.last()).ln(),
            (self.alpha + history.age()).ln(),
        );
        let first = ln_value(start);
        let (mut low, mut sum) = (start, 0.0);
        for _ in 0..MOST_PANELS {
            if low >= end || ln_value(low) - first < NOTHING_LEFT {
                break;
            }
            let wide = (FALL / rate(low)).min(WIDEST);
            let high = (low + (FALL / rate(low + wide)).min(wide)).min(end);
            if high <= low {
                break;
            }
            for (v, weight) in quadrature::panel(low, high) {
                sum += weight * (ln_value(v) - first).exp();
            }
            low = high;
        }
        if sum > 0.0 {
            first + sum.ln()
        } else {
            f64::NEG_INFINITY
        }
    }
}

impl Model for ParetoNbd {
    type Data = History;

    fn from_parameters(parameters: [f64; 4]) -> Result<Self, Refusal> {
        let [r, alpha, s, beta] = in_domain(parameters)?;
        Ok(Self { r, alpha, s, beta })
    }

    fn starts(data: &[History]) -> [[f64; 4]; 3] {
        let (rate, age) = History::scale(data);
        [(1.0, 1.0, 2.0), (0.5, 0.5, 0.5), (1.0, 2.0, 1.0)]
            .map(|(r, s, ages)| [r, r / rate, s, ages * age])
    }

    fn log_likelihood(&self, history: History) -> f64 {
        let (lives, died) = self.branches(history);
        ln_rates(self.r, self.alpha, history) + self.s * self.beta.ln() + ln_add(lives, died)
    }

    fn alive(&self, history: History) -> f64 {
        let (lives, died) = self.branches(history);
        odds(lives, died)
    }
}
