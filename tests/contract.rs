//! What every format owes, whoever adds it: its sample is damaged in every way that can be
//! done by machine, and what comes of it must be what `contract.toml` says. Damage that
//! needs a hand must lie among the fixtures.
//!
//! `cargo test --release -- contract --nocapture` prints the matrix.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use dormouse::error::Result;
use dormouse::ingest::adapters::ADAPTERS;
use dormouse::ingest::container::{Member, members};
use dormouse::ingest::intake::Seen;
use dormouse::ingest::recognise::{Recognised, recognise};
use dormouse::ingest::{self, Role, examine, parts};
use dormouse::model::manifest::Reading;
use dormouse::model::results::Notice;
use serde::Deserialize;

mod columns;

use columns::without_columns;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contract {
    outcomes: BTreeMap<String, String>,
    parts: BTreeMap<String, [String; 3]>,
    fixtures: BTreeMap<String, Vec<String>>,
    without: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    differs: BTreeMap<String, BTreeMap<String, String>>,
}

/// A file that reads whole.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    reading: Reading,
}

fn contract() -> Contract {
    toml::from_str(include_str!("contract.toml")).unwrap()
}

fn fixtures(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(format)
}

fn cases(format: &str) -> BTreeSet<String> {
    std::fs::read_dir(fixtures(format))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// The formats whose files are text.
fn texts(contract: &Contract) -> impl Iterator<Item = &'static dyn dormouse::ingest::Adapter> {
    ADAPTERS.iter().copied().filter(|adapter| {
        let without = contract.without.get(adapter.format().name);
        without.is_none_or(|without| !without.contains_key("text"))
    })
}

/// The longest of the fixtures that read whole; of equally long ones the plain one.
fn sample(format: &str) -> Sample {
    let mut cases: Vec<_> = cases(format).into_iter().collect();
    cases.sort_by_key(|case| case != "plain");
    let mut longest: Option<Sample> = None;
    for case in cases {
        let folder = fixtures(format).join(case);
        for member in members(&[".".to_owned()], &folder).unwrap() {
            let name = member.file_name().to_owned();
            // Lines of JSON are no worse for one of them.
            if member.is_archived() || name == "expected.json" || name.ends_with(".jsonl") {
                continue;
            }
            let Ok(found) = examine(&member) else {
                continue;
            };
            let bytes = std::fs::read(&member.file).unwrap();
            let reading = found.reading;
            // UTF-16 without a mark is UTF-8 with zeros.
            let is_whole = std::str::from_utf8(&bytes).is_ok_and(|text| !text.contains('\0'))
                && reading.format == format
                && (reading.set_aside, reading.duplicates) == (0, 0);
            let is_longer = |sample: &Sample| reading.rows > sample.reading.rows;
            if is_whole && longest.as_ref().is_none_or(is_longer) {
                longest = Some(Sample {
                    name,
                    bytes,
                    reading,
                });
            }
        }
    }
    longest.unwrap_or_else(|| panic!("{format}: no fixture reads whole"))
}

/// The member that a file of these bytes is, in a folder of its own.
fn member(folder: &Path, name: &str, bytes: &[u8]) -> Member {
    let place = tempfile::tempdir_in(folder).unwrap().keep();
    std::fs::write(place.join(name), bytes).unwrap();
    let mut members = members(&[".".to_owned()], &place).unwrap();
    assert_eq!(members.len(), 1, "{name}");
    members.remove(0)
}

fn read(folder: &Path, name: &str, bytes: &[u8]) -> Result<Reading> {
    examine(&member(folder, name, bytes)).map(|found| found.reading)
}

fn utf_16(bytes: &[u8], encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let text = text.trim_start_matches('\u{FEFF}');
    std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(encode)
        .collect()
}

/// The damaged file under the name of the damage.
fn damaged(sample: &Sample) -> Vec<(&'static str, String, Vec<u8>)> {
    let Sample { name, bytes, .. } = sample;
    let text = String::from_utf8(bytes.clone()).unwrap();
    let text = text.trim_start_matches('\u{FEFF}');
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (entry, bytes) in [
        (format!("export-2025\\folder\\{name}"), bytes.as_slice()),
        (
            format!("__MACOSX/export-2025/folder/._{name}"),
            b"\0\x05\x16\x07".as_slice(),
        ),
        ("export-2025/.DS_Store".to_owned(), b"\0"),
    ] {
        zip.start_file(entry, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let brackets = matches!(
        text.trim_start().as_bytes().first(),
        Some(b'{' | b'[' | b'<')
    ) || text.starts_with("window.");
    // A page begins with a style that is longer than its rows.
    let rows = text.find("<body").map_or(0, |body| body + 100);
    let half = (rows + (text.len() - rows) / 2..)
        .find(|&place| text.is_char_boundary(place))
        .unwrap();
    let plain = |bytes: &[u8]| (name.clone(), bytes.to_vec());
    [
        ("nothing", plain(b"")),
        ("blank-lines", plain(b"\n \r\n")),
        (
            "byte-order-mark",
            plain(format!("\u{FEFF}{text}").as_bytes()),
        ),
        (
            "line-ends",
            plain(text.replace("\r\n", "\n").replace('\n', "\r\n").as_bytes()),
        ),
        ("no-last-line-end", plain(text.trim_end().as_bytes())),
        ("utf-16-little", plain(&utf_16(bytes, u16::to_le_bytes))),
        ("utf-16-big", plain(&utf_16(bytes, u16::to_be_bytes))),
        ("gzip", plain(&gzip.finish().unwrap())),
        (
            "zip-with-junk",
            ("export.zip".to_owned(), zip.finish().unwrap().into_inner()),
        ),
        (
            if brackets {
                "half-of-brackets"
            } else {
                "half-of-lines"
            },
            plain(&text.as_bytes()[..half]),
        ),
    ]
    .into_iter()
    .map(|(damage, (name, bytes))| (damage, name, bytes))
    .collect()
}

/// Rows that were read, once each.
fn once(reading: &Reading) -> u64 {
    reading.rows - reading.set_aside - reading.duplicates
}

fn outcome(sample: &Sample, found: &Result<Reading>) -> String {
    match found {
        Ok(reading) if *reading == sample.reading => "same".to_owned(),
        Ok(reading) if once(reading) < once(&sample.reading) => "fewer".to_owned(),
        Ok(reading) => format!("another reading: {reading:?}"),
        Err(error) => {
            assert!(error.way_out().is_some(), "{error}");
            error.kind().to_owned()
        }
    }
}

#[test]
fn damaged_samples_come_out_as_the_contract_says() {
    let contract = contract();
    let folder = tempfile::tempdir().unwrap();
    let mut differences = Vec::new();
    let mut seen = BTreeSet::new();
    for adapter in texts(&contract) {
        let format = adapter.format().name;
        let sample = sample(format);
        let mut line = Vec::new();
        for (damage, name, bytes) in damaged(&sample) {
            seen.insert(damage);
            let found = outcome(&sample, &read(folder.path(), &name, &bytes));
            let differs = contract.differs.get(format);
            let expected = differs
                .and_then(|differs| differs.get(damage))
                .unwrap_or_else(|| &contract.outcomes[damage]);
            line.push(format!("{damage} {found}"));
            if found != *expected {
                differences.push(format!(
                    "{format}, {damage}: expected {expected}, found {found}"
                ));
            }
        }
        println!("| {format} | {} |", line.join(" | "));
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    assert_eq!(seen, contract.outcomes.keys().map(String::as_str).collect());
}

#[test]
fn the_same_followers_again_are_duplicates() {
    for adapter in texts(&contract()) {
        let format = adapter.format();
        if format.role != Role::Followers {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let sample = sample(format.name);
        let member = member(folder.path(), &sample.name, &sample.bytes);
        let Recognised::Followers(adapter) = recognise(&member).unwrap() else {
            panic!("{}: not recognised", format.name);
        };
        let mut seen = Seen::default();
        let mut again = || {
            let consume = |_| Ok(());
            ingest::read(&member, adapter, &mut seen, None, &consume)
                .unwrap()
                .reading
        };
        let first = again();
        let second = again();
        let with_id = first
            .fields
            .get(&dormouse::model::evidence::Field::Id)
            .map_or(0, |count| count.present);
        assert_eq!(second.duplicates, with_id, "{}", format.name);
        assert_eq!(second.rows, first.rows, "{}", format.name);
        println!(
            "| {} | {with_id} of {} rows again |",
            format.name, first.rows
        );
    }
}

/// Absent, null and zero are three things: without a column, or with nothing in it, every
/// field and metric has as many values as before or none, and never another sum.
#[test]
fn a_column_that_is_gone_or_empty_changes_no_other() {
    let contract = contract();
    let folder = tempfile::tempdir().unwrap();
    for adapter in texts(&contract) {
        let format = adapter.format().name;
        let without = contract.without.get(format);
        if without.is_some_and(|without| without.contains_key("columns")) {
            continue;
        }
        let sample = sample(format);
        let (mut read_on, mut refused) = (0, 0);
        for (what, bytes) in without_columns(&sample.bytes) {
            let what = format!("{format} {what}");
            let reading = match read(folder.path(), &sample.name, &bytes) {
                Ok(reading) => reading,
                Err(error) => {
                    assert!(error.way_out().is_some(), "{what}: {error}");
                    refused += 1;
                    continue;
                }
            };
            read_on += 1;
            if reading.format != format || once(&reading) != once(&sample.reading) {
                continue;
            }
            assert!(
                reading.evidence <= sample.reading.evidence,
                "{what}: {reading:?}"
            );
            for (field, count) in &reading.fields {
                let before = sample
                    .reading
                    .fields
                    .get(field)
                    .map_or(0, |count| count.present);
                let equal = count.present == before || count.present == 0;
                // What an id tells, it tells where nothing better is there.
                assert!(
                    equal || before == 0,
                    "{what}: {field:?} {count:?}, was {before}"
                );
            }
            let before = sample.reading.aggregate.clone().unwrap_or_default().totals;
            for (metric, total) in &reading.aggregate.unwrap_or_default().totals {
                let number = total.sum.or(total.largest);
                let was = before
                    .get(metric)
                    .and_then(|total| total.sum.or(total.largest));
                assert!(
                    number.is_none() || number == was,
                    "{what}: {metric:?} {total:?}"
                );
            }
        }
        println!("| {format} | {read_on} read on | {refused} refused |");
    }
}

#[test]
fn a_part_that_is_missing_is_named() {
    let contract = contract();
    for (format, names) in &contract.parts {
        let sample = sample(format);
        let files: Vec<_> = [&names[0], &names[2]]
            .map(|name| parts::File {
                name,
                format,
                rows: sample.reading.rows,
            })
            .to_vec();
        let notices = parts::check(&files, &[]);
        let [Notice::PartMissing { part, of: None }] = notices.as_slice() else {
            panic!("{format}: {notices:?}");
        };
        let number: u32 = names[1]
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap();
        assert_eq!(*part, number, "{format}");
        // And each of the names is of the format, with the rows of the sample in it.
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let reading = read(folder.path(), name, &sample.bytes).unwrap();
            assert_eq!(reading.format, *format, "{name}");
        }
    }
}

#[test]
fn what_no_machine_makes_lies_among_the_fixtures() {
    let contract = contract();
    let mut missing = Vec::new();
    for adapter in ADAPTERS {
        let format = adapter.format().name;
        let cases = cases(format);
        for (damage, folders) in &contract.fixtures {
            let excused = contract
                .without
                .get(format)
                .is_some_and(|without| without.contains_key(damage));
            let there = folders.iter().any(|folder| cases.contains(folder));
            if there == excused {
                missing.push(format!("{format}: {damage}, one of {folders:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
