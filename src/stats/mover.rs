//! MOVER: limits of a sum from the limits of its parts.
//!
//! The one formula behind the post-stratified interval, the two-phase interval, the
//! bounds of an audit and the difference of two channels. It needs no variance, only
//! limits, and so keeps the honesty of the Wilson limits in small cells.
//!
//! G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702; R. G. Newcombe,
//! Statistics in Medicine 17 (1998) 873–890, for the difference.

use super::{Estimate, Interval};

/// One term of a sum: weight × share.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// What the share counts for; negative if it is subtracted.
    pub(super) weight: f64,
    /// The share with its limits.
    pub(super) share: Estimate,
}

/// How far the limits of a sum lie from it.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    below: f64,
    above: f64,
}

impl Reach {
    /// From an estimate to its limits.
    pub(super) fn of(share: Estimate) -> Self {
        Self {
            below: share.estimate - share.lower,
            above: share.upper - share.estimate,
        }
    }
}

/// Σ weight × share of independent parts, and limits at the root of the summed squares
/// of the distances to the parts' limits.
///
/// `further` is an independent source of error around the sum itself.
pub(super) fn sum(parts: impl IntoIterator<Item = Part>, further: Option<Reach>) -> Estimate {
    let (mut estimate, mut below, mut above) = (0.0, 0.0, 0.0);
    for Part { weight, share } in parts {
        let reach = Reach::of(share);
        let (down, up) = if weight < 0.0 {
            (reach.above, reach.below)
        } else {
            (reach.below, reach.above)
        };
        estimate += weight * share.estimate;
        below += (weight * down).powi(2);
        above += (weight * up).powi(2);
    }
    if let Some(reach) = further {
        below += reach.below.powi(2);
        above += reach.above.powi(2);
    }
    Estimate::new(
        estimate,
        Interval {
            lower: estimate - below.sqrt(),
            upper: estimate + above.sqrt(),
        },
    )
}
