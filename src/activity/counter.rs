//! Packed keys to the tally: counted in a small table of integers, so that a row costs
//! one access to memory.
//!
//! Grouping in the engine's plan was measured against it and costs several times as much,
//! because every batch makes tens of thousands of groups, which then are merged.

use std::sync::{Mutex, PoisonError};

use polars::prelude::DataFrame;

use super::{Judgement, packed_keys, unpacked};
use crate::error::Result;
use crate::model::tally::Tally;

/// Counts batches of rows, of which several may come at once.
#[derive(Debug)]
pub struct Counter {
    judgement: Judgement,
    cells: Mutex<Cells>,
}

impl Counter {
    /// Nobody counted yet.
    pub fn new(judgement: Judgement) -> Self {
        Self {
            judgement,
            cells: Mutex::default(),
        }
    }

    /// Counts a batch of rows.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub fn count(&self, rows: &DataFrame) -> Result<()> {
        let keys = packed_keys(rows, &self.judgement)?;
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            cells.add(key);
        }
        Ok(())
    }

    /// The tally.
    ///
    /// # Errors
    /// A heuristic gave a key that does not unpack: a fault of the program.
    pub fn finish(self) -> Result<Tally> {
        let cells = self
            .cells
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        cells
            .slots
            .into_iter()
            .filter(|&(key, _)| key != EMPTY)
            .map(|(key, count)| Ok((unpacked(key)?, count)))
            .collect()
    }
}

/// Followers per key, by open addressing.
#[derive(Debug)]
struct Cells {
    /// A power of two.
    slots: Vec<(u32, u64)>,
    filled: usize,
}

/// No packed key: those have 30 bits.
const EMPTY: u32 = u32::MAX;

impl Default for Cells {
    fn default() -> Self {
        Self {
            slots: vec![(EMPTY, 0); 1 << 10],
            filled: 0,
        }
    }
}

impl Cells {
    #[inline]
    fn add(&mut self, key: u32) {
        let slot = self.slot(key);
        if let Some((there, count)) = self.slots.get_mut(slot) {
            *count += 1;
            if *there == key {
                return;
            }
            *there = key;
            self.filled += 1;
        }
        if self.filled * 2 > self.slots.len() {
            self.grow();
        }
    }

    /// The slot of a key, or the empty one where it belongs.
    #[inline]
    fn slot(&self, key: u32) -> usize {
        // Fibonacci hashing: the highest bits are mixed best.
        let bits = self.slots.len().trailing_zeros();
        let mut slot = (key.wrapping_mul(0x9E37_79B9) >> (32 - bits)) as usize;
        while let Some(&(there, _)) = self.slots.get(slot) {
            if there == key || there == EMPTY {
                break;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    fn grow(&mut self) {
        let double = vec![(EMPTY, 0); self.slots.len() * 2];
        for (key, count) in std::mem::replace(&mut self.slots, double) {
            if key != EMPTY {
                let slot = self.slot(key);
                if let Some(empty) = self.slots.get_mut(slot) {
                    *empty = (key, count);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_key_is_counted(keys in proptest::collection::vec(
            prop_oneof![0..40_u32, 0..1_u32 << 30, (0..3000_u32).prop_map(|key| key << 16)],
            0..5000,
        )) {
            let (mut cells, mut expected) = (Cells::default(), BTreeMap::new());
            for &key in &keys {
                cells.add(key);
                *expected.entry(key).or_insert(0_u64) += 1;
            }
            let found: BTreeMap<_, _> = cells
                .slots
                .into_iter()
                .filter(|&(key, _)| key != EMPTY)
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
