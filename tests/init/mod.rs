//! `dormouse init` on a folder with an export of every format among files that are none:
//! the study file that it writes is kept, and it runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dormouse::ingest::adapters::ADAPTERS;
use dormouse::pipeline::{Quiet, Said, Wanted, look};
use dormouse::study::Study;
use serde_json::Value;

/// The fixture of each format that goes into the folder; the first that is there.
const CASES: [&str; 6] = [
    "plain",
    "zip",
    "workbook-in-zip",
    "cards",
    "by-date",
    "twarc-csv",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if name != "expected.json" {
            fs::create_dir_all(to).unwrap();
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// An export of every format, a folder each, with refused, unknown and broken files, a
/// list twice, and an audit.
fn mixed(folder: &Path) {
    let fixtures = root().join("tests/fixtures");
    for adapter in ADAPTERS {
        let format = adapter.format().name;
        let cases = fixtures.join(format);
        let known = CASES.iter().map(|case| cases.join(case));
        let case = known.into_iter().find(|case| case.is_dir());
        let first = || {
            let mut all: Vec<PathBuf> = fs::read_dir(&cases)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            all.sort();
            all.remove(0)
        };
        copy(&case.unwrap_or_else(first), &folder.join(format));
    }
    for other in ["refused", "unknown"] {
        copy(&fixtures.join(other), &folder.join(other));
    }
    copy(
        &fixtures.join("bluesky-followers/truncated"),
        &folder.join("broken/bluesky"),
    );
    fs::create_dir_all(folder.join("again")).unwrap();
    fs::copy(
        fixtures.join("x-archive/plain/follower.js"),
        folder.join("again/follower.js"),
    )
    .unwrap();
    fs::write(folder.join("notes.txt"), "Bel Jan.\n").unwrap();
    fs::create_dir_all(folder.join("audit")).unwrap();
    fs::write(
        folder.join("audit/mastodon.csv"),
        "id,stratum,stratum_size,label\n1,all,3,\n",
    )
    .unwrap();
}

fn dormouse(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// `DORMOUSE_UPDATE=1 cargo test --release init` writes the kept files anew; look at the
/// difference before it is committed.
fn kept(name: &str, found: &str) {
    let path = root().join("tests/init").join(name);
    if std::env::var_os("DORMOUSE_UPDATE").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} differs:\n{found}");
}

#[test]
fn a_folder_of_all_formats_becomes_a_study_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    mixed(&folder.path().join("exports"));
    for language in ["en", "nl"] {
        let arguments = ["init", "exports", "--language", language, "--force"];
        let made = dormouse(folder.path(), &arguments);
        // A file is broken, so somebody must look.
        assert_eq!(made.status.code(), Some(1), "{}", text(&made.stderr));
        let study = fs::read_to_string(folder.path().join("study.toml")).unwrap();
        kept(&format!("study.{language}.toml"), &study);
        kept("printed.txt", &text(&made.stdout));
        let again = dormouse(folder.path(), &arguments);
        assert_eq!(again.stdout, made.stdout);
        let second = fs::read_to_string(folder.path().join("study.toml")).unwrap();
        assert_eq!(second, study, "twice the same");

        let read = Study::read(&folder.path().join("study.toml")).unwrap();
        assert!(read.channels.len() >= 9, "a platform is missing");
        let run = dormouse(folder.path(), &["run", "study.toml"]);
        assert!(
            matches!(run.status.code(), Some(0 | 1)),
            "{}",
            text(&run.stderr)
        );
        let results = fs::read(folder.path().join("out/results.json")).unwrap();
        let results: Value = serde_json::from_slice(&results).unwrap();
        assert_eq!(
            results["channels"].as_array().unwrap().len(),
            read.channels.len()
        );
    }
}

/// What the demo's own study file says of channels, designs and dates.
#[test]
fn the_demo_is_understood_as_it_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &root().join("data/demo/exports"),
        &folder.path().join("exports"),
    );
    copy(
        &root().join("data/demo/audit"),
        &folder.path().join("audit"),
    );
    let made = dormouse(folder.path(), &["init", "."]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let found = Study::read(&folder.path().join("study.toml")).unwrap();
    let meant = Study::read(&root().join("data/demo/study.toml")).unwrap();
    assert_eq!(found.census, meant.census);
    for channel in &found.channels {
        let same = meant.channels.iter().find(|other| other.id == channel.id);
        let same = same.unwrap_or_else(|| panic!("no channel {}", channel.id));
        assert_eq!(channel.platform, same.platform);
        assert_eq!(channel.exports, same.exports);
        assert_eq!(channel.audit, same.audit);
    }
    assert_eq!(found.channels.len(), meant.channels.len());
    let run = dormouse(folder.path(), &["run", "study.toml"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
}

/// A file may be called anything; its name stays inside its setting or comment.
#[cfg(unix)]
#[test]
fn no_file_name_becomes_a_setting() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let list = |name: &str, ids: std::ops::Range<u32>, year: u32| {
        let rows: String = ids
            .map(|id| format!("{id},{year}-01-01T00:00:00Z\n"))
            .collect();
        let path = at.join("exports/mastodon").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("id,last_active_at\n{rows}")).unwrap();
    };
    list("new\ninternal = true # \"'\\.csv", 1..40, 2025);
    list("old\ninternal = true\n.csv", 1..30, 2024);
    fs::write(at.join("exports/note\ninternal = true\n.txt"), "Bel Jan.\n").unwrap();
    let output = dormouse(
        at,
        &["init", "exports", "--organisation", "A\ninternal = true"],
    );
    let written = fs::read_to_string(at.join("study.toml")).unwrap();
    let study = Study::read(&at.join("study.toml")).unwrap();
    assert!(!study.internal, "{written}");
    assert_eq!(study.organisation, "A\ninternal = true");
    let exports: Vec<&String> = study.channels.iter().flat_map(|one| &one.exports).collect();
    assert!(
        exports.iter().all(|path| path.ends_with(".csv")),
        "{exports:?}"
    );
    let lines = written
        .lines()
        .filter(|line| line.contains("internal = true"));
    assert!(
        lines.clone().count() >= 3,
        "{written}{}",
        text(&output.stderr)
    );
    for line in lines {
        let begins = ["#", "organisation = \"", "exports = [\"", "    \""];
        assert!(begins.iter().any(|start| line.starts_with(start)), "{line}");
    }
}

/// Accounts that are gone stand in the rows of one format, and beside them in another; each
/// is on the list once, as a run counts it.
#[test]
fn who_is_gone_is_on_the_list_once() {
    for case in [
        "mastodon-accounts/gone/followers.json",
        "mastodon-accounts/duplicate-ids/pages.jsonl",
        "x-api-v2-users/accounts-gone/users.jsonl",
        "x-api-v2-users/accounts-gone/also-in-data.jsonl",
        "x-api-v2-users/accounts-gone/all-of-them.json",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let fixture = root().join("tests/fixtures").join(case);
        let export = folder.path().join(fixture.file_name().unwrap());
        fs::copy(&fixture, &export).unwrap();
        let said = Said {
            census: Some(1_790_812_800_000),
            ..Said::default()
        };
        let study = folder.path().join("study.toml");
        let wanted = Wanted {
            folder: folder.path(),
            study: &study,
            said: &said,
        };
        let found = look(wanted, &Quiet).unwrap();
        let [channel] = found.channels.as_slice() else {
            panic!("{case}: {:?}", found.channels);
        };
        fs::write(&study, found.write()).unwrap();
        let run = dormouse(
            folder.path(),
            &["run", "study.toml", "--internal", "--format", "json"],
        );
        let results: Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(results["channels"][0]["listed"], channel.listed, "{case}");
    }
}
