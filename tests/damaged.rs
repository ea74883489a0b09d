//! Every fixture, cut off and with single bytes changed, in many places: nothing may
//! panic, every failure says what to do, and the counts of what is read add up.

use std::path::{Path, PathBuf};

use dormouse::ingest::{container, inspect};

/// Bytes that mean something to some format: text ends, brackets, lines, no UTF-8, nothing.
const BYTES: [u8; 8] = [b'"', b'{', b']', b'\n', b',', b'-', 0xFF, 0];

/// Places in each file.
const PLACES: usize = 12;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.file_name().is_some_and(|name| name != "expected.json") {
            found.push(path);
        }
    }
}

/// Reads the bytes as a file, and checks what holds for every file.
fn check(bytes: &[u8], folder: &Path, what: &str) {
    std::fs::write(folder.join("damaged"), bytes).unwrap();
    let members = container::members(&["damaged".to_owned()], folder);
    for member in members.unwrap_or_default() {
        let reading = match inspect(&member) {
            Ok(reading) => reading,
            Err(error) => {
                assert!(error.way_out().is_some(), "{what}: {error}");
                continue;
            }
        };
        let read = reading.rows - reading.set_aside;
        assert!(reading.duplicates <= read, "{what}: {reading:?}");
        assert_eq!(
            reading.set_aside_reasons.values().sum::<u64>(),
            reading.set_aside,
            "{what}"
        );
        for (field, count) in &reading.fields {
            assert_eq!(count.present + count.null, read, "{what}: {field:?}");
        }
        for (metric, total) in reading.aggregate.iter().flat_map(|file| &file.totals) {
            let once = read - reading.duplicates;
            assert!(total.present + total.null <= once, "{what}: {metric:?}");
            let has_number = total.sum.or(total.largest).is_some();
            assert_eq!(has_number, total.present > 0, "{what}: {metric:?}");
        }
    }
}

#[test]
fn damage_is_reported_and_never_miscounted() {
    let mut found = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"),
        &mut found,
    );
    assert!(found.len() > 100, "{} fixtures", found.len());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for files in found.chunks(found.len().div_ceil(threads)) {
            scope.spawn(|| {
                let folder = tempfile::tempdir().unwrap();
                files.iter().for_each(|path| damage(path, folder.path()));
            });
        }
    });
}

fn damage(path: &Path, folder: &Path) {
    let bytes = std::fs::read(path).unwrap();
    for place in 0..PLACES {
        // Spread over the file, and not at the same place of each row.
        let at = bytes.len() * place / PLACES + place * 7 % 5;
        let what = format!("{} at {at}", path.display());
        check(bytes.get(..at).unwrap_or(&bytes), folder, &what);
        let mut changed = bytes.clone();
        if let Some(byte) = changed.get_mut(at) {
            *byte = BYTES[(place + bytes.len()) % BYTES.len()];
            check(&changed, folder, &what);
        }
    }
}
