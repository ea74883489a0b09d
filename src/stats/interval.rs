//! Limits, and an estimate between its limits.

use super::Refusal;

/// A closed interval of shares, or of differences of shares.
///
/// # Examples
///
/// ```
/// use dormouse::stats::Interval;
/// let silent = Interval { lower: 0.25, upper: 0.5 };
/// assert!(silent.contains(0.3) && silent.width() == 0.25);
/// assert_eq!(silent.complement(), Interval { lower: 0.5, upper: 0.75 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// `[0, 1]`: nothing is known of a share.
    pub const UNIT: Self = Self {
        lower: 0.0,
        upper: 1.0,
    };

    /// The interval of one value.
    ///
    /// Of zero width, and not thereby certain: a census has no sampling error and
    /// keeps every other one.
    #[must_use]
    pub const fn point(value: f64) -> Self {
        Self {
            lower: value,
            upper: value,
        }
    }

    /// Upper minus lower limit.
    #[must_use]
    pub fn width(self) -> f64 {
        self.upper - self.lower
    }

    /// Whether `value` lies between the limits, limits included.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// The interval of `1 − share`.
    #[must_use]
    pub fn complement(self) -> Self {
        Self {
            lower: 1.0 - self.upper,
            upper: 1.0 - self.lower,
        }
    }

    /// The part of the interval within `[low, high]`; limits outside go to the edge.
    #[must_use]
    pub(super) fn clipped(self, low: f64, high: f64) -> Self {
        Self {
            lower: self.lower.clamp(low, high),
            upper: self.upper.clamp(low, high),
        }
    }

    /// The interval itself if it is one of shares.
    pub(super) fn of_shares(self) -> Result<Self, Refusal> {
        if 0.0 <= self.lower && self.lower <= self.upper && self.upper <= 1.0 {
            Ok(self)
        } else {
            Err(Refusal::NotAnInterval {
                lower: self.lower,
                upper: self.upper,
            })
        }
    }
}

/// An estimate with its limits.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Estimate, Interval};
/// let dormant = Estimate::new(0.25, Interval { lower: 0.125, upper: 0.5 });
/// assert_eq!(dormant.complement().estimate, 0.75);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The point.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Estimate {
    /// An estimate and its interval; the limits are moved to the point where
    /// rounding has put them on its other side.
    #[must_use]
    pub fn new(estimate: f64, interval: Interval) -> Self {
        Self {
            estimate,
            lower: interval.lower.min(estimate),
            upper: interval.upper.max(estimate),
        }
    }

    /// The limits without the point.
    #[must_use]
    pub fn interval(self) -> Interval {
        Interval {
            lower: self.lower,
            upper: self.upper,
        }
    }

    /// The estimate of `1 − share`.
    #[must_use]
    pub fn complement(self) -> Self {
        Self::new(1.0 - self.estimate, self.interval().complement())
    }

    /// Point and limits within `[low, high]`; what is outside goes to the edge.
    #[must_use]
    pub(super) fn clipped(self, low: f64, high: f64) -> Self {
        Self::new(
            self.estimate.clamp(low, high),
            self.interval().clipped(low, high),
        )
    }

    /// The estimate itself if it is one of a share.
    pub(super) fn of_share(self) -> Result<Self, Refusal> {
        let interval = self.interval().of_shares()?;
        if interval.contains(self.estimate) {
            Ok(self)
        } else {
            Err(Refusal::NotAnInterval {
                lower: self.lower,
                upper: self.upper,
            })
        }
    }
}

/// `k / n`, or the refusal that says why not.
pub(super) fn share(k: u64, n: u64) -> Result<f64, Refusal> {
    if k > n {
        Err(Refusal::PartExceedsWhole { part: k, whole: n })
    } else if n == 0 {
        Err(Refusal::NoObservations)
    } else {
        Ok(k as f64 / n as f64)
    }
}

/// The value itself if it is a share.
pub(super) fn share_value(value: f64) -> Result<f64, Refusal> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::NotAShare { value })
    }
}
