//! From labels to counts per stratum of the draw.

use std::collections::BTreeMap;

use super::labels::Labels;
use super::worksheet::Column;
use super::{Label, STRATA};
use crate::error::{Error, Result, counted};
use crate::model::results::{AuditSummary, Stratum};
use crate::model::tally::Counts;

impl Labels {
    /// Counts per stratum; a row without a label counts as unknown.
    ///
    /// `now` as in `audit::read`; it is used only where [`Labels::lacks_sizes`].
    ///
    /// # Errors
    /// No rows; strata without sizes that are not the present classes; more labels than
    /// followers.
    pub fn summary(&self, now: Counts) -> Result<AuditSummary> {
        let mut strata: BTreeMap<&str, (Option<u64>, Stratum)> = BTreeMap::new();
        for row in &self.rows {
            let (_, counts) = strata
                .entry(&row.stratum)
                .or_insert_with(|| (row.size, empty(row.stratum.clone(), 0)));
            match row.label {
                Some(Label::Dormant) => counts.dormant += 1,
                Some(Label::Active) => counts.active += 1,
                Some(Label::Unknown) | None => counts.unknown += 1,
            }
        }
        if strata.is_empty() {
            return Err(Error::new("audit::empty", "the audit file holds no labels")
                .at(&self.name)
                .help("label the draw, or take the line `audit` out of the study file"));
        }
        self.sized(strata, now)
    }

    fn sized(
        &self,
        strata: BTreeMap<&str, (Option<u64>, Stratum)>,
        now: Counts,
    ) -> Result<AuditSummary> {
        let alone = strata.len() == 1;
        let class = |name: &str| {
            let (state, _) = STRATA.into_iter().find(|&(_, class)| class == name)?;
            let mut counts = now;
            Some(*counts.of(state))
        };
        let mut sized = Vec::with_capacity(strata.len());
        if !alone && strata.values().all(|(size, _)| size.is_none()) {
            // A present class that nobody was drawn from can be anything.
            for (_, name) in STRATA {
                let size = class(name).unwrap_or(0);
                if size > 0 && !strata.contains_key(name) {
                    sized.push(empty(name.to_owned(), size));
                }
            }
        }
        for (size, mut stratum) in strata.into_values() {
            let present = if alone {
                Some(now.present())
            } else {
                class(&stratum.name)
            };
            stratum.size = size.or(present).ok_or_else(|| {
                self.sizes("strata without sizes that are not the present classes")
                    .help("add the column stratum_size: followers in each stratum when the draw was made")
            })?;
            let labelled = stratum.dormant + stratum.active + stratum.unknown;
            if labelled > stratum.size {
                return Err(self
                    .sizes(&format!(
                        "a stratum of {} has {}",
                        counted(stratum.size, "follower"),
                        counted(labelled, "label")
                    ))
                    .help("the size is the number of followers of the stratum in the list, not of labels"));
            }
            sized.push(stratum);
        }
        Ok(AuditSummary {
            strata: sized,
            agreement: None,
            suppressed: false,
        })
    }

    fn sizes(&self, message: &str) -> Error {
        Error::new("audit::sizes", message)
            .at(&self.name)
            .column(Column::StratumSize.heading())
    }
}

fn empty(name: String, size: u64) -> Stratum {
    Stratum {
        name,
        size,
        dormant: 0,
        active: 0,
        unknown: 0,
    }
}
