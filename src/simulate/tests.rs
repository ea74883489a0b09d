//! What is written, read back.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use tempfile::tempdir;

use super::*;
use exports::FORMATS;

const CENSUS: i64 = 1_790_812_800;

pub(super) fn channel(name: &str, followers: u64, seed: u64) -> Export {
    let format = exports::format(name).unwrap();
    Export {
        format,
        platform: format.platform.unwrap_or(Platform::X),
        followers,
        sample: Sample::Census,
        seed,
        census: CENSUS * 1000,
    }
}

pub(super) fn population(export: &Export) -> Vec<population::Follower> {
    let mut character = Character::of(export.platform);
    if !export.format.names_gone {
        character.gone = 0.0;
    }
    Population::new(character, export.followers, export.seed, CENSUS)
        .unwrap()
        .collect()
}

/// Writes an export and gives its bytes.
pub(super) fn bytes(export: &Export) -> Vec<u8> {
    let folder = tempdir().unwrap();
    let path = folder.path().join("export");
    super::export(export, &path).unwrap();
    std::fs::read(path).unwrap()
}

pub(super) fn text(export: &Export) -> String {
    String::from_utf8(bytes(export)).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    for format in FORMATS {
        let one = bytes(&channel(format.name, 300, 5));
        assert_eq!(one, bytes(&channel(format.name, 300, 5)), "{}", format.name);
        assert_ne!(one, bytes(&channel(format.name, 300, 6)), "{}", format.name);
    }
}

/// Pinned: a change of the draws changes every example and every recorded figure.
#[test]
fn the_draws_have_not_changed() {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes(&channel("canonical", 1000, 20_261_001)));
    assert_eq!(
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>(),
        "f192e7a189bb2d69a16d10dbf78e99247c600ba2b5d2e2c6d5bd6bccfa50aa37"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn ids_are_distinct_in_every_format(which in 0..FORMATS.len(), followers in 1..700u64, seed: u64) {
        let export = channel(FORMATS[which].name, followers, seed);
        let context = Context { platform: export.platform, census: CENSUS, part: PART };
        let ids: HashSet<String> = population(&export)
            .iter()
            .map(|follower| (export.format.id)(follower, &context))
            .collect();
        prop_assert_eq!(ids.len() as u64, followers);
    }

    /// The truth is what the population says, and the audit's sizes are its export's.
    #[test]
    fn truth_and_audit_add_up(which in 0..FORMATS.len(), followers in 1..700u64, seed: u64, size in 1..900u64, sample in 0..3) {
        let export = Export {
            sample: match sample {
                0 => Sample::Census,
                1 => Sample::Random(size),
                _ => Sample::Newest(size),
            },
            ..channel(FORMATS[which].name, followers, seed)
        };
        let folder = tempdir().unwrap();
        let (truth, audit) = audited(&export, &folder.path().join("export"), Plan::default()).unwrap();
        let people = population(&export);
        let dormant = people.iter().filter(|f| f.fate == Fate::Present && f.dormant()).count() as u64;
        prop_assert_eq!(truth.all.dormant, dormant);
        prop_assert_eq!(truth.all.followers, followers);
        let expected = if sample == 0 { followers } else { followers.min(size) };
        prop_assert_eq!(truth.listed.followers, expected);
        prop_assert!(truth.listed.dormant <= truth.all.dormant);

        let mut strata = BTreeMap::new();
        for row in &audit.rows {
            let entry = strata.entry(row.stratum).or_insert((row.stratum_size, 0u64));
            prop_assert_eq!(entry.0, row.stratum_size);
            entry.1 += 1;
        }
        let present = truth.listed.followers - truth.listed.gone;
        prop_assert_eq!(strata.values().map(|(size, _)| size).sum::<u64>(), present);
        for (size, drawn) in strata.values() {
            prop_assert!(drawn <= size && *drawn >= (*size).min(20));
        }
        prop_assert_eq!(audit.rows.len() as u64, present.min(150));
    }
}

#[test]
fn a_sample_is_a_part_of_the_census_in_its_order() {
    let lines = |sample| {
        let text = text(&Export {
            sample,
            ..channel("canonical", 1000, 17)
        });
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let census = lines(Sample::Census);
    assert_eq!(lines(Sample::Newest(300)), census[..300]);
    let random = lines(Sample::Random(300));
    assert_eq!(random.len(), 300);
    let mut rest = census.iter();
    assert!(random.iter().all(|row| rest.any(|other| other == row)));
    assert_ne!(random, census[..300]);
}

/// Over many audits the labels weighted by strata come out at the true share: the mean
/// of 60 estimates lies within five standard errors of it.
#[test]
fn labels_weighted_by_strata_find_the_truth() {
    let folder = tempdir().unwrap();
    let plan = Plan {
        unknown: (0.0, 0.0),
        ..Plan::default()
    };
    let mut error = 0.0;
    for seed in 0..60 {
        let export = channel("mastodon", 3000, seed);
        let (truth, audit) = audited(&export, &folder.path().join("export"), plan).unwrap();
        let mut strata = BTreeMap::new();
        for row in &audit.rows {
            let entry = strata
                .entry(row.stratum)
                .or_insert((row.stratum_size as f64, 0.0, 0.0));
            entry.1 += 1.0;
            entry.2 += f64::from(u8::from(row.label == audit::Label::Dormant));
        }
        let present = (truth.all.followers - truth.all.gone) as f64;
        let estimate: f64 = strata
            .values()
            .map(|(size, m, k)| size / present * k / m)
            .sum();
        error += estimate - truth.all.dormant_share;
    }
    assert!(
        (error / 60.0).abs() < 5.0 * 0.04 / 60f64.sqrt(),
        "{}",
        error / 60.0
    );
}

#[test]
fn a_format_refuses_the_platform_of_another() {
    let folder = tempdir().unwrap();
    let export = Export {
        platform: Platform::Mastodon,
        ..channel("x-v1", 1, 1)
    };
    let error = super::export(&export, &folder.path().join("export")).unwrap_err();
    assert_eq!(error.kind(), "simulate::platform");
    let export = Export {
        census: 0,
        ..channel("x-v1", 1, 1)
    };
    let error = super::export(&export, &folder.path().join("export")).unwrap_err();
    assert_eq!(error.kind(), "simulate::census");
    let error =
        super::export(&channel("x-v1", 1, 1), &folder.path().join("none/export")).unwrap_err();
    assert_eq!(error.kind(), "simulate::write");
}
