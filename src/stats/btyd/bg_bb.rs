//! BG/BB: whole periods with or without a post.

use super::{Model, in_domain, ln_add};
use crate::stats::Refusal;
use crate::stats::beta::ln_beta;

/// What is seen of one account in periods, such as months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    active: u32,
    last: u32,
    observed: u32,
}

impl Periods {
    /// `active` periods with at least one post, the last of them the `last`-th, out of
    /// `observed`.
    ///
    /// # Errors
    ///
    /// [`Refusal::PartExceedsWhole`] unless active ≤ last ≤ observed,
    /// [`Refusal::OutsideDomain`] if one of active and last is 0 and the other is not,
    /// [`Refusal::TooLarge`] beyond 100,000 periods.
    ///
    /// # Examples
    ///
    /// ```
    /// use dormouse::stats::btyd::Periods;
    /// assert!(Periods::new(3, 4, 6).is_ok());
    /// assert!(Periods::new(5, 4, 6).is_err());
    /// ```
    pub fn new(active: u32, last: u32, observed: u32) -> Result<Self, Refusal> {
        const MOST_PERIODS: u32 = 100_000;
        for (part, whole) in [(active, last), (last, observed)] {
            if part > whole {
                return Err(Refusal::PartExceedsWhole {
                    part: part.into(),
                    whole: whole.into(),
                });
            }
        }
        if active == 0 && last > 0 {
            return Err(Refusal::OutsideDomain {
                must: "without an active period there is no last one",
                value: last.into(),
            });
        }
        if observed > MOST_PERIODS {
            return Err(Refusal::TooLarge {
                what: "the number of periods",
                limit: MOST_PERIODS.into(),
            });
        }
        Ok(Self {
            active,
            last,
            observed,
        })
    }
}

/// The BG/BB model: a post in a period with probability Beta(α, β), death before a period with
/// probability Beta(γ, δ).
///
/// # Formula
///
/// L = \[B(α+x, β+n−x) B(γ, δ+n) + Σ_{j=0}^{n−t_x−1} B(α+x, β+t_x−x+j) B(γ+1, δ+t_x+j)\] /
/// \[B(α, β) B(γ, δ)\]: x active periods, the last the t_x-th, out of n.
///
/// # Examples
///
/// ```
/// use dormouse::stats::btyd::{BgBb, Model, Periods};
/// let model = BgBb::from_parameters([1.204, 0.75, 0.657, 2.783])?;
/// let alive = model.alive_next(Periods::new(3, 4, 6)?);
/// assert!((alive - 0.439462857055756).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// P. S. Fader, B. G. S. Hardie, J. Shang, Marketing Science 29 (2010) 1086–1108.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgBb {
    /// First shape of the probability of a post.
    pub alpha: f64,
    /// Second shape of the probability of a post.
    pub beta: f64,
    /// First shape of the probability of death.
    pub gamma: f64,
    /// Second shape of the probability of death.
    pub delta: f64,
}

impl BgBb {
    /// The probability that the account lives in the period after those observed.
    #[must_use]
    pub fn alive_next(&self, periods: Periods) -> f64 {
        self.lives_for(periods, f64::from(periods.observed) + 1.0)
    }

    /// The share of the likelihood of an account that is alive in period `until`.
    fn lives_for(&self, periods: Periods, until: f64) -> f64 {
        let alive = self.ln_posts(periods, f64::from(periods.observed))
            + ln_beta(self.gamma, self.delta + until);
        (alive - self.ln_both(periods)).exp().clamp(0.0, 1.0)
    }

    /// ln B(α+x, β+n−x) for a life of n periods.
    fn ln_posts(&self, periods: Periods, n: f64) -> f64 {
        let x = f64::from(periods.active);
        ln_beta(self.alpha + x, self.beta + (n - x))
    }

    /// The logarithm of the sum over all lives that can be, before the constant.
    fn ln_both(&self, periods: Periods) -> f64 {
        let n = f64::from(periods.observed);
        let whole = self.ln_posts(periods, n) + ln_beta(self.gamma, self.delta + n);
        (periods.last..periods.observed).fold(whole, |sum, period| {
            let lived = f64::from(period);
            let died = ln_beta(self.gamma + 1.0, self.delta + lived);
            ln_add(sum, self.ln_posts(periods, lived) + died)
        })
    }
}

impl Model for BgBb {
    type Data = Periods;

    fn from_parameters(parameters: [f64; 4]) -> Result<Self, Refusal> {
        let [alpha, beta, gamma, delta] = in_domain(parameters)?;
        Ok(Self {
            alpha,
            beta,
            gamma,
            delta,
        })
    }

    fn starts(_: &[Periods]) -> [[f64; 4]; 3] {
        [
            [1.0, 1.0, 1.0, 3.0],
            [0.5, 2.0, 0.5, 5.0],
            [2.0, 1.0, 1.0, 1.0],
        ]
    }

    fn log_likelihood(&self, periods: Periods) -> f64 {
        self.ln_both(periods) - ln_beta(self.alpha, self.beta) - ln_beta(self.gamma, self.delta)
    }

    /// In the last period observed.
    fn alive(&self, periods: Periods) -> f64 {
        self.lives_for(periods, f64::from(periods.observed))
    }
}
