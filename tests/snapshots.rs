//! Dated exports of one channel: what changed, and what is kept of whom.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dormouse::frame::states::Pseudonyms;
use dormouse::model::change::{Basis, StepNotice, Then, Transitions};
use dormouse::model::platform::Platform;
use dormouse::model::results::Results;
use dormouse::pipeline::{self, Watch};
use dormouse::simulate::snapshots::Moves;
use dormouse::simulate::{Snapshots, exports, snapshots};
use dormouse::study::Study;
use dormouse::vault;

struct Quiet;

impl Watch for Quiet {
    fn reading(&self, _: &str, _: u64) {}
    fn stage(&self, _: &str) {}
}

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
    let study = Study::read(study)?;
    let count = pipeline::count(&study, &Quiet)?;
    pipeline::judge(&study, &count)
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
    let found = moves(&step.transitions);
    for (was, is, count) in FLOWS {
        assert_eq!(found[was][is], u64::from(count), "{was} → {is}");
    }
    let counted: u64 = found.values().flat_map(BTreeMap::values).sum();
    assert_eq!(counted, 30);
    assert_eq!((step.days, step.basis), (184.0, Basis::WholeLists));
    assert_eq!(
        step.notices,
        [StepNotice::EvidenceChanged { lost: 1, won: 1 }]
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
    assert_eq!(before.counts, step.transitions.before());
    assert_eq!(after.counts, step.transitions.after());
    assert_eq!(after.counts, results.channels[0].counts);
    assert_eq!((before.counts.awake, before.counts.silent), (15, 9));
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
fn results_with_changes_follow_their_schema() {
    let folder = tempfile::tempdir().unwrap();
    let results = run(&study(folder.path(), "")).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(Results)).unwrap();
    let value = serde_json::to_value(&results).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&value));
    assert_eq!(
        serde_json::from_value::<Results>(value.clone()).unwrap(),
        results
    );
    let mut broken = value;
    broken["changes"][0]["steps"][0]["transitions"]["awake"]["silent"] = "few".into();
    assert!(!validator.is_valid(&broken));
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
        assert_eq!(step.transitions.awake.silent, 3);
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
fn an_older_export_may_be_deleted_once_it_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), "");
    let first = run(&study).unwrap();
    fs::remove_file(folder.path().join("exports/before.csv")).unwrap();
    let second = run(&study).unwrap();
    assert_eq!(first.changes[0].steps, second.changes[0].steps);
    assert_eq!(second.changes[0].snapshots[0].without_id, None);
    replace(&study, "exports = [\"exports/before.csv\"]\n", "");
    assert_eq!(run(&study).unwrap().changes, second.changes);

    // States of another window say nothing for this one.
    replace(&study, "census = 2026", "window_days = 90\ncensus = 2026");
    assert_eq!(refusal(&study), "vault::stale");
    replace(&study, "window_days = 90\n", "");

    // Damage is not read as a list.
    let kept = folder
        .path()
        .join(".dormouse/review/x.2025-07-01T000000Z.states");
    let whole = fs::read(&kept).unwrap();
    fs::write(&kept, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(refusal(&study), "vault::damaged");
    fs::write(&kept, "something else").unwrap();
    assert_eq!(refusal(&study), "vault::damaged");
    fs::write(&kept, &whole).unwrap();

    // Under a new key nobody would be recognised, and everybody seem to have left.
    fs::remove_file(folder.path().join(".dormouse/review.key")).unwrap();
    assert_eq!(refusal(&study), "vault::stale");
    fs::remove_file(&kept).unwrap();
    assert_eq!(refusal(&study), "pipeline::snapshot");
}

#[test]
fn state_files_hold_pseudonyms_and_states_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), "");
    run(&study).unwrap();
    let vault = folder.path().join(".dormouse");
    let key: [u8; 32] = fs::read(vault.join("review.key"))
        .unwrap()
        .try_into()
        .unwrap();
    let kept = fs::read(vault.join("review/x.2025-07-01T000000Z.states")).unwrap();
    let line = kept.iter().position(|&byte| byte == b'\n').unwrap();
    assert!(kept.starts_with(b"dormouse-states 1 window=180 key="));
    let rows = &kept[line + 1..];
    assert_eq!(rows.len(), 9 * 26);
    let pseudonyms = Pseudonyms::new(&key, "X", "x");
    for row in rows.chunks(9) {
        let name = u64::from_le_bytes(row[..8].try_into().unwrap());
        let person = (1..=30).find(|person| pseudonyms.of(&format!("person-{person}")) == name);
        assert!(person.is_some() && row[8] < 4);
    }
    // The order of the list is gone.
    assert!(
        rows.chunks(9)
            .is_sorted_by_key(|row| u64::from_le_bytes(row[..8].try_into().unwrap()))
    );

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| {
            let metadata = fs::metadata(vault.join(path)).unwrap();
            metadata.permissions().mode() & 0o777
        };
        assert_eq!(mode("review.key"), 0o600);
        assert_eq!(mode("review/x.2025-07-01T000000Z.states"), 0o600);
        assert_eq!(mode("review/x.2026-01-01T000000Z.states"), 0o600);
        assert_eq!(mode(""), 0o700);
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(vault.join("review.key"), open).unwrap();
        assert_eq!(refusal(&study), "vault::mode");
    }
}

#[test]
fn a_key_is_made_once_and_differs_between_studies() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = |folder: &Path| fs::read(folder.join(".dormouse/review.key")).unwrap();
    for folder in [&one, &other] {
        run(&study(folder.path(), "")).unwrap();
    }
    let made = key(one.path());
    run(&study(one.path(), "")).unwrap();
    assert_eq!(key(one.path()), made);
    assert_ne!(key(other.path()), made);
    fs::write(one.path().join(".dormouse/review.key"), &made[..31]).unwrap();
    assert_eq!(refusal(&study(one.path(), "")), "vault::key");
}

#[test]
fn the_key_never_lies_in_exports_or_results() {
    for exports in ["[\".\"]", "[\"**/after.csv\"]"] {
        let folder = tempfile::tempdir().unwrap();
        let study = study(folder.path(), "");
        replace(&study, "[\"exports/after.csv\"]", exports);
        assert_eq!(refusal(&study), "vault::exposed", "{exports}");
        assert!(!folder.path().join(".dormouse").exists());
    }
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(folder.path().join("results.json"), "{}").unwrap();
    assert_eq!(refusal(&study(&inner, "")), "vault::exposed");
    assert!(!inner.join(".dormouse").exists());
}

/// Greps everything that is published for every id and pseudonym.
#[test]
fn nothing_that_is_published_names_a_follower() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), "");
    let out = folder.path().join("out");
    let printed = dormouse(&[
        "run",
        study.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    let key = fs::read(folder.path().join(".dormouse/review.key")).unwrap();
    let pseudonyms = Pseudonyms::new(&key.clone().try_into().unwrap(), "X", "x");
    let mut marks: Vec<Vec<u8>> = vec![key];
    for person in 1..=30 {
        let name = pseudonyms.of(&format!("person-{person}"));
        marks.push(name.to_string().into_bytes());
        marks.push(format!("{name:016x}").into_bytes());
        marks.push(name.to_le_bytes().to_vec());
    }
    marks.push(b"person-".to_vec());
    let mut texts = vec![printed.into_bytes()];
    let mut folders = vec![out];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.push(fs::read(path).unwrap());
            }
        }
    }
    assert!(texts.len() > 5);
    for text in &texts {
        for mark in &marks {
            assert!(!text.windows(mark.len()).any(|part| part == mark));
        }
    }
    // The search finds what is there.
    let exports = fs::read(folder.path().join("exports/after.csv")).unwrap();
    assert!(exports.windows(7).any(|part| part == b"person-"));
}

fn dormouse(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn purge_leaves_nothing_of_this_study_and_all_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let review = study(folder.path(), "");
    run(&review).unwrap();
    let other = folder.path().join("other.toml");
    fs::copy(&review, &other).unwrap();
    run(&other).unwrap();
    // A study that has become unreadable can be purged all the same.
    fs::write(&review, "broken").unwrap();
    let printed = dormouse(&["purge", review.to_str().unwrap()]);
    assert!(
        printed.contains("the key and 2 files of states"),
        "{printed}"
    );
    let vault = folder.path().join(".dormouse");
    assert!(!vault.join("review").exists() && !vault.join("review.key").exists());
    assert!(vault.join("other.key").is_file());
    let purged = vault::purge(&other).unwrap();
    assert_eq!((purged.key, purged.states), (true, 2));
    assert!(!vault.exists());
    assert_eq!(vault::purge(&other).unwrap(), vault::Purged::default());
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

fn simulated(folder: &Path, plan: Snapshots) -> (Results, Vec<Moves>) {
    let truth = snapshots(&plan, folder).unwrap();
    let moves = truth.changes.into_iter().map(|change| change.record);
    (run(&folder.join("study.toml")).unwrap(), moves.collect())
}

fn plan(platform: Platform, seed: u64) -> Snapshots {
    Snapshots {
        format: exports::format("canonical").unwrap(),
        platform,
        followers: 3000,
        snapshots: 2,
        days_between: 180,
        complete: true,
        seed,
        census: 1_790_812_800_000,
    }
}

#[test]
fn true_transitions_are_found_where_the_evidence_is_complete() {
    for (seed, platform) in [Platform::X, Platform::Instagram, Platform::Mastodon]
        .into_iter()
        .enumerate()
    {
        let folder = tempfile::tempdir().unwrap();
        let (results, truth) = simulated(folder.path(), plan(platform, seed as u64));
        let found = moves(&results.changes[0].steps[0].transitions);
        let mut people = 0;
        for (was, then) in &found {
            for (is, &count) in then {
                let true_count = truth[0].get(was).and_then(|then| then.get(is));
                assert_eq!(count, true_count.copied().unwrap_or(0), "{was} → {is}");
                people += count;
            }
        }
        assert!(people > 2500 && found["awake"]["silent"] > 0 && found["silent"]["awake"] > 0);
    }
}

#[test]
fn where_evidence_is_missing_no_transition_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let incomplete = Snapshots {
        complete: false,
        ..plan(Platform::X, 9)
    };
    let (results, truth) = simulated(folder.path(), incomplete);
    let found = moves(&results.changes[0].steps[0].transitions);
    assert!(found["undetermined"]["undetermined"] > 0);
    for was in ["silent", "absent"] {
        let silent = truth[0][was]["silent"];
        assert!(found[was]["silent"] <= silent, "{was} → silent");
    }
    assert!(found["silent"]["silent"] < truth[0]["silent"]["silent"]);
}

#[test]
fn three_snapshots_have_a_trend_and_close_ones_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let close = Snapshots {
        snapshots: 3,
        days_between: 90,
        ..plan(Platform::X, 3)
    };
    let (results, truth) = simulated(folder.path(), close);
    let change = &results.changes[0];
    assert_eq!((change.steps.len(), truth.len()), (2, 2));
    for step in &change.steps {
        assert!(step.notices.contains(&StepNotice::CloserThanWindow {
            days: 90.0,
            window_days: 180,
        }));
    }
    assert_eq!(
        change.steps[0].transitions.after(),
        change.steps[1].transitions.before()
    );
    let trend = change.trend.as_ref().unwrap();
    // One panel: no limits as of independent samples.
    assert_eq!(trend.limits, None);
    let share = |place: usize| change.snapshots[place].silent_share.unwrap();
    let plain = (share(2) - share(0)) / 180.0 * 365.25;
    assert!(
        (trend.per_year - plain).abs() < 0.005,
        "{} {plain}",
        trend.per_year
    );

    let study = folder.path().join("study.toml");
    replace(&study, "design = \"census\"", "design = \"srs\"");
    let sampled = run(&study).unwrap();
    let limits = sampled.changes[0].trend.as_ref().unwrap().limits.unwrap();
    assert!(limits.lower < trend.per_year && trend.per_year < limits.upper);
}
