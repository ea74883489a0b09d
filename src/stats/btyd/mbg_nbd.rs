//! MBG/NBD: death may also come before the first post.

use super::bg_nbd::{ln_rates, starts_of_rates};
use super::{History, Model, in_domain, ln_add, odds};
use crate::stats::Refusal;
use crate::stats::beta::ln_beta;

/// The MBG/NBD model: as BG/NBD, with a chance of death at time 0.
///
/// # Formula
///
/// L = A₁A₂(A₃+A₄) with A₁, A₃ of BG/NBD, A₂ = B(a, b+x+1)/B(a, b),
/// A₄ = a/(b+x) (α+t_x)^−(r+x) for every x. P(alive) = A₃/(A₃+A₄).
///
/// # Examples
///
/// ```
/// use dormouse::stats::btyd::{History, MbgNbd, Model};
/// let model = MbgNbd::from_parameters([0.243, 4.414, 0.793, 2.426])?;
/// let alive = model.alive(History::new(0, 0.0, 39.0)?);
/// assert!((alive - 0.63707188335382).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. P. Batislam, M. Denizel, A. Filiztekin, International Journal of Research in Marketing
/// 24 (2007) 201–209.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MbgNbd {
    /// Shape of the rates.
    pub r: f64,
    /// Days of the rates.
    pub alpha: f64,
    /// First shape of the probability of death.
    pub a: f64,
    /// Second shape of the probability of death.
    pub b: f64,
}

impl MbgNbd {
    /// ln A₃ and ln A₄.
    fn branches(&self, history: History) -> (f64, f64) {
        let shape = self.r + history.posts();
        let lives = -shape * (self.alpha + history.age()).ln();
        let died =
            (self.a / (self.b + history.posts())).ln() - shape * (self.alpha + history.last()).ln();
        (lives, died)
    }
}

impl Model for MbgNbd {
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
        ln_rates(self.r, self.alpha, history) + ln_beta(self.a, self.b + history.posts() + 1.0)
            - ln_beta(self.a, self.b)
            + ln_add(lives, died)
    }

    fn alive(&self, history: History) -> f64 {
        let (lives, died) = self.branches(history);
        odds(lives, died)
    }
}
