//! What follows from a dormant share: how many are awake, and what each costs.

use super::{Standing, refused};
use crate::error::Result;
use crate::model::evidence::Design;
use crate::model::results::AuditSummary;
use crate::model::share::{Awake, Cost, CostMethod, Share};
use crate::stats::cost::{NormalShare, UncertainCost, cost_per_active, fieller};
use crate::stats::post_stratified::wald;
use crate::stats::{Estimate, Stratum};

/// What a channel costs, in euros a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expense {
    /// The amount.
    pub per_month: f64,
    /// Its standard error; zero when it is known.
    pub standard_error: f64,
}

/// Followers of `followers` who are not dormant.
///
/// # Formula
/// N(1 − θ) at the estimate and both limits.
pub fn awake(dormant: &Share, followers: u64) -> Awake {
    let at = |share: f64| followers as f64 * (1.0 - share);
    Awake {
        estimate: dormant.estimate.map(at),
        lower: at(dormant.upper),
        upper: at(dormant.lower),
    }
}

/// What each follower who is not dormant costs; `None` without followers.
///
/// # Formula
/// Known cost: C/(N(1−θ)) at the estimate and both limits. Cost with a standard error:
/// Fieller, where there is a point.
///
/// # Errors
/// A cost that is negative or not finite.
///
/// # Source
/// Fieller 1954.
pub fn cost(dormant: &Share, followers: u64, expense: Expense) -> Result<Option<Cost>> {
    if followers == 0 {
        return Ok(None);
    }
    // Bounds have no point; the middle stands in for the arithmetic and is not given out.
    let middle = dormant
        .estimate
        .unwrap_or((dormant.lower + dormant.upper) / 2.0);
    let share = Estimate {
        estimate: middle,
        lower: dormant.lower,
        upper: dormant.upper,
    };
    let exact = cost_per_active(expense.per_month, followers, share).map_err(refused)?;
    let mut cost = Cost {
        per_month: expense.per_month,
        estimate: dormant.estimate.and(exact.estimate),
        lower: exact.lower,
        upper: exact.upper,
        method: CostMethod::Exact,
    };
    if expense.standard_error > 0.0 && dormant.estimate.is_some() {
        let uncertain = UncertainCost {
            cost: expense.per_month,
            standard_error: expense.standard_error,
            correlation: 0.0,
        };
        let normal = NormalShare::from_limits(share, dormant.level).map_err(refused)?;
        let limits = fieller(uncertain, followers, normal, dormant.level).map_err(refused)?;
        cost.lower = limits.map(|limits| limits.lower.max(0.0));
        cost.upper = limits.map(|limits| limits.upper);
        cost.method = CostMethod::Fieller;
    }
    Ok(Some(cost))
}

/// Standard error of the dormant share, for tests; `None` where a stratum has fewer
/// than two labels, or the share has no point.
pub fn standard_error(audit: &AuditSummary, standing: Standing) -> Option<f64> {
    let strata: Vec<Stratum> = super::dormant::strata_of(audit);
    let listed = strata
        .iter()
        .fold(0_u64, |sum, stratum| sum.saturating_add(stratum.size));
    let population = match standing.design {
        Design::Census => None,
        Design::Srs => standing.population(listed),
        Design::Newest | Design::Unknown => return None,
    };
    wald(&strata, population, 0.95)
        .ok()
        .map(|wald| wald.standard_error)
}
