//! Followers under pseudonyms, and the join of two dated lists of them.
//!
//! A pseudonym is the keyed BLAKE3 hash of an id. The key belongs to one study and one
//! channel, so that nobody is linked across platforms or studies, and without it a
//! pseudonym says nothing. It is cut to 64 bits: among twenty million followers two fall
//! together by chance with a probability of 1 in 100,000.

use std::cmp::Ordering;
use std::fmt;

use crate::model::change::Transitions;
use crate::model::tally::{Counts, State};

/// Length of a key, in bytes.
pub const KEY_LENGTH: usize = 32;

/// Bytes of one follower: pseudonym (little-endian), state.
const ROW: usize = 9;

/// The states by their code.
const STATES: [State; 4] = [
    State::Awake,
    State::Silent,
    State::Undetermined,
    State::Gone,
];

/// Gives the followers of one channel their pseudonyms.
#[derive(Clone)]
pub struct Pseudonyms([u8; KEY_LENGTH]);

impl Pseudonyms {
    /// The pseudonyms of a channel under the key of its study.
    pub fn new(key: &[u8; KEY_LENGTH], platform: &str, channel: &str) -> Self {
        let scope = format!("{platform}\0{channel}");
        Self(*blake3::keyed_hash(key, scope.as_bytes()).as_bytes())
    }

    /// The pseudonym of an id.
    ///
    /// # Examples
    /// ```
    /// use dormouse::frame::states::Pseudonyms;
    /// let of = |key, channel| Pseudonyms::new(&[key; 32], "X", channel).of("12");
    /// assert_eq!(of(1, "x"), of(1, "x"));
    /// assert_ne!(of(1, "x"), of(2, "x"));
    /// assert_ne!(of(1, "x"), of(1, "x-sport"));
    /// ```
    pub fn of(&self, id: impl AsRef<[u8]>) -> u64 {
        let hash = blake3::keyed_hash(&self.0, id.as_ref());
        hash.as_bytes()
            .first_chunk()
            .map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }
}

impl fmt::Debug for Pseudonyms {
    /// The key is never shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms")
    }
}

/// The state of each follower of a list, in order of the pseudonyms: the order of the
/// list, which tells who followed when, is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct States(Vec<(u64, State)>);

impl States {
    /// Sorts the followers; of a pseudonym that comes twice, one is kept.
    pub fn new(mut followers: Vec<(u64, State)>) -> Self {
        followers.sort_unstable();
        followers.dedup_by_key(|follower| follower.0);
        Self(followers)
    }

    /// Number of followers.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Followers by state.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, state) in &self.0 {
            *counts.of(*state) += 1;
        }
        counts
    }

    /// Counts how the followers of this list and of a later one changed their state; who
    /// is on one of the lists only is absent from the other.
    pub fn transitions(&self, later: &Self) -> Transitions {
        let mut transitions = Transitions::default();
        let (mut before, mut after) = (self.0.iter().peekable(), later.0.iter().peekable());
        loop {
            let order = match (before.peek(), after.peek()) {
                (None, None) => return transitions,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.0.cmp(&other.0),
            };
            let was = before.next_if(|_| order.is_le()).map(|follower| follower.1);
            let is = after.next_if(|_| order.is_ge()).map(|follower| follower.1);
            transitions.add(was, is);
        }
    }

    /// The followers as bytes, nine each.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(ROW * self.0.len());
        for &(pseudonym, state) in &self.0 {
            bytes.extend_from_slice(&pseudonym.to_le_bytes());
            bytes.push(state as u8);
        }
        bytes
    }

    /// The followers from bytes; `None` if these are no followers in order.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (rows, rest) = bytes.as_chunks::<ROW>();
        let states = rows
            .iter()
            .map(|row| {
                let (pseudonym, [code]) = row.split_first_chunk::<8>()? else {
                    return None;
                };
                let state = *STATES.get(usize::from(*code))?;
                Some((u64::from_le_bytes(*pseudonym), state))
            })
            .collect::<Option<Vec<_>>>()?;
        (rest.is_empty() && states.is_sorted_by(|a, b| a.0 < b.0)).then_some(Self(states))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn list() -> impl Strategy<Value = BTreeMap<u64, State>> {
        // Few pseudonyms, so that many are on both lists.
        let state = (0..4usize).prop_map(|code| STATES[code]);
        proptest::collection::btree_map(0..60_u64, state, 0..50)
    }

    fn states(list: &BTreeMap<u64, State>) -> States {
        States::new(
            list.iter()
                .rev()
                .map(|(&key, &state)| (key, state))
                .collect(),
        )
    }

    proptest! {
        #[test]
        fn the_join_counts_everybody_once(before in list(), after in list()) {
            let found = states(&before).transitions(&states(&after));
            let mut expected = Transitions::default();
            for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(key))) {
                expected.add(before.get(key).copied(), after.get(key).copied());
            }
            prop_assert_eq!(found, expected);
            prop_assert_eq!(found.before(), states(&before).counts());
            prop_assert_eq!(found.after(), states(&after).counts());
        }

        #[test]
        fn bytes_read_back(list in list()) {
            let states = states(&list);
            prop_assert_eq!(States::from_bytes(&states.to_bytes()), Some(states));
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let bytes = States::new(vec![(1, State::Awake), (2, State::Gone)]).to_bytes();
        assert_eq!(States::from_bytes(&bytes[..17]), None);
        assert_eq!(
            States::from_bytes(&[&bytes[9..], &bytes[..9]].concat()),
            None
        );
        let code = [&bytes[..17], &[4]].concat();
        assert_eq!(States::from_bytes(&code), None);
    }
}
