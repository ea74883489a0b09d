//! Coverage through the whole program: simulated exports and audits, read from files,
//! counted, judged, and held against a truth that the program never reads.
//!
//! Takes minutes, so it is run on request:
//! `cargo test --release -- --ignored --nocapture coverage`

use std::fs;
use std::path::Path;

use dormouse::model::platform::Platform;
use dormouse::model::results::Channel;
use dormouse::pipeline::{self, Quiet};
use dormouse::simulate::audit::Plan;
use dormouse::simulate::{Export, Sample, audited, exports, truth};
use dormouse::study::Study;

/// Replicates of each design: four platforms of different character, so many each.
const REPLICATES: u64 = 400;
const PLATFORMS: [Platform; 4] = [
    Platform::X,
    Platform::Instagram,
    Platform::Mastodon,
    Platform::Bluesky,
];
const FOLLOWERS: u64 = 3000;
const CENSUS: i64 = 1_790_812_800_000;

/// A way to review a channel, and which of its limits must hold which truth how often.
struct Design {
    name: &'static str,
    sample: Sample,
    design: &'static str,
    audit: bool,
    /// Whether older followers are declared to be at least as silent.
    monotone: bool,
    unknown: (f64, f64),
    /// The share that must be held and the one that is true.
    target: fn(&Channel, &truth::Channel) -> (f64, f64, f64),
    /// Least and most coverage that is right.
    right: (f64, f64),
}

fn dormant(channel: &Channel, truth: &truth::Channel) -> (f64, f64, f64) {
    let share = channel.dormant.as_ref().unwrap();
    (share.lower, share.upper, truth.all.dormant_share)
}

fn silent(channel: &Channel, truth: &truth::Channel) -> (f64, f64, f64) {
    (
        channel.silent.lower,
        channel.silent.upper,
        truth.all.silent_share,
    )
}

fn monotone_dormant(channel: &Channel, truth: &truth::Channel) -> (f64, f64, f64) {
    let monotone = channel.monotone.as_ref().unwrap();
    let share = monotone.dormant.as_ref().unwrap();
    (share.lower, share.upper, truth.all.dormant_share)
}

fn monotone_silent(channel: &Channel, truth: &truth::Channel) -> (f64, f64, f64) {
    let share = &channel.monotone.as_ref().unwrap().silent;
    (share.lower, share.upper, truth.all.silent_share)
}

const THIRD: u64 = FOLLOWERS * 3 / 10;

const DESIGNS: [Design; 8] = [
    Design {
        name: "census + audit",
        sample: Sample::Census,
        design: "census",
        audit: true,
        monotone: false,
        unknown: (0.0, 0.0),
        target: dormant,
        right: (0.93, 0.97),
    },
    Design {
        name: "random 30 % + audit",
        sample: Sample::Random(THIRD),
        design: "srs",
        audit: true,
        monotone: false,
        unknown: (0.0, 0.0),
        target: dormant,
        right: (0.93, 0.97),
    },
    Design {
        name: "census + audit with can't-tells",
        sample: Sample::Census,
        design: "census",
        audit: true,
        monotone: false,
        unknown: (0.04, 0.10),
        target: dormant,
        right: (0.95, 1.0),
    },
    Design {
        name: "newest 30 % + audit, worst case",
        sample: Sample::Newest(THIRD),
        design: "newest",
        audit: true,
        monotone: false,
        unknown: (0.0, 0.0),
        target: dormant,
        right: (0.95, 1.0),
    },
    Design {
        name: "random 30 %, no audit, target silent",
        sample: Sample::Random(THIRD),
        design: "srs",
        audit: false,
        monotone: false,
        unknown: (0.0, 0.0),
        target: silent,
        right: (0.95, 1.0),
    },
    Design {
        name: "census, no audit, target silent",
        sample: Sample::Census,
        design: "census",
        audit: false,
        monotone: false,
        unknown: (0.0, 0.0),
        target: silent,
        right: (0.95, 1.0),
    },
    MONOTONE_DORMANT,
    MONOTONE_SILENT,
];

const MONOTONE_DORMANT: Design = Design {
    name: "newest 30 % + audit, declared monotone",
    sample: Sample::Newest(THIRD),
    design: "newest",
    audit: true,
    monotone: true,
    unknown: (0.0, 0.0),
    target: monotone_dormant,
    right: (0.95, 1.0),
};

const MONOTONE_SILENT: Design = Design {
    name: "newest 30 %, declared monotone, target silent",
    audit: false,
    target: monotone_silent,
    ..MONOTONE_DORMANT
};

#[test]
#[ignore = "takes minutes: cargo test --release -- --ignored --nocapture coverage"]
fn coverage_of_the_whole_program() {
    let mut wrong = Vec::new();
    println!(
        "{:<46} {:>10} {:>9} {:>7}  by platform {PLATFORMS:?}",
        "design", "replicates", "coverage", "width"
    );
    for design in &DESIGNS {
        let folder = tempfile::tempdir().unwrap();
        let (mut held, mut width, mut all) = (0_u32, 0.0, 0_u32);
        let mut by_platform = [0_u32; PLATFORMS.len()];
        for replicate in 0..REPLICATES {
            for (place, platform) in PLATFORMS.into_iter().enumerate() {
                let seed = 1_000_000 * place as u64 + replicate;
                let (lower, upper, truth) = review(design, platform, seed, folder.path());
                all += 1;
                let holds = u32::from(lower <= truth && truth <= upper);
                held += holds;
                by_platform[place] += holds;
                width += upper - lower;
            }
        }
        let coverage = f64::from(held) / f64::from(all);
        println!(
            "{:<46} {all:>10} {:>8.1}% {:>7.3}  {:.3?}",
            design.name,
            100.0 * coverage,
            width / f64::from(all),
            by_platform.map(|held| f64::from(held) / REPLICATES as f64)
        );
        if coverage < design.right.0 || coverage > design.right.1 {
            wrong.push(format!("{}: {coverage}", design.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// In the simulated channels older followers had longer to leave, so the declared bound is
/// true of them: it must hold the truth, and say more than the worst case.
#[test]
fn the_monotone_bound_holds_where_its_assumption_does() {
    let folder = tempfile::tempdir().unwrap();
    let worst = Design {
        target: dormant,
        ..MONOTONE_DORMANT
    };
    let (mut held, mut all) = (0, 0);
    for (place, platform) in PLATFORMS.into_iter().enumerate() {
        for replicate in 0..5 {
            let seed = 1_000_000 * place as u64 + replicate;
            let (lower, upper, truth) = review(&MONOTONE_DORMANT, platform, seed, folder.path());
            let (least, most, _) = review(&worst, platform, seed, folder.path());
            assert!(
                lower > least && upper <= most,
                "{lower} {least}, {upper} {most}"
            );
            held += u32::from(lower <= truth && truth <= upper);
            all += 1;
        }
    }
    assert!(held + 1 >= all, "{held} of {all}");
}

/// One review, from files to limits.
fn review(design: &Design, platform: Platform, seed: u64, folder: &Path) -> (f64, f64, f64) {
    let export = Export {
        format: exports::format("canonical").unwrap(),
        platform,
        followers: FOLLOWERS,
        sample: design.sample,
        seed,
        census: CENSUS,
    };
    let plan = Plan {
        unknown: design.unknown,
        ..Plan::default()
    };
    let (truth, audit) = audited(&export, &folder.join("followers.csv"), plan).unwrap();
    audit.write(&folder.join("audit.csv")).unwrap();
    let audit = if design.audit {
        "audit = \"audit.csv\""
    } else {
        ""
    };
    let assumption = if design.monotone {
        "older_followers = \"at-least-as-silent\""
    } else {
        ""
    };
    let study = format!(
        "title = \"t\"\norganisation = \"o\"\ncensus = 2026-10-01T00:00:00Z\n[[channel]]\n\
         id = \"c\"\nplatform = \"{}\"\nexports = [\"followers.csv\"]\ndesign = \"{}\"\n\
         followers = {FOLLOWERS}\n{audit}\n{assumption}\n",
        platform.label().to_lowercase(),
        design.design,
    );
    let path = folder.join("study.toml");
    fs::write(&path, study).unwrap();
    let mut study = Study::read(&path).unwrap();
    study.internal = true;
    let count = pipeline::count(&study, &Quiet).unwrap();
    let (results, _) = pipeline::judge(&study, &count).unwrap();
    (design.target)(&results.channels[0], &truth)
}
