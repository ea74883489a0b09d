//! Channels of which only totals are known.
//!
//! A follower who was reached is not dormant, so those who were reached bound the dormant
//! share from above. The reverse does not hold: feeds show a post to a part of the
//! followers, so whoever was not reached may be wide awake, and the lower bound is 0. The
//! name of the figure is "followers not shown to be reached".

use super::interval::share_value;
use super::{Interval, Refusal};

/// Totals of one channel over one window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Totals {
    /// Followers.
    pub followers: u64,
    /// Unique accounts reached.
    pub reach: Option<u64>,
    /// Share of the reach that are followers. Without it, reach says nothing: it counts
    /// everybody who had any content on the screen.
    pub follower_share_of_reach: Option<f64>,
    /// Unique followers who engaged.
    pub engaged_followers: Option<u64>,
    /// Half of the step to which the platform rounds its totals.
    pub half_width: f64,
}

/// What totals say of a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AggregateBounds {
    /// The share of the followers who were reached; `None` without followers.
    pub reached: Option<Interval>,
    /// The share of the dormant: from 0 to the share not shown to be reached.
    pub dormant: Interval,
    /// Whether more followers were reached than there are, even with rounding.
    pub reach_exceeds_followers: bool,
    /// Whether more followers engaged than were reached, even with rounding.
    pub engaged_exceeds_reach: bool,
}

impl AggregateBounds {
    /// The share of the followers who were not reached.
    #[must_use]
    pub fn not_reached(self) -> Option<Interval> {
        self.reached.map(Interval::complement)
    }
}

/// Bounds on the reached and on the dormant share from totals.
///
/// # Formula
///
/// A_lo = max(0, q(R−h) if q is known, E−h), A_hi = q(R+h) if q is known, else R+h, else F+h;
/// reached ∈ `[A_lo/(F+h), min(1, A_hi/(F−h))]`, dormant ∈ `[0, 1 − A_lo/(F+h)]`. F followers,
/// R reach, q follower share of the reach, E engaged followers, h half the rounding step.
///
/// # Errors
///
/// [`Refusal::NotAShare`] for q, [`Refusal::OutsideDomain`] unless h is finite and not
/// negative.
///
/// # Examples
///
/// ```
/// use dormouse::stats::aggregate::{Totals, aggregate_bounds};
/// let totals = Totals {
///     followers: 10_000,
///     reach: Some(4000),
///     follower_share_of_reach: Some(0.6),
///     engaged_followers: Some(900),
///     half_width: 0.0,
/// };
/// assert!((aggregate_bounds(totals)?.dormant.upper - 0.76).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C. F. Manski, Partial Identification of Probability Distributions (2003), ch. 1, for
/// bounds without assumptions.
pub fn aggregate_bounds(totals: Totals) -> Result<AggregateBounds, Refusal> {
    let h = totals.half_width;
    if !(0.0..=1e15).contains(&h) {
        return Err(Refusal::OutsideDomain {
            must: "half the rounding step is finite and not negative",
            value: h,
        });
    }
    let share = totals
        .follower_share_of_reach
        .map(share_value)
        .transpose()?;
    let reach = totals.reach.map(|reach| reach as f64);
    if totals.followers == 0 {
        return Ok(AggregateBounds {
            reached: None,
            dormant: Interval::UNIT,
            reach_exceeds_followers: false,
            engaged_exceeds_reach: false,
        });
    }
    let followers = totals.followers as f64;
    let by_reach = reach.zip(share).map_or(0.0, |(reach, q)| q * (reach - h));
    let by_engagement = totals
        .engaged_followers
        .map_or(0.0, |engaged| engaged as f64 - h);
    let fewest = by_reach.max(by_engagement).max(0.0);
    let most = reach.map_or(followers + h, |reach| share.unwrap_or(1.0) * (reach + h));
    let lower = (fewest / (followers + h)).min(1.0);
    let upper = if followers > h {
        (most / (followers - h)).min(1.0)
    } else {
        1.0
    };
    Ok(AggregateBounds {
        reached: Some(Interval {
            lower,
            upper: upper.max(lower),
        }),
        dormant: Interval {
            lower: 0.0,
            upper: 1.0 - lower,
        },
        reach_exceeds_followers: fewest > followers + h,
        engaged_exceeds_reach: reach.is_some() && by_engagement > most,
    })
}

/// The same for several windows of one channel.
///
/// # Formula
///
/// The bounds of the window that shows the most followers reached. Windows are not added:
/// the same followers may have been reached in each.
///
/// # Errors
///
/// As [`aggregate_bounds`], and [`Refusal::NoObservations`] without windows.
///
/// # Examples
///
/// ```
/// use dormouse::stats::aggregate::{Totals, best_window};
/// let window = |engaged| Totals {
///     followers: 1000,
///     reach: None,
///     follower_share_of_reach: None,
///     engaged_followers: Some(engaged),
///     half_width: 0.0,
/// };
/// assert_eq!(best_window(&[window(100), window(250)])?.dormant.upper, 0.75);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// C. F. Manski, Partial Identification of Probability Distributions (2003), ch. 1: each
/// window is a bound of its own, and the smallest of several upper bounds is one too.
pub fn best_window(windows: &[Totals]) -> Result<AggregateBounds, Refusal> {
    let mut best: Option<AggregateBounds> = None;
    for &window in windows {
        let found = aggregate_bounds(window)?;
        if best.is_none_or(|best| found.dormant.upper < best.dormant.upper) {
            best = Some(found);
        }
    }
    best.ok_or(Refusal::NoObservations)
}
