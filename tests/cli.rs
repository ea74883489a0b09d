//! The command line as its users meet it: one TOML file a case under `tests/cli/`.
//!
//! A case has the arguments, the files of an empty folder that it runs in, the exit
//! code, and texts that must stand in the output. Afterwards no file may be there that
//! the case does not name, so a half-written folder of results is found out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    exit: i32,
    #[serde(default)]
    stdout: Vec<String>,
    #[serde(default)]
    stderr: Vec<String>,
    /// Texts that must not be printed anywhere: what a cell holds is nobody's business.
    #[serde(default)]
    silent_about: Vec<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Names at the top of the folder afterwards, besides those of `files`.
    #[serde(default)]
    made: Vec<String>,
}

#[test]
fn every_case_ends_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut failures = Vec::new();
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        cases += 1;
        failures.extend(
            run(&case)
                .into_iter()
                .map(|failure| format!("{name}: {failure}")),
        );
    }
    assert!(cases > 10, "the cases are gone");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn run(case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in &case.files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .args(&case.args)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    // A message may be wrapped anywhere between words.
    let flat = |text: &str| {
        text.replace('│', " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (flat_out, flat_err) = (flat(&stdout), flat(&stderr));

    let mut failures = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            failures.push(format!(
                "{what}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
            ));
        }
    };
    check(
        output.status.code() == Some(case.exit),
        format!("exit {:?} instead of {}", output.status.code(), case.exit),
    );
    for text in &case.stdout {
        check(flat_out.contains(text), format!("stdout lacks {text:?}"));
    }
    for text in &case.stderr {
        check(flat_err.contains(text), format!("stderr lacks {text:?}"));
    }
    for text in &case.silent_about {
        check(
            !flat_out.contains(text) && !flat_err.contains(text),
            format!("{text:?} is shown"),
        );
    }
    check(
        !stderr.contains('\u{1b}') && !stdout.contains('\u{1b}'),
        "colours without a terminal".into(),
    );
    let expected: BTreeSet<String> = case
        .files
        .keys()
        .map(|name| name.split('/').next().unwrap().to_owned())
        .chain(case.made.iter().cloned())
        .collect();
    let found: BTreeSet<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    check(
        found == expected,
        format!("files {found:?} instead of {expected:?}"),
    );
    failures
}
