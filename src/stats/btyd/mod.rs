//! Activity models: the probability that an account still lives, from how often and how
//! lately it posted ("buy till you die").
//!
//! Diagnostics, off by default. Each model is right when its assumptions hold; clustered
//! posting and readers who no longer post break all of them, and accounts that never posted
//! carry no information at all. Only an audit adds what is missing.
//!
//! | model | posts | death | module |
//! |---|---|---|---|
//! | [`BgNbd`] | Poisson, gamma rates | after a post, beta probabilities | `bg_nbd` |
//! | [`MbgNbd`] | the same | also at the start | `mbg_nbd` |
//! | [`ParetoNbd`] | the same | at any time, gamma hazards | `pareto_nbd` |
//! | [`BgBb`] | at most once a period | between periods | `bg_bb` |
//!
//! All are fitted by [`fit`].

mod bg_bb;
mod bg_nbd;
mod fitting;
mod history;
mod mbg_nbd;
mod nelder_mead;
mod pareto_nbd;

pub use bg_bb::{BgBb, Periods};
pub use bg_nbd::BgNbd;
pub use fitting::{Fit, fit, mean_alive};
pub use history::History;
pub use mbg_nbd::MbgNbd;
pub use pareto_nbd::ParetoNbd;

use super::Refusal;

/// The parameters of every model lie between this and its inverse, where no logarithm of a
/// likelihood overflows.
const SMALLEST: f64 = 1e-8;

/// A model of accounts that post while they live.
pub trait Model: Copy {
    /// What the model sees of one account.
    type Data: Copy;

    /// The model with its four parameters, in the order of its fields.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutsideDomain`] for a parameter outside [1e-8, 1e8].
    fn from_parameters(parameters: [f64; 4]) -> Result<Self, Refusal>;

    /// Where to start looking for the parameters, for such data.
    fn starts(data: &[Self::Data]) -> [[f64; 4]; 3];

    /// The natural logarithm of the likelihood of one account, without the constant that
    /// does not depend on the parameters.
    fn log_likelihood(&self, data: Self::Data) -> f64;

    /// The probability that the account lives at the end of what was seen.
    fn alive(&self, data: Self::Data) -> f64;
}

/// The parameters themselves, if all lie in the domain.
fn in_domain(parameters: [f64; 4]) -> Result<[f64; 4], Refusal> {
    let outside = |value: &f64| !(SMALLEST..=1.0 / SMALLEST).contains(value);
    match parameters.iter().find(|value| outside(value)) {
        Some(&value) => Err(Refusal::OutsideDomain {
            must: "a parameter lies between 1e-8 and 1e8",
            value,
        }),
        None => Ok(parameters),
    }
}

/// ln(e^a + e^b).
fn ln_add(a: f64, b: f64) -> f64 {
    let (high, low) = (a.max(b), a.min(b));
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

/// e^a / (e^a + e^b).
fn odds(a: f64, b: f64) -> f64 {
    1.0 / (1.0 + (b - a).exp())
}
