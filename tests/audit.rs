//! Audits from the draw to the labels: whom chance picks, what the analyst gets, and what
//! comes back from the hands of spreadsheet programs.

mod commands;
mod draw;
mod labels;
mod programs;
mod worksheets;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dormouse::audit::{Draw, Drawn, Plan};
use dormouse::model::platform::Platform;
use dormouse::model::tally::{Key, Record};
use dormouse::pipeline::Quiet;
use dormouse::study::Study;

const PLAN: Plan = Plan {
    labels: 150,
    floor: 20,
    overlap: 30,
    seed: 0,
    window_days: 180,
};

const AWAKE: Key = Key {
    days_silent: Some(10),
    ..Key::NOTHING
};
const SILENT: Key = Key {
    record: Record::Dated,
    days_silent: Some(400),
    ..Key::NOTHING
};
const UNDETERMINED: Key = Key::NOTHING;

/// A draw from followers given by their keys and ids, in one file.
fn drawn<'a>(plan: Plan, followers: impl IntoIterator<Item = (Key, &'a str)>) -> Drawn {
    let mut draw = Draw::new("x", plan);
    for (key, id) in followers {
        draw.offer(key, Some(id), None);
    }
    draw.finish(Platform::X).unwrap()
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo")
}

/// A study in a folder of its own, from the text of its file and of others.
fn study(folder: &Path, toml: &str, files: &[(&str, &str)]) -> Study {
    let path = folder.join("review.toml");
    let head = "title = \"Review\"\norganisation = \"Gemeente Voorbeeld\"\ncensus = 2026-10-01T00:00:00Z\n";
    fs::write(&path, format!("{head}{toml}")).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    Study::read(&path).unwrap()
}

/// Runs the program in a folder.
fn dormouse(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// What the program printed as JSON, and its exit code.
fn json(output: &Output) -> (serde_json::Value, Option<i32>) {
    let value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (value, output.status.code())
}
