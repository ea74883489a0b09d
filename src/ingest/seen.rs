//! Which ids a channel has shown so far, in less than ten bytes each.
//!
//! No id is kept, only its 64-bit hash. Among ten million followers two hashes fall
//! together by chance with a probability of 3 in a million.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use crate::frame::states::Pseudonyms;
use crate::model::platform::Platform;

/// The ids seen so far in a channel.
#[derive(Debug)]
pub struct Seen {
    hashes: Table,
    again: Hashes,
    gone: Hashes,
    platform: Option<Platform>,
    pseudonyms: Option<Pseudonyms>,
    checked: bool,
}

/// A few ids, as [`hash`] has them.
pub type Hashes = HashSet<u64, BuildHasherDefault<Itself>>;

/// A map by hashes of ids.
pub type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Itself>>;

/// The hash of a number that is a hash already.
#[derive(Debug, Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            hashes: Table::default(),
            again: Hashes::default(),
            gone: Hashes::default(),
            platform: None,
            pseudonyms: None,
            checked: true,
        }
    }
}

impl Seen {
    /// Nobody seen yet; rows are passed on under these pseudonyms.
    pub fn under(pseudonyms: Pseudonyms) -> Self {
        Self {
            pseudonyms: Some(pseudonyms),
            ..Self::default()
        }
    }

    /// The same, for a channel of which the study says where it is.
    #[must_use]
    pub fn on(self, platform: Platform) -> Self {
        Self {
            platform: Some(platform),
            ..self
        }
    }

    /// Nobody seen yet, in the same channel.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self {
            platform: self.platform,
            pseudonyms: self.pseudonyms.clone(),
            checked: self.checked,
            ..Self::default()
        }
    }

    /// Where the channel is, if the study says it.
    pub fn platform(&self) -> Option<Platform> {
        self.platform
    }

    /// How many ids were seen.
    pub fn len(&self) -> usize {
        self.hashes.filled
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.hashes.filled == 0
    }

    /// How many ids two lists share.
    pub fn shared(&self, other: &Self) -> usize {
        let (few, many) = if self.len() <= other.len() {
            (&self.hashes, &other.hashes)
        } else {
            (&other.hashes, &self.hashes)
        };
        few.sorted().filter(|&hash| many.contains(hash)).count()
    }

    /// The ids that came more than once.
    pub fn repeated(&self) -> &Hashes {
        &self.again
    }

    /// The ids that an export has named as gone outside its rows.
    pub fn named_as_gone(&self) -> &Hashes {
        &self.gone
    }

    /// Notes an id that an export names as gone outside its rows.
    pub fn name_as_gone(&mut self, id: &str) {
        self.gone.insert(hash(id.as_bytes()));
    }

    /// Takes every id as new: duplicates are not looked for, and nothing is remembered.
    pub fn unchecked() -> Self {
        Self {
            checked: false,
            ..Self::default()
        }
    }

    /// Whether duplicates are looked for.
    pub fn is_checked(&self) -> bool {
        self.checked
    }

    /// The pseudonyms under which rows are passed on, where dated exports are joined.
    pub fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.pseudonyms.as_ref()
    }

    /// Makes room for so many more ids, so that it need not be made bit by bit.
    pub fn expect(&mut self, ids: u64) {
        if self.checked {
            self.hashes.expect(ids);
        }
    }

    /// Whether the id is seen for the first time.
    pub fn is_new(&mut self, id: impl AsRef<[u8]>) -> bool {
        if !self.checked {
            return true;
        }
        let hash = hash(id.as_ref());
        let is_new = self.hashes.insert(hash);
        if !is_new {
            self.again.insert(hash);
        }
        is_new
    }

    /// Looks up and adds ids by their hashes, and gives the places of those that were
    /// seen before; `NO_ID` never is.
    pub fn again(&mut self, ids: &[u64]) -> Vec<usize> {
        if !self.checked {
            return Vec::new();
        }
        let places = self.hashes.insert_all(ids);
        self.again
            .extend(places.iter().filter_map(|&place| ids.get(place)));
        places
    }
}

/// Stands where a row has no id.
pub const NO_ID: u64 = 0;

/// The hash of an id; never `NO_ID`.
#[inline]
pub fn hash(id: &[u8]) -> u64 {
    xxh3_64(id).max(1)
}

/// A set of hashes: one table in growing order with gaps, in which a hash lies at or a
/// few slots behind the place that its size says (linear probing in sorted order).
///
/// Looking up costs one access to memory as in any hash table, but the table can be
/// filled to nine tenths, and it grows in place by a ninth, without a second table
/// beside it: 8.9 to 10 bytes a hash.
#[derive(Debug, Default)]
struct Table {
    /// Zero is an empty slot. Behind the places are slots for those that are pushed
    /// beyond the last.
    slots: Vec<u64>,
    /// Slots that are the place of some hash.
    places: usize,
    filled: usize,
}

/// The smallest table.
const LEAST: usize = 1024;

/// Slots that are added at the end when those are full.
const OVERFLOW: usize = 256;

/// How many hashes are looked at ahead, so that memory is waited for once and not each
/// time.
const AHEAD: usize = 32;

impl Table {
    #[inline]
    fn place(hash: u64, places: usize) -> usize {
        ((u128::from(hash) * places as u128) >> 64) as usize
    }

    /// The hashes from the smallest: so they lie in the slots.
    fn sorted(&self) -> impl Iterator<Item = u64> {
        self.slots.iter().copied().filter(|&slot| slot != 0)
    }

    /// Makes room for so many more.
    fn expect(&mut self, more: u64) {
        let total = usize::try_from(more)
            .unwrap_or(usize::MAX)
            .saturating_add(self.filled);
        let places = total.saturating_add(total / 9).saturating_add(10);
        if places > self.places {
            self.grow(places);
        }
    }

    /// The slot of a hash, or where it belongs: past the smaller ones.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        let mut at = Self::place(hash, self.places);
        while let Some(&slot) = self.slots.get(at)
            && slot != 0
            && slot < hash
        {
            at += 1;
        }
        at
    }

    fn contains(&self, hash: u64) -> bool {
        self.slots.get(self.slot(hash)) == Some(&hash)
    }

    /// Adds a hash; whether it is new.
    #[inline]
    fn insert(&mut self, hash: u64) -> bool {
        if self.filled >= self.places / 10 * 9 {
            self.grow((self.places + self.places / 9).max(LEAST));
        }
        let at = self.slot(hash);
        if self.slots.get(at) == Some(&hash) {
            return false;
        }
        self.filled += 1;
        // The larger ones each one further, into the next gap.
        let mut pushed = hash;
        for slot in self.slots.get_mut(at..).unwrap_or_default() {
            pushed = std::mem::replace(slot, pushed);
            if pushed == 0 {
                return true;
            }
        }
        self.slots.reserve_exact(OVERFLOW);
        self.slots.push(pushed);
        self.slots.resize(self.slots.len() + OVERFLOW - 1, 0);
        true
    }

    /// Adds hashes in their order and gives the places of those that were there.
    fn insert_all(&mut self, hashes: &[u64]) -> Vec<usize> {
        let mut known = Vec::new();
        for (chunk, group) in hashes.chunks(AHEAD).enumerate() {
            // The accesses do not depend on each other, so the processor does them at once.
            let touched = group.iter().fold(0, |touched, &hash| {
                let slot = self.slots.get(Self::place(hash, self.places));
                touched ^ slot.copied().unwrap_or_default()
            });
            std::hint::black_box(touched);
            for (offset, &hash) in group.iter().enumerate() {
                if hash != NO_ID && !self.insert(hash) {
                    known.push(chunk * AHEAD + offset);
                }
            }
        }
        known
    }

    /// Makes the table larger, in place.
    fn grow(&mut self, places: usize) {
        let before = self.slots.len();
        // Rounding may push the last ones one slot further than before.
        let length = places + (before - self.places) + 1;
        self.places = places;
        self.slots.reserve_exact(length - before);
        self.slots.resize(length, 0);
        if self.filled == 0 {
            return;
        }
        // All hashes to the end, without gaps …
        let mut end = length;
        for from in (0..before).rev() {
            let hash = self.take(from);
            if hash != 0 {
                end -= 1;
                self.set(end, hash);
            }
        }
        // … and from there, in their order, each to its place. Those that are still to
        // come need as many slots behind it as they fill, so none is overwritten.
        let mut free = 0;
        for from in end..length {
            let hash = self.take(from);
            let place = Self::place(hash, places).max(free);
            self.set(place, hash);
            free = place + 1;
        }
    }

    #[inline]
    fn take(&mut self, at: usize) -> u64 {
        self.slots
            .get_mut(at)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    #[inline]
    fn set(&mut self, at: usize, hash: u64) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = hash;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn it_is_a_set(
            // Large ones crowd at the end, small ones at the beginning.
            hashes in proptest::collection::vec(
                prop_oneof![1..4000_u64, any::<u64>(), u64::MAX - 3000..=u64::MAX],
                0..6000,
            ),
            expected in proptest::option::of(0..4000_u64),
        ) {
            let mut set = Table::default();
            if let Some(expected) = expected {
                set.expect(expected);
            }
            let mut reference = HashSet::new();
            let mut again = Vec::new();
            for (place, &hash) in hashes.iter().enumerate() {
                if hash != NO_ID && !reference.insert(hash) {
                    again.push(place);
                }
            }
            let (one, rest) = hashes.split_at(hashes.len() / 3);
            let mut found: Vec<_> = set.insert_all(one);
            for (place, &hash) in rest.iter().enumerate() {
                if hash != NO_ID && !set.insert(hash) {
                    found.push(one.len() + place);
                }
            }
            prop_assert_eq!(found, again);
            let kept: Vec<_> = set.slots.iter().copied().filter(|&slot| slot != 0).collect();
            prop_assert!(kept.is_sorted());
            prop_assert_eq!(kept.len(), reference.len());
            prop_assert!(kept.iter().all(|&hash| set.contains(hash)));
            let absent = hashes.iter().map(|hash| hash ^ 1).filter(|hash| *hash != NO_ID);
            for hash in absent {
                prop_assert_eq!(set.contains(hash), reference.contains(&hash));
            }
        }
    }

    #[test]
    fn less_than_ten_bytes_each() {
        let mut set = Table::default();
        for n in 1..200_000_u64 {
            set.insert(xxh3_64(&n.to_le_bytes()));
            if n > 40_000 {
                assert!((set.slots.len() as u64) * 8 <= 10 * n, "{n}");
            }
        }
    }
}
