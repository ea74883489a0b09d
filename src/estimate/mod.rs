//! From counts and labels to shares with their uncertainty.
//!
//! Which method is used follows from the design alone (statistics of the README,
//! "method in a page"): a census has bounds without sampling error, a random sample
//! has an interval around its bounds, the newest followers say nothing of the rest.
//! Only an audit gives a dormant share.

mod aggregate;
mod consequences;
mod curve;
mod dormant;
mod monotone;
mod notices;
mod silent;

pub use aggregate::{aggregate, dormant_by_totals};
pub use consequences::{Expense, awake, cost, standard_error};
pub use curve::{curve, windows};
pub use dormant::dormant;
pub use monotone::monotone;
pub use notices::{holds_totals_only, notices};
pub use silent::silent;

use crate::error::{Error, Result};
use crate::model::evidence::Design;
use crate::model::share::{Limits, Method, Share};
use crate::stats::newest::newest_worst_case;
use crate::stats::{Estimate, Interval, Refusal};

/// How the list stands to the followers, with the numbers that the methods need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The declared design.
    pub design: Design,
    /// The platform's counter, where it is known.
    pub followers: Option<u64>,
}

impl Standing {
    /// Followers of whom `listed` are a sample; a counter below the list is one that lags.
    fn population(self, listed: u64) -> Option<u64> {
        self.followers.map(|followers| followers.max(listed))
    }

    /// Limits for all followers from limits for the newest `listed` of them: the rest
    /// may be anything. Nothing is known without a counter.
    fn worst_case(self, listed_limits: Interval, listed: u64) -> Result<Interval> {
        match self.population(listed) {
            Some(population) => {
                newest_worst_case(listed_limits, listed, population).map_err(refused)
            }
            None => Ok(Interval::UNIT),
        }
    }
}

fn share(interval: Interval, estimate: Option<f64>, level: f64, method: Method) -> Share {
    Share {
        lower: interval.lower,
        upper: interval.upper,
        estimate,
        level,
        method,
        inner: None,
        quantiles: None,
        labels: None,
    }
}

fn limits(estimate: Estimate) -> Limits {
    Limits {
        lower: estimate.lower,
        upper: estimate.upper,
    }
}

/// A refusal of the statistics as an error of the run: the counts contradict each other.
fn refused(refusal: Refusal) -> Error {
    Error::new(
        "estimate::refused",
        format!("no share can be estimated: {refusal}"),
    )
    .help("check the audit file and the follower counter of this channel in the study file")
}
