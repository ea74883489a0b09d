//! Which ranks the differences of several channels leave possible.

use std::cmp::Ordering;

use super::difference::{direction, mover_difference};
use super::multiplicity::pairs_of;
use super::{Estimate, Refusal};

/// Two channels of a list and their difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Place of the first in the list.
    pub first: usize,
    /// Place of the second.
    pub second: usize,
    /// Share of the first minus share of the second.
    pub difference: Estimate,
}

/// Every pair of shares with limits of their own, in the order (0, 1), (0, 2), …
///
/// The differences are right together at a level if the limits are at the level of
/// [`bonferroni`](super::multiplicity::bonferroni) for [`pairs_of`] the channels.
///
/// # Formula
///
/// [`mover_difference`] of each pair.
///
/// # Errors
///
/// [`Refusal::NotAnInterval`] unless all are shares between their limits.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Estimate, ranks::mover_pairs};
/// let share = Estimate { estimate: 0.5, lower: 0.4, upper: 0.6 };
/// assert_eq!(mover_pairs(&[share; 4])?.len(), 6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702.
pub fn mover_pairs(shares: &[Estimate]) -> Result<Vec<Pair>, Refusal> {
    let mut pairs = Vec::with_capacity(pairs_of(shares.len()));
    for (first, &a) in shares.iter().enumerate() {
        for (second, &b) in shares.iter().enumerate().skip(first + 1) {
            pairs.push(Pair {
                first,
                second,
                difference: mover_difference(a, b)?,
            });
        }
    }
    Ok(pairs)
}

/// The ranks that a channel can have; rank 1 is the largest share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankSet {
    /// The best rank that is possible.
    pub first: usize,
    /// The worst rank that is possible.
    pub last: usize,
}

/// The ranks that the differences leave possible for each of `channels`.
///
/// # Formula
///
/// `[1 + number of channels certainly larger, G − number certainly smaller]`, certain
/// being a difference whose interval does not hold 0. Pairs of places beyond the list
/// are passed over; a pair that is not given decides nothing, and one is given once.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Estimate, ranks::{Pair, RankSet, rank_sets}};
/// let difference = Estimate { estimate: 0.3, lower: 0.1, upper: 0.5 };
/// let ranks = rank_sets(2, &[Pair { first: 0, second: 1, difference }]);
/// assert_eq!(ranks, [RankSet { first: 1, last: 1 }, RankSet { first: 2, last: 2 }]);
/// ```
///
/// # Source
///
/// M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, The Review of Economic Studies 91
/// (2024) 476–518, with Bonferroni in place of their bootstrap.
#[must_use]
pub fn rank_sets(channels: usize, pairs: &[Pair]) -> Vec<RankSet> {
    let everything = RankSet {
        first: 1,
        last: channels,
    };
    let mut ranks = vec![everything; channels];
    for pair in pairs {
        if pair.first == pair.second || pair.first.max(pair.second) >= channels {
            continue;
        }
        let (larger, smaller) = match direction(pair.difference.interval()) {
            Some(Ordering::Greater) => (pair.first, pair.second),
            Some(Ordering::Less) => (pair.second, pair.first),
            _ => continue,
        };
        if let Some(rank) = ranks.get_mut(larger) {
            rank.last = rank.last.saturating_sub(1).max(1);
        }
        if let Some(rank) = ranks.get_mut(smaller) {
            rank.first = (rank.first + 1).min(channels);
        }
    }
    ranks
}
