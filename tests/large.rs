//! Members of archives beyond two gigabytes, made on the fly, read through without
//! unpacking and in little memory.
//!
//! ```text
//! cargo test --release -- --ignored --nocapture --test-threads 1 large
//! ```

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use dormouse::ingest::{container, inspect};
use zip::write::{SimpleFileOptions, ZipWriter};

/// More than 2^31 bytes, with which some programs stop.
const SIZE: u64 = (1 << 31) + (1 << 26);

/// Enough for the program, a batch and the ids of the rows; a file would not fit.
const MOST_MEMORY: u64 = 128 << 20;

/// Writes rows until there are [`SIZE`] bytes; gives their number.
fn write(out: &mut impl Write, head: &str, row: impl Fn(u64) -> String) -> u64 {
    out.write_all(head.as_bytes()).unwrap();
    let (mut rows, mut size) = (0, head.len() as u64);
    while size < SIZE {
        let row = row(rows);
        out.write_all(row.as_bytes()).unwrap();
        size += row.len() as u64;
        rows += 1;
    }
    rows
}

/// The most memory since the last call, in bytes; `None` where the system does not tell.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    // From here on it is measured anew.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    Some(kilobytes << 10)
}

fn read(folder: &Path, name: &str, rows: u64) {
    peak();
    let members = container::members(&[name.to_owned()], folder).unwrap();
    let reading = inspect(&members[0]).unwrap();
    assert_eq!((reading.rows, reading.set_aside), (rows, 0), "{name}");
    if let Some(peak) = peak() {
        println!(
            "{name}: {rows} rows of {SIZE} bytes, at most {} MiB",
            peak >> 20
        );
        assert!(peak < MOST_MEMORY, "{name}: {} MiB", peak >> 20);
    }
}

#[test]
#[ignore = "writes and reads several gigabytes"]
fn large_members_are_read_through() {
    let folder = tempfile::tempdir().unwrap();
    let note = "Een lange beschrijving van een account. ".repeat(60);
    let account = |n: u64| {
        format!(
            r#"{{"id":"{n}","username":"u{n}","acct":"u{n}","created_at":"2022-11-05T00:00:00.000Z","note":"{note}","statuses_count":1,"last_status_at":"2023-01-14"}}"#
        )
    };
    let zip = |name: &str| {
        let file = File::create(folder.path().join(name)).unwrap();
        let mut zip = ZipWriter::new(BufWriter::new(file));
        let options = SimpleFileOptions::default().compression_level(Some(1));
        zip.start_file("download/followers", options).unwrap();
        zip
    };

    let mut lines = zip("lines.zip");
    let rows = write(&mut lines, "", |n| account(n) + "\n");
    lines.finish().unwrap();
    read(folder.path(), "lines.zip", rows);

    let mut array = zip("array.zip");
    let rows = write(&mut array, "[", |n| {
        format!("{}{}", if n == 0 { "" } else { "," }, account(n))
    });
    array.write_all(b"]").unwrap();
    array.finish().unwrap();
    read(folder.path(), "array.zip", rows);

    let mut table = zip("table.zip");
    let head = "id,screen_name,description,created_at,statuses_count\n";
    let rows = write(&mut table, head, |n| {
        format!("{n},u{n},\"{note}\",2022-11-05T00:00:00Z,1\n")
    });
    table.finish().unwrap();
    read(folder.path(), "table.zip", rows);

    // A quotation mark that nobody closes makes one row of the whole file.
    let mut open = zip("open.zip");
    write(&mut open, "id,screen_name,description\n1,een,\"", |_| {
        "x".repeat(4096)
    });
    open.finish().unwrap();
    peak();
    let members = container::members(&["open.zip".to_owned()], folder.path()).unwrap();
    let error = inspect(&members[0]).unwrap_err();
    assert_eq!(error.kind(), "ingest::quotation");
    if let Some(peak) = peak() {
        println!("open.zip: refused, at most {} MiB", peak >> 20);
        assert!(peak < MOST_MEMORY, "{} MiB", peak >> 20);
    }
}
