//! What must hold of the tally, from which every share is computed.

use dormouse::model::tally::{Key, Record, Tally, packing};
use proptest::prelude::*;

fn keys() -> impl Strategy<Value = Key> {
    let days = prop_oneof![0..1500u16, 0..=packing::MAX_DAYS as u16];
    (
        0..Record::ALL.len(),
        prop::option::of(days),
        prop::option::of(0..7u8),
        any::<[bool; 4]>(),
        prop::option::of(0..11u8),
    )
        .prop_map(|(record, days_silent, post_age, bits, follow_age)| Key {
            record: Record::ALL[record],
            days_silent,
            post_age,
            never_posted: bits[0],
            suspected_bot: bits[1],
            duplicate: bits[2],
            protected: bits[3],
            follow_age,
        })
}

/// Tallies of up to a dozen cells, some of nobody.
pub(super) fn tallies() -> impl Strategy<Value = Tally> {
    prop::collection::vec((keys(), 0..400u64), 0..12).prop_map(|cells| {
        let mut tally = Tally::default();
        for (key, count) in cells {
            tally.add(key, count);
        }
        tally
    })
}

fn merged(a: &Tally, b: &Tally) -> Tally {
    let mut sum = a.clone();
    sum.merge(b);
    sum
}

proptest! {
    #[test]
    fn packing_loses_nothing(key in keys()) {
        prop_assert_eq!(Key::unpack(key.pack()), Some(key));
    }

    #[test]
    fn merging_is_associative_and_commutative(a in tallies(), b in tallies(), c in tallies()) {
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&a, &b).total(), a.total() + b.total());
    }

    #[test]
    fn cells_are_collected_as_they_are_added(
        cells in prop::collection::vec((keys(), 0..400u64), 0..12),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let mut cells = cells;
        if !cells.is_empty() {
            for index in again {
                cells.push(*index.get(&cells));
            }
        }
        let mut added = Tally::default();
        for &(key, count) in &cells {
            added.add(key, count);
        }
        prop_assert_eq!(cells.into_iter().collect::<Tally>(), added);
    }

    #[test]
    fn the_empty_tally_is_the_identity(a in tallies()) {
        prop_assert_eq!(&merged(&a, &Tally::default()), &a);
        prop_assert_eq!(&merged(&Tally::default(), &a), &a);
    }

    #[test]
    fn silence_shrinks_with_the_window(a in tallies(), w in 1..4000u32, wider in 0..4000u32) {
        let (narrow, wide) = (a.counts(w), a.counts(w + wider));
        prop_assert!(wide.silent <= narrow.silent);
        prop_assert!(wide.awake >= narrow.awake);
        prop_assert_eq!(wide.listed(), narrow.listed());
    }
}
