//! Several samples at once: one question for all, then every pair.
//!
//! With many channels some pair differs by chance: p-values and intervals are held down as
//! [`multiplicity`](super::multiplicity) says. The ranks that remain possible follow from
//! the intervals, in [`ranks`](super::ranks).

use statrs::function::gamma::checked_gamma_ur;

use super::difference::cohens_h;
use super::interval::share;
use super::multiplicity::{bonferroni, holm, pairs_of};
use super::proportion::wilson;
use super::ranks::{Pair, mover_pairs};
use super::{Estimate, Interval, Refusal, normal};

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
///
/// # Source
///
/// J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 3rd
/// ed. (2003).
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
///
/// # Source
///
/// E. B. Wilson, JASA 22 (1927) 209–212; O. J. Dunn, JASA 56 (1961) 52–64.
pub fn simultaneous_wilson(groups: &[Group], level: f64) -> Result<Vec<Interval>, Refusal> {
    let each = bonferroni(level, groups.len())?;
    let limits = groups
        .iter()
        .map(|group| wilson(group.successes, group.n, each));
    limits.collect()
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
