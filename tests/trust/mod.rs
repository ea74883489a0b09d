//! Nothing lost, nobody shown: leaks, kills, faults, hostile files, provenance.

mod faults;
mod hostile;
mod internal;
mod kill;
mod leaks;
mod mutations;
mod provenance;
mod spreadsheets;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn dormouse() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dormouse"));
    command.current_dir(root());
    command
}

fn run(study: &Path, out: &Path) -> Output {
    dormouse()
        .arg("run")
        .arg(study)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).replace('│', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every file below a folder, by its path.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
        .into_iter()
        .map(|(path, bytes)| {
            (
                path.strip_prefix(folder)
                    .map_or(path.clone(), Path::to_owned),
                bytes,
            )
        })
        .collect()
}

/// A study of one list of followers.
fn small_study(folder: &Path, title: &str) -> PathBuf {
    let rows: String = (0..400)
        .map(|n| {
            let (year, month) = (2022 + n % 4, 1 + n % 12);
            format!("volger{n:05},{year}-{month:02}-11T08:00:00Z\n")
        })
        .collect();
    fs::create_dir_all(folder.join("exports")).unwrap();
    fs::write(
        folder.join("exports/list.csv"),
        format!("id,last_active_at\n{rows}"),
    )
    .unwrap();
    let study = folder.join(format!("{title}.toml"));
    fs::write(
        &study,
        format!(
            "title = \"{title}\"\norganisation = \"o\"\ncensus = 2026-01-01T00:00:00Z\n\
             [[channel]]\nid = \"x\"\nplatform = \"x\"\ndesign = \"census\"\n\
             exports = [\"exports/list.csv\"]\n"
        ),
    )
    .unwrap();
    study
}

/// What lies beside the results, apart from what the test itself put there.
fn left_behind(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    names
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".dormouse-"))
        .collect()
}
