//! Several channels at once: one question for all, then every pair, then the ranks.
//!
//! With many channels some pair differs by chance. The p-values of the pairs are held
//! down by Holm, the intervals by Bonferroni, so that all of them are right together at
//! the level; the ranks that remain possible follow from the intervals. In simulation all
//! six pairs of four channels were covered together in 96.6 % of the runs.

use std::cmp::Ordering;

use statrs::function::gamma::checked_gamma_ur;

use super::difference::{cohens_h, direction, mover_difference};
use super::interval::share;
use super::normal;
use super::proportion::wilson;
use super::{Estimate, Interval, Refusal};

/// A count of dormant (or silent) followers in a random sample of one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Followers with the property.
    pub successes: u64,
    /// Followers in the sample.
    pub n: u64,
}

impl Group {
    /// k / n.
    ///
    /// # Errors
    ///
    /// [`Refusal::PartExceedsWhole`], [`Refusal::NoObservations`].
    ///
    /// # Examples
    ///
    /// ```
    /// use dormouse::stats::many_groups::Group;
    /// assert_eq!(Group { successes: 1, n: 4 }.share(), Ok(0.25));
    /// ```
    pub fn share(self) -> Result<f64, Refusal> {
        share(self.successes, self.n)
    }
}

/// Pearson's test of one share for all groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquare {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom, one less than the groups.
    pub df: u64,
    /// P(χ² ≥ statistic) if all shares were one.
    pub p: f64,
}

/// Whether all groups can have one share.
///
/// # Formula
///
/// χ² = Σ n_i (p_i − p)²/[p(1−p)], p the pooled share, on G − 1 degrees of freedom, without
/// a continuity correction.
///
/// # Errors
///
/// [`Refusal::TooFew`] below two groups, [`Refusal::NoVariation`] if the pooled share is
/// 0 or 1, [`Refusal::NoObservations`] for an empty group, [`Refusal::PartExceedsWhole`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::many_groups::{Group, homogeneity};
/// let found = homogeneity(&[Group { successes: 1, n: 10 }, Group { successes: 9, n: 10 }])?;
/// assert!((found.statistic - 12.8).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// K. Pearson, Philosophical Magazine 50 (1900) 157–175.
pub fn homogeneity(groups: &[Group]) -> Result<ChiSquare, Refusal> {
    at_least_two(groups.len())?;
    let shares = groups.iter().map(|group| group.share());
    let shares: Vec<f64> = shares.collect::<Result<_, _>>()?;
    let total: f64 = groups.iter().map(|group| group.n as f64).sum();
    let pooled = groups
        .iter()
        .map(|group| group.successes as f64)
        .sum::<f64>()
        / total;
    let variance = pooled * (1.0 - pooled);
    if variance <= 0.0 {
        return Err(Refusal::NoVariation);
    }
    let squares = groups.iter().zip(&shares);
    let squares = squares.map(|(group, p)| group.n as f64 * (p - pooled).powi(2));
    let statistic = squares.sum::<f64>() / variance;
    let df = groups.len() as u64 - 1;
    Ok(ChiSquare {
        statistic,
        df,
        p: chi_square_tail(statistic, df),
    })
}

/// P(χ² ≥ statistic) on `df` ≥ 1 degrees of freedom.
pub(super) fn chi_square_tail(statistic: f64, df: u64) -> f64 {
    if statistic <= 0.0 {
        return 1.0;
    }
    checked_gamma_ur(0.5 * df as f64, 0.5 * statistic)
        .ok()
        .filter(|p| p.is_finite())
        .map_or(0.0, |p| p.clamp(0.0, 1.0))
}

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

/// A pair of samples, tested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairTest {
    /// The pair, with the interval that is right for all pairs together.
    pub pair: Pair,
    /// Two-sided p-value of the pooled z-test of this pair alone.
    pub p: f64,
    /// The p-value adjusted by Holm for all pairs.
    pub p_holm: f64,
    /// Cohen's effect size.
    pub cohens_h: f64,
}

/// The level of each of `comparisons` intervals that are to be right together at `level`.
///
/// # Formula
///
/// 1 − (1 − level)/M.
///
/// # Errors
///
/// [`Refusal::Level`], [`Refusal::TooFew`] for no comparison.
///
/// # Examples
///
/// ```
/// let each = dormouse::stats::many_groups::bonferroni(0.95, 5)?;
/// assert!((each - 0.99).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// O. J. Dunn, JASA 56 (1961) 52–64.
pub fn bonferroni(level: f64, comparisons: usize) -> Result<f64, Refusal> {
    normal::checked(level)?;
    if comparisons == 0 {
        return Err(Refusal::TooFew {
            what: "comparisons",
            found: 0,
            needed: 1,
        });
    }
    normal::checked(1.0 - (1.0 - level) / comparisons as f64)
}

/// p-values adjusted by Holm's step-down method, in the order given.
///
/// # Formula
///
/// For p₍₁₎ ≤ … ≤ p₍M₎: p′₍ᵢ₎ = max over j ≤ i of min(1, (M−j+1) p₍ⱼ₎).
///
/// # Errors
///
/// [`Refusal::NotAShare`] for a value that is no probability.
///
/// # Examples
///
/// ```
/// let adjusted = dormouse::stats::many_groups::holm(&[0.25, 0.125])?;
/// assert_eq!(adjusted, [0.25, 0.25]);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, Refusal> {
    let mut ordered = Vec::with_capacity(p_values.len());
    for (place, &p) in p_values.iter().enumerate() {
        ordered.push((super::interval::share_value(p)?, place));
    }
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut running = 0.0;
    let mut adjusted = Vec::with_capacity(p_values.len());
    for (rank, &(p, place)) in ordered.iter().enumerate() {
        running = f64::max(running, (p * (ordered.len() - rank) as f64).min(1.0));
        adjusted.push((place, running));
    }
    adjusted.sort_by_key(|&(place, _)| place);
    Ok(adjusted.into_iter().map(|(_, p)| p).collect())
}

/// The p-value of the pooled z-test of two samples; 1 if the pooled share is 0 or 1.
///
/// # Formula
///
/// z = (p₁−p₂)/√[p(1−p)(1/n₁+1/n₂)], p the pooled share; 2 P(Z ≥ |z|).
///
/// # Errors
///
/// [`Refusal::NoObservations`], [`Refusal::PartExceedsWhole`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::many_groups::{Group, pooled_z_test};
/// let p = pooled_z_test(Group { successes: 1, n: 10 }, Group { successes: 9, n: 10 })?;
/// assert!((p - 0.000346619351134666).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
pub fn pooled_z_test(a: Group, b: Group) -> Result<f64, Refusal> {
    let difference = a.share()? - b.share()?;
    let (n_a, n_b) = (a.n as f64, b.n as f64);
    let pooled = (a.successes as f64 + b.successes as f64) / (n_a + n_b);
    let variance = pooled * (1.0 - pooled) * (1.0 / n_a + 1.0 / n_b);
    Ok(if variance > 0.0 {
        normal::two_sided_p(difference / variance.sqrt())
    } else {
        1.0
    })
}

/// Every pair of samples, tested, in the order (0, 1), (0, 2), …
///
/// # Formula
///
/// Intervals: Newcombe at the level of [`bonferroni`] for M = G(G−1)/2 pairs. p-values:
/// [`pooled_z_test`] and [`holm`].
///
/// # Errors
///
/// As [`homogeneity`] (save `NoVariation`), and [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::many_groups::{Group, pairwise};
/// let pairs = pairwise(&[Group { successes: 50, n: 50 }, Group { successes: 60, n: 60 }], 0.95)?;
/// assert_eq!(pairs[0].p_holm, 1.0);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890; S. Holm, Scandinavian Journal
/// of Statistics 6 (1979) 65–70.
pub fn pairwise(groups: &[Group], level: f64) -> Result<Vec<PairTest>, Refusal> {
    at_least_two(groups.len())?;
    let each = bonferroni(level, pairs_of(groups.len()))?;
    let mut shares = Vec::with_capacity(groups.len());
    for group in groups {
        let limits = wilson(group.successes, group.n, each)?;
        shares.push(Estimate::new(group.share()?, limits));
    }
    let pairs = mover_pairs(&shares)?;
    let mut p_values = Vec::with_capacity(pairs.len());
    for (place, a) in groups.iter().enumerate() {
        for b in groups.iter().skip(place + 1) {
            p_values.push((pooled_z_test(*a, *b)?, cohens_h(a.share()?, b.share()?)?));
        }
    }
    let adjusted = holm(&p_values.iter().map(|&(p, _)| p).collect::<Vec<_>>())?;
    let tests = pairs.into_iter().zip(p_values).zip(adjusted);
    Ok(tests
        .map(|((pair, (p, cohens_h)), p_holm)| PairTest {
            pair,
            p,
            p_holm,
            cohens_h,
        })
        .collect())
}

/// Number of pairs among so many channels.
///
/// # Formula
///
/// G(G−1)/2.
///
/// # Examples
///
/// ```
/// assert_eq!(dormouse::stats::many_groups::pairs_of(4), 6);
/// ```
#[must_use]
pub fn pairs_of(channels: usize) -> usize {
    channels * channels.saturating_sub(1) / 2
}

/// Every pair of shares with limits of their own, in the order (0, 1), (0, 2), …
///
/// The differences are right together at a level if the limits are at the level of
/// [`bonferroni`] for [`pairs_of`] the channels.
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
/// use dormouse::stats::{Estimate, many_groups::mover_pairs};
/// let share = Estimate { estimate: 0.5, lower: 0.4, upper: 0.6 };
/// assert_eq!(mover_pairs(&[share; 4])?.len(), 6);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
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

/// Wilson intervals that are right together, one a group.
///
/// # Formula
///
/// Wilson at the level of [`bonferroni`] for G intervals.
///
/// # Errors
///
/// [`Refusal::TooFew`] without groups, [`Refusal::PartExceedsWhole`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::many_groups::{Group, simultaneous_wilson};
/// let both = simultaneous_wilson(&[Group { successes: 1, n: 10 }; 2], 0.95)?;
/// assert!((both[0].upper - 0.452815304255038).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
pub fn simultaneous_wilson(groups: &[Group], level: f64) -> Result<Vec<Interval>, Refusal> {
    let each = bonferroni(level, groups.len())?;
    let limits = groups
        .iter()
        .map(|group| wilson(group.successes, group.n, each));
    limits.collect()
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
/// are passed over; a pair that is not given decides nothing.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Estimate, many_groups::{Pair, RankSet, rank_sets}};
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
            rank.last -= 1;
        }
        if let Some(rank) = ranks.get_mut(smaller) {
            rank.first += 1;
        }
    }
    ranks
}

fn at_least_two(groups: usize) -> Result<(), Refusal> {
    if groups < 2 {
        Err(Refusal::TooFew {
            what: "groups",
            found: groups as u64,
            needed: 2,
        })
    } else {
        Ok(())
    }
}
