//! What must hold of the stages that use the statistics: estimate and compare, from
//! tallies and labels to shares, differences, ranks and the multiverse.

use dormouse::compare::{self, Asked, Audited, Compared};
use dormouse::estimate::{self, Standing};
use dormouse::model::evidence::Design;
use dormouse::model::finding::{Comparison, Finding, Ranking};
use dormouse::model::multiverse::{Question, Whole};
use dormouse::model::results::{AuditSummary, Stratum};
use dormouse::model::share::Share;
use dormouse::model::tally::{Counts, Key, Record, Tally};
use proptest::prelude::*;

use super::tallies::tallies;
use super::{are_close, levels};

const DESIGNS: [Design; 4] = [Design::Census, Design::Srs, Design::Newest, Design::Unknown];

fn standings() -> impl Strategy<Value = (Design, Option<u64>)> {
    (
        prop::sample::select(&DESIGNS[..]),
        prop::option::of(0..20_000u64),
    )
}

fn labels() -> impl Strategy<Value = AuditSummary> {
    prop::collection::vec((0..40u64, 0..40u64, 0..400u64), 1..=3).prop_map(|strata| AuditSummary {
        strata: strata
            .into_iter()
            .enumerate()
            .map(|(place, (dormant, active, rest))| Stratum {
                name: place.to_string(),
                size: dormant + active + 1 + rest,
                dormant,
                active: active + 1,
                unknown: 0,
            })
            .collect(),
        agreement: None,
        suppressed: false,
    })
}

fn silent(tally: &Tally, standing: Standing, window: u32, level: f64) -> Share {
    estimate::silent(tally.counts(window), standing, level).unwrap()
}

proptest! {
    /// A longer window never makes more followers silent, and never fewer awake, in any
    /// design: both limits fall.
    #[test]
    fn a_share_is_monotone_in_the_window(
        tally in tallies(),
        (design, followers) in standings(),
        window in 1..800u32,
        wider in 1..800u32,
    ) {
        let standing = Standing { design, followers };
        let (narrow, wide) = (silent(&tally, standing, window, 0.95), silent(&tally, standing, window + wider, 0.95));
        prop_assert!(wide.lower <= narrow.lower + 1e-9, "{:?} {:?}", narrow, wide);
        prop_assert!(wide.upper <= narrow.upper + 1e-9, "{:?} {:?}", narrow, wide);
        let curve = estimate::curve(|window| tally.counts(window), standing, window, 0.95).unwrap();
        for pair in curve.windows(2) {
            prop_assert!(pair[1].lower <= pair[0].lower + 1e-9 && pair[1].upper <= pair[0].upper + 1e-9);
        }
    }

    #[test]
    fn limits_hold_their_estimate(
        tally in tallies(),
        audit in labels(),
        (design, followers) in standings(),
        level in levels(),
    ) {
        let standing = Standing { design, followers };
        let shares = [
            Some(silent(&tally, standing, 180, level)),
            estimate::dormant(&audit, standing, level).ok(),
        ];
        for share in shares.into_iter().flatten() {
            prop_assert!(0.0 <= share.lower && share.lower <= share.upper && share.upper <= 1.0);
            if let Some(estimate) = share.estimate {
                prop_assert!(share.lower <= estimate && estimate <= share.upper, "{:?}", share);
            }
            if let Some(inner) = share.inner {
                prop_assert!(inner.lower <= inner.upper);
            }
        }
    }

    /// Evidence that is lost never narrows the bounds of a census or of the newest.
    #[test]
    fn lost_evidence_never_narrows(
        tally in tallies(),
        lost in any::<[bool; 4]>(),
        newest in any::<bool>(),
        followers in 5_000..20_000u64,
    ) {
        let design = if newest { Design::Newest } else { Design::Census };
        let standing = Standing { design, followers: Some(followers) };
        let without = tally.map_keys(|key| {
            let is_lost = lost[usize::from(key.follow_age.unwrap_or(3)) % 4];
            if is_lost && key.record != Record::Gone {
                Key { record: Record::NotGiven, days_silent: None, ..key }
            } else {
                key
            }
        });
        let (before, after) = (silent(&tally, standing, 180, 0.95), silent(&without, standing, 180, 0.95));
        prop_assert!(after.lower <= before.lower && before.upper <= after.upper, "{:?} {:?}", before, after);
    }

    /// Other names and another order of the channels give the same results under the new
    /// names and in the new order, the chances from seeded draws among them.
    #[test]
    fn relabelling_channels_relabels_results(
        channels in prop::collection::vec((tallies(), labels(), prop::bool::weighted(0.8)), 2..5),
        twin in any::<bool>(),
        turn in 0..5usize,
        seed in any::<u64>(),
    ) {
        let mut channels = channels;
        if twin {
            channels.push(channels[0].clone());
        }
        let count = channels.len();
        let named: Vec<String> = (0..count).map(|place| format!("a{place}")).collect();
        let before = compared(&named, &channels, seed);
        // A rotation, then everything backwards, under names that sort the other way.
        let place_of = |place: usize| (count - 1) - (place + turn) % count;
        let mut moved = channels.clone();
        let mut renamed = named.clone();
        for (place, channel) in channels.iter().enumerate() {
            moved[place_of(place)] = channel.clone();
            renamed[place_of(place)] = format!("z{}", count - place);
        }
        let after = compared(&renamed, &moved, seed);
        let name = |old: &str| {
            let place = named.iter().position(|name| name == old).unwrap();
            format!("z{}", count - place)
        };
        prop_assert_eq!(before.comparisons.len(), after.comparisons.len());
        for one in &before.comparisons {
            let (a, b) = (name(&one.a), name(&one.b));
            let same = after.comparisons.iter().find(|other| (&other.a, &other.b) == (&a, &b));
            let turned = after.comparisons.iter().find(|other| (&other.a, &other.b) == (&b, &a));
            let other = same.cloned().or(turned.cloned().map(mirrored)).unwrap();
            are_close(one.lower, other.lower);
            are_close(one.upper, other.upper);
            prop_assert_eq!(one.finding, other.finding);
            prop_assert_eq!(one.difference.is_some(), other.difference.is_some());
            prop_assert_eq!(one.quantity, other.quantity);
            are_close(one.p_holm.unwrap_or(-1.0), other.p_holm.unwrap_or(-1.0));
            are_close(one.cohens_h.unwrap_or(9.0), other.cohens_h.unwrap_or(9.0));
        }
        prop_assert_eq!(before.ranking.is_some(), after.ranking.is_some());
        if let (Some(before), Some(after)) = (&before.ranking, &after.ranking) {
            for one in &before.channels {
                let other = after.channels.iter().find(|other| other.channel == name(&one.channel)).unwrap();
                // Exactly: the draws are the same ones.
                prop_assert_eq!((one.first, one.last, one.largest), (other.first, other.last, other.largest));
            }
        }
        for one in &before.multiverse.decisions {
            let other = after.multiverse.decisions.iter().find(|other| {
                other.decision == one.decision && other.channel == name(&one.channel)
            }).unwrap();
            prop_assert_eq!((&one.posts, &one.any), (&other.posts, &other.any));
        }
        for (one, spread) in before.multiverse.any.iter().map(|spread| (name(&spread.channel), spread)) {
            let other = after.multiverse.any.iter().find(|other| other.channel == one).unwrap();
            prop_assert_eq!((spread.min, spread.median, spread.max), (other.min, other.median, other.max));
        }
    }
}

struct Found {
    comparisons: Vec<Comparison>,
    ranking: Option<Ranking>,
    multiverse: dormouse::model::multiverse::Multiverse,
}

/// The whole stage, as the pipeline calls it.
fn compared(names: &[String], channels: &[(Tally, AuditSummary, bool)], seed: u64) -> Found {
    let standing = Standing {
        design: Design::Census,
        followers: None,
    };
    let level = compare::pair_level(channels.len(), 0.95).unwrap();
    let shares: Vec<Compared> = names
        .iter()
        .zip(channels)
        .map(|(id, (tally, audit, audited))| Compared {
            id: id.clone(),
            silent: silent(tally, standing, 180, level),
            dormant: audited.then(|| estimate::dormant(audit, standing, level).unwrap()),
            totals_only: false,
            standard_error: audited
                .then(|| estimate::standard_error(audit, standing))
                .flatten(),
        })
        .collect();
    let comparisons = compare::differences(&shares, level).unwrap();
    let audits: Vec<Audited<'_>> = names
        .iter()
        .zip(channels)
        .filter(|(_, (_, _, audited))| *audited)
        .map(|(id, (_, audit, _))| Audited {
            id,
            audit,
            census: true,
        })
        .collect();
    let ranking = compare::ranking(&audits, &comparisons, seed, 0.95).unwrap();
    let tallies: Vec<(String, Tally)> = names
        .iter()
        .zip(channels)
        .map(|(id, (tally, _, _))| (id.clone(), tally.clone()))
        .collect();
    let specifications = compare::multiverse(&tallies, 180, 0.95).unwrap();
    let asked: Vec<Asked<'_>> = names
        .iter()
        .flat_map(|channel| {
            [
                Asked {
                    question: Question::FewerActiveThan { minimum: 300 },
                    channel,
                    holds: Box::new(|outcome| Whole::LIST.active(outcome) < 300.0),
                },
                Asked {
                    question: Question::ShareAbove { maximum: 0.5 },
                    channel,
                    holds: Box::new(|outcome| outcome.share.is_some_and(|share| share > 0.5)),
                },
            ]
        })
        .collect();
    Found {
        comparisons,
        ranking,
        multiverse: compare::summary(&specifications, &asked),
    }
}

fn mirrored(one: Comparison) -> Comparison {
    Comparison {
        lower: -one.upper,
        upper: -one.lower,
        cohens_h: one.cohens_h.map(|h| -h),
        finding: match one.finding {
            Finding::Larger => Finding::Smaller,
            Finding::Smaller => Finding::Larger,
            Finding::Undecided => Finding::Undecided,
        },
        ..one
    }
}

/// Before anybody is looked up, more labels promise a narrower interval: the mean width
/// over all draws from one stratum, weighted by their probability, falls with every label.
#[test]
fn more_labels_never_widen_the_expected_interval() {
    let choose = |n: u64, k: u64| -> f64 {
        if k > n {
            return 0.0;
        }
        (0..k).map(|i| (n - i) as f64 / (k - i) as f64).product()
    };
    let expected = |size: u64, dormant: u64, labels: u64| -> f64 {
        (0..=labels)
            .map(|seen| {
                let weight = choose(dormant, seen) * choose(size - dormant, labels - seen)
                    / choose(size, labels);
                if weight == 0.0 {
                    return 0.0;
                }
                let audit = AuditSummary {
                    strata: vec![Stratum {
                        name: "all".into(),
                        size,
                        dormant: seen,
                        active: labels - seen,
                        unknown: 0,
                    }],
                    agreement: None,
                    suppressed: false,
                };
                let standing = Standing {
                    design: Design::Census,
                    followers: None,
                };
                let share = estimate::dormant(&audit, standing, 0.95).unwrap();
                weight * (share.upper - share.lower)
            })
            .sum()
    };
    for size in [2, 7, 24, 60] {
        for dormant in (0..=size).step_by(if size > 10 { 6 } else { 1 }) {
            let widths: Vec<f64> = (1..=size)
                .map(|labels| expected(size, dormant, labels))
                .collect();
            for (place, pair) in widths.windows(2).enumerate() {
                // Limits are rounded outward to whole followers, so by half of one at most.
                assert!(
                    pair[1] <= pair[0] + 0.5 / size as f64,
                    "{dormant} of {size} dormant, {} labels and one more: {pair:?}",
                    place + 1
                );
            }
            assert!(*widths.last().unwrap() < 1e-9, "everybody is labelled");
        }
    }
}

/// A share of nobody is the whole of what is possible.
#[test]
fn nobody_on_the_list() {
    for design in DESIGNS {
        let standing = Standing {
            design,
            followers: Some(100),
        };
        let share = estimate::silent(Counts::default(), standing, 0.95).unwrap();
        assert_eq!((share.lower, share.upper, share.estimate), (0.0, 1.0, None));
    }
}
