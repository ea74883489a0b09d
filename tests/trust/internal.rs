//! Everything that is written without hiding small groups says that it is internal.

use std::fs;
use std::path::Path;

use super::leaks::pages;
use super::{contents, dormouse, small_study, stderr};

fn says_so(path: &Path, bytes: &[u8]) -> bool {
    pages(path, bytes).iter().any(|text| {
        String::from_utf8_lossy(text)
            .to_lowercase()
            .contains("intern")
    })
}

#[test]
fn internal_results_say_so_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let run = |out: &str, more: &[&str]| {
        let out = folder.path().join(out);
        let mut command = dormouse();
        command
            .arg("run")
            .args(more)
            .arg("--out")
            .arg(&out)
            .arg(&study);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        (output.stdout, contents(&out))
    };
    let (public, internal) = (run("public", &[]), run("internal", &["--internal"]));
    assert!(says_so(Path::new("stdout"), &internal.0) && !says_so(Path::new("stdout"), &public.0));
    let mut kinds = std::collections::BTreeSet::new();
    for (path, bytes) in &internal.1 {
        let kind = path.extension().unwrap().to_string_lossy().into_owned();
        if kind == "png" {
            // Its words are those of the drawing beside it; it is another picture with them.
            let drawing = &internal.1[&path.with_extension("svg")];
            assert!(says_so(path, drawing), "{}", path.display());
            assert_ne!(public.1.get(path), Some(bytes), "{}", path.display());
        } else {
            assert!(says_so(path, bytes), "{} does not say so", path.display());
        }
        kinds.insert(kind);
    }
    let packed = ["docx", "parquet", "png", "xlsx"];
    assert!(packed.iter().all(|&kind| kinds.contains(kind)), "{kinds:?}");
    assert_eq!(kinds.contains("pdf"), cfg!(feature = "pdf"));
    // Nothing of small groups is in the other results, and nothing says that it is.
    for (path, bytes) in &public.1 {
        assert!(!says_so(path, bytes), "{} says so", path.display());
    }
}

/// Tallies have cells of single followers.
#[test]
fn tallies_say_that_they_are_internal() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let out = folder.path().join("tallies");
    let output = dormouse()
        .arg("tally")
        .arg(&study)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(says_so(Path::new("stdout"), &output.stdout));
    for (path, bytes) in contents(&out) {
        assert!(says_so(&path, &bytes), "{}", path.display());
    }
    assert!(fs::read_dir(out).unwrap().count() > 0);
}
