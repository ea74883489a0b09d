//! What is counted while the rows of a channel pass by.

use crate::activity::{self, Judgement};
use crate::error::Result;
use crate::model::tally::{Key, Tally};

/// What is counted of some rows.
pub(super) struct Sum {
    judgement: Judgement,
    /// Whether interactions are among the signs of life.
    interactions: bool,
    pub(super) tally: Tally,
    /// The same rows judged without interactions.
    pub(super) without: Tally,
    /// Followers under pseudonyms.
    pub(super) named: Vec<(u64, Key)>,
}

impl Sum {
    /// Nothing counted yet.
    pub(super) fn new(census: i64, window: u32, interactions: bool) -> Self {
        Self {
            judgement: Judgement::new(census, window),
            interactions,
            tally: Tally::default(),
            without: Tally::default(),
            named: Vec::new(),
        }
    }

    /// Counts a batch.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub(super) fn add(&mut self, batch: activity::Rows) -> Result<()> {
        let judgement = self.judgement.clone().with_interactions(self.interactions);
        if self.interactions {
            self.without
                .merge(&activity::count(batch.clone(), &self.judgement)?);
        }
        self.named.extend(activity::named(&batch, &judgement)?);
        self.tally.merge(&activity::count(batch, &judgement)?);
        Ok(())
    }

    /// Adds other rows, of which `confirm` gives the keys their last word.
    pub(super) fn absorb(&mut self, other: Self, confirm: impl Fn(Key) -> Key) {
        self.tally.merge(&other.tally.map_keys(&confirm));
        self.without.merge(&other.without.map_keys(&confirm));
        let named = other.named.into_iter();
        self.named
            .extend(named.map(|(name, key)| (name, confirm(key))));
    }
}
