//! What is kept of followers between runs, where, and that it can be removed.

use std::fs;
use std::path::Path;
use std::process::Command;

use dormouse::frame::states::Pseudonyms;
use dormouse::vault;

use super::{refusal, replace, run, study};

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
        let person = (1..=30).find(|person| pseudonyms.of(format!("person-{person}")) == name);
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
        let name = pseudonyms.of(format!("person-{person}"));
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
    // A run that was killed while it wrote states leaves them under another name.
    let vault = folder.path().join(".dormouse");
    fs::write(vault.join("review/.unfinished-Ab3dE6"), "pseudonyms").unwrap();
    // A study that has become unreadable can be purged all the same.
    fs::write(&review, "broken").unwrap();
    let printed = dormouse(&["purge", review.to_str().unwrap()]);
    assert!(
        printed.contains("the key and 3 files of states"),
        "{printed}"
    );
    assert!(!vault.join("review").exists() && !vault.join("review.key").exists());
    assert!(vault.join("other.key").is_file());
    let purged = vault::purge(&other).unwrap();
    assert_eq!((purged.key, purged.states), (true, 2));
    assert!(!vault.exists());
    assert_eq!(vault::purge(&other).unwrap(), vault::Purged::default());
}
