//! BG/NBD: death may follow a post.

use statrs::function::gamma::ln_gamma;

use super::{History, Model, in_domain, ln_add, odds};
use crate::stats::Refusal;
use crate::stats::beta::ln_beta;

/// The BG/NBD model: rates Gamma(r, α), death after a post with probability Beta(a, b).
///
/// An account that never posted lives with probability 1, by construction.
///
/// # Formula
///
/// L = A₁A₂(A₃+A₄): A₁ = Γ(r+x)α^r/Γ(r), A₂ = B(a, b+x)/B(a, b), A₃ = (α+T)^−(r+x),
/// A₄ = \[x>0\] a/(b+x−1) (α+t_x)^−(r+x). P(alive) = A₃/(A₃+A₄).
///
/// # Examples
///
/// ```
/// use dormouse::stats::btyd::{BgNbd, History, Model};
/// let model = BgNbd::from_parameters([0.243, 4.414, 0.793, 2.426])?;
/// let alive = model.alive(History::new(7, 29.43, 38.86)?);
/// assert!((alive - 0.641756345946107).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// P. S. Fader, B. G. S. Hardie, K. L. Lee, Marketing Science 24 (2005) 275–284.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgNbd {
    /// Shape of the rates.
    pub r: f64,
    /// Days of the rates.
    pub alpha: f64,
    /// First shape of the probability of death.
    pub a: f64,
    /// Second shape of the probability of death.
    pub b: f64,
}

impl BgNbd {
    /// ln A₃ and ln A₄.
    fn branches(&self, history: History) -> (f64, f64) {
        let shape = self.r + history.posts();
        let lives = -shape * (self.alpha + history.age()).ln();
        let died = if history.posts() > 0.0 {
            (self.a / (self.b + (history.posts() - 1.0))).ln()
                - shape * (self.alpha + history.last()).ln()
        } else {
            f64::NEG_INFINITY
        };
        (lives, died)
    }
}

impl Model for BgNbd {
    type Data = History;

    fn from_parameters(parameters: [f64; 4]) -> Result<Self, Refusal> {
        let [r, alpha, a, b] = in_domain(parameters)?;
        Ok(Self { r, alpha, a, b })
    }

    fn starts(data: &[History]) -> [[f64; 4]; 3] {
        starts_of_rates(data)
    }

    fn log_likelihood(&self, history: History) -> f64 {
        let (lives, died) = self.branches(history);
        ln_rates(self.r, self.alpha, history) + ln_beta(self.a, self.b + history.posts())
            - ln_beta(self.a, self.b)
            + ln_add(lives, died)
    }

    fn alive(&self, history: History) -> f64 {
        let (lives, died) = self.branches(history);
        odds(lives, died)
    }
}

/// ln(Γ(r+x)α^r/Γ(r)): what gamma rates give to every model with posts at random times.
pub(super) fn ln_rates(r: f64, alpha: f64, history: History) -> f64 {
    ln_gamma(r + history.posts()) - ln_gamma(r) + r * alpha.ln()
}

/// Rates as observed, spread a little, much and very much; deaths rare to frequent.
pub(super) fn starts_of_rates(data: &[History]) -> [[f64; 4]; 3] {
    let (rate, _) = History::scale(data);
    [(1.0, 0.5, 2.0), (0.5, 0.5, 5.0), (2.0, 1.0, 1.0)].map(|(r, a, b)| [r, r / rate, a, b])
}
