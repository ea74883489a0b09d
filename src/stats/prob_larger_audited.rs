//! How probable it is that one audited channel's dormant share is the larger.
//!
//! A probability under the sampling model: how "dormant" was defined and what is missing
//! is not in it.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Beta, Binomial, Distribution};

use super::strata::{Audit, Cell};
use super::{Interval, Refusal, Stratum, normal};

/// The fewest draws that give two decimals.
pub const FEWEST_DRAWS: usize = 40_000;

/// The most draws that are kept in memory for quantiles.
pub const MOST_DRAWS: usize = 1_000_000;

/// The largest stratum that is drawn for.
pub const STRATUM_LIMIT: u64 = 1 << 53;

/// What a Monte Carlo over audited channels says of each, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct RankProbabilities {
    /// The posterior mean of each share, exact.
    pub mean: Vec<f64>,
    /// The equal-tailed posterior interval of each share.
    pub interval: Vec<Interval>,
    /// Row i, column j: the probability that i is larger than j; a tie counts for one
    /// half, and so does the diagonal.
    pub larger: Vec<Vec<f64>>,
    /// The probability of each to be the largest; ties are shared.
    pub largest: Vec<f64>,
}

/// The probabilities that audited channels are larger than each other.
///
/// # Formula
///
/// Dormant among the N_h − m_h unlabelled of stratum h ~ Binomial(N_h−m_h, q), q ~
/// Beta(k_h+½, m_h−k_h+½); share = Σ (k_h + dormant_h)/N. `draws` draws of all channels
/// from the `seed` (ChaCha8): the same seed gives the same numbers.
///
/// # Errors
///
/// [`Refusal::TooFew`] without channels or below [`FEWEST_DRAWS`], [`Refusal::TooLarge`]
/// beyond [`MOST_DRAWS`] or [`STRATUM_LIMIT`]; [`Refusal::UnlabelledStratum`],
/// [`Refusal::UnknownLabels`], [`Refusal::NoObservations`], [`Refusal::PartExceedsWhole`],
/// [`Refusal::CountsOverflow`] for the strata; [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::{Stratum, prob_larger_audited::rank_probabilities};
/// let a = [Stratum { size: 500, dormant: 40, active: 10, unknown: 0 }];
/// let b = [Stratum { size: 500, dormant: 10, active: 40, unknown: 0 }];
/// let found = rank_probabilities(&[&a, &b], 40_000, 7, 0.95)?;
/// assert!(found.larger[0][1] > 0.99);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// R. J. A. Little, JASA 88 (1993) 1001–1012, for the model.
pub fn rank_probabilities(
    channels: &[&[Stratum]],
    draws: usize,
    seed: u64,
    level: f64,
) -> Result<RankProbabilities, Refusal> {
    let tail = 0.5 * (1.0 - normal::checked(level)?);
    check_draws(channels.len(), draws)?;
    let mut populations = Vec::with_capacity(channels.len());
    for strata in channels {
        populations.push(Posterior::new(strata)?);
    }
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut drawn = vec![Vec::with_capacity(draws); populations.len()];
    let mut larger = vec![vec![0.0; populations.len()]; populations.len()];
    let mut largest = vec![0.0; populations.len()];
    let mut shares = vec![0.0; populations.len()];
    for _ in 0..draws {
        for ((population, share), kept) in populations.iter().zip(&mut shares).zip(&mut drawn) {
            *share = population.draw(&mut rng)?;
            kept.push(*share);
        }
        count_larger(&shares, &mut larger);
        count_largest(&shares, &mut largest);
    }
    let of_draws = |count: f64| count / draws as f64;
    Ok(RankProbabilities {
        mean: populations.iter().map(Posterior::mean).collect(),
        interval: drawn
            .into_iter()
            .map(|draws| quantiles(draws, tail))
            .collect(),
        larger: larger
            .into_iter()
            .map(|row| row.into_iter().map(of_draws).collect())
            .collect(),
        largest: largest.into_iter().map(of_draws).collect(),
    })
}

fn check_draws(channels: usize, draws: usize) -> Result<(), Refusal> {
    if channels == 0 {
        return Err(Refusal::TooFew {
            what: "channels",
            found: 0,
            needed: 1,
        });
    }
    if draws < FEWEST_DRAWS {
        return Err(Refusal::TooFew {
            what: "draws",
            found: draws as u64,
            needed: FEWEST_DRAWS as u64,
        });
    }
    if draws > MOST_DRAWS {
        return Err(Refusal::TooLarge {
            what: "the number of draws",
            limit: MOST_DRAWS as u64,
        });
    }
    Ok(())
}

/// What is believed of a channel after its audit.
struct Posterior {
    cells: Vec<(Cell, Beta<f64>)>,
    total: f64,
}

impl Posterior {
    fn new(strata: &[Stratum]) -> Result<Self, Refusal> {
        let audit = Audit::new(strata, None)?;
        audit.estimable()?;
        let mut cells = Vec::with_capacity(audit.cells.len());
        for cell in audit.cells {
            if cell.size > STRATUM_LIMIT {
                return Err(Refusal::TooLarge {
                    what: "the stratum of a Monte Carlo",
                    limit: STRATUM_LIMIT,
                });
            }
            let dormant = cell.dormant as f64 + 0.5;
            let active = (cell.labelled - cell.dormant) as f64 + 0.5;
            let share = Beta::new(dormant, active).map_err(|_| Refusal::OutsideDomain {
                must: "the shape of a posterior is positive",
                value: dormant.min(active),
            })?;
            cells.push((cell, share));
        }
        let total = cells.iter().map(|(cell, _)| cell.size as f64).sum();
        Ok(Self { cells, total })
    }

    fn mean(&self) -> f64 {
        let dormant = self.cells.iter().map(|(cell, _)| {
            let rest = (cell.size - cell.labelled) as f64;
            cell.dormant as f64 + rest * (cell.dormant as f64 + 0.5) / (cell.labelled as f64 + 1.0)
        });
        (dormant.sum::<f64>() / self.total).clamp(0.0, 1.0)
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> Result<f64, Refusal> {
        let mut dormant = 0.0;
        for (cell, share) in &self.cells {
            let probability = share.sample(rng);
            let rest = Binomial::new(cell.size - cell.labelled, probability);
            let rest = rest.map_err(|_| Refusal::NotAShare { value: probability })?;
            dormant += cell.dormant as f64 + rest.sample(rng) as f64;
        }
        Ok(dormant / self.total)
    }
}

fn count_larger(shares: &[f64], larger: &mut [Vec<f64>]) {
    for (row, &a) in larger.iter_mut().zip(shares) {
        for (count, &b) in row.iter_mut().zip(shares) {
            *count += if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            };
        }
    }
}

fn count_largest(shares: &[f64], largest: &mut [f64]) {
    let top = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let tied = shares.iter().filter(|&&share| share == top).count() as f64;
    for (count, &share) in largest.iter_mut().zip(shares) {
        if share == top {
            *count += 1.0 / tied;
        }
    }
}

/// The quantiles at `tail` and 1 − `tail`, linear between the ordered draws.
fn quantiles(mut draws: Vec<f64>, tail: f64) -> Interval {
    draws.sort_by(f64::total_cmp);
    let at = |probability: f64| {
        let place = probability * draws.len().saturating_sub(1) as f64;
        let below = draws.get(place.floor() as usize).copied().unwrap_or(0.0);
        let above = draws.get(place.ceil() as usize).copied().unwrap_or(below);
        below + (place - place.floor()) * (above - below)
    };
    Interval {
        lower: at(tail),
        upper: at(1.0 - tail),
    }
}
