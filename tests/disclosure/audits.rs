//! Audits of nearly everybody, and of lists with hidden counts.

use dormouse::model::evidence::Design;
use dormouse::model::published::{SMALLEST_GROUP, StateCounts, is_small};
use dormouse::model::results::{AuditSummary, Stratum};
use dormouse::model::tally::Counts;
use dormouse::{disclosure, estimate};
use proptest::prelude::*;

fn audit(strata: &[(&str, u64, [u64; 3])]) -> AuditSummary {
    AuditSummary {
        strata: strata
            .iter()
            .map(|&(name, size, [dormant, active, unknown])| Stratum {
                name: name.to_owned(),
                size,
                dormant,
                active,
                unknown,
            })
            .collect(),
        suppressed: false,
        agreement: None,
    }
}

/// Sizes of the classes and of those who are gone, and of each class how much of it is
/// labelled, and how much of that dormant and unknown.
fn drawn() -> impl Strategy<Value = (Counts, AuditSummary)> {
    let size = prop_oneof![2 => Just(0_u64), 3 => 1..10_u64, 3 => 10..40_u64, 4 => 40..900_u64];
    let parts = prop_oneof![1 => Just(1.0), 2 => 0.7..1.0, 2 => 0.0..1.0_f64];
    let one = (
        size,
        parts,
        prop_oneof![Just(0.0), 0.0..0.2, 0.0..1.0_f64],
        0.0..0.2_f64,
    );
    (
        prop::array::uniform3(one),
        prop_oneof![Just(0_u64), 1..10_u64, 10..60_u64],
    )
        .prop_map(|(classes, gone)| {
            let names = ["awake", "silent", "undetermined"];
            let of = |n: u64, part: f64| (n as f64 * part).round() as u64;
            let strata: Vec<_> = names
                .into_iter()
                .zip(classes)
                .filter(|(_, (size, ..))| *size > 0)
                .map(|(name, (size, part, dormant, unknown))| {
                    let labels = of(size, part).max(1);
                    let unknown = of(labels, unknown);
                    let dormant = of(labels - unknown, dormant);
                    (name, size, [dormant, labels - unknown - dormant, unknown])
                })
                .collect();
            let [(awake, ..), (silent, ..), (undetermined, ..)] = classes;
            let counts = Counts {
                awake,
                silent,
                undetermined,
                gone,
            };
            (counts, audit(&strata))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// No stratum is small or is known to have few dormant or few active followers, and all
    /// together are as many as what is published of the list.
    #[test]
    fn no_stratum_tells_few((counts, audit) in drawn()) {
        prop_assume!(!audit.strata.is_empty() && !is_small(counts.listed()));
        let shown = StateCounts::published(counts);
        let published = disclosure::publishable_audit(audit.clone(), counts, shown);
        let sizes: u64 = published.strata.iter().map(|stratum| stratum.size).sum();
        prop_assert_eq!(sizes, shown.folded(counts.listed()).present());
        for stratum in &published.strata {
            let Stratum { size, dormant, active, unknown, .. } = *stratum;
            prop_assert!(dormant + active + unknown <= size);
            prop_assert!(!is_small(size) || shown.suppressed && is_small(sizes), "{stratum:?}");
            let left = size - dormant - active;
            prop_assert!(left >= SMALLEST_GROUP || !is_small(dormant) && !is_small(active), "{stratum:?}");
        }
        if !shown.suppressed && audit.strata.iter().all(|stratum| stratum.size >= 20 + stratum.dormant + stratum.active) {
            prop_assert_eq!(published, audit);
        }
    }

    /// Where everybody is labelled and every label is known, the truth is between the limits.
    #[test]
    fn limits_stay_outside((counts, mut audit) in drawn()) {
        prop_assume!(counts.present() >= 100);
        for stratum in &mut audit.strata {
            stratum.active = stratum.size - stratum.dormant;
            stratum.unknown = 0;
        }
        let dormant: u64 = audit.strata.iter().map(|stratum| stratum.dormant).sum();
        let truth = dormant as f64 / counts.present() as f64;
        let shown = StateCounts::published(counts);
        let published = disclosure::publishable_audit(audit, counts, shown);
        let census = estimate::Standing { design: Design::Census, followers: None };
        let share = estimate::dormant(&published, census, 0.95).unwrap();
        let share = disclosure::widened(share, shown, counts.present());
        prop_assert!(share.lower <= truth + 1e-9 && truth <= share.upper + 1e-9, "{truth}: {share:?}");
    }
}

/// Three or five accounts that are gone: what is published is the same.
#[test]
fn hidden_sizes_are_in_no_number() {
    let published = |gone: u64| {
        let counts = Counts {
            awake: 400,
            silent: 300,
            undetermined: 200 - gone,
            gone,
        };
        let audit = audit(&[
            ("awake", 400, [2, 38, 0]),
            ("silent", 300, [25, 5, 0]),
            ("undetermined", counts.undetermined, [11, 9, 0]),
        ]);
        disclosure::publishable_audit(audit, counts, StateCounts::published(counts))
    };
    assert_eq!(published(3), published(5));
    assert_eq!(published(3).strata[2].size, 200);
    assert_eq!(published(3).strata[2].dormant, 11);
    assert_ne!(published(10).strata[2].size, published(11).strata[2].size);
}

/// A stratum of which everybody is labelled, few of them dormant: that few is not told.
#[test]
fn few_of_a_stratum_are_in_no_number() {
    let published = |dormant: u64| {
        let counts = Counts {
            awake: 60,
            silent: 60,
            ..Counts::default()
        };
        let audit = audit(&[
            ("awake", 60, [dormant, 60 - dormant, 0]),
            ("silent", 60, [40, 20, 0]),
        ]);
        disclosure::publishable_audit(audit, counts, StateCounts::published(counts))
    };
    let first = published(1);
    assert!(first.suppressed && (2..=9).all(|dormant| published(dormant) == first));
    let awake = &first.strata[0];
    assert_eq!((awake.dormant, awake.active, awake.unknown), (0, 50, 10));
    assert!(!published(10).suppressed && !published(0).suppressed);
}
