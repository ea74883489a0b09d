//! The rule of a list that is cut off, case by case: `tests/cut_off/rule.toml`.

use dormouse::ingest::adapters::ADAPTERS;
use dormouse::ingest::cut_off::{File, judged, signs};
use dormouse::ingest::found::{Order, Pages};
use dormouse::model::cut_off::Sign;
use dormouse::model::evidence::Design;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    declared: Design,
    #[serde(default)]
    because: bool,
    counter: Option<u64>,
    listed: u64,
    #[serde(default)]
    part_missing: bool,
    files: Vec<FileOfCase>,
    signs: Vec<String>,
    judged: Design,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileOfCase {
    #[serde(default)]
    name: String,
    format: String,
    rows: u64,
    #[serde(default)]
    pages: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    rises: u64,
}

/// Dates of follow, row by row, in milliseconds.
fn dates(file: &FileOfCase) -> Vec<i64> {
    let rows = i64::try_from(file.rows).unwrap();
    let day = |row: i64| match file.order.as_str() {
        "newest-first" => rows - row,
        "oldest-first" => row,
        "mixed" => row * 7 % 11,
        "one-day" => 0,
        other => panic!("{other}"),
    };
    if file.order.is_empty() {
        return Vec::new();
    }
    let mut days: Vec<i64> = (0..rows).map(day).collect();
    // Two neighbours change places: one of them rises.
    for rise in 0..usize::try_from(file.rises).unwrap() {
        days.swap(4 * rise, 4 * rise + 1);
    }
    days.into_iter()
        .map(|day| 1_600_000_000_000 + day * 86_400_000)
        .collect()
}

#[test]
fn every_case_is_judged_as_it_says() {
    let cases: Cases = toml::from_str(include_str!("rule.toml")).unwrap();
    let mut failures = Vec::new();
    for case in &cases.case {
        let files: Vec<_> = case
            .files
            .iter()
            .map(|file| File {
                name: file.name.clone(),
                format: ADAPTERS
                    .iter()
                    .map(|adapter| adapter.format())
                    .find(|format| format.name == file.format)
                    .unwrap(),
                rows: file.rows,
                pages: match file.pages.as_str() {
                    "left" => Pages::Left,
                    "done" => Pages::Done,
                    _ => Pages::Untold,
                },
                order: Order::of(dates(file)),
            })
            .collect();
        let found = signs(&files, case.listed, case.counter, case.part_missing);
        let names: Vec<_> = found.iter().map(Sign::as_str).collect();
        let design = judged(case.declared, &found, case.because);
        if names != case.signs || design != case.judged {
            failures.push(format!("{}: {names:?}, {}", case.title, design.as_str()));
        }
    }
    assert!(cases.case.len() > 25, "the cases are gone");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
