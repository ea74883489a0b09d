//! Invented results that are hard to draw, for the tests of the figures.

use crate::model::change::{Basis, Change, Paired, Snapshot, Step, StepNotice, Transitions};
use crate::model::evidence::{Design, Evidence};
use crate::model::manifest::Manifest;
use crate::model::multiverse::{
    Choice, Keep, Multiverse, NeverPosted, Outcome, Signs, Specification, Spread, Undetermined,
};
use crate::model::platform::{Language, Platform};
use crate::model::results::{Channel, CurvePoint, Results, SCHEMA_VERSION, StudySummary};
use crate::model::share::{Cost, CostMethod, Limits, Method, Share};
use crate::model::tally::{Counts, GRID};
use crate::model::verdict::{Policy, Stated};

/// Windows of the invented curves: every day at first, then coarser.
fn windows() -> impl Iterator<Item = u32> {
    (1..=60)
        .chain((62..=180).step_by(2))
        .chain((185..1460).step_by(5))
        .chain([1460])
}

/// Silent shares for a window, from those for 180 days: fewer are silent for longer.
fn curve(counts: Counts) -> Vec<CurvePoint> {
    let present = counts.present().max(1) as f64;
    let (silent, awake) = (
        counts.silent as f64 / present,
        counts.awake as f64 / present,
    );
    let longer = |days: u32| (1.0 + f64::from(days) / 500.0).powi(-1);
    let within = |days: u32| 1.0 - (1.0 + f64::from(days) / 40.0).powf(-0.7);
    windows()
        .map(|window_days| {
            let upper = (1.0 - awake * within(window_days) / within(180)).clamp(0.0, 1.0);
            let lower = (silent * longer(window_days) / longer(180)).clamp(0.0, upper);
            CurvePoint {
                window_days,
                lower,
                upper,
            }
        })
        .collect()
}

fn counts([awake, silent, undetermined, gone]: [u64; 4]) -> Counts {
    Counts {
        awake,
        silent,
        undetermined,
        gone,
    }
}

/// A channel whose export is the census, without audit.
pub fn channel(name: &str, platform: Platform, parts: [u64; 4]) -> Channel {
    let counts = counts(parts);
    let present = counts.present();
    let (lower, upper) = match present {
        0 => (0.0, 1.0),
        n => (
            counts.silent as f64 / n as f64,
            (counts.silent + counts.undetermined) as f64 / n as f64,
        ),
    };
    Channel {
        id: name.to_lowercase().replace(' ', "-"),
        name: name.to_owned(),
        platform,
        evidence: Evidence::Activity,
        design: Design::Census,
        followers: (counts.listed() > 0).then(|| counts.listed()),
        listed: counts.listed(),
        counts,
        silent: Share {
            lower,
            upper,
            estimate: None,
            level: 0.95,
            method: Method::ManskiBounds,
            inner: None,
            quantiles: None,
            labels: None,
        },
        awake: None,
        cost: None,
        dormant: None,
        monotone: None,
        stated: Stated::default(),
        audit: None,
        aggregate: None,
        interactions: None,
        curve: curve(counts),
        notices: Vec::new(),
    }
}

/// The same channel with a cost a month, for those who are not dormant.
pub fn costing(mut channel: Channel, per_month: f64) -> Channel {
    let Some(dormant) = &channel.dormant else {
        return channel;
    };
    let followers = channel.followers.unwrap_or(0) as f64;
    let each = |share: f64| {
        let awake = followers * (1.0 - share);
        (awake > 0.0).then(|| per_month / awake)
    };
    channel.cost = Some(Cost {
        per_month,
        estimate: dormant.estimate.and_then(each),
        lower: each(dormant.lower),
        upper: each(dormant.upper),
        method: CostMethod::Exact,
    });
    channel
}

/// The same channel with an audit: estimate, lower, upper.
pub fn audited(mut channel: Channel, (estimate, lower, upper): (f64, f64, f64)) -> Channel {
    channel.dormant = Some(Share {
        lower,
        upper,
        estimate: Some(estimate),
        level: 0.95,
        method: Method::PostStratifiedMoverWilson,
        inner: Some(Limits {
            lower: estimate - 0.34 * (estimate - lower),
            upper: estimate + 0.34 * (upper - estimate),
        }),
        quantiles: Some(
            (0..20)
                .map(|place| lower + (upper - lower) * (f64::from(place) + 0.5) / 20.0)
                .collect(),
        ),
        labels: Some(150),
    });
    channel
}

/// Invented outcomes of the whole grid: choices move the share as they would.
fn multiverse(channels: &[Channel]) -> Option<Multiverse> {
    let outcome = |channel: &Channel, choice: Choice| {
        let Counts {
            awake,
            silent,
            undetermined,
            ..
        } = channel.counts;
        let left = match choice.undetermined {
            Undetermined::Drop => 0,
            _ => undetermined,
        };
        let n = awake + silent + left;
        let mut silent = silent as f64 * (180.0 / f64::from(choice.window_days)).powf(0.3);
        silent *= match choice.never_posted {
            NeverPosted::SilentSinceCreation => 1.0,
            NeverPosted::Active => 0.9,
            NeverPosted::Exclude => 0.95,
        };
        silent *= if choice.bots == Keep::Drop { 0.97 } else { 1.0 };
        silent *= if choice.signs == Signs::Posts {
            1.2
        } else {
            1.0
        };
        if choice.undetermined == Undetermined::Dormant {
            silent += undetermined as f64;
        }
        let share = (n > 0).then(|| (silent / n as f64).min(1.0));
        Outcome {
            channel: channel.id.clone(),
            n,
            silent: (share.unwrap_or(0.0) * n as f64) as u64,
            share,
            lower: share.map_or(0.0, |share| (share - 0.02).max(0.0)),
            upper: share.map_or(1.0, |share| (share + 0.02).min(1.0)),
        }
    };
    let mut grid = Vec::new();
    for signs in Signs::ALL {
        for window_days in GRID {
            for undetermined in Undetermined::ALL {
                for never_posted in NeverPosted::ALL {
                    for bots in Keep::ALL {
                        for duplicates in Keep::ALL {
                            let choice = Choice {
                                signs,
                                window_days,
                                undetermined,
                                never_posted,
                                bots,
                                duplicates,
                            };
                            let main = signs == Signs::Any
                                && window_days == 180
                                && undetermined == Undetermined::Active
                                && never_posted == NeverPosted::SilentSinceCreation
                                && bots == Keep::Keep
                                && duplicates == Keep::Drop;
                            let outcomes = channels.iter().map(|c| outcome(c, choice)).collect();
                            grid.push(Specification {
                                choice,
                                main,
                                outcomes,
                                largest: None,
                            });
                        }
                    }
                }
            }
        }
    }
    let any = channels
        .iter()
        .enumerate()
        .map(|(place, channel)| Spread {
            channel: channel.id.clone(),
            min: None,
            median: None,
            max: None,
            main: grid
                .iter()
                .find(|one| one.main)
                .and_then(|one| one.outcomes[place].share),
        })
        .collect();
    (!channels.is_empty()).then_some(Multiverse {
        specifications: 180,
        posts: Vec::new(),
        any,
        posts_tied: 0.0,
        any_tied: 0.0,
        decisions: Vec::new(),
        grid,
    })
}

pub fn results(channels: Vec<Channel>) -> Results {
    Results {
        schema_version: SCHEMA_VERSION,
        study: StudySummary {
            title: "Kanalenonderzoek 2025".to_owned(),
            organisation: "Gemeente Voorbeeld".to_owned(),
            language: Language::Nl,
            census: "2025-01-14T00:00:00Z".to_owned(),
            window_days: 180,
            level: 0.95,
            policy: Some(Policy {
                max_dormant_share: Some(0.45),
                ..Policy::default()
            }),
            briefing: None,
            residents: Some(161_000),
        },
        ranking: None,
        multiverse: multiverse(&channels),
        channels,
        comparisons: Vec::new(),
        verdicts: vec![],
        changes: Vec::new(),
        manifest: Manifest {
            tool: "dormouse".to_owned(),
            inputs: Vec::new(),
            settings_sha256: String::new(),
            seed: 0,
        },
    }
}

/// Snapshots of a channel: instant and counts; the last step may change the evidence.
fn change(
    channel: &str,
    snapshots: &[(&str, [u64; 4])],
    paired: (f64, f64, f64),
    breaks: bool,
) -> Change {
    let snapshots: Vec<Snapshot> = snapshots
        .iter()
        .map(|(census, parts)| Snapshot {
            census: (*census).to_owned(),
            design: Design::Census,
            counts: counts(*parts),
            silent_share: None,
            without_id: Some(0),
            notices: Vec::new(),
        })
        .collect();
    let count = snapshots.len() - 1;
    let steps = snapshots
        .windows(2)
        .enumerate()
        .map(|(place, two)| Step {
            before: two[0].census.clone(),
            after: two[1].census.clone(),
            days: 365.0,
            transitions: Transitions::default(),
            basis: Basis::WholeLists,
            rates: None,
            paired: Some(Paired {
                followers: 1_000,
                before: 0.3,
                after: 0.3 + paired.0,
                change: paired.0,
                lower: paired.1,
                upper: paired.2,
                p: Some(0.01),
                level: 0.95,
                method: "newcombe-paired".to_owned(),
            }),
            decomposition: None,
            notices: match breaks && place + 1 == count {
                true => vec![StepNotice::EvidenceChanged { lost: 3, won: 4 }],
                false => Vec::new(),
            },
        })
        .collect();
    Change {
        channel: channel.to_owned(),
        snapshots,
        steps,
        trend: None,
    }
}

/// Everything that the figures must be able to show, by name.
pub fn all() -> Vec<(&'static str, Results)> {
    let demo = || {
        vec![
            channel("X", Platform::X, [203, 0, 19_797, 0]),
            channel("Instagram", Platform::Instagram, [2_960, 0, 11_842, 0]),
            channel("Mastodon", Platform::Mastodon, [701, 884, 188, 37]),
        ]
    };
    let five = || {
        let names = [
            (
                "X",
                Platform::X,
                [7_241, 8_737, 2_262, 120],
                (0.479, 0.412, 0.548),
            ),
            (
                "Instagram",
                Platform::Instagram,
                [8_837, 2_768, 3_197, 0],
                (0.187, 0.151, 0.229),
            ),
            (
                "Facebook",
                Platform::Facebook,
                [15_277, 8_722, 2_116, 300],
                (0.334, 0.290, 0.381),
            ),
            (
                "LinkedIn",
                Platform::Linkedin,
                [3_404, 1_172, 4_801, 0],
                (0.125, 0.092, 0.166),
            ),
            (
                "Mastodon",
                Platform::Mastodon,
                [300, 91, 21, 12],
                (0.220, 0.097, 0.396),
            ),
        ];
        names
            .into_iter()
            .map(|(name, platform, parts, share)| {
                costing(audited(channel(name, platform, parts), share), 90.0)
            })
            .collect::<Vec<_>>()
    };
    let mut mixed = demo();
    mixed[0] = costing(audited(mixed[0].clone(), (0.479, 0.412, 0.548)), 12_500.0);
    mixed[2] = audited(mixed[2].clone(), (0.331, 0.271, 0.398));
    let mut nine = five();
    nine.push(channel("X Webcare", Platform::X, [203, 0, 19_797, 0]));
    nine.extend([
        channel("TikTok", Platform::Tiktok, [9_000, 11, 11, 11]),
        channel("YouTube", Platform::Youtube, [0, 0, 0, 0]),
        channel("Bluesky", Platform::Bluesky, [400, 500, 0, 30]),
    ]);
    let mut bounds = audited(
        channel("X", Platform::X, [700, 900, 400, 0]),
        (0.5, 0.3, 0.8),
    );
    if let Some(share) = &mut bounds.dormant {
        share.estimate = None;
        share.inner = None;
        share.quantiles = None;
        share.method = Method::AuditBounds;
    }
    let bounds = costing(bounds, 0.25);
    let mut newest = channel("Instagram", Platform::Instagram, [1_200, 300, 500, 0]);
    newest.design = Design::Newest;
    newest.followers = Some(40_000);
    newest.silent.lower = 0.0075;
    newest.silent.upper = 0.97;
    newest.silent.method = Method::NewestWorstCase;
    let mut sample = channel("Facebook", Platform::Facebook, [300, 600, 100, 0]);
    sample.design = Design::Srs;
    sample.followers = Some(26_115);
    sample.silent.lower = 0.57;
    sample.silent.upper = 0.73;
    let mut dated = results(mixed);
    dated.changes = vec![
        change(
            "x",
            &[
                ("2022-01-14T00:00:00Z", [9_000, 3_000, 8_000, 0]),
                ("2023-06-01T00:00:00Z", [8_500, 4_000, 7_900, 10]),
                ("2025-01-14T00:00:00Z", [203, 0, 19_797, 0]),
            ],
            (0.05, 0.02, 0.08),
            true,
        ),
        change(
            "mastodon",
            &[
                ("2023-06-01T00:00:00Z", [801, 600, 0, 12]),
                ("2024-07-01T00:00:00Z", [790, 700, 0, 12]),
                ("2024-09-01T00:00:00Z", [780, 740, 0, 12]),
                ("2025-01-14T00:00:00Z", [701, 884, 0, 37]),
            ],
            (-0.05, -0.08, -0.02),
            false,
        ),
    ];
    let mut pairs = results(five());
    pairs.changes = ["x", "instagram", "mastodon"]
        .map(|id| {
            let open = if id == "mastodon" { 0 } else { 2_000 };
            change(
                id,
                &[
                    ("2024-01-14T00:00:00Z", [7_000, 6_000, open, 0]),
                    ("2025-01-14T00:00:00Z", [7_241, 8_737, open, 120]),
                ],
                (0.03, -0.01, 0.07),
                id == "x",
            )
        })
        .to_vec();
    vec![
        ("demo", results(demo())),
        ("audited", pairs),
        ("mixed", dated),
        ("one", results(five().into_iter().take(1).collect())),
        ("nine", results(nine)),
        (
            "extremes",
            results(vec![
                costing(
                    audited(
                        channel("X", Platform::X, [0, 20_000, 0, 0]),
                        (1.0, 0.981, 1.0),
                    ),
                    90.0,
                ),
                costing(
                    audited(
                        channel("Facebook", Platform::Facebook, [20_000, 0, 0, 0]),
                        (0.0, 0.0, 0.019),
                    ),
                    0.0,
                ),
                channel("Instagram", Platform::Instagram, [0, 0, 20_000, 0]),
                channel("Threads", Platform::Threads, [0, 0, 0, 20_000]),
            ]),
        ),
        (
            "awkward",
            results(vec![
                costing(
                    audited(
                        channel(
                            "Gemeente Voorbeeld aan de Maas",
                            Platform::X,
                            [123_456_789, 111_111_111, 222_222_222, 99_999_999],
                        ),
                        (0.479, 0.412, 0.548),
                    ),
                    987_654_321.0,
                ),
                channel(
                    "Wethoudersinformatievoorziening",
                    Platform::Mastodon,
                    [987_654, 12, 14, 999_999_999],
                ),
                channel(
                    "Nieuws & <crisis> \"112\" =1+1 @",
                    Platform::X,
                    [100, 100, 100, 100],
                ),
            ]),
        ),
        ("designs", results(vec![bounds, newest, sample])),
    ]
}
