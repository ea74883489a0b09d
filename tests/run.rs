//! Whole runs: the demo byte for byte, and laws that hold for any export.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dormouse::model::results::Results;
use dormouse::pipeline::{self, Quiet};
use dormouse::study::Study;
use proptest::prelude::*;
use serde_json::Value;

use crate::schema::faults;

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo")
}

/// Runs the demo as the README says it, and gives what it printed and wrote.
fn run_demo(out: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .args(["run", "data/demo/study.toml", "--out"])
        .arg(out)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .replace(&out.display().to_string(), "out")
}

/// `DORMOUSE_UPDATE=1 cargo test --release demo` writes the expected files anew; look at
/// the difference before it is committed.
#[test]
fn the_demo_is_as_expected_and_twice_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let printed = run_demo(&first);
    assert_eq!(run_demo(&second), printed);
    let names = files(&first);
    assert_eq!(files(&second), names);
    for name in &names {
        assert!(
            fs::read(first.join(name)).unwrap() == fs::read(second.join(name)).unwrap(),
            "{} differs between two runs",
            name.display()
        );
    }
    for needed in [
        "results.json",
        "tallies.parquet",
        "shares.csv",
        "briefing.html",
        "briefing.md",
        "briefing.docx",
        "annex.xlsx",
    ] {
        assert!(
            names.contains(&PathBuf::from(needed)),
            "{needed} is missing"
        );
    }
    for figure in ["forest", "stacked", "curve"] {
        for ending in ["svg", "png", "csv"] {
            let name = PathBuf::from(format!("figures/{figure}.{ending}"));
            assert!(names.contains(&name), "{} is missing", name.display());
        }
    }
    let expected = demo().join("expected");
    let made = [
        ("printed.txt", printed.into_bytes()),
        (
            "results.json",
            fs::read(first.join("results.json")).unwrap(),
        ),
        ("shares.csv", fs::read(first.join("shares.csv")).unwrap()),
        ("briefing.md", fs::read(first.join("briefing.md")).unwrap()),
    ];
    for (name, bytes) in made {
        let path = expected.join(name);
        if std::env::var_os("DORMOUSE_UPDATE").is_some() {
            fs::create_dir_all(&expected).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        assert!(
            fs::read(&path).unwrap() == bytes,
            "{name} is not as expected"
        );
    }
}

/// The papers from the results alone are those of the run; another language changes the
/// papers and no result.
#[test]
fn the_papers_are_made_again_from_the_results_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (run, again) = (folder.path().join("run"), folder.path().join("again"));
    run_demo(&run);
    fs::create_dir(&again).unwrap();
    fs::copy(run.join("results.json"), again.join("results.json")).unwrap();
    let brief = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dormouse"));
        let output = command.arg("brief").arg(&again).args(arguments).output();
        output.unwrap().status.code()
    };
    // What other results left behind does not stay beside the new papers.
    let left = ["briefing.pdf", "figures/trend.svg"].map(|name| again.join(name));
    fs::create_dir(again.join("figures")).unwrap();
    for file in &left {
        fs::write(file, "of other results").unwrap();
    }
    assert_eq!(brief(&[]), Some(0));
    for file in &left {
        assert!(!file.exists() || fs::read(file).unwrap() != b"of other results");
    }
    let made = files(&again);
    for name in &made {
        assert!(
            fs::read(run.join(name)).unwrap() == fs::read(again.join(name)).unwrap(),
            "{} differs",
            name.display()
        );
    }
    // All but what holds more than the results do.
    let papers = |name: &&PathBuf| {
        let ending = name.extension().unwrap_or_default();
        ending != "parquet"
            && !["shares.csv", "multiverse.csv", "manifest.json"]
                .iter()
                .any(|file| name.ends_with(file))
    };
    assert_eq!(
        made,
        files(&run)
            .iter()
            .filter(papers)
            .cloned()
            .collect::<Vec<_>>()
    );

    fs::write(again.join("note.txt"), "mine").unwrap();
    assert_eq!(brief(&["--language", "en"]), Some(0));
    let page = fs::read_to_string(again.join("briefing.html")).unwrap();
    assert!(page.contains("<html lang=\"en\">"));
    assert_eq!(fs::read(again.join("note.txt")).unwrap(), b"mine");
    assert!(
        fs::read(run.join("results.json")).unwrap()
            == fs::read(again.join("results.json")).unwrap()
    );
    assert_eq!(brief(&["--language", "de"]), Some(2));
    fs::write(again.join("results.json"), "{}").unwrap();
    assert_eq!(brief(&[]), Some(2));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            names.extend(files(&path).into_iter().map(|inner| name.join(inner)));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

#[test]
fn the_demo_intervals_hold_the_truth() {
    let truth: Value =
        serde_json::from_slice(&fs::read(demo().join("truth.json")).unwrap()).unwrap();
    let results = results_of(&demo().join("study.toml"));
    for (channel, truth) in results
        .channels
        .iter()
        .zip(truth["channels"].as_array().unwrap())
    {
        let share = truth["all"]["dormant_share"].as_f64().unwrap();
        let dormant = channel.dormant.as_ref().unwrap();
        assert!(
            dormant.lower <= share && share <= dormant.upper,
            "{}: {share}",
            channel.id
        );
        let share = truth["all"]["silent_share"].as_f64().unwrap();
        let silent = &channel.silent;
        assert!(
            silent.lower <= share && share <= silent.upper,
            "{}: {share}",
            channel.id
        );
    }
}

#[test]
fn results_follow_their_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Results)).unwrap();
    let results = results_of(&demo().join("study.toml"));
    let value = serde_json::to_value(&results).unwrap();
    assert_eq!(
        faults(&schema, &schema, &value, "results"),
        Vec::<String>::new()
    );
    let back: Results = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(back, results);
    // The schema must be able to say no.
    let broken = |change: fn(&mut Value)| {
        let mut broken = value.clone();
        change(&mut broken);
        faults(&schema, &schema, &broken, "results")
    };
    for faults in [
        broken(|value| value["channels"][0]["silent"]["lower"] = "low".into()),
        broken(|value| value["channels"][0]["platform"] = "fax".into()),
        broken(|value| value["channels"][0]["nickname"] = "x".into()),
        broken(|value| drop(value.as_object_mut().unwrap().remove("manifest"))),
    ] {
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
}

fn results_of(study: &Path) -> Results {
    let study = Study::read(study).unwrap();
    let count = pipeline::count(&study, &Quiet).unwrap();
    pipeline::judge(&study, &count).unwrap().0
}

const HEADER: &str = "id,followed_at,account_created_at,last_active_at,posts_count,protected\n";

/// Rows of the canonical CSV, some with the id of another, some that do not parse.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let date = || {
        proptest::option::of((2015..2026_u32, 1..13_u32, 1..29_u32)).prop_map(|date| match date {
            Some((year, month, day)) => format!("{year}-{month:02}-{day:02}T12:00:00Z"),
            None => String::new(),
        })
    };
    let count = prop_oneof![
        Just(String::new()),
        Just("0".to_owned()),
        (1..999_u32).prop_map(|count| count.to_string()),
        Just("few".to_owned())
    ];
    let flag = prop_oneof![Just(""), Just("true"), Just("false")];
    let row = (0..80_u32, date(), date(), date(), count, flag)
        .prop_map(|(id, a, b, c, count, flag)| format!("p{id},{a},{b},{c},{count},{flag}\n"));
    proptest::collection::vec(row, 1..60).prop_map(agreeing)
}

/// The same rows, of which those of one follower say one thing: within a file the first
/// counts, over several files the best.
fn agreeing(rows: Vec<String>) -> Vec<String> {
    let mut first = BTreeMap::new();
    rows.into_iter()
        .map(|row| {
            let id = row.split(',').next().unwrap_or_default().to_owned();
            first.entry(id).or_insert(row).clone()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn split_exports_give_what_the_whole_gives(rows in rows(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(rows.len() + 1);
        let (head, tail) = rows.split_at(cut);
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, rows: &[String]| {
            fs::write(folder.path().join(name), format!("{HEADER}{}", rows.concat())).unwrap();
        };
        // At least one row in each file must parse, or the file is refused.
        prop_assume!([&rows, head, tail].iter().all(|part| part.iter().any(|row| !row.contains("few"))));
        write("whole.csv", &rows);
        write("head.csv", head);
        write("tail.csv", tail);
        let count = |exports: &str| {
            let study = folder.path().join("study.toml");
            fs::write(&study, format!(
                "title = \"t\"\norganisation = \"o\"\ncensus = 2026-01-01T00:00:00Z\n\
                 [[channel]]\nid = \"x\"\nplatform = \"x\"\nexports = {exports}\n"
            )).unwrap();
            pipeline::count(&Study::read(&study).unwrap(), &Quiet).unwrap()
        };
        let whole = count("[\"whole.csv\"]");
        let parts = count("[\"head.csv\", \"tail.csv\"]");
        prop_assert_eq!(&whole.channels[0].tally, &parts.channels[0].tally);

        // Nothing is lost: rows read = counted + set aside + duplicates.
        for counted in whole.channels.iter().chain(&parts.channels) {
            for input in &counted.inputs {
                let reading = &input.reading;
                prop_assert_eq!(reading.rows, input.counted + reading.set_aside + reading.duplicates);
            }
            let sum = |of: fn(&dormouse::model::manifest::Reading) -> u64| -> u64 {
                counted.inputs.iter().map(|input| of(&input.reading)).sum()
            };
            let listed = counted.tally.counts(180).listed();
            prop_assert_eq!(sum(|r| r.rows), rows.len() as u64);
            prop_assert_eq!(sum(|r| r.rows), listed + sum(|r| r.set_aside) + sum(|r| r.duplicates));
        }
    }
}
