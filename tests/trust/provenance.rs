//! The manifest, and whether results still are what was made.

use std::fs;
use std::path::Path;
use std::process::Output;

use dormouse::model::manifest::Record;
use serde_json::Value;

use super::{contents, dormouse, run, small_study, stderr};
use crate::schema::faults;

fn verify(out: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output: Output = dormouse()
        .arg("verify")
        .arg(out)
        .args(more)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
    (output.status.code(), text)
}

#[test]
fn what_was_changed_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let out = folder.path().join("out");
    assert!(run(&study, &out).status.success());
    let (code, text) = verify(&out, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("from 400 rows in 1 file"), "{text}");

    let list = folder.path().join("exports/list.csv");
    let cases: [(&Path, &str); 3] = [
        (
            &out.join("shares.csv"),
            "shares.csv: this result was changed after the run",
        ),
        (
            &list,
            "exports/list.csv: this input is another than at the run",
        ),
        (&study, "the study file is another than at the run"),
    ];
    for (path, said) in cases {
        let bytes = fs::read(path).unwrap();
        fs::write(path, [bytes.as_slice(), b"\n"].concat()).unwrap();
        let (code, text) = verify(&out, &[]);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(said) && text.contains("1 finding"), "{text}");
        fs::write(path, bytes).unwrap();
    }
    // Whoever changes a result and its hash is found by the run itself.
    let (manifest, shares) = (out.join("manifest.json"), out.join("shares.csv"));
    let (whole, old) = (
        fs::read_to_string(&manifest).unwrap(),
        fs::read(&shares).unwrap(),
    );
    let hash = |bytes: &[u8]| -> String {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(bytes);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let new = String::from_utf8_lossy(&old)
        .replacen("manski", "another", 1)
        .into_bytes();
    assert_ne!(old, new);
    fs::write(&shares, &new).unwrap();
    fs::write(&manifest, whole.replace(&hash(&old), &hash(&new))).unwrap();
    assert_eq!(verify(&out, &[]).0, Some(0));
    let (code, text) = verify(&out, &["--repeat"]);
    assert_eq!(code, Some(1), "{text}");
    let said = "shares.csv: the same run does not make this file again";
    assert!(text.contains(said), "{text}");
    fs::write(&manifest, whole).unwrap();
    fs::write(&shares, old).unwrap();

    fs::write(out.join("more.txt"), "").unwrap();
    fs::rename(out.join("briefing.md"), folder.path().join("briefing.md")).unwrap();
    fs::remove_file(&list).unwrap();
    let (code, text) = verify(&out, &[]);
    assert_eq!(code, Some(1));
    for said in [
        "more.txt: the run did not make this file",
        "briefing.md: this result is missing",
        "exports/list.csv: this input is not there",
        "3 findings",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn moved_results_need_the_study_file_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let out = folder.path().join("out");
    assert!(run(&study, &out).status.success());
    let moved = folder.path().join("b.toml");
    fs::rename(&study, &moved).unwrap();
    let (code, text) = verify(&out, &[]);
    assert_eq!(code, Some(1));
    assert!(text.contains("name it with --study"), "{text}");
    let (code, text) = verify(&out, &["--study", moved.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn no_folder_of_results_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    for (files, said) in [
        (vec![], "this is no folder of results"),
        (
            vec![("results.json", "{}")],
            "these results have no manifest",
        ),
        (
            vec![("manifest.json", "{\"tool\": 3}")],
            "this is no manifest of this version",
        ),
    ] {
        let out = folder.path().join("out");
        let _ = fs::remove_dir_all(&out);
        fs::create_dir(&out).unwrap();
        for (name, text) in files {
            fs::write(out.join(name), text).unwrap();
        }
        let (code, text) = verify(&out, &[]);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(said), "{text}");
    }
}

/// The manifest of the demo says where every row went, and follows its schema.
#[test]
fn every_row_of_the_demo_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert!(
        run(Path::new("data/demo/study.toml"), &out)
            .status
            .success()
    );
    let bytes = fs::read(out.join("manifest.json")).unwrap();
    let record: Record = serde_json::from_slice(&bytes).unwrap();
    for input in &record.manifest.inputs {
        let reading = &input.reading;
        let sum = input.counted + reading.set_aside + reading.duplicates;
        assert_eq!(reading.rows, sum, "{}", input.path);
    }
    assert_eq!(record.manifest.labels.len(), 3);
    assert_eq!(record.outputs.len() + 1, contents(&out).len());
    assert!(record.manifest.suppression.applied);
    let schema = serde_json::to_value(schemars::schema_for!(Record)).unwrap();
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        faults(&schema, &schema, &value, "manifest"),
        Vec::<String>::new()
    );
    assert_eq!(
        verify(&out, &["--repeat", "--format", "json"]),
        (Some(0), "[]\n".to_owned())
    );
}
