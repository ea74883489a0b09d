//! Every folder `tests/fixtures/<format>/<case>/` is a test: its files are inspected,
//! and what was found must equal its `expected.json`, whole.
//!
//! ```text
//! {"files": {"<file>": <the reading, as the manifest has it> | {"error": "<kind>"}},
//!  "notices": [<what the files say of each other>]}
//! ```
//!
//! `notices` may be left out where nothing is expected.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dormouse::ingest::adapters::ADAPTERS;
use dormouse::ingest::found::Found;
use dormouse::ingest::{container, examine, parts};
use serde::Deserialize;
use serde_json::{Value, json};

/// Folders of files that no adapter reads.
const OTHERS: [&str; 2] = ["refused", "unknown"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    files: BTreeMap<String, Value>,
    #[serde(default)]
    notices: Vec<Value>,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> = std::fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// What is found in each file of a case, and what the files say of each other.
fn found(case: &Path) -> (BTreeMap<String, Value>, Vec<Value>) {
    let mut values = BTreeMap::new();
    let mut readings = Vec::new();
    let mut all_announced = Vec::new();
    for member in container::members(&[".".to_owned()], case).unwrap() {
        if member.file_name() == "expected.json" {
            continue;
        }
        let value = match examine(&member) {
            Ok(Found {
                reading, announced, ..
            }) => {
                let value = serde_json::to_value(&reading).unwrap();
                readings.push((member.name.clone(), reading));
                all_announced.extend(announced);
                value
            }
            Err(error) => json!({"error": error.kind()}),
        };
        values.insert(member.name, value);
    }
    let files: Vec<_> = readings
        .iter()
        .map(|(name, reading)| parts::File {
            name,
            format: &reading.format,
            rows: reading.rows,
        })
        .collect();
    let notices = parts::check(&files, &all_announced)
        .iter()
        .map(|notice| serde_json::to_value(notice).unwrap())
        .collect();
    (values, notices)
}

#[test]
fn every_file_reads_as_expected() {
    let mut differences = Vec::new();
    for format in folders(&fixtures()) {
        for case in folders(&format) {
            let title = format!("{}/{}", name(&format), name(&case));
            let expected = std::fs::read(case.join("expected.json"))
                .map_err(|error| error.to_string())
                .and_then(|text| {
                    serde_json::from_slice::<Expected>(&text).map_err(|error| error.to_string())
                });
            let expected = match expected {
                Ok(expected) => expected,
                Err(error) => {
                    differences.push(format!("{title}/expected.json: {error}"));
                    continue;
                }
            };
            let (found, notices) = found(&case);
            if notices != expected.notices {
                differences.push(format!(
                    "{title}\n  expected {:?}\n  found    {notices:?}",
                    expected.notices
                ));
            }
            let files: BTreeSet<_> = expected.files.keys().chain(found.keys()).collect();
            for file in files {
                let (expected, found) = (expected.files.get(file), found.get(file));
                if expected != found {
                    differences.push(format!(
                        "{title}/{file}\n  expected {}\n  found    {}",
                        expected.map_or("nothing".to_owned(), Value::to_string),
                        found.map_or("nothing".to_owned(), Value::to_string),
                    ));
                }
            }
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn every_format_has_fixtures_and_every_folder_a_format() {
    let formats: BTreeSet<String> = ADAPTERS
        .iter()
        .map(|adapter| adapter.format().name.to_owned())
        .collect();
    let folders: BTreeSet<String> = folders(&fixtures())
        .iter()
        .filter(|folder| !self::folders(folder).is_empty())
        .map(|folder| name(folder))
        .filter(|name| !OTHERS.contains(&name.as_str()))
        .collect();
    assert_eq!(formats, folders);
}
