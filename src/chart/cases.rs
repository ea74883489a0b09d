//! Invented results that are hard to draw, for the tests of the figures.

use crate::model::evidence::{Design, Evidence};
use crate::model::manifest::Manifest;
use crate::model::platform::{Language, Platform};
use crate::model::results::{Channel, CurvePoint, Results, SCHEMA_VERSION, StudySummary};
use crate::model::share::{Limits, Method, Share};
use crate::model::tally::Counts;

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
        counts: counts.into(),
        silent: Share {
            lower,
            upper,
            estimate: None,
            level: 0.95,
            method: Method::ManskiBounds,
            inner: None,
            labels: None,
        },
        awake: None,
        cost: None,
        dormant: None,
        audit: None,
        aggregate: None,
        curve: curve(counts),
        notices: Vec::new(),
    }
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
        labels: Some(150),
    });
    channel
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
            residents: Some(161_000),
            internal: false,
        },
        channels,
        ranking: None,
        multiverse: None,
        comparisons: Vec::new(),
        changes: Vec::new(),
        manifest: Manifest {
            tool: "dormouse".to_owned(),
            inputs: Vec::new(),
            labels: Vec::new(),
            settings_sha256: String::new(),
            seed: 0,
            suppression: Default::default(),
        },
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
            .map(|(name, platform, parts, share)| audited(channel(name, platform, parts), share))
            .collect::<Vec<_>>()
    };
    let mut mixed = demo();
    mixed[0] = audited(mixed[0].clone(), (0.479, 0.412, 0.548));
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
        share.method = Method::AuditBounds;
    }
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
    vec![
        ("demo", results(demo())),
        ("audited", results(five())),
        ("mixed", results(mixed)),
        ("one", results(five().into_iter().take(1).collect())),
        ("nine", results(nine)),
        (
            "extremes",
            results(vec![
                audited(
                    channel("X", Platform::X, [0, 20_000, 0, 0]),
                    (1.0, 0.981, 1.0),
                ),
                audited(
                    channel("Facebook", Platform::Facebook, [20_000, 0, 0, 0]),
                    (0.0, 0.0, 0.019),
                ),
                channel("Instagram", Platform::Instagram, [0, 0, 20_000, 0]),
                channel("Threads", Platform::Threads, [0, 0, 0, 20_000]),
            ]),
        ),
        (
            "awkward",
            results(vec![
                audited(
                    channel(
                        "Gemeente Voorbeeld aan de Maas",
                        Platform::X,
                        [123_456_789, 111_111_111, 222_222_222, 99_999_999],
                    ),
                    (0.479, 0.412, 0.548),
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
