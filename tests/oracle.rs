//! The statistics against tables of reference values from independent packages.
//!
//! `tests/oracle/MANIFEST.json` says which package computed each table, and by which
//! conventions. No value is copied into the tests: they read the tables, and the
//! number of cases that they read is the number that the manifest promises. Each table has
//! a test that reads every one of its columns.
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

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::Index;
use std::path::PathBuf;
use std::rc::Rc;

use serde_json::Value;

const CLOSED_FORM: f64 = 1e-9;
const ROOT: f64 = 1e-8;
const QUANTILE: f64 = 1e-6;
const MONTE_CARLO: f64 = 0.005;

/// The columns that a test has read so far.
type Read = Rc<RefCell<BTreeSet<String>>>;

/// A row of a CSV table.
struct Row {
    header: csv::StringRecord,
    cells: csv::StringRecord,
    read: Read,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        self.read.borrow_mut().insert(column.to_owned());
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

/// A case of a JSON table.
struct Case {
    columns: Value,
    read: Read,
}

impl<'a> Index<&'a str> for Case {
    type Output = Value;

    fn index(&self, column: &'a str) -> &Value {
        self.read.borrow_mut().insert(column.to_owned());
        &self.columns[column]
    }
}

/// The rows or cases of a table. Whoever has gone through it has read all of its columns.
struct Table<T> {
    name: String,
    rows: std::vec::IntoIter<T>,
    columns: BTreeSet<String>,
    read: Read,
}

impl<T> Table<T> {
    /// Of a test that reads some columns; another one reads them all.
    fn part(mut self) -> Self {
        self.columns.clear();
        self
    }
}

impl<T> Iterator for Table<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rows.next()
    }
}

impl<T> Drop for Table<T> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let read = self.read.borrow();
            let unread: Vec<_> = self.columns.difference(&read).collect();
            assert!(unread.is_empty(), "{}: nobody reads {unread:?}", self.name);
        }
    }
}

/// The rows of `<name>.csv`.
fn csv_rows(name: &str) -> Table<Row> {
    let text = read(&format!("{name}.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let read = Read::default();
    let rows: Vec<Row> = reader
        .records()
        .map(|cells| Row {
            header: header.clone(),
            cells: cells.unwrap(),
            read: Rc::clone(&read),
        })
        .collect();
    Table {
        name: name.to_owned(),
        rows: rows.into_iter(),
        columns: header.iter().map(str::to_owned).collect(),
        read,
    }
}

/// The rows of a table, as many as the manifest says.
fn csv_table(name: &str) -> Table<Row> {
    let table = csv_rows(name);
    assert_eq!(manifest(name)["cases"], table.rows.len(), "cases of {name}");
    table
}

/// The cases of `<name>.json`.
fn json_table(name: &str) -> Table<Case> {
    let cases: Vec<Value> = serde_json::from_str(&read(&format!("{name}.json"))).unwrap();
    assert_eq!(manifest(name)["cases"], cases.len(), "cases of {name}");
    let read = Read::default();
    let keys = cases
        .iter()
        .flat_map(|case| case.as_object().unwrap().keys());
    let columns = keys.cloned().collect();
    let cases = cases.into_iter().map(|columns| Case {
        columns,
        read: Rc::clone(&read),
    });
    Table {
        name: name.to_owned(),
        rows: cases.collect::<Vec<_>>().into_iter(),
        columns,
        read,
    }
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

/// Every table of the manifest is read whole by a test. Two of them are an input and what
/// is expected of it: the multiverse has its own test, and the fits of models too.
#[test]
fn every_table_is_read() {
    let sources = MODULES.map(|name| read(&format!("{name}.rs")));
    let manifest: Value = serde_json::from_str(&read("MANIFEST.json")).unwrap();
    for stem in manifest.as_object().unwrap().keys() {
        let whole = format!("\"{stem}\") {{");
        let is_read = sources.iter().any(|source| source.contains(&whole));
        let is_apart = ["11c_btyd_fit", "17_multiverse"].contains(&stem.as_str());
        assert!(is_read || is_apart, "no test reads {stem} whole");
    }
}
