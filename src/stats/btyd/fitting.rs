//! Maximum likelihood for every model.

use super::nelder_mead::{Limits, Minimum, minimise};
use super::{Model, SMALLEST};
use crate::stats::Refusal;

/// The fewest accounts that four parameters are fitted to.
const FEWEST: usize = 20;

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit<M> {
    /// The model at its largest likelihood.
    pub model: M,
    /// The logarithm of the likelihood of all accounts.
    pub log_likelihood: f64,
    /// Whether the search came to rest. The parameters are only loosely identified even so:
    /// trust what is computed from them together.
    pub converged: bool,
}

/// The parameters under which the accounts are most likely.
///
/// # Formula
///
/// max Σ log-likelihood over the logarithms of the parameters, by Nelder–Mead from three
/// starts and then again from the best of them.
///
/// # Errors
///
/// [`Refusal::TooFew`] below 20 accounts, [`Refusal::NotConverged`] if no parameters have a
/// finite likelihood.
///
/// # Examples
///
/// ```
/// use dormouse::stats::btyd::{History, MbgNbd, fit};
/// let accounts: Vec<History> = (0..100)
///     .map(|i| History::new(i % 7, (i % 50) as f64, 60.0))
///     .collect::<Result<_, _>>()?;
/// let fitted = fit::<MbgNbd>(&accounts)?;
/// assert!(fitted.log_likelihood < 0.0);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// P. S. Fader, B. G. S. Hardie, K. L. Lee, Marketing Science 24 (2005) 275–284;
/// J. A. Nelder, R. Mead, The Computer Journal 7 (1965) 308–313.
pub fn fit<M: Model>(accounts: &[M::Data]) -> Result<Fit<M>, Refusal> {
    const COARSE: Limits = Limits {
        evaluations: 400,
        tolerance: 1e-3,
    };
    const FINE: Limits = Limits {
        evaluations: 2000,
        tolerance: 1e-9,
    };
    if accounts.len() < FEWEST {
        return Err(Refusal::TooFew {
            what: "accounts of a fitted model",
            found: accounts.len() as u64,
            needed: FEWEST as u64,
        });
    }
    let cost = |at: &[f64; 4]| match M::from_parameters(at.map(f64::exp)) {
        Ok(model) => -total(&model, accounts),
        Err(_) => f64::INFINITY,
    };
    let mut best: Option<Minimum<4>> = None;
    for start in M::starts(accounts) {
        let start = start.map(|value| value.clamp(10.0 * SMALLEST, 0.1 / SMALLEST).ln());
        let found = minimise(start, 0.5, COARSE, cost);
        if best.is_none_or(|best| found.value < best.value) {
            best = Some(found);
        }
    }
    let not_converged = Refusal::NotConverged {
        what: "the fit of an activity model",
    };
    let coarse = best.ok_or(not_converged)?;
    let fine = minimise(coarse.at, 0.2, FINE, cost);
    if !fine.value.is_finite() {
        return Err(not_converged);
    }
    Ok(Fit {
        model: M::from_parameters(fine.at.map(f64::exp))?,
        log_likelihood: -fine.value,
        converged: fine.converged,
    })
}

fn total<M: Model>(model: &M, accounts: &[M::Data]) -> f64 {
    accounts
        .iter()
        .map(|&account| model.log_likelihood(account))
        .sum()
}

/// The mean probability of being alive; 1 minus it is the model's dormant share.
///
/// # Formula
///
/// Σ P(alive) / n.
///
/// # Errors
///
/// [`Refusal::NoObservations`] without accounts.
///
/// # Examples
///
/// ```
/// use dormouse::stats::btyd::{BgNbd, History, Model, mean_alive};
/// let model = BgNbd::from_parameters([0.243, 4.414, 0.793, 2.426])?;
/// assert_eq!(mean_alive(&model, &[History::new(0, 0.0, 39.0)?])?, 1.0);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// P. S. Fader, B. G. S. Hardie, K. L. Lee, Marketing Science 24 (2005) 275–284.
pub fn mean_alive<M: Model>(model: &M, accounts: &[M::Data]) -> Result<f64, Refusal> {
    if accounts.is_empty() {
        return Err(Refusal::NoObservations);
    }
    let alive: f64 = accounts.iter().map(|&account| model.alive(account)).sum();
    Ok((alive / accounts.len() as f64).clamp(0.0, 1.0))
}
