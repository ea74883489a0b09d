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

/// Seed of the first channel; the others follow it.
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
    /// Share of "can't tell" in the audit, among those who are here and who have left.
    unknown: (f64, f64),
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
        unknown: (0.0, 0.0),
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
        unknown: (0.03, 0.06),
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
        unknown: (0.0, 0.0),
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
            Plan {
                unknown: example.unknown,
                ..Plan::default()
            },
        )?;
        labels
            .write(&audit)
            .map_err(|error| failed(error, &audit))?;
        example.id.clone_into(&mut truth.id);
        channels.push(truth);
    }
    let truth = Truth {
        census: iso(census()),
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
        r#"# Voorbeeldstudie. Hazelmuide bestaat niet, en geen van deze volgers bestaat:
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
followers = {:<18} # de teller op het profiel
audit = "audit/{id}.csv"
hours_per_month = {}
cost_per_month = {:.1}
crisis_role = false
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
# De eigen regels van deze verzonnen gemeente. Vul uw eigen grenzen in; zonder [policy]
# geeft de brief cijfers en geen oordeel.
[policy]
min_awake_followers = 300
max_dormant_share = 0.45
max_cost_per_awake_follower = 0.06 # euro per maand
keep_crisis_channels = true    # met een taak in een crisis: blijven, voor noodgevallen
keep_handle = true             # stoppen is: de naam bewaren en naar elders wijzen

# Het briefhoofd. Een lege regel wordt een plek om in te vullen.
[briefing]
letterhead = [
  ["Aan", "De gemeenteraad van Hazelmuide"],
  ["Van", "Het college van burgemeester en wethouders"],
  ["Datum", ""],
  ["Portefeuillehouder", ""],
  ["Kenmerk", ""],
  ["Onderwerp", "Slapende volgers op onze sociale media"],
]
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashSet};

    use crate::simulate::truth;
    use tempfile::tempdir;

    fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>, root: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found, root);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }

    fn written() -> (truth::Truth, BTreeMap<String, Vec<u8>>) {
        let folder = tempdir().unwrap();
        let truth = demo(folder.path()).unwrap();
        let mut found = BTreeMap::new();
        files(folder.path(), &mut found, folder.path());
        (truth, found)
    }

    #[test]
    fn is_whole_small_and_the_same_each_time() {
        let (truth, files) = written();
        assert_eq!(
            files.keys().map(String::as_str).collect::<Vec<_>>(),
            [
                "audit/instagram.csv",
                "audit/mastodon.csv",
                "audit/x.csv",
                "exports/instagram/instagram-hazelmuide-2026-10-01.zip",
                "exports/mastodon/followers.json",
                "exports/x/twitter-2026-10-01.zip",
                "study.toml",
                "truth.json",
            ]
        );
        assert!(files.values().map(Vec::len).sum::<usize>() <= 3_000_000);
        assert_eq!((truth.clone(), files), written());

        let shares: BTreeMap<&str, f64> = truth
            .channels
            .iter()
            .map(|c| (c.id.as_str(), c.all.dormant_share))
            .collect();
        assert!((0.55..0.62).contains(&shares["x"]), "{shares:?}");
        assert!((0.17..0.23).contains(&shares["instagram"]), "{shares:?}");
        assert!((0.15..0.30).contains(&shares["mastodon"]), "{shares:?}");
    }

    #[test]
    fn study_names_files_that_are_there() {
        let (truth, files) = written();
        let study: toml::Table = std::str::from_utf8(&files["study.toml"])
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(study["census"].to_string(), "2026-10-01T00:00:00Z");
        assert_eq!(study["policy"].as_table().unwrap().len(), 5);
        let channels = study["channel"].as_array().unwrap();
        assert_eq!(channels.len(), truth.channels.len());
        for (channel, truth) in channels.iter().zip(&truth.channels) {
            assert!(files.contains_key(channel["exports"][0].as_str().unwrap()));
            assert!(files.contains_key(channel["audit"].as_str().unwrap()));
            let counter = channel["followers"].as_integer().unwrap() as u64;
            assert!(
                counter > truth.listed.followers && counter < truth.listed.followers * 105 / 100
            );
        }
    }

    #[test]
    fn audits_have_their_columns() {
        let (_, files) = written();
        for id in ["x", "instagram", "mastodon"] {
            let text = std::str::from_utf8(&files[&format!("audit/{id}.csv")]).unwrap();
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some("id,stratum,stratum_size,label"));
            assert_eq!(lines.clone().count(), 150);
            let labels: HashSet<&str> = lines.filter_map(|line| line.rsplit(',').next()).collect();
            let mut expected = HashSet::from(["dormant", "active"]);
            if id == "instagram" {
                // Private accounts are those that a look from outside cannot tell.
                expected.insert("unknown");
            }
            assert_eq!(labels, expected, "{id}");
        }
    }

    #[test]
    fn does_not_write_over_a_study() {
        let folder = tempdir().unwrap();
        std::fs::write(folder.path().join("study.toml"), "mine").unwrap();
        assert_eq!(demo(folder.path()).unwrap_err().kind(), "simulate::exists");
        assert_eq!(
            std::fs::read(folder.path().join("study.toml")).unwrap(),
            b"mine"
        );
    }
}
