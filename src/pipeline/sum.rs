//! What is counted while the rows of a channel pass by.

use std::sync::{Mutex, PoisonError};

use crate::activity::{self, Counter, Judgement};
use crate::error::Result;
use crate::model::tally::{Key, Tally};

/// Counts batches, of which several may come at once.
pub(super) struct Counting {
    judgement: Judgement,
    counter: Counter,
    /// The same rows judged without interactions, where those are signs of life.
    without: Option<Counter>,
    named: Mutex<Vec<(u64, Key)>>,
}

impl Counting {
    /// Nothing counted yet; `interactions` says whether those are among the signs of life.
    pub(super) fn new(census: i64, window: u32, interactions: bool) -> Self {
        let plain = Judgement::new(census, window);
        let judgement = plain.clone().with_interactions(interactions);
        Self {
            counter: Counter::new(judgement.clone()),
            judgement,
            without: interactions.then(|| Counter::new(plain)),
            named: Mutex::default(),
        }
    }

    /// Counts a batch.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub(super) fn add(&self, batch: &activity::Rows) -> Result<()> {
        if let Some(without) = &self.without {
            without.count(batch)?;
        }
        let named = activity::named(batch, &self.judgement)?;
        self.named
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(named);
        self.counter.count(batch)
    }

    /// What was counted.
    ///
    /// # Errors
    /// Only a fault of the program.
    pub(super) fn finish(self) -> Result<Sum> {
        let without = self.without.map(Counter::finish).transpose()?;
        Ok(Sum {
            tally: self.counter.finish()?,
            without: without.unwrap_or_default(),
            named: self
                .named
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner),
        })
    }
}

/// What is counted of some rows.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) tally: Tally,
    /// The same rows judged without interactions.
    pub(super) without: Tally,
    /// Followers under pseudonyms.
    pub(super) named: Vec<(u64, Key)>,
}

impl Sum {
    /// Adds other rows, of which `confirm` gives the keys their last word.
    pub(super) fn absorb(&mut self, other: Self, confirm: impl Fn(Key) -> Key) {
        self.tally.merge(&other.tally.map_keys(&confirm));
        self.without.merge(&other.without.map_keys(&confirm));
        let named = other.named.into_iter();
        self.named
            .extend(named.map(|(name, key)| (name, confirm(key))));
    }
}
