//! The example study: the made-up municipality of Hazelmuide.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::model::platform::Platform;

use super::audit::Plan;
use super::exports::{self, Format};
use super::instants::{DAY, iso, year_start};
use super::truth::Truth;
use super::{Export, Sample, audited, failed};

/// Seed of the example.
pub const SEED: u64 = 20_261_001;

/// 2026-10-01T00:00:00Z.
fn census() -> i64 {
    year_start(2026) + 273 * DAY
}

/// One channel of the example.
struct Example {
    id: &'static str,
    platform: Platform,
    format: &'static str,
    followers: u64,
    /// The counter that the platform shows, which never quite equals the list.
    counter: u64,
    export: &'static str,
    hours: f64,
    cost: f64,
    /// What the study file says about the export, in Dutch.
    remark: &'static str,
}

const CHANNELS: [Example; 3] = [
    Example {
        id: "x",
        platform: Platform::X,
        format: "x-archive",
        followers: 20_000,
        counter: 20_143,
        export: "exports/x/twitter-2026-10-01.zip",
        hours: 12.0,
        cost: 90.0,
        remark: "Het archief van X: van elke volger alleen een nummer.",
    },
    Example {
        id: "instagram",
        platform: Platform::Instagram,
        format: "instagram",
        followers: 15_000,
        counter: 15_318,
        export: "exports/instagram/instagram-hazelmuide-2026-10-01.zip",
        hours: 22.0,
        cost: 150.0,
        remark: "De download van Instagram: wie volgt, en sinds wanneer.",
    },
    Example {
        id: "mastodon",
        platform: Platform::Mastodon,
        format: "mastodon",
        followers: 400,
        counter: 402,
        export: "exports/mastodon/followers.json",
        hours: 4.0,
        cost: 15.0,
        remark: "De API van Mastodon: ook de dag van het laatste bericht.",
    },
];

/// Writes the example study into `folder`: `study.toml`, `exports/`, `audit/` and
/// `truth.json`.
///
/// # Errors
/// `simulate::exists` when there is a study in the folder already, `simulate::write`
/// when a file cannot be written.
pub fn demo(folder: &Path) -> Result<Truth> {
    let study = folder.join("study.toml");
    if study.exists() {
        return Err(
            Error::new("simulate::exists", "there is a study here already")
                .at(study.display().to_string())
                .help("choose an empty folder, or remove that study first"),
        );
    }
    let mut channels = Vec::new();
    for (place, example) in CHANNELS.iter().enumerate() {
        let path = folder.join(example.export);
        let audit = folder.join("audit").join(example.id).with_extension("csv");
        make_room(&path)?;
        make_room(&audit)?;
        let (mut truth, labels) = audited(
            &Export {
                format: format(example)?,
                platform: example.platform,
                followers: example.followers,
                sample: Sample::Census,
                seed: SEED + place as u64,
                census: census() * 1000,
            },
            &path,
            Plan::default(),
        )?;
        labels
            .write(&audit)
            .map_err(|error| failed(error, &audit))?;
        example.id.clone_into(&mut truth.id);
        channels.push(truth);
    }
    let truth = Truth {
        census: iso(census()),
        seed: SEED,
        channels,
    };
    let path = folder.join("truth.json");
    truth.write(&path).map_err(|error| failed(error, &path))?;
    fs::write(&study, study_file()).map_err(|error| failed(error, &study))?;
    Ok(truth)
}

fn format(example: &Example) -> Result<&'static Format> {
    exports::format(example.format)
        .ok_or_else(|| Error::new("simulate::format", format!("no format {}", example.format)))
}

fn make_room(path: &Path) -> Result<()> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(|error| failed(error, parent)),
        None => Ok(()),
    }
}

/// The study file of the example.
fn study_file() -> String {
    let mut text = format!(
        r#"# Voorbeeldstudie. Hazelmuide bestaat niet, en geen van de volgers ook:
# alles hier is getrokken met `dormouse simulate demo`.
title = "Kanalenonderzoek 2026"
organisation = "Gemeente Hazelmuide"
language = "nl"                # taal van de notitie: nl of en
census = {}  # het moment waarop iedereen wordt beoordeeld (UTC)
residents = 158_000
window_days = 180              # zoveel dagen zonder levensteken heet stil
level = 0.95
"#,
        iso(census())
    );
    for channel in &CHANNELS {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            r#"
# {}
[[channel]]
id = "{id}"
platform = "{id}"
exports = ["{}"]
design = "census"              # de hele lijst, niet een deel ervan
followers = {}             # de teller op het profiel
audit = "audit/{id}.csv"
hours_per_month = {}
cost_per_month = {:.1}
"#,
            channel.remark,
            channel.export,
            grouped(channel.counter),
            channel.hours,
            channel.cost,
            id = channel.id,
        );
    }
    text.push_str(
        r#"
# De regels van het college. Er worden er geen verzonnen: zonder deze regels geeft
# de notitie cijfers en geen oordeel. Haal de hekjes weg en vul uw eigen grenzen in.
# [policy]
# min_awake_followers = 2_500
# max_dormant_share = 0.50
# max_cost_per_awake_follower = 0.05
# keep_handle = true           # weggaan is: de naam bewaren en naar elders wijzen
"#,
    );
    text
}

/// `20_143`.
fn grouped(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{}_{:03}", number / 1000, number % 1000),
    }
}
