//! Which ranks the audits leave possible, and the chance to be the largest.

use super::contradiction;
use crate::error::Result;
use crate::model::finding::{Comparison, Quantity, Ranked, Ranking};
use crate::model::results::AuditSummary;
use crate::stats::prob_larger_audited::{FEWEST_DRAWS, rank_probabilities};
use crate::stats::ranks::{Pair, rank_sets};
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
        .map(|channel| channel.audit.strata.iter().map(Stratum::from).collect())
        .collect();
    // Draws in the order of the labels, so that neither the order nor the names of the
    // channels change a chance.
    let mut order: Vec<usize> = (0..strata.len()).collect();
    let labels = |place: usize| strata.get(place).map(|strata| strata.iter().map(counts));
    order.sort_by(|&a, &b| {
        labels(a)
            .into_iter()
            .flatten()
            .cmp(labels(b).into_iter().flatten())
    });
    let ordered: Vec<&[Stratum]> = order
        .iter()
        .filter_map(|&place| strata.get(place).map(Vec::as_slice))
        .collect();
    match rank_probabilities(&ordered, FEWEST_DRAWS, seed, level) {
        Ok(found) => Ok(Some(restored(&ordered, &order, &found.largest))),
        Err(
            Refusal::UnlabelledStratum { .. }
            | Refusal::UnknownLabels { .. }
            | Refusal::NoObservations
            | Refusal::TooLarge { .. },
        ) => Ok(None),
        Err(refusal) => Err(contradiction(refusal)),
    }
}

/// The chances in the order of the channels, from those in the order of the draws.
/// Channels with the same labels share theirs, which by chance may differ.
fn restored(ordered: &[&[Stratum]], order: &[usize], chances: &[f64]) -> Vec<f64> {
    let mut restored = vec![0.0; order.len()];
    for (strata, &place) in ordered.iter().zip(order) {
        let alike = ordered
            .iter()
            .zip(chances)
            .filter(|(other, _)| *other == strata);
        let (sum, of) = alike.fold((0.0, 0.0), |(sum, of), (_, chance)| {
            (sum + chance, of + 1.0)
        });
        if let Some(chance) = restored.get_mut(place) {
            *chance = sum / of;
        }
    }
    restored
}

fn counts(stratum: &Stratum) -> [u64; 4] {
    [
        stratum.size,
        stratum.dormant,
        stratum.active,
        stratum.unknown,
    ]
}
