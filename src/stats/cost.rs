//! What an active follower costs.
//!
//! The number of followers is the channel's total and never the length of an export.

use super::interval::share_value;
use super::{Estimate, Interval, Refusal, normal};

/// A cost per active follower with limits; `None` is "without limit": perhaps nobody is
/// active.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostPerActive {
    /// At the estimated share.
    pub estimate: Option<f64>,
    /// At the lower limit of the dormant share.
    pub lower: Option<f64>,
    /// At the upper limit of the dormant share.
    pub upper: Option<f64>,
}

/// The cost per active follower when the cost is exact.
///
/// # Formula
///
/// C/(N(1−θ)) at the estimate and both limits of the dormant share θ: the map is monotone,
/// so the limits keep their level.
///
/// # Errors
///
/// [`Refusal::OutsideDomain`] unless the cost is finite and not negative,
/// [`Refusal::NoObservations`] without followers, [`Refusal::NotAnInterval`] for θ.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Estimate, cost::cost_per_active};
/// let dormant = Estimate { estimate: 0.9, lower: 0.8, upper: 1.0 };
/// let cost = cost_per_active(5000.0, 800, dormant)?;
/// assert!((cost.estimate.unwrap() - 62.5).abs() < 1e-9);
/// assert_eq!(cost.upper, None);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// None needed: a monotone function carries the limits of its argument over.
pub fn cost_per_active(
    cost: f64,
    followers: u64,
    dormant: Estimate,
) -> Result<CostPerActive, Refusal> {
    let cost = amount(cost)?;
    let dormant = dormant.of_share()?;
    if followers == 0 {
        return Err(Refusal::NoObservations);
    }
    let at = |share: f64| {
        let each = cost / (followers as f64 * (1.0 - share));
        each.is_finite().then_some(each)
    };
    Ok(CostPerActive {
        estimate: at(dormant.estimate),
        lower: at(dormant.lower),
        upper: at(dormant.upper),
    })
}

/// A cost that is itself uncertain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UncertainCost {
    /// The cost.
    pub cost: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its correlation with the estimated number of active followers; usually 0.
    pub correlation: f64,
}

/// The dormant share as Fieller and the delta method see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalShare {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl NormalShare {
    /// The standard error that limits at `level` would have if they were symmetric:
    /// (upper − lower)/2z.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotAnInterval`], [`Refusal::Level`].
    ///
    /// # Examples
    ///
    /// ```
    /// use dormouse::stats::{Estimate, cost::NormalShare};
    /// let share = Estimate { estimate: 0.3, lower: 0.25, upper: 0.36 };
    /// let share = NormalShare::from_limits(share, 0.95)?;
    /// assert!((share.standard_error - 0.028061740130856).abs() < 1e-9);
    /// # Ok::<(), dormouse::stats::Refusal>(())
    /// ```
    pub fn from_limits(share: Estimate, level: f64) -> Result<Self, Refusal> {
        let z = normal::two_sided(level)?;
        let share = share.of_share()?;
        let standard_error = 0.5 * share.interval().width() / z;
        if !standard_error.is_finite() {
            return Err(Refusal::Level { level });
        }
        Ok(Self {
            estimate: share.estimate,
            standard_error,
        })
    }
}

/// Fieller's interval for the cost per active follower when the cost is uncertain too.
///
/// `None` means unbounded: the number of active followers is not certainly above 0.
///
/// # Formula
///
/// The roots t of t²(A²−z²s_A²) − 2t(AC−z²ρ s_A s_C) + (C²−z²s_C²) = 0, A = N(1−θ),
/// s_A = N s_θ; unbounded if A² ≤ z²s_A².
///
/// # Errors
///
/// As [`cost_per_active`], [`Refusal::OutsideDomain`] for a standard error or a correlation
/// that is none, [`Refusal::NotAShare`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::cost::{NormalShare, UncertainCost, fieller};
/// let cost = UncertainCost { cost: 8000.0, standard_error: 0.0, correlation: 0.0 };
/// let dormant = NormalShare { estimate: 0.62, standard_error: 0.0204085382769862 };
/// let limits = fieller(cost, 3000, dormant, 0.95)?.unwrap();
/// assert!((limits.upper - 7.84313725490196).abs() < 1e-8);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. C. Fieller, Journal of the Royal Statistical Society B 16 (1954) 175–185.
pub fn fieller(
    cost: UncertainCost,
    followers: u64,
    dormant: NormalShare,
    level: f64,
) -> Result<Option<Interval>, Refusal> {
    let z = normal::two_sided(level)?;
    let (active, active_error) = active(followers, dormant)?;
    let (spread, cost_spread) = (z * active_error, z * error(cost.standard_error)?);
    let amount = amount(cost.cost)?;
    if !(-1.0..=1.0).contains(&cost.correlation) {
        return Err(Refusal::OutsideDomain {
            must: "a correlation lies between −1 and 1",
            value: cost.correlation,
        });
    }
    if active <= spread {
        return Ok(None);
    }
    let a = (active - spread) * (active + spread);
    let b = active * amount - cost.correlation * spread * cost_spread;
    let c = (amount - cost_spread) * (amount + cost_spread);
    let root = (b * b - a * c).max(0.0).sqrt();
    let limits = Interval {
        lower: (b - root) / a,
        upper: (b + root) / a,
    };
    Ok((limits.lower.is_finite() && limits.upper.is_finite()).then_some(limits))
}

/// The delta method for the cost per active follower: a check of [`fieller`] only.
///
/// `None` if nobody is estimated to be active.
///
/// # Formula
///
/// se² = (s_C/A)² + (C s_A/A²)² − 2ρ C s_A s_C/A³; C/A ± z se.
///
/// # Errors
///
/// As [`fieller`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::cost::{NormalShare, UncertainCost, delta};
/// let cost = UncertainCost { cost: 8000.0, standard_error: 0.0, correlation: 0.0 };
/// let dormant = NormalShare { estimate: 0.62, standard_error: 0.0204085382769862 };
/// let found = delta(cost, 3000, dormant, 0.95)?.unwrap();
/// assert!((found.standard_error - 0.376888980184417).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. Casella, R. L. Berger, Statistical Inference, 2nd ed. (2002), §5.5.4.
pub fn delta(
    cost: UncertainCost,
    followers: u64,
    dormant: NormalShare,
    level: f64,
) -> Result<Option<Delta>, Refusal> {
    // The same questions are asked of the arguments, whatever the answer.
    fieller(cost, followers, dormant, level)?;
    let z = normal::two_sided(level)?;
    let (active, active_error) = active(followers, dormant)?;
    let each = cost.cost / active;
    let (by_cost, by_share) = (cost.standard_error / active, each * active_error / active);
    let variance = by_cost.powi(2) + by_share.powi(2) - 2.0 * cost.correlation * by_cost * by_share;
    let standard_error = variance.max(0.0).sqrt();
    if !(each + z * standard_error).is_finite() {
        return Ok(None);
    }
    Ok(Some(Delta {
        estimate: each,
        standard_error,
        interval: Interval {
            lower: each - z * standard_error,
            upper: each + z * standard_error,
        },
    }))
}

/// A cost per active follower by the delta method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delta {
    /// The point.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// estimate ± z standard errors.
    pub interval: Interval,
}

/// N(1−θ) and its standard error.
fn active(followers: u64, dormant: NormalShare) -> Result<(f64, f64), Refusal> {
    if followers == 0 {
        return Err(Refusal::NoObservations);
    }
    let active = followers as f64 * (1.0 - share_value(dormant.estimate)?);
    Ok((active, followers as f64 * error(dormant.standard_error)?))
}

fn amount(cost: f64) -> Result<f64, Refusal> {
    finite_and_not_negative(cost, "a cost is finite and not negative")
}

fn error(standard_error: f64) -> Result<f64, Refusal> {
    finite_and_not_negative(
        standard_error,
        "a standard error is finite and not negative",
    )
}

fn finite_and_not_negative(value: f64, must: &'static str) -> Result<f64, Refusal> {
    // The square must be finite too.
    if (0.0..=1e150).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::OutsideDomain { must, value })
    }
}
