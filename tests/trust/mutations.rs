//! Thousands of damaged exports, real ones where they are to be had: every run ends well or
//! with a message, and nobody is counted twice.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use dormouse::ingest::{container, inspect};
use dormouse::model::platform::Platform;
use dormouse::pipeline::{self, Quiet};
use dormouse::study::Study;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use super::{dormouse, root};

/// Exports: their path and the platform that they are of.
fn exports() -> Vec<(PathBuf, Vec<u8>, &'static str)> {
    let mut folders = vec![root().join("tests/fixtures")];
    folders.extend(std::env::var_os("DORMOUSE_REAL").map(PathBuf::from));
    let mut found = Vec::new();
    for folder in folders {
        for member in container::members(&[".".to_owned()], &folder).unwrap() {
            let small = fs::metadata(&member.file).is_ok_and(|file| file.len() < 2 << 20);
            if !small || member.is_archived() || member.file_name() == "expected.json" {
                continue;
            }
            let Ok(reading) = inspect(&member) else {
                continue;
            };
            let platform = reading.platform.unwrap_or(Platform::X);
            let name = match serde_json::to_value(platform) {
                Ok(serde_json::Value::String(name)) => name,
                _ => continue,
            };
            let bytes = fs::read(&member.file).unwrap();
            found.push((member.file, bytes, &*Box::leak(name.into_boxed_str())));
        }
    }
    found
}

/// One to four damages: bytes flipped, lines cut, doubled or swapped, fields swapped, the
/// end lost.
fn damaged(bytes: &[u8], random: &mut SmallRng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.random_range(1..=4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..7) {
            0 => bytes[at] ^= 1 << random.random_range(0..8),
            1 => bytes[at] = b"\"{}[],;:\n\r\t\0\xFF-0=@"[random.random_range(0..17)],
            2 => bytes.truncate(at),
            3..=5 => {
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
                let (one, other) = (
                    random.random_range(0..lines.len()),
                    random.random_range(0..lines.len()),
                );
                match random.random_range(0..4) {
                    0 => drop(lines.remove(one)),
                    1 => lines.insert(one, lines[other]),
                    2 => lines.swap(one, other),
                    _ => {
                        let line = lines[one];
                        lines[one] = &line[..random.random_range(0..=line.len())];
                    }
                }
                bytes = lines.concat();
            }
            _ => {
                let end = bytes[at..].iter().position(|&byte| byte == b'\n');
                let end = end.map_or(bytes.len(), |end| at + end);
                let start = bytes[..at].iter().rposition(|&byte| byte == b'\n');
                let start = start.map_or(0, |start| start + 1);
                let mut fields: Vec<&[u8]> = bytes[start..end]
                    .split(|byte| b",;\t".contains(byte))
                    .collect();
                let (one, other) = (
                    random.random_range(0..fields.len()),
                    random.random_range(0..fields.len()),
                );
                fields.swap(one, other);
                let line = fields.join(&b',');
                bytes.splice(start..end, line);
            }
        }
    }
    bytes
}

/// Runs damaged exports the whole way to the results, every hundredth through the program
/// with all its figures. Gives how many were read, looked at, refused.
fn run(times: usize, seed: u64) -> [u32; 3] {
    let exports = exports();
    assert!(exports.len() > 60, "{} exports", exports.len());
    let mut random = SmallRng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut ends = [0; 3];
    for time in 0..times {
        let (path, bytes, platform) = &exports[random.random_range(0..exports.len())];
        let bytes = damaged(bytes, &mut random);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let export = at.join(&name);
        fs::write(&export, &bytes).unwrap();
        let study = at.join("study.toml");
        fs::write(
            &study,
            format!(
                "title = \"t\"\norganisation = \"o\"\ncensus = 2026-06-01T00:00:00Z\n[[channel]]\n\
                 id = \"c\"\nplatform = \"{platform}\"\ndesign = \"census\"\n\
                 exports = [{}]\n",
                serde_json::to_string(&name).unwrap()
            ),
        )
        .unwrap();
        let what = format!("seed {seed}, time {time}, {}", path.display());
        let end = if time % 100 == 0 {
            by_the_program(at, &what)
        } else {
            in_process(&study, &what)
        };
        ends[end] += 1;
        fs::remove_file(&export).unwrap();
    }
    ends
}

fn in_process(study: &Path, what: &str) -> usize {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let study = Study::read(study)?;
        let count = pipeline::count(&study, &Quiet)?;
        let results = pipeline::judge(&study, &count)?.0;
        Ok((count, results))
    }));
    let Ok(outcome) = outcome else {
        panic!("{what}: a panic")
    };
    let (count, results) = match outcome {
        Ok(found) => found,
        Err(error) => {
            let error: dormouse::error::Error = error;
            assert!(
                error.way_out().is_some() && !error.to_string().is_empty(),
                "{what}: {error}"
            );
            return 2;
        }
    };
    for (channel, counted) in results.channels.iter().zip(&count.channels) {
        let rows: u64 = counted.inputs.iter().map(|input| input.reading.rows).sum();
        let gone: u64 = counted
            .inputs
            .iter()
            .filter_map(|input| input.reading.unavailable)
            .sum();
        assert!(
            channel.listed <= rows + gone,
            "{what}: {} of {rows}",
            channel.listed
        );
        for input in &counted.inputs {
            let reading = &input.reading;
            let sum = input.counted + reading.set_aside + reading.duplicates;
            assert_eq!(reading.rows, sum, "{what}: {reading:?}");
        }
    }
    usize::from(!pipeline::needs_a_look(&results).is_empty())
}

fn by_the_program(at: &Path, what: &str) -> usize {
    let output = dormouse()
        .current_dir(at)
        .args(["run", "study.toml"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("was not made for"), "{what}: {said}");
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{what}: {code:?}: {said}");
    assert!(!said.is_empty() || code == Some(0), "{what}: no message");
    let _ = fs::remove_dir_all(at.join("out"));
    code.map_or(2, |code| code as usize)
}

#[test]
fn damaged_exports_end_with_a_message() {
    let [read, look, refused] = run(250, 1);
    assert!(read > 0 && look > 0 && refused > 0);
}

#[test]
#[ignore = "takes minutes: cargo test --release -- --ignored --nocapture ten_thousand"]
fn ten_thousand_damaged_exports_end_with_a_message() {
    let [read, look, refused] = run(10_000, 2);
    println!("10,000 damaged exports: {read} read, {look} with rows to look at, {refused} refused");
}
