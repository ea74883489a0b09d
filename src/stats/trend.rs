//! Whether a share rises or falls: over dated samples, or over ordered groups.

use super::many_groups::{Group, chi_square_tail};
use super::proportion::wilson;
use super::{Interval, Refusal, normal};

/// Days of a year, for slopes.
const YEAR: f64 = 365.25;

/// The share in one dated sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    /// Days since any origin.
    pub day: f64,
    /// The share.
    pub share: f64,
    /// Its standard error, above 0.
    pub standard_error: f64,
}

impl Snapshot {
    /// A snapshot of k out of n.
    ///
    /// # Formula
    ///
    /// se = √(p(1−p)/n); where that is 0 (k = 0 or k = n), half the width of the Wilson
    /// interval over z.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoObservations`], [`Refusal::PartExceedsWhole`], [`Refusal::Level`],
    /// [`Refusal::OutsideDomain`] for a day beyond ±1e7.
    ///
    /// # Examples
    ///
    /// ```
    /// use dormouse::stats::{many_groups::Group, trend::Snapshot};
    /// let none = Snapshot::from_counts(0.0, Group { successes: 0, n: 50 }, 0.95)?;
    /// assert!(none.standard_error > 0.0);
    /// # Ok::<(), dormouse::stats::Refusal>(())
    /// ```
    ///
    /// # Source
    ///
    /// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §3.2; E. B. Wilson, JASA 22 (1927)
    /// 209–212.
    pub fn from_counts(day: f64, group: Group, level: f64) -> Result<Self, Refusal> {
        day_value(day)?;
        let share = group.share()?;
        let plain = (share * (1.0 - share) / group.n as f64).sqrt();
        let standard_error = if plain > 0.0 {
            plain
        } else {
            let z = normal::two_sided(level)?;
            0.5 * wilson(group.successes, group.n, level)?.width() / z
        };
        Ok(Self {
            day,
            share,
            standard_error,
        })
    }
}

/// A straight line through dated shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Change of the share in 365.25 days.
    pub slope: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// slope ± z standard errors.
    pub interval: Interval,
    /// Two-sided p-value of no slope.
    pub p: f64,
    /// Weighted squares around the line: whether a line fits.
    pub lack_of_fit: f64,
    /// Its degrees of freedom, two less than the snapshots.
    pub lack_of_fit_df: u64,
    /// Its p-value; `None` without degrees of freedom.
    pub lack_of_fit_p: Option<f64>,
}

/// The trend over independent samples; for one panel of followers use the pairs.
///
/// # Formula
///
/// Least squares with w = 1/se²: slope Σw(t−t̄)(p−p̄)/Σw(t−t̄)², standard error
/// 1/√Σw(t−t̄)², lack of fit Q = Σw(p − line)² on K − 2 degrees of freedom.
///
/// # Errors
///
/// [`Refusal::TooFew`] below two snapshots, [`Refusal::NoVariation`] if all are of one
/// day, [`Refusal::NotAShare`], [`Refusal::OutsideDomain`] for a day or a standard error
/// that cannot be, [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::trend::{Snapshot, trend};
/// let at = |day, share| Snapshot { day, share, standard_error: 0.02 };
/// let found = trend(&[at(0.0, 0.30), at(365.25, 0.40)], 0.95)?;
/// assert!((found.slope - 0.1).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Biometrics 10 (1954) 101–129, for the weights and the lack of fit.
pub fn trend(snapshots: &[Snapshot], level: f64) -> Result<Trend, Refusal> {
    let z = normal::two_sided(level)?;
    check(snapshots)?;
    let weighted = |value: fn(&Snapshot) -> f64| -> f64 {
        snapshots.iter().map(|at| value(at) * weight(at)).sum()
    };
    let total = weighted(|_| 1.0);
    let (day, share) = (
        weighted(|at| at.day) / total,
        weighted(|at| at.share) / total,
    );
    let spread: f64 = snapshots
        .iter()
        .map(|at| weight(at) * (at.day - day).powi(2))
        .sum();
    if spread <= 0.0 {
        return Err(Refusal::NoVariation);
    }
    let covariance: f64 = snapshots
        .iter()
        .map(|at| weight(at) * (at.day - day) * (at.share - share))
        .sum();
    let slope = covariance / spread;
    let standard_error = 1.0 / spread.sqrt();
    let lack_of_fit = snapshots
        .iter()
        .map(|at| weight(at) * (at.share - share - slope * (at.day - day)).powi(2))
        .sum();
    let lack_of_fit_df = snapshots.len() as u64 - 2;
    Ok(Trend {
        slope: YEAR * slope,
        standard_error: YEAR * standard_error,
        interval: Interval {
            lower: YEAR * (slope - z * standard_error),
            upper: YEAR * (slope + z * standard_error),
        },
        p: normal::two_sided_p(slope / standard_error),
        lack_of_fit,
        lack_of_fit_df,
        lack_of_fit_p: (lack_of_fit_df > 0).then(|| chi_square_tail(lack_of_fit, lack_of_fit_df)),
    })
}

fn weight(at: &Snapshot) -> f64 {
    at.standard_error.powi(-2)
}

/// The day itself, if it can be one.
fn day_value(day: f64) -> Result<f64, Refusal> {
    if (-1e7..=1e7).contains(&day) {
        Ok(day)
    } else {
        Err(Refusal::OutsideDomain {
            must: "a day lies within ten million of the origin",
            value: day,
        })
    }
}

fn check(snapshots: &[Snapshot]) -> Result<(), Refusal> {
    if snapshots.len() < 2 {
        return Err(Refusal::TooFew {
            what: "snapshots",
            found: snapshots.len() as u64,
            needed: 2,
        });
    }
    for at in snapshots {
        super::interval::share_value(at.share)?;
        day_value(at.day)?;
        if !(1e-12..=1.0).contains(&at.standard_error) {
            return Err(Refusal::OutsideDomain {
                must: "the standard error of a share lies between 1e-12 and 1",
                value: at.standard_error,
            });
        }
    }
    Ok(())
}

/// A trend over ordered groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderedTrend {
    /// Standard normal if there is no trend; positive if the share rises with the score.
    pub statistic: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// The Cochran–Armitage test: does the share rise with the score of the group? To be shown
/// beside the assumption that older followers are the more dormant.
///
/// # Formula
///
/// T = Σ s_i(k_i − n_i p)/√(p(1−p)[Σ n_i s_i² − (Σ n_i s_i)²/n]), p the pooled share, s_i the
/// score, such as the bucket of the follow age.
///
/// # Errors
///
/// [`Refusal::TooFew`] below two groups, [`Refusal::NoVariation`] if shares or scores are
/// all alike, [`Refusal::NoObservations`], [`Refusal::PartExceedsWhole`],
/// [`Refusal::OutsideDomain`] for a score beyond ±1e9.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{many_groups::Group, trend::cochran_armitage};
/// let group = |successes| Group { successes, n: 100 };
/// let found = cochran_armitage(&[(0.0, group(10)), (1.0, group(20)), (2.0, group(30))])?;
/// assert!(found.statistic > 3.0 && found.p < 0.001);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// P. Armitage, Biometrics 11 (1955) 375–386.
pub fn cochran_armitage(groups: &[(f64, Group)]) -> Result<OrderedTrend, Refusal> {
    if groups.len() < 2 {
        return Err(Refusal::TooFew {
            what: "groups",
            found: groups.len() as u64,
            needed: 2,
        });
    }
    for &(score, group) in groups {
        group.share()?;
        if !(-1e9..=1e9).contains(&score) {
            return Err(Refusal::OutsideDomain {
                must: "a score lies between −1e9 and 1e9",
                value: score,
            });
        }
    }
    let total = |value: fn(&(f64, Group)) -> f64| -> f64 { groups.iter().map(value).sum() };
    let n = total(|(_, group)| group.n as f64);
    let pooled = total(|(_, group)| group.successes as f64) / n;
    let centre = total(|(score, group)| score * group.n as f64) / n;
    let (mut rise, mut spread) = (0.0, 0.0);
    for (score, group) in groups {
        let away = score - centre;
        rise += away * (group.successes as f64 - group.n as f64 * pooled);
        spread += group.n as f64 * away * away;
    }
    let variance = pooled * (1.0 - pooled) * spread;
    if variance <= 0.0 {
        return Err(Refusal::NoVariation);
    }
    let statistic = rise / variance.sqrt();
    Ok(OrderedTrend {
        statistic,
        p: normal::two_sided_p(statistic),
    })
}
