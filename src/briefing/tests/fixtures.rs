//! Results as a run would hand them on, with every kind of share and every notice.

use std::collections::BTreeMap;

use crate::briefing::View;
use crate::model::evidence::{Design, Evidence, Field};
use crate::model::figure::{self, Drawn, Figure, Marks};
use crate::model::finding::{Comparison, Finding, Quantity};
use crate::model::manifest::{Input, Manifest, Reading};
use crate::model::platform::{Language, Platform};
use crate::model::results::{Channel, Notice, Results, SCHEMA_VERSION, StudySummary};
use crate::model::share::{Method, Share};
use crate::model::tally::Counts;
use crate::wording::Words;

/// Both languages.
pub fn both() -> [Words; 2] {
    [Words::new(Language::Nl), Words::new(Language::En)]
}

pub fn share(lower: f64, upper: f64, estimate: Option<f64>, method: Method) -> Share {
    Share {
        lower,
        upper,
        estimate,
        level: 0.95,
        method,
        inner: None,
        labels: None,
    }
}

pub fn audited(share: Share, labels: u64) -> Share {
    Share {
        labels: Some(labels),
        ..share
    }
}

fn counts(awake: u64, silent: u64, undetermined: u64, gone: u64) -> Counts {
    Counts {
        awake,
        silent,
        undetermined,
        gone,
    }
}

fn channel(id: &str, platform: Platform, evidence: Evidence, design: Design) -> Channel {
    Channel {
        id: id.to_owned(),
        name: platform.label().to_owned(),
        platform,
        evidence,
        design,
        followers: None,
        listed: 0,
        counts: Counts::default(),
        silent: share(0.0, 1.0, None, Method::NoEvidence),
        dormant: None,
        audit: None,
        curve: Vec::new(),
        notices: Vec::new(),
    }
}

fn compared(a: &str, b: &str, quantity: Quantity, limits: (f64, f64), bounds: bool) -> Comparison {
    let (lower, upper) = limits;
    Comparison {
        a: a.to_owned(),
        b: b.to_owned(),
        quantity,
        difference: (!bounds).then_some((lower + upper) / 2.0),
        lower,
        upper,
        level: 0.95,
        method: if bounds { "bounds" } else { "mover-difference" }.to_owned(),
        finding: if lower > 0.0 {
            Finding::Larger
        } else if upper < 0.0 {
            Finding::Smaller
        } else {
            Finding::Undecided
        },
    }
}

fn input(
    channel: &str,
    path: &str,
    format: &str,
    rows: u64,
    duplicates: u64,
    digit: &str,
) -> Input {
    Input {
        channel: channel.to_owned(),
        path: path.to_owned(),
        sha256: digit.repeat(64 / digit.len()),
        reading: Reading {
            format: format.to_owned(),
            rows,
            set_aside: 37,
            set_aside_reasons: BTreeMap::from([("date".to_owned(), 37)]),
            duplicates,
            ..Reading::default()
        },
    }
}

/// Six channels: two audits, an audit with open labels, newest only, a full count, nothing.
pub fn results() -> Results {
    let x = Channel {
        followers: Some(20_143),
        listed: 20_011,
        counts: counts(6_012, 11_890, 2_009, 100),
        silent: share(0.597_16, 0.698_06, None, Method::ManskiBounds),
        dormant: Some(audited(
            share(
                0.5123,
                0.6387,
                Some(0.5762),
                Method::PostStratifiedMoverWilson,
            ),
            153,
        )),
        notices: vec![
            Notice::Protected { followers: 1_204 },
            Notice::Gone { followers: 100 },
            Notice::ListDiffersFromCounter {
                listed: 20_011,
                counter: 20_143,
            },
            Notice::SetAside {
                rows: 37,
                of: 20_114,
            },
            Notice::Duplicates { rows: 66 },
        ],
        ..channel("x", Platform::X, Evidence::Activity, Design::Census)
    };
    let instagram = Channel {
        followers: Some(14_802),
        listed: 3_000,
        counts: counts(1_702, 911, 380, 7),
        silent: share(0.2901, 0.4502, None, Method::ImbensManskiWilson),
        dormant: Some(audited(
            share(0.1514, 0.2293, Some(0.1871), Method::TwoPhaseMoverWilson),
            212,
        )),
        notices: vec![
            Notice::ImplausibleDates { dates: 18 },
            Notice::PartMissing {
                part: 3,
                of: Some(4),
            },
        ],
        ..channel("ig", Platform::Instagram, Evidence::Activity, Design::Srs)
    };
    let facebook = Channel {
        followers: Some(26_115),
        listed: 5_000,
        counts: counts(611, 0, 4_389, 0),
        silent: share(0.0, 0.9767, None, Method::NewestWorstCase),
        notices: vec![
            Notice::NewestFirst {
                listed: 5_000,
                followers: 26_115,
            },
            Notice::NotCollected {
                field: Field::LastActiveAt,
                rows: 5_000,
            },
            Notice::NotCollected {
                field: Field::PostsCount,
                rows: 5_000,
            },
            Notice::CountDiffers {
                announced: 5_024,
                found: 5_000,
            },
            Notice::NoAudit,
        ],
        ..channel(
            "fb",
            Platform::Facebook,
            Evidence::FollowDates,
            Design::Newest,
        )
    };
    let linkedin = Channel {
        followers: Some(9_377),
        notices: vec![Notice::NoEvidence, Notice::NoAudit],
        ..channel(
            "li",
            Platform::Linkedin,
            Evidence::Aggregate,
            Design::Unknown,
        )
    };
    let mastodon = Channel {
        followers: Some(412),
        listed: 412,
        counts: counts(288, 124, 0, 0),
        silent: share(
            124.0 / 412.0,
            124.0 / 412.0,
            Some(124.0 / 412.0),
            Method::ManskiBounds,
        ),
        notices: vec![Notice::NoAudit],
        ..channel(
            "masto",
            Platform::Mastodon,
            Evidence::Activity,
            Design::Census,
        )
    };
    let bluesky = Channel {
        followers: Some(1_940),
        listed: 1_931,
        counts: counts(1_101, 604, 226, 0),
        silent: share(0.312_79, 0.429_83, None, Method::ManskiBounds),
        dormant: Some(audited(
            share(0.1382, 0.3317, None, Method::AuditBounds),
            96,
        )),
        notices: vec![Notice::LabelsUnknown { labels: 11 }],
        ..channel(
            "bsky",
            Platform::Bluesky,
            Evidence::Activity,
            Design::Census,
        )
    };
    use Quantity::{Dormant, Silent};
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
        },
        channels: vec![x, instagram, facebook, linkedin, mastodon, bluesky],
        comparisons: vec![
            compared("x", "ig", Dormant, (0.3141, 0.4623), false),
            compared("x", "bsky", Dormant, (0.1806, 0.5005), true),
            compared("ig", "bsky", Dormant, (-0.1803, 0.0911), true),
            compared("x", "fb", Silent, (-0.3796, 0.6981), true),
            compared("x", "li", Silent, (-0.4029, 0.6981), true),
            compared("x", "masto", Silent, (0.2961, 0.3971), true),
            compared("masto", "bsky", Silent, (-0.1289, -0.0118), true),
        ],
        manifest: Manifest {
            tool: "dormouse 0.1.0".to_owned(),
            inputs: vec![
                input(
                    "x",
                    "exports/x/followers.zip!data/follower.js",
                    "x-archive",
                    20_114,
                    66,
                    "9f1c",
                ),
                input(
                    "ig",
                    "exports/instagram/followers_1.json",
                    "instagram-json",
                    3_058,
                    21,
                    "07ab",
                ),
                input(
                    "masto",
                    "exports/mastodon.csv",
                    "mastodon-api",
                    449,
                    0,
                    "e3d5",
                ),
            ],
            settings_sha256: "4be1".repeat(16),
            seed: 20_250_114,
        },
    }
}

/// The same without any audit.
pub fn without_audits() -> Results {
    let mut results = results();
    for channel in &mut results.channels {
        channel.dormant = None;
        channel
            .notices
            .retain(|notice| !matches!(notice, Notice::NoAudit));
        channel.notices.push(Notice::NoAudit);
    }
    results
        .comparisons
        .retain(|comparison| comparison.quantity == Quantity::Silent);
    results
}

/// One channel of which nothing is known.
pub fn nothing_known() -> Results {
    let mut results = results();
    results.channels.retain(|channel| channel.id == "li");
    results.comparisons.clear();
    results.manifest.inputs.clear();
    results
}

/// A figure whose words are made of the results.
pub fn figures(results: &Results, words: Words) -> Vec<Drawn> {
    let Some(first) = results.channels.first() else {
        return Vec::new();
    };
    let name = &first.name;
    let limits = words.range_percent(first.silent.lower, first.silent.upper);
    vec![Drawn {
        figure: Figure {
            lang: words.tag().to_owned(),
            id: "forest".to_owned(),
            title: format!("{name}: {limits}"),
            subtitle: words.date(&results.study.census),
            alt: format!("{name}, {limits}"),
            description: format!("{name}: {limits}."),
            notes: vec![words.days(results.study.window_days)],
            marks: Marks::Forest(figure::Forest {
                axis: String::new(),
                column: String::new(),
                ticks: Vec::new(),
                rows: Vec::new(),
            }),
            table: figure::Table {
                caption: name.clone(),
                head: vec!["channel".to_owned(), "%".to_owned()],
                rows: vec![vec![name.clone(), limits.clone()]],
            },
        },
        svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 40\"><title>t</title>\
              <path d=\"M0 0h720v40\"/></svg>"
            .to_owned(),
    }]
}

/// The view of some results.
pub fn view(results: &Results, words: Words) -> View {
    View::new(results, &figures(results, words), words)
}
