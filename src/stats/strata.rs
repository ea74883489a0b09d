//! The strata of an audit, checked once for every estimate that is made of them.

use super::Refusal;
use super::finite_population::effective_size;
use crate::model::results;

/// One stratum of an audit: its size when the draw was made, and its labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Followers in the stratum.
    pub size: u64,
    /// Labelled dormant.
    pub dormant: u64,
    /// Labelled active.
    pub active: u64,
    /// Looked up without a verdict.
    pub unknown: u64,
}

impl Stratum {
    /// Followers that were looked up, whatever the label; `None` beyond 64 bits.
    #[must_use]
    pub fn labelled(self) -> Option<u64> {
        self.dormant
            .checked_add(self.active)?
            .checked_add(self.unknown)
    }
}

impl From<&results::Stratum> for Stratum {
    fn from(stratum: &results::Stratum) -> Self {
        Self {
            size: stratum.size,
            dormant: stratum.dormant,
            active: stratum.active,
            unknown: stratum.unknown,
        }
    }
}

/// A stratum that has followers and no more labels than followers.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// Place in the list that was given.
    pub(super) place: usize,
    /// N_h / Σ N_h.
    pub(super) weight: f64,
    /// N_h.
    pub(super) size: u64,
    /// m_h.
    pub(super) labelled: u64,
    /// k_h.
    pub(super) dormant: u64,
    /// u_h.
    pub(super) unknown: u64,
}

/// Strata whose counts agree with each other and with the channel.
pub(super) struct Audit {
    /// The strata that have followers.
    pub(super) cells: Vec<Cell>,
    /// n and N, if the export is a random sample of the channel.
    pub(super) sampled: Option<Sampled>,
}

/// An export of `listed` followers drawn from a channel of `population`.
#[derive(Clone, Copy)]
pub(super) struct Sampled {
    pub(super) listed: u64,
    pub(super) population: u64,
}

impl Audit {
    /// Checks the strata. `population` is the size of the channel if the export is a
    /// random sample of it, and `None` if the export is the whole channel.
    pub(super) fn new(strata: &[Stratum], population: Option<u64>) -> Result<Self, Refusal> {
        let total: u128 = strata.iter().map(|stratum| u128::from(stratum.size)).sum();
        let mut cells = Vec::with_capacity(strata.len());
        for (place, &stratum) in strata.iter().enumerate() {
            let labelled = stratum.labelled().ok_or(Refusal::CountsOverflow)?;
            if labelled > stratum.size {
                return Err(Refusal::PartExceedsWhole {
                    part: labelled,
                    whole: stratum.size,
                });
            }
            if stratum.size > 0 {
                cells.push(Cell {
                    place,
                    weight: stratum.size as f64 / total as f64,
                    size: stratum.size,
                    labelled,
                    dormant: stratum.dormant,
                    unknown: stratum.unknown,
                });
            }
        }
        let sampled = match population {
            None => None,
            Some(population) => {
                let listed = u64::try_from(total).map_err(|_| Refusal::CountsOverflow)?;
                effective_size(listed, population)?;
                Some(Sampled { listed, population })
            }
        };
        Ok(Self { cells, sampled })
    }

    /// Refuses strata of which a point cannot be estimated.
    pub(super) fn estimable(&self) -> Result<(), Refusal> {
        if self.cells.is_empty() {
            return Err(Refusal::NoObservations);
        }
        if let Some(cell) = self.cells.iter().find(|cell| cell.labelled == 0) {
            return Err(Refusal::UnlabelledStratum {
                stratum: cell.place,
            });
        }
        let unknown: u128 = self.cells.iter().map(|cell| u128::from(cell.unknown)).sum();
        if unknown > 0 {
            return Err(Refusal::UnknownLabels {
                labels: u64::try_from(unknown).unwrap_or(u64::MAX),
            });
        }
        Ok(())
    }
}
