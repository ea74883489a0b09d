//! Which ranks the audits leave possible, and the chance to be the largest.

use super::contradiction;
use crate::error::Result;
use crate::model::finding::{Comparison, Quantity, Ranked, Ranking};
use crate::model::results::AuditSummary;
use crate::stats::many_groups::{Pair, rank_sets};
use crate::stats::prob_larger_audited::{FEWEST_DRAWS, rank_probabilities};
use crate::stats::{Estimate, Refusal, Stratum};

/// An audited channel.
#[derive(Clone, Copy, Debug)]
pub struct Audited<'a> {
    /// The channel.
    pub id: &'a str,
    /// Its labels.
    pub audit: &'a AuditSummary,
    /// Whether the list is the whole channel: only then does the sampling model hold.
    pub census: bool,
}

/// The rank sets of the audited channels from the differences of their dormant shares,
/// right together at `level`; `None` for fewer than two.
///
/// # Formula
/// [1 + number certainly larger, G − number certainly smaller]; chance by seeded Monte
/// Carlo over Beta(k_h+½, m_h−k_h+½) for the unlabelled of each stratum.
///
/// # Errors
/// Only a fault of an earlier stage.
///
/// # Source
/// Mogstad, Romano, Shaikh and Wilhelm 2024, with Bonferroni limits.
pub fn ranking(
    channels: &[Audited<'_>],
    comparisons: &[Comparison],
    seed: u64,
    level: f64,
) -> Result<Option<Ranking>> {
    if channels.len() < 2 {
        return Ok(None);
    }
    let place = |id: &str| channels.iter().position(|channel| channel.id == id);
    let pairs: Vec<Pair> = comparisons
        .iter()
        .filter(|comparison| comparison.quantity == Quantity::Dormant)
        .filter_map(|comparison| {
            // Only the limits decide a rank; where there is no point any between them does.
            let point = comparison
                .difference
                .unwrap_or((comparison.lower + comparison.upper) / 2.0);
            Some(Pair {
                first: place(&comparison.a)?,
                second: place(&comparison.b)?,
                difference: Estimate {
                    estimate: point,
                    lower: comparison.lower,
                    upper: comparison.upper,
                },
            })
        })
        .collect();
    let largest = chances(channels, seed, level)?;
    let ranked = rank_sets(channels.len(), &pairs)
        .into_iter()
        .zip(channels)
        .enumerate();
    Ok(Some(Ranking {
        quantity: Quantity::Dormant,
        level,
        channels: ranked
            .map(|(place, (ranks, channel))| Ranked {
                channel: channel.id.to_owned(),
                first: ranks.first as u64,
                last: ranks.last as u64,
                largest: largest
                    .as_ref()
                    .and_then(|chances| chances.get(place).copied()),
            })
            .collect(),
    }))
}

/// The chance of each channel to be the largest; `None` where the model does not hold
/// for all of them.
fn chances(channels: &[Audited<'_>], seed: u64, level: f64) -> Result<Option<Vec<f64>>> {
    if channels.iter().any(|channel| !channel.census) {
        return Ok(None);
    }
    let strata: Vec<Vec<Stratum>> = channels
        .iter()
        .map(|channel| channel.audit.strata.iter().map(counted).collect())
        .collect();
    let borrowed: Vec<&[Stratum]> = strata.iter().map(Vec::as_slice).collect();
    match rank_probabilities(&borrowed, FEWEST_DRAWS, seed, level) {
        Ok(found) => Ok(Some(found.largest)),
        Err(
            Refusal::UnlabelledStratum { .. }
            | Refusal::UnknownLabels { .. }
            | Refusal::NoObservations
            | Refusal::TooLarge { .. },
        ) => Ok(None),
        Err(refusal) => Err(contradiction(refusal)),
    }
}

fn counted(stratum: &crate::model::results::Stratum) -> Stratum {
    Stratum {
        size: stratum.size,
        dormant: stratum.dormant,
        active: stratum.active,
        unknown: stratum.unknown,
    }
}
