//! Dated exports of one channel: what changed, and what is kept of whom.

mod kept;
mod simulated;

use crate::schema::faults;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dormouse::briefing::annex::Cell;
use dormouse::briefing::view::View;
use dormouse::model::change::{Basis, StepNotice, Then, Transitions};
use dormouse::model::platform::Language;
use dormouse::model::results::Results;
use dormouse::pipeline::{self, Quiet};
use dormouse::study::Study;
use dormouse::wording::Words;

/// How many followers were in which state at the first and the second instant.
const FLOWS: [(&str, &str, u32); 13] = [
    ("awake", "awake", 10),
    ("awake", "silent", 3),
    ("awake", "undetermined", 1),
    ("awake", "absent", 1),
    ("silent", "awake", 2),
    ("silent", "silent", 5),
    ("silent", "absent", 2),
    ("undetermined", "silent", 1),
    ("undetermined", "undetermined", 1),
    ("absent", "awake", 2),
    ("absent", "silent", 1),
    ("absent", "undetermined", 1),
    ("undetermined", "awake", 0),
];

/// Writes the two exports and the study; the second list runs the other way round.
fn study(folder: &Path, settings: &str) -> PathBuf {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut person = 0;
    for (was, is, count) in FLOWS {
        for _ in 0..count {
            person += 1;
            before.extend(row(person, was, "2025-06-01", "2024-01-01"));
            after.extend(row(person, is, "2025-12-01", "2025-06-01"));
        }
    }
    after.reverse();
    for (name, rows) in [("before.csv", before), ("after.csv", after)] {
        let header = "id,followed_at,last_active_at\n".to_owned();
        fs::create_dir_all(folder.join("exports")).unwrap();
        fs::write(folder.join("exports").join(name), header + &rows.concat()).unwrap();
    }
    let study = folder.join("review.toml");
    fs::write(
        &study,
        format!(
            "title = \"t\"\norganisation = \"o\"\ncensus = 2026-01-01T00:00:00Z\n{settings}\n\
             [[channel]]\nid = \"x\"\nplatform = \"x\"\ndesign = \"census\"\n\
             exports = [\"exports/after.csv\"]\n\
             [[channel.snapshot]]\ncensus = 2025-07-01T00:00:00Z\n\
             exports = [\"exports/before.csv\"]\n"
        ),
    )
    .unwrap();
    study
}

fn row(person: u32, state: &str, awake: &str, silent: &str) -> Option<String> {
    let last = match state {
        "awake" => awake,
        "silent" => silent,
        "undetermined" => "",
        _ => return None,
    };
    Some(format!("person-{person},2020-01-01,{last}\n"))
}

fn run(study: &Path) -> dormouse::error::Result<Results> {
    let mut study = Study::read(study)?;
    // These lists are small, and it is the small numbers that are tested.
    study.internal = true;
    let count = pipeline::count(&study, &Quiet)?;
    Ok(pipeline::judge(&study, &count)?.0)
}

fn refusal(study: &Path) -> &'static str {
    run(study).unwrap_err().kind()
}

fn replace(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(old), "{old} is not in {text}");
    fs::write(path, text.replace(old, new)).unwrap();
}

/// The transitions as the truth of a simulation is written.
fn moves(transitions: &Transitions) -> BTreeMap<&'static str, BTreeMap<&'static str, u64>> {
    let then = |then: Then| {
        BTreeMap::from([
            ("awake", then.awake),
            ("silent", then.silent),
            ("undetermined", then.undetermined),
            ("gone", then.gone),
            ("absent", then.absent),
        ])
    };
    BTreeMap::from([
        ("awake", then(transitions.awake)),
        ("silent", then(transitions.silent)),
        ("undetermined", then(transitions.undetermined)),
        ("gone", then(transitions.gone)),
        ("absent", then(transitions.absent)),
    ])
}

fn close(what: &str, got: f64, want: f64) {
    assert!((got - want).abs() < 1e-9, "{what}: {got} instead of {want}");
}

/// Counted and computed by hand from [`FLOWS`].
#[test]
fn two_small_exports_give_what_the_hand_gives() {
    let folder = tempfile::tempdir().unwrap();
    let results = run(&study(folder.path(), "")).unwrap();
    let [change] = &results.changes[..] else {
        panic!("one channel has snapshots")
    };
    let [step] = &change.steps[..] else {
        panic!("two snapshots are one step")
    };
    let found = moves(step.transitions.as_ref().unwrap());
    for (was, is, count) in FLOWS {
        assert_eq!(found[was][is], u64::from(count), "{was} → {is}");
    }
    let counted: u64 = found.values().flat_map(BTreeMap::values).sum();
    assert_eq!(counted, 30);
    assert_eq!((step.days, step.basis), (184.0, Basis::WholeLists));
    assert_eq!(
        step.notices,
        [StepNotice::EvidenceChanged {
            lost: Some(1),
            won: Some(1)
        }]
    );

    let rates = step.rates.as_ref().unwrap();
    assert_eq!((rates.fell_silent.of, rates.woke.of), (13, 7));
    close("fell silent", rates.fell_silent.rate.unwrap(), 3.0 / 13.0);
    close("its lower limit", rates.fell_silent.lower, FELL_LOWER);
    close("its upper limit", rates.fell_silent.upper, FELL_UPPER);
    close("woke", rates.woke.rate.unwrap(), 2.0 / 7.0);

    let paired = step.paired.as_ref().unwrap();
    assert_eq!((paired.followers, paired.level), (20, 0.95));
    close("before", paired.before, 0.35);
    close("after", paired.after, 0.40);
    close("change", paired.change, 0.05);
    close("lower limit", paired.lower, PAIRED_LOWER);
    close("upper limit", paired.upper, PAIRED_UPPER);

    let parts = step.decomposition.unwrap();
    close("leavers", parts.leavers, 0.35 - 0.375);
    close("within", parts.within, 0.05);
    close("joiners", parts.joiners, 10.0 / 24.0 - 0.40);
    close("all", parts.change, 10.0 / 24.0 - 0.375);
    assert_eq!((parts.left, parts.joined), (3, 4));

    let [before, after] = &change.snapshots[..] else {
        panic!("two snapshots")
    };
    let transitions = step.transitions.unwrap();
    assert_eq!(before.counts, transitions.before().into());
    assert_eq!(after.counts, transitions.after().into());
    assert_eq!(after.counts, results.channels[0].counts);
    assert_eq!(
        (before.counts.awake, before.counts.silent),
        (Some(15), Some(9))
    );
    assert_eq!((before.without_id, after.without_id), (Some(0), Some(0)));
    assert_eq!(change.trend, None);
    let files: Vec<_> = results
        .manifest
        .inputs
        .iter()
        .map(|input| &input.path)
        .collect();
    assert_eq!(files, ["exports/after.csv", "exports/before.csv"]);
}

/// From a separate program for Wilson and Newcombe's tenth method.
const FELL_LOWER: f64 = 0.081_795_287_184_985_63;
const FELL_UPPER: f64 = 0.502_563_759_467_274_9;
const PAIRED_LOWER: f64 = -0.176_623_646_442_717_64;
const PAIRED_UPPER: f64 = 0.268_707_533_241_185_4;

#[test]
fn the_annex_holds_the_changes_as_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let results = run(&study(folder.path(), "")).unwrap();
    let step = &results.changes[0].steps[0];
    let paired = step.paired.as_ref().unwrap();
    let parts = step.decomposition.as_ref().unwrap();
    let rates = step.rates.as_ref().unwrap();
    for (language, sheets) in [
        (Language::Nl, ["Peildata", "Veranderingen"]),
        (Language::En, ["Dates", "Changes"]),
    ] {
        let view = View::new(&results, &[], Words::new(language));
        let [dates, changes] =
            sheets.map(|name| view.annex.iter().find(|sheet| sheet.name == name).unwrap());
        assert_eq!((dates.rows.len(), changes.rows.len()), (2, 1));
        for sheet in [dates, changes] {
            for row in &sheet.rows {
                assert_eq!(row.len(), sheet.columns.len());
            }
        }
        let number = |place: usize| changes.rows[0][place].clone();
        let expected = [
            (4, rates.fell_silent.rate.unwrap()),
            (10, rates.woke.upper),
            (13, paired.change),
            (17, parts.change),
            (20, parts.joiners),
        ];
        for (place, value) in expected {
            assert_eq!(
                number(place),
                Cell::Number(value),
                "{}",
                changes.columns[place].0
            );
        }
    }
}

#[test]
fn results_with_changes_follow_their_schema() {
    let folder = tempfile::tempdir().unwrap();
    let results = run(&study(folder.path(), "")).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(Results)).unwrap();
    let value = serde_json::to_value(&results).unwrap();
    assert_eq!(
        faults(&schema, &schema, &value, "results"),
        Vec::<String>::new()
    );
    assert_eq!(
        serde_json::from_value::<Results>(value.clone()).unwrap(),
        results
    );
    let mut broken = value;
    broken["changes"][0]["steps"][0]["transitions"]["awake"]["silent"] = "few".into();
    assert_eq!(faults(&schema, &schema, &broken, "results").len(), 1);
}

#[test]
fn a_sample_has_no_leavers_and_a_cut_list_only_counts() {
    for (design, basis) in [("srs", Basis::Samples), ("newest", Basis::CutOff)] {
        let folder = tempfile::tempdir().unwrap();
        let study = study(folder.path(), "");
        replace(
            &study,
            "census = 2025",
            &format!("design = \"{design}\"\ncensus = 2025"),
        );
        let results = run(&study).unwrap();
        let step = &results.changes[0].steps[0];
        assert_eq!(step.basis, basis);
        assert_eq!(step.decomposition, None);
        assert_eq!(step.paired.is_some(), basis == Basis::Samples);
        assert_eq!(step.rates.is_some(), basis == Basis::Samples);
        assert_eq!(step.transitions.unwrap().awake.silent, 3);
    }
}

#[test]
fn lists_that_share_nobody_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), "");
    replace(
        &folder.path().join("exports/before.csv"),
        "person",
        "account",
    );
    let results = run(&study).unwrap();
    let step = &results.changes[0].steps[0];
    assert_eq!(step.notices, [StepNotice::NobodyOnBoth]);
    assert_eq!(step.paired, None);
    assert_eq!(step.decomposition, None);
    assert_eq!(step.rates.as_ref().unwrap().woke.rate, None);
}

#[test]
fn a_snapshot_must_be_older_and_dated_once() {
    let folder = tempfile::tempdir().unwrap();
    let later = study(folder.path(), "");
    replace(&later, "census = 2025-07-01", "census = 2026-07-01");
    let error = run(&later).unwrap_err();
    assert!(error.to_string().contains("review.toml, row 11"), "{error}");
    let twice = study(folder.path(), "");
    let snapshot = "[[channel.snapshot]]\ncensus = 2025-07-01T00:00:00Z\n";
    replace(&twice, snapshot, &snapshot.repeat(2));
    assert_eq!(refusal(&twice), "study::setting");
    let misspelt = study(folder.path(), "");
    replace(&misspelt, "census = 2025", "censsus = 2025");
    let error = run(&misspelt).unwrap_err();
    assert_eq!(error.way_out(), Some("did you mean `census`?"));
}
