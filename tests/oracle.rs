//! The statistics against tables of reference values from independent packages.
//!
//! `tests/oracle/MANIFEST.json` says which package computed each table, and by which
//! conventions. No value is copied into the tests: they read the tables, and the
//! number of cases that they read is the number that the manifest promises.
//!
//! Tolerances: 1e-9 for closed forms, 1e-8 for roots, 1e-6 for beta quantiles,
//! iterations and quadratures, 0.005 for Monte Carlo.
#![allow(
    clippy::unwrap_used,
    reason = "a table that cannot be read fails the test"
)]

mod activity_models;
mod aggregates;
mod audit;
mod bounds;
mod comparison;
mod diagnose;
mod planning;
mod quantification;
mod sampling;
mod time;

use std::fmt::Debug;
use std::path::PathBuf;

use serde_json::Value;

const CLOSED_FORM: f64 = 1e-9;
const ROOT: f64 = 1e-8;
const QUANTILE: f64 = 1e-6;
const MONTE_CARLO: f64 = 0.005;

/// A row of a CSV table.
struct Row {
    header: csv::StringRecord,
    cells: csv::StringRecord,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        let place = place.unwrap_or_else(|| panic!("no column {column}"));
        &self.cells[place]
    }

    fn case(&self) -> &str {
        self.text("case_id")
    }

    /// `None` where the cell is empty.
    fn maybe(&self, column: &str) -> Option<f64> {
        let text = self.text(column);
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn number(&self, column: &str) -> f64 {
        self.maybe(column)
            .unwrap_or_else(|| panic!("{column} is empty"))
    }

    fn count(&self, column: &str) -> u64 {
        self.text(column).parse().unwrap()
    }

    fn maybe_count(&self, column: &str) -> Option<u64> {
        (!self.text(column).is_empty()).then(|| self.count(column))
    }
}

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oracle")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the manifest says of a table.
fn manifest(stem: &str) -> Value {
    let manifest: Value = serde_json::from_str(&read("MANIFEST.json")).unwrap();
    manifest[stem].clone()
}

/// The rows of `<name>.csv`.
fn csv_rows(name: &str) -> Vec<Row> {
    let text = read(&format!("{name}.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|cells| Row {
            header: header.clone(),
            cells: cells.unwrap(),
        })
        .collect()
}

/// The rows of a table, as many as the manifest says.
fn csv_table(name: &str) -> Vec<Row> {
    let rows = csv_rows(name);
    assert_eq!(manifest(name)["cases"], rows.len(), "cases of {name}");
    rows
}

/// The cases of `<name>.json`.
fn json_table(name: &str) -> Vec<Value> {
    let cases: Vec<Value> = serde_json::from_str(&read(&format!("{name}.json"))).unwrap();
    assert_eq!(manifest(name)["cases"], cases.len(), "cases of {name}");
    cases
}

fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

fn counts(value: &Value) -> Vec<u64> {
    let list = value.as_array().unwrap();
    list.iter().map(|count| count.as_u64().unwrap()).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// Fails unless `got` is `want` within `tolerance`; equal infinities are equal.
#[track_caller]
fn close(case: impl Debug, what: &str, got: f64, want: f64, tolerance: f64) {
    assert!(
        got == want || (got - want).abs() <= tolerance,
        "{case:?} {what}: {got} instead of {want}, off by {:e}",
        (got - want).abs()
    );
}

/// The modules that read tables.
const MODULES: [&str; 9] = [
    "activity_models",
    "aggregates",
    "audit",
    "bounds",
    "comparison",
    "planning",
    "quantification",
    "sampling",
    "time",
];

/// Every table of the manifest is read by a test. The multiverse has its own.
#[test]
fn every_table_is_read() {
    let sources = MODULES.map(|name| read(&format!("{name}.rs")));
    let manifest: Value = serde_json::from_str(&read("MANIFEST.json")).unwrap();
    for stem in manifest.as_object().unwrap().keys() {
        let quoted = format!("\"{stem}\"");
        let is_read = sources.iter().any(|source| source.contains(&quoted));
        assert!(
            is_read || stem == "17_multiverse",
            "{stem} is read by no test"
        );
    }
}
